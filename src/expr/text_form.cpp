#include "expr/text_form.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/dates.hpp"

namespace confab::expr {

namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), to_lower);
    return result;
}

constexpr std::int64_t microseconds_per_minute = 60 * microseconds_per_second;
constexpr std::int64_t microseconds_per_hour = 60 * microseconds_per_minute;

// Digits after a decimal point as microseconds, rounded to the nearest.
std::optional<std::int64_t> read_fraction(std::string_view digits) {
    std::int64_t value = 0;
    std::int64_t unit = 100'000;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (!is_digit(digits[i])) return {};
        if (i < 6) {
            value += (digits[i] - '0') * unit;
            unit /= 10;
        } else if (i == 6 && digits[i] >= '5') {
            ++value;
        }
    }
    return value;
}

std::optional<std::int64_t> read_natural(std::string_view digits) {
    if (digits.empty() || digits.size() > 18) return {};
    std::int64_t value = 0;
    for (const char c : digits) {
        if (!is_digit(c)) return {};
        value = value * 10 + (c - '0');
    }
    return value;
}

// `HH:MM[:SS[.ffffff]]`, hours without a limit.
std::optional<std::int64_t> read_clock(std::string_view text) {
    const std::size_t first = text.find(':');
    if (first == std::string_view::npos) return {};
    const auto hours = read_natural(text.substr(0, first));
    std::string_view rest = text.substr(first + 1);
    const auto minutes = read_natural(rest.substr(0, rest.find(':')));
    if (!hours || !minutes || *hours > 2'000'000'000 || *minutes > 59) return {};
    std::int64_t result = *hours * microseconds_per_hour + *minutes * microseconds_per_minute;
    const std::size_t second = rest.find(':');
    if (second == std::string_view::npos) return result;
    rest = rest.substr(second + 1);
    const auto seconds = read_natural(rest.substr(0, rest.find('.')));
    if (!seconds || *seconds > 60) return {};
    result += *seconds * microseconds_per_second;
    const std::size_t point = rest.find('.');
    if (point == std::string_view::npos) return result;
    const auto fraction = read_fraction(rest.substr(point + 1));
    if (!fraction) return {};
    return result + *fraction;
}

std::string clock_text(std::int64_t microseconds) {
    const std::int64_t seconds = microseconds / microseconds_per_second;
    std::string text = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (std::int64_t fraction = microseconds % microseconds_per_second; fraction != 0) {
        std::string digits = fmt::format("{:06}", fraction);
        while (digits.back() == '0') digits.pop_back();
        text += "." + digits;
    }
    return text;
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
    return value / by - (value % by < 0 ? 1 : 0);
}

}  // namespace

Int128 power_of_ten(int exponent) {
    Int128 value = 1;
    for (int i = 0; i < exponent; ++i) value *= 10;
    return value;
}

int digits_of(Int128 value) {
    int digits = 1;
    while (value > 9 || value < -9) {
        value /= 10;
        ++digits;
    }
    return digits;
}

std::optional<Int128> rescale(Int128 value, int from_scale, int to_scale) {
    if (to_scale >= from_scale) {
        if (value == 0) return value;
        if (to_scale - from_scale > 38) return {};
        Int128 result = 0;
        if (__builtin_mul_overflow(value, power_of_ten(to_scale - from_scale), &result)) return {};
        return result;
    }
    if (from_scale - to_scale > 38) return Int128{0};
    const Int128 unit = power_of_ten(from_scale - to_scale);
    const Int128 quotient = value / unit;
    const Int128 rest = value % unit;
    const Int128 distance = rest < 0 ? -rest : rest;
    if (distance >= unit - distance) return quotient + (value < 0 ? -1 : 1);
    return quotient;
}

std::string decimal_text(Int128 value, int scale) {
    __extension__ using UnsignedInt128 = unsigned __int128;
    const bool negative = value < 0;
    auto rest = negative ? UnsignedInt128{0} - static_cast<UnsignedInt128>(value) : static_cast<UnsignedInt128>(value);
    std::string digits;
    while (rest != 0) {
        digits += static_cast<char>('0' + static_cast<int>(rest % 10));
        rest /= 10;
    }
    while (static_cast<int>(digits.size()) <= scale) digits += '0';
    if (negative) digits += '-';
    std::reverse(digits.begin(), digits.end());
    if (scale > 0) digits.insert(digits.size() - static_cast<std::size_t>(scale), ".");
    return digits;
}

