#include "engine/event_time.hpp"

#include <algorithm>
#include <numeric>

#include "base/random.hpp"

namespace confab::engine {

namespace {
constexpr std::size_t samples = 1U << 16U;
constexpr std::size_t batch = 2048;
__extension__ using Wide = unsigned __int128;

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
    const std::int64_t quotient = value / by;
    return quotient * by > value ? quotient - 1 : quotient;
}
}  // namespace

EventTime::EventTime(const Kernel& shape, std::int64_t unit, std::uint64_t rows, std::uint64_t stream)
    : unit_(unit), rows_(std::max<std::uint64_t>(rows, 1)), stream_(stream) {
    std::vector<std::int64_t> values;
    values.reserve(samples);
    std::vector<std::uint64_t> entropy(batch);
    Vector drawn;
    for (std::size_t from = 0; from < samples; from += batch) {
        // Evenly spread upper bits, so that every day has its share.
        for (std::size_t i = 0; i < batch; ++i) entropy[i] = mix(from + i);
        shape.draw(entropy, {}, drawn);
        for (std::size_t i = 0; i < batch; ++i) {
            if (!drawn.is_null(i)) values.push_back(drawn.data<std::int64_t>()[i]);
        }
    }
    if (values.empty()) values.push_back(0);
    std::sort(values.begin(), values.end());
    first_day_ = floor_divide(values.front(), unit_);
    const std::int64_t last_day = floor_divide(values.back(), unit_);
    const auto days = static_cast<std::size_t>(last_day - first_day_ + 1);
    before_.assign(days + 1, 0);
    std::vector<std::int64_t> times;
    times.reserve(values.size());
    std::int64_t divisor = 0;
    for (const std::int64_t value : values) {
        const std::int64_t day = floor_divide(value, unit_);
        ++before_[static_cast<std::size_t>(day - first_day_) + 1];
        times.push_back(value - day * unit_);
        divisor = std::gcd(divisor, times.back());
    }
    std::partial_sum(before_.begin(), before_.end(), before_.begin());
    tick_ = std::max<std::int64_t>(divisor, 1);
    std::sort(times.begin(), times.end());
    hours_.resize(hour_cells + 1);
    for (std::size_t cell = 0; cell <= hour_cells; ++cell) {
        hours_[cell] = times[std::min(cell * times.size() / hour_cells, times.size() - 1)];
    }
    guide_.resize(guides + 1);
    std::size_t day = 0;
    for (std::size_t i = 0; i <= guides; ++i) {
        const std::uint64_t target = before_.back() * i / guides;
        while (day + 1 < days && before_[day + 1] <= target) ++day;
        guide_[i] = static_cast<std::uint32_t>(day);
    }
}

std::uint64_t EventTime::quantile_of(std::uint64_t row, std::uint64_t bits) const {
    return static_cast<std::uint64_t>(((static_cast<Wide>(row) << 64U) + bits) / rows_);
}

std::int64_t EventTime::at(std::uint64_t row, std::uint32_t attempt) const {
    if (attempt == 0) return at(row);
    const std::uint64_t bits = bits_of(stream_, row, attempt);
    constexpr std::uint32_t attempts_to_all = 8;
    if (attempt >= attempts_to_all) return at_quantile(bits);
    // A window of 2^-8 of all time around the row's place, twice as wide with each attempt, kept inside.
    const unsigned width = 64 - (attempts_to_all - attempt);
    const std::uint64_t half = 1ULL << (width - 1);
    const std::uint64_t place = std::clamp<std::uint64_t>(quantile_of(row, 0), half, ~0ULL - half);
    return at_quantile(place - half + (bits >> (64 - width)));
}

std::int64_t EventTime::at_quantile(std::uint64_t quantile) const {
    const Wide scaled = static_cast<Wide>(quantile) * before_.back();
    const auto target = static_cast<std::uint64_t>(scaled >> 64U);
    std::size_t day = guide_[quantile >> 52U];
    while (before_[day + 1] <= target) ++day;
    if (unit_ == 1) return first_day_ + static_cast<std::int64_t>(day);
    // Where in the day: the rest of the quantile, of this day's own volume.
    const Wide rest = scaled - (static_cast<Wide>(before_[day]) << 64U);
    const auto fraction = static_cast<std::uint64_t>(rest / (before_[day + 1] - before_[day]));
    const std::size_t cell = fraction >> 54U;
    const std::int64_t low = hours_[cell];
    const auto width = static_cast<std::uint64_t>(hours_[cell + 1] - low);
    const std::int64_t time = low + static_cast<std::int64_t>(bounded(fraction << 10U, width + 1));
    return (first_day_ + static_cast<std::int64_t>(day)) * unit_ + time / tick_ * tick_;
}

std::uint64_t EventTime::rows_until(std::int64_t time) const {
    // The row is near the volume before the time; the exact place is found by stepping out and halving.
    const std::int64_t day = floor_divide(time, unit_) - first_day_;
    if (day < 0) return 0;
    if (static_cast<std::size_t>(day) + 1 >= before_.size()) return rows_;
    const std::uint64_t total = before_.back();
    const auto row_at = [&](std::uint64_t volume) {
        return static_cast<std::uint64_t>(static_cast<Wide>(volume) * rows_ / total);
    };
    std::uint64_t low = row_at(before_[static_cast<std::size_t>(day)]);
    std::uint64_t high = std::min(row_at(before_[static_cast<std::size_t>(day) + 1]) + 2, rows_);
    low = low > 1 ? low - 2 : 0;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (at(middle) <= time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

}  // namespace confab::engine
