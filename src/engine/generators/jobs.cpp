// job: title, department and pay that belong together. Columns of its table: title, department, low, high,
// level
#include <algorithm>
#include <fmt/format.h>

#include "engine/generators/things.hpp"

namespace confab::engine {

namespace {

// The year's pay of the row's job, in `step`s; limits of the plan take the place of all bands: 50,000 in a
// band of 32,000 to 210,000 lies where it lay.
double yearly_pay(const ThingWriter& thing, std::size_t row, std::uint64_t bits, double least, double most) {
    double low = number_of(thing.columns[2][row]);
    double high = number_of(thing.columns[3][row]);
    if (least >= 0 || most >= 0) {
        if (least < 0) least = std::min(24'000.0, most * 0.5);
        if (most < 0) most = std::max(210'000.0, least * 3);
        // Bands within the limits stay; others are moved into them.
        const bool outside = low < least || high > most;
        const auto scaled = [&](double value) {
            return least + (std::clamp(value, 24'000.0, 210'000.0) - 24'000) / 186'000 * (most - least);
        };
        if (outside) low = scaled(low);
        if (outside) high = scaled(high);
    }
    const double step = high - low >= 5000 ? 500 : high - low >= 500 ? 50 : 1;
    const auto steps = static_cast<std::uint64_t>((high - low) / step) + 1;
    const std::uint64_t draw = fact(bits, 61);
    const std::uint64_t place = (bounded(draw, steps) + bounded(mix(draw), steps)) / 2;
    const double amount = std::min(
        high,
        (static_cast<double>(static_cast<std::int64_t>(low / step)) + static_cast<double>(place)) * step);
    return std::max(low, amount);
}
std::int64_t salary(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    return static_cast<std::int64_t>(yearly_pay(thing, row, bits, thing.low, thing.high)) *
           powers_of_ten[thing.scale];
}
// Of 2,080 hours a year, in quarters; limits are by the hour.
std::int64_t hourly_rate(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    const auto yearly = [](double hourly) { return hourly < 0 ? hourly : hourly * 2080; };
    const auto pay =
        static_cast<std::int64_t>(yearly_pay(thing, row, bits, yearly(thing.low), yearly(thing.high)));
    std::int64_t hundredths = pay * 100 / 2080 / 25 * 25;
    if (thing.low >= 0 && hundredths < static_cast<std::int64_t>(thing.low * 100 + 0.5))
        hundredths = static_cast<std::int64_t>(thing.low * 100 + 0.5);
    return in_scale(hundredths, thing.scale);
}
Made skill(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    text += thing.extra(fact(bits, 62));
    return Made::own;
}
Made employment(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    static constexpr std::string_view types[] = {"Full-time", "Full-time", "Full-time", "Full-time",
                                                 "Full-time", "Full-time", "Part-time", "Part-time",
                                                 "Contract",  "Internship"};
    text += types[bounded(fact(bits, 63), std::size(types))];
    return Made::own;
}
constexpr ThingField job_fields[] = {
    {"title", column_text<0>},      {"department", column_text<1>},        {"salary", nullptr, salary},
    {"level", column_text<4>},      {"hourly_rate", nullptr, hourly_rate}, {"skill", skill},
    {"employment_type", employment}};

}  // namespace

Result<KernelPointer> make_job(const plan::Generator& generator, const KernelContext& context) {
    ThingWriter writer(Phrases("en_US", {}));
    take_columns(writer, "job", {"title", "department", "low", "high", "level"});
    InputList inputs(generator);
    writer.first = inputs.text("department");
    writer.second = inputs.text("title");
    writer.by_first.add(writer.columns[1], writer.rows.list.weights());
    writer.by_second.add(writer.columns[0], {});
    writer.extra = WeightedList::of("list.skills.name");
    return make_thing(generator, context, job_fields, std::move(writer), inputs);
}

}  // namespace confab::engine
