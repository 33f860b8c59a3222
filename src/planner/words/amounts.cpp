// How many rows, which part of them, how many NULLs.
#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "plan/foreign_key.hpp"
#include "planner/words/clause.hpp"

namespace confab::planner::words {

namespace {

constexpr std::string_view every_class = "tinfdmhbujvxao";

// The words besides numbers, tables and fillers: when there are any, the clause says more than a count.
bool says_only(const Clause& clause, std::initializer_list<std::string_view> allowed) {
    const std::vector<Span> spans = clause.table_spans();
    for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
        const Token& token = clause.tokens[i];
        const bool in_table = std::any_of(spans.begin(), spans.end(), [&](const Span& span) { return span.contains(i); });
        if (in_table || (token.number && !token.percent) || is_filler(token.word)) continue;
        if (std::find(allowed.begin(), allowed.end(), token.word) != allowed.end()) continue;
        return false;
    }
    return true;
}

std::optional<std::size_t> key_between(const Draft& draft, schema::TableId child, schema::TableId parent) {
    const auto& keys = draft.schema->tables[child].foreign_keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].parent == parent) return i;
    }
    return std::nullopt;
}

void remove_value(Json& parameters, const Json& value) {
    if (parameters.contains("values") && parameters["values"].is_array()) {
        Json values = Json::array(), weights = Json::array();
        for (std::size_t i = 0; i < parameters["values"].size(); ++i) {
            if (parameters["values"][i] == value) continue;
            values.push_back(parameters["values"][i]);
            weights.push_back(parameters.contains("weights") ? parameters["weights"][i] : Json(1));
        }
        if (!values.empty()) {
            parameters["values"] = values;
            parameters["weights"] = weights;
        }
    }
    if (parameters.contains("cases")) for (Json& each : parameters["cases"]) remove_value(each["then"], value);
    if (parameters.contains("else")) remove_value(parameters["else"], value);
}

bool is_missing_word(std::string_view word) { return word == "missing" || word == "null" || word == "nulls" || word == "empty" || word == "blank" || word == "unknown"; }

// "inactive", "not verified", "unpaid": a word that says false of a boolean column.
std::optional<std::pair<ColumnMention, bool>> boolean_in(const Editing& editing, const Clause& clause) {
    for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
        std::string word = clause.tokens[i].word;
        bool value = true;
        if (i > 0 && (clause.tokens[i - 1].word == "not" || clause.tokens[i - 1].word == "non")) value = false;
        for (int attempt = 0; attempt < 2; ++attempt) {
            for (const TableDraft& table : editing.draft.tables) {
                if (!table.planned || (clause.table() && table.id != *clause.table()) || (!clause.table() && editing.about && table.id != *editing.about)) continue;
                for (const ColumnDraft& column : table.columns) {
                    if (column.type_class != 'b' || column.words.empty() || column.generated()) continue;
                    const bool names = column.words.back() == word || column.words.back() == singular(word);
                    if (names) return std::pair(ColumnMention{table.id, column.id, {i, i + 1}, 10}, value);
                }
            }
            if (word.size() > 4 && (word.starts_with("in") || word.starts_with("un"))) {
                word = word.substr(2);
                value = !value;
            } else break;
        }
    }
    return std::nullopt;
}

}  // namespace

bool set_row_counts(Editing& editing, const Clause& clause) {
    const std::vector<std::size_t> numbers = clause.numbers(false);
    if (numbers.size() != 1 || !clause.numbers(true).empty() ? clause.tokens.empty() || numbers.empty() || clause.has_any({"%"}) : false) return false;
    if (numbers.size() != 1) return false;
    const double number = *clause.tokens[numbers[0]].number;
    if (number < 0) return false;
    const bool per = clause.has_any({"per", "each", "every"});
    const bool everywhere = clause.has_any({"table", "tables"}) && clause.tables.empty();
    if (everywhere && says_only(clause, {"row", "record", "entry", "records", "entries", "per", "each", "every", "table", "tables", "all"})) {
        for (plan::TablePlan& table : editing.plan.tables) table.rows = plan::RowCount{static_cast<std::int64_t>(number), std::nullopt, false};
        return true;
    }
    if (clause.tables.empty() || !says_only(clause, {"row", "record", "records", "entry", "entries", "per", "each", "every", "=", ":", "average", "least", "table"})) return false;
    if (per && clause.tables.size() >= 2) {
        // "3 items per order", "each order has 3 items".
        schema::TableId child = clause.tables[0].table, parent = clause.tables[1].table;
        if (!key_between(editing.draft, child, parent)) std::swap(child, parent);
        const auto key = key_between(editing.draft, child, parent);
        if (!key) return false;
        plan::PerParent count;
        count.foreign_key = plan::name_of_foreign_key(editing.draft.schema->tables[child], *key);
        count.mean = number;
        count.minimum = number >= 1 ? 1 : 0;
        count.spread = 0.4;
        plan::TablePlan& table = planned_table(editing, child);
        table.rows = plan::RowCount{std::nullopt, count, true};
        if (table.layout && table.layout->foreign_key != count.foreign_key) table.layout.reset();
        editing.about = child;
        return true;
    }
    if (clause.tables.size() != 1 || number != std::floor(number)) return false;
    planned_table(editing, clause.tables[0].table).rows = plan::RowCount{static_cast<std::int64_t>(number), std::nullopt, true};
    editing.about = clause.tables[0].table;
    return true;
}

