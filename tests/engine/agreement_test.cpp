// References that agree with what the row knows: heads of groups, trees within groups, clerks of the branch.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "made.hpp"

namespace confab::engine::test {
namespace {

constexpr const char* guild = R"p(
create table guild (id serial primary key, master_id int);
create table smith (id serial primary key, guild_id int not null references guild, left_on date, joined date not null);
alter table guild add foreign key (master_id) references smith (id);
)p";

std::string guild_plan(int guilds, int smiths, const std::string& master) {
    return R"("guild": {"rows": )" + std::to_string(guilds) + R"(, "columns": {"id": {"generator": "sequence"}, "master_id": )" + master +
           R"(}}, "smith": {"rows": )" + std::to_string(smiths) +
           R"(, "columns": {"id": {"generator": "sequence"}, "guild_id": {"generator": "reference", "skew": 0.6},)"
           R"( "left_on": {"generator": "date", "from": "2024-01-01", "to": "2024-12-31", "nulls": 0.5},)"
           R"( "joined": {"generator": "event_time", "from": "2020-01-01", "to": "2023-12-31"}}})";
}

constexpr const char* own = R"({"generator": "reference", "agrees": "master_id.guild_id = id"})";

ClauseOutcome outcome(const Made& made, const std::string& clause) {
    const Report report = made.program().report();
    const auto at = std::find_if(report.clauses.begin(), report.clauses.end(),
                                 [&](const ClauseOutcome& each) { return each.clause == clause && each.kind == "agreement"; });
    return at == report.clauses.end() ? ClauseOutcome{} : *at;
}

// How many of the heads are not of their group; NULLs are left out.
std::size_t strangers(const Made& made) {
    const std::vector<std::string> of = made.column("smith", "guild_id");
    const std::vector<std::string> heads = made.column("guild", "master_id");
    std::size_t count = 0;
    for (std::size_t i = 0; i < heads.size(); ++i) {
        if (heads[i] != "NULL" && of[std::stoul(heads[i]) - 1] != std::to_string(i + 1)) ++count;
    }
    return count;
}

std::size_t nulls(const std::vector<std::string>& values) {
    return static_cast<std::size_t>(std::count(values.begin(), values.end(), "NULL"));
}

TEST(Agreement, IsNullExactlyWhereNobodyAgrees) {
    const Made made(guild, guild_plan(200, 150, own));
    ASSERT_EQ(made.error(), "");
    EXPECT_EQ(strangers(made), 0U);
    const std::vector<std::string> of = made.column("smith", "guild_id");
    const std::vector<std::string> heads = made.column("guild", "master_id");
    EXPECT_EQ(heads.size() - nulls(heads), std::set<std::string>(of.begin(), of.end()).size());
    EXPECT_EQ(outcome(made, "master_id.guild_id = id").held, Held::by_construction);
}

TEST(Agreement, EveryGroupHasAMemberWhereTheCountsAllowIt) {
    const Made made(guild, guild_plan(100, 200, own));
    ASSERT_EQ(made.error(), "");
    EXPECT_EQ(nulls(made.column("guild", "master_id")), 0U);
    EXPECT_EQ(strangers(made), 0U);
    // The members of a group do not stand together.
    const std::vector<std::string> of = made.column("smith", "guild_id");
    std::size_t together = 0;
    for (std::size_t i = 1; i < of.size(); ++i) together += of[i] == of[i - 1] ? 1 : 0;
    EXPECT_LT(together, 20U);
}

TEST(Agreement, HoldsAroundACircleThatMayNotBeNull) {
    const std::string closed = std::string(guild) + "alter table guild alter master_id set not null;";
    for (const int smiths : {100, 101, 1000}) {
        const Made made(closed, guild_plan(100, smiths, own));
        ASSERT_EQ(made.error(), "");
        EXPECT_EQ(strangers(made), 0U) << smiths;
        EXPECT_EQ(outcome(made, "master_id.guild_id = id").held, Held::by_construction);
    }
}

TEST(Agreement, NeverMakesARunFail) {
    const std::string closed = std::string(guild) + "alter table guild alter master_id set not null;";
    const Made made(closed, guild_plan(100, 7, own));
    ASSERT_EQ(made.error(), "");
    EXPECT_EQ(nulls(made.column("guild", "master_id")), 0U);
    EXPECT_GE(strangers(made), 93U);
    EXPECT_EQ(outcome(made, "master_id.guild_id = id").held, Held::not_enforced);
}

TEST(Agreement, HeadsOfTheirOwnAreUnique) {
    for (const char* null : {"", "alter table guild alter master_id set not null;"}) {
        const std::string unique = std::string(guild) + "alter table guild add unique (master_id);" + null;
        const Made made(unique, guild_plan(100, 300, own));
        ASSERT_EQ(made.error(), "");
        EXPECT_EQ(strangers(made), 0U);
        const std::vector<std::string> heads = made.column("guild", "master_id");
        EXPECT_EQ(std::set<std::string>(heads.begin(), heads.end()).size(), 100U);
    }
}

TEST(Agreement, PreferredRowsComeFirst) {
    const Made made(guild, guild_plan(50, 2000, R"({"generator": "reference", "agrees": "master_id.guild_id = id", "preferred": "master_id.left_on IS NULL"})"));
    ASSERT_EQ(made.error(), "");
    const std::vector<std::string> of = made.column("smith", "guild_id");
    const std::vector<std::string> left = made.column("smith", "left_on");
    const std::vector<std::string> heads = made.column("guild", "master_id");
    std::map<std::string, bool> present;
    for (std::size_t i = 0; i < of.size(); ++i) present[of[i]] |= left[i] == "NULL";
    for (std::size_t i = 0; i < heads.size(); ++i) {
        if (!present[std::to_string(i + 1)]) continue;
        EXPECT_EQ(left[std::stoul(heads[i]) - 1], "NULL") << i;
    }
}

TEST(Agreement, TreesStayWithinTheirGroup) {
    const Made made(R"p(create table office (id serial primary key);
        create table clerk (id serial primary key, office_id int not null references office, boss_id int references clerk);)p",
                    R"p("office": {"rows": 20, "columns": {"id": {"generator": "sequence"}}},
        "clerk": {"rows": 500, "columns": {"id": {"generator": "sequence"}, "office_id": {"generator": "reference"},
        "boss_id": {"generator": "reference", "roots": 0, "agrees": "boss_id.office_id = office_id"}}})p");
    ASSERT_EQ(made.error(), "");
    const std::vector<std::string> of = made.column("clerk", "office_id");
    const std::vector<std::string> boss = made.column("clerk", "boss_id");
    EXPECT_EQ(nulls(boss), std::set<std::string>(of.begin(), of.end()).size());  // one root an office
    for (std::size_t i = 0; i < boss.size(); ++i) {
        if (boss[i] == "NULL") continue;
        EXPECT_LT(std::stoul(boss[i]), i + 1);
        EXPECT_EQ(of[std::stoul(boss[i]) - 1], of[i]);
    }
}

