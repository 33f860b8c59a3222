#include "planner/words/clause.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"

namespace confab::planner::words {

bool Clause::has(std::string_view word) const { return find(word).has_value(); }

bool Clause::has_any(std::initializer_list<std::string_view> list) const {
    return std::any_of(list.begin(), list.end(), [&](std::string_view word) { return has(word); });
}

std::optional<std::size_t> Clause::find(std::string_view word) const {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!tokens[i].quoted && tokens[i].word == word) return i;
    }
    return std::nullopt;
}

std::vector<std::size_t> Clause::numbers(bool percent) const {
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].number && tokens[i].percent == percent && !tokens[i].quoted) at.push_back(i);
    }
    return at;
}

std::vector<Span> Clause::table_spans() const {
    std::vector<Span> spans;
    for (const TableMention& mention : tables) spans.push_back(mention.span);
    return spans;
}

Clause clause_of(const Draft& draft, std::string text) {
    Clause clause;
    clause.tokens = tokens_of(text);
    clause.tables = tables_in(draft, clause.tokens);
    clause.text = std::move(text);
    return clause;
}

plan::TablePlan& planned_table(Editing& editing, schema::TableId table) { return *editing.plan.find(editing.draft.tables[table].name()); }

plan::ColumnPlan* planned_column(Editing& editing, schema::TableId table, schema::ColumnId column) {
    plan::TablePlan* planned = editing.plan.find(editing.draft.tables[table].name());
    return planned == nullptr ? nullptr : planned->find(editing.draft.tables[table].columns[column].name());
}

const ColumnDraft& column_of(const Editing& editing, schema::TableId table, schema::ColumnId column) { return editing.draft.tables[table].columns[column]; }

std::string name_of(const Editing& editing, schema::TableId table, schema::ColumnId column) {
    return editing.draft.tables[table].name() + "." + editing.draft.tables[table].columns[column].name();
}

std::optional<ColumnMention> best_column(const Editing& editing, const Clause& clause, std::string_view type_classes, const std::vector<Span>& also_taken) {
    std::vector<Span> taken = also_taken;
    const auto choose = [&](std::optional<schema::TableId> within) -> std::optional<ColumnMention> {
        std::optional<ColumnMention> best;
        for (const ColumnMention& mention : columns_in(editing.draft, clause.tokens, within, taken)) {
            const ColumnDraft& column = column_of(editing, mention.table, mention.column);
            if (type_classes.find(column.type_class) == std::string_view::npos || column.base.is_array()) continue;
            if (column.role == "id" || !column.foreign_keys.empty()) continue;
            if (!best || mention.score > best->score) best = mention;
        }
        return best;
    };
    for (const TableMention& mention : clause.tables) {
        if (const auto best = choose(mention.table)) return best;
    }
    if (clause.tables.empty() && editing.about) {
        if (const auto best = choose(editing.about)) return best;
    }
    return choose(std::nullopt);
}

std::optional<Json> value_for(const Editing& editing, const ColumnDraft& column, const std::string& text, std::string& why) {
    const std::vector<std::string> allowed = allowed_values(editing.draft, column);
    const bool number = column.type_class == 'i' || column.type_class == 'n' || column.type_class == 'f';
    if (!allowed.empty()) {
        for (const std::string& value : allowed) {
            const auto plain = [](const std::string& each) {
                std::string out = fold_case(each);
                std::replace(out.begin(), out.end(), '_', ' ');
                std::replace(out.begin(), out.end(), '-', ' ');
                return out;
            };
            if (plain(value) == plain(text) || (plain(value) == "cancelled" && plain(text) == "canceled") || (plain(value) == "canceled" && plain(text) == "cancelled"))
                return number ? Json::parse(value, nullptr, false) : Json(value);
        }
        why = "\"" + text + "\" is not among its values: " + enumerate(allowed, "or");
        return std::nullopt;
    }
    if (column.type_class == 'b') {
        const std::string word = lower_ascii(text);
        if (word == "true" || word == "yes" || word == "on") return Json(true);
        if (word == "false" || word == "no" || word == "off") return Json(false);
        why = "it is true or false";
        return std::nullopt;
    }
    if (!number) return Json(text);
    const std::vector<Token> tokens = tokens_of(text);
    if (tokens.size() != 1 || !tokens[0].number) {
        why = "\"" + text + "\" is not a number";
        return std::nullopt;
    }
    const double value = *tokens[0].number;
    if ((column.facts.lower && value < *column.facts.lower) || (column.facts.upper && value > *column.facts.upper)) {
        why = text + " is outside what its CHECK allows";
        return std::nullopt;
    }
    if (value == std::floor(value)) return Json(static_cast<std::int64_t>(value));
    if (column.type_class == 'i') {
        why = text + " is not a whole number";
        return std::nullopt;
    }
    return Json(value);
}

std::string literal_of(const ColumnDraft& column, const Json& value) {
    (void)column;
    if (value.is_string()) return schema::quoted_literal(value.get<std::string>());
    if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
    return value.dump();
}

void forget_overrides(plan::TablePlan& table, const std::string& column) {
    for (plan::Override& change : table.overrides) std::erase_if(change.set, [&](const auto& each) { return each.first == column; });
    std::erase_if(table.overrides, [](const plan::Override& change) { return change.set.empty(); });
}

}  // namespace confab::planner::words
