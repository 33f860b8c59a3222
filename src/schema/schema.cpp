#include "schema/schema.hpp"

#include <algorithm>

namespace confab::schema {
namespace {

template <typename T>
const T* find_named(const std::vector<T>& all, const QualifiedName& name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::optional<ColumnId> Table::find_column(std::string_view column_name) const {
    for (ColumnId i = 0; i < columns.size(); ++i) {
        if (columns[i].name == column_name) return i;
    }
    return std::nullopt;
}

const Key* Table::primary_key() const {
    return !keys.empty() && keys.front().primary ? &keys.front() : nullptr;
}

std::optional<TableId> Schema::find_table(std::string_view display_name) const {
    constexpr std::string_view default_prefix = "public.";
    const std::string_view in_default = display_name.substr(0, default_prefix.size()) == default_prefix
                                            ? display_name.substr(default_prefix.size())
                                            : display_name;
    for (TableId i = 0; i < tables.size(); ++i) {
        const QualifiedName& name = tables[i].name;
        if (name.space.empty() ? name.name == in_default || name.name == display_name
                               : display(name) == display_name) {
            return i;
        }
    }
    return std::nullopt;
}

const Enumeration* Schema::find_enumeration(const QualifiedName& name) const { return find_named(enumerations, name); }
const Domain* Schema::find_domain(const QualifiedName& name) const { return find_named(domains, name); }
const Composite* Schema::find_composite(const QualifiedName& name) const { return find_named(composites, name); }
const RangeType* Schema::find_range_type(const QualifiedName& name) const { return find_named(range_types, name); }

Type Schema::base_type(const Type& type) const {
    Type base = type;
    // A domain is made of types that exist already, so this ends; the bound is for schemas made by hand.
    for (std::size_t step = 0; base.kind == TypeKind::domain && step <= domains.size(); ++step) {
        const Domain* domain = find_domain(base.user_type);
        if (domain == nullptr) break;
        const int dimensions = base.dimensions;
        base = domain->base;
        base.dimensions += dimensions;
    }
    return base;
}

Physical physical_of(const Schema& schema, const Type& type) {
    const Type base = schema.base_type(type);
    if (base.is_array()) return Physical::text;
    constexpr int int64_digits = 18;
    switch (base.kind) {
        case TypeKind::boolean: return Physical::boolean;
        case TypeKind::smallint:
        case TypeKind::integer:
        case TypeKind::bigint:
        case TypeKind::oid:
        case TypeKind::money:
        case TypeKind::date:
        case TypeKind::time:
        case TypeKind::timestamp:
        case TypeKind::timestamp_tz:
        case TypeKind::enumeration: return Physical::int64;
        case TypeKind::numeric:
            return base.precision >= 0 && base.precision <= int64_digits ? Physical::int64 : Physical::wide;
        case TypeKind::real:
        case TypeKind::double_precision: return Physical::float64;
        case TypeKind::interval: return Physical::interval;
        default: return Physical::text;
    }
}

}  // namespace confab::schema
