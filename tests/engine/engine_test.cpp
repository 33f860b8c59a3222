// The engine through its public face: rows of small schemas, whatever range or worker makes them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "made.hpp"

namespace confab::engine::test {
namespace {

using ::testing::HasSubstr;

std::size_t distinct(const std::vector<std::string>& values) { return std::set(values.begin(), values.end()).size(); }

constexpr const char* shop = R"p(
create table customer (id serial primary key, name text not null);
create table orders (id serial primary key, customer_id int not null references customer, note text, total numeric(12,2) not null);
create table item (order_id int not null references orders, line int not null, price numeric(10,2) not null,
                   primary key (order_id, line));
)p";
constexpr const char* shop_plan = R"p(
"customer": {"rows": 50, "columns": {"id": {"generator": "sequence"}, "name": {"generator": "regex", "pattern": "[a-z]{8}"}}},
"orders": {"rows": 500, "columns": {"id": {"generator": "sequence"}, "customer_id": {"generator": "reference"},
  "note": {"generator": "regex", "pattern": "[a-z]{3}", "nulls": 0.5},
  "total": {"generator": "expression", "sql": "coalesce(sum(item.price), 0)"}}},
"item": {"rows": {"per": "order_id", "mean": 3}, "columns": {"order_id": {"generator": "reference"},
  "line": {"generator": "ordinal"}, "price": {"generator": "decimal", "min": 1, "max": 90}}})p";

TEST(Engine, AnySplitGivesTheSameRows) {
    const Made made(shop, shop_plan);
    ASSERT_EQ(made.error(), "");
    for (const std::string table : {"customer", "orders", "item"}) {
        const Rows whole = made.rows(table);
        ASSERT_EQ(whole.size(), made.count(table));
        for (const std::uint64_t step : {1ULL, 7ULL, 64ULL}) {
            for (std::uint64_t from = 0; from < whole.size(); from += step * 5) {
                const std::uint64_t to = std::min<std::uint64_t>(whole.size(), from + step);
                const Rows part = made.rows(table, from, to);
                ASSERT_EQ(part, Rows(whole.begin() + static_cast<std::ptrdiff_t>(from), whole.begin() + static_cast<std::ptrdiff_t>(to)));
            }
        }
    }
}

TEST(Engine, SeedsDiffer) {
    EXPECT_NE(Made(shop, shop_plan, 1).rows("item"), Made(shop, shop_plan, 2).rows("item"));
    EXPECT_EQ(Made(shop, shop_plan, 3).rows("item"), Made(shop, shop_plan, 3).rows("item"));
}

TEST(Engine, TotalsAreTheSumsOfTheirLines) {
    const Made made(shop, shop_plan);
    ASSERT_EQ(made.error(), "");
    EXPECT_EQ(made.count("item"), 1500U);
    std::map<std::string, double> sums;
    for (const auto& row : made.rows("item")) sums[row[0]] += std::stod(row[2]);
    for (const auto& row : made.rows("orders")) EXPECT_NEAR(std::stod(row[3]), sums[row[0]], 0.001) << row[0];
}

TEST(Engine, TotalsOverAnotherParentAgreeAsWell) {
    const Made made(R"p(create table account (id serial primary key, moved numeric(14,2));
                       create table entry (id serial primary key, account_id int not null references account, amount numeric(10,2) not null);)p",
                    R"p("account": {"rows": 20, "columns": {"id": {"generator": "sequence"},
                         "moved": {"generator": "expression", "sql": "sum(entry.amount)"}}},
                       "entry": {"rows": 3000, "columns": {"id": {"generator": "sequence"}, "account_id": {"generator": "reference"},
                         "amount": {"generator": "decimal", "min": 1, "max": 100}}})p");
    ASSERT_EQ(made.error(), "");
    std::map<std::string, double> sums;
    for (const auto& row : made.rows("entry")) sums[row[1]] += std::stod(row[2]);
    for (const auto& row : made.rows("account")) {
        if (sums.contains(row[0])) EXPECT_NEAR(std::stod(row[1]), sums[row[0]], 0.001);
        else EXPECT_EQ(row[1], "NULL");
    }
}

