#include "schema/type.hpp"

#include <gtest/gtest.h>

#include "schema/write_table.hpp"

namespace confab::schema {
namespace {

TEST(Names, AreQuotedOnlyWherePostgresqlNeedsIt) {
    EXPECT_EQ(quoted_identifier("orders"), "orders");
    EXPECT_EQ(quoted_identifier("condition"), "condition");
    EXPECT_EQ(quoted_identifier("order"), "\"order\"");
    EXPECT_EQ(quoted_identifier("user"), "\"user\"");
    EXPECT_EQ(quoted_identifier("Orders"), "\"Orders\"");
    EXPECT_EQ(quoted_identifier("1st"), "\"1st\"");
    EXPECT_EQ(quoted_identifier("a\"b"), "\"a\"\"b\"");
    EXPECT_EQ(quoted_identifier("größe"), "\"größe\"");
    EXPECT_EQ(quoted({"sales", "order"}), "sales.\"order\"");
    EXPECT_EQ(display({"sales", "order"}), "sales.order");
    EXPECT_EQ(quoted_literal("it's \\ fine"), "'it''s \\ fine'");
}

Type type_of(TypeKind kind, int length = -1, int precision = -1, int scale = 0, int dimensions = 0) {
    Type type;
    type.kind = kind;
    type.length = length;
    type.precision = precision;
    type.scale = scale;
    type.dimensions = dimensions;
    return type;
}

TEST(Types, AreWrittenAsPostgresqlWritesThem) {
    EXPECT_EQ(to_sql(type_of(TypeKind::numeric, -1, 10, 2)), "numeric(10,2)");
    EXPECT_EQ(to_sql(type_of(TypeKind::varchar, 20, -1, 0, 1)), "character varying(20)[]");
    EXPECT_EQ(to_sql(type_of(TypeKind::timestamp_tz, -1, 3)), "timestamp(3) with time zone");
    EXPECT_EQ(to_sql(type_of(TypeKind::character)), "bpchar");
    Type mood = type_of(TypeKind::enumeration);
    mood.user_type = {"app", "Mood"};
    EXPECT_EQ(to_sql(mood), "app.\"Mood\"");
    mood.user_type = {"", "date"};  // a declared type with a built-in one's name
    EXPECT_EQ(to_sql(mood), "public.date");
}

TEST(Defaults, AreInParenthesesUnlessOneTerm) {
    EXPECT_EQ(default_expression("now()"), "now()");
    EXPECT_EQ(default_expression("'a b'"), "'a b'");
    EXPECT_EQ(default_expression("1 + 2"), "(1 + 2)");
    EXPECT_EQ(default_expression("f(1, 2)"), "f(1, 2)");
}

}  // namespace
}  // namespace confab::schema
