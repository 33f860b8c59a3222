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

struct BadInput {
    const char* sql;
    const char* message;  // a part of the error
};

class Bad : public testing::TestWithParam<BadInput> {};

TEST_P(Bad, IsAClearError) {
    EXPECT_NE(error_of(GetParam().sql).find(GetParam().message), std::string::npos) << error_of(GetParam().sql);
}

INSTANTIATE_TEST_SUITE_P(
    Input, Bad,
    testing::Values(
        BadInput{"", "the file is empty"}, BadInput{" \n", "the file is empty"}, BadInput{"-- nothing", "there is no table in it"},
        BadInput{"SELECT 1; GRANT ALL ON a TO b", "1 × GRANT"}, BadInput{"\x89PNG\r\n", "a picture (PNG)"},
        BadInput{"CREATE TABLE t (a int); -- caf\xe9", "1:31: error: byte 0xe9"},
        BadInput{"CREATE TABLE t (a int", "syntax error at end of input"},
        BadInput{"CREATE TABLE t (a int);\nCREATE TABLE T (b int)", "2:14: error: table `t` is declared twice"},
        BadInput{"CREATE TABLE t (a int, A text)", "column `a` is declared twice"},
        BadInput{"CREATE TABLE t (a int PRIMARY KEY, b int PRIMARY KEY)", "two primary keys"},
        BadInput{"CREATE TABLE t (a int, PRIMARY KEY (b))", "there is no column `b`"},
        BadInput{"CREATE TABLE t (amount int, CHECK (amont > 0))", "did you mean `amount`?"},
        BadInput{"CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES user_s)", "did you mean `users`?"},
        BadInput{"CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES u (idd))", "did you mean `id`?"},
        BadInput{"CREATE TABLE u (id int PRIMARY KEY, x int); CREATE TABLE t (a int REFERENCES u (x))", "no unique constraint"},
        BadInput{"CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (a text REFERENCES u)", "do not compare"},
        BadInput{"CREATE TABLE u (id int); CREATE TABLE t (a int REFERENCES u)", "no primary key to refer to"},
        BadInput{"CREATE TABLE u (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE t (a int REFERENCES u)", "1 column"},
        BadInput{"CREATE TABLE \"a\n\\! id\" (a int)", "holds a control character"},
        BadInput{"CREATE TABLE t (a varchar(0))", "must be at least 1"},
        BadInput{"CREATE TABLE t (a numeric(2000))", "precision 2000"},
        BadInput{"CREATE TABLE t (a anyelement)", "pseudo-type"},
        BadInput{"CREATE TABLE t (a int NULL NOT NULL NULL)", "both NULL and NOT NULL"},
        BadInput{"ALTER TABLE nope ADD a int; CREATE TABLE t (a int)", "there is no table `nope`"},
        BadInput{"CREATE TYPE m AS ENUM ('a', 'a'); CREATE TABLE t (a m)", "twice"}));

TEST(Read, Utf16IsRead) {
    std::string bytes = "\xFF\xFE";
    for (const char c : std::string("CREATE TABLE t (a int)")) bytes += std::string{c, '\0'};
    EXPECT_EQ(read_or_die(bytes).tables.size(), 1U);
}

TEST(Read, WhatIsNotAboutRowsStopsNothing) {
    const schema::Schema schema = read_or_die(R"(
        CREATE TABLE t (a int);
        COMMENT ON FUNCTION f(int) IS 'x'; CLUSTER t USING x; COMMENT ON COLUMN t.a IS NULL; COMMENT ON TABLE nope IS 'z';
        this is no statement at all;
        CREATE VIEW v AS SELECT 1 AS a; ALTER TABLE v ALTER COLUMN a SET DEFAULT 1;
        CREATE TEMP TABLE tmp (a int); CREATE INDEX ON tmp (a);
        COPY t (a) FROM stdin;
1
\.
        CREATE FUNCTION g() RETURNS int LANGUAGE sql AS $$ SELECT 1; CREATE TABLE inside (a int); $$;
    )");
    EXPECT_EQ(schema.tables.size(), 1U);
    EXPECT_GE(schema.passed_over.size(), 7U);
}

TEST(Read, DropsAndRenamesCountInTheirOrder) {
    const schema::Schema schema = read_or_die(R"(
        CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int REFERENCES a, x int CHECK (x > 0));
        DROP TABLE a CASCADE; DROP TABLE IF EXISTS never;
        ALTER TABLE b RENAME COLUMN x TO y; ALTER TABLE b RENAME TO c;
    )");
    ASSERT_EQ(schema.tables.size(), 1U);
    EXPECT_EQ(schema.tables[0].name.name, "c");
    EXPECT_TRUE(schema.tables[0].foreign_keys.empty());
    EXPECT_EQ(schema.tables[0].checks[0].sql, "y > 0");
}

TEST(Read, ASequenceOfADefaultIsTheColumnsOwn) {
    const schema::Schema schema = read_or_die(R"(
        CREATE TABLE t (id int NOT NULL);
        CREATE SEQUENCE t_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
        ALTER SEQUENCE t_id_seq OWNED BY t.id;
        ALTER TABLE ONLY t ALTER COLUMN id SET DEFAULT nextval('t_id_seq'::regclass);
    )");
    const schema::Column& id = schema.tables[0].columns[0];
    EXPECT_EQ(id.identity, schema::IdentityKind::serial);
    EXPECT_FALSE(id.default_sql);
    ASSERT_EQ(schema.sequences.size(), 1U);
    EXPECT_EQ(id.sequence_name, schema.sequences[0].name);
    EXPECT_EQ(schema.sequences[0].owned_by, (std::pair<schema::TableId, schema::ColumnId>(0, 0)));
}

TEST(Read, ATableMayHave1600ColumnsAndNoMore) {
    const auto table = [](int columns) {
        std::string sql = "CREATE TABLE t (c0 int";
        for (int i = 1; i < columns; ++i) sql += ", c" + std::to_string(i) + " int";
        return sql + ")";
    };
    EXPECT_EQ(read_or_die(table(1600)).tables[0].columns.size(), 1600U);
    EXPECT_NE(error_of(table(1601)).find("PostgreSQL allows 1600"), std::string::npos);
}

}  // namespace
}  // namespace confab::ddl
