#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/arguments.hpp"

namespace confab::cli {
namespace {

using testing::HasSubstr;

std::string rows_error(const std::string& text) {
    const auto rows = parse_rows(text);
    return rows ? "accepted" : rows.error().message;
}

TEST(RowsOption, TakesANumberForEveryTableOrOne) {
    EXPECT_EQ(parse_rows("1000")->rows, 1000);
    EXPECT_EQ(parse_rows("9223372036854775807")->rows, INT64_MAX);
    const auto one = parse_rows("sales.orders=7");
    ASSERT_TRUE(one);
    EXPECT_EQ(one->table, "sales.orders");
    EXPECT_EQ(one->rows, 7);
    EXPECT_EQ(parse_rows("a=b=7")->table, "a=b");
}

TEST(RowsOption, TakesAMeanForEachRowOfAParent) {
    const auto rows = parse_rows("order_items=2.5/orders");
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->table, "order_items");
    EXPECT_EQ(rows->parent, "orders");
    EXPECT_DOUBLE_EQ(rows->mean, 2.5);
    for (const char* text : {"a=/b", "a=x/b", "a=0/b", "a=-1/b", "a=1e3/b", "a=1/", "a=1.2.3/b"}) EXPECT_FALSE(parse_rows(text)) << text;
}

TEST(RowsOption, SaysWhatIsWrong) {
    EXPECT_THAT(rows_error("0"), HasSubstr("not positive"));
    EXPECT_THAT(rows_error("-1"), HasSubstr("not positive"));
    EXPECT_THAT(rows_error("1e3"), HasSubstr("`1e3` is not a number of rows"));
    EXPECT_THAT(rows_error("9223372036854775808"), HasSubstr("more than a bigint"));
    EXPECT_THAT(rows_error(""), HasSubstr("no number"));
    EXPECT_THAT(rows_error("+5"), HasSubstr("not a number"));
    EXPECT_THAT(rows_error("orders="), HasSubstr("no number"));
    EXPECT_THAT(rows_error("orders=-3"), HasSubstr("not positive"));
    EXPECT_THAT(rows_error("=3"), HasSubstr("no table"));
}

TEST(RangeOption, IsHalfOpenAndNotEmpty) {
    const auto range = parse_range("orders=10:20");
    ASSERT_TRUE(range);
    EXPECT_EQ(range->table, "orders");
    EXPECT_EQ(range->from, 10U);
    EXPECT_EQ(range->to, 20U);
    for (const char* text : {"", "orders", "orders=", "orders=1", "orders=5:5", "orders=6:5", "orders=-1:5", "=1:2", "1:2", "orders=a:b",
                             "orders=0:99999999999999999999"}) {
        EXPECT_FALSE(parse_range(text)) << text;
    }
}

}  // namespace
}  // namespace confab::cli