// PostgreSQL writes the shortest digits that read back, scientific from 10^15 (real: 10^6) and below 10^-4.
std::string float_text(double value, bool single) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    if (value == 0) return std::signbit(value) ? "-0" : "0";
    char buffer[64];
    const std::to_chars_result written =
        single ? std::to_chars(buffer, buffer + sizeof buffer, static_cast<float>(value), std::chars_format::scientific)
               : std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
    const std::string_view text(buffer, static_cast<std::size_t>(written.ptr - buffer));
    const std::size_t e = text.find('e');
    int exponent = 0;
    const std::size_t exponent_at = text[e + 1] == '+' ? e + 2 : e + 1;
    std::from_chars(text.data() + exponent_at, text.data() + text.size(), exponent);
    if (exponent < -4 || exponent >= (single ? 6 : 15)) {
        return fmt::format("{}e{}{:02}", text.substr(0, e), exponent < 0 ? '-' : '+', std::abs(exponent));
    }
    std::string digits;
    for (const char c : text.substr(0, e)) {
        if (is_digit(c)) digits += c;
    }
    std::string result = text[0] == '-' ? "-" : "";
    if (exponent < 0) return result + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) return result + digits + std::string(whole - digits.size(), '0');
    return result + digits.substr(0, whole) + "." + digits.substr(whole);
}

