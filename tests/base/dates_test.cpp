#include "base/dates.hpp"

#include <gtest/gtest.h>

namespace confab {
namespace {

TEST(Dates, EpochIsDayZeroAndAThursday) {
    EXPECT_EQ(days_from_civil({1970, 1, 1}), 0);
    EXPECT_EQ(weekday_of(0), 4);
}

TEST(Dates, EveryDayOfFourCenturiesRoundTrips) {
    for (std::int64_t day = days_from_civil({1800, 1, 1}); day < days_from_civil({2200, 1, 1}); ++day) {
        const Civil date = civil_from_days(day);
        ASSERT_EQ(days_from_civil(date), day);
        ASSERT_EQ(parse_date(format_date(day)), day);
    }
}

TEST(Dates, WhatIsNotInTheCalendarIsRefused) {
    for (const char* text : {"", "2024", "2024-1-1", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-32",
                             "2024-01-01 ", "24-01-01", "2024/01/01"}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
    EXPECT_EQ(format_date(*parse_date("2024-02-29")), "2024-02-29");
}

}  // namespace
}  // namespace confab
