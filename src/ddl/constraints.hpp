// Constraints of one CREATE TABLE or ALTER TABLE: read in the order of the text, named and added in
// PostgreSQL's order, so that those without a name get the name that PostgreSQL would choose.
//
// Source of names and order: PostgreSQL 15, parse_utilcmd.c (transformCreateStmt) and indexcmds.c.
#pragma once

#include <vector>

#include "ddl/context.hpp"

namespace confab::ddl {

class ConstraintReader {
  public:
    ConstraintReader(const Context& context, TableId table) : context_(context), table_(table) {}

    // The constraints of one column's definition.
    Status column(ColumnId column, PgQuery__Node* const* constraints, std::size_t count);
    Status table(const PgQuery__Constraint& constraint);
    // A copy of a constraint of another table (LIKE), or of an index; the name is chosen anew where empty.
    void add_key(schema::Key key) { keys_.push_back({std::move(key), {}, false}); }
    void add_exclusion(schema::Exclusion exclusion) { keys_.push_back({{}, std::move(exclusion), true}); }
    void add_check(schema::Check check) { checks_.push_back(std::move(check)); }

    // Names what was read and adds it to the table.
    Status finish();

  private:
    struct KeyOrExclusion {
        schema::Key key;
        schema::Exclusion exclusion;
        bool is_exclusion = false;
    };

    schema::Table& owner() const { return context_.draft.tables[table_].table; }
    Status column_constraint(ColumnId column, const PgQuery__Constraint& constraint);
    Status read_check(const PgQuery__Constraint& constraint);
    Status read_key(const PgQuery__Constraint& constraint, std::vector<ColumnId> columns);
    Status read_key_using_index(const PgQuery__Constraint& constraint);
    Status read_exclusion(const PgQuery__Constraint& constraint);
    Status read_reference(const PgQuery__Constraint& constraint, std::vector<ColumnId> columns);
    Status defer_last(const PgQuery__Constraint& attribute);
    Result<std::vector<ColumnId>> column_ids(PgQuery__Node* const* names, std::size_t count, const PgQuery__Constraint& where);

    Status finish_checks();
    Status finish_keys();
    Status finish_references();
    // Takes a declared name, or says that the table has one of that name already.
    Status claim(std::string& name, schema::Position position, bool is_relation, std::string_view label);
    bool has_constraint(const std::string& name) const;
    void drop_redundant_keys();

    const Context& context_;
    TableId table_;
    std::vector<schema::Check> checks_;
    std::vector<KeyOrExclusion> keys_;
    std::vector<ReferenceDraft> references_;
    enum class Last { none, key, reference } last_ = Last::none;
};

// `a_b_c`: the columns' part of a chosen name; `expr` stands for an expression.
std::string joined_columns(const schema::Table& table, const std::vector<ColumnId>& columns);

}  // namespace confab::ddl
