#include "engine/generators/pattern_fields.hpp"

namespace confab::engine {

namespace {
constexpr std::string_view digits = "0123456789";
constexpr std::string_view capitals = "ABCDEFGHJKLMNPQRSTUVWXYZ";  // without I and O, which read as digits
constexpr std::string_view smalls = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view mixed = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
constexpr std::string_view hexadecimal = "0123456789abcdef";
}  // namespace

std::string_view alphabet_of(std::string_view field) {
    if (field.empty() || !std::all_of(field.begin(), field.end(), [&](char c) { return c == field[0]; })) return {};
    switch (field[0]) {
        case '#': return digits;
        case 'A': return capitals;
        case 'a': return field.size() > 1 ? smalls : std::string_view();
        case 'X': return mixed;
        case 'h': return field.size() > 1 ? hexadecimal : std::string_view();
        default: return {};
    }
}

bool has_column(const KernelContext& context, std::string_view name) {
    return context.schema.tables[context.table].find_column(name).has_value();
}

std::size_t index_of(std::vector<std::string>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    names.emplace_back(name);
    return names.size() - 1;
}

}  // namespace confab::engine
