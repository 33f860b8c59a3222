// How many rows: of a table, of every table, for each row of a parent.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "base/text.hpp"
#include "plan/foreign_key.hpp"
#include "planner/words/clause.hpp"

namespace confab::planner::words {

namespace {

std::optional<std::size_t> key_between(const Draft& draft, schema::TableId child, schema::TableId parent) {
    const auto& keys = draft.schema->tables[child].foreign_keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].parent == parent) return i;
    }
    return std::nullopt;
}

struct Counts {
    double low = 0, high = 0;
    bool at_least = false, at_most = false;
    bool range() const { return high > low; }
    double mean() const {
        if (at_least) return low * 1.5;
        if (at_most) return std::max(1.0, std::floor(high * 0.5));
        return (low + high) / 2;
    }
};

// "3", "about 3", "at least 3", "up to 5", "2 to 4", "between 2 and 4".
std::optional<Counts> counts_in(Clause& clause) {
    const std::vector<std::size_t> at = clause.numbers(false);
    if (at.empty() || at.size() > 2) return std::nullopt;
    Counts counts;
    counts.low = counts.high = *clause.tokens[at[0]].number;
    if (at.size() == 2) {
        if (at[1] != at[0] + 2 || !clause.word_at(at[0] + 1, {"to", "-", "and", "or"})) return std::nullopt;
        counts.high = *clause.tokens[at[1]].number;
        if (counts.high < counts.low) return std::nullopt;
        clause.use_words({"between", "from"});
    } else {
        const auto phrase = [&](std::initializer_list<std::string_view> second) {
            return clause.word_at(at[0] - 1, second) && (clause.use(at[0] - 1), true);
        };
        if (at[0] > 0) {
            counts.at_least = clause.has("least") && phrase({"least"});
            counts.at_most = clause.has_any({"most", "up", "maximum"}) &&
                             (phrase({"most", "maximum"}) ||
                              (clause.word_at(at[0] - 1, "to") && clause.use_words({"up"})));
            if (clause.word_at(at[0] - 1,
                               {"about", "around", "roughly", "approximately", "exactly", "average", "~"}))
                clause.use(at[0] - 1);
        }
    }
    clause.use({at.front(), at.back() + 1});
    return counts;
}

void set_per_parent(Editing& editing, schema::TableId child, std::size_t key, const Counts& counts) {
    const schema::Table& declared = editing.draft.schema->tables[child];
    plan::PerParent per;
    per.foreign_key = plan::name_of_foreign_key(declared, key);
    per.mean = counts.mean();
    per.minimum = counts.range() || counts.at_least    ? static_cast<std::int64_t>(counts.low)
                  : counts.low >= 1 && !counts.at_most ? 1
                                                       : 0;
    if (counts.range() || counts.at_most) per.maximum = static_cast<std::int64_t>(counts.high);
    per.spread = 0.4;
    plan::TablePlan& table = planned_table(editing, child);
    table.rows = plan::RowCount{std::nullopt, per, true};
    if (table.layout && table.layout->foreign_key != per.foreign_key) table.layout.reset();
    const std::string parent = editing.draft.tables[declared.foreign_keys[key].parent].name();
    std::string many = "about " + shown(counts.low);
    if (counts.range()) many = shown(counts.low) + " to " + shown(counts.high);
    if (counts.at_least) many = "at least " + shown(counts.low);
    if (counts.at_most) many = "at most " + shown(counts.high);
    editing.understood.push_back(fmt::format("{}: {} for each row of {}", table.table, many, parent));
    editing.about = child;
}

