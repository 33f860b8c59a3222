// How events spread over days and over the hours of a day.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engine/generators/alias.hpp"

namespace confab::engine {

// Days in [from, to] with weights by trend, season and weekday.
class DayShape {
  public:
    // At most 400,000 days. `shape` and `weekdays` are words of the catalog.
    static Result<DayShape> make(std::int64_t from, std::int64_t to, std::string_view shape, std::string_view weekdays);

    std::int64_t draw(std::uint64_t bits) const;
    // Days that can come up at all, ascending.
    std::uint64_t count() const { return days_.empty() ? static_cast<std::uint64_t>(to_ - from_ + 1) : days_.size(); }
    std::int64_t day(std::uint64_t number) const {
        return days_.empty() ? from_ + static_cast<std::int64_t>(number) : days_[number];
    }

  private:
    std::int64_t from_ = 0;
    std::int64_t to_ = 0;
    std::vector<std::int64_t> days_;  // empty: every day, all alike
    AliasTable alias_;
    bool flat_ = true;                // every day of days_ alike
};

// Microseconds of a day by the hours that people are busy.
class HourShape {
  public:
    // `hours` is a word of the catalog; values are multiples of `precision` (in microseconds, dividing a day).
    HourShape(std::string_view hours, std::int64_t precision);

    std::int64_t draw(std::uint64_t bits) const;
    // Moments of a day that can come up, ascending.
    std::uint64_t count() const { return slots_; }
    std::int64_t moment(std::uint64_t number) const { return first_ + static_cast<std::int64_t>(number) * precision_; }
    bool any() const { return any_; }

  private:
    bool any_ = true;
    std::int64_t precision_ = 1;
    std::int64_t first_ = 0;
    std::uint64_t slots_ = 0;
    int first_hour_ = 0;
    AliasTable hours_;
};

// True for a weekday (ISO, 1 = Monday) that may come up.
bool weekday_allowed(std::string_view weekdays, int weekday);

}  // namespace confab::engine
