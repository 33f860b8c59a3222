#include "planner/words/clause.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "base/text.hpp"

namespace confab::planner::words {

Clause::Clause(const Draft& draft, std::vector<Token> of_clause)
    : tokens(std::move(of_clause)), tables(tables_in(draft, tokens)), used_(tokens.size(), false) {}

bool Clause::has_any(std::initializer_list<std::string_view> list) const {
    return std::any_of(list.begin(), list.end(), [&](std::string_view word) { return has(word); });
}

std::optional<std::size_t> Clause::find(std::string_view word) const {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (word_at(i, word)) return i;
    }
    return std::nullopt;
}

bool Clause::word_at(std::size_t i, std::string_view word) const {
    return i < tokens.size() && !tokens[i].quoted && tokens[i].word == word;
}

bool Clause::word_at(std::size_t i, std::initializer_list<std::string_view> list) const {
    return std::any_of(list.begin(), list.end(), [&](std::string_view word) { return word_at(i, word); });
}

std::vector<std::size_t> Clause::numbers(bool percent) const {
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].number && tokens[i].percent == percent && !tokens[i].quoted && !in_table(i))
            at.push_back(i);
    }
    return at;
}

std::optional<schema::TableId> Clause::table() const {
    return tables.empty() ? std::nullopt : std::optional(tables.front().table);
}

std::vector<Span> Clause::table_spans() const {
    std::vector<Span> spans;
    for (const TableMention& mention : tables) spans.push_back(mention.span);
    return spans;
}

bool Clause::in_table(std::size_t i) const {
    return std::any_of(tables.begin(), tables.end(),
                       [&](const TableMention& each) { return each.span.contains(i); });
}

void Clause::use(Span span) {
    for (std::size_t i = span.from; i < span.to && i < used_.size(); ++i) used_[i] = true;
}

void Clause::use_tables() {
    for (const TableMention& mention : tables) use(mention.span);
}

bool Clause::use_words(std::initializer_list<std::string_view> list) {
    bool any = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!word_at(i, list)) continue;
        used_[i] = any = true;
    }
    return any;
}

void Clause::use_universal() {
    use_words({"all", "every", "each", "always", "only", "everywhere"});
}

bool Clause::accounted() const {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        if (!used_[i] && (token.quoted || token.number || token.date || !is_filler(token.word))) return false;
    }
    return true;
}

plan::TablePlan& planned_table(Editing& editing, schema::TableId table) {
    return *editing.plan.find(editing.draft.tables[table].name());
}

plan::ColumnPlan* planned_column(Editing& editing, schema::TableId table, schema::ColumnId column) {
    plan::TablePlan* planned = editing.plan.find(editing.draft.tables[table].name());
    return planned == nullptr ? nullptr : planned->find(editing.draft.tables[table].columns[column].name());
}

const ColumnDraft& column_of(const Editing& editing, schema::TableId table, schema::ColumnId column) {
    return editing.draft.tables[table].columns[column];
}

std::string name_of(const Editing& editing, schema::TableId table, schema::ColumnId column) {
    return editing.draft.tables[table].name() + "." + editing.draft.tables[table].columns[column].name();
}

std::vector<ColumnMention> best_columns(const Editing& editing, const Clause& clause,
                                        std::string_view type_classes, const std::vector<Span>& taken) {
    const auto choose = [&](std::optional<schema::TableId> within) {
        std::vector<ColumnMention> best;
        for (const ColumnMention& mention : columns_in(editing.draft, clause.tokens, within, taken)) {
            const ColumnDraft& column = column_of(editing, mention.table, mention.column);
            if (type_classes.find(column.type_class) == std::string_view::npos || column.base.is_array())
                continue;
            const plan::TablePlan* table = editing.plan.find(editing.draft.tables[mention.table].name());
            const plan::ColumnPlan* planned = table == nullptr ? nullptr : table->find(column.name());
            if (planned == nullptr || !column.foreign_keys.empty()) continue;
            if (planned->generator.kind == "sequence" || planned->generator.kind == "uuid") continue;
            if (!best.empty() && mention.score < best.front().score) break;
            const bool known = std::any_of(best.begin(), best.end(), [&](const ColumnMention& each) {
                return each.table == mention.table && each.column == mention.column;
            });
            if (!known) best.push_back(mention);
        }
        return best;
    };
    for (const TableMention& mention : clause.tables) {
        if (auto best = choose(mention.table); !best.empty()) return best;
    }
    if (!clause.tables.empty()) {
        // "prices of restaurants": of a table that refers to the one that is named, or that it refers to.
        auto best = choose(std::nullopt);
        std::erase_if(best, [&](const ColumnMention& each) {
            const auto refers = [&](schema::TableId from, schema::TableId to) {
                const auto& keys = editing.draft.schema->tables[from].foreign_keys;
                return std::any_of(keys.begin(), keys.end(),
                                   [&](const schema::ForeignKey& key) { return key.parent == to; });
            };
            return std::none_of(clause.tables.begin(), clause.tables.end(), [&](const TableMention& mention) {
                return refers(each.table, mention.table) || refers(mention.table, each.table);
            });
        });
        return best;
    }
    if (editing.about) {
        if (auto best = choose(editing.about); !best.empty()) return best;
    }
    return choose(std::nullopt);
}

