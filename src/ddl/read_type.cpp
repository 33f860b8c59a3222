#include "ddl/read_type.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "ddl/nodes.hpp"
#include "pgtree/pgtree.hpp"

namespace confab::ddl {
namespace {

using schema::Type;
using schema::TypeKind;

struct SerialName {
    std::string_view name;
    TypeKind kind;
};
constexpr auto serial_names = std::to_array<SerialName>({
    {"serial", TypeKind::integer},
    {"serial4", TypeKind::integer},
    {"bigserial", TypeKind::bigint},
    {"serial8", TypeKind::bigint},
    {"smallserial", TypeKind::smallint},
    {"serial2", TypeKind::smallint},
});

constexpr auto pseudo_types = std::to_array<std::string_view>({
    "any", "anyarray", "anycompatible", "anycompatiblearray", "anycompatiblemultirange", "anycompatiblenonarray",
    "anycompatiblerange", "anyelement", "anyenum", "anymultirange", "anynonarray", "anyrange", "cstring",
    "event_trigger", "fdw_handler", "index_am_handler", "internal", "language_handler", "record", "table_am_handler",
    "trigger", "tsm_handler", "unknown", "void",
});

// Bits of interval's first modifier. Source: PostgreSQL 15, utils/datetime.h.
struct IntervalField {
    std::int64_t mask;
    std::string_view words;
};
constexpr std::int64_t month = 1 << 1, year = 1 << 2, day = 1 << 3, hour = 1 << 10, minute = 1 << 11, second = 1 << 12;
constexpr std::int64_t full_range = 0x7FFF;
constexpr auto interval_fields = std::to_array<IntervalField>({
    {year, "year"},
    {month, "month"},
    {day, "day"},
    {hour, "hour"},
    {minute, "minute"},
    {second, "second"},
    {year | month, "year to month"},
    {day | hour, "day to hour"},
    {day | hour | minute, "day to minute"},
    {day | hour | minute | second, "day to second"},
    {hour | minute, "hour to minute"},
    {hour | minute | second, "hour to second"},
    {minute | second, "minute to second"},
});

constexpr int max_text_length = 10485760;
constexpr int max_numeric_precision = 1000;
constexpr int max_fraction_digits = 6;

class TypeReader {
  public:
    TypeReader(const SchemaDraft& draft, const StatementText& text, const PgQuery__TypeName& name)
        : draft_(draft), text_(text), name_(name) {}

    Result<ReadType> read() {
        if (name_.setof) return error("a column cannot be SETOF a type");
        if (name_.pct_type) return error("%TYPE has no place in a table's definition");
        const std::vector<std::string> parts = strings_of(name_.names, name_.n_names);
        if (parts.empty()) return error("a type is missing");
        written_ = {parts.size() > 1 ? parts[parts.size() - 2] : "", parts.back()};
        CONFAB_CHECK(resolve());
        CONFAB_CHECK(read_modifiers());
        result_.type.dimensions += static_cast<int>(name_.n_array_bounds);
        if (result_.is_serial && result_.type.dimensions > 0) return error("array of serial is not implemented");
        result_.declared = result_.type.kind == TypeKind::extension ? declared_ : schema::to_sql(result_.type);
        if (result_.type.kind == TypeKind::extension) {
            for (int i = 0; i < result_.type.dimensions; ++i) result_.declared += "[]";
        }
        return std::move(result_);
    }

  private:
    Error error(std::string message) const { return text_.error(name_.location, std::move(message)); }

    Status resolve() {
        Type& type = result_.type;
        const std::string& name = written_.name;
        const bool in_catalog = written_.space == "pg_catalog";
        if (in_catalog || written_.space.empty()) {
            if (std::optional<TypeKind> kind = schema::builtin_kind(name)) return built_in(*kind, name);
            // Arrays have names of their own: _int4.
            if (name.size() > 1 && name[0] == '_') {
                if (std::optional<TypeKind> kind = schema::builtin_kind(std::string_view(name).substr(1))) {
                    type.dimensions = 1;
                    return built_in(*kind, name.substr(1));
                }
            }
        }
        if (const auto user = draft_.find_type(written_.space, name)) {
            type.kind = user->kind;
            type.user_type = user->name;
            return {};
        }
        if (written_.space.empty()) {
            const auto* serial = std::find_if(serial_names.begin(), serial_names.end(),
                                              [&](const SerialName& one) { return one.name == name; });
            if (serial != serial_names.end()) {
                type.kind = serial->kind;
                result_.is_serial = true;
                return {};
            }
        }
        if (std::binary_search(pseudo_types.begin(), pseudo_types.end(), std::string_view(name)) &&
            (in_catalog || written_.space.empty())) {
            return error(fmt::format("a column cannot have the pseudo-type {}", name));
        }
        // A table's name is also the name of its row type.
        if (const std::optional<TableId> table = draft_.find_table(written_.space, name)) {
            type.kind = TypeKind::composite;
            type.user_type = draft_.tables[*table].table.name;
            return {};
        }
        type.kind = TypeKind::extension;
        type.user_type = {SchemaDraft::normal_space(written_.space), name};
        return {};
    }

