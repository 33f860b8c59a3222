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
        if (!std::equal(forms.begin(), forms.end(), words.begin() + static_cast<std::ptrdiff_t>(matched)))
            return std::nullopt;
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

// "women" for `female` or `F`, "men" for `male` or `M`, of a column of genders.
std::string_view gender_of(std::string_view word) {
    static constexpr std::string_view female[] = {"woman", "women", "female", "females", "girls", "ladies"};
    static constexpr std::string_view male[] = {"man", "men", "male", "males", "boys", "gentlemen"};
    if (std::find(std::begin(female), std::end(female), word) != std::end(female)) return "f";
    return std::find(std::begin(male), std::end(male), word) != std::end(male) ? "m" : "";
}

// The last word of `hire_date` or `weight_kg` does not name the column by itself.
bool says_little(std::string_view word) {
    static constexpr std::string_view words[] = {"date", "name", "id",     "number", "type",
                                                 "at",   "on",   "kg",     "cm",     "mm",
                                                 "km",   "gram", "minute", "hour",   "code"};
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

Words label_words(std::string_view label) {
    Words words;
    for (const Token& token : tokens_of(label)) {
        for (const std::string_view piece : split(token.word, '_')) {
            for (const std::string_view each : split(piece, '-'))
                if (!each.empty()) words.emplace_back(each);
        }
    }
    return words;
}

}  // namespace

Words forms_of(std::string_view word) {
    return words_of(word);
}

std::vector<std::string> allowed_values(const Draft& draft, const ColumnDraft& column) {
    if (column.base.kind == schema::TypeKind::enumeration) {
        const schema::Enumeration* labels = draft.schema->find_enumeration(column.base.user_type);
        if (labels != nullptr) return labels->labels;
    }
    return column.facts.one_of;
}

namespace {

// The tables that the words from `at` on can mean: those whose whole name they spell, else those whose name
// ends so, else the one table of people that a synonym means ("clients" for `customers`).
std::vector<TableMention> candidates_at(const Draft& draft, const std::vector<Token>& tokens,
                                        std::size_t at) {
    std::vector<TableMention> best;
    bool best_whole = false;
    for (const TableDraft& table : draft.tables) {
        if (!table.planned || table.words.empty()) continue;
        for (std::size_t skip = 0; skip < table.words.size(); ++skip) {
            const Words words(table.words.begin() + static_cast<std::ptrdiff_t>(skip), table.words.end());
            const auto end = spells(tokens, at, words);
            if (!end) continue;
            const bool whole = skip == 0;
            const bool better = best.empty() || *end > best.front().span.to ||
                                (*end == best.front().span.to && whole && !best_whole);
            const bool alike = !best.empty() && *end == best.front().span.to && whole == best_whole;
            if (better) best.clear();
            if (better || alike) best.push_back({table.id, {at, *end}});
            if (better) best_whole = whole;
            break;
        }
    }
    if (!best.empty()) return best;
    const Words forms = forms_of(tokens[at].text);
    const Entity* entity = forms.size() == 1 ? find_entity(forms) : nullptr;
    for (const TableDraft& table : draft.tables) {
        if (table.planned && entity != nullptr && table.entity == entity && table.words.size() == 1)
            best.push_back({table.id, {at, at + 1}});
    }
    return best;
}

bool are_tied(const Draft& draft, schema::TableId one, schema::TableId other) {
    const auto refers = [&](schema::TableId from, schema::TableId to) {
        const auto& keys = draft.schema->tables[from].foreign_keys;
        return std::any_of(keys.begin(), keys.end(),
                           [&](const schema::ForeignKey& key) { return key.parent == to; });
    };
    return one != other && (refers(one, other) || refers(other, one));
}

}  // namespace

std::vector<TableMention> tables_in(const Draft& draft, const std::vector<Token>& tokens) {
    std::vector<std::vector<TableMention>> found;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (tokens[at].quoted || tokens[at].date || (tokens[at].number && !tokens[at].percent)) continue;
        std::vector<TableMention> candidates = candidates_at(draft, tokens, at);
        if (candidates.empty()) continue;
        at = candidates.front().span.to - 1;
        found.push_back(std::move(candidates));
    }
    std::vector<TableMention> mentions;
    for (std::vector<TableMention>& candidates : found) {
        // "items per order" are those of `order_items`, whatever other items there are.
        if (candidates.size() > 1) {
            std::erase_if(candidates, [&](const TableMention& candidate) {
                return std::none_of(found.begin(), found.end(), [&](const auto& other) {
                    return other.size() == 1 && are_tied(draft, candidate.table, other.front().table);
                });
            });
        }
        if (candidates.size() == 1) mentions.push_back(candidates.front());
    }
    return mentions;
}

