// What a statement of another dialect says, as far as rows are concerned: the common ground of the four.
//
// Names are resolved and folded already. Expressions are ranges of the statement's tokens: they are
// rewritten when the statement is written out, when the types of all columns are known.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ddl/dialect/lexer.hpp"

namespace confab::ddl::dialect {

// Tokens [begin, end) of a statement.
struct Range {
    std::size_t begin = 0, end = 0;
    bool empty() const { return begin >= end; }
};

struct TableName {
    std::string space;  // empty: the default namespace
    std::string name;
    std::size_t token = 0;
    auto operator<=>(const TableName& other) const {
        if (const auto order = space <=> other.space; order != 0) return order;
        return name <=> other.name;
    }
    bool operator==(const TableName& other) const { return space == other.space && name == other.name; }
};

// A type as written: `double precision`, (10, 2), unsigned.
struct TypeName {
    std::string space;                // of a declared type
    std::string name;                 // lower case, words joined by one space
    std::vector<std::string> arguments;  // as written, `max` in lower case
    std::vector<std::string> labels;     // of ENUM and SET
    bool is_unsigned = false, zerofill = false;
    bool with_time_zone = false, with_local_time_zone = false;
    std::size_t token = 0;
    Range range;
    bool empty() const { return name.empty(); }
};

struct KeyPart {
    std::string column;       // or an expression
    Range expression;
    std::optional<long> prefix_length;
    bool descending = false;
    std::size_t token = 0;
};

enum class ConstraintKind { primary_key, unique, check, foreign_key, index, ignored };

struct Constraint {
    ConstraintKind kind = ConstraintKind::check;
    std::string name;
    std::size_t token = 0;
    std::vector<KeyPart> parts;
    Range check;
    TableName parent;
    std::vector<std::string> parent_columns;
    std::string tail;  // ON DELETE …, MATCH …, DEFERRABLE …, as PostgreSQL spells them
    std::vector<std::string> include;
    Range where;
    std::string ignored_what;  // `FULLTEXT INDEX`: of an index that PostgreSQL has no like of
};

struct Column {
    std::string name;
    std::size_t token = 0;
    TypeName type;
    Range default_value;
    bool has_default = false;
    Range generated;
    bool is_generated = false;
    bool identity = false, identity_always = false;
    std::string identity_options;  // `START WITH 5 INCREMENT BY 1`
    bool not_null = false, null = false;
    bool on_update_now = false;
    std::string comment;
    std::vector<Constraint> constraints;
    std::vector<std::size_t> unknown;  // tokens that nothing here understands: PostgreSQL's parser will say so
};

struct CreateTable {
    TableName name;
    bool if_not_exists = false, temporary = false;
    std::vector<Column> columns;
    std::vector<Constraint> constraints;
    std::optional<TableName> like;
    std::string comment;
    std::string partitioning;  // what was dropped
    bool as_query = false;
    bool without_rowid = false;  // SQLite: the primary key is no row number
    std::vector<std::size_t> unknown;
};

enum class AlterKind {
    add_column, add_constraint, modify_column, rename_column, drop_column, drop_constraint, set_default, drop_default,
    set_not_null, drop_not_null, rename_table, set_comment, add_identity, ignored,
};

struct AlterAction {
    AlterKind kind = AlterKind::ignored;
    Column column;            // add, modify; `column.name` of the others
    std::string old_name;     // of CHANGE and RENAME COLUMN
    Constraint constraint;
    Range default_value;
    TableName new_name;
    std::string comment;
    std::size_t token = 0;
};

struct AlterTable {
    TableName name;
    std::vector<AlterAction> actions;
};

struct CreateIndex {
    TableName table;
    Constraint index;  // kind unique, index or ignored
};

struct CreateSequence {
    TableName name;
    std::string options;
};

// A comment of a table, or of a column when it is named.
struct CommentOn {
    TableName table;
    std::string column;
    std::string text;
    std::size_t token = 0;
};

struct DropTable {
    std::vector<TableName> tables;
};

struct RenameTables {
    std::vector<std::pair<TableName, TableName>> pairs;
};

// CREATE TYPE … FROM of SQL Server: a name for a type.
struct CreateAlias {
    TableName name;
    TypeName type;
    bool not_null = false;
};

struct PassOver {
    std::string kind;
};

using Statement = std::variant<PassOver, CreateTable, AlterTable, CreateIndex, CreateSequence, CommentOn, DropTable, RenameTables, CreateAlias>;

}  // namespace confab::ddl::dialect
