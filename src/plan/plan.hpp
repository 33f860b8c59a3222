// The plan: how to fill a schema. JSON, versioned, small, made to be read, edited and compared.
//
// docs/plan.md explains it to people, docs/plan.schema.json to editors. Here it is as data, after strict
// reading: an unknown key, a wrong type or an unknown name is an error with its path in the plan
// (`tables.orders.columns.status.weights[2]`), what was found, what was expected and the nearest valid name.
//
//   {"confab_plan": 1, "engine": 1, "seed": 42, "as_of": "2026-01-01", "locale": "en_US",
//    "pools": {"dishes": {"fields": ["dish", "cuisine", "price"], "rows": [["Pad Thai", "Thai", 11.5], …]}},
//    "tables": {
//      "orders": {
//        "rows": 1000,                 // exactly; or {"at_most": 1000}, or {"per": "customer_id", "mean": 3, …}
//        "columns": {
//          "id": {"generator": "sequence"},
//          "customer_id": {"generator": "reference", "skew": 0.6, "existed_at": "order_date"},
//          "status": {"generator": "choice", "values": ["paid", "cancelled"], "weights": [9, 1]},
//          "note": {"generator": "text", "about": "order", "nulls": 0.8}},
//        "rules": ["shipped_at >= order_date"],
//        "overrides": [{"when": "status = 'cancelled'", "set": {"shipped_at": "NULL"}}]}}}
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.hpp"
#include "schema/schema.hpp"

namespace confab::plan {

using Json = nlohmann::ordered_json;

constexpr int plan_version = 1;

// One way to make a column's values, with its parameters as they stand in the plan.
// plan/catalog.hpp says which kinds there are and what each takes.
struct Generator {
    std::string kind;
    Json parameters = Json::object();
    bool operator==(const Generator&) const = default;
};

struct ColumnPlan {
    std::string column;
    Generator generator;
    double nulls = 0;  // share of NULL, 0 to 1, before rules and overrides
    bool unique = false;  // no value twice, as if the schema had UNIQUE on this column
    bool operator==(const ColumnPlan&) const = default;
};

// So many rows for each row of a parent. The table is laid out by that parent.
struct PerParent {
    std::string foreign_key;    // constraint name, or the one column of the key
    double mean = 1;
    std::int64_t minimum = 0;   // for each parent
    std::optional<std::int64_t> maximum;
    double spread = 0.5;        // 0 = every parent about the same, 1 = a few parents with very many
    bool operator==(const PerParent&) const = default;
};

struct RowCount {
    std::optional<std::int64_t> rows;      // a number, or …
    std::optional<PerParent> per_parent;   // … so many per parent
    bool exact = false;  // asked for by the table's name: exactly that many, or an error
    // More were asked for, of every table; the planner took fewer, since the table names so many things in life.
    std::optional<std::int64_t> instead_of{};
    bool operator==(const RowCount&) const = default;
};

// Rows of one parent stand together, in the order of their parents; the count stays the table's own.
struct Layout {
    std::string foreign_key;
    std::int64_t minimum = 0;
    std::optional<std::int64_t> maximum;
    double spread = 0.5;
    bool operator==(const Layout&) const = default;
};

struct Override {
    std::string when;  // SQL condition; empty = always
    std::vector<std::pair<std::string, std::string>> set;  // column → SQL
    std::optional<double> share;  // of the rows where `when` holds; exact by rank. None = all
    bool operator==(const Override&) const = default;
};

struct TablePlan {
    std::string table;  // display name
    RowCount rows;
    std::optional<Layout> layout;
    std::vector<ColumnPlan> columns;  // generated (GENERATED ALWAYS AS) columns have none
    std::vector<std::string> rules;
    std::vector<std::string> preferences;  // like rules, but given up for a row that a few draws do not find
    std::vector<Override> overrides;

    const ColumnPlan* find(std::string_view column) const;
    ColumnPlan* find(std::string_view column);
    bool operator==(const TablePlan&) const = default;
};

// Rows of values that belong together: a dish, its cuisine, its price.
struct Pool {
    std::vector<std::string> fields;
    std::vector<std::vector<Json>> rows;
    std::vector<double> weights;  // empty = all alike
    bool operator==(const Pool&) const = default;
};

struct Plan {
    int engine = 0;  // version of the engine it was written for; 0 = this one
    std::uint64_t seed = 1;
    std::string as_of;   // YYYY-MM-DD
    std::string locale;  // of people, places and words: "en_US"
    std::map<std::string, Pool> pools;
    std::vector<TablePlan> tables;

    const TablePlan* find(std::string_view table) const;
    TablePlan* find(std::string_view table);
    bool operator==(const Plan&) const = default;
};

// Reads and validates the text of a plan against its schema. All errors that can be found are reported at once
// (the first as the Error, the others as its notes).
Result<Plan> read(std::string_view json_text, const std::string& file_name, const schema::Schema& schema);

// Validates a plan made in memory; the same rules.
Status validate(const Plan& plan, const schema::Schema& schema);

// The stable, pretty, diffable form. read(write(p)) == p.
std::string write(const Plan& plan);

// JSON Schema (2020-12) of plans, made from the catalog; docs/plan.schema.json is its output.
std::string json_schema();

}  // namespace confab::plan
