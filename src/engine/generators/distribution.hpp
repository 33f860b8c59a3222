// A distribution over whole numbers in [low, high] as a table of quantiles: one look-up and one interpolation a draw.
//
// The middle of the probabilities has 1024 cells of equal share, and so has each tail of 1 / 1024, so that a long
// tail keeps its shape down to one row in a million.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "base/result.hpp"

namespace confab::engine {

enum class Shape : std::uint8_t { uniform, normal, lognormal, exponential, zipf };

Shape shape_of(std::string_view word);

struct DistributionOptions {
    Shape shape = Shape::uniform;
    // All in the units of the values; what is 0 or less is chosen from the limits.
    double mean = 0;
    bool has_mean = false;
    double deviation = 0;  // of the logarithm for lognormal
    double exponent = 1;   // of zipf
};

class Distribution {
  public:
    // low ≤ high. The shape is cut off at the limits, not piled up there.
    static Result<Distribution> make(std::int64_t low, std::int64_t high, const DistributionOptions& options);

    std::int64_t low() const { return low_; }
    std::int64_t high() const { return high_; }
    // Number of values, or 0 when it is 2^64.
    std::uint64_t count() const { return span_; }

    std::int64_t operator()(std::uint64_t bits) const {
        if (knots_.empty()) {
            return static_cast<std::int64_t>(static_cast<std::uint64_t>(low_) +
                                             (span_ == 0 ? bits : bounded(bits, span_)));
        }
        std::size_t cell = bits >> 54U;
        std::uint64_t fraction = bits << 10U;
        if (cell == 0 || cell == cells - 1) {
            const std::size_t table = cell == 0 ? 1 : 2;
            cell = table * (cells + 1) + (fraction >> 54U);
            fraction <<= 10U;
        }
        const std::uint64_t width = static_cast<std::uint64_t>(knots_[cell + 1]) - static_cast<std::uint64_t>(knots_[cell]);
        const std::uint64_t value = static_cast<std::uint64_t>(knots_[cell]) + bounded(fraction, width + 1);
        return static_cast<std::int64_t>(value);
    }

  private:
    static constexpr std::size_t cells = 1024;
    std::int64_t low_ = 0;
    std::int64_t high_ = 0;
    std::uint64_t span_ = 1;
    std::vector<std::int64_t> knots_;  // three tables of cells + 1; empty for uniform
};

}  // namespace confab::engine
