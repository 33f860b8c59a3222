#include "planner/words/find.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace confab::planner::words {

namespace {

bool taken_at(const std::vector<Span>& taken, std::size_t i) {
    return std::any_of(taken.begin(), taken.end(), [&](const Span& span) { return span.contains(i); });
}

// Do the tokens from `at` on spell `words`? Returns the position behind them.
std::optional<std::size_t> spells(const std::vector<Token>& tokens, std::size_t at, const Words& words) {
    std::size_t matched = 0;
    while (matched < words.size()) {
        if (at >= tokens.size() || tokens[at].word == ",") return std::nullopt;
        const Words forms = forms_of(tokens[at].text);
        if (forms.empty() || forms.size() > words.size() - matched) return std::nullopt;
        if (!std::equal(forms.begin(), forms.end(), words.begin() + static_cast<std::ptrdiff_t>(matched))) return std::nullopt;
        matched += forms.size();
        ++at;
    }
    return at;
}

// A verb's or adverb's stem: "hired" and "hire", "salaries" and "salary", "shipped" and "ship".
std::string stem(std::string word) {
    for (const std::string_view end : {"ing", "ed", "es", "s", "e"}) {
        if (word.size() > end.size() + 2 && word.ends_with(end)) {
            word.resize(word.size() - end.size());
            break;
        }
    }
    if (word.size() > 3 && word[word.size() - 1] == word[word.size() - 2]) word.pop_back();
    return word;
}

Words label_words(std::string_view label) {
    Words words;
    for (const Token& token : tokens_of(label)) {
        for (const std::string_view piece : split(token.word, '_')) {
            for (const std::string_view each : split(piece, '-')) if (!each.empty()) words.emplace_back(each);
        }
    }
    return words;
}

}  // namespace

Words forms_of(std::string_view word) { return words_of(word); }

std::vector<std::string> allowed_values(const Draft& draft, const ColumnDraft& column) {
    if (column.base.kind == schema::TypeKind::enumeration) {
        const schema::Enumeration* labels = draft.schema->find_enumeration(column.base.user_type);
        if (labels != nullptr) return labels->labels;
    }
    return column.facts.one_of;
}

std::vector<TableMention> tables_in(const Draft& draft, const std::vector<Token>& tokens) {
    std::vector<TableMention> found;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        std::optional<TableMention> best;
        bool ambiguous = false;
        for (const TableDraft& table : draft.tables) {
            if (!table.planned || table.words.empty()) continue;
            // The whole name, or its last word where only one table has it.
            for (std::size_t skip = 0; skip < table.words.size(); ++skip) {
                const Words words(table.words.begin() + static_cast<std::ptrdiff_t>(skip), table.words.end());
                const auto end = spells(tokens, at, words);
                if (!end) continue;
                const TableMention mention{table.id, {at, *end}};
                const bool whole = skip == 0;
                if (!best || mention.span.to > best->span.to || (whole && mention.span.to == best->span.to)) {
                    best = mention;
                    ambiguous = false;
                    if (!whole) {
                        for (const TableDraft& other : draft.tables) ambiguous |= other.planned && other.id != table.id && ends_with(other.words, words);
                    }
                }
                break;
            }
        }
        if (!best) {
            // A synonym for the people of a table: "clients" for `customers`.
            const Words forms = forms_of(tokens[at].text);
            const Entity* entity = find_entity(forms);
            const TableDraft* only = nullptr;
            for (const TableDraft& table : draft.tables) {
                if (!table.planned || entity == nullptr || table.entity != entity || table.words.size() != 1) continue;
                ambiguous |= only != nullptr;
                only = &table;
            }
            if (only != nullptr && forms.size() == 1) best = TableMention{only->id, {at, at + 1}};
        }
        if (!best || ambiguous) continue;
        found.push_back(*best);
        at = best->span.to - 1;
    }
    return found;
}

