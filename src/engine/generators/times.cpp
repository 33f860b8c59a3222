// date, timestamp, time, after, before, between (of dates), interval.
#include <algorithm>

#include <fmt/format.h>

#include "base/random.hpp"
#include "engine/generators/calendar_shape.hpp"
#include "engine/generators/distribution.hpp"
#include "engine/generators/factories.hpp"
#include "engine/generators/moment_column.hpp"
#include "engine/generators/parameters.hpp"

namespace confab::engine {

namespace {

class MomentKernel final : public Kernel {
  public:
    MomentKernel(MomentColumn column, DayShape days, HourShape hours, std::int64_t from, std::int64_t to)
        : column_(column), days_(std::move(days)), hours_(std::move(hours)), from_(from), to_(to) {}

    // Only the days that are whole.
    std::uint64_t capacity() const override {
        if (column_.has_days_only()) return days_.count();
        const std::uint64_t days = days_.count();
        return (days > 2 ? days - 2 : 1) * hours_.count();
    }
    bool ascending() const override { return true; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        if (column_.has_days_only()) {
            column_.fill(out, entropy.size(), [&](std::size_t i) { return days_.draw(entropy[i]) * microseconds_per_day; });
            return;
        }
        column_.fill(out, entropy.size(), [&](std::size_t i) {
            const std::int64_t day = days_.draw(entropy[i]) * microseconds_per_day;
            const std::uint64_t bits = mix(entropy[i]);
            return inside(day + hours_.draw(bits), day, bits);
        });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        column_.fill(out, numbers.size(), [&](std::size_t i) {
            if (column_.has_days_only()) return days_.day(numbers[i]) * microseconds_per_day;
            const std::uint64_t first = days_.count() > 2 ? 1 : 0;
            return days_.day(first + numbers[i] / hours_.count()) * microseconds_per_day +
                   hours_.moment(numbers[i] % hours_.count());
        });
    }

  private:
    // The first and the last day may be there in part only.
    std::int64_t inside(std::int64_t moment, std::int64_t day, std::uint64_t bits) const {
        if (moment >= from_ && moment <= to_) return moment;
        const std::int64_t low = std::max(from_, day);
        const std::int64_t high = std::min(to_, day + microseconds_per_day - 1);
        return low + static_cast<std::int64_t>(bounded(mix(bits), static_cast<std::uint64_t>((high - low) / microseconds_per_second + 1))) *
                         microseconds_per_second;
    }

    MomentColumn column_;
    DayShape days_;
    HourShape hours_;
    std::int64_t from_;
    std::int64_t to_;
};

class TimeOfDayKernel final : public Kernel {
  public:
    TimeOfDayKernel(MomentColumn column, std::int64_t from, std::uint64_t slots, std::int64_t precision)
        : column_(column), from_(from), slots_(slots), precision_(precision) {}

    std::uint64_t capacity() const override { return slots_; }
    bool ascending() const override { return true; }
    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        column_.fill(out, entropy.size(), [&](std::size_t i) { return at(bounded(entropy[i], slots_)); });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        column_.fill(out, numbers.size(), [&](std::size_t i) { return at(numbers[i]); });
    }

  private:
    std::int64_t at(std::uint64_t slot) const { return from_ + static_cast<std::int64_t>(slot) * precision_; }

    MomentColumn column_;
    std::int64_t from_;
    std::uint64_t slots_;
    std::int64_t precision_;
};

std::int64_t moment_at(const Vector& vector, std::size_t i, bool days) {
    const std::int64_t value = vector.data<std::int64_t>()[i];
    return days ? value * microseconds_per_day : value;
}

struct Distance {
    MomentColumn column;
    std::string of;
    std::string limit;            // `until` or `from`; empty = none
    bool backwards = false;
    bool null_when_none = false;  // when nothing fits before the limit
    std::int64_t minimum = 0;
    std::int64_t maximum = 0;
    std::int64_t precision = microseconds_per_second;
    std::string weekdays;
    schema::Type input_type;
};

class DistanceKernel final : public Kernel {
  public:
    DistanceKernel(Distance distance, Distribution fraction, HourShape hours)
        : distance_(std::move(distance)), fraction_(std::move(fraction)), hours_(std::move(hours)),
          days_(distance_.input_type.kind == schema::TypeKind::date) {}

