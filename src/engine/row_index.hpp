// Which rows of a table have a given value: row numbers grouped by a 64-bit key, in ascending order in each group.
//
// Made by one pass over the table; 8 bytes a row and about 24 bytes a distinct value stay.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace confab::engine {

class RowIndex {
  public:
    RowIndex() = default;
    // (key, row) of every row that has a key, in any order.
    explicit RowIndex(std::vector<std::pair<std::uint64_t, std::uint64_t>> entries);

    // The rows with this key, ascending; empty when there is none.
    std::span<const std::uint64_t> find(std::uint64_t key) const {
        const auto group = groups_.find(key);
        if (group == groups_.end()) return {};
        return std::span(rows_).subspan(group->second.first, group->second.second);
    }

    std::uint64_t bytes() const { return rows_.size() * 8 + groups_.size() * 48; }

  private:
    std::unordered_map<std::uint64_t, std::pair<std::uint64_t, std::uint64_t>> groups_;  // key → offset, count
    std::vector<std::uint64_t> rows_;
};

}  // namespace confab::engine
