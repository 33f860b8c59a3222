// Times that ascend with the row number: when the rows of an event table came about.
//
// The shape of the volume (growth, seasons, weekdays, hours) is taken from a kernel of dates or timestamps with
// the same parameters: a fixed sample of its values gives the volume of each day and the hours within a day. Row r
// of N then stands at the quantile (r + u) / N of that volume, u from the row's own stream.
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "engine/kernel.hpp"

namespace confab::engine {

class EventTime {
  public:
    EventTime() = default;
    // `unit` is the length of a day in the column's values: 1 for date, microseconds for timestamps.
    EventTime(const Kernel& shape, std::int64_t unit, std::uint64_t rows, std::uint64_t stream);

    std::int64_t at(std::uint64_t row) const { return at_quantile(quantile_of(row, bits_of(stream_, row))); }
    // For a row that is drawn again: near its place in time, farther off with every attempt.
    std::int64_t at(std::uint64_t row, std::uint32_t attempt) const;
    // How many rows have a time that is not later.
    std::uint64_t rows_until(std::int64_t time) const;

  private:
    static constexpr std::size_t hour_cells = 1024;
    static constexpr std::size_t guides = 4096;

    std::int64_t at_quantile(std::uint64_t quantile) const;
    // (row + u) / rows as a fraction of 2^64, u from the bits.
    std::uint64_t quantile_of(std::uint64_t row, std::uint64_t bits) const;

    std::int64_t unit_ = 1;
    std::uint64_t rows_ = 1;
    std::uint64_t stream_ = 0;
    std::int64_t first_day_ = 0;
    std::vector<std::uint64_t> before_;  // samples before each day; one more than days
    std::vector<std::uint32_t> guide_;   // day to begin the search with, by the upper bits of the quantile
    std::vector<std::int64_t> hours_;    // quantiles of the time of day
    std::int64_t tick_ = 1;              // values are multiples of it
};

}  // namespace confab::engine
