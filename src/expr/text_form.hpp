// Values as text and text as values, in PostgreSQL's own forms (DateStyle ISO, IntervalStyle postgres, UTC).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/vector.hpp"

namespace confab::expr {

constexpr std::int64_t positive_infinity = INT64_MAX;  // of dates and timestamps
constexpr std::int64_t negative_infinity = INT64_MIN;

// A decimal number: value × 10^-scale, with as many digits after the point as were written.
struct Decimal {
    Int128 value = 0;
    int scale = 0;
};

// 10^exponent; exponent in 0 … 38.
Int128 power_of_ten(int exponent);
// The number of decimal digits, 1 for zero.
int digits_of(Int128 value);
// The value at another scale, rounded half away from zero; nothing when it does not fit.
std::optional<Int128> rescale(Int128 value, int from_scale, int to_scale);

std::string decimal_text(Int128 value, int scale);
std::string float_text(double value, bool single);
std::string date_text(std::int64_t days);
std::string time_text(std::int64_t microseconds);
std::string timestamp_text(std::int64_t microseconds, bool with_zone);
std::string interval_text(const Interval& interval);

// Spaces around the text are allowed, as PostgreSQL allows them. Nothing when it is not of that form.
std::optional<bool> read_boolean(std::string_view text);
std::optional<std::int64_t> read_integer(std::string_view text);
std::optional<Decimal> read_decimal(std::string_view text);
std::optional<double> read_float(std::string_view text);
std::optional<std::int64_t> read_date(std::string_view text);
std::optional<std::int64_t> read_time(std::string_view text);
// A zone is heeded with `with_zone` and passed over without, as PostgreSQL does.
std::optional<std::int64_t> read_timestamp(std::string_view text, bool with_zone);
std::optional<Interval> read_interval(std::string_view text);

}  // namespace confab::expr
