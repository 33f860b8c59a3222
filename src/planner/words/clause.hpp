// One thing that an instruction says, and the recognisers that turn it into a change of the plan.
//
// A recogniser marks each token whose meaning it takes up. It changes the plan only when none is left over
// (Clause::accounted): a clause is understood as a whole or not at all, so that nothing is ignored or
// misapplied.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "planner/draft.hpp"
#include "planner/words/find.hpp"
#include "planner/words/tokens.hpp"

namespace confab::planner::words {

struct PinnedShare {
    Json value;
    double share = 0;
};

// What the recognisers work on. `about` remembers the table that the instruction spoke of last ("… and 20 %
// of them").
struct Editing {
    const Draft& draft;
    plan::Plan& plan;
    std::vector<std::string>& understood;  // what was changed, for people
    std::vector<std::string>& refused;     // understood, and not possible: why
    std::optional<schema::TableId> about;
    // Shares that the instruction gave to values of a column, in its order.
    std::map<std::pair<schema::TableId, schema::ColumnId>, std::vector<PinnedShare>> shares;
};

class Clause {
  public:
    Clause(const Draft& draft, std::vector<Token> tokens);

    std::vector<Token> tokens;
    std::vector<TableMention> tables;

    bool has(std::string_view word) const { return find(word).has_value(); }
    bool has_any(std::initializer_list<std::string_view> list) const;
    std::optional<std::size_t> find(std::string_view word) const;
    bool word_at(std::size_t i, std::string_view word) const;
    bool word_at(std::size_t i, std::initializer_list<std::string_view> list) const;
    // Plain numbers, or shares.
    std::vector<std::size_t> numbers(bool percent) const;
    std::optional<schema::TableId> table() const;
    std::vector<Span> table_spans() const;
    bool in_table(std::size_t i) const;

    void use(std::size_t i) { used_[i] = true; }
    void use(Span span);
    void use_tables();
    // Marks every occurrence of these words; true when there is one.
    bool use_words(std::initializer_list<std::string_view> list);
    // "all", "every", "each": as good as nothing in "all customers are from Germany".
    void use_universal();
    void forget() { used_.assign(tokens.size(), false); }
    bool used(std::size_t i) const { return used_[i]; }
    bool accounted() const;

  private:
    std::vector<bool> used_;
};

// Each returns true when the clause says what it is for and every word of it was accounted for: the plan was
// changed, or a note says why it could not be.
bool set_row_counts(Editing& editing, Clause& clause);
bool set_nulls(Editing& editing, Clause& clause);
bool set_relative(Editing& editing, Clause& clause);
bool set_share(Editing& editing, Clause& clause);
bool set_list(Editing& editing, Clause& clause);
bool set_place(Editing& editing, Clause& clause);
bool set_dates(Editing& editing, Clause& clause);
bool set_range(Editing& editing, Clause& clause);
bool set_unique(Editing& editing, Clause& clause);

// Helpers that several recognisers share.
plan::TablePlan& planned_table(Editing& editing, schema::TableId table);
plan::ColumnPlan* planned_column(Editing& editing, schema::TableId table, schema::ColumnId column);
const ColumnDraft& column_of(const Editing& editing, schema::TableId table, schema::ColumnId column);
std::string name_of(const Editing& editing, schema::TableId table, schema::ColumnId column);
// The columns that the clause names best: of the tables it names, else of the table spoken of, else of any
// table (all that fit equally well). Marks nothing.
std::vector<ColumnMention> best_columns(const Editing& editing, const Clause& clause,
                                        std::string_view type_classes, const std::vector<Span>& taken = {});
std::optional<ColumnMention> best_column(const Editing& editing, const Clause& clause,
                                         std::string_view type_classes, const std::vector<Span>& taken = {});
// The columns meant where the clause may name a table by the same word ("ratings" of `reviews`): outside the
// tables' words, else within; of several those that are drawn, not derived.
std::vector<ColumnMention> named_columns(const Editing& editing, const Clause& clause,
                                         std::string_view type_classes);
// Marks the column's words, and those of its table's name before them ("menu prices" of `menu_items`).
void use_column(const Editing& editing, Clause& clause, const ColumnMention& mention);
// As the JSON value of the column's type; nothing when the text cannot be one. `why` says why not.
std::optional<Json> value_for(const Editing& editing, const ColumnDraft& column, const std::string& text,
                              std::string& why);
std::string literal_of(const Json& value);
Json number_json(double value);
// 40000 → "40,000".
std::string shown(double value);
// Takes earlier overrides of a column out of the way of a new one.
void forget_overrides(plan::TablePlan& table, const std::string& column);
// A column that others decide (a sum, a parent's price, a state's date) cannot be set by itself: a note says
// so.
bool is_derived(Editing& editing, const ColumnMention& mention);
// Makes the value come in this share of the rows, beside the shares that were given before.
void pin_share(Editing& editing, const ColumnMention& column, const Json& value, double share);

}  // namespace confab::planner::words
