#include "ddl/ddl.hpp"

#include <gtest/gtest.h>

#include "schema/write.hpp"

namespace confab::ddl {
namespace {

schema::Schema read_or_die(const std::string& sql) {
    Result<Document> document = read({"test.sql", sql}, {Dialect::postgresql});
    EXPECT_TRUE(document) << (document ? "" : to_text(document.error()));
    return document ? std::move(document->schema) : schema::Schema{};
}

std::string error_of(const std::string& sql) {
    const Result<Document> document = read({"test.sql", sql}, {Dialect::postgresql});
    return document ? "no error" : to_text(document.error());
}

TEST(Read, ChoosesTheNamesThatPostgresqlWouldChoose) {
    const schema::Schema schema = read_or_die(R"(
        CREATE TABLE a (id serial PRIMARY KEY, x int CHECK (x > 0), y int CHECK (y > x), UNIQUE (x, y));
        CREATE TABLE b (a_id int REFERENCES a, CHECK (a_id > 0), CHECK (a_id < 9));
    )");
    const schema::Table& a = schema.tables[0];
    EXPECT_EQ(a.keys[0].name, "a_pkey");
    EXPECT_EQ(a.keys[1].name, "a_x_y_key");
    EXPECT_EQ(a.checks[0].name, "a_x_check");
    EXPECT_EQ(a.checks[1].name, "a_check");
    const schema::Table& b = schema.tables[1];
    EXPECT_EQ(b.foreign_keys[0].name, "b_a_id_fkey");
    EXPECT_EQ(b.checks[0].name, "b_a_id_check");
    EXPECT_EQ(b.checks[1].name, "b_a_id_check1");
}

TEST(Read, FindsTablesThatAreDeclaredLater) {
    const schema::Schema schema = read_or_die("CREATE TABLE a (b_id int REFERENCES b); CREATE TABLE b (id int PRIMARY KEY)");
    ASSERT_EQ(schema.tables[0].foreign_keys.size(), 1U);
    EXPECT_EQ(schema.tables[0].foreign_keys[0].parent, 1U);
    EXPECT_EQ(schema.tables[0].foreign_keys[0].parent_columns, std::vector<schema::ColumnId>{0});
}

TEST(Read, AnErrorPointsAtTheSource) {
    EXPECT_EQ(error_of("CREATE TABLE a (\n  id int,\n  é int REFERENCES nope\n);"),
              "test.sql:3:20: error: table `a` refers to a table `nope` that is not declared\n"
              "      é int REFERENCES nope\n"
              "                       ^\n"
              "  there is `a`");
    EXPECT_EQ(error_of("CREATE TABLE a (\n  id int,\n  x int int\n);"),
              "test.sql:3:9: error: syntax error at or near \"int\"\n"
              "      x int int\n"
              "            ^");
}

TEST(Read, WhatWasWrittenReadsTheSame) {
    const std::string script = schema::write_script(read_or_die(R"(
        CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
        CREATE DOMAIN email AS text CHECK (VALUE ~ '@');
        CREATE TABLE "Order" ("user" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, m mood DEFAULT 'sad', e email,
            total numeric(10,2) DEFAULT 1 + 2 CHECK ("Order".total >= 0), twice numeric GENERATED ALWAYS AS (total * 2) STORED);
        CREATE UNIQUE INDEX ON "Order" (lower(e)) WHERE m = 'sad';
    )"));
    EXPECT_EQ(schema::write_script(read_or_die(script)), script);
}

}  // namespace
}  // namespace confab::ddl
