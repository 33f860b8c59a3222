#include "engine/generators/topics.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "vocabulary/vocabulary.hpp"

namespace confab::engine {

namespace {

constexpr std::size_t whole_word = 3;  // stems up to this length
constexpr std::size_t longest_word = 32;

}  // namespace

Topics::Topics(std::string_view name) {
    const vocabulary::List stems = vocabulary::find(fmt::format("list.{}.name", name));
    const vocabulary::List topics = vocabulary::find(fmt::format("list.{}.topic", name));
    for (std::size_t i = 0; i < std::min(stems.size(), topics.size()); ++i) {
        auto place = std::find(names_.begin(), names_.end(), topics[i]);
        if (place == names_.end()) place = names_.insert(names_.end(), topics[i]);
        const std::string_view stem = stems[i];
        if (stem.empty() || stem[0] < 'a' || stem[0] > 'z') continue;
        stems_[static_cast<std::size_t>(stem[0] - 'a')].push_back(
            {stem, static_cast<int>(place - names_.begin())});
    }
    for (std::vector<Stem>& same : stems_) {
        std::stable_sort(same.begin(), same.end(),
                         [](const Stem& a, const Stem& b) { return a.text.size() > b.text.size(); });
    }
}

int Topics::named(std::string_view name) const {
    const auto place = std::find(names_.begin(), names_.end(), name);
    return place == names_.end() ? none : static_cast<int>(place - names_.begin());
}

int Topics::of_word(std::string_view lower) const {
    for (const Stem& stem : stems_[static_cast<std::size_t>(lower[0] - 'a')]) {
        const bool whole = stem.text.size() > whole_word || stem.text.size() == lower.size();
        if (whole && lower.starts_with(stem.text)) return stem.topic;
    }
    return none;
}

int Topics::of(std::string_view text) const {
    if (names_.empty()) return none;
    std::array<char, longest_word> word;
    std::size_t length = 0;
    int last = none;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : ' ';
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        if (lower >= 'a' && lower <= 'z') {
            if (length < word.size()) word[length++] = lower;
            continue;
        }
        const int topic = length > 0 ? of_word({word.data(), length}) : none;
        if (topic != none) last = topic;
        length = 0;
    }
    return last;
}

}  // namespace confab::engine
