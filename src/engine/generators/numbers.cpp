// integer, decimal, float, boolean, ratio, between (of numbers).
#include <algorithm>

#include <fmt/format.h>

#include "base/random.hpp"
#include "engine/generators/distribution.hpp"
#include "engine/generators/factories.hpp"
#include "engine/generators/number_column.hpp"
#include "engine/generators/parameters.hpp"

namespace confab::engine {

namespace {

// low + step × k.
class NumberKernel final : public Kernel {
  public:
    NumberKernel(NumberColumn column, Distribution steps, std::int64_t low, std::int64_t step)
        : column_(column), steps_(std::move(steps)), low_(low), step_(step) {}

    std::uint64_t capacity() const override { return steps_.count(); }
    bool ascending() const override { return true; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        column_.fill(out, entropy.size(), [&](std::size_t i) { return low_ + step_ * steps_(entropy[i]); });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        column_.fill(out, numbers.size(),
                     [&](std::size_t i) {
                         return low_ + step_ * (steps_.low() + static_cast<std::int64_t>(numbers[i]));
                     });
    }

  private:
    NumberColumn column_;
    Distribution steps_;  // over [0, (high - low) / step]
    std::int64_t low_;
    std::int64_t step_;
};

// Prices: a whole amount from a distribution, an ending from a short list.
class EndingKernel final : public Kernel {
  public:
    EndingKernel(NumberColumn column, Distribution amounts, std::vector<std::int64_t> endings)
        : column_(column), amounts_(std::move(amounts)), endings_(std::move(endings)), unit_(powers_of_ten[column.scale]) {
        first_ = (amounts_.low() + unit_ - 1 - endings_.front()) / unit_;
        last_ = (amounts_.high() - endings_.back()) / unit_;
    }

    std::uint64_t capacity() const override {
        return last_ < first_ ? 0 : static_cast<std::uint64_t>(last_ - first_ + 1) * endings_.size();
    }
    bool ascending() const override { return true; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        column_.fill(out, entropy.size(), [&](std::size_t i) {
            const std::int64_t amount = amounts_(entropy[i]);
            const std::int64_t ending = endings_[bounded(mix(entropy[i]), endings_.size())];
            if (last_ < first_) return amount;
            return std::clamp(amount / unit_, first_, last_) * unit_ + ending;
        });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        column_.fill(out, numbers.size(), [&](std::size_t i) {
            return (first_ + static_cast<std::int64_t>(numbers[i] / endings_.size())) * unit_ +
                   endings_[numbers[i] % endings_.size()];
        });
    }

  private:
    NumberColumn column_;
    Distribution amounts_;
    std::vector<std::int64_t> endings_;  // ascending, in units, below one
    std::int64_t unit_;
    std::int64_t first_ = 0;  // whole amounts that take any ending
    std::int64_t last_ = -1;
};

class BooleanKernel final : public Kernel {
  public:
    BooleanKernel(Physical physical, std::string_view yes, std::string_view no, double share)
        : physical_(physical), yes_(yes), no_(no), sure_(share >= 1) {
        threshold_ = static_cast<std::uint64_t>(std::clamp(share, 0.0, 1.0) * 4294967296.0);
    }

    std::uint64_t capacity() const override { return 2; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        fill(out, entropy.size(), [&](std::size_t i) { return sure_ || (entropy[i] >> 32U) < threshold_; });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        fill(out, numbers.size(), [&](std::size_t i) { return numbers[i] == 1; });
    }

  private:
    template <typename Make> void fill(Vector& out, std::size_t count, Make make) const {
        out.reset(physical_, count);
        for (std::size_t i = 0; i < count; ++i) {
            switch (physical_) {
                case Physical::boolean: out.data<std::uint8_t>()[i] = make(i) ? 1 : 0; break;
                case Physical::int64: out.data<std::int64_t>()[i] = make(i) ? 1 : 0; break;
                case Physical::wide: out.data<Int128>()[i] = make(i) ? 1 : 0; break;
                case Physical::float64: out.data<double>()[i] = make(i) ? 1 : 0; break;
                default: out.data<std::string_view>()[i] = make(i) ? yes_ : no_;
            }
        }
    }

    Physical physical_;
    std::string_view yes_;
    std::string_view no_;
    bool sure_;
    std::uint64_t threshold_ = 0;
};

// A number of the row times a factor.
class RatioKernel final : public Kernel {
  public:
    RatioKernel(NumberColumn column, std::string of, Distribution factors, std::vector<std::int64_t> endings)
        : column_(column), of_(std::move(of)), factors_(std::move(factors)), endings_(std::move(endings)) {}