TEST(Engine, AnEditMovesNoOtherCell) {
    const Made before(shop, shop_plan);
    std::string plan = shop_plan;
    plan.replace(plan.find("[a-z]{3}"), 8, "[A-Z]{5}");
    const Made after(shop, plan);
    ASSERT_EQ(after.error(), "");
    const Rows a = before.rows("orders");
    const Rows b = after.rows("orders");
    ASSERT_EQ(a.size(), b.size());
    std::size_t changed = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i][0], b[i][0]);
        EXPECT_EQ(a[i][1], b[i][1]);
        EXPECT_EQ(a[i][3], b[i][3]);
        EXPECT_EQ(a[i][2] == "NULL", b[i][2] == "NULL");
        changed += a[i][2] != b[i][2] ? 1 : 0;
    }
    EXPECT_GT(changed, 100U);
    EXPECT_EQ(before.rows("item"), after.rows("item"));
}

TEST(Keys, SmallDomainsAreUsedUp) {
    const Made made("create table t (a int not null, b int not null, primary key (a, b));",
                    R"p("t": {"rows": {"at_most": 1000}, "columns": {"a": {"generator": "integer", "min": 1, "max": 7},
                       "b": {"generator": "integer", "min": 1, "max": 11}}})p");
    ASSERT_EQ(made.error(), "");
    EXPECT_EQ(made.count("t"), 77U);
    const Rows rows = made.rows("t");
    EXPECT_EQ(std::set(rows.begin(), rows.end()).size(), 77U);
    ASSERT_EQ(made.program().report().warnings.size(), 1U);
    EXPECT_THAT(made.program().report().warnings[0], HasSubstr("t_pkey allows 77 distinct rows: 77 rows instead of 1,000"));
}

TEST(Keys, AnExactCountThatCannotBeIsAnError) {
    const Made made("create table t (s boolean constraint uq_s unique not null);",
                    R"p("t": {"rows": 3, "columns": {"s": {"generator": "boolean"}}})p");
    EXPECT_THAT(made.error(), HasSubstr("uq_s allows 2 distinct rows, 3 asked"));
}

TEST(Keys, JunctionsPartialAndExpressionKeysDiffer) {
    const Made made(R"p(create table a (id serial primary key); create table b (id serial primary key);
                       create table ab (a_id int not null references a, b_id int not null references b, primary key (a_id, b_id));
                       create table u (id serial primary key, a_id int not null references a, main boolean not null, mail text not null);
                       create unique index one_main on u (a_id) where main;
                       create unique index mails on u (lower(mail));)p",
                    R"p("a": {"rows": 30, "columns": {"id": {"generator": "sequence"}}},
                       "b": {"rows": 20, "columns": {"id": {"generator": "sequence"}}},
                       "ab": {"rows": 400, "columns": {"a_id": {"generator": "reference"}, "b_id": {"generator": "reference"}}},
                       "u": {"rows": 300, "columns": {"id": {"generator": "sequence"}, "a_id": {"generator": "reference"},
                         "main": {"generator": "boolean"}, "mail": {"generator": "regex", "pattern": "[a-cA-C]{6}"}}})p");
    ASSERT_EQ(made.error(), "");
    const Rows pairs = made.rows("ab");
    EXPECT_EQ(std::set(pairs.begin(), pairs.end()).size(), 400U);
    std::set<std::string> mains;
    std::set<std::string> mails;
    for (auto row : made.rows("u")) {
        if (row[2] == "t") { EXPECT_TRUE(mains.insert(row[1]).second); }
        std::transform(row[3].begin(), row[3].end(), row[3].begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
        EXPECT_TRUE(mails.insert(row[3]).second) << row[3];
    }
    EXPECT_GT(mains.size(), 5U);
}

