#include "plan/nearest.hpp"

#include <algorithm>
#include <cctype>

namespace confab::plan {

namespace {

char folded(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

constexpr std::size_t longest_compared = 128;  // names are identifiers; longer text is not a typing error
constexpr std::size_t longest_list = 8;

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right) {
    left = left.substr(0, longest_compared);
    right = right.substr(0, longest_compared);
    std::vector<std::size_t> before(right.size() + 1), above(right.size() + 1), row(right.size() + 1);
    for (std::size_t j = 0; j <= right.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const bool same = folded(left[i - 1]) == folded(right[j - 1]);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
            const bool swapped = i > 1 && j > 1 && folded(left[i - 1]) == folded(right[j - 2]) &&
                                 folded(left[i - 2]) == folded(right[j - 1]);
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[right.size()];
}

std::string nearest(std::string_view wrong, std::span<const std::string> valid) {
    std::string best;
    std::size_t best_distance = wrong.size() / 3 + 1;
    for (const std::string& name : valid) {
        const std::size_t distance = edit_distance(wrong, name);
        if (distance <= best_distance && (best.empty() || distance < best_distance)) {
            best = name;
            best_distance = distance;
        }
    }
    return best;
}

std::string suggestion(std::string_view wrong, std::span<const std::string> valid) {
    if (const std::string best = nearest(wrong, valid); !best.empty()) return "; did you mean \"" + best + "\"?";
    if (valid.empty() || valid.size() > longest_list) return {};
    std::string list = "; expected one of ";
    for (std::size_t i = 0; i < valid.size(); ++i) list += (i > 0 ? ", \"" : "\"") + valid[i] + "\"";
    return list;
}

}  // namespace confab::plan