    std::vector<Input> inputs() const override { return {{of_, {}}}; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        const Vector& of = *inputs.vectors[0];
        const std::int64_t unit = powers_of_ten[column_.scale];
        column_.fill(out, entropy.size(), [&](std::size_t i) {
            if (of.is_null(i)) return column_.low > 0 ? column_.low : std::int64_t{0};
            const Int128 product = Int128{units_at(of, i, column_.scale)} * factors_(entropy[i]);
            auto value = static_cast<std::int64_t>(std::clamp<Int128>(product / 1'000'000, column_.low, column_.high));
            if (!endings_.empty() && value > unit) {
                value = value / unit * unit - unit + endings_[bounded(mix(entropy[i]), endings_.size())];
            }
            return value;
        });
        for (std::size_t i = 0; i < entropy.size(); ++i) {
            if (of.is_null(i)) out.set_null(i);
        }
    }

  private:
    NumberColumn column_;
    std::string of_;
    Distribution factors_;  // in millionths
    std::vector<std::int64_t> endings_;
};

class BetweenNumbersKernel final : public Kernel {
  public:
    BetweenNumbersKernel(NumberColumn column, std::string lower, std::string upper, Distribution place)
        : column_(column), lower_(std::move(lower)), upper_(std::move(upper)), place_(std::move(place)) {}

    std::vector<Input> inputs() const override { return {{lower_, {}}, {upper_, {}}}; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        const Vector& lower = *inputs.vectors[0];
        const Vector& upper = *inputs.vectors[1];
        column_.fill(out, entropy.size(), [&](std::size_t i) {
            if (lower.is_null(i) || upper.is_null(i)) return std::int64_t{0};
            const std::int64_t low = units_at(lower, i, column_.scale);
            const std::int64_t high = units_at(upper, i, column_.scale);
            const Int128 span = high > low ? Int128{high} - low + 1 : Int128{1};
            const std::int64_t value = low + static_cast<std::int64_t>((span * place_(entropy[i])) >> 32U);
            return std::clamp(value, column_.low, column_.high);
        });
        for (std::size_t i = 0; i < entropy.size(); ++i) {
            if (lower.is_null(i) || upper.is_null(i)) out.set_null(i);
        }
    }

  private:
    NumberColumn column_;
    std::string lower_;
    std::string upper_;
    Distribution place_;  // out of 2^32
};

int wanted_scale(Parameters& parameters, std::string_view kind) {
    if (kind == "integer") return 0;
    int scale = kind == "float" ? 3 : 2;
    for (const char* name : {"min", "max", "step"}) {
        if (parameters.has(name)) scale = std::max(scale, digits_after_point(parameters.number(name, 0)));
    }
    return scale;
}

DistributionOptions distribution_options(Parameters& parameters, double units_per_one) {
    DistributionOptions options;
    options.shape = shape_of(parameters.text("distribution", "uniform"));
    options.has_mean = parameters.has("mean");
    options.mean = parameters.number("mean", 0) * units_per_one;
    options.deviation = parameters.number("deviation", 0);
    if (options.shape != Shape::lognormal) options.deviation *= units_per_one;
    options.exponent = parameters.number("exponent", 1);
    if (parameters.has("deviation") && !(options.deviation > 0)) parameters.fail("deviation", "must be above 0");
    if (!(options.exponent > 0)) parameters.fail("exponent", "must be above 0");
    return options;
}

std::vector<std::int64_t> endings_of(Parameters& parameters, const NumberColumn& column) {
    std::vector<std::int64_t> endings;
    for (const double ending : parameters.numbers("endings")) {
        if (ending >= 1 || digits_after_point(ending) > column.scale) {
            parameters.fail("endings", "must be below 1 and fit the column's scale");
            return {};
        }
        endings.push_back(column.units(ending));
    }
    std::sort(endings.begin(), endings.end());
    endings.erase(std::unique(endings.begin(), endings.end()), endings.end());
    return endings;
}

}  // namespace

Result<KernelPointer> make_number(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    CONFAB_TRY(NumberColumn column, NumberColumn::of(context, generator.kind, wanted_scale(parameters, generator.kind)));
    const bool whole = generator.kind == "integer" && column.scale == 0;
    const auto limit = [&](const char* name, double otherwise) {
        // Whole numbers above 2^53 must not go through a double.
        if (whole && parameters.has(name)) return parameters.integer(name, 0);
        return column.units(parameters.number(name, otherwise));
    };
    std::int64_t low = limit("min", 0);
    std::int64_t high = limit("max", std::max(1'000'000.0, static_cast<double>(low) / static_cast<double>(powers_of_ten[column.scale])));
    // What the plan did not say gives way to what it said.
    if (!parameters.has("min") && low > high) low = column.low;
    if (!parameters.has("max") && !context.must_be_unique && column.text_limit > 0) high = std::min(high, column.high);
    if (context.must_be_unique && !parameters.has("max")) {
        high = std::min(column.high, std::max(high, low + static_cast<std::int64_t>(std::min<std::uint64_t>(context.rows, 1ULL << 61U)) * 16));
    }
    if (low < column.low || low > column.high) return parameter_error(generator.kind, "min", fmt::format("is outside of {}", schema::to_sql(context.type)));
    if (high > column.high || high < column.low) return parameter_error(generator.kind, "max", fmt::format("is outside of {}", schema::to_sql(context.type)));
    if (low > high) return parameter_error(generator.kind, "min", "is above `max`");
    std::int64_t step = column.step;
    if (parameters.has("step")) {
        step = whole ? parameters.integer("step", 1) : column.units(parameters.number("step", 1));
        if (step <= 0) parameters.fail("step", "must be above 0 and fit the column's scale");
        if (step % column.step != 0) parameters.fail("step", "must fit the column's scale");
    }
    const std::vector<std::int64_t> endings = endings_of(parameters, column);
    DistributionOptions options = distribution_options(parameters, static_cast<double>(powers_of_ten[column.scale]));
    CONFAB_CHECK(parameters.status());

    const auto explain = [&](Error error) { return parameter_error(generator.kind, "distribution", error.message); };
    if (!endings.empty()) {
        Result<Distribution> amounts = Distribution::make(low, high, options);
        if (!amounts) return explain(amounts.error());
        return KernelPointer(std::make_unique<EndingKernel>(column, *std::move(amounts), endings));
    }
    if (step > 1) {
        if (generator.kind != "integer" || column.step > 1) {
            // Multiples of the step itself, not of the step from the lower limit.
            const std::int64_t up = low % step == 0 ? 0 : (low > 0 ? step - low % step : -(low % step));
            if (up > high - low) return parameter_error(generator.kind, "step", "has no multiple between the limits");
            low += up;
        }
        options.mean = (options.mean - static_cast<double>(low)) / static_cast<double>(step);
        if (options.shape != Shape::lognormal) options.deviation /= static_cast<double>(step);
        Result<Distribution> steps = Distribution::make(0, (high - low) / step, options);
        if (!steps) return explain(steps.error());
        return KernelPointer(std::make_unique<NumberKernel>(column, *std::move(steps), low, step));
    }
    // Shapes know the lower limit (a lognormal counts from zero), so the distribution is over the values themselves.
    if (options.shape != Shape::uniform) {
        Result<Distribution> direct = Distribution::make(low, high, options);
        if (!direct) return explain(direct.error());
        if (!context.must_be_unique) {
            return KernelPointer(std::make_unique<NumberKernel>(column, *std::move(direct), 0, 1));
        }
        options.shape = Shape::uniform;  // a key takes each value once: the shape is that of the domain
    }
    Result<Distribution> offsets =
        Distribution::make(0, static_cast<std::int64_t>(std::min(static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low),
                                                                 std::uint64_t{0x7FFFFFFFFFFFFFFE})), options);
    if (!offsets) return explain(offsets.error());
    return KernelPointer(std::make_unique<NumberKernel>(column, *std::move(offsets), low, 1));
}

