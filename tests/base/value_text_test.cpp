#include "base/value_text.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace confab {
namespace {

template <typename Write>
std::string written(Write write) {
    char buffer[value_text_bytes];
    return {buffer, write(buffer)};
}

std::string integer(std::int64_t v) { return written([&](char* out) { return write_integer(out, v); }); }
std::string decimal(std::int64_t v, int s) { return written([&](char* out) { return write_decimal(out, v, s); }); }
std::string wide(Int128 v, int s) { return written([&](char* out) { return write_wide(out, v, s); }); }
std::string float64(double v) { return written([&](char* out) { return write_float64(out, v); }); }
std::string float32(float v) { return written([&](char* out) { return write_float32(out, v); }); }
std::string money(std::int64_t v) { return written([&](char* out) { return write_money(out, v); }); }
std::string interval(Interval v) { return written([&](char* out) { return write_interval(out, v); }); }
std::string date(std::int64_t v) { return written([&](char* out) { return write_date(out, v); }); }
std::string time_of_day(std::int64_t v) { return written([&](char* out) { return write_time(out, v); }); }
std::string timestamp(std::int64_t v, bool utc) { return written([&](char* out) { return write_timestamp(out, v, utc); }); }

TEST(ValueText, IntegersAgreeWithTheStandardLibrary) {
    for (std::int64_t power = 1; power > 0; power = power > INT64_MAX / 10 ? -1 : power * 10) {
        for (const std::int64_t value : {power - 1, power, power + 1, -power, -power + 1}) {
            EXPECT_EQ(integer(value), std::to_string(value));
        }
    }
    for (std::uint64_t i = 0; i < 20000; ++i) {
        const auto value = static_cast<std::int64_t>(bits_of(1, i) >> (i % 64));
        ASSERT_EQ(integer(value), std::to_string(value));
    }
    EXPECT_EQ(integer(INT64_MIN), "-9223372036854775808");
    EXPECT_EQ(integer(INT64_MAX), "9223372036854775807");
}

TEST(ValueText, DecimalsKeepTheirScale) {
    EXPECT_EQ(decimal(1999, 2), "19.99");
    EXPECT_EQ(decimal(5, 2), "0.05");
    EXPECT_EQ(decimal(-5, 2), "-0.05");
    EXPECT_EQ(decimal(0, 2), "0.00");
    EXPECT_EQ(decimal(999999, 2), "9999.99");
    EXPECT_EQ(decimal(1000000, 2), "10000.00");
    EXPECT_EQ(decimal(-123456789, 2), "-1234567.89");
    EXPECT_EQ(decimal(1234, 0), "1234");
    EXPECT_EQ(decimal(1, 3), "0.001");
    EXPECT_EQ(decimal(INT64_MIN, 18), "-9.223372036854775808");
    EXPECT_EQ(decimal(7, 20), "0.00000000000000000007");
    EXPECT_EQ(decimal(12, -2), "1200");
    EXPECT_EQ(decimal(0, -2), "0");
}

TEST(ValueText, WideDecimals) {
    Int128 big = 1;
    for (int i = 0; i < 30; ++i) big *= 10;
    EXPECT_EQ(wide(big, 0), "1" + std::string(30, '0'));
    EXPECT_EQ(wide(-big - 1, 30), "-1." + std::string(29, '0') + "1");
    EXPECT_EQ(wide(5, 3), "0.005");
    EXPECT_EQ(wide(0, 0), "0");
    EXPECT_EQ(wide(0, 2), "0.00");
    EXPECT_EQ(wide(3, -3), "3000");
}

TEST(ValueText, FloatsAreThoseOfPostgres) {
    EXPECT_EQ(float64(0.0), "0");
    EXPECT_EQ(float64(-0.0), "-0");
    EXPECT_EQ(float64(1), "1");
    EXPECT_EQ(float64(0.1), "0.1");
    EXPECT_EQ(float64(-1234.5), "-1234.5");
    EXPECT_EQ(float64(0.0001), "0.0001");
    EXPECT_EQ(float64(0.00001), "1e-05");
    EXPECT_EQ(float64(123456789012345.0), "123456789012345");
    EXPECT_EQ(float64(1e14), "100000000000000");
    EXPECT_EQ(float64(1e15), "1e+15");
    EXPECT_EQ(float64(1.5e300), "1.5e+300");
    EXPECT_EQ(float64(std::numeric_limits<double>::infinity()), "Infinity");
    EXPECT_EQ(float64(-std::numeric_limits<double>::infinity()), "-Infinity");
    EXPECT_EQ(float64(std::nan("")), "NaN");
    EXPECT_EQ(float32(0.1F), "0.1");
    EXPECT_EQ(float32(123456.0F), "123456");
    EXPECT_EQ(float32(1234567.0F), "1.234567e+06");
    EXPECT_EQ(float32(100000.0F), "100000");
    EXPECT_EQ(float32(1e6F), "1e+06");
}

TEST(ValueText, FloatsReadBack) {
    for (std::uint64_t i = 0; i < 20000; ++i) {
        const double value = std::bit_cast<double>(bits_of(2, i));
        if (!std::isfinite(value)) continue;
        ASSERT_EQ(std::strtod(float64(value).c_str(), nullptr), value);
        const double plain = static_cast<double>(static_cast<std::int64_t>(bits_of(3, i) % 2000000) - 1000000) / 1000;
        ASSERT_EQ(std::strtod(float64(plain).c_str(), nullptr), plain);
    }
}

TEST(ValueText, MoneyHasASignAndGroups) {
    EXPECT_EQ(money(0), "$0.00");
    EXPECT_EQ(money(123456), "$1,234.56");
    EXPECT_EQ(money(-99), "-$0.99");
    EXPECT_EQ(money(100000000), "$1,000,000.00");
}

TEST(ValueText, DatesOfTheTableAndBeyondIt) {
    for (std::int64_t day = days_from_civil({1890, 1, 1}); day < days_from_civil({2110, 1, 1}); ++day) {
        ASSERT_EQ(date(day), format_date(day));
    }
    EXPECT_EQ(date(days_from_civil({12345, 6, 7})), "12345-06-07");
    EXPECT_EQ(date(days_from_civil({0, 2, 29})), "0001-02-29 BC");
    EXPECT_EQ(date(days_from_civil({-43, 3, 15})), "0044-03-15 BC");
}

TEST(ValueText, TimesTrimTheFraction) {
    EXPECT_EQ(time_of_day(0), "00:00:00");
    EXPECT_EQ(time_of_day(microseconds_per_day), "24:00:00");
    EXPECT_EQ(time_of_day(3'723'000'001), "01:02:03.000001");
    EXPECT_EQ(time_of_day(3'723'500'000), "01:02:03.5");
    EXPECT_EQ(time_of_day(3'723'120'000), "01:02:03.12");
}

TEST(ValueText, Timestamps) {
    EXPECT_EQ(timestamp(0, false), "1970-01-01 00:00:00");
    EXPECT_EQ(timestamp(-1, true), "1969-12-31 23:59:59.999999+00");
    EXPECT_EQ(timestamp(days_from_civil({2024, 2, 29}) * microseconds_per_day + 45'296'000'000, true),
              "2024-02-29 12:34:56+00");
    EXPECT_EQ(timestamp(days_from_civil({-43, 3, 15}) * microseconds_per_day, true), "0044-03-15 00:00:00+00 BC");
    EXPECT_EQ(timestamp(days_from_civil({2345, 3, 15}) * microseconds_per_day, false), "2345-03-15 00:00:00");
}

TEST(ValueText, Intervals) {
    EXPECT_EQ(interval({}), "00:00:00");
    EXPECT_EQ(interval({14, 3, 14'706'789'000}), "1 year 2 mons 3 days 04:05:06.789");
    EXPECT_EQ(interval({1, 1, 0}), "1 mon 1 day");
    EXPECT_EQ(interval({-1, 1, 0}), "-1 mons +1 day");
    EXPECT_EQ(interval({0, -1, 3'600'000'000}), "-1 days +01:00:00");
    EXPECT_EQ(interval({0, 0, -90'000'000}), "-00:01:30");
    EXPECT_EQ(interval({0, 0, 360'000'000'000}), "100:00:00");
}

TEST(ValueText, ElementsOfVectors) {
    Vector v;
    v.reset(Physical::int64, 1, 2);
    v.data<std::int64_t>()[0] = 150;
    EXPECT_EQ(element_text(TextForm::decimal, v, 0), "1.50");
    EXPECT_EQ(element_text(TextForm::time_utc, v, 0), "00:00:00.00015+00");
    v.reset(Physical::boolean, 1);
    v.data<std::uint8_t>()[0] = 1;
    EXPECT_EQ(element_text(TextForm::boolean, v, 0), "t");
    v.reset(Physical::text, 1);
    v.data<std::string_view>()[0] = "as it is";
    EXPECT_EQ(element_text(TextForm::text, v, 0), "as it is");
}

}  // namespace
}  // namespace confab
