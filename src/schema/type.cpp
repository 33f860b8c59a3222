#include "schema/type.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "schema/keywords.hpp"
#include "schema/type_names.hpp"

namespace confab::schema {
namespace {

struct BuiltinName {
    std::string_view catalog;  // in pg_type
    TypeKind kind;
    std::string_view sql;      // as format_type() writes it, without a modifier
};

constexpr auto builtin_names = std::to_array<BuiltinName>({
    {"bool", TypeKind::boolean, "boolean"},
    {"int2", TypeKind::smallint, "smallint"},
    {"int4", TypeKind::integer, "integer"},
    {"int8", TypeKind::bigint, "bigint"},
    {"oid", TypeKind::oid, "oid"},
    {"numeric", TypeKind::numeric, "numeric"},
    {"float4", TypeKind::real, "real"},
    {"float8", TypeKind::double_precision, "double precision"},
    {"money", TypeKind::money, "money"},
    {"text", TypeKind::text, "text"},
    {"varchar", TypeKind::varchar, "character varying"},
    {"bpchar", TypeKind::character, "character"},
    {"char", TypeKind::single_char, "\"char\""},
    {"name", TypeKind::name, "name"},
    {"bytea", TypeKind::bytea, "bytea"},
    {"date", TypeKind::date, "date"},
    {"time", TypeKind::time, "time"},
    {"timetz", TypeKind::time_tz, "time"},
    {"timestamp", TypeKind::timestamp, "timestamp"},
    {"timestamptz", TypeKind::timestamp_tz, "timestamp"},
    {"interval", TypeKind::interval, "interval"},
    {"uuid", TypeKind::uuid, "uuid"},
    {"json", TypeKind::json, "json"},
    {"jsonb", TypeKind::jsonb, "jsonb"},
    {"xml", TypeKind::xml, "xml"},
    {"inet", TypeKind::inet, "inet"},
    {"cidr", TypeKind::cidr, "cidr"},
    {"macaddr", TypeKind::macaddr, "macaddr"},
    {"macaddr8", TypeKind::macaddr8, "macaddr8"},
    {"bit", TypeKind::bit, "bit"},
    {"varbit", TypeKind::varbit, "bit varying"},
    {"point", TypeKind::point, "point"},
    {"line", TypeKind::line, "line"},
    {"lseg", TypeKind::lseg, "lseg"},
    {"box", TypeKind::box, "box"},
    {"path", TypeKind::path, "path"},
    {"polygon", TypeKind::polygon, "polygon"},
    {"circle", TypeKind::circle, "circle"},
    {"tsvector", TypeKind::tsvector, "tsvector"},
    {"tsquery", TypeKind::tsquery, "tsquery"},
    {"int4range", TypeKind::int4range, "int4range"},
    {"int8range", TypeKind::int8range, "int8range"},
    {"numrange", TypeKind::numrange, "numrange"},
    {"tsrange", TypeKind::tsrange, "tsrange"},
    {"tstzrange", TypeKind::tstzrange, "tstzrange"},
    {"daterange", TypeKind::daterange, "daterange"},
    {"int4multirange", TypeKind::int4multirange, "int4multirange"},
    {"int8multirange", TypeKind::int8multirange, "int8multirange"},
    {"nummultirange", TypeKind::nummultirange, "nummultirange"},
    {"tsmultirange", TypeKind::tsmultirange, "tsmultirange"},
    {"tstzmultirange", TypeKind::tstzmultirange, "tstzmultirange"},
    {"datemultirange", TypeKind::datemultirange, "datemultirange"},
});

constexpr auto other_builtins = std::to_array<std::string_view>({
    "aclitem", "cid", "int2vector", "jsonpath", "oidvector", "pg_lsn", "pg_snapshot", "refcursor", "regclass",
    "regcollation", "regconfig", "regdictionary", "regnamespace", "regoper", "regoperator", "regproc",
    "regprocedure", "regrole", "regtype", "tid", "txid_snapshot", "xid", "xid8",
});

std::string modified(std::string_view name, int modifier) {
    return modifier < 0 ? std::string(name) : fmt::format("{}({})", name, modifier);
}

std::string element_sql(const Type& type) {
    switch (type.kind) {
        case TypeKind::numeric:
            if (type.precision < 0) return "numeric";
            return type.scale == 0 ? fmt::format("numeric({})", type.precision)
                                   : fmt::format("numeric({},{})", type.precision, type.scale);
        case TypeKind::varchar: return modified("character varying", type.length);
        case TypeKind::character: return type.length < 0 ? "bpchar" : modified("character", type.length);
        case TypeKind::bit: return type.length < 0 ? "bit" : modified("bit", type.length);
        case TypeKind::varbit: return modified("bit varying", type.length);
        case TypeKind::time: return modified("time", type.precision) + " without time zone";
        case TypeKind::time_tz: return modified("time", type.precision) + " with time zone";
        case TypeKind::timestamp: return modified("timestamp", type.precision) + " without time zone";
        case TypeKind::timestamp_tz: return modified("timestamp", type.precision) + " with time zone";
        case TypeKind::interval:
            if (type.interval_fields.empty()) return modified("interval", type.precision);
            return modified("interval " + type.interval_fields, type.precision);
        case TypeKind::other_builtin: return quoted(type.user_type);
        case TypeKind::enumeration:
        case TypeKind::domain:
        case TypeKind::composite:
        case TypeKind::user_range:
            // A built-in type of that name would be found first.
            if (type.user_type.space.empty() && builtin_kind(type.user_type.name)) {
                return "public." + quoted_identifier(type.user_type.name);
            }
            return quoted(type.user_type);
        case TypeKind::extension: {
            std::string text = quoted(type.user_type);
            if (type.length >= 0) text = modified(text, type.length);
            return text;
        }
        default: break;
    }
    const auto* found = std::find_if(builtin_names.begin(), builtin_names.end(),
                                     [&](const BuiltinName& name) { return name.kind == type.kind; });
    return std::string(found->sql);
}

bool is_plain_name(std::string_view name) {
    if (name.empty() || (name[0] >= '0' && name[0] <= '9') || name[0] == '$') return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
    });
}

