#include "engine/generators/distribution.hpp"

#include <algorithm>
#include <functional>

#include "engine/generators/exact_math.hpp"

namespace confab::engine {

namespace {

// Quantiles below this share, and above one minus it, are not told apart.
constexpr double smallest_share = 1.0 / 1099511627776.0;  // 2^-40

using Quantile = std::function<double(double)>;

// The share of values below `limit`: the quantile function inverted by halving.
double share_below(const Quantile& quantile, double limit) {
    double low = smallest_share;
    double high = 1 - smallest_share;
    if (quantile(low) >= limit) return low;
    if (quantile(high) <= limit) return high;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (quantile(middle) < limit ? low : high) = middle;
    }
    return (low + high) / 2;
}

Quantile quantile_of(double low, double high, const DistributionOptions& options) {
    const double width = high - low;
    switch (options.shape) {
        case Shape::normal: {
            const double mean = options.has_mean ? options.mean : (low + high) / 2;
            const double deviation = options.deviation > 0 ? options.deviation : std::max(width / 6, 1e-9);
            return [=](double p) { return mean + deviation * normal_quantile(p); };
        }
        case Shape::lognormal: {
            // Over the distance from 0, or from the lower limit where that is negative.
            const double base = low < 0 ? low : 0;
            double median = options.has_mean ? options.mean - base : 0;
            if (median <= 0) median = low > 0 ? std::sqrt(low * std::max(high, low)) : std::max(width / 8, 1.0);
            const double deviation = options.deviation > 0 ? options.deviation : 0.6;
            return [=](double p) { return base + median * exact_exp(std::clamp(deviation * normal_quantile(p), -600.0, 600.0)); };
        }
        case Shape::exponential: {
            double mean = options.has_mean ? options.mean - low : 0;
            if (mean <= 0) mean = std::max(width / 5, 1e-9);
            return [=](double p) { return low - mean * exact_log(1 - p); };
        }
        case Shape::zipf: {
            // The continuous counterpart of rank^-s on [1, n + 1).
            const double ranks = width + 1;
            const double s = options.exponent;
            if (s > 0.999 && s < 1.001) {
                const double logarithm = exact_log(ranks + 1);
                return [=](double p) { return low + exact_exp(p * logarithm) - 1; };
            }
            const double top = exact_pow(ranks + 1, 1 - s) - 1;
            return [=](double p) { return low + exact_pow(1 + p * top, 1 / (1 - s)) - 1; };
        }
        case Shape::uniform: break;
    }
    return [=](double p) { return low + p * width; };
}

}  // namespace

Shape shape_of(std::string_view word) {
    if (word == "normal") return Shape::normal;
    if (word == "lognormal") return Shape::lognormal;
    if (word == "exponential") return Shape::exponential;
    if (word == "zipf") return Shape::zipf;
    return Shape::uniform;
}

Result<Distribution> Distribution::make(std::int64_t low, std::int64_t high, const DistributionOptions& options) {
    if (low > high) return Error(ErrorKind::invalid_input, "the smallest value is above the largest");
    Distribution made;
    made.low_ = low;
    made.high_ = high;
    made.span_ = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
    if (options.shape == Shape::uniform || low == high) return made;

    const auto first = static_cast<double>(low);
    const auto last = static_cast<double>(high);
    const Quantile quantile = quantile_of(first, last, options);
    const double from = share_below(quantile, first - 0.5);
    const double to = share_below(quantile, last + 0.5);
    if (!(to - from > 1e-9)) {
        return Error(ErrorKind::invalid_input, "the distribution has next to no values between the smallest and the largest");
    }
    made.knots_.reserve(3 * (cells + 1));
    const auto add_table = [&](double start, double width) {
        for (std::size_t i = 0; i <= cells; ++i) {
            const double share = from + (to - from) * (start + width * static_cast<double>(i) / static_cast<double>(cells));
            const double value = quantile(std::clamp(share, smallest_share, 1 - smallest_share));
            const double limited = std::clamp(value, first, last);
            // 2^63 is not an int64: compare before the conversion.
            std::int64_t knot = 0;
            if (limited >= 9.2233720368547e18) knot = high;
            else if (limited <= -9.2233720368547e18) knot = low;
            else if (options.shape == Shape::zipf) knot = low + static_cast<std::int64_t>(limited - first);  // a rank begins at its number
            else knot = static_cast<std::int64_t>(limited < 0 ? limited - 0.5 : limited + 0.5);
            made.knots_.push_back(std::clamp(knot, low, high));
        }
    };
    add_table(0, 1);
    add_table(0, 1.0 / static_cast<double>(cells));
    // The last one in 2^20 is left out of the upper tail: one row must not reach for the limit by itself.
    add_table(1 - 1.0 / static_cast<double>(cells), (1.0 - 1.0 / 1024) / static_cast<double>(cells));
    return made;
}

}  // namespace confab::engine