    std::vector<Input> inputs() const override {
        std::vector<Input> inputs = {{distance_.of, distance_.input_type}};
        if (!distance_.limit.empty()) inputs.push_back({distance_.limit, distance_.input_type});
        return inputs;
    }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        const Vector& of = *inputs.vectors[0];
        const Vector* limit = distance_.limit.empty() ? nullptr : inputs.vectors[1];
        std::vector<std::size_t> nulls;
        distance_.column.fill(out, entropy.size(), [&](std::size_t i) {
            if (of.is_null(i)) {
                nulls.push_back(i);
                return std::int64_t{0};
            }
            const std::int64_t base = moment_at(of, i, days_);
            std::int64_t farthest = distance_.maximum;
            if (limit && !limit->is_null(i)) {
                const std::int64_t other = moment_at(*limit, i, days_);
                farthest = std::min(farthest, distance_.backwards ? base - other : other - base);
            }
            if (farthest < distance_.minimum) {
                if (distance_.null_when_none) nulls.push_back(i);
                farthest = distance_.minimum;
            }
            return place(base, farthest, entropy[i]);
        });
        for (const std::size_t i : nulls) out.set_null(i);
    }

  private:
    std::int64_t place(std::int64_t base, std::int64_t farthest, std::uint64_t bits) const {
        const std::int64_t unit = days_ ? microseconds_per_day : distance_.precision;
        const std::int64_t steps = (farthest - distance_.minimum) / unit;
        const auto step = static_cast<std::int64_t>((Int128{steps + 1} * fraction_(bits)) >> 32U);
        const std::int64_t gap = distance_.minimum + step * unit;
        std::int64_t moment = distance_.backwards ? base - gap : base + gap;
        const std::int64_t nearest = distance_.backwards ? base - farthest : base + distance_.minimum;
        const std::int64_t last = distance_.backwards ? base - distance_.minimum : base + farthest;
        const auto fits = [&](std::int64_t candidate) { return candidate >= nearest && candidate <= last; };
        if (!hours_.any() && !days_) {
            const std::int64_t day = MomentColumn::day_of(moment) * microseconds_per_day;
            for (const std::int64_t shift : {0, 1, -1}) {
                const std::int64_t candidate = day + shift * microseconds_per_day + hours_.draw(mix(bits, 1));
                if (!fits(candidate)) continue;
                moment = candidate;
                break;
            }
        }
        if (!distance_.weekdays.empty()) {
            for (int shift = 0; shift <= 6; ++shift) {
                const std::int64_t candidate = moment + (shift <= 3 ? shift : 3 - shift) * microseconds_per_day;
                if (!fits(candidate) || !weekday_allowed(distance_.weekdays, weekday_of(MomentColumn::day_of(candidate)))) continue;
                moment = candidate;
                break;
            }
        }
        return moment;
    }

    Distance distance_;
    Distribution fraction_;  // out of 2^32
    HourShape hours_;
    bool days_;
};

class BetweenMomentsKernel final : public Kernel {
  public:
    BetweenMomentsKernel(MomentColumn column, schema::Type input_type, std::string lower, std::string upper, Distribution place)
        : column_(column), input_type_(std::move(input_type)), lower_(std::move(lower)), upper_(std::move(upper)),
          place_(std::move(place)) {}

    std::vector<Input> inputs() const override { return {{lower_, input_type_}, {upper_, input_type_}}; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        const Vector& lower = *inputs.vectors[0];
        const Vector& upper = *inputs.vectors[1];
        const bool days = input_type_.kind == schema::TypeKind::date;
        const std::int64_t unit = days ? microseconds_per_day : column_.form == MomentForm::time_of_day ? 60 * microseconds_per_second : microseconds_per_second;
        column_.fill(out, entropy.size(), [&](std::size_t i) {
            if (lower.is_null(i) || upper.is_null(i)) return std::int64_t{0};
            const std::int64_t low = moment_at(lower, i, days);
            const std::int64_t high = moment_at(upper, i, days);
            if (high <= low) return low;
            return low + static_cast<std::int64_t>((Int128{(high - low) / unit + 1} * place_(entropy[i])) >> 32U) * unit;
        });
        for (std::size_t i = 0; i < entropy.size(); ++i) {
            if (lower.is_null(i) || upper.is_null(i)) out.set_null(i);
        }
    }

  private:
    MomentColumn column_;
    schema::Type input_type_;
    std::string lower_;
    std::string upper_;
    Distribution place_;  // out of 2^32
};

// Spans of time in whole multiples of the precision, as days and time.
class IntervalKernel final : public Kernel {
  public:
    IntervalKernel(std::int64_t shortest_span, std::uint64_t count, std::int64_t precision, bool months)
        : shortest_(shortest_span), count_(count), precision_(precision), months_(months) {}