std::string doubled(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char c : text) {
        if (c == quote) out += quote;
        out += c;
    }
    return out += quote;
}

}  // namespace

std::string display(const QualifiedName& name) {
    return name.space.empty() ? name.name : name.space + "." + name.name;
}

std::string quoted_identifier(std::string_view name) {
    return is_plain_name(name) && !needs_quotes(name) ? std::string(name) : doubled(name, '"');
}

std::string quoted(const QualifiedName& name) {
    return name.space.empty() ? quoted_identifier(name.name)
                              : quoted_identifier(name.space) + "." + quoted_identifier(name.name);
}

std::string quoted_literal(std::string_view text) {
    if (text.find_first_of("\n\r") == std::string_view::npos) return doubled(text, '\'');
    std::string sql = "E'";
    for (const char c : text) {
        switch (c) {
            case '\n': sql += "\\n"; break;
            case '\r': sql += "\\r"; break;
            case '\\': sql += "\\\\"; break;
            case '\'': sql += "\'\'"; break;
            default: sql += c;
        }
    }
    return sql + '\'';
}

std::string to_sql(const Type& type) {
    std::string sql = element_sql(type);
    for (int i = 0; i < type.dimensions; ++i) sql += "[]";
    return sql;
}

std::optional<TypeKind> builtin_kind(std::string_view catalog_name) {
    const auto* found = std::find_if(builtin_names.begin(), builtin_names.end(),
                                     [&](const BuiltinName& name) { return name.catalog == catalog_name; });
    if (found != builtin_names.end()) return found->kind;
    if (std::binary_search(other_builtins.begin(), other_builtins.end(), catalog_name)) {
        return TypeKind::other_builtin;
    }
    return std::nullopt;
}

std::vector<std::string> builtin_type_names() {
    std::vector<std::string> names{"int", "char", "decimal", "float", "serial", "bigserial", "smallserial"};
    for (const BuiltinName& name : builtin_names) {
        if (name.kind == TypeKind::single_char) continue;
        names.emplace_back(name.catalog);
        if (name.sql != name.catalog) names.emplace_back(name.sql);
    }
    names.insert(names.end(), other_builtins.begin(), other_builtins.end());
    return names;
}

std::optional<std::string> nearest_type_name(const Schema& schema, const std::string& name) {
    std::vector<std::string> names = builtin_type_names();
    const auto add = [&](const auto& types) {
        for (const auto& type : types) names.push_back(display(type.name));
    };
    add(schema.enumerations);
    add(schema.domains);
    add(schema.composites);
    add(schema.range_types);
    std::erase(names, name);
    return nearest_name(name, names);
}

bool is_integer(TypeKind kind) {
    return kind == TypeKind::smallint || kind == TypeKind::integer || kind == TypeKind::bigint;
}

bool is_numeric(TypeKind kind) {
    return is_integer(kind) || kind == TypeKind::numeric || kind == TypeKind::real ||
           kind == TypeKind::double_precision || kind == TypeKind::money;
}

bool is_character(TypeKind kind) {
    return kind == TypeKind::text || kind == TypeKind::varchar || kind == TypeKind::character ||
           kind == TypeKind::single_char || kind == TypeKind::name;
}

bool is_temporal(TypeKind kind) {
    return kind == TypeKind::date || kind == TypeKind::time || kind == TypeKind::time_tz ||
           kind == TypeKind::timestamp || kind == TypeKind::timestamp_tz;
}

}  // namespace confab::schema
