#include "ddl/dialect/patterns.hpp"

#include <array>
#include <utility>

#include "base/text.hpp"

namespace confab::ddl::dialect {

namespace {

std::string regular_expression(std::string_view pattern, char any_text, char any_character, char negation) {
    std::string result = "^";
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == any_text) {
            result += ".*";
        } else if (c == any_character) {
            result += '.';
        } else if (c == '[' && pattern.find(']', i + 2) != std::string_view::npos) {
            const std::size_t close = pattern.find(']', i + 2);
            std::string inside(pattern.substr(i + 1, close - i - 1));
            if (inside[0] == negation) inside[0] = '^';
            result += '[';
            for (const char each : inside) {
                if (each == '\\' || each == '[') result += '\\';
                result += each;
            }
            result += ']';
            i = close;
        } else {
            if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos) result += '\\';
            result += c;
        }
    }
    return result + "$";
}

}  // namespace

std::string regular_expression_of_like(std::string_view pattern) { return regular_expression(pattern, '%', '_', '^'); }

std::string regular_expression_of_glob(std::string_view pattern) { return regular_expression(pattern, '*', '?', '^'); }

std::string json_path(std::string_view path) {
    std::string result = "{";
    std::string step;
    const auto add = [&] {
        if (step.empty()) return;
        if (result.size() > 1) result += ',';
        result += step;
        step.clear();
    };
    bool quoted = false;
    for (std::size_t i = path.starts_with('$') ? 1 : 0; i < path.size(); ++i) {
        const char c = path[i];
        if (c == '"') quoted = !quoted;
        if (!quoted && (c == '.' || c == '[' || c == ']')) {
            add();
        } else {
            step += c;
        }
    }
    add();
    return result + "}";
}

std::string time_unit(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 27> units = {{
        {"year", "year"}, {"yy", "year"}, {"yyyy", "year"}, {"quarter", "quarter"}, {"qq", "quarter"}, {"q", "quarter"},
        {"month", "month"}, {"mm", "month"}, {"m", "month"}, {"week", "week"}, {"wk", "week"}, {"ww", "week"},
        {"day", "day"}, {"dd", "day"}, {"d", "day"}, {"hour", "hour"}, {"hh", "hour"}, {"minute", "minute"},
        {"mi", "minute"}, {"n", "minute"}, {"second", "second"}, {"ss", "second"}, {"s", "second"}, {"microsecond", "microsecond"},
        {"dayofyear", "doy"}, {"dy", "doy"}, {"weekday", "dow"},
    }};
    for (const auto& [spelled, unit] : units)
        if (equal_ignoring_case(spelled, word)) return std::string(unit);
    return {};
}

}  // namespace confab::ddl::dialect
