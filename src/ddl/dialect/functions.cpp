#include "ddl/dialect/functions.hpp"

#include <array>

namespace confab::ddl::dialect {

namespace {

constexpr unsigned mysql = 1, sqlite = 2, mssql = 4, oracle = 8, all = 15;

struct Rule {
    unsigned dialects;
    std::string_view name;
    int arguments;  // -1: any number
    std::string_view pattern;
};

constexpr std::array<Rule, 119> rules = {{
    {all, "ifnull", -1, "coalesce($*)"},
    {all, "nvl", -1, "coalesce($*)"},
    {oracle, "nvl2", 3, "CASE WHEN $1 IS NOT NULL THEN $2 ELSE $3 END"},
    {mssql, "isnull", 2, "coalesce($*)"},
    {mysql, "isnull", 1, "($1 IS NULL)"},
    {mysql, "if", 3, "CASE WHEN $1 THEN $2 ELSE $3 END"},
    {mssql | sqlite, "iif", 3, "CASE WHEN $1 THEN $2 ELSE $3 END"},
    {mssql, "len", 1, "length($1)"},
    {mssql, "datalength", 1, "octet_length($1)"},
    {mysql, "char_length", 1, "length($1)"},
    {mysql, "character_length", 1, "length($1)"},
    {oracle, "lengthb", 1, "octet_length($1)"},
    {mysql, "lcase", 1, "lower($1)"},
    {mysql, "ucase", 1, "upper($1)"},
    {mysql, "mid", 3, "substr($*)"},
    {all, "substring", 3, "substr($*)"},
    {all, "substring", 2, "substr($*)"},
    {all, "instr", 2, "strpos($1, $2)"},
    {mssql, "charindex", 2, "strpos($2, $1)"},
    {mysql, "locate", 2, "strpos($2, $1)"},
    {mysql | oracle, "regexp_like", 2, "($1 ~ $2)"},
    {all, "now", 0, "CURRENT_TIMESTAMP"},
    {mysql, "now", 1, "CURRENT_TIMESTAMP"},
    {mysql, "sysdate", -1, "CURRENT_TIMESTAMP"},
    {all, "current_timestamp", 0, "CURRENT_TIMESTAMP"},
    {all, "localtimestamp", 0, "LOCALTIMESTAMP"},
    {all, "localtime", 0, "LOCALTIMESTAMP"},
    {mysql, "localtimestamp", 1, "LOCALTIMESTAMP"},
    {mysql, "localtime", 1, "LOCALTIMESTAMP"},
    {mysql, "utc_timestamp", -1, "CURRENT_TIMESTAMP"},
    {mysql, "utc_date", -1, "CURRENT_DATE"},
    {mysql, "utc_time", -1, "LOCALTIME"},
    {all, "current_date", 0, "CURRENT_DATE"},
    {mysql, "curdate", 0, "CURRENT_DATE"},
    {all, "current_time", 0, "LOCALTIME"},
    {mysql, "curtime", -1, "LOCALTIME"},
    {mssql, "getdate", 0, "CURRENT_TIMESTAMP"},
    {mssql, "getutcdate", 0, "CURRENT_TIMESTAMP"},
    {mssql, "sysdatetime", 0, "CURRENT_TIMESTAMP"},
    {mssql, "sysutcdatetime", 0, "CURRENT_TIMESTAMP"},
    {mssql, "sysdatetimeoffset", 0, "CURRENT_TIMESTAMP"},
    {all, "year", 1, "extract(year from $1)::integer"},
    {all, "month", 1, "extract(month from $1)::integer"},
    {all, "day", 1, "extract(day from $1)::integer"},
    {mysql, "dayofmonth", 1, "extract(day from $1)::integer"},
    {mysql, "quarter", 1, "extract(quarter from $1)::integer"},
    {mysql, "hour", 1, "extract(hour from $1)::integer"},
    {mysql, "minute", 1, "extract(minute from $1)::integer"},
    {mysql, "second", 1, "extract(second from $1)::integer"},
    {mysql, "dayofweek", 1, "(extract(dow from $1)::integer + 1)"},
    {mysql, "weekday", 1, "(extract(isodow from $1)::integer - 1)"},
    {mysql, "date", 1, "($1)::date"},
    {mysql, "time", 1, "($1)::time"},
    {mysql, "to_days", 1, "(($1)::date - date '0001-01-01' + 366)"},
    {mysql, "datediff", 2, "(($1)::date - ($2)::date)"},
    {mysql, "uuid", 0, "gen_random_uuid()"},
    {mysql, "uuid_to_bin", 1, "$1"},
    {mysql, "uuid_to_bin", 2, "$1"},
    {mysql, "unix_timestamp", 0, "extract(epoch from CURRENT_TIMESTAMP)::bigint"},
    {mysql, "unix_timestamp", 1, "extract(epoch from $1)::bigint"},
    {mysql, "rand", 0, "random()"},
    {mysql | mssql, "ceiling", 1, "ceil($1)"},
    {mysql, "truncate", 2, "trunc($*)"},
    {mysql | sqlite, "pow", 2, "power($*)"},
    {mssql, "square", 1, "(($1) * ($1))"},
    {mssql, "newid", 0, "gen_random_uuid()"},
    {mssql, "newsequentialid", 0, "gen_random_uuid()"},
    {oracle, "sys_guid", 0, "gen_random_uuid()"},
    {mssql, "suser_sname", -1, "CURRENT_USER::text"},
    {mssql, "suser_name", -1, "CURRENT_USER::text"},
    {mssql, "user_name", -1, "CURRENT_USER::text"},
    {mssql, "replicate", 2, "repeat($*)"},
    {mssql, "char", 1, "chr($1)"},
    {mssql, "datefromparts", 3, "make_date($*)"},
    {sqlite, "unixepoch", 0, "extract(epoch from CURRENT_TIMESTAMP)::bigint"},
    {sqlite, "min", 2, "least($*)"},
    {sqlite, "max", 2, "greatest($*)"},
    {sqlite, "min", 3, "least($*)"},
    {sqlite, "max", 3, "greatest($*)"},
    {sqlite, "char", 1, "chr($1)"},
    {sqlite, "unicode", 1, "ascii($1)"},
    {sqlite, "date", 1, "($1)::date"},
    {sqlite, "datetime", 1, "($1)::timestamp"},
    {sqlite, "time", 1, "($1)::time"},
    {sqlite, "regexp", 2, "($2 ~ $1)"},
    {sqlite, "json", 1, "($1)::jsonb"},
    {mysql | sqlite, "json_valid", 1, "($1 IS NOT NULL)"},
    {mysql, "json_object", 0, "'{}'::jsonb"},
    {mysql, "json_array", 0, "'[]'::jsonb"},
    {sqlite, "json_object", 0, "'{}'::jsonb"},
    {sqlite, "json_array", 0, "'[]'::jsonb"},
    {oracle, "add_months", 2, "($1 + ($2) * interval '1 month')"},
    {oracle, "months_between", 2, "(extract(epoch from ($1 - $2)) / 2629746)"},
    {oracle, "chr", 1, "chr($1)"},
    {mysql, "json_length", 1, "jsonb_array_length($1)"},
    {mysql, "inet6_aton", 1, "($1)::inet"},
    {mysql, "str_to_date", 2, "($1)::date"},
    {mysql, "last_day", 1, "(date_trunc('month', $1) + interval '1 month' - interval '1 day')::date"},
    {oracle, "last_day", 1, "(date_trunc('month', $1) + interval '1 month' - interval '1 day')"},
    {mssql, "eomonth", 1, "(date_trunc('month', $1) + interval '1 month' - interval '1 day')::date"},
    {mysql, "strcmp", 2, "CASE WHEN $1 = $2 THEN 0 WHEN $1 < $2 THEN -1 ELSE 1 END"},
    {mysql, "space", 1, "repeat(' ', $1)"},
    {mssql, "space", 1, "repeat(' ', $1)"},
    {mysql, "log2", 1, "log(2, $1)"},
    {mssql, "log10", 1, "log($1)"},
    {mysql, "log10", 1, "log($1)"},
    {mysql, "crc32", 1, "hashtext($1)"},
    {mysql, "any_value", 1, "$1"},
    {mysql, "bin_to_uuid", 1, "$1"},
    {mssql, "trim", 1, "btrim($1)"},
    {sqlite, "trim", 1, "btrim($1)"},
    {mysql, "trim", 1, "btrim($1)"},
    {oracle, "trim", 1, "btrim($1)"},
    {sqlite, "trim", 2, "btrim($*)"},
    {mssql, "isnumeric", 1, "($1 ~ '^[+-]?[0-9]*[.]?[0-9]+$')::integer"},
    {oracle, "to_number", 1, "($1)::numeric"},
    {mssql, "db_name", -1, "current_database()"},
    {mysql, "database", 0, "current_database()"},
    {mssql, "host_name", 0, "''"},
}};

constexpr unsigned bit_of(Dialect dialect) {
    switch (dialect) {
        case Dialect::mysql: return mysql;
        case Dialect::sqlite: return sqlite;
        case Dialect::mssql: return mssql;
        case Dialect::oracle: return oracle;
        case Dialect::postgresql: return 0;
    }
    return 0;
}

constexpr std::array<Rule, 14> words = {{
    {oracle, "sysdate", 0, "CURRENT_TIMESTAMP"},
    {oracle, "systimestamp", 0, "CURRENT_TIMESTAMP"},
    {oracle, "user", 0, "CURRENT_USER::text"},
    {all, "current_timestamp", 0, "CURRENT_TIMESTAMP"},
    {all, "current_date", 0, "CURRENT_DATE"},
    {all, "current_time", 0, "LOCALTIME"},
    {all, "localtimestamp", 0, "LOCALTIMESTAMP"},
    {all, "localtime", 0, "LOCALTIMESTAMP"},
    {mysql, "utc_timestamp", 0, "CURRENT_TIMESTAMP"},
    {mysql, "utc_date", 0, "CURRENT_DATE"},
    {mssql, "user", 0, "CURRENT_USER::text"},
    {mssql, "system_user", 0, "CURRENT_USER::text"},
    {all, "current_user", 0, "CURRENT_USER::text"},
    {all, "session_user", 0, "CURRENT_USER::text"},
}};

}  // namespace

std::string_view function_pattern(Dialect dialect, std::string_view lower_name, std::size_t argument_count) {
    for (const Rule& rule : rules) {
        if (rule.name != lower_name || (rule.dialects & bit_of(dialect)) == 0) continue;
        if (rule.arguments >= 0 && static_cast<std::size_t>(rule.arguments) != argument_count) continue;
        return rule.pattern;
    }
    return {};
}

std::string_view word_pattern(Dialect dialect, std::string_view lower_name) {
    for (const Rule& rule : words)
        if (rule.name == lower_name && (rule.dialects & bit_of(dialect)) != 0) return rule.pattern;
    return {};
}

}  // namespace confab::ddl::dialect
