#include "engine/generators/alias.hpp"

#include <cassert>

namespace confab::engine {

AliasTable::AliasTable(std::span<const double> weights) {
    const std::size_t count = weights.size();
    assert(count > 0 && count <= (1U << 24U));
    double sum = 0;
    for (const double weight : weights) sum += weight;
    assert(sum > 0);
    // In units of 1 / 2^32 of a slot.
    constexpr std::int64_t one = std::int64_t{1} << 32U;
    std::vector<std::int64_t> scaled(count);
    for (std::size_t i = 0; i < count; ++i) {
        scaled[i] = static_cast<std::int64_t>(weights[i] / sum * static_cast<double>(count) * static_cast<double>(one));
    }
    slots_.resize(count);
    std::vector<std::uint32_t> small;
    std::vector<std::uint32_t> large;
    for (std::size_t i = count; i-- > 0;) {
        (scaled[i] < one ? small : large).push_back(static_cast<std::uint32_t>(i));
    }
    while (!small.empty() && !large.empty()) {
        const std::uint32_t poor = small.back();
        const std::uint32_t rich = large.back();
        small.pop_back();
        slots_[poor] = {static_cast<std::uint32_t>(scaled[poor]), rich};
        scaled[rich] -= one - scaled[poor];
        if (scaled[rich] < one) {
            large.pop_back();
            small.push_back(rich);
        }
    }
    for (const std::uint32_t i : large) slots_[i] = {0xFFFFFFFFU, i};
    for (const std::uint32_t i : small) {
        // What rounding left over: full, unless the weight is 0.
        slots_[i] = weights[i] > 0 ? Slot{0xFFFFFFFFU, i} : Slot{0, slots_[i == 0 ? count - 1 : 0].other};
    }
    // A weight of 0 must never come up, also by the 1 / 2^32 that `keep` cannot express.
    std::uint32_t positive = 0;
    while (weights[positive] <= 0) ++positive;
    for (std::size_t i = 0; i < count; ++i) {
        if (weights[i] <= 0) slots_[i].keep = 0;
        if (weights[slots_[i].other] <= 0) slots_[i].other = positive;
    }
}

}  // namespace confab::engine
