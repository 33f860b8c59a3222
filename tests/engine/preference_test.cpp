// What a plan prefers: kept where attempts find it, never in the way of a row.
#include <algorithm>

#include <gtest/gtest.h>

#include "made.hpp"

namespace confab::engine::test {
namespace {

constexpr const char* shop = R"p(
create table shop (id serial primary key);
create table dish (id serial primary key, shop_id int not null references shop);
create table meal (id serial primary key, shop_id int not null references shop);
create table line (id serial primary key, meal_id int not null references meal, dish_id int not null references dish);
)p";

std::string shop_plan(int shops, int dishes, const std::string& conditions) {
    const std::string reference = R"({"generator": "reference"})";
    const std::string id = R"("id": {"generator": "sequence"})";
    return R"("shop": {"rows": )" + std::to_string(shops) + R"(, "columns": {)" + id + R"(}}, "dish": {"rows": )" + std::to_string(dishes) +
           R"(, "columns": {)" + id + R"(, "shop_id": )" + reference + R"(}}, "meal": {"rows": 300, "columns": {)" + id + R"(, "shop_id": )" +
           reference + R"(}}, "line": {"rows": 500, "columns": {)" + id + R"(, "meal_id": )" + reference + R"(, "dish_id": )" + reference +
           "}, " + conditions + "}";
}

ClauseOutcome outcome(const Made& made) {
    const Report report = made.program().report();
    const auto at = std::find_if(report.clauses.begin(), report.clauses.end(),
                                 [](const ClauseOutcome& each) { return each.kind == "preference"; });
    return at == report.clauses.end() ? ClauseOutcome{} : *at;
}

// Lines whose dish is of another shop than their meal.
std::size_t strays(const Made& made) {
    const auto at = [](const std::vector<std::string>& values, const std::string& row) { return values[std::stoul(row) - 1]; };
    const auto dishes = made.column("dish", "shop_id"), meals = made.column("meal", "shop_id");
    const auto meal = made.column("line", "meal_id"), dish = made.column("line", "dish_id");
    std::size_t count = 0;
    for (std::size_t i = 0; i < meal.size(); ++i) count += at(meals, meal[i]) != at(dishes, dish[i]) ? 1 : 0;
    return count;
}

TEST(Preference, OfTwoReferencesChoosesAmongTheRowsThatAgree) {
    const Made made(shop, shop_plan(40, 100, R"("preferences": ["dish_id.shop_id = meal_id.shop_id"])"));
    ASSERT_EQ(made.error(), "");
    EXPECT_EQ(strays(made), 0U);
    EXPECT_EQ(outcome(made).held, Held::by_retry);
}

TEST(Preference, GivesWayWhereNoRowAgrees) {
    // One dish, of one shop: most meals are of another.
    const Made made(shop, shop_plan(40, 1, R"("preferences": ["dish_id.shop_id = meal_id.shop_id", "dish_id.shop_id <> dish_id.shop_id"])"));
    ASSERT_EQ(made.error(), "");
    EXPECT_EQ(made.column("line", "dish_id").size(), 500U);
    EXPECT_EQ(made.fill_error(), "");
}

TEST(Preference, OfValuesIsMostlyKept) {
    const Made made("create table t (id serial primary key, a int not null, b int not null);",
                    R"p("t": {"rows": 1000, "columns": {"id": {"generator": "sequence"}, "a": {"generator": "integer", "min": 1, "max": 9},
                       "b": {"generator": "integer", "min": 1, "max": 9}}, "preferences": ["a <= b"]})p");
    ASSERT_EQ(made.error(), "");
    const auto a = made.column("t", "a"), b = made.column("t", "b");
    std::size_t kept = 0;
    for (std::size_t i = 0; i < a.size(); ++i) kept += std::stoi(a[i]) <= std::stoi(b[i]) ? 1 : 0;
    EXPECT_GE(kept, 990U);
}

TEST(Preference, IsDroppedFromACircleAndReported) {
    const Made made(R"p(create table t (id serial primary key, u_id int not null, a int not null);
                         create table u (id serial primary key, t_id int not null references t, a int not null);
                         alter table t add foreign key (u_id) references u;)p",
                     R"p("t": {"rows": 50, "columns": {"id": {"generator": "sequence"}, "u_id": {"generator": "reference"},
                         "a": {"generator": "integer", "min": 1, "max": 9}}, "preferences": ["a <= u_id.a"]},
                         "u": {"rows": 50, "columns": {"id": {"generator": "sequence"}, "t_id": {"generator": "reference"},
                         "a": {"generator": "integer", "min": 1, "max": 9}}, "preferences": ["a <= t_id.a"]})p");
    ASSERT_EQ(made.error(), "");
    const Report report = made.program().report();
    EXPECT_TRUE(std::any_of(report.clauses.begin(), report.clauses.end(), [](const ClauseOutcome& each) {
        return each.kind == "preference" && each.held == Held::not_enforced && each.note.find("circle") != std::string::npos;
    }));
}

}  // namespace
}  // namespace confab::engine::test