std::string date_text(std::int64_t days) {
    if (days == positive_infinity) return "infinity";
    if (days == negative_infinity) return "-infinity";
    const Civil date = civil_from_days(days);
    if (date.year <= 0) return fmt::format("{:04}-{:02}-{:02} BC", 1 - date.year, date.month, date.day);
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string time_text(std::int64_t microseconds) { return clock_text(microseconds); }

std::string timestamp_text(std::int64_t microseconds, bool with_zone) {
    if (microseconds == positive_infinity) return "infinity";
    if (microseconds == negative_infinity) return "-infinity";
    const std::int64_t days = floor_divide(microseconds, microseconds_per_day);
    std::string date = date_text(days);
    std::string era;
    if (date.ends_with(" BC")) {
        era = " BC";
        date.resize(date.size() - 3);
    }
    return date + " " + clock_text(microseconds - days * microseconds_per_day) + (with_zone ? "+00" : "") + era;
}

std::string interval_text(const Interval& interval) {
    std::string text;
    bool negative_before = false;
    const auto part = [&](std::int64_t amount, std::string_view unit) {
        if (amount == 0) return;
        if (!text.empty()) text += ' ';
        if (negative_before && amount > 0) text += '+';
        text += fmt::format("{} {}{}", amount, unit, amount == 1 ? "" : "s");
        negative_before = amount < 0;
    };
    part(interval.months / 12, "year");
    part(interval.months % 12, "mon");
    part(interval.days, "day");
    if (interval.microseconds != 0 || text.empty()) {
        if (!text.empty()) text += ' ';
        const bool negative = interval.microseconds < 0;
        if (negative) {
            text += '-';
        } else if (negative_before) {
            text += '+';
        }
        text += clock_text(negative ? -interval.microseconds : interval.microseconds);
    }
    return text;
}

std::optional<bool> read_boolean(std::string_view text) {
    const std::string word = lowered(trimmed(text));
    if (word.empty()) return {};
    for (const std::string_view yes : {"true", "yes"}) {
        if (yes.starts_with(word)) return true;
    }
    for (const std::string_view no : {"false", "no"}) {
        if (no.starts_with(word)) return false;
    }
    if (word == "on" || word == "1") return true;
    if (word == "off" || word == "of" || word == "0") return false;
    return {};
}

std::optional<std::int64_t> read_integer(std::string_view text) {
    text = trimmed(text);
    if (!text.empty() && text.front() == '+') {
        text.remove_prefix(1);
        if (!text.empty() && !is_digit(text.front())) return {};
    }
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

std::optional<Decimal> read_decimal(std::string_view text) {
    text = trimmed(text);
    bool negative = false;
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    Decimal number;
    bool any = false;
    bool point = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        if (text[i] == '.' && !point) {
            point = true;
        } else if (is_digit(text[i])) {
            any = true;
            if (__builtin_mul_overflow(number.value, Int128{10}, &number.value)) return {};
            if (__builtin_add_overflow(number.value, Int128{text[i] - '0'}, &number.value)) return {};
            if (point) ++number.scale;
        } else {
            break;
        }
    }
    if (!any) return {};
    if (i < text.size()) {
        if (to_lower(text[i]) != 'e') return {};
        const auto exponent = read_integer(text.substr(i + 1));
        if (!exponent || *exponent > 1000 || *exponent < -1000) return {};
        number.scale -= static_cast<int>(*exponent);
        if (number.scale < 0) {
            const auto scaled = rescale(number.value, number.scale, 0);
            if (!scaled) return {};
            number = {*scaled, 0};
        }
    }
    if (negative) number.value = -number.value;
    return number;
}

std::optional<double> read_float(std::string_view text) {
    text = trimmed(text);
    const std::string word = lowered(text);
    if (word == "nan") return std::nan("");
    if (word == "infinity" || word == "inf" || word == "+infinity" || word == "+inf") return HUGE_VAL;
    if (word == "-infinity" || word == "-inf") return -HUGE_VAL;
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    if (text.empty() || !(is_digit(text.front()) || text.front() == '-' || text.front() == '.')) return {};
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

std::optional<std::int64_t> read_date(std::string_view text) {
    text = trimmed(text);
    const std::string word = lowered(text);
    if (word == "infinity") return positive_infinity;
    if (word == "-infinity") return negative_infinity;
    if (word == "epoch") return 0;
    if (const auto days = parse_date(text)) return days;
    if (const auto moment = read_timestamp(text, false)) return floor_divide(*moment, microseconds_per_day);
    return {};
}

std::optional<std::int64_t> read_time(std::string_view text) {
    text = trimmed(text);
    const std::string word = lowered(text);
    std::int64_t shift = 0;
    if (word.ends_with(" am") || word.ends_with(" pm")) {
        const auto clock = read_clock(trimmed(text.substr(0, text.size() - 3)));
        if (!clock || *clock >= 13 * microseconds_per_hour || *clock < microseconds_per_hour) return {};
        const std::int64_t hours = *clock / microseconds_per_hour % 12;
        shift = word.ends_with(" pm") ? 12 : 0;
        return (hours + shift) * microseconds_per_hour + *clock % microseconds_per_hour;
    }
    const auto clock = read_clock(text);
    if (!clock || *clock > microseconds_per_day) return {};
    return clock;
}

std::optional<std::int64_t> read_timestamp(std::string_view text, bool with_zone) {
    text = trimmed(text);
    const std::string word = lowered(text);
    if (word == "infinity") return positive_infinity;
    if (word == "-infinity") return negative_infinity;
    if (word == "epoch") return 0;
    const std::size_t date_end = std::min(text.find_first_of(" T"), text.size());
    const auto days = parse_date(text.substr(0, date_end));
    if (!days || *days > 106'000'000 || *days < -106'000'000) return {};
    std::string_view clock = trimmed(text.substr(std::min(date_end + 1, text.size())));
    std::int64_t zone = 0;
    if (!clock.empty()) {
        const std::size_t zone_at = clock.find_first_of("+-Zz");
        if (zone_at != std::string_view::npos) {
            std::string_view offset = clock.substr(zone_at);
            clock = trimmed(clock.substr(0, zone_at));
            if (to_lower(offset.front()) == 'z') {
                if (offset.size() > 1) return {};
            } else {
                const std::int64_t sign = offset.front() == '-' ? -1 : 1;
                offset.remove_prefix(1);
                std::string digits;
                for (const char c : offset) {
                    if (c != ':') digits += c;
                }
                if (digits.size() != 2 && digits.size() != 4) return {};
                const auto hours = read_natural(std::string_view(digits).substr(0, 2));
                const auto minutes = digits.size() == 4 ? read_natural(std::string_view(digits).substr(2)) : 0;
                if (!hours || !minutes || *hours > 15 || *minutes > 59) return {};
                zone = sign * (*hours * 60 + *minutes) * microseconds_per_minute;
            }
        } else if (lowered(clock).ends_with(" utc")) {
            clock = trimmed(clock.substr(0, clock.size() - 4));
        }
    }
    std::int64_t time = 0;
    if (!clock.empty()) {
        const auto read = read_time(clock);
        if (!read) return {};
        time = *read;
    }
    return *days * microseconds_per_day + time - (with_zone ? zone : 0);
}

namespace {

// How much one of a unit is: months, days or microseconds. Fractions spill to the smaller kinds.
struct Unit {
    int months = 0;
    int days = 0;
    std::int64_t microseconds = 0;
};

std::optional<Unit> unit_of(std::string_view name) {
    if (name.size() > 1 && name.ends_with('s') && name != "ms" && name != "us") name.remove_suffix(1);
    if (name == "microsecond" || name == "us" || name == "usec") return Unit{0, 0, 1};
    if (name == "millisecond" || name == "ms" || name == "msec") return Unit{0, 0, 1000};
    if (name == "second" || name == "sec" || name == "s") return Unit{0, 0, microseconds_per_second};
    if (name == "minute" || name == "min" || name == "m") return Unit{0, 0, microseconds_per_minute};
    if (name == "hour" || name == "hr" || name == "h") return Unit{0, 0, microseconds_per_hour};
    if (name == "day" || name == "d") return Unit{0, 1, 0};
    if (name == "week" || name == "w") return Unit{0, 7, 0};
    if (name == "month" || name == "mon") return Unit{1, 0, 0};
    if (name == "year" || name == "yr" || name == "y") return Unit{12, 0, 0};
    if (name == "decade") return Unit{120, 0, 0};
    if (name == "century" || name == "centurie" || name == "c") return Unit{1200, 0, 0};
    if (name == "millennium" || name == "millennia") return Unit{12000, 0, 0};
    return {};
}

struct WideInterval {
    Int128 months = 0, days = 0, microseconds = 0;

    // amount is value × 10^-scale.
    bool add(const Decimal& amount, const Unit& unit) {
        if (amount.scale > 12) return false;
        const Int128 one = power_of_ten(amount.scale);
        if (unit.months != 0) {
            const Int128 total = amount.value * unit.months;
            months += total / one;
            if (unit.months > 1) return true;  // a fraction of a year is rounded to months
            return spread_days((total % one) * 30, one);
        }
        if (unit.days != 0) return spread_days(amount.value * unit.days, one);
        const auto rounded = rescale(amount.value * unit.microseconds, amount.scale, 0);
        if (!rounded) return false;
        microseconds += *rounded;
        return true;
    }

  private:
    bool spread_days(Int128 total, Int128 one) {
        days += total / one;
        const Int128 rest = (total % one) * microseconds_per_day;
        microseconds += rest / one;
        return true;
    }
};

// ISO 8601: P1Y2M3DT4H5M6S.
std::optional<WideInterval> read_iso_interval(std::string_view text) {
    WideInterval result;
    bool time = false;
    std::size_t i = 1;
    if (text.size() < 3) return {};
    while (i < text.size()) {
        if (text[i] == 'T') {
            time = true;
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && (is_digit(text[end]) || text[end] == '.' || text[end] == '-')) ++end;
        const auto amount = read_decimal(text.substr(i, end - i));
        if (!amount || end == text.size()) return {};
        Unit unit;
        switch (text[end]) {
            case 'Y': unit.months = 12; break;
            case 'M': time ? unit.microseconds = microseconds_per_minute : unit.months = 1; break;
            case 'W': unit.days = 7; break;
            case 'D': unit.days = 1; break;
            case 'H': unit.microseconds = microseconds_per_hour; break;
            case 'S': unit.microseconds = microseconds_per_second; break;
            default: return {};
        }
        if (!result.add(*amount, unit)) return {};
        i = end + 1;
    }
    return result;
}

}  // namespace

std::optional<Interval> read_interval(std::string_view text) {
    text = trimmed(text);
    WideInterval total;
    if (text.starts_with('P')) {
        const auto iso = read_iso_interval(text);
        if (!iso) return {};
        total = *iso;
    } else {
        const std::string words = lowered(text);
        std::string_view rest = words;
        if (rest.starts_with('@')) rest = trimmed(rest.substr(1));
        bool ago = false;
        if (rest.ends_with(" ago")) {
            ago = true;
            rest = trimmed(rest.substr(0, rest.size() - 4));
        }
        if (rest.empty()) return {};
        while (!rest.empty()) {
            std::size_t end = 0;
            if (rest[0] == '+' || rest[0] == '-') ++end;
            while (end < rest.size() && (is_digit(rest[end]) || rest[end] == '.' || rest[end] == ':')) ++end;
            const std::string_view number = rest.substr(0, end);
            if (number.empty()) return {};
            rest = trimmed(rest.substr(end));
            if (number.find(':') != std::string_view::npos) {
                const bool negative = number[0] == '-';
                const auto clock = read_clock(is_digit(number[0]) ? number : number.substr(1));
                if (!clock) return {};
                total.microseconds += negative ? -*clock : *clock;
                continue;
            }
            const auto amount = read_decimal(number);
            if (!amount) return {};
            std::size_t word = 0;
            while (word < rest.size() && rest[word] >= 'a' && rest[word] <= 'z') ++word;
            // A number alone counts seconds.
            const auto unit = word == 0 ? std::optional<Unit>(Unit{0, 0, microseconds_per_second})
                                        : unit_of(rest.substr(0, word));
            if (!unit || (word == 0 && !rest.empty()) || !total.add(*amount, *unit)) return {};
            rest = trimmed(rest.substr(word));
        }
        if (ago) total = {-total.months, -total.days, -total.microseconds};
    }
    const Interval result{static_cast<std::int32_t>(total.months), static_cast<std::int32_t>(total.days),
                          static_cast<std::int64_t>(total.microseconds)};
    if (result.months != total.months || result.days != total.days || result.microseconds != total.microseconds) {
        return {};
    }
    return result;
}

}  // namespace confab::expr
