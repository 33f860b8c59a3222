// A plan in the making: each column with what is known of it, so that the passes of the planner (keys, meanings,
// people, times, money, references, states …) can build on each other.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plan/plan.hpp"
#include "planner/entities.hpp"
#include "planner/facts.hpp"
#include "planner/meanings.hpp"
#include "planner/planner.hpp"
#include "planner/trade.hpp"
#include "schema/schema.hpp"

namespace confab::planner {

using plan::Generator;
using plan::Json;

struct ColumnDraft {
    schema::ColumnId id = 0;
    const schema::Column* declared = nullptr;
    schema::Type base;          // domains taken off
    TypeClass type_class = 'o'; // of the element, for arrays
    Words words;                // of its name, the table's prefix taken off
    Facts facts;
    Understood understood;
    std::string role;           // empty = unknown
    Generator generator;
    Generator alone;            // what stands when nothing ties the column to others
    double nulls = 0;
    bool unique = false;        // asked for by the planner; keys of the schema need no flag
    bool fixed = false;         // key, type, enum or check decided: no relation may replace the generator
    bool in_key = false;        // of a primary or unique key, alone or with others
    bool alone_in_key = false;
    std::vector<std::size_t> foreign_keys;  // positions in Table::foreign_keys

    const std::string& name() const { return declared->name; }
    bool nullable() const { return !facts.not_null && !declared->not_null; }
    bool generated() const { return declared->generated_sql.has_value(); }
};

struct TableDraft {
    schema::TableId id = 0;
    const schema::Table* declared = nullptr;
    Words words;
    const Entity* entity = nullptr;
    std::vector<ColumnDraft> columns;  // parallel to Table::columns
    plan::RowCount rows;
    std::optional<plan::Layout> layout;
    std::vector<std::string> rules;
    std::vector<std::string> preferences;
    std::vector<plan::Override> overrides;
    std::optional<std::size_t> event;  // the column that says when the row came about, ascending
    bool junction = false;             // ties two parents and says little else
    bool planned = true;               // among the tables asked for
    int depth = 0;                     // longest way up to a table without parents

    ColumnDraft* by_role(std::string_view role);
    const ColumnDraft* by_role(std::string_view role) const;
    ColumnDraft* find(std::string_view name);
    std::string name() const { return schema::display(declared->name); }
};

struct Draft {
    const schema::Schema* schema = nullptr;
    Options options;
    std::int64_t as_of = 0;          // days since 1970-01-01
    Trade trade = Trade::general;
    std::vector<TableDraft> tables;  // parallel to Schema::tables
    std::vector<std::string> notes;

    TableDraft& parent_of(const schema::ForeignKey& key);
    const TableDraft& parent_of(const schema::ForeignKey& key) const;
    // The day so many days from as_of, as YYYY-MM-DD.
    std::string day(std::int64_t offset) const;
    std::int64_t rows_of(const TableDraft& table) const;  // asked for, before keys limit it
};

// Reads names, types, facts and entities; no generators yet.
Draft start_draft(const schema::Schema& schema, const Options& options);

plan::Plan finished(const Draft& draft);

// Generators from text: `{"generator": "choice", …}` with `$-5y`, `$+30d` as days from as_of and `$year-3` as a year.
Generator generator_of(const Draft& draft, std::string_view json);
Json to_json(const Generator& generator);

// Is the column a number, or a date or timestamp, and no array of them?
bool is_number(const ColumnDraft& column);
bool is_moment(const ColumnDraft& column);
// Is it a field of a record of this kind (a person, a company)?
bool is_record(const ColumnDraft& column, std::string_view kind);

// A name as SQL wants it in an expression.
std::string sql_name(const ColumnDraft& column);
// Likewise as a text, whatever its type.
std::string text_of(const ColumnDraft& column);
// Of the table's column of a role, where that is a text; empty otherwise.
std::string text_of_role(const TableDraft& table, std::string_view role);
// `status IN ('paid', 'shipped')`.
std::string in_list(const ColumnDraft& column, const std::vector<std::string>& values);
// `order_id.created_at`: a parent's column through a foreign key.
std::string sql_path(const TableDraft& table, std::size_t foreign_key, const ColumnDraft& parent_column);

// The passes, in this order; each in a file of its own.
void infer_roles(Draft& draft);       // what each column is about
Status infer_columns(Draft& draft);   // roles, then keys, types, enums, checks, then meanings
void relate_people(Draft& draft);     // records that agree: a person's, an address's, a company's columns
void relate_things(Draft& draft);     // likewise a job's, a dish's, a product's
void relate_employers(Draft& draft);  // e-mail addresses at the company's own domain
void relate_prose(Draft& draft);      // what texts speak of, and how pleased they are
void relate_languages(Draft& draft);  // things of a country are mostly in its language
void relate_lookups(Draft& draft);    // small vocabularies, and how many rows they bear
void relate_references(Draft& draft); // skew, layouts, diamonds, groups
void relate_groups(Draft& draft);     // heads of groups and trees within them; a part of relate_references
void follow_members(Draft& draft);    // groups that follow from their members
void relate_scopes(Draft& draft);     // columns that two references share
void relate_times(Draft& draft);      // what comes after what
void relate_terms(Draft& draft);      // how long what is agreed upon lasts
void relate_ages(Draft& draft);       // labels that agree with a person's age
void relate_states(Draft& draft);     // states and dates that agree
void relate_outcomes(Draft& draft);   // what only the end of something brings
void relate_assets(Draft& draft);     // prices and makers by what a thing is
void relate_deals(Draft& draft);      // what is paid for what
void relate_rates(Draft& draft);      // days and miles, and what they cost
void relate_numbers(Draft& draft);    // sums, products, counts, limits
void relate_checks(Draft& draft);     // orders that the schema's checks state
void relate_defaults(Draft& draft);   // constant DEFAULTs appear often

// Removes the weaker of the inferences that would make a circle between columns. Returns what was removed.
std::vector<std::string> break_circles(Draft& draft);

}  // namespace confab::planner
