// One thing that an instruction says, and the recognisers that turn it into a change of the plan.
#pragma once

#include <string>
#include <vector>

#include "planner/draft.hpp"
#include "planner/words/find.hpp"
#include "planner/words/tokens.hpp"

namespace confab::planner::words {

// What the recognisers work on. `about` remembers the table that the instruction spoke of last ("… and 20 % of them").
struct Editing {
    const Draft& draft;
    plan::Plan& plan;
    std::vector<std::string>& notes;
    std::optional<schema::TableId> about;
    bool refused = false;  // understood, and not possible: a note says why
};

struct Clause {
    std::vector<Token> tokens;
    std::vector<TableMention> tables;
    std::string text;

    bool has(std::string_view word) const;
    bool has_any(std::initializer_list<std::string_view> list) const;
    std::optional<std::size_t> find(std::string_view word) const;
    std::vector<std::size_t> numbers(bool percent) const;
    std::optional<schema::TableId> table() const { return tables.empty() ? std::nullopt : std::optional(tables.front().table); }
    std::vector<Span> table_spans() const;
};

Clause clause_of(const Draft& draft, std::string text);

// Each returns true when the clause says what it is for, and the plan was changed (or the change refused with a note).
bool set_row_counts(Editing& editing, const Clause& clause);
bool set_nulls(Editing& editing, const Clause& clause);
bool set_relative(Editing& editing, const Clause& clause);
bool set_share(Editing& editing, const Clause& clause);
bool set_place(Editing& editing, const Clause& clause);
bool set_dates(Editing& editing, const Clause& clause);
bool set_range(Editing& editing, const Clause& clause);
bool set_list(Editing& editing, const Clause& clause);
bool set_unique(Editing& editing, const Clause& clause);

// Helpers that several recognisers share.
plan::TablePlan& planned_table(Editing& editing, schema::TableId table);
plan::ColumnPlan* planned_column(Editing& editing, schema::TableId table, schema::ColumnId column);
const ColumnDraft& column_of(const Editing& editing, schema::TableId table, schema::ColumnId column);
std::string name_of(const Editing& editing, schema::TableId table, schema::ColumnId column);
// The column that the clause names best: of the tables it names, else of the table spoken of, else of any.
std::optional<ColumnMention> best_column(const Editing& editing, const Clause& clause, std::string_view type_classes,
                                         const std::vector<Span>& also_taken = {});
// As the JSON value of the column's type; nothing when the text cannot be one. `why` says why not.
std::optional<Json> value_for(const Editing& editing, const ColumnDraft& column, const std::string& text, std::string& why);
std::string literal_of(const ColumnDraft& column, const Json& value);
// Takes earlier overrides of a column out of the way of a new one.
void forget_overrides(plan::TablePlan& table, const std::string& column);

}  // namespace confab::planner::words
