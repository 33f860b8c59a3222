#include "expr/time_format.hpp"

#include <array>

#include <fmt/format.h>

#include "base/dates.hpp"
#include "base/text.hpp"

namespace confab::expr {

namespace {

enum class Token : std::uint8_t {
    year4, year2, month_number, MONTH, Month, month, MON, Mon, mon, day_of_year, day_number, DAY, Day, day, DY, Dy, dy,
    iso_day, week_day, hour24, hour12, minute, second, millisecond, microsecond, AM, am, quarter, iso_week, iso_year,
};

// Longer patterns before those that they begin with.
constexpr std::pair<std::string_view, Token> tokens[] = {
    {"YYYY", Token::year4}, {"yyyy", Token::year4}, {"IYYY", Token::iso_year}, {"MONTH", Token::MONTH},
    {"Month", Token::Month}, {"month", Token::month}, {"HH24", Token::hour24}, {"hh24", Token::hour24},
    {"HH12", Token::hour12}, {"hh12", Token::hour12}, {"DDD", Token::day_of_year}, {"ddd", Token::day_of_year},
    {"MON", Token::MON}, {"Mon", Token::Mon}, {"mon", Token::mon}, {"DAY", Token::DAY}, {"Day", Token::Day},
    {"day", Token::day}, {"YY", Token::year2}, {"yy", Token::year2}, {"MM", Token::month_number},
    {"mm", Token::month_number}, {"DD", Token::day_number}, {"dd", Token::day_number}, {"DY", Token::DY},
    {"Dy", Token::Dy}, {"dy", Token::dy}, {"ID", Token::iso_day}, {"HH", Token::hour12}, {"hh", Token::hour12},
    {"MI", Token::minute}, {"mi", Token::minute}, {"MS", Token::millisecond}, {"ms", Token::millisecond},
    {"US", Token::microsecond}, {"us", Token::microsecond}, {"SS", Token::second}, {"ss", Token::second},
    {"AM", Token::AM}, {"PM", Token::AM}, {"am", Token::am}, {"pm", Token::am}, {"IW", Token::iso_week},
    {"D", Token::week_day}, {"Q", Token::quarter}, {"q", Token::quarter},
};

constexpr std::array<std::string_view, 12> month_names = {"January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> day_names = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
    "Saturday", "Sunday"};

std::string padded(std::string text, bool fill) {
    constexpr std::size_t longest = 9;  // of a month's or a day's name
    if (fill && text.size() < longest) text.resize(longest, ' ');
    return text;
}

}  // namespace

Result<TimeFormat> TimeFormat::read(std::string_view pattern) {
    TimeFormat format;
    bool fill = true;
    while (!pattern.empty()) {
        if (pattern.starts_with("FM") || pattern.starts_with("fm")) {
            fill = false;
            pattern.remove_prefix(2);
            continue;
        }
        Piece piece;
        piece.fill = fill;
        std::size_t used = 1;
        for (std::size_t i = 0; i < std::size(tokens); ++i) {
            if (!pattern.starts_with(tokens[i].first)) continue;
            piece.token = static_cast<int>(i);
            used = tokens[i].first.size();
            break;
        }
        if (piece.token < 0) {
            if (pattern[0] == '"') {
                const std::size_t end = pattern.find('"', 1);
                if (end == std::string_view::npos) return Error(ErrorKind::not_supported, "an open quote in a format");
                piece.literal = pattern.substr(1, end - 1);
                used = end + 1;
            } else if ((pattern[0] >= 'a' && pattern[0] <= 'z' && pattern[0] != 'h') ||
                       (pattern[0] >= 'A' && pattern[0] <= 'Z' && pattern[0] != 'T')) {
                return Error(ErrorKind::not_supported,
                             fmt::format("the format '{}' is not known here", printable(pattern, 40)));
            } else {
                piece.literal = pattern[0];
            }
        }
        fill = true;
        pattern.remove_prefix(used);
        format.pieces_.push_back(std::move(piece));
    }
    return format;
}

void TimeFormat::write(std::int64_t moment, std::string& text) const {
    const std::int64_t days = moment / microseconds_per_day - (moment % microseconds_per_day < 0 ? 1 : 0);
    const std::int64_t time = moment - days * microseconds_per_day;
    const Civil date = civil_from_days(days);
    const std::int64_t seconds = time / microseconds_per_second;
    const std::int64_t hour = seconds / 3600;
    const auto month_name = std::string(month_names[static_cast<std::size_t>(date.month - 1)]);
    const auto day_name = std::string(day_names[static_cast<std::size_t>(weekday_of(days) - 1)]);
    const std::int64_t thursday = days - weekday_of(days) + 4;
    const std::int64_t iso_year = civil_from_days(thursday).year;
    for (const Piece& piece : pieces_) {
        if (piece.token < 0) {
            text += piece.literal;
            continue;
        }
        const auto number = [&](std::int64_t value, int width) {
            text += fmt::format("{:0{}}", value, piece.fill ? width : 1);
        };
        switch (tokens[static_cast<std::size_t>(piece.token)].second) {
            case Token::year4: number(date.year, 4); break;
            case Token::year2: number(date.year % 100, 2); break;
            case Token::month_number: number(date.month, 2); break;
            case Token::MONTH: text += padded(upper_ascii(month_name), piece.fill); break;
            case Token::Month: text += padded(month_name, piece.fill); break;
            case Token::month: text += padded(lower_ascii(month_name), piece.fill); break;
            case Token::MON: text += upper_ascii(month_name.substr(0, 3)); break;
            case Token::Mon: text += month_name.substr(0, 3); break;
            case Token::mon: text += lower_ascii(month_name.substr(0, 3)); break;
            case Token::day_of_year: number(days - days_from_civil({date.year, 1, 1}) + 1, 3); break;
            case Token::day_number: number(date.day, 2); break;
            case Token::DAY: text += padded(upper_ascii(day_name), piece.fill); break;
            case Token::Day: text += padded(day_name, piece.fill); break;
            case Token::day: text += padded(lower_ascii(day_name), piece.fill); break;
            case Token::DY: text += upper_ascii(day_name.substr(0, 3)); break;
            case Token::Dy: text += day_name.substr(0, 3); break;
            case Token::dy: text += lower_ascii(day_name.substr(0, 3)); break;
            case Token::iso_day: number(weekday_of(days), 1); break;
            case Token::week_day: number(weekday_of(days) % 7 + 1, 1); break;
            case Token::hour24: number(hour, 2); break;
            case Token::hour12: number(hour % 12 == 0 ? 12 : hour % 12, 2); break;
            case Token::minute: number(seconds / 60 % 60, 2); break;
            case Token::second: number(seconds % 60, 2); break;
            case Token::millisecond: number(time / 1000 % 1000, 3); break;
            case Token::microsecond: number(time % microseconds_per_second, 6); break;
            case Token::AM: text += hour < 12 ? "AM" : "PM"; break;
            case Token::am: text += hour < 12 ? "am" : "pm"; break;
            case Token::quarter: number((date.month - 1) / 3 + 1, 1); break;
            case Token::iso_week: number((thursday - days_from_civil({iso_year, 1, 1})) / 7 + 1, 2); break;
            case Token::iso_year: number(iso_year, 4); break;
        }
    }
}

std::optional<std::int64_t> TimeFormat::parse(std::string_view text) const {
    Civil date{1, 1, 1};
    std::int64_t hour = 0, minute = 0, second = 0, fraction = 0;
    bool afternoon = false, half_days = false;
    const auto number = [&](std::size_t digits) -> std::optional<std::int64_t> {
        while (!text.empty() && text[0] == ' ') text.remove_prefix(1);
        std::size_t end = 0;
        while (end < text.size() && end < digits && text[end] >= '0' && text[end] <= '9') ++end;
        const auto value = parse_integer(text.substr(0, end));
        text.remove_prefix(end);
        return value;
    };
    for (const Piece& piece : pieces_) {
        if (piece.token < 0) {
            // A separator stands for any separator, or for none.
            if (!text.empty() && !(text[0] >= '0' && text[0] <= '9')) {
                text.remove_prefix(std::min(piece.literal.size(), text.size()));
            }
            continue;
        }
        std::optional<std::int64_t> value;
        switch (tokens[static_cast<std::size_t>(piece.token)].second) {
            case Token::year4:
                if (!(value = number(4))) return {};
                date.year = *value;
                break;
            case Token::year2:
                if (!(value = number(2))) return {};
                date.year = *value + (*value < 70 ? 2000 : 1900);
                break;
            case Token::month_number:
                if (!(value = number(2)) || *value < 1 || *value > 12) return {};
                date.month = static_cast<int>(*value);
                break;
            case Token::MON: case Token::Mon: case Token::mon: {
                date.month = 0;
                for (std::size_t i = 0; i < month_names.size(); ++i) {
                    if (equal_ignoring_case(text.substr(0, 3), month_names[i].substr(0, 3))) {
                        date.month = static_cast<int>(i) + 1;
                    }
                }
                if (date.month == 0) return {};
                text.remove_prefix(3);
                break;
            }
            case Token::day_number:
                if (!(value = number(2)) || *value < 1 || *value > 31) return {};
                date.day = static_cast<int>(*value);
                break;
            case Token::hour24:
                if (!(value = number(2)) || *value > 24) return {};
                hour = *value;
                break;
            case Token::hour12:
                if (!(value = number(2)) || *value < 1 || *value > 12) return {};
                hour = *value;
                half_days = true;
                break;
            case Token::minute:
                if (!(value = number(2)) || *value > 59) return {};
                minute = *value;
                break;
            case Token::second:
                if (!(value = number(2)) || *value > 59) return {};
                second = *value;
                break;
            case Token::AM: case Token::am:
                afternoon = equal_ignoring_case(text.substr(0, 2), "pm");
                text.remove_prefix(std::min<std::size_t>(2, text.size()));
                break;
            default: return {};
        }
    }
    if (half_days) hour = hour % 12 + (afternoon ? 12 : 0);
    const std::int64_t days = days_from_civil(date);
    if (civil_from_days(days).day != date.day) return {};
    return days * microseconds_per_day + ((hour * 60 + minute) * 60 + second) * microseconds_per_second + fraction;
}

}  // namespace confab::expr
