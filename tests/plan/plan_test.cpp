#include "plan/plan.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "ddl/ddl.hpp"

namespace confab::plan {
namespace {

schema::Schema shop() {
    auto document = ddl::read({"shop.sql", "CREATE TABLE customers (id int PRIMARY KEY, name text);"
                                           "CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, status text NOT NULL);"});
    return document->schema;
}

const std::string good = R"({"confab_plan": 1, "seed": 7, "as_of": "2026-01-01", "locale": "en_US",
 "pools": {"p": {"fields": ["a"], "rows": [["x"]]}},
 "tables": {
  "customers": {"rows": {"at_most": 10}, "columns": {"id": {"generator": "sequence"}, "name": {"generator": "person", "field": "full_name", "nulls": 0.1, "unique": true}}},
  "orders": {"rows": {"per": "customer_id", "mean": 2}, "columns": {"id": {"generator": "sequence"}, "customer_id": {"generator": "reference", "skew": 0.5},
   "status": {"generator": "choice", "values": ["a", "b"], "weights": [1, 2]}}, "rules": ["id > 0"], "overrides": [{"when": "id > 3", "share": 0.5, "set": {"status": "'b'"}}]}}})";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

std::string error_of(const std::string& text) {
    const auto plan = read(text, "plan.json", shop());
    return plan ? std::string() : to_text(plan.error());
}

TEST(Plan, WhatIsWrittenReadsBack) {
    const auto plan = read(good, "plan.json", shop());
    ASSERT_TRUE(plan) << to_text(plan.error());
    const std::string text = write(*plan);
    const auto again = read(text, "plan.json", shop());
    ASSERT_TRUE(again) << to_text(again.error()) << text;
    EXPECT_EQ(*again, *plan);
    EXPECT_EQ(write(*again), text);
    EXPECT_FALSE(plan->find("customers")->rows.exact);
}

TEST(Plan, ErrorsNameThePathAndTheNearestName) {
    EXPECT_NE(error_of(replaced(good, "\"weights\": [1, 2]", "\"weights\": [1, -2]")).find("tables.orders.columns.status.weights[1]"), std::string::npos);
    EXPECT_NE(error_of(replaced(good, "\"skew\"", "\"skw\"")).find("did you mean `skew`?"), std::string::npos);
    EXPECT_NE(error_of(replaced(good, "\"generator\": \"choice\"", "\"generator\": \"choise\"")).find("choice"), std::string::npos);
    EXPECT_NE(error_of(replaced(good, "\"status\": {", "\"statsu\": {")).find("status"), std::string::npos);
    EXPECT_NE(error_of(replaced(good, "\"confab_plan\": 1", "\"confab_plan\": 9")).find("found the number 9"), std::string::npos);
    EXPECT_NE(error_of(replaced(good, "\"per\": \"customer_id\"", "\"per\": \"customer\"")).find("no foreign key"), std::string::npos);
    EXPECT_NE(error_of(replaced(good, "\"seed\": 7", "\"seed\": 7, \"seed\": 8")).find("stands twice"), std::string::npos);
    EXPECT_NE(error_of("{\"confab_plan\": 1,").find("not JSON"), std::string::npos);
}

TEST(Plan, AllErrorsAtOnce) {
    const auto plan = read(replaced(replaced(good, "\"nulls\": 0.1", "\"nulls\": 2"), "\"skew\": 0.5", "\"skew\": \"x\""), "plan.json", shop());
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().notes.size(), 1U);
}

TEST(Plan, ForAnotherSchemaSaysSo) {
    EXPECT_NE(error_of(R"({"confab_plan": 1, "tables": {"films": {"rows": 1, "columns": {}}}})").find("another schema"), std::string::npos);
}

TEST(Plan, TheSchemaInDocsIsTheCatalogs) {
    std::ifstream in(std::string(CONFAB_SOURCE_DIR) + "/docs/plan.schema.json");
    std::stringstream text;
    text << in.rdbuf();
    EXPECT_EQ(text.str(), json_schema()) << "docs/plan.schema.json is not what the catalog says; write json_schema() there";
}

}  // namespace
}  // namespace confab::plan