// "3 items per order", "each order has 3 items", "5 orders each" after "100 customers".
bool count_per_parent(Editing& editing, Clause& clause, const Counts& counts) {
    if (!clause.use_words({"per", "each", "every"}) || clause.tables.empty() || clause.tables.size() > 2)
        return false;
    clause.use_tables();
    clause.use_words({"row", "rows", "on", "average"});
    if (!clause.accounted()) return false;
    schema::TableId child = clause.tables[0].table;
    std::optional<schema::TableId> parent = editing.about;
    if (clause.tables.size() == 2) parent = clause.tables[1].table;
    if (!parent || *parent == child) return false;
    if (!key_between(editing.draft, child, *parent)) std::swap(child, *parent);
    const auto key = key_between(editing.draft, child, *parent);
    if (!key || counts.low < 0) return false;
    set_per_parent(editing, child, *key, counts);
    return true;
}

// "twice as many orders as customers", "10 times as many orders as customers".
bool count_by_ratio(Editing& editing, Clause& clause) {
    if (clause.tables.size() != 2 || !clause.has("many")) return false;
    std::optional<double> factor;
    for (const auto& [word, number] : {std::pair("twice", 2.0), {"double", 2.0}, {"thrice", 3.0}}) {
        if (clause.use_words({word})) factor = number;
    }
    if (clause.has("times")) {
        const auto at = clause.numbers(false);
        if (at.size() == 1) factor = *clause.tokens[at[0]].number;
        if (at.size() == 1) clause.use(at[0]);
        clause.use_words({"times"});
    }
    if (!factor) return false;
    clause.use_words({"many", "than"});
    clause.use_tables();
    const auto key = key_between(editing.draft, clause.tables[0].table, clause.tables[1].table);
    if (!clause.accounted() || !key) return false;
    Counts counts;
    counts.low = counts.high = *factor;
    set_per_parent(editing, clause.tables[0].table, *key, counts);
    return true;
}

// "1000 rows", "500 rows in each table".
bool count_everywhere(Editing& editing, Clause& clause, const Counts& counts) {
    if (!clause.tables.empty() || counts.range() || counts.low != std::floor(counts.low) || counts.low < 0)
        return false;
    if (!clause.use_words({"row", "rows", "record", "records", "entries"})) return false;
    clause.use_words({"per", "each", "every", "table", "tables", "all", "everywhere"});
    if (!clause.accounted()) return false;
    for (plan::TablePlan& table : editing.plan.tables)
        table.rows = plan::RowCount{static_cast<std::int64_t>(counts.low), std::nullopt, false};
    editing.understood.push_back(
        fmt::format("every table: {} rows, fewer where a key allows fewer", shown(counts.low)));
    return true;
}

// "5000 orders", "orders: 5000", "the orders table has 5000 rows". Not "orders in 2024".
bool count_table(Editing& editing, Clause& clause, const Counts& counts) {
    if (clause.tables.size() != 1 || counts.range() || counts.at_least || counts.at_most) return false;
    if (counts.low != std::floor(counts.low) || counts.low < 0) return false;
    const std::size_t number = clause.numbers(false).front();
    const Span table = clause.tables[0].span;
    const bool rows = clause.use_words({"row", "rows", "record", "records", "entries"});
    const bool stated = number > 0 && clause.word_at(number - 1, {":", "="});
    if (number > table.from && !rows && !stated) return false;
    clause.use_tables();
    clause.use_words({"table", "different", "total", "about", "around", "exactly"});
    if (!clause.accounted()) return false;
    plan::TablePlan& planned = planned_table(editing, clause.tables[0].table);
    planned.rows = plan::RowCount{static_cast<std::int64_t>(counts.low), std::nullopt, true};
    editing.understood.push_back(fmt::format("{}: {} rows", planned.table, shown(counts.low)));
    editing.about = clause.tables[0].table;
    return true;
}

}  // namespace

bool set_row_counts(Editing& editing, Clause& clause) {
    if (count_by_ratio(editing, clause)) return true;
    using Reading = bool (*)(Editing&, Clause&, const Counts&);
    for (const Reading reading :
         {Reading(count_per_parent), Reading(count_everywhere), Reading(count_table)}) {
        clause.forget();
        const auto counts = counts_in(clause);
        if (counts && reading(editing, clause, *counts)) return true;
    }
    return false;
}

}  // namespace confab::planner::words
