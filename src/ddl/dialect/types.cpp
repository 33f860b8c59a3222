#include "ddl/dialect/types.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"

namespace confab::ddl::dialect {

namespace {

constexpr long longest_varchar = 10485760;  // PostgreSQL's limit
constexpr std::size_t most_enum_label_bytes = 63;

long argument(const TypeName& type, std::size_t index, long fallback) {
    if (index >= type.arguments.size()) return fallback;
    return parse_integer(type.arguments[index]).value_or(fallback);
}

MappedType plain(std::string sql, TypeFamily family) { return {std::move(sql), family, {}, {}}; }

MappedType character(const TypeName& type, std::string_view name, long fallback) {
    const long length = argument(type, 0, fallback);
    if (length <= 0 || length > longest_varchar) return plain("text", TypeFamily::text);
    return plain(fmt::format("{}({})", name, length), TypeFamily::text);
}

MappedType decimal(const TypeName& type, long precision, long scale) {
    if (!type.arguments.empty()) {
        precision = argument(type, 0, precision);
        scale = argument(type, 1, 0);
    }
    if (precision < 1 || precision > 1000) return plain("numeric", TypeFamily::decimal);
    return plain(scale == 0 ? fmt::format("numeric({})", precision) : fmt::format("numeric({},{})", precision, scale), TypeFamily::decimal);
}

// PostgreSQL counts fractional digits up to 6.
std::string with_fraction(std::string_view name, long digits) { return fmt::format("{}({})", name, std::clamp<long>(digits, 0, 6)); }

// The whole numbers of so many bytes, with or without a sign.
MappedType integer(int bytes, bool is_unsigned, bool checks_range) {
    MappedType result;
    result.family = TypeFamily::integer;
    switch (bytes) {
        case 1:
            result.sql = "smallint";
            result.range = is_unsigned ? "BETWEEN 0 AND 255" : "BETWEEN -128 AND 127";
            break;
        case 2:
            result.sql = is_unsigned ? "integer" : "smallint";
            if (is_unsigned) result.range = "BETWEEN 0 AND 65535";
            break;
        case 3:
            result.sql = "integer";
            result.range = is_unsigned ? "BETWEEN 0 AND 16777215" : "BETWEEN -8388608 AND 8388607";
            break;
        case 4:
            result.sql = is_unsigned ? "bigint" : "integer";
            if (is_unsigned) result.range = "BETWEEN 0 AND 4294967295";
            break;
        default:
            result.sql = "bigint";
            if (is_unsigned) result.range = ">= 0";
            break;
    }
    if (!checks_range) result.range.clear();
    return result;
}

// A SET's values are lists of its members in their order: (a(,b)?(,c)?|b(,c)?|c|).
std::string set_pattern(const std::vector<std::string>& labels) {
    const auto escaped = [](std::string_view text) {
        std::string result;
        for (const char c : text) {
            if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos) result += '\\';
            result += c;
        }
        return result;
    };
    std::string pattern = "^(";
    for (std::size_t first = 0; first < labels.size(); ++first) {
        pattern += escaped(labels[first]);
        for (std::size_t next = first + 1; next < labels.size(); ++next) pattern += "(," + escaped(labels[next]) + ")?";
        pattern += "|";
    }
    return pattern + ")$";
}

MappedType geometric(std::string_view name) {
    if (name == "linestring") return plain("path", TypeFamily::geometric);
    if (name == "polygon") return plain("polygon", TypeFamily::geometric);
    return plain("point", TypeFamily::geometric);
}

MappedType map_mysql(const TypeName& type, const TypeUse& use) {
    const std::string_view name = type.name;
    const bool checks = !use.is_key && !use.is_identity;
    if (name == "tinyint" || name == "int1") return integer(1, type.is_unsigned, checks);
    if (name == "smallint" || name == "int2") return integer(2, type.is_unsigned, checks);
    if (name == "mediumint" || name == "middleint" || name == "int3") return integer(3, type.is_unsigned, checks);
    if (name == "int" || name == "integer" || name == "int4") return integer(4, type.is_unsigned, checks);
    if (name == "bigint" || name == "int8") return integer(8, type.is_unsigned, checks);
    if (name == "serial") return integer(8, true, false);
    if (name == "bool" || name == "boolean") return integer(1, false, checks);  // used as a number
    if (name == "year") return {"smallint", TypeFamily::integer, checks ? "BETWEEN 1901 AND 2155" : "", {}};
    if (name == "decimal" || name == "numeric" || name == "dec" || name == "fixed") {
        MappedType result = decimal(type, 10, 0);
        if (type.is_unsigned && checks) result.range = ">= 0";
        return result;
    }
    if (name == "float" || name == "double" || name == "double precision" || name == "real" || name == "float4" || name == "float8") {
        MappedType result = type.arguments.size() > 1 ? decimal(type, 10, 0)
                            : (name == "float" || name == "float4") && argument(type, 0, 0) <= 24 ? plain("real", TypeFamily::real)
                                                                                                : plain("double precision", TypeFamily::real);
        if (type.is_unsigned && checks) result.range = ">= 0";
        return result;
    }
    if (name == "char" || name == "character" || name == "nchar" || name == "national char" || name == "national character") return character(type, "char", 1);
    if (name == "varchar" || name == "nvarchar" || name == "character varying" || name == "char varying" || name == "national varchar" ||
        name == "nchar varchar" || name == "varcharacter" || name == "varchar2" || name == "nvarchar2")
        return character(type, "varchar", -1);
    if (name == "text" || name == "tinytext" || name == "mediumtext" || name == "longtext" || name == "long" || name == "long varchar" || name == "clob")
        return plain("text", TypeFamily::text);
    if (name == "binary" && use.holds_uuid) return plain("uuid", TypeFamily::uuid);
    if (name.ends_with("blob") || name == "binary" || name == "varbinary" || name == "char byte" || name == "long varbinary" || name == "binary varying")
        return plain("bytea", TypeFamily::binary);
    if (name == "date") return plain("date", TypeFamily::date);
    if (name == "datetime" || name == "timestamp") return plain(with_fraction("timestamp", argument(type, 0, 0)), TypeFamily::timestamp);
    if (name == "time") return plain(with_fraction("time", argument(type, 0, 0)), TypeFamily::time);
    if (name == "json") return plain("jsonb", TypeFamily::json);
    if (name == "uuid") return plain("uuid", TypeFamily::uuid);
    if (name == "inet4" || name == "inet6") return plain("inet", TypeFamily::other);
    if (name == "bit") return plain(fmt::format("bit({})", std::max(1L, argument(type, 0, 1))), TypeFamily::bits);
    if (name == "enum") {
        const bool too_long = std::any_of(type.labels.begin(), type.labels.end(), [](const std::string& label) { return label.size() > most_enum_label_bytes; });
        if (too_long) return plain("text", TypeFamily::text);
        return plain("", TypeFamily::enumeration);
    }
    if (name == "set") {
        MappedType result = plain("text", TypeFamily::text);
        result.pattern = set_pattern(type.labels);
        return result;
    }
    if (name == "point" || name == "geometry" || name == "linestring" || name == "polygon") return geometric(name);
    if (name == "multipoint" || name == "multilinestring" || name == "multipolygon" || name == "geometrycollection" || name == "geomcollection")
        return plain("text", TypeFamily::text);
    return {};
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

MappedType map_sqlite(const TypeName& type, const TypeUse& use) {
    const std::string_view name = type.name;
    if (use.is_number) return plain("numeric", TypeFamily::decimal);
    // Names that say more than SQLite's affinity; then the affinity.
    static const std::map<std::string_view, MappedType> known = {
        {"", plain("text", TypeFamily::text)},
        {"any", plain("text", TypeFamily::text)},
        {"int", plain("integer", TypeFamily::integer)},
        {"integer", plain("integer", TypeFamily::integer)},
        {"tinyint", plain("smallint", TypeFamily::integer)},
        {"smallint", plain("smallint", TypeFamily::integer)},
        {"int2", plain("smallint", TypeFamily::integer)},
        {"mediumint", plain("integer", TypeFamily::integer)},
        {"bigint", plain("bigint", TypeFamily::integer)},
        {"int8", plain("bigint", TypeFamily::integer)},
        {"unsigned big int", plain("bigint", TypeFamily::integer)},
        {"date", plain("date", TypeFamily::date)},
        {"time", plain("time(0)", TypeFamily::time)},
        {"datetime", plain("timestamp(0)", TypeFamily::timestamp)},
        {"timestamp", plain("timestamp(0)", TypeFamily::timestamp)},
        {"timestamptz", plain("timestamp with time zone", TypeFamily::timestamp)},
        {"uuid", plain("uuid", TypeFamily::uuid)},
        {"guid", plain("uuid", TypeFamily::uuid)},
        {"json", plain("jsonb", TypeFamily::json)},
        {"jsonb", plain("jsonb", TypeFamily::json)},
        {"real", plain("double precision", TypeFamily::real)},
        {"money", plain("numeric(19,4)", TypeFamily::decimal)},
        {"currency", plain("numeric(19,4)", TypeFamily::decimal)},
        {"string", plain("text", TypeFamily::text)},
        {"year", plain("smallint", TypeFamily::integer)},
    };
    if (const auto found = known.find(name); found != known.end()) return found->second;
    if (has(name, "int")) return plain("integer", TypeFamily::integer);
    if (has(name, "text") || has(name, "clob")) return plain("text", TypeFamily::text);
    if (has(name, "char")) return has(name, "var") || type.arguments.empty() ? character(type, "varchar", -1) : character(type, "char", -1);
    if (has(name, "blob") || has(name, "binary")) return plain("bytea", TypeFamily::binary);
    if (has(name, "real") || has(name, "floa") || has(name, "doub"))
        return type.arguments.size() > 1 ? decimal(type, -1, 0) : plain("double precision", TypeFamily::real);
    if (has(name, "bool")) return plain("smallint", TypeFamily::integer);  // used as a number
    if (has(name, "dec") || has(name, "num")) return decimal(type, -1, 0);
    return plain("text", TypeFamily::text);
}

MappedType map_mssql(const TypeName& type, const TypeUse& use) {
    const std::string_view name = type.name;
    const bool checks = !use.is_key && !use.is_identity;
    const bool max = !type.arguments.empty() && type.arguments[0] == "max";
    if (name == "bit") return integer(1, true, false);  // used as a number
    if (name == "tinyint") return integer(1, true, checks);
    if (name == "smallint") return integer(2, false, checks);
    if (name == "int" || name == "integer") return integer(4, false, checks);
    if (name == "bigint") return integer(8, false, checks);
    if (name == "decimal" || name == "numeric" || name == "dec") return decimal(type, 18, 0);
    if (name == "money") return plain("numeric(19,4)", TypeFamily::decimal);
    if (name == "smallmoney") return plain("numeric(10,4)", TypeFamily::decimal);
    if (name == "float" || name == "double precision") return argument(type, 0, 53) <= 24 ? plain("real", TypeFamily::real) : plain("double precision", TypeFamily::real);
    if (name == "real") return plain("real", TypeFamily::real);
    if (name == "nvarchar" || name == "varchar" || name == "character varying" || name == "char varying" || name == "national character varying" || name == "national char varying")
        return max ? plain("text", TypeFamily::text) : character(type, "varchar", 1);
    if (name == "nchar" || name == "char" || name == "character" || name == "national char" || name == "national character") return character(type, "char", 1);
    if (name == "text" || name == "ntext") return plain("text", TypeFamily::text);
    if (name == "sysname") return plain("varchar(128)", TypeFamily::text);
    if (name == "date") return plain("date", TypeFamily::date);
    if (name == "datetime") return plain("timestamp(3)", TypeFamily::timestamp);
    if (name == "datetime2") return plain(with_fraction("timestamp", argument(type, 0, 6)), TypeFamily::timestamp);
    if (name == "smalldatetime") return plain("timestamp(0)", TypeFamily::timestamp);
    if (name == "datetimeoffset") return plain(with_fraction("timestamp", argument(type, 0, 6)) + " with time zone", TypeFamily::timestamp);
    if (name == "time") return plain(with_fraction("time", argument(type, 0, 6)), TypeFamily::time);
    if (name == "uniqueidentifier") return plain("uuid", TypeFamily::uuid);
    if (name == "varbinary" || name == "binary" || name == "image" || name == "rowversion" || name == "timestamp" || name == "binary varying")
        return plain("bytea", TypeFamily::binary);
    if (name == "xml") return plain("xml", TypeFamily::other);
    if (name == "json") return plain("jsonb", TypeFamily::json);
    if (name == "geography" || name == "geometry") return geometric("point");
    if (name == "sql_variant" || name == "hierarchyid") return plain("text", TypeFamily::text);
    return {};
}

// NUMBER(p): the smallest integer type that holds p digits.
MappedType digits(long precision, bool checks) {
    MappedType result;
    result.family = TypeFamily::integer;
    if (precision > 18) return plain(fmt::format("numeric({})", precision), TypeFamily::decimal);
    result.sql = precision <= 4 ? "smallint" : precision <= 9 ? "integer" : "bigint";
    if (checks) {
        const std::string nines(static_cast<std::size_t>(precision), '9');
        result.range = fmt::format("BETWEEN -{} AND {}", nines, nines);
    }
    return result;
}

MappedType map_oracle(const TypeName& type, const TypeUse& use) {
    const std::string_view name = type.name;
    const bool checks = !use.is_key && !use.is_identity;
    const bool star = !type.arguments.empty() && type.arguments[0] == "*";
    if (name == "number" || name == "numeric" || name == "decimal" || name == "dec") {
        if (type.arguments.empty() || (star && type.arguments.size() < 2)) {
            if (name != "number") return plain("numeric(38)", TypeFamily::decimal);
            return use.is_key || use.is_identity ? plain("bigint", TypeFamily::integer) : plain("numeric", TypeFamily::decimal);
        }
        const long precision = star ? 38 : argument(type, 0, 38);
        const long scale = argument(type, 1, 0);
        if (scale != 0) return plain(fmt::format("numeric({},{})", precision, scale), TypeFamily::decimal);
        if (precision > 18 && (use.is_key || use.is_identity || star)) return plain("bigint", TypeFamily::integer);
        return digits(precision, checks);
    }
    if (name == "integer" || name == "int" || name == "pls_integer" || name == "binary_integer") return integer(4, false, false);
    if (name == "smallint") return integer(4, false, false);
    if (name == "float" || name == "double precision" || name == "binary_double" || name == "real") return plain("double precision", TypeFamily::real);
    if (name == "binary_float") return plain("real", TypeFamily::real);
    const bool character_data = name == "varchar2" || name == "nvarchar2" || name == "varchar" || name == "clob" || name == "nclob" || name == "blob" || name == "long";
    if (use.holds_json && character_data) return plain("jsonb", TypeFamily::json);
    if (name == "varchar2" || name == "nvarchar2" || name == "varchar" || name == "character varying" || name == "char varying" || name == "national character varying")
        return character(type, "varchar", -1);
    if (name == "char" || name == "nchar" || name == "character" || name == "national character" || name == "national char") return character(type, "char", 1);
    if (name == "clob" || name == "nclob" || name == "long" || name == "long varchar") return plain("text", TypeFamily::text);
    if (name == "raw") return argument(type, 0, 0) == 16 ? plain("uuid", TypeFamily::uuid) : plain("bytea", TypeFamily::binary);
    if (name == "blob" || name == "bfile" || name == "long raw") return plain("bytea", TypeFamily::binary);
    // Oracle's DATE has a time of day.
    if (name == "date") return plain("timestamp(0)", TypeFamily::timestamp);
    if (name == "timestamp") {
        const std::string base = with_fraction("timestamp", argument(type, 0, 6));
        return plain(type.with_time_zone || type.with_local_time_zone ? base + " with time zone" : base, TypeFamily::timestamp);
    }
    if (name == "interval year to month" || name == "interval year") return plain("interval year to month", TypeFamily::interval);
    if (name.starts_with("interval day")) return plain(fmt::format("interval day to second({})", std::clamp<long>(argument(type, 0, 6), 0, 6)), TypeFamily::interval);
    if (name == "json") return plain("jsonb", TypeFamily::json);
    if (name == "xmltype") return plain("xml", TypeFamily::other);
    if (name == "sdo_geometry") return geometric("point");
    if (name == "rowid" || name == "urowid") return plain("text", TypeFamily::text);
    if (name == "vector") return plain("text", TypeFamily::text);
    return {};
}

}  // namespace

bool may_be_flag(Dialect dialect, const TypeName& type) {
    const std::string_view name = type.name;
    switch (dialect) {
        case Dialect::mysql:
            return (name == "tinyint" && type.arguments.size() == 1 && type.arguments[0] == "1" && !type.zerofill) || name == "bool" || name == "boolean" ||
                   (name == "bit" && (type.arguments.empty() || type.arguments[0] == "1"));
        case Dialect::sqlite: return has(name, "bool") || (name == "bit" && type.arguments.empty());
        case Dialect::mssql: return name == "bit";
        case Dialect::oracle: return name == "boolean" || name == "bool";
        case Dialect::postgresql: return false;
    }
    return false;
}

MappedType map_type(Dialect dialect, const TypeName& type, const TypeUse& use) {
    if (use.is_flag) return plain("boolean", TypeFamily::boolean);
    if (use.holds_json && dialect != Dialect::oracle) {
        const std::string_view name = type.name;
        if (has(name, "text") || has(name, "char")) return plain("jsonb", TypeFamily::json);
    }
    MappedType result;
    // A declared type that is made of others.
    if (type.empty() && dialect == Dialect::oracle) return plain("text", TypeFamily::text);
    switch (dialect) {
        case Dialect::mysql: result = map_mysql(type, use); break;
        case Dialect::sqlite: result = map_sqlite(type, use); break;
        case Dialect::mssql: result = map_mssql(type, use); break;
        case Dialect::oracle: result = map_oracle(type, use); break;
        case Dialect::postgresql: break;
    }
    return result;
}

}  // namespace confab::ddl::dialect