TEST(References, OneToOneAndIdentifyingCircles) {
    const Made made(R"p(create table p (id int primary key); create table c (p_id int primary key references p);
                       create table x (id int primary key); create table y (id int primary key references x);
                       alter table x add foreign key (id) references y;)p",
                    R"p("p": {"rows": 100, "columns": {"id": {"generator": "sequence"}}},
                       "c": {"rows": 60, "columns": {"p_id": {"generator": "reference"}}},
                       "x": {"rows": {"at_most": 40}, "columns": {"id": {"generator": "integer", "min": 1, "max": 100000}}},
                       "y": {"rows": {"at_most": 50}, "columns": {"id": {"generator": "reference"}}})p");
    ASSERT_EQ(made.error(), "");
    EXPECT_EQ(distinct(made.column("c", "p_id")), 60U);
    EXPECT_EQ(made.count("y"), 40U);
    EXPECT_EQ(made.column("x", "id"), made.column("y", "id"));
    EXPECT_EQ(distinct(made.column("x", "id")), 40U);
}

TEST(References, SelfReferencesAreForests) {
    const Made made("create table e (id serial primary key, boss int references e, must int not null references e);",
                    R"p("e": {"rows": 500, "columns": {"id": {"generator": "sequence"}, "boss": {"generator": "reference"},
                       "must": {"generator": "reference"}}})p");
    ASSERT_EQ(made.error(), "");
    std::size_t roots = 0;
    for (const auto& row : made.rows("e")) {
        if (row[1] == "NULL") ++roots;
        else EXPECT_LT(std::stoi(row[1]), std::stoi(row[0]));
        EXPECT_LE(std::stoi(row[2]), std::stoi(row[0]));
    }
    EXPECT_GT(roots, 0U);
    EXPECT_LT(roots, 100U);
}

TEST(References, TwoPathsToOneAncestorAgree) {
    const Made made(R"p(create table shop (id serial primary key);
                       create table dish (id serial primary key, shop_id int not null references shop);
                       create table orders (id serial primary key, shop_id int not null references shop);
                       create table line (id serial primary key, order_id int not null references orders, dish_id int not null references dish);)p",
                    R"p("shop": {"rows": 40, "columns": {"id": {"generator": "sequence"}}},
                       "dish": {"rows": 60, "columns": {"id": {"generator": "sequence"}, "shop_id": {"generator": "reference"}}},
                       "orders": {"rows": 200, "columns": {"id": {"generator": "sequence"}, "shop_id": {"generator": "reference"}}},
                       "line": {"rows": {"per": "order_id", "mean": 3}, "columns": {"id": {"generator": "sequence"},
                          "order_id": {"generator": "reference"}, "dish_id": {"generator": "reference"}},
                          "rules": ["dish_id.shop_id = order_id.shop_id"]})p");
    ASSERT_EQ(made.error(), "");
    const auto dish = made.column("dish", "shop_id");
    const auto order = made.column("orders", "shop_id");
    const Rows lines = made.rows("line");
    EXPECT_EQ(lines.size(), 600U);
    for (const auto& row : lines) EXPECT_EQ(dish[std::stoul(row[2]) - 1], order[std::stoul(row[1]) - 1]);
}

