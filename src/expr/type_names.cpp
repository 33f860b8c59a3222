#include "expr/type_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace confab::expr {

using schema::TypeKind;

namespace {

constexpr std::pair<std::string_view, TypeKind> builtin_names[] = {
    {"bool", TypeKind::boolean},          {"boolean", TypeKind::boolean},
    {"int2", TypeKind::smallint},         {"smallint", TypeKind::smallint},
    {"int4", TypeKind::integer},          {"int", TypeKind::integer},
    {"integer", TypeKind::integer},       {"int8", TypeKind::bigint},
    {"bigint", TypeKind::bigint},         {"oid", TypeKind::oid},
    {"numeric", TypeKind::numeric},       {"decimal", TypeKind::numeric},
    {"float4", TypeKind::real},           {"real", TypeKind::real},
    {"float8", TypeKind::double_precision}, {"money", TypeKind::money},
    {"text", TypeKind::text},             {"varchar", TypeKind::varchar},
    {"bpchar", TypeKind::character},      {"char", TypeKind::single_char},
    {"name", TypeKind::name},             {"bytea", TypeKind::bytea},
    {"date", TypeKind::date},             {"time", TypeKind::time},
    {"timetz", TypeKind::time_tz},        {"timestamp", TypeKind::timestamp},
    {"timestamptz", TypeKind::timestamp_tz}, {"interval", TypeKind::interval},
    {"uuid", TypeKind::uuid},             {"json", TypeKind::json},
    {"jsonb", TypeKind::jsonb},           {"xml", TypeKind::xml},
    {"inet", TypeKind::inet},             {"cidr", TypeKind::cidr},
    {"macaddr", TypeKind::macaddr},       {"macaddr8", TypeKind::macaddr8},
    {"bit", TypeKind::bit},               {"varbit", TypeKind::varbit},
    {"daterange", TypeKind::daterange},   {"int4range", TypeKind::int4range},
    {"int8range", TypeKind::int8range},   {"numrange", TypeKind::numrange},
    {"tsrange", TypeKind::tsrange},       {"tstzrange", TypeKind::tstzrange},
};

// Bits of an interval's typmod, as PostgreSQL's grammar gives them.
std::string interval_fields(int mask) {
    constexpr int month = 1 << 1, year = 1 << 2, day = 1 << 3, hour = 1 << 10, minute = 1 << 11, second = 1 << 12;
    if (mask == 0x7FFF) return {};
    std::string first, last;
    const std::pair<int, const char*> units[] = {{year, "year"}, {month, "month"},   {day, "day"},
                                                 {hour, "hour"}, {minute, "minute"}, {second, "second"}};
    for (const auto& [bit, unit] : units) {
        if ((mask & bit) == 0) continue;
        if (first.empty()) first = unit;
        last = unit;
    }
    return first == last ? first : first + " to " + last;
}

std::vector<int> modifiers_of(const PgQuery__TypeName& name) {
    std::vector<int> values;
    for (std::size_t i = 0; i < name.n_typmods; ++i) {
        const PgQuery__Node& node = *name.typmods[i];
        if (node.node_case != PG_QUERY__NODE__NODE_A_CONST) continue;
        const PgQuery__AConst& constant = *node.a_const;
        if (constant.val_case == PG_QUERY__A__CONST__VAL_IVAL) values.push_back(constant.ival->ival);
    }
    return values;
}

void apply_modifiers(const std::vector<int>& modifiers, schema::Type& type) {
    if (modifiers.empty()) return;
    switch (type.kind) {
        case TypeKind::numeric:
            type.precision = modifiers[0];
            type.scale = modifiers.size() > 1 ? modifiers[1] : 0;
            return;
        case TypeKind::varchar:
        case TypeKind::character:
        case TypeKind::bit:
        case TypeKind::varbit: type.length = modifiers[0]; return;
        case TypeKind::time:
        case TypeKind::time_tz:
        case TypeKind::timestamp:
        case TypeKind::timestamp_tz: type.precision = modifiers[0]; return;
        case TypeKind::interval: type.interval_fields = interval_fields(modifiers[0]); return;
        default: return;
    }
}

}  // namespace

Result<schema::Type> type_of(const schema::Schema& schema, const PgQuery__TypeName& name) {
    schema::QualifiedName qualified;
    for (std::size_t i = 0; i < name.n_names; ++i) {
        if (name.names[i]->node_case != PG_QUERY__NODE__NODE_STRING) continue;
        qualified.space = std::move(qualified.name);
        qualified.name = name.names[i]->string->sval;
    }
    if (qualified.space == "public") qualified.space.clear();
    schema::Type type;
    bool known = false;
    if (qualified.space.empty() || qualified.space == "pg_catalog") {
        for (const auto& [text, kind] : builtin_names) {
            if (qualified.name != text) continue;
            type.kind = kind;
            known = true;
        }
    }
    if (!known) {
        if (schema.find_enumeration(qualified) != nullptr) {
            type.kind = TypeKind::enumeration;
        } else if (const schema::Domain* domain = schema.find_domain(qualified)) {
            type = schema.base_type(domain->base);
        } else if (schema.find_composite(qualified) != nullptr) {
            type.kind = TypeKind::composite;
        } else if (schema.find_range_type(qualified) != nullptr) {
            type.kind = TypeKind::user_range;
        } else {
            return Error(ErrorKind::not_supported,
                         fmt::format("type {} is not known here", schema::display(qualified)));
        }
        if (schema::Type none; type.user_type == none.user_type && type.kind >= TypeKind::enumeration) {
            type.user_type = qualified;
        }
    }
    apply_modifiers(modifiers_of(name), type);
    type.dimensions += static_cast<int>(name.n_array_bounds);
    return type;
}

}  // namespace confab::expr
