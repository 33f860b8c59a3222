// Binding: PostgreSQL's parse tree → a typed tree over named inputs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <pg_query/pg_query.pb-c.h>

#include "expr/expr.hpp"
#include "expr/tree.hpp"

namespace confab::expr {

struct Program::State {
    NodePtr root;
    std::vector<Input> inputs;
    std::vector<Node> input_nodes;  // how each input is expected: type, kind, scale
    std::string sql;
};

// Where names are looked up: the rows of one table.
struct Scope {
    const schema::Schema& schema;
    schema::TableId table;
    const schema::Type* value_type = nullptr;  // of VALUE
    // Inside an aggregate every name starts with this: a path and the child table.
    std::vector<std::string> prefix;
};

class Compiler {
  public:
    explicit Compiler(const Scope& scope) : scope_(scope) {}

    Result<NodePtr> bind(const PgQuery__Node& node);
    static Program finish(NodePtr root, std::vector<Input> inputs);
    std::vector<Input> take_inputs() { return std::move(inputs_); }

  private:
    Result<NodePtr> bind_inner(const PgQuery__Node& node);
    Result<NodePtr> bind_constant(const PgQuery__AConst& constant);
    Result<NodePtr> bind_operator(const PgQuery__AExpr& expression);
    Result<NodePtr> bind_binary(std::string_view name, const PgQuery__Node& left, const PgQuery__Node& right);
    Result<NodePtr> bind_between(const PgQuery__AExpr& expression);
    Result<NodePtr> bind_in(const PgQuery__AExpr& expression);
    Result<NodePtr> bind_any_all(const PgQuery__AExpr& expression);
    Result<NodePtr> bind_distinct(const PgQuery__AExpr& expression);
    Result<NodePtr> bind_nullif(const PgQuery__AExpr& expression);
    Result<NodePtr> bind_like(const PgQuery__AExpr& expression, std::string_view name);
    Result<NodePtr> bind_junction(const PgQuery__BoolExpr& expression);
    Result<NodePtr> bind_case(const PgQuery__CaseExpr& expression);
    Result<NodePtr> bind_list(Op op, bool inverted, std::string_view name, PgQuery__Node* const* args,
                              std::size_t count);
    Result<NodePtr> bind_function(const PgQuery__FuncCall& call);
    Result<NodePtr> bind_count_nulls(const PgQuery__FuncCall& call, bool inverted);
    Result<NodePtr> bind_overlaps(const PgQuery__FuncCall& call);
    Result<NodePtr> bind_aggregate(const PgQuery__FuncCall& call, Aggregate aggregate);
    Result<NodePtr> bind_clock(std::string_view written, schema::TypeKind kind);
    Result<NodePtr> bind_boolean(const PgQuery__Node& node, std::string_view where);
    Result<NodePtr> bind_row_comparison(std::string_view name, const PgQuery__RowExpr& left,
                                        const PgQuery__RowExpr& right);

    Result<NodePtr> bind_name(const PgQuery__ColumnRef& reference);
    Result<NodePtr> bind_column(schema::TableId table, const std::vector<Hop>& path, schema::ColumnId column);
    Result<NodePtr> add_input(Input input, std::string written);

    Scope scope_;
    std::vector<Input> inputs_;
    int depth_ = 0;
    std::size_t nodes_ = 0;
};

// The fields of a reference; `*` for a star.
std::vector<std::string> fields_of(const PgQuery__ColumnRef& reference);

// What a dotted name can mean from the rows of `table`.
struct ColumnPath {
    std::vector<Hop> path;
    schema::TableId table = 0;
    schema::ColumnId column = 0;
};
// An error lists the meanings where there are several, and near names where there is none.
Result<ColumnPath> resolve_column(const schema::Schema& schema, schema::TableId table,
                                  const std::vector<std::string>& fields);

struct ChildPath {
    std::vector<Hop> path;
    schema::TableId table = 0;  // whose rows the children refer to
    Hop child;
    std::size_t used = 0;       // fields that named path and child
};
Result<ChildPath> resolve_child(const schema::Schema& schema, schema::TableId table,
                                const std::vector<std::string>& fields);

// The tree as PostgreSQL text. Names start with `prefix` (empty, or ending in a dot).
std::string write_sql(const Node& root, std::string_view prefix = {});
std::string to_sql_with_prefix(const Program& program, std::string_view prefix);

}  // namespace confab::expr
