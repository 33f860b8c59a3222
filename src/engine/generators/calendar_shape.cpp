#include "engine/generators/calendar_shape.hpp"

#include <algorithm>

#include "base/dates.hpp"
#include "base/random.hpp"

namespace confab::engine {

namespace {

constexpr double month_weights[12] = {0.84, 0.80, 0.92, 0.96, 1.00, 1.02, 1.04, 1.00, 0.95, 1.02, 1.16, 1.32};
constexpr double any_day[7] = {1, 1, 1, 1, 1, 1, 1};
constexpr double working[7] = {1.02, 1.06, 1.05, 1.0, 0.92, 0, 0};
constexpr double mostly_working[7] = {1.0, 1.05, 1.04, 1.0, 0.92, 0.24, 0.16};
constexpr double weekend[7] = {0, 0, 0, 0, 0, 1.1, 0.95};
constexpr double mostly_weekend[7] = {0.55, 0.58, 0.66, 0.8, 1.25, 1.6, 1.3};

constexpr double office_hours[24] = {0, 0, 0, 0, 0, 0, 0, 0, 4, 9, 11, 10, 5, 8, 10, 9, 7, 3, 0, 0, 0, 0, 0, 0};
constexpr double shop_hours[24] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 7, 9, 10, 9, 8, 8, 9, 10, 9, 7, 4, 0, 0, 0};
constexpr double evening_hours[24] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 9, 12, 10, 7, 4, 0};
constexpr double waking_hours[24] = {0.5, 0.2, 0.1, 0.1, 0.1, 0.3, 1, 3, 5, 6,   7,   7,
                                     7.5, 7,   6.5, 6.5, 6.5, 7,   8, 9, 9.5, 8.5, 5, 2};

const double* weekday_weights(std::string_view word) {
    if (word == "working") return working;
    if (word == "mostly_working") return mostly_working;
    if (word == "weekend") return weekend;
    if (word == "mostly_weekend") return mostly_weekend;
    return any_day;
}

double trend(std::string_view shape, double x) {
    if (shape == "growth" || shape == "growth_and_season") return 0.35 + 1.3 * x;
    if (shape == "recent") return 0.08 + 2.76 * x * x;
    if (shape == "decline") return 1.65 - 1.3 * x;
    return 1;
}

}  // namespace

bool weekday_allowed(std::string_view weekdays, int weekday) { return weekday_weights(weekdays)[weekday - 1] > 0; }

Result<DayShape> DayShape::make(std::int64_t from, std::int64_t to, std::string_view shape, std::string_view weekdays) {
    if (from > to) return Error(ErrorKind::invalid_input, "`from` is after `to`");
    DayShape made;
    made.from_ = from;
    made.to_ = to;
    const bool seasonal = shape == "season" || shape == "growth_and_season";
    if ((shape == "uniform" || shape.empty()) && (weekdays == "any" || weekdays.empty())) return made;
    if (to - from >= 400'000) {
        return Error(ErrorKind::invalid_input, "a shape or weekdays need fewer than 400,000 days between `from` and `to`");
    }
    const double* by_weekday = weekday_weights(weekdays);
    std::vector<double> weights;
    const double length = std::max(1.0, static_cast<double>(to - from));
    for (std::int64_t day = from; day <= to; ++day) {
        double weight = by_weekday[weekday_of(day) - 1];
        if (!(weight > 0)) continue;
        weight *= trend(shape, static_cast<double>(day - from) / length);
        if (seasonal) weight *= month_weights[civil_from_days(day).month - 1];
        made.days_.push_back(day);
        weights.push_back(weight);
    }
    if (made.days_.empty()) return Error(ErrorKind::invalid_input, "no day of those `weekdays` between `from` and `to`");
    made.alias_ = AliasTable(weights);
    made.flat_ = false;
    return made;
}

std::int64_t DayShape::draw(std::uint64_t bits) const {
    if (flat_) return from_ + static_cast<std::int64_t>(bounded(bits, static_cast<std::uint64_t>(to_ - from_ + 1)));
    return days_[alias_(bits)];
}

HourShape::HourShape(std::string_view hours, std::int64_t precision)
    : any_(hours == "any" || hours.empty()), precision_(std::clamp<std::int64_t>(precision, 1, microseconds_per_day)) {
    if (any_) {
        slots_ = static_cast<std::uint64_t>((microseconds_per_day - 1) / precision_ + 1);
        return;
    }
    const double* weights = hours == "office" ? office_hours : hours == "shop" ? shop_hours : hours == "evening" ? evening_hours : waking_hours;
    int last_hour = 23;
    while (!(weights[first_hour_] > 0)) ++first_hour_;
    while (!(weights[last_hour] > 0)) --last_hour;
    hours_ = AliasTable(std::span<const double>(weights, 24));
    const std::int64_t start = first_hour_ * 3600 * microseconds_per_second;
    const std::int64_t end = (last_hour + 1) * 3600 * microseconds_per_second;
    first_ = (start + precision_ - 1) / precision_ * precision_;
    slots_ = first_ < end ? static_cast<std::uint64_t>((end - 1 - first_) / precision_ + 1) : 1;
}

std::int64_t HourShape::draw(std::uint64_t bits) const {
    if (any_) return static_cast<std::int64_t>(bounded(bits, slots_)) * precision_;
    constexpr std::int64_t hour = 3600 * microseconds_per_second;
    const std::int64_t moment = hours_(bits) * hour + static_cast<std::int64_t>(bounded(mix(bits), hour));
    const std::int64_t floored = moment / precision_ * precision_;
    return floored < first_ ? first_ : floored;
}

}  // namespace confab::engine