    std::uint64_t capacity() const override { return count_; }
    bool ascending() const override { return true; }
    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        fill(out, entropy.size(), [&](std::size_t i) { return bounded(entropy[i], count_); });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        fill(out, numbers.size(), [&](std::size_t i) { return numbers[i]; });
    }

  private:
    template <typename Make> void fill(Vector& out, std::size_t count, Make make) const {
        out.reset(Physical::interval, count);
        for (std::size_t i = 0; i < count; ++i) {
            const std::int64_t span = shortest_ + static_cast<std::int64_t>(make(i)) * precision_;
            if (months_) {
                out.data<Interval>()[i] = {static_cast<std::int32_t>(span / precision_), 0, 0};
                continue;
            }
            out.data<Interval>()[i] = {0, static_cast<std::int32_t>(span / microseconds_per_day), span % microseconds_per_day};
        }
    }

    std::int64_t shortest_;
    std::uint64_t count_;
    std::int64_t precision_;
    bool months_;  // the precision is that of a month
};

std::int64_t precision_of(Parameters& parameters, std::int64_t otherwise) {
    const auto precision = parameters.duration("precision");
    if (!precision) return otherwise;
    const std::int64_t span = shortest(*precision);
    if (span <= 0 || span > microseconds_per_day || microseconds_per_day % span != 0) {
        parameters.fail("precision", "must divide a day");
        return otherwise;
    }
    return span;
}

// The type in which dates and times of the row are read, to be compared with the column's own values.
schema::Type input_type_of(const MomentColumn& column, const schema::Type& type) {
    schema::Type input;
    if (column.has_days_only()) input.kind = schema::TypeKind::date;
    else if (column.form == MomentForm::time_of_day || column.form == MomentForm::time_text || column.form == MomentForm::time_tz_text) input.kind = schema::TypeKind::time;
    else input.kind = type.kind == schema::TypeKind::timestamp_tz ? schema::TypeKind::timestamp_tz : schema::TypeKind::timestamp;
    return input;
}

}  // namespace

Result<KernelPointer> make_date(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const bool with_time = generator.kind == "timestamp";
    CONFAB_TRY(MomentColumn column, MomentColumn::of(context, generator.kind, with_time));
    const std::int64_t last_day = parameters.has("to") ? parameters.day("to", context.as_of) : std::max(context.as_of, parameters.day("from", context.as_of));
    const std::int64_t first_day = parameters.day("from", last_day - 5 * 365);
    const std::int64_t from = parameters.moment("from", first_day * microseconds_per_day, false);
    const std::int64_t to = parameters.moment("to", (last_day + 1) * microseconds_per_day - microseconds_per_second, true);
    const std::int64_t precision = std::max(column.precision, precision_of(parameters, microseconds_per_second));
    const HourShape hours(with_time ? parameters.text("hours", "any") : "any", with_time ? precision : microseconds_per_day);
    const std::string shape = parameters.text("shape", "uniform");
    const std::string weekdays = parameters.text("weekdays", "any");
    CONFAB_CHECK(parameters.status());
    if (first_day < days_from_civil({1, 1, 1}) || last_day > days_from_civil({9999, 12, 31})) {
        return parameter_error(generator.kind, "from", "and `to` must be in the years 1 to 9999");
    }
    if (column.form == MomentForm::seconds && context.type.kind == schema::TypeKind::integer && last_day > days_from_civil({2038, 1, 1})) {
        return parameter_error(generator.kind, "to", "is beyond what an integer holds as seconds since 1970");
    }
    Result<DayShape> days = DayShape::make(first_day, last_day, shape, weekdays);
    if (!days) return Error(ErrorKind::invalid_input, fmt::format("generator `{}`: {}", generator.kind, days.error().message));
    return KernelPointer(std::make_unique<MomentKernel>(column, *std::move(days), hours, from, to));
}

Result<KernelPointer> make_time(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    CONFAB_TRY(const MomentColumn column, MomentColumn::of(context, "time", true));
    const auto from = parse_time_of_day(parameters.text("from", "00:00"));
    const auto to = parse_time_of_day(parameters.text("to", "23:59:59"));
    if (!from) parameters.fail("from", "must be a time of day, HH:MM");
    if (!to) parameters.fail("to", "must be a time of day, HH:MM");
    const std::int64_t precision = std::max(column.precision, precision_of(parameters, microseconds_per_second));
    CONFAB_CHECK(parameters.status());
    const std::int64_t last = std::min(*to, microseconds_per_day - 1);
    const std::int64_t first = (*from + precision - 1) / precision * precision;
    if (last < first) return parameter_error("time", "from", "is after `to`");
    return KernelPointer(std::make_unique<TimeOfDayKernel>(column, first, static_cast<std::uint64_t>((last - first) / precision + 1), precision));
}