std::optional<ColumnMention> best_column(const Editing& editing, const Clause& clause,
                                         std::string_view type_classes, const std::vector<Span>& taken) {
    const auto best = best_columns(editing, clause, type_classes, taken);
    return best.empty() ? std::nullopt : std::optional(best.front());
}

std::vector<ColumnMention> named_columns(const Editing& editing, const Clause& clause,
                                         std::string_view type_classes) {
    std::vector<ColumnMention> columns = best_columns(editing, clause, type_classes, clause.table_spans());
    if (columns.empty()) columns = best_columns(editing, clause, type_classes);
    const auto derived = [&](const ColumnMention& each) {
        const plan::TablePlan* table = editing.plan.find(editing.draft.tables[each.table].name());
        const plan::ColumnPlan* planned =
            table == nullptr ? nullptr : table->find(column_of(editing, each.table, each.column).name());
        return planned == nullptr || planned->generator.kind == "expression" ||
               planned->generator.kind == "aggregate";
    };
    if (!std::all_of(columns.begin(), columns.end(), derived)) std::erase_if(columns, derived);
    return columns;
}

void use_column(const Editing& editing, Clause& clause, const ColumnMention& mention) {
    clause.use(mention.span);
    const Words& table = editing.draft.tables[mention.table].words;
    for (std::size_t i = mention.span.from; i-- > 0;) {
        const Words forms = forms_of(clause.tokens[i].text);
        const bool of_table =
            forms.size() == 1 && std::find(table.begin(), table.end(), forms[0]) != table.end();
        if (!of_table || clause.tokens[i].quoted) break;
        clause.use(i);
    }
}

namespace {

std::string plain(const std::string& value) {
    std::string out = fold_case(value);
    std::replace(out.begin(), out.end(), '_', ' ');
    std::replace(out.begin(), out.end(), '-', ' ');
    return out == "canceled" ? "cancelled" : out;
}

}  // namespace

std::optional<Json> value_for(const Editing& editing, const ColumnDraft& column, const std::string& text,
                              std::string& why) {
    const std::vector<std::string> allowed = allowed_values(editing.draft, column);
    const bool number = column.type_class == 'i' || column.type_class == 'n' || column.type_class == 'f';
    if (!allowed.empty()) {
        for (const std::string& value : allowed) {
            if (plain(value) == plain(text)) return number ? Json::parse(value, nullptr, false) : Json(value);
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
    if (tokens.size() != 1 || !tokens[0].number || tokens[0].percent) {
        why = "\"" + text + "\" is not a number";
        return std::nullopt;
    }
    const double value = *tokens[0].number;
    if ((column.facts.lower && value < *column.facts.lower) ||
        (column.facts.upper && value > *column.facts.upper)) {
        why = text + " is outside what its CHECK allows";
        return std::nullopt;
    }
    if (value != std::floor(value) && column.type_class == 'i') {
        why = text + " is not a whole number";
        return std::nullopt;
    }
    return number_json(value);
}

std::string literal_of(const Json& value) {
    if (value.is_string()) return schema::quoted_literal(value.get<std::string>());
    if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
    return value.dump();
}

Json number_json(double value) {
    if (value == std::floor(value) && std::abs(value) < 9e15) return Json(static_cast<std::int64_t>(value));
    return Json(value);
}

std::string shown(double value) {
    if (value == std::floor(value) && std::abs(value) < 9e15)
        return grouped(static_cast<std::int64_t>(value));
    return fmt::format("{}", std::round(value * 100) / 100);
}

void forget_overrides(plan::TablePlan& table, const std::string& column) {
    for (plan::Override& change : table.overrides)
        std::erase_if(change.set, [&](const auto& each) { return each.first == column; });
    std::erase_if(table.overrides, [](const plan::Override& change) { return change.set.empty(); });
}

bool is_derived(Editing& editing, const ColumnMention& mention) {
    const plan::ColumnPlan* planned = planned_column(editing, mention.table, mention.column);
    if (planned == nullptr) return true;
    const std::string& kind = planned->generator.kind;
    if (kind != "expression" && kind != "aggregate") return false;
    const Json& parameters = planned->generator.parameters;
    const std::string sql = parameters.contains("sql") ? parameters["sql"].dump() : parameters.dump();
    editing.refused.push_back(name_of(editing, mention.table, mention.column) +
                              " follows from other columns (" + sql + "): say it of those");
    return true;
}

}  // namespace confab::planner::words
