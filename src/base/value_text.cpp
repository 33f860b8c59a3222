#include "base/value_text.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace confab {

namespace detail {

namespace {

constexpr DigitTable make_digits() {
    DigitTable table{};
    for (std::size_t i = 0; i < table.entries.size(); ++i) {
        std::size_t rest = i;
        for (std::size_t digit = 4; digit-- > 0; rest /= 10) {
            table.entries[i][digit] = static_cast<char>('0' + rest % 10);
        }
    }
    return table;
}

constexpr DayTable make_days() {
    DayTable table{};
    std::size_t day = 0;
    for (std::uint8_t year = 0; year < 4; ++year) {
        for (int month = 1; month <= 12; ++month) {
            const std::array<int, 12> lengths{31, year == 3 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
            for (int date = 1; date <= lengths[static_cast<std::size_t>(month - 1)]; ++date) {
                const auto digit = [](int d) { return static_cast<char>('0' + d); };
                table.entries[day++] = {
                    {'-', digit(month / 10), digit(month % 10), '-', digit(date / 10), digit(date % 10)}, year, 0};
            }
        }
    }
    return table;
}

}  // namespace

constexpr DigitTable four_digits = make_digits();
constexpr DayTable days_of_four_years = make_days();

}  // namespace detail

namespace {

__extension__ using Unsigned128 = unsigned __int128;

char* copy(char* out, std::string_view text) {
    std::memcpy(out, text.data(), text.size());
    return out + text.size();
}

// At least `width` digits.
char* write_padded(char* out, std::uint64_t value, int width) {
    std::array<char, 24> digits;
    const char* end = write_unsigned(digits.data(), value);
    for (auto length = static_cast<int>(end - digits.data()); length < width; ++length) *out++ = '0';
    return copy(out, {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

constexpr std::uint64_t power_of_ten(int exponent) {
    std::uint64_t power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
}

// The digits and exponent of std::to_chars, laid out as PostgreSQL does (%g with the type's decimal digits as
// precision): an exponent below -4 or from `precision` on is written as such.
template <typename Float>
char* write_float(char* out, Float value) {
    if (std::isnan(value)) return copy(out, "NaN");
    if (std::isinf(value)) return copy(out, value < 0 ? "-Infinity" : "Infinity");
    char* const end = std::to_chars(out, out + value_text_bytes, value, std::chars_format::scientific).ptr;
    char* const mantissa = *out == '-' ? out + 1 : out;
    char* e = end;
    while (*--e != 'e') {
    }
    int exponent = 0;
    std::from_chars(e[1] == '+' ? e + 2 : e + 1, end, exponent);
    if (exponent < -4 || exponent >= std::numeric_limits<Float>::digits10) return end;

    // d.ddd → the digits alone, then the point where it belongs.
    std::array<char, 40> digits;
    std::size_t count = 0;
    for (const char* c = mantissa; c != e; ++c) {
        if (*c != '.') digits[count++] = *c;
    }
    char* at = mantissa;
    if (exponent < 0) {
        at = copy(at, "0.");
        for (int zeros = -1; zeros > exponent; --zeros) *at++ = '0';
        return copy(at, {digits.data(), count});
    }
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    for (std::size_t i = 0; i < whole; ++i) *at++ = i < count ? digits[i] : '0';
    if (count > whole) {
        *at++ = '.';
        at = copy(at, {digits.data() + whole, count - whole});
    }
    return at;
}

}  // namespace

char* write_decimal_scaled(char* out, std::int64_t value, int scale) {
    if (scale > 18) return write_wide(out, value, scale);
    if (value < 0) *out++ = '-';
    const std::uint64_t magnitude = value < 0 ? 0U - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    if (scale <= 0) {
        out = write_unsigned(out, magnitude);
        for (int zeros = magnitude == 0 ? 0 : scale; zeros < 0; ++zeros) *out++ = '0';
        return out;
    }
    const std::uint64_t unit = power_of_ten(scale);
    out = write_unsigned(out, magnitude / unit);
    *out = '.';
    return write_padded(out + 1, magnitude % unit, scale);
}

char* write_wide(char* out, Int128 value, int scale) {
    if (value < 0) *out++ = '-';
    Unsigned128 magnitude = value < 0 ? Unsigned128{0} - static_cast<Unsigned128>(value) : static_cast<Unsigned128>(value);
    std::array<char, 48> digits;  // backwards
    std::size_t count = 0;
    do {
        digits[count++] = static_cast<char>('0' + static_cast<int>(magnitude % 10U));
        magnitude /= 10U;
    } while (magnitude != 0);
    const auto places = static_cast<std::size_t>(scale > 0 ? scale : 0);
    while (count <= places && count < digits.size()) digits[count++] = '0';
    for (std::size_t i = count; i-- > 0;) {
        *out++ = digits[i];
        if (i == places && places > 0) *out++ = '.';
    }
    for (int zeros = value == 0 ? 0 : scale; zeros < 0; ++zeros) *out++ = '0';
    return out;
}

char* write_money(char* out, std::int64_t cents) {
    if (cents < 0) *out++ = '-';
    *out++ = '$';
    const std::uint64_t magnitude = cents < 0 ? 0U - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents);
    std::array<char, 24> digits;
    const auto count = static_cast<std::size_t>(write_unsigned(digits.data(), magnitude / 100U) - digits.data());
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0 && (count - i) % 3 == 0) *out++ = ',';
        *out++ = digits[i];
    }
    *out = '.';
    return detail::put2(out + 1, static_cast<std::uint32_t>(magnitude % 100U));
}

char* write_float64(char* out, double value) { return write_float(out, value); }
char* write_float32(char* out, float value) { return write_float(out, value); }

char* write_interval(char* out, const Interval& value) {
    char* const start = out;
    bool after_negative = false;
    const auto part = [&](std::int32_t number, std::string_view unit) {
        if (number == 0) return;
        if (out != start) *out++ = ' ';
        if (after_negative && number > 0) *out++ = '+';
        out = write_integer(out, number);
        *out++ = ' ';
        out = copy(out, unit);
        if (number != 1) *out++ = 's';
        after_negative = number < 0;
    };
    part(value.months / 12, "year");
    part(value.months % 12, "mon");
    part(value.days, "day");
    if (value.microseconds == 0 && out != start) return out;
    if (out != start) *out++ = ' ';
    if (value.microseconds < 0) {
        *out++ = '-';
    } else if (after_negative) {
        *out++ = '+';
    }
    const std::uint64_t magnitude = value.microseconds < 0 ? 0U - static_cast<std::uint64_t>(value.microseconds)
                                                           : static_cast<std::uint64_t>(value.microseconds);
    constexpr std::uint64_t microseconds_per_hour = 3'600'000'000U;
    out = write_padded(out, magnitude / microseconds_per_hour, 2);
    // The rest is less than an hour: its own hours are the two zeros that the real ones stand for.
    std::array<char, value_text_bytes> minutes;
    const char* end = write_time(minutes.data(), static_cast<std::int64_t>(magnitude % microseconds_per_hour));
    return copy(out, {minutes.data() + 2, static_cast<std::size_t>(end - minutes.data()) - 2});
}

char* write_any_date(char* out, std::int64_t days) {
    const Civil date = civil_from_days(days);
    const bool before_christ = date.year <= 0;  // there is no year 0: 1 BC is before 1
    out = write_padded(out, static_cast<std::uint64_t>(before_christ ? 1 - date.year : date.year), 4);
    *out = '-';
    out = detail::put2(out + 1, static_cast<std::uint32_t>(date.month));
    *out = '-';
    out = detail::put2(out + 1, static_cast<std::uint32_t>(date.day));
    return before_christ ? copy(out, " BC") : out;
}

char* write_any_timestamp(char* out, std::int64_t microseconds, bool utc) {
    std::int64_t days = microseconds / microseconds_per_day;
    std::int64_t within = microseconds % microseconds_per_day;
    if (within < 0) {
        within += microseconds_per_day;
        --days;
    }
    char* end = write_any_date(out, days);
    const bool before_christ = end[-1] == 'C';
    if (before_christ) end -= 3;
    *end = ' ';
    end = write_time(end + 1, within);
    if (utc) end = copy(end, "+00");
    return before_christ ? copy(end, " BC") : end;
}

char* write_element(char* out, TextForm form, const Vector& vector, std::size_t i) {
    const auto int64 = [&] { return vector.data<std::int64_t>()[i]; };
    switch (form) {
        case TextForm::boolean: return write_boolean(out, vector.data<std::uint8_t>()[i] != 0);
        case TextForm::integer: return write_integer(out, int64());
        case TextForm::decimal:
            return vector.kind() == Physical::wide ? write_wide(out, vector.data<Int128>()[i], vector.scale())
                                                   : write_decimal(out, int64(), vector.scale());
        case TextForm::money: return write_money(out, int64());
        case TextForm::float64: return write_float64(out, vector.data<double>()[i]);
        case TextForm::float32: return write_float32(out, static_cast<float>(vector.data<double>()[i]));
        case TextForm::date: return write_date(out, int64());
        case TextForm::time: return write_time(out, int64());
        case TextForm::time_utc: return copy(write_time(out, int64()), "+00");
        case TextForm::timestamp: return write_timestamp(out, int64(), false);
        case TextForm::timestamp_utc: return write_timestamp(out, int64(), true);
        case TextForm::interval: return write_interval(out, vector.data<Interval>()[i]);
        case TextForm::text: assert(false && "text is copied, not written"); return out;
    }
    return out;
}

std::string element_text(TextForm form, const Vector& vector, std::size_t i) {
    if (form == TextForm::text) return std::string(vector.data<std::string_view>()[i]);
    std::array<char, value_text_bytes> buffer;
    return {buffer.data(), write_element(buffer.data(), form, vector, i)};
}

}  // namespace confab