std::vector<ColumnMention> columns_in(const Draft& draft, const std::vector<Token>& tokens, std::optional<schema::TableId> within, const std::vector<Span>& taken) {
    std::vector<ColumnMention> found;
    for (const TableDraft& table : draft.tables) {
        if (!table.planned || (within && *within != table.id)) continue;
        for (const ColumnDraft& column : table.columns) {
            if (column.generated()) continue;
            for (std::size_t at = 0; at < tokens.size(); ++at) {
                if (taken_at(taken, at) || tokens[at].quoted) continue;
                int best = 0;
                std::size_t end_of_best = at;
                for (std::size_t skip = 0; skip < column.words.size(); ++skip) {
                    const Words words(column.words.begin() + static_cast<std::ptrdiff_t>(skip), column.words.end());
                    const auto end = spells(tokens, at, words);
                    if (!end) continue;
                    best = static_cast<int>(words.size()) * 10 - static_cast<int>(skip) * 2;
                    if (words.size() == 1 && skip > 0 && (words[0] == "date" || words[0] == "name" || words[0] == "id" || words[0] == "number" || words[0] == "type" || words[0] == "at")) best = 0;
                    end_of_best = *end;
                    break;
                }
                const Words forms = forms_of(tokens[at].text);
                // `price` means `unit_price`, `hired` means `hire_date`, `salaries` the column whose role is salary.
                if (best == 0 && !forms.empty() && tokens[at].text.size() > 2 && !is_filler(tokens[at].word)) {
                    const std::string wanted = stem(forms.back());
                    for (const std::string& word : column.words) {
                        if (word.size() > 2 && stem(word) == wanted) best = std::max(best, 6);
                    }
                    if (!column.role.empty() && column.role == forms.back()) best = std::max(best, 7);
                    end_of_best = at + 1;
                }
                if (best > 0) found.push_back({table.id, column.id, {at, end_of_best}, best});
            }
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const ColumnMention& a, const ColumnMention& b) { return a.score > b.score; });
    return found;
}

std::vector<ValueMention> values_in(const Draft& draft, const plan::Plan& plan, const std::vector<Token>& tokens, std::optional<schema::TableId> within, const std::vector<Span>& taken) {
    std::vector<ValueMention> found;
    for (const TableDraft& table : draft.tables) {
        if (!table.planned || (within && *within != table.id)) continue;
        const plan::TablePlan* planned = plan.find(table.name());
        for (const ColumnDraft& column : table.columns) {
            if (column.type_class != 't' || column.generated()) continue;
            std::set<std::string> values;
            for (const std::string& value : allowed_values(draft, column)) values.insert(value);
            if (const plan::ColumnPlan* entry = planned != nullptr ? planned->find(column.name()) : nullptr; entry != nullptr && values.empty()) {
                std::vector<const Json*> open = {&entry->generator.parameters};
                while (!open.empty()) {
                    const Json& json = *open.back();
                    open.pop_back();
                    if (json.contains("values") && json["values"].is_array()) for (const Json& value : json["values"]) if (value.is_string()) values.insert(value.get<std::string>());
                    if (json.contains("else")) open.push_back(&json["else"]);
                    if (json.contains("cases")) for (const Json& each : json["cases"]) open.push_back(&each["then"]);
                }
            }
            for (const std::string& value : values) {
                const Words words = label_words(value);
                if (words.empty()) continue;
                for (std::size_t at = 0; at < tokens.size(); ++at) {
                    if (taken_at(taken, at)) continue;
                    std::size_t i = at, matched = 0;
                    while (i < tokens.size() && matched < words.size()) {
                        Words token = label_words(tokens[i].text);
                        if (token.size() == 1 && token[0] == "canceled") token[0] = "cancelled";
                        const auto same = [&](const std::string& a, const std::string& b) { return a == b || singular(a) == singular(b) || (a == "canceled" && b == "cancelled") || (a == "cancelled" && b == "canceled"); };
                        if (token.empty() || token.size() > words.size() - matched || !std::equal(token.begin(), token.end(), words.begin() + static_cast<std::ptrdiff_t>(matched), same)) break;
                        matched += token.size();
                        ++i;
                    }
                    if (matched == words.size()) found.push_back({table.id, column.id, Json(value), {at, i}});
                }
            }
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const ValueMention& a, const ValueMention& b) { return a.span.to - a.span.from > b.span.to - b.span.from; });
    return found;
}

}  // namespace confab::planner::words
