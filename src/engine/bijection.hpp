// A keyed permutation of the numbers 0 … size-1: how unique values are made without remembering any.
//
// Works on the smallest power of two that holds `size` (odd bit counts too, so that less than two tries are
// needed on average) by rounds of adding, multiplying by an odd number and folding the upper half into the
// lower; a result outside the domain is put through again (cycle walking), which keeps it a permutation.
#pragma once

#include <bit>
#include <cstdint>

#include "base/random.hpp"

namespace confab::engine {

class Bijection {
  public:
    Bijection() : Bijection(1, 0) {}

    // REQUIRES: size ≥ 1.
    Bijection(std::uint64_t size, std::uint64_t key) : size_(size) {
        const int bits = size <= 2 ? 1 : static_cast<int>(std::bit_width(size - 1));
        mask_ = bits == 64 ? ~0ULL : (1ULL << bits) - 1;
        shift_ = (bits + 1) / 2;
        for (std::uint64_t round = 0; round < rounds; ++round) {
            add_[round] = mix(key, 2 * round + 1) & mask_;
            multiply_[round] = mix(key, 2 * round + 2) | 1U;
        }
    }

    std::uint64_t size() const { return size_; }

    // REQUIRES: number < size().
    std::uint64_t operator()(std::uint64_t number) const {
        do {
            for (std::uint64_t round = 0; round < rounds; ++round) {
                number = ((number + add_[round]) * multiply_[round]) & mask_;
                number ^= number >> shift_;
            }
        } while (number >= size_);
        return number;
    }

  private:
    static constexpr std::uint64_t rounds = 3;
    std::uint64_t size_;
    std::uint64_t mask_;
    int shift_;
    std::uint64_t add_[rounds];
    std::uint64_t multiply_[rounds];
};

}  // namespace confab::engine
