#include "engine/row_index.hpp"

#include <algorithm>

namespace confab::engine {

RowIndex::RowIndex(std::vector<std::pair<std::uint64_t, std::uint64_t>> entries) {
    std::sort(entries.begin(), entries.end());
    rows_.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size();) {
        const std::size_t first = i;
        for (; i < entries.size() && entries[i].first == entries[first].first; ++i) rows_.push_back(entries[i].second);
        groups_.emplace(entries[first].first, std::pair(first, i - first));
    }
}

}  // namespace confab::engine
