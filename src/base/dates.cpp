#include "base/dates.hpp"

#include <charconv>

#include <fmt/format.h>

namespace confab {

std::optional<std::int64_t> parse_date(std::string_view text) {
    const std::size_t month_at = text.find('-', 1);
    if (month_at == std::string_view::npos || text.size() != month_at + 6 || text[month_at + 3] != '-') return {};
    const auto number = [](std::string_view digits, auto& value) {
        const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return code == std::errc() && end == digits.data() + digits.size();
    };
    Civil date;
    if (month_at < 4 || !number(text.substr(0, month_at), date.year) ||
        !number(text.substr(month_at + 1, 2), date.month) || !number(text.substr(month_at + 4, 2), date.day)) {
        return {};
    }
    const std::int64_t days = days_from_civil(date);
    const Civil back = civil_from_days(days);
    if (back.year != date.year || back.month != date.month || back.day != date.day) return {};
    return days;
}

std::string format_date(std::int64_t days) {
    const Civil date = civil_from_days(days);
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

}  // namespace confab
