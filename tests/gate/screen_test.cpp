#include "gate/screen.hpp"

#include <gtest/gtest.h>

#include "ddl/ddl.hpp"

namespace confab::gate {
namespace {

schema::Schema screened(const std::string& sql) {
    Result<ddl::Document> document = ddl::read({"test.sql", sql}, {ddl::Dialect::postgresql});
    EXPECT_TRUE(document) << (document ? "" : to_text(document.error()));
    if (!document) return {};
    Result<schema::Schema> schema = screen(std::move(document->schema));
    EXPECT_TRUE(schema) << (schema ? "" : to_text(schema.error()));
    return schema ? *std::move(schema) : schema::Schema{};
}

class Refused : public testing::TestWithParam<const char*> {};
class Allowed : public testing::TestWithParam<const char*> {};

TEST_P(Refused, IsRefused) { EXPECT_TRUE(refuse_expression({}, GetParam())) << GetParam(); }
TEST_P(Allowed, IsAllowed) { EXPECT_EQ(refuse_expression({}, GetParam()), std::nullopt) << GetParam(); }

INSTANTIATE_TEST_SUITE_P(
    Expressions, Refused,
    testing::Values("pg_read_file('/etc/passwd')", "lo_import('/etc/passwd') > 0", "lo_from_bytea(0, 'x') > 0",
                    "lo_export(1, '/tmp/x') > 0", "query_to_xml('select 1', true, true, '') is null",
                    "table_to_xml('t', true, true, '') is null", "database_to_xml(true, true, '') is null",
                    "pg_sleep(1) is null", "pg_advisory_lock(1) is null", "pg_notify('a', 'b') is null",
                    "set_config('role', 'x', false) = ''", "current_setting('x') = ''", "dblink('x', 'select 1') is null",
                    "ts_stat('select 1') is null", "ts_rewrite('a'::tsquery, 'select 1') is null", "(select 1) = 1",
                    "exists (select 1)", "a in (select b from t)", "t.to_jsonb is null", "t.* is null", "(t).f = 1",
                    "pg_catalog.pg_read_file('x')", "my.f(a) > 0", "unknown_function(a)", "nextval('other') > 0",
                    "setval('s', 1) > 0", "currval('s') > 0", "'pg_class'::regclass::oid > 0", "to_regclass('x') is null",
                    "has_table_privilege('t', 'select')", "a operator(my.+) b > 0", "a = any (select 1)", "count(*) > 0",
                    "sum(a) > 0", "rank() over () > 0", "a collate \"en_US.utf8\" = 'x'", "xmlelement(name x) is null",
                    "generate_series(1, 3) > 0", "a::my_type is null", "pg_terminate_backend(1)", "$1 = 1",
                    "pg_ls_dir('.') is null", "inet_server_addr() is null", "pg_reload_conf()", "txid_current() > 0",
                    "cursor_to_xml('c', 1, true, true, '') is null", "crosstab('select 1') is null", "pg_export_snapshot() = ''",
                    "grouping(a) = 1", "a[(select 1)] = 1", "case when (select true) then 1 end = 1",
                    "coalesce((select 1), 2) = 1", "array(select 1) = '{1}'", "1; drop table t", "1) or (1"));

INSTANTIATE_TEST_SUITE_P(
    Expressions, Allowed,
    testing::Values("a > 0 AND b IN (1, 2, 3)", "lower(email) = email", "email ~* '^[^@]+@[^@]+$'", "now()", "CURRENT_TIMESTAMP",
                    "gen_random_uuid()", "uuid_generate_v4()", "extensions.uuid_generate_v4()", "a BETWEEN 1 AND 2",
                    "name NOT LIKE 'x%'", "a IS DISTINCT FROM b", "num_nonnulls(a, b) = 1", "('x'::text)::varchar(3)",
                    "ARRAY['a', 'b']", "'{}'::jsonb", "a = ANY (ARRAY[1, 2])", "to_tsvector('english'::regconfig, body)",
                    "EXTRACT(year FROM d) > 2000", "d + '1 day'::interval", "CASE WHEN a THEN 1 ELSE 2 END = 1",
                    "substring(a from 1 for 2) = 'x'", "trim(both from a) <> ''", "position('@' in e) > 1",
                    "upper_inf(period)", "period && tstzrange(a, b)", "make_interval(days => 3)", "a[1] > 0",
                    "(a, b) = (1, 2)", "jsonb_typeof(doc) = 'object'", "doc @> '{}'", "a AT TIME ZONE 'UTC' < b",
                    "GREATEST(a, b) > 0", "a COLLATE \"C\" = 'x'", "similarity(a, b) > 0.3", "doc IS DOCUMENT", "a % 10 = 0",
                    "date '2020-01-01' < d", "-a < 0", "a SIMILAR TO 'x%'", "NOT (a OR b)", "current_user = owner"));

TEST(Screen, MovesWhatMayNotPassToLeftOut) {
    const schema::Schema schema = screened(R"(
        CREATE TABLE t (a int DEFAULT my_default(), b int CHECK (pg_read_file('x') IS NOT NULL), c int CHECK (c > 0));
        CREATE INDEX i ON t (my_function(a));
    )");
    ASSERT_EQ(schema.left_out.size(), 3U);
    EXPECT_EQ(schema.left_out[0].sql, "ALTER TABLE t ALTER COLUMN a SET DEFAULT my_default()");
    EXPECT_EQ(schema.left_out[1].clause, "CHECK t_check");
    EXPECT_EQ(schema.left_out[1].sql, "ALTER TABLE t ADD CONSTRAINT t_check CHECK (pg_read_file('x') IS NOT NULL)");
    EXPECT_EQ(schema.left_out[2].sql, "CREATE INDEX i ON t ((my_function(a)))");
    ASSERT_EQ(schema.tables[0].checks.size(), 1U);
    EXPECT_EQ(schema.tables[0].checks[0].sql, "c > 0");
    EXPECT_FALSE(schema.tables[0].columns[0].default_sql);
}

TEST(Screen, NamesTheTrustedExtensionsThatTheSchemaNeeds) {
    const schema::Schema schema = screened(R"(
        CREATE TABLE t (id uuid DEFAULT public.uuid_generate_v4(), e extensions.citext, room int, during tsrange,
                        EXCLUDE USING gist (room WITH =, during WITH &&));
        CREATE INDEX ON t USING gin (e gin_trgm_ops);
    )");
    EXPECT_EQ(schema.extensions, (std::vector<std::string>{"btree_gist", "citext", "pg_trgm", "uuid-ossp"}));
    EXPECT_EQ(schema.tables[0].columns[0].default_sql, "uuid_generate_v4()");
    EXPECT_EQ(schema::to_sql(schema.tables[0].columns[1].type), "citext");
    EXPECT_TRUE(schema.left_out.empty());
}

TEST(Screen, AGeneratedColumnThatMayNotPassIsAnError) {
    Result<ddl::Document> document =
        ddl::read({"test.sql", "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (my_function(a)) STORED)"}, {});
    ASSERT_TRUE(document);
    const Result<schema::Schema> schema = screen(std::move(document->schema));
    ASSERT_FALSE(schema);
    EXPECT_EQ(schema.error().kind, ErrorKind::not_supported);
}

TEST(Screen, AFieldOfACompositePassesAndAFunctionInItsPlaceDoesNot) {
    const schema::Schema schema = screened(R"(
        CREATE TYPE address AS (city text);
        CREATE TABLE t (a address CHECK ((a).city <> ''), CHECK ((a).row_to_json IS NOT NULL));
    )");
    EXPECT_EQ(schema.tables[0].checks.size(), 1U);
    EXPECT_EQ(schema.left_out.size(), 1U);
}

}  // namespace
}  // namespace confab::gate