std::vector<ColumnMention> columns_in(const Draft& draft, const std::vector<Token>& tokens,
                                      std::optional<schema::TableId> within, const std::vector<Span>& taken) {
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
                    const Words words(column.words.begin() + static_cast<std::ptrdiff_t>(skip),
                                      column.words.end());
                    const auto end = spells(tokens, at, words);
                    if (!end) continue;
                    best = static_cast<int>(words.size()) * 10 - static_cast<int>(skip) * 2;
                    if (words.size() == 1 && skip > 0 && says_little(words[0])) best = 0;
                    end_of_best = *end;
                    break;
                }
                const Words forms = forms_of(tokens[at].text);
                // `price` means `unit_price`, `hired` means `hire_date`, `salaries` the column whose role is
                // salary.
                if (best == 0 && !forms.empty() && tokens[at].text.size() > 2 &&
                    !is_filler(tokens[at].word)) {
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
    std::stable_sort(found.begin(), found.end(),
                     [](const ColumnMention& a, const ColumnMention& b) { return a.score > b.score; });
    return found;
}

std::vector<ValueMention> values_in(const Draft& draft, const plan::Plan& plan,
                                    const std::vector<Token>& tokens, std::optional<schema::TableId> within,
                                    const std::vector<Span>& taken) {
    std::vector<ValueMention> found;
    for (const TableDraft& table : draft.tables) {
        if (!table.planned || (within && *within != table.id)) continue;
        const plan::TablePlan* planned = plan.find(table.name());
        for (const ColumnDraft& column : table.columns) {
            if (column.type_class != 't' || column.generated()) continue;
            std::set<std::string> values;
            for (const std::string& value : allowed_values(draft, column)) values.insert(value);
            if (const plan::ColumnPlan* entry = planned != nullptr ? planned->find(column.name()) : nullptr;
                entry != nullptr && values.empty()) {
                std::vector<const Json*> open = {&entry->generator.parameters};
                while (!open.empty()) {
                    const Json& json = *open.back();
                    open.pop_back();
                    if (json.contains("values") && json["values"].is_array())
                        for (const Json& value : json["values"])
                            if (value.is_string()) values.insert(value.get<std::string>());
                    if (json.contains("else")) open.push_back(&json["else"]);
                    if (json.contains("cases"))
                        for (const Json& each : json["cases"]) open.push_back(&each["then"]);
                }
            }
            for (const std::string& value : values) {
                const Words words = label_words(value);
                if (words.empty()) continue;
                for (std::size_t at = 0; column.role == "gender" && at < tokens.size(); ++at) {
                    const std::string label = lower_ascii(value);
                    const std::string_view meant = taken_at(taken, at) ? "" : gender_of(tokens[at].word);
                    const bool woman = label == "w" || label == "woman" || label.starts_with("f");
                    const bool man = label == "man" || (label.starts_with("m") && !woman);
                    if ((meant == "f" && woman) || (meant == "m" && man))
                        found.push_back({table.id, column.id, Json(value), {at, at + 1}});
                }
                for (std::size_t at = 0; at < tokens.size(); ++at) {
                    if (taken_at(taken, at)) continue;
                    std::size_t i = at, matched = 0;
                    while (i < tokens.size() && matched < words.size()) {
                        Words token = label_words(tokens[i].text);
                        if (token.size() == 1 && token[0] == "canceled") token[0] = "cancelled";
                        const auto same = [&](const std::string& a, const std::string& b) {
                            return a == b || singular(a) == singular(b) ||
                                   (a == "canceled" && b == "cancelled") ||
                                   (a == "cancelled" && b == "canceled");
                        };
                        if (token.empty() || token.size() > words.size() - matched ||
                            !std::equal(token.begin(), token.end(),
                                        words.begin() + static_cast<std::ptrdiff_t>(matched), same))
                            break;
                        matched += token.size();
                        ++i;
                    }
                    if (matched == words.size()) found.push_back({table.id, column.id, Json(value), {at, i}});
                }
            }
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const ValueMention& a, const ValueMention& b) {
        return a.span.to - a.span.from > b.span.to - b.span.from;
    });
    return found;
}

}  // namespace confab::planner::words