TEST(References, KeysThatShareAColumnAgree) {
    const Made made(R"p(create table tenant (id serial primary key);
                       create table person (tenant_id int not null references tenant, id int not null, primary key (tenant_id, id));
                       create table project (tenant_id int not null references tenant, id int not null, primary key (tenant_id, id));
                       create table task (id serial primary key, tenant_id int not null references tenant, person_id int not null, project_id int,
                         foreign key (tenant_id, person_id) references person, foreign key (tenant_id, project_id) references project);)p",
                    R"p("tenant": {"rows": 10, "columns": {"id": {"generator": "sequence"}}},
                       "person": {"rows": 60, "columns": {"tenant_id": {"generator": "reference"}, "id": {"generator": "integer", "min": 1, "max": 500}}},
                       "project": {"rows": 15, "columns": {"tenant_id": {"generator": "reference"}, "id": {"generator": "integer", "min": 1, "max": 500}}},
                       "task": {"rows": 300, "columns": {"id": {"generator": "sequence"}, "tenant_id": {"generator": "reference"},
                          "person_id": {"generator": "reference"}, "project_id": {"generator": "reference"}}})p");
    ASSERT_EQ(made.error(), "");
    const Rows people = made.rows("person");
    const Rows projects = made.rows("project");
    const std::set<std::vector<std::string>> person(people.begin(), people.end());
    const std::set<std::vector<std::string>> project(projects.begin(), projects.end());
    EXPECT_EQ(person.size(), 60U);
    for (const auto& row : made.rows("task")) {
        EXPECT_TRUE(person.contains({row[1], row[2]}));
        if (row[3] != "NULL") { EXPECT_TRUE(project.contains({row[1], row[3]})); }
    }
}

TEST(Clauses, ChecksHoldAndContradictionsAreErrors) {
    const Made made("create table t (a int not null, b int not null check (b % 3 = 0), c int, check (a < b), check (c > a));",
                    R"p("t": {"rows": 500, "columns": {"a": {"generator": "integer", "min": 0, "max": 1000},
                       "b": {"generator": "integer", "min": 0, "max": 1000},
                       "c": {"generator": "integer", "min": 0, "max": 1000, "nulls": 0.2}}})p");
    ASSERT_EQ(made.error(), "");
    std::size_t nulls = 0;
    for (const auto& row : made.rows("t")) {
        EXPECT_LT(std::stoi(row[0]), std::stoi(row[1]));
        EXPECT_EQ(std::stoi(row[1]) % 3, 0);
        if (row[2] == "NULL") ++nulls;
        else EXPECT_GT(std::stoi(row[2]), std::stoi(row[0]));
    }
    EXPECT_GT(nulls, 50U);
    EXPECT_EQ(made.fill_error(), "");
    const Made never("create table t (a int not null constraint never check (a > 5 and a < 5));",
                     R"p("t": {"rows": 5, "columns": {"a": {"generator": "integer"}}})p");
    EXPECT_THAT(never.error(), HasSubstr("never"));
}

TEST(Clauses, APlanThatIgnoresACheckIsOverruled) {
    const Made made("create table t (s text not null check (s in ('on', 'off')), n int not null check (n between 900000 and 900010));",
                    R"p("t": {"rows": 200, "columns": {"s": {"generator": "choice", "values": ["yes", "no"]},
                       "n": {"generator": "integer", "min": 0, "max": 9}}})p");
    ASSERT_EQ(made.error(), "");
    for (const auto& row : made.rows("t")) {
        EXPECT_TRUE(row[0] == "'on'" || row[0] == "'off'");
        EXPECT_GE(std::stoi(row[1]), 900000);
    }
}

TEST(Clauses, ACheckThatDefinesAColumnMakesIt) {
    const Made made(R"p(create table t (n int not null check (n between 1 and 20), price numeric(6,2) not null, total numeric(8,2) not null,
                         twice numeric(9,2), check (total = n * price), check (twice = total * 2), check (price * n = total));)p",
                    R"p("t": {"rows": 300, "columns": {"n": {"generator": "integer", "min": 1, "max": 12},
                       "price": {"generator": "decimal", "min": 2, "max": 900}, "total": {"generator": "decimal", "min": 4, "max": 2500},
                       "twice": {"generator": "decimal", "min": 4, "max": 2500, "nulls": 0.5}}})p");
    ASSERT_EQ(made.error(), "");
    for (const auto& row : made.rows("t")) EXPECT_NEAR(std::stod(row[2]), std::stod(row[0]) * std::stod(row[1]), 0.001);
}

