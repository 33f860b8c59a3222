// Names that reach beyond the row: paths along foreign keys and aggregates over child tables.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "expr/expr.hpp"
#include "expr/value_type.hpp"

namespace confab::expr {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

schema::Type type_of(schema::TypeKind kind, int precision = -1, int scale = 0) {
    schema::Type type;
    type.kind = kind;
    type.precision = precision;
    type.scale = scale;
    return type;
}

schema::Column column(std::string name, schema::Type type) {
    schema::Column result;
    result.name = std::move(name);
    result.type = std::move(type);
    return result;
}

schema::ForeignKey key(std::string name, std::vector<schema::ColumnId> columns, schema::TableId parent) {
    schema::ForeignKey result;
    result.name = std::move(name);
    result.columns = std::move(columns);
    result.parent = parent;
    result.parent_columns = {0};
    return result;
}

// customers ← orders ← lines; transfers refers to customers twice.
class Paths : public testing::Test {
  protected:
    enum : schema::TableId { customers, orders, lines, transfers };

    Paths() {
        using schema::TypeKind;
        schema_.tables.resize(4);
        schema_.tables[customers].name.name = "customers";
        schema_.tables[customers].columns = {column("id", type_of(TypeKind::integer)),
                                             column("since", type_of(TypeKind::date)),
                                             column("boss_id", type_of(TypeKind::integer))};
        schema_.tables[customers].foreign_keys = {key("boss_fk", {2}, customers)};
        schema_.tables[orders].name.name = "orders";
        schema_.tables[orders].columns = {column("id", type_of(TypeKind::integer)),
                                          column("customer_id", type_of(TypeKind::integer)),
                                          column("ordered", type_of(TypeKind::date)),
                                          column("total", type_of(TypeKind::numeric, 10, 2))};
        schema_.tables[orders].foreign_keys = {key("orders_customer_fk", {1}, customers)};
        schema_.tables[lines].name.name = "lines";
        schema_.tables[lines].columns = {column("id", type_of(TypeKind::integer)),
                                         column("order_id", type_of(TypeKind::integer)),
                                         column("quantity", type_of(TypeKind::integer)),
                                         column("price", type_of(TypeKind::numeric, 8, 2))};
        schema_.tables[lines].foreign_keys = {key("lines_order_fk", {1}, orders)};
        schema_.tables[transfers].name.name = "transfers";
        schema_.tables[transfers].columns = {column("sender", type_of(TypeKind::integer)),
                                             column("receiver", type_of(TypeKind::integer)),
                                             column("amount", type_of(TypeKind::numeric, 8, 2))};
        schema_.tables[transfers].foreign_keys = {key("sender_fk", {0}, customers), key("receiver_fk", {1}, customers)};
    }

    std::string error(schema::TableId table, std::string_view sql) {
        const auto program = compile(schema_, table, sql, Want::any);
        if (program) return "none: " + program->sql();
        std::string text = program.error().message;
        for (const std::string& note : program.error().notes) text += "\n" + note;
        return text;
    }

