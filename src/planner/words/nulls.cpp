// How often a column is empty, and unique columns.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "planner/words/clause.hpp"

namespace confab::planner::words {

namespace {

constexpr std::string_view every_class = "tinfdmhbujvxao";

// What a clause says of presence: the share of the rows in which the column is empty.
std::optional<double> empty_share(Clause& clause) {
    double share = 1;
    bool stated = false;
    for (const std::size_t at : clause.numbers(true)) {
        if (stated) return std::nullopt;
        share = *clause.tokens[at].number / 100;
        stated = true;
        clause.use(at);
    }
    if (clause.use_words({"each", "always"})) stated = true;
    const bool missing = clause.use_words({"missing", "null", "nulls", "empty", "blank", "unknown", "absent",
                                           "lack", "lacks", "lacking", "omitted"});
    const bool present = clause.use_words(
        {"filled", "present", "required", "mandatory", "given", "known", "provided", "complete"});
    const bool has = clause.has_any({"have", "has", "having", "with"});
    bool absent = missing;
    int denials = 0;
    for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
        if (!clause.word_at(i, {"no", "never", "not", "without", "non", "none", "nothing", "avoid"}))
            continue;
        clause.use(i);
        ++denials;
    }
    if (!missing && denials > 0 && !present) {
        // "10 % of customers have no phone", "no customer without phone".
        absent = true;
        --denials;
        if (!has && !clause.has("without")) return std::nullopt;
    } else if (!missing && !present && !(has && stated && !clause.tables.empty())) {
        return std::nullopt;
    }
    clause.use_words({"in", "out", "allowed", "never", "always", "filled", "completely", "anywhere", "at",
                      "all", "left", "ever"});
    if (denials > 1 || (denials == 1 && !absent)) return std::nullopt;
    // "never missing": none is; "30 % are not missing": the others are.
    if (denials == 1) share = stated && share < 1 ? 1 - share : 0;
    return absent ? share : 1 - share;
}

void set_share_of_nulls(Editing& editing, const ColumnMention& mention, double share) {
    plan::ColumnPlan* planned = planned_column(editing, mention.table, mention.column);
    if (planned == nullptr) return;
    planned->nulls = share;
    forget_overrides(planned_table(editing, mention.table), planned->column);
    if (planned->generator.parameters.contains("otherwise") && share == 0)
        planned->generator.parameters["otherwise"] = "minimum";
    const std::string name = name_of(editing, mention.table, mention.column);
    if (share == 0)
        editing.understood.push_back(name + ": never empty");
    else
        editing.understood.push_back(fmt::format("{}: empty in {} % of the rows", name, shown(share * 100)));
}

bool no_nulls_anywhere(Editing& editing, Clause& clause, double share) {
    clause.use_tables();
    clause.use_words({"anywhere", "columns", "fields", "all", "every", "table", "tables"});
    if (share != 0 || !clause.accounted()) return false;
    for (plan::TablePlan& table : editing.plan.tables) {
        if (clause.table() && table.table != editing.draft.tables[*clause.table()].name()) continue;
        for (plan::ColumnPlan& each : table.columns) {
            if (each.generator.kind == "reference" || each.generator.parameters.contains("otherwise") ||
                each.generator.kind == "after")
                continue;
            each.nulls = 0;
        }
        editing.understood.push_back(table.table +
                                     ": nothing is empty but what states and references leave open");
    }
    return true;
}

}  // namespace

bool set_nulls(Editing& editing, Clause& clause) {
    const auto share = empty_share(clause);
    if (!share) return false;
    std::vector<ColumnMention> columns = best_columns(editing, clause, every_class, clause.table_spans());
    if (columns.empty()) columns = best_columns(editing, clause, every_class);
    if (columns.empty()) return no_nulls_anywhere(editing, clause, *share);
    clause.use_tables();
    for (const ColumnMention& each : columns) clause.use(each.span);
    clause.use_words({"number", "numbers", "address", "addresses", "columns", "fields"});
    if (!clause.accounted()) return false;
    // "no nulls in phone", of no table in particular: every column of that name; a share only where it can
    // be.
    const auto required = [&](const ColumnMention& each) {
        return !column_of(editing, each.table, each.column).nullable();
    };
    if (*share > 0 && !std::all_of(columns.begin(), columns.end(), required))
        std::erase_if(columns, required);
    for (const ColumnMention& each : columns) {
        if (*share > 0 && !column_of(editing, each.table, each.column).nullable()) {
            editing.refused.push_back(name_of(editing, each.table, each.column) +
                                      " is NOT NULL: it cannot be missing");
            continue;
        }
        set_share_of_nulls(editing, each, *share);
    }
    if (columns.size() == 1) editing.about = columns.front().table;
    return true;
}

bool set_unique(Editing& editing, Clause& clause) {
    if (!clause.use_words({"unique", "distinct", "different"})) return false;
    const auto column = best_column(editing, clause, every_class, clause.table_spans());
    if (!column) return false;
    clause.use_tables();
    clause.use(column->span);
    clause.use_universal();
    clause.use_words({"number", "numbers", "address", "addresses"});
    if (!clause.accounted()) return false;
    if (plan::ColumnPlan* planned = planned_column(editing, column->table, column->column))
        planned->unique = true;
    editing.understood.push_back(name_of(editing, column->table, column->column) + ": no value twice");
    editing.about = column->table;
    return true;
}

}  // namespace confab::planner::words