Result<KernelPointer> make_distance(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    Distance distance;
    CONFAB_TRY(distance.column, MomentColumn::of(context, schema::is_temporal(context.type.kind) && (context.type.kind == schema::TypeKind::time || context.type.kind == schema::TypeKind::time_tz) ? "time" : generator.kind, true));
    distance.input_type = input_type_of(distance.column, context.type);
    distance.of = parameters.text("of");
    distance.backwards = generator.kind == "before";
    distance.limit = parameters.text(distance.backwards ? "from" : "until");
    distance.null_when_none = parameters.text("otherwise") == "null";
    const Interval least = parameters.duration("minimum").value_or(Interval{});
    const Interval most = parameters.duration("maximum").value_or(Interval{0, std::max(30, least.days * 2), least.microseconds * 2});
    distance.minimum = longest(least);
    distance.maximum = std::max(shortest(most), distance.minimum);
    if (distance.column.has_days_only()) {
        distance.minimum = (distance.minimum + microseconds_per_day - 1) / microseconds_per_day * microseconds_per_day;
        distance.maximum = std::max(distance.minimum, distance.maximum / microseconds_per_day * microseconds_per_day);
    }
    if (parameters.has("minimum") && parameters.has("maximum") && shortest(most) < shortest(least)) {
        parameters.fail("minimum", "is above `maximum`");
    }
    const std::string weekdays = parameters.text("weekdays", "any");
    if (weekdays == "working" || weekdays == "weekend") distance.weekdays = weekdays;
    DistributionOptions options;
    options.shape = shape_of(parameters.text("distribution", "exponential"));
    options.has_mean = options.shape == Shape::exponential || options.shape == Shape::lognormal;
    options.mean = 4294967296.0 * 0.22;
    if (!distance.backwards) distance.precision = precision_of(parameters, microseconds_per_second);
    const HourShape hours(parameters.text("hours", "any"), distance.precision);
    CONFAB_CHECK(parameters.status());
    CONFAB_TRY(Distribution fraction, Distribution::make(0, 4294967295, options));
    return KernelPointer(std::make_unique<DistanceKernel>(std::move(distance), std::move(fraction), hours));
}

Result<KernelPointer> make_between(const plan::Generator& generator, const KernelContext& context) {
    if (!schema::is_temporal(context.type.kind)) return make_between_numbers(generator, context);
    Parameters parameters(generator);
    const bool time = context.type.kind == schema::TypeKind::time || context.type.kind == schema::TypeKind::time_tz;
    CONFAB_TRY(const MomentColumn column, MomentColumn::of(context, time ? "time" : "between", true));
    DistributionOptions options;
    options.shape = shape_of(parameters.text("distribution", "uniform"));
    if (parameters.has("peak")) {
        options.has_mean = true;
        options.mean = parameters.number("peak", 0.5) * 4294967295.0;
    }
    const std::string lower = parameters.text("lower");
    const std::string upper = parameters.text("upper");
    CONFAB_CHECK(parameters.status());
    CONFAB_TRY(Distribution place, Distribution::make(0, 4294967295, options));
    return KernelPointer(std::make_unique<BetweenMomentsKernel>(column, input_type_of(column, context.type), lower, upper, std::move(place)));
}

Result<KernelPointer> make_interval(const plan::Generator& generator, const KernelContext& context) {
    if (schema::physical_of(context.schema, context.type) != Physical::interval) {
        return Error(ErrorKind::invalid_input, fmt::format("generator `interval`: a column of type {} cannot hold spans of time", schema::to_sql(context.type)));
    }
    Parameters parameters(generator);
    std::int64_t precision = parameters.has("precision") ? shortest(parameters.duration("precision").value_or(Interval{})) : 60 * microseconds_per_second;
    // `interval day`, `interval hour to minute`: the last field is the finest; months alone are years and months.
    const std::string& fields = context.type.interval_fields;
    const bool months = fields.ends_with("month") || fields.ends_with("year");
    if (months) precision = (fields.ends_with("year") && fields.find("month") == std::string::npos ? 360 : 30) * microseconds_per_day;
    else if (fields.ends_with("day")) precision = microseconds_per_day;
    else if (fields.ends_with("hour")) precision = 3600 * microseconds_per_second;
    if (precision <= 0) parameters.fail("precision", "must be above 0");
    const std::int64_t low = shortest(parameters.duration("min").value_or(Interval{0, 0, 3600 * microseconds_per_second}));
    const std::int64_t high = shortest(parameters.duration("max").value_or(Interval{0, 30, 0}));
    if (low > high) parameters.fail("min", "is above `max`");
    if (low < 0) parameters.fail("min", "must not be negative");
    CONFAB_CHECK(parameters.status());
    const std::int64_t first = (low + precision - 1) / precision * precision;
    const std::uint64_t count = first > high ? 1 : static_cast<std::uint64_t>((high - first) / precision + 1);
    return KernelPointer(std::make_unique<IntervalKernel>(first, count, precision, months));
}

}  // namespace confab::engine
