#include "cli/progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"

namespace confab::cli {
namespace {

using testing::HasSubstr;

sink::Progress progress(std::uint64_t done, std::uint64_t total, const std::string& table) {
    sink::Progress p;
    p.rows_done = done;
    p.rows_total = total;
    p.table = table;
    return p;
}

TEST(ProgressLine, SaysShareRateAndTimeLeft) {
    EXPECT_EQ(progress_line(progress(500'000, 2'000'000, "orders"), 2.0),
              "orders         ██░░░░░░░░  25% 500,000 of 2,000,000 rows 250 k/s 0:06 left");
    EXPECT_THAT(progress_line(progress(9'000'000, 20'000'000'000, "orders"), 3.0), HasSubstr("9,000,000 of 20.0 G rows 3.0 M/s 1:51:04 left"));
}

TEST(ProgressLine, FitsATerminal) {
    const auto huge = progress(UINT64_MAX / 2, UINT64_MAX, "a_table_with_quite_a_name");
    EXPECT_LE(character_count(progress_line(huge, 1.0)), 79U);
    EXPECT_THAT(progress_line(progress(0, 0, "empty"), 0.0), HasSubstr("100%"));
}

}  // namespace
}  // namespace confab::cli