    schema::Schema schema_;
};

TEST_F(Paths, AColumnOfTheReferredRowByColumnAndByConstraint) {
    for (const char* sql : {"ordered >= customer_id.since", "orders.ordered >= orders_customer_fk.since"}) {
        const auto program = compile(schema_, orders, sql, Want::boolean);
        ASSERT_TRUE(program) << to_text(program.error());
        ASSERT_EQ(program->inputs().size(), 2U);
        const Input& parent = program->inputs()[1];
        EXPECT_THAT(parent.path, ElementsAre(Hop{orders, 0}));
        EXPECT_EQ(parent.table, customers);
        EXPECT_EQ(parent.column, 1U);
        EXPECT_THAT(program->columns(), ElementsAre(2U));
        EXPECT_EQ(program->sql(), "ordered >= customer_id.since");
    }
}

TEST_F(Paths, AChainOfKeysThroughItself) {
    const auto program = compile(schema_, orders, "customer_id.boss_id.since", Want::any);
    ASSERT_TRUE(program) << to_text(program.error());
    EXPECT_THAT(program->inputs()[0].path, ElementsAre(Hop{orders, 0}, Hop{customers, 0}));
}

TEST_F(Paths, OneInputForOneName) {
    const auto program = compile(schema_, orders, "total > 0 AND total < 100 OR total = 200", Want::boolean);
    ASSERT_TRUE(program);
    EXPECT_EQ(program->inputs().size(), 1U);
}

TEST_F(Paths, AnAggregateOverTheRowsThatRefer) {
    const auto program = compile(schema_, orders,
                                 "sum(lines.quantity * lines.price) filter (where lines.quantity > 1)", Want::any);
    ASSERT_TRUE(program) << to_text(program.error());
    ASSERT_EQ(program->inputs().size(), 1U);
    const Input& input = program->inputs()[0];
    EXPECT_EQ(input.kind, InputKind::aggregate);
    EXPECT_EQ(input.aggregate, Aggregate::sum);
    EXPECT_EQ(input.child, (Hop{lines, 0}));
    ASSERT_TRUE(input.argument && input.filter);
    EXPECT_EQ(input.argument->sql(), "quantity * price");
    EXPECT_EQ(input.argument->scale(), 2);
    EXPECT_EQ(input.filter->sql(), "quantity > 1");
    EXPECT_EQ(input.type.scale, 2);
    EXPECT_EQ(program->sql(), "sum(lines.quantity * lines.price) FILTER (WHERE lines.quantity > 1)");
}

TEST_F(Paths, CountOfRowsAndAnAggregateOfTheParent) {
    const auto count = compile(schema_, orders, "count(lines.*) > 0", Want::boolean);
    ASSERT_TRUE(count) << to_text(count.error());
    EXPECT_EQ(count->inputs()[0].argument, nullptr);
    const auto beyond = compile(schema_, orders, "count(customer_id.orders.*)", Want::any);
    ASSERT_TRUE(beyond) << to_text(beyond.error());
    EXPECT_THAT(beyond->inputs()[0].path, ElementsAre(Hop{orders, 0}));
    EXPECT_EQ(beyond->inputs()[0].child, (Hop{orders, 0}));
}

TEST_F(Paths, WhatCanMeanTwoThingsListsBoth) {
    EXPECT_THAT(error(customers, "sum(transfers.amount)"),
                testing::AllOf(HasSubstr("two things"), HasSubstr("sender_fk"), HasSubstr("receiver_fk")));
    const auto program = compile(schema_, customers, "sum(receiver_fk.amount)", Want::any);
    ASSERT_TRUE(program) << to_text(program.error());
    EXPECT_EQ(program->inputs()[0].child, (Hop{transfers, 1}));
}

TEST_F(Paths, WrongNamesSayWhatThereIs) {
    EXPECT_THAT(error(orders, "totel > 1"), testing::AllOf(HasSubstr("\"totel\" does not exist"), HasSubstr("total")));
    EXPECT_THAT(error(orders, "custome_id.since"), HasSubstr("not a foreign key of orders"));
    EXPECT_THAT(error(orders, "sum(nothing.x)"), HasSubstr("a table that refers to orders"));
    EXPECT_THAT(error(orders, "count(*)"), HasSubstr("count(child.*)"));
    EXPECT_THAT(error(orders, "sum(lines.price) filter (where total > 1)"), HasSubstr("start with lines"));
}

TEST_F(Paths, AssignmentTakesTheTypeOfItsTarget) {
    const schema::Type target = type_of(schema::TypeKind::numeric, 10, 2);
    const auto program = compile_as(schema_, lines, "quantity * price * 1.075", target);
    ASSERT_TRUE(program) << to_text(program.error());
    EXPECT_EQ(program->physical(), Physical::int64);
    EXPECT_EQ(program->scale(), 2);
    Vector quantity, price, out;
    quantity.reset(Physical::int64, 1);
    price.reset(Physical::int64, 1, 2);
    *quantity.data<std::int64_t>() = 3;
    *price.data<std::int64_t>() = 1001;
    const Vector* inputs[] = {&quantity, &price};
    Scratch scratch;
    program->run(inputs, 1, scratch, out);
    EXPECT_EQ(*out.data<std::int64_t>(), 3228);  // 32.28225
    EXPECT_FALSE(scratch.any_error);
}

TEST_F(Paths, DeepAndLongExpressionsAreRefusedNotCrashed) {
    std::string deep = "1";
    for (int i = 0; i < 600; ++i) deep = "(" + deep + " + total)";
    EXPECT_THAT(error(orders, deep), HasSubstr("not known here"));
    std::string between = "1";
    for (int i = 0; i < 60; ++i) between = "coalesce(" + between + " between 1 and 2, false)::int";
    EXPECT_THAT(error(orders, between), HasSubstr("not known here"));
}

TEST(Literals, TextBecomesAValueOfItsType) {
    const schema::Schema schema;
    Vector value;
    ASSERT_TRUE(parse_literal(schema, type_of(schema::TypeKind::numeric, 8, 2), "12.345", value));
    EXPECT_EQ(*value.data<std::int64_t>(), 1235);
    ASSERT_TRUE(parse_literal(schema, type_of(schema::TypeKind::date), "1970-01-11", value));
    EXPECT_EQ(*value.data<std::int64_t>(), 10);
    EXPECT_FALSE(parse_literal(schema, type_of(schema::TypeKind::smallint), "40000", value));
    EXPECT_FALSE(parse_literal(schema, type_of(schema::TypeKind::date), "2023-02-29", value));
    schema::Type text = type_of(schema::TypeKind::varchar);
    text.length = 3;
    EXPECT_FALSE(parse_literal(schema, text, "abcd", value));
    EXPECT_TRUE(parse_literal(schema, text, "äöü", value));
}

}  // namespace
}  // namespace confab::expr