Result<KernelPointer> make_boolean(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const double share = parameters.number("true", 0.5);
    if (share < 0 || share > 1) parameters.fail("true", "must be between 0 and 1");
    CONFAB_CHECK(parameters.status());
    const Physical physical = schema::physical_of(context.schema, context.type);
    using schema::TypeKind;
    const schema::Type& type = context.type;
    std::string_view yes = "true";
    std::string_view no = "false";
    if (type.kind == TypeKind::bit || type.kind == TypeKind::varbit) {
        if (type.kind == TypeKind::bit && type.length > 1) {
            return Error(ErrorKind::invalid_input, "generator `boolean` makes one bit: the column has more");
        }
        yes = "1";
        no = "0";
    } else if (schema::is_character(type.kind)) {
        if (type.kind == TypeKind::single_char || (type.length > 0 && type.length < 5)) {
            yes = "Y";
            no = "N";
        }
    } else if (type.kind != TypeKind::boolean && !schema::is_numeric(type.kind)) {
        return Error(ErrorKind::invalid_input,
                     fmt::format("generator `boolean`: a column of type {} cannot hold true and false", schema::to_sql(type)));
    }
    if (physical == Physical::interval) return Error(ErrorKind::invalid_input, "generator `boolean`: wrong type of column");
    return KernelPointer(std::make_unique<BooleanKernel>(physical, yes, no, share));
}

Result<KernelPointer> make_ratio(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    CONFAB_TRY(NumberColumn column, NumberColumn::of(context, generator.kind, 2));
    const double low = parameters.number("min", 1);
    const double high = parameters.number("max", 1);
    if (low > high) parameters.fail("min", "is above `max`");
    if (low < -1e6 || high > 1e6) parameters.fail("max", "must be within ±1,000,000");
    const std::vector<std::int64_t> endings = endings_of(parameters, column);
    const std::string of = parameters.text("of");
    CONFAB_CHECK(parameters.status());
    CONFAB_TRY(Distribution factors, Distribution::make(static_cast<std::int64_t>(low * 1e6), static_cast<std::int64_t>(high * 1e6), {}));
    return KernelPointer(std::make_unique<RatioKernel>(column, of, std::move(factors), endings));
}

Result<KernelPointer> make_between_numbers(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    CONFAB_TRY(NumberColumn column, NumberColumn::of(context, generator.kind, 2));
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
    return KernelPointer(std::make_unique<BetweenNumbersKernel>(column, lower, upper, std::move(place)));
}

}  // namespace confab::engine