TEST(Overrides, AreTheLastStepAndExactInShare) {
    const Made made("create table t (id serial primary key, status text not null, shipped date);",
                    R"p("t": {"rows": 1000, "columns": {"id": {"generator": "sequence"},
                       "status": {"generator": "choice", "values": ["paid"]}, "shipped": {"generator": "date"}},
                       "overrides": [{"share": 0.3, "set": {"status": "'cancelled'"}},
                                     {"when": "status = 'cancelled'", "set": {"shipped": "NULL"}}]})p");
    ASSERT_EQ(made.error(), "");
    std::size_t cancelled = 0;
    for (const auto& row : made.rows("t")) {
        cancelled += row[1] == "'cancelled'" ? 1 : 0;
        EXPECT_EQ(row[1] == "'cancelled'", row[2] == "NULL");
    }
    EXPECT_EQ(cancelled, 300U);
}

TEST(Graph, ACircleBetweenColumnsIsNamed) {
    const Made made("create table t (a int, b int);",
                    R"p("t": {"rows": 5, "columns": {"a": {"generator": "expression", "sql": "b + 1"},
                       "b": {"generator": "expression", "sql": "a + 1"}}})p");
    EXPECT_THAT(made.error(), HasSubstr("t.a"));
    EXPECT_THAT(made.error(), HasSubstr("t.b"));
}

TEST(EventTime, AscendsAndParentsExistedByThen) {
    const Made made(R"p(create table c (id serial primary key, joined date not null);
                       create table o (id serial primary key, c_id int not null references c, at timestamp not null);)p",
                    R"p("c": {"rows": 300, "columns": {"id": {"generator": "sequence"},
                         "joined": {"generator": "event_time", "from": "2020-01-01", "to": "2025-01-01", "shape": "growth"}}},
                       "o": {"rows": 2000, "columns": {"id": {"generator": "sequence"}, "c_id": {"generator": "reference", "existed_at": "at"},
                         "at": {"generator": "event_time", "from": "2021-01-01", "to": "2025-01-01", "hours": "office"}}})p");
    ASSERT_EQ(made.error(), "");
    const auto joined = made.column("c", "joined");
    EXPECT_TRUE(std::is_sorted(joined.begin(), joined.end()));
    const Rows orders = made.rows("o");
    for (std::size_t i = 0; i < orders.size(); ++i) {
        if (i > 0) { EXPECT_LE(orders[i - 1][2], orders[i][2]); }
        EXPECT_LE(joined[std::stoul(orders[i][1]) - 1], orders[i][2].substr(0, 10));
    }
}

TEST(Exclusion, RangesOfOneRoomDoNotOverlap) {
    const Made made(R"p(create extension btree_gist;
                       create table stay (id serial primary key, room int not null, during daterange not null,
                         exclude using gist (room with =, during with &&));)p",
                    R"p("stay": {"rows": 200, "columns": {"id": {"generator": "sequence"}, "room": {"generator": "integer", "min": 1, "max": 20},
                       "during": {"generator": "range", "lower": {"generator": "date", "from": "2025-01-01", "to": "2025-12-31"},
                         "minimum": "1 day", "maximum": "14 days"}}})p");
    ASSERT_EQ(made.error(), "");
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> rooms;
    for (const auto& row : made.rows("stay")) {
        const std::string& text = row[2];
        rooms[row[1]].emplace_back(text.substr(2, 10), text.substr(13, 10));
    }
    for (auto& [room, stays] : rooms) {
        std::sort(stays.begin(), stays.end());
        for (std::size_t i = 1; i < stays.size(); ++i) EXPECT_LE(stays[i - 1].second, stays[i].first) << room;
    }
}

}  // namespace
}  // namespace confab::engine::test
