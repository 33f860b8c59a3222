#include "planner/meanings.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace confab::planner {

namespace {

struct Indexed {
    Words words;
    bool whole = false;
    const Meaning* meaning = nullptr;
};

const std::vector<Indexed>& index() {
    static const std::vector<Indexed> made = [] {
        std::vector<Indexed> all;
        for (const auto table : {meanings_of_people(), meanings_of_places(), meanings_of_things(), meanings_of_numbers(),
                                 meanings_of_times(), meanings_of_flags(), meanings_of_texts()}) {
            for (const Meaning& meaning : table) {
                for (std::string_view alternative : split(meaning.words, '|')) {
                    Indexed each;
                    each.meaning = &meaning;
                    each.whole = alternative.starts_with('^');
                    if (each.whole) alternative.remove_prefix(1);
                    for (const std::string_view word : split(alternative, ' ')) each.words.emplace_back(word);
                    all.push_back(std::move(each));
                }
            }
        }
        return all;
    }();
    return made;
}

bool is_number(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

char letter_of(EntityKind kind) {
    constexpr std::array<char, 11> letters = {'u', 'p', 'c', 'g', 't', 'a', 'd', 'i', 'k', 'w', 'r'};
    return letters[static_cast<std::size_t>(kind)];
}

Understood understand(std::span<const std::string> column_words, TypeClass type, const Entity& table) {
    // `address1`, `phone_2`: the number says which of several, not what.
    while (column_words.size() > 1 && is_number(column_words.back())) column_words = column_words.first(column_words.size() - 1);
    Understood best;
    int best_score = 0;
    for (const Indexed& each : index()) {
        if (each.meaning->types.find(type) == std::string_view::npos) continue;
        if (!each.meaning->kinds.empty() && each.meaning->kinds.find(letter_of(table.kind)) == std::string_view::npos) continue;
        if (each.whole ? !std::ranges::equal(column_words, each.words) : !ends_with(column_words, each.words)) continue;
        const int score = static_cast<int>(each.words.size()) * 8 + (each.whole ? 4 : 0) + (each.meaning->kinds.empty() ? 0 : 2);
        if (score <= best_score) continue;
        best_score = score;
        best.meaning = each.meaning;
        best.strength = static_cast<int>(each.words.size());
        best.qualifier.assign(column_words.begin(), column_words.end() - static_cast<std::ptrdiff_t>(each.words.size()));
    }
    return best;
}

}  // namespace confab::planner
