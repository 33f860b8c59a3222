// Weighted choice in constant time (Walker 1977, Vose 1991), on integers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace confab::engine {

class AliasTable {
  public:
    AliasTable() = default;
    // Weights ≥ 0 with a positive sum. At most 2^24 of them.
    explicit AliasTable(std::span<const double> weights);

    std::size_t size() const { return slots_.size(); }
    std::uint32_t operator()(std::uint64_t bits) const {
        const std::uint64_t place = (bits >> 32U) * slots_.size();
        const Slot& slot = slots_[place >> 32U];
        return static_cast<std::uint32_t>(bits) < slot.keep ? static_cast<std::uint32_t>(place >> 32U) : slot.other;
    }

  private:
    struct Slot {
        std::uint32_t keep = 0;  // out of 2^32: how often the slot's own index is taken
        std::uint32_t other = 0;
    };
    std::vector<Slot> slots_;
};

}  // namespace confab::engine