    Status built_in(TypeKind kind, const std::string& name) {
        result_.type.kind = kind;
        if (kind == TypeKind::other_builtin) result_.type.user_type = {"", name};
        return {};
    }

    Status read_modifiers() {
        Type& type = result_.type;
        if (type.kind == TypeKind::extension) return read_extension_modifiers();
        if (name_.n_typmods == 0) return {};
        std::vector<std::int64_t> modifiers;
        for (std::size_t i = 0; i < name_.n_typmods; ++i) {
            const std::optional<std::int64_t> value = integer_of(name_.typmods[i]);
            if (!value) return error(fmt::format("a modifier of type {} is not an integer", written_.name));
            modifiers.push_back(*value);
        }
        switch (type.kind) {
            case TypeKind::varchar:
            case TypeKind::character:
            case TypeKind::bit:
            case TypeKind::varbit: return read_length(modifiers);
            case TypeKind::numeric: return read_numeric(modifiers);
            case TypeKind::time:
            case TypeKind::time_tz:
            case TypeKind::timestamp:
            case TypeKind::timestamp_tz:
                if (modifiers.size() != 1) break;
                return read_fraction_digits(modifiers[0]);
            case TypeKind::interval: return read_interval(modifiers);
            default: break;
        }
        return error(fmt::format("type {} takes no such modifier", schema::to_sql(type)));
    }

    Status read_extension_modifiers() {
        declared_ = schema::quoted(result_.type.user_type);
        std::string list;
        for (std::size_t i = 0; i < name_.n_typmods; ++i) {
            CONFAB_TRY(const std::string modifier, pgtree::deparse_expression(*name_.typmods[i]));
            list += (list.empty() ? "" : ", ") + modifier;
        }
        if (!list.empty()) declared_ += "(" + list + ")";
        if (name_.n_typmods == 1) {
            const std::optional<std::int64_t> value = integer_of(name_.typmods[0]);
            if (value && *value >= 0 && *value <= max_text_length) result_.type.length = static_cast<int>(*value);
        }
        return {};
    }

    Status read_length(const std::vector<std::int64_t>& modifiers) {
        Type& type = result_.type;
        if (modifiers.size() != 1) return error(fmt::format("type {} takes one length", schema::to_sql(type)));
        if (modifiers[0] < 1) return error(fmt::format("the length of type {} must be at least 1", schema::to_sql(type)));
        if (modifiers[0] > max_text_length && (type.kind == TypeKind::varchar || type.kind == TypeKind::character)) {
            return error(fmt::format("the length of type {} cannot exceed {}", schema::to_sql(type), max_text_length));
        }
        type.length = static_cast<int>(modifiers[0]);
        return {};
    }

    Status read_numeric(const std::vector<std::int64_t>& modifiers) {
        if (modifiers.size() > 2) return error("numeric takes a precision and a scale, no more");
        if (modifiers[0] < 1 || modifiers[0] > max_numeric_precision) {
            return error(fmt::format("NUMERIC precision {} must be between 1 and {}", modifiers[0], max_numeric_precision));
        }
        result_.type.precision = static_cast<int>(modifiers[0]);
        if (modifiers.size() < 2) return {};
        if (modifiers[1] < -max_numeric_precision || modifiers[1] > max_numeric_precision) {
            return error(fmt::format("NUMERIC scale {} must be between {} and {}", modifiers[1], -max_numeric_precision,
                                     max_numeric_precision));
        }
        result_.type.scale = static_cast<int>(modifiers[1]);
        return {};
    }

    Status read_fraction_digits(std::int64_t digits) {
        if (digits < 0) return error("a precision must not be negative");
        result_.type.precision = static_cast<int>(std::min<std::int64_t>(digits, max_fraction_digits));
        return {};
    }

    Status read_interval(const std::vector<std::int64_t>& modifiers) {
        if (modifiers[0] != full_range) {
            const auto* field = std::find_if(interval_fields.begin(), interval_fields.end(),
                                             [&](const IntervalField& one) { return one.mask == modifiers[0]; });
            if (field == interval_fields.end()) return error("this is not a kind of interval");
            result_.type.interval_fields = field->words;
        }
        return modifiers.size() > 1 ? read_fraction_digits(modifiers[1]) : Status();
    }

    const SchemaDraft& draft_;
    const StatementText& text_;
    const PgQuery__TypeName& name_;
    WrittenName written_;
    std::string declared_;
    ReadType result_;
};

}  // namespace

Result<ReadType> read_type(const SchemaDraft& draft, const StatementText& text, const PgQuery__TypeName& name) {
    return TypeReader(draft, text, name).read();
}

}  // namespace confab::ddl