bool set_nulls(Editing& editing, const Clause& clause) {
    const bool missing = std::any_of(clause.tokens.begin(), clause.tokens.end(), [](const Token& token) { return !token.quoted && is_missing_word(token.word); });
    if (!missing) return false;
    const auto column = best_column(editing, clause, every_class);
    const bool none = clause.has_any({"no", "never", "not", "without", "non", "zero"});
    if (!column) {
        if (!none || !says_only(clause, {"no", "never", "not", "without", "null", "nulls", "missing", "empty", "anywhere", "column", "columns"})) return false;
        for (plan::TablePlan& table : editing.plan.tables) {
            if (clause.table() && table.table != editing.draft.tables[*clause.table()].name()) continue;
            for (plan::ColumnPlan& each : table.columns) each.nulls = 0;
        }
        return true;
    }
    const ColumnDraft& draft = column_of(editing, column->table, column->column);
    plan::ColumnPlan* planned = planned_column(editing, column->table, column->column);
    if (planned == nullptr) return false;
    double share = 1;
    if (const auto percents = clause.numbers(true); !percents.empty()) share = *clause.tokens[percents[0]].number / 100;
    if (none) share = 0;
    // "no nulls in phone", of no table in particular: every column of that name.
    if (none && !clause.table() && !editing.about) {
        for (const TableDraft& table : editing.draft.tables) {
            for (const ColumnDraft& same : table.columns) {
                if (same.name() != draft.name()) continue;
                if (plan::ColumnPlan* each = planned_column(editing, table.id, same.id)) {
                    each->nulls = 0;
                    forget_overrides(planned_table(editing, table.id), same.name());
                    if (each->generator.parameters.contains("otherwise")) each->generator.parameters["otherwise"] = "minimum";
                }
            }
        }
        return true;
    }
    editing.about = column->table;
    if (share > 0 && !draft.nullable()) {
        editing.notes.push_back(name_of(editing, column->table, column->column) + " is NOT NULL: it cannot be missing");
        editing.refused = true;
        return true;
    }
    planned->nulls = share;
    forget_overrides(planned_table(editing, column->table), draft.name());
    if (planned->generator.parameters.contains("otherwise") && share == 0) planned->generator.parameters["otherwise"] = "minimum";
    return true;
}

bool set_share(Editing& editing, const Clause& clause) {
    const auto percents = clause.numbers(true);
    const bool no = clause.has("no") && percents.empty();
    if (percents.size() != 1 && !no) return false;
    const double share = no ? 0 : *clause.tokens[percents[0]].number / 100;
    if (share > 1) return false;
    const std::optional<schema::TableId> within = clause.table() ? clause.table() : editing.about;
    std::vector<ValueMention> values = values_in(editing.draft, editing.plan, clause.tokens, within, {});
    if (values.empty() && !clause.table()) values = values_in(editing.draft, editing.plan, clause.tokens, std::nullopt, {});
    schema::TableId table = 0;
    schema::ColumnId column = 0;
    Json value;
    if (!values.empty()) {
        table = values[0].table;
        column = values[0].column;
        value = values[0].value;
    } else if (const auto flag = boolean_in(editing, clause)) {
        table = flag->first.table;
        column = flag->first.column;
        if (plan::ColumnPlan* planned = planned_column(editing, table, column)) {
            forget_overrides(planned_table(editing, table), planned->column);
            planned->generator = {"boolean", {{"true", flag->second ? share : 1 - share}}};
            planned->nulls = 0;
            editing.about = table;
            return true;
        }
        return false;
    } else {
        // "30 % of orders have status lost": a value that the column does not know.
        const auto named = best_column(editing, clause, "tinf", clause.table_spans());
        if (!named || clause.tokens.empty()) return false;
        const Token& last = clause.tokens.back();
        if (named->span.contains(clause.tokens.size() - 1) || last.percent) return false;
        std::string why;
        const ColumnDraft& draft = column_of(editing, named->table, named->column);
        const auto made = value_for(editing, draft, last.text, why);
        if (!made) {
            editing.notes.push_back(name_of(editing, named->table, named->column) + ": " + why);
            editing.refused = true;
            return true;
        }
        table = named->table;
        column = named->column;
        value = *made;
    }
    plan::ColumnPlan* planned = planned_column(editing, table, column);
    if (planned == nullptr) return false;
    const ColumnDraft& draft = column_of(editing, table, column);
    plan::TablePlan& target = planned_table(editing, table);
    const bool whole = share >= 1;
    if (!whole) remove_value(planned->generator.parameters, value);
    std::erase_if(target.overrides, [&](const plan::Override& change) { return change.share && change.set.size() == 1 && change.set[0].first == draft.name() && change.set[0].second == literal_of(draft, value); });
    if (whole) {
        planned->generator = {"constant", {{"value", value}}};
        planned->nulls = 0;
    } else if (share > 0) {
        target.overrides.push_back({"", {{draft.name(), literal_of(draft, value)}}, share});
    }
    editing.about = table;
    return true;
}

bool set_unique(Editing& editing, const Clause& clause) {
    if (!clause.has_any({"unique", "distinct", "different"})) return false;
    const auto column = best_column(editing, clause, every_class);
    if (!column) return false;
    if (plan::ColumnPlan* planned = planned_column(editing, column->table, column->column)) planned->unique = true;
    editing.about = column->table;
    return true;
}

}  // namespace confab::planner::words
