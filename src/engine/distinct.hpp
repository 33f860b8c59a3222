// What a preparing pass has seen of one key: values that must differ, or ranges that must not overlap.
//
// Values are kept as 64-bit hashes: two different values of one hash are taken for equal, which costs a redraw and
// never lets a duplicate through.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace confab::engine {

// A range on a common scale (days, microseconds, or value × 10^12). Bounds are closed below and open above;
// discrete ranges are canonical that way.
struct Span {
    __extension__ using Number = __int128;
    Number from = 0;
    Number to = 0;
    bool empty = false;
};

// Reads a range in PostgreSQL's text form: `[2026-01-01,2026-01-05)`, `(,5]`, `empty`.
bool parse_range(std::string_view text, Span& out);

class DistinctValues {
  public:
    // Key values of some rows.
    struct Batch {
        std::vector<std::uint64_t> hashes;  // 0 = the row is not bound by the key
        std::vector<Span> spans;            // of exclusion constraints
    };
    explicit DistinctValues(bool spans) : spans_(spans) {}

    bool clashes(const Batch& batch, std::size_t row) const;
    void insert(const Batch& batch, std::size_t row);

  private:
    bool spans_;
    std::unordered_set<std::uint64_t> values_;
    std::unordered_map<std::uint64_t, std::map<Span::Number, Span::Number>> taken_;  // from → to, disjoint
};

}  // namespace confab::engine
