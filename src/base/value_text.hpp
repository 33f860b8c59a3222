// Values as PostgreSQL's own text: what `COPY … TO` prints and what the type's input function reads back.
//
//   char buffer[value_text_bytes];
//   std::string_view text(buffer, write_decimal(buffer, 1999, 2) - buffer);   // 19.99
//
// Each function writes at `out`, returns the end, and may scribble up to `value_text_bytes` bytes from `out` on:
// the caller keeps that much room. No allocation, no locale. Dates and times are those of DateStyle ISO,
// IntervalStyle postgres, TimeZone UTC, lc_monetary C.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

#include "base/dates.hpp"
#include "base/vector.hpp"

namespace confab {

// The longest text of any value here, with room to copy over the end.
constexpr std::size_t value_text_bytes = 96;

// How the values of a Vector are to be read: what the physical kind alone does not say.
enum class TextForm : std::uint8_t {
    boolean,       // t, f
    integer,       // int64
    decimal,       // int64 or wide with the vector's scale
    money,         // int64 cents: $1,234.50
    float64,       // shortest digits that read back as the same double
    float32,       // the same for real
    date,          // int64 days since 1970-01-01
    time,          // int64 microseconds since midnight
    time_utc,      // time with time zone, at UTC
    timestamp,     // int64 microseconds since 1970-01-01
    timestamp_utc, // with time zone
    interval,
    text,          // as it is
};

char* write_wide(char* out, Int128 value, int scale);
char* write_decimal_scaled(char* out, std::int64_t value, int scale);
char* write_money(char* out, std::int64_t cents);
char* write_float64(char* out, double value);
char* write_float32(char* out, float value);
char* write_interval(char* out, const Interval& value);
char* write_any_date(char* out, std::int64_t days);
char* write_any_timestamp(char* out, std::int64_t microseconds, bool utc);

// Element `i` of a vector, which must not be NULL and not text.
char* write_element(char* out, TextForm form, const Vector& vector, std::size_t i);
// The same as a string, text included.
std::string element_text(TextForm form, const Vector& vector, std::size_t i);

namespace detail {

// "0000" to "9999".
struct DigitTable {
    std::array<std::array<char, 4>, 10000> entries;
};
extern const DigitTable four_digits;

// A day of the four years 1901 to 1904 and their like: "-MM-DD", and how many years have gone by.
struct DayEntry {
    std::array<char, 6> month_day;
    std::uint8_t year;
    std::uint8_t unused;
};
struct DayTable {
    std::array<DayEntry, 1461> entries;
};
extern const DayTable days_of_four_years;

constexpr std::int64_t days_to_1901 = days_from_civil({1901, 1, 1});
constexpr std::int64_t days_in_table = days_from_civil({2100, 1, 1}) - days_to_1901;

inline char* put4(char* out, std::uint32_t below_10000) {
    std::memcpy(out, four_digits.entries[below_10000].data(), 4);
    return out + 4;
}

// Without leading zeros, no branch on the number of digits.
inline char* put_up_to_4(char* out, std::uint32_t below_10000) {
    const std::uint32_t length = 1U + (below_10000 >= 10U) + (below_10000 >= 100U) + (below_10000 >= 1000U);
    if constexpr (std::endian::native == std::endian::little) {
        auto word = std::bit_cast<std::uint32_t>(four_digits.entries[below_10000]);
        word >>= 8U * (4U - length);
        std::memcpy(out, &word, 4);
    } else {
        std::memcpy(out, four_digits.entries[below_10000].data() + (4 - length), length);
    }
    return out + length;
}

inline char* put2(char* out, std::uint32_t below_100) {
    std::memcpy(out, four_digits.entries[below_100].data() + 2, 2);
    return out + 2;
}

}  // namespace detail

inline char* write_unsigned(char* out, std::uint64_t value) {
    using detail::put4;
    using detail::put_up_to_4;
    if (value < 10000U) return put_up_to_4(out, static_cast<std::uint32_t>(value));
    if (value < 100000000U) {
        const auto narrow = static_cast<std::uint32_t>(value);
        return put4(put_up_to_4(out, narrow / 10000U), narrow % 10000U);
    }
    const std::uint64_t high = value / 100000000U;
    const auto rest = static_cast<std::uint32_t>(value % 100000000U);
    out = high < 10000U ? put_up_to_4(out, static_cast<std::uint32_t>(high)) : write_unsigned(out, high);
    return put4(put4(out, rest / 10000U), rest % 10000U);
}

inline char* write_integer(char* out, std::int64_t value) {
    *out = '-';
    const auto magnitude = static_cast<std::uint64_t>(value);
    return value < 0 ? write_unsigned(out + 1, 0U - magnitude) : write_unsigned(out, magnitude);
}

// value / 10^scale with all of the scale's digits: 1999 at scale 2 is `19.99`, 12 at scale -2 is `1200`.
inline char* write_decimal(char* out, std::int64_t value, int scale) {
    if (scale != 2) return write_decimal_scaled(out, value, scale);
    *out = '-';
    out += value < 0;
    const std::uint64_t magnitude = value < 0 ? 0U - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    if (magnitude < 1000000U) {
        const auto narrow = static_cast<std::uint32_t>(magnitude);
        out = detail::put_up_to_4(out, narrow / 100U);
        *out = '.';
        return detail::put2(out + 1, narrow % 100U);
    }
    out = write_unsigned(out, magnitude / 100U);
    *out = '.';
    return detail::put2(out + 1, static_cast<std::uint32_t>(magnitude % 100U));
}

inline char* write_date(char* out, std::int64_t days) {
    const auto offset = static_cast<std::uint64_t>(days - detail::days_to_1901);
    if (offset >= static_cast<std::uint64_t>(detail::days_in_table)) return write_any_date(out, days);
    const auto narrow = static_cast<std::uint32_t>(offset);
    const detail::DayEntry& entry = detail::days_of_four_years.entries[narrow % 1461U];
    out = detail::put4(out, 1901U + narrow / 1461U * 4U + entry.year);
    std::memcpy(out, &entry, 8);
    return out + 6;
}

// HH:MM:SS, and the fraction of a second without trailing zeros when there is one.
inline char* write_time(char* out, std::int64_t microseconds) {
    const auto total_seconds = static_cast<std::uint32_t>(microseconds / microseconds_per_second);
    auto fraction = static_cast<std::uint32_t>(microseconds % microseconds_per_second);
    out = detail::put2(out, total_seconds / 3600U);
    *out = ':';
    out = detail::put2(out + 1, total_seconds / 60U % 60U);
    *out = ':';
    out = detail::put2(out + 1, total_seconds % 60U);
    if (fraction == 0) return out;
    *out++ = '.';
    out = detail::put2(out, fraction / 10000U);
    out = detail::put4(out, fraction % 10000U);
    while (out[-1] == '0') --out;
    return out;
}

inline char* write_timestamp(char* out, std::int64_t microseconds, bool utc) {
    std::int64_t days = microseconds / microseconds_per_day;
    std::int64_t within = microseconds % microseconds_per_day;
    if (within < 0) {
        within += microseconds_per_day;
        --days;
    }
    if (static_cast<std::uint64_t>(days - detail::days_to_1901) >= static_cast<std::uint64_t>(detail::days_in_table)) {
        return write_any_timestamp(out, microseconds, utc);
    }
    out = write_date(out, days);
    *out = ' ';
    out = write_time(out + 1, within);
    std::memcpy(out, "+00", 3);
    return out + (utc ? 3 : 0);
}

inline char* write_boolean(char* out, bool value) {
    *out = value ? 't' : 'f';
    return out + 1;
}

}  // namespace confab
