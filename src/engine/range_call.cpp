#include "engine/range_call.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"

namespace confab::engine {

namespace {

// The arguments of a call, cut at its own commas; nothing when the text does not end with the call.
std::optional<std::vector<std::string>> arguments_of(std::string_view text) {
    if (text.size() < 2 || text.front() != '(' || text.back() != ')') return std::nullopt;
    std::vector<std::string> arguments(1);
    int depth = 0;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '(' || c == '[') {
            if (++depth == 1) continue;
        } else if (c == ')' || c == ']') {
            if (--depth == 0) {
                if (i + 1 != text.size()) return std::nullopt;
                continue;
            }
        } else if (c == ',' && depth == 1) {
            arguments.emplace_back();
            continue;
        }
        arguments.back() += c;
    }
    if (depth != 0 || quote != 0) return std::nullopt;
    return arguments;
}

}  // namespace

std::optional<RangeCall> parse_range_call(std::string_view sql) {
    constexpr std::array<std::string_view, 6> names = {"int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange"};
    constexpr std::string_view own = "pg_catalog.";
    sql = trim(sql);
    while (sql.size() > 2 && sql.front() == '(' && sql.back() == ')') sql = trim(sql.substr(1, sql.size() - 2));
    if (sql.starts_with(own)) sql.remove_prefix(own.size());
    const std::size_t bracket = sql.find('(');
    if (bracket == std::string_view::npos) return std::nullopt;
    const std::string_view called = trim(sql.substr(0, bracket));
    if (std::none_of(names.begin(), names.end(), [&](std::string_view name) { return equal_ignoring_case(name, called); })) {
        return std::nullopt;
    }
    const auto arguments = arguments_of(sql.substr(bracket));
    if (!arguments || arguments->size() < 2 || arguments->size() > 3) return std::nullopt;
    RangeCall call{(*arguments)[0], (*arguments)[1], '[', ')'};
    if (arguments->size() == 2) return call;
    std::string_view bounds = trim((*arguments)[2]);
    if (bounds.ends_with("::text")) bounds = trim(bounds.substr(0, bounds.size() - 6));
    if (bounds.size() != 4 || bounds.front() != '\'' || bounds.back() != '\'') return std::nullopt;
    call.open = bounds[1];
    call.close = bounds[2];
    if ((call.open != '[' && call.open != '(') || (call.close != ']' && call.close != ')')) return std::nullopt;
    return call;
}

std::string RangeCall::text_sql() const {
    const auto bound = [](const std::string& sql) { return "coalesce(cast((" + sql + ") as text), '')"; };
    return std::string("'") + open + "' || " + bound(lower) + " || ',' || " + bound(upper) + " || '" + close + "'";
}

std::string RangeCall::ordered_sql() const { return "(" + lower + ") <= (" + upper + ")"; }

}  // namespace confab::engine
