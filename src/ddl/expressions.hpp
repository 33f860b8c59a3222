// Expressions of a statement → SQL text of Schema, written anew, with columns named alone.
#pragma once

#include <string>
#include <vector>

#include <pg_query/pg_query.pb-c.h>

#include "base/result.hpp"
#include "ddl/draft.hpp"
#include "ddl/statement_text.hpp"

namespace confab::ddl {

struct ReadExpression {
    std::string sql;
    std::vector<ColumnId> columns;  // that it names, each once, in the order of their first mention
    bool names_columns_only = true; // false: a whole row, a column of elsewhere, or a sub-select
};

// What an expression may name.
struct ExpressionScope {
    SchemaDraft& draft;
    const schema::Table* table = nullptr;  // null: no column at all (a DEFAULT) or VALUE (a domain's check)
    bool allows_value = false;
};

// Qualified names of the table's own columns lose their qualifier; declared types and sequences get theirs, since
// the search path of the upload is not that of the script. The tree is changed in place. A name that is no column
// is an error, with the nearest names.
Result<ReadExpression> read_expression(const ExpressionScope& scope, const StatementText& text, PgQuery__Node& node);

// An expression of the draft with a column's name replaced; `sql` was made by read_expression.
Result<std::string> rename_column_in(const std::string& sql, const std::string& from, const std::string& to);
// The same with an expression in the column's place.
std::string put_in_place(const std::string& sql, const std::string& column, const std::string& expression);
// The columns that an expression of the draft names.
std::vector<ColumnId> columns_in(const schema::Table& table, const std::string& sql);

}  // namespace confab::ddl