constexpr const char* sales = R"p(
create table shop (id serial primary key);
create table clerk (id serial primary key, shop_id int not null references shop, hired date not null);
create table sale (id serial primary key, shop_id int not null references shop, clerk_id int references clerk, sold date not null);
)p";
constexpr const char* sales_plan = R"p("shop": {"rows": 10, "columns": {"id": {"generator": "sequence"}}},
"clerk": {"rows": 100, "columns": {"id": {"generator": "sequence"}, "shop_id": {"generator": "reference"},
  "hired": {"generator": "event_time", "from": "2020-01-01", "to": "2024-12-31"}}},
"sale": {"rows": 3000, "columns": {"id": {"generator": "sequence"}, "shop_id": {"generator": "reference"},
  "clerk_id": {"generator": "reference", "agrees": "clerk_id.shop_id = shop_id", "existed_at": "sold"},
  "sold": {"generator": "event_time", "from": "2020-01-01", "to": "2024-12-31"}}})p";

TEST(Agreement, KeepsToRowsThatExistedByThen) {
    const Made made(sales, sales_plan);
    ASSERT_EQ(made.error(), "");
    const std::vector<std::string> of = made.column("clerk", "shop_id");
    const std::vector<std::string> hired = made.column("clerk", "hired");
    const std::vector<std::string> clerk = made.column("sale", "clerk_id");
    const std::vector<std::string> shop = made.column("sale", "shop_id");
    const std::vector<std::string> sold = made.column("sale", "sold");
    for (std::size_t i = 0; i < clerk.size(); ++i) {
        if (clerk[i] == "NULL") continue;
        EXPECT_EQ(of[std::stoul(clerk[i]) - 1], shop[i]);
        EXPECT_LE(hired[std::stoul(clerk[i]) - 1], sold[i]);
    }
    EXPECT_LT(nulls(clerk), 600U);
}

TEST(Agreement, AnyRangeIsAsInTheWhole) {
    const Made made(sales, sales_plan);
    ASSERT_EQ(made.error(), "");
    const Rows whole = made.rows("sale");
    const Rows part = made.rows("sale", 1234, 1300);
    EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + 1234));
}

TEST(Agreement, OfAnythingButAnEqualityThroughTheReferenceIsReported) {
    for (const char* sql : {"master_id.guild_id > id", "id = id", "master_id.guild_id = master_id.id"}) {
        const Made made(guild, guild_plan(5, 5, R"({"generator": "reference", "agrees": ")" + std::string(sql) + R"("})"));
        ASSERT_EQ(made.error(), "") << sql;
        const auto& clauses = made.program().report().clauses;
        EXPECT_TRUE(std::any_of(clauses.begin(), clauses.end(), [&](const ClauseOutcome& clause) {
            return clause.clause == sql && clause.held == Held::not_enforced;
        })) << sql;
    }
}

}  // namespace
}  // namespace confab::engine::test
