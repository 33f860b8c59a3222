// Times that ascend with the rows, and the conditions that they have to satisfy.
#include <algorithm>

#include <gtest/gtest.h>

#include "made.hpp"

namespace confab::engine::test {
namespace {

constexpr const char* trip = "create table trip (id serial primary key, starts date not null, ends date not null, check (";

std::string trips(int rows, const std::string& more = "") {
    return R"("trip": {"rows": )" + std::to_string(rows) +
           R"(, "columns": {"id": {"generator": "sequence"},
              "starts": {"generator": "event_time", "from": "2020-01-01", "to": "2024-12-31"},
              "ends": {"generator": "date", "from": "2020-01-01", "to": "2021-12-31"}}})" + more;
}

TEST(EventTime, KeepsTheOrderOfTheRowsWhereTheOtherColumnCanBeDrawn) {
    const Made made(std::string(trip) + "ends <> starts))", trips(2000));
    ASSERT_EQ(made.error(), "");
    const std::vector<std::string> starts = made.column("trip", "starts");
    EXPECT_TRUE(std::is_sorted(starts.begin(), starts.end()));
    EXPECT_EQ(made.fill_error(), "");
}

TEST(EventTime, MovesWhereNoValueOfTheOtherColumnWillDo) {
    // Most events are later than any end that the table allows.
    for (const int rows : {1, 7, 3000}) {
        const Made made(std::string(trip) + "ends >= starts + 3), check (ends < '2022-01-01'))", trips(rows));
        ASSERT_EQ(made.error(), "");
        const std::vector<std::string> starts = made.column("trip", "starts");
        const std::vector<std::string> ends = made.column("trip", "ends");
        ASSERT_EQ(made.fill_error(), "");
        for (std::size_t i = 0; i < starts.size(); ++i) {
            EXPECT_LT(starts[i], ends[i]);
            EXPECT_LT(ends[i], "2022-01-01");
        }
    }
}

TEST(EventTime, MovesForAClauseOverNothingElse) {
    const Made made(std::string(trip) + "extract(isodow from starts) < 6))", trips(3000));
    ASSERT_EQ(made.error(), "");
    made.column("trip", "starts");
    EXPECT_EQ(made.fill_error(), "");
}

TEST(EventTime, IsDrawnFromItsConditionsWhereItsOwnRangeHasNothing) {
    // The range of the plan ends before what the two columns allow together.
    const Made made(std::string(trip) + "(starts, ends) = (date '2029-05-06', date '2029-05-09') or starts = ends))", trips(300));
    ASSERT_EQ(made.error(), "");
    made.column("trip", "starts");
    EXPECT_EQ(made.fill_error(), "");
}

TEST(EventTime, MovesWhereRowsOfAnotherTableHadToExistBefore) {
    const Made made(R"p(
create table course (id serial primary key, opened date not null, closes date not null, check (closes > opened), check (closes < '2021-01-01'));
create table enrolment (id serial primary key, course_id int not null references course, on_day date not null, until date not null,
  check (until > on_day and until < '2022-01-01')))p",
                    R"p("course": {"rows": 50, "columns": {"id": {"generator": "sequence"},
  "opened": {"generator": "event_time", "from": "2019-01-01", "to": "2024-12-31"},
  "closes": {"generator": "date", "from": "2019-01-01", "to": "2024-12-31"}}},
"enrolment": {"rows": 1000, "columns": {"id": {"generator": "sequence"},
  "course_id": {"generator": "reference", "existed_at": "on_day"},
  "on_day": {"generator": "event_time", "from": "2020-01-01", "to": "2024-12-31"},
  "until": {"generator": "after", "of": "course_id.closes", "maximum": "400 days"}}})p");
    ASSERT_EQ(made.error(), "");
    EXPECT_EQ(made.column("enrolment", "until").size(), 1000U);
    EXPECT_EQ(made.fill_error(), "");
}

TEST(EventTime, ThatCannotBeIsRefused) {
    const Made made(std::string(trip) + "ends > starts), check (starts > '2023-01-01'), check (ends < '2022-01-01'))", trips(10));
    EXPECT_NE(made.error().find("trip: no row can satisfy"), std::string::npos) << made.error();
}

}  // namespace
}  // namespace confab::engine::test
