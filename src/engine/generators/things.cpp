#include "engine/generators/things.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "engine/generators/codes.hpp"

namespace confab::engine {

namespace {

// Menus name their courses in several ways.
std::string_view usual_course(std::string_view word) {
    static constexpr std::pair<std::string_view, std::string_view> courses[] = {
        {"drink", "beverage"},     {"drinks", "beverage"},     {"beverages", "beverage"},
        {"starter", "appetizer"},  {"starters", "appetizer"},  {"appetizers", "appetizer"},
        {"main", "main course"},   {"mains", "main course"},   {"entree", "main course"},
        {"entrée", "main course"}, {"entrees", "main course"}, {"desserts", "dessert"},
        {"sweet", "dessert"},      {"sides", "side"},          {"side dish", "side"},
        {"soups", "soup"},         {"salads", "salad"}};
    const std::string key = lower(word);
    for (const auto& [known, usual] : courses) {
        if (key == known) return usual;
    }
    return word;
}

// What a menu may offer in the place of a course.
std::span<const std::string_view> courses_like(std::string_view course) {
    static constexpr std::string_view small[] = {"Appetizer", "Starter", "Mezze", "Tapas", "Side", "Salad"};
    const bool light = course == "side" || course == "appetizer" || course == "salad" || course == "Side" ||
                       course == "Appetizer" || course == "Salad" || course == "Starter" || course == "Snack";
    return light ? std::span<const std::string_view>(small) : std::span<const std::string_view>();
}

}  // namespace

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

double number_of(std::string_view text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void RowIndex::add(const vocabulary::List& column, const std::vector<double>& weights) {
    for (std::size_t i = 0; i < column.size(); ++i) insert(lower(column[i]), i, weights);
    finish();
}

void RowIndex::add_pairs(const vocabulary::List& left, const vocabulary::List& right) {
    for (std::size_t i = 0; i < left.size(); ++i) insert(lower(left[i]) + " / " + lower(right[i]), i, {});
    finish();
}

std::optional<std::size_t> RowIndex::row(std::string_view text, std::uint64_t bits) const {
    if (text.empty()) return {};
    const std::string key = lower(text);
    for (const Group& group : groups_) {
        if (group.key == key) return group.rows[group.alias(bits)];
    }
    if (key.size() < 4 || key.find(" / ") != std::string::npos) return {};
    for (const Group& group : groups_) {
        if (group.key.find(key) != std::string::npos || key.find(group.key) != std::string::npos)
            return group.rows[group.alias(bits)];
    }
    return {};
}

void RowIndex::insert(const std::string& key, std::size_t row, const std::vector<double>& weights) {
    auto found =
        std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) { return group.key == key; });
    if (found == groups_.end()) found = groups_.insert(groups_.end(), Group{key, {}, {}, {}});
    found->rows.push_back(row);
    found->weights.push_back(weights.empty() ? 1.0 : weights[row]);
}

void RowIndex::finish() {
    for (Group& group : groups_) group.alias = AliasTable(group.weights);
}

ThingWriter::Chosen ThingWriter::choose(std::uint64_t bits, const RowInputs& inputs) const {
    const std::uint64_t draw = fact(bits, 1);
    if (inputs.has(second) && inputs.has(first)) {
        const std::string_view course = usual_course(inputs.text(first));
        if (const auto row =
                by_both.row(std::string(inputs.text(second)) + " / " + std::string(course), draw))
            return {*row, true};
        // A drink of another cuisine is still a drink; a side of another one is not of this kitchen.
        if (course == "beverage" || course == "dessert") {
            if (const auto row = by_first.row(course, draw)) return {*row, true};
        }
    }
    // A course that is not in the table is not made up from another one of the same cuisine.
    if (!by_both.empty() && inputs.has(second) && inputs.has(first)) {
        const std::string_view course = usual_course(inputs.text(first));
        for (const std::string_view like : courses_like(course)) {
            if (const auto row =
                    by_both.row(std::string(inputs.text(second)) + " / " + std::string(like), draw))
                return {*row, true};
        }
        if (const auto row = by_first.row(course, draw)) return {*row, true};
    }
    if (inputs.has(second)) {
        if (const auto row = by_second.row(inputs.text(second), draw)) return {*row, true};
    }
    if (inputs.has(first)) {
        if (const auto row = by_first.row(usual_course(inputs.text(first)), draw)) return {*row, true};
    }
    if (!possible.empty()) return {possible[bounded(draw, possible.size())], false};
    return {rows.index(draw), false};
}

std::int64_t price_hundredths(const ThingWriter& thing, double low, double high, std::uint64_t bits) {
    const double floor = thing.low >= 0 ? thing.low : std::min(low, thing.high >= 0 ? thing.high * 0.5 : low);
    const double ceiling = thing.high >= 0 ? thing.high : std::max(high, floor * 3);
    low = std::clamp(low, floor, ceiling);
    high = std::clamp(high, floor, ceiling);
    if (high - low < (ceiling - floor) * 0.05) {
        low = floor;
        high = ceiling;
    }
    const auto least = static_cast<std::int64_t>(low * 100);
    const auto most = static_cast<std::int64_t>(high * 100);
    const std::uint64_t span = static_cast<std::uint64_t>(most - least + 1);
    const std::uint64_t draw = fact(bits, 60);
    const auto amount =
        least + static_cast<std::int64_t>(std::min(bounded(draw, span), bounded(mix(draw), span)));
    static constexpr int endings[] = {99, 99, 99, 99, 95, 95, 49, 50, 0, 0};
    const std::int64_t ended = amount / 100 * 100 + endings[bounded(mix(draw, 2), std::size(endings))];
    return std::clamp(ended, least, most);
}

std::int64_t in_scale(std::int64_t hundredths, int scale) {
    for (int s = 2; s < scale; ++s) hundredths *= 10;
    if (scale == 1) return (hundredths + 5) / 10;
    if (scale == 0) return (hundredths + 50) / 100;
    return hundredths;
}

Made append_column(const ThingWriter& thing, std::size_t column, std::size_t row, std::string& text) {
    text += thing.columns[column][row];
    return Made::own;
}

Made digits(std::string& text, std::uint64_t state, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        state = mix(state);
        text += static_cast<char>('0' + bounded(state, 10));
    }
    return Made::own;
}

Result<KernelPointer> make_thing(const plan::Generator& generator, const KernelContext& context,
                                 std::span<const ThingField> fields, ThingWriter writer, InputList& inputs) {
    Parameters parameters(generator);
    const std::string name = parameters.text("field");
    // Codes have numbers of their own: they need not agree with the record, and stay valid however many there
    // are.
    if (name == "isbn13" || name == "isbn10") return make_code_named(generator.kind, name, context);
    if (name == "barcode") return make_code_named(generator.kind, "ean13", context);
    if (name == "vin" && context.must_be_unique) return make_code_named(generator.kind, "vin", context);
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const ThingField& known) { return known.name == name; });
    if (field == fields.end())
        return parameter_error(generator.kind, "field", fmt::format("is unknown: `{}`", name));
    writer.low = parameters.number("min", -1);
    writer.high = parameters.number("max", -1);
    if (writer.low >= 0 && writer.high >= 0 && writer.low > writer.high)
        parameters.fail("min", "is above `max`");
    CONFAB_CHECK(parameters.status());
    writer.as_of = context.as_of;
    writer.text_function = field->text;
    writer.number_function = field->number;
    if (field->number) {
        CONFAB_TRY(const NumberColumn column,
                   NumberColumn::of(context, generator.kind,
                                    name == "price" || name == "cost" || name == "hourly_rate" ? 2 : 0));
        const bool whole_only = name == "year";
        if (whole_only && column.scale != 0)
            return parameter_error(generator.kind, "field", "needs a column of whole numbers");
        writer.scale = column.scale;
        return number_record(generator, context, column, std::move(writer), inputs);
    }
    CONFAB_TRY(writer.column, TextColumn::of(context, generator.kind));
    return text_record(generator, context, std::move(writer), inputs);
}

void take_columns(ThingWriter& writer, std::string_view table,
                  std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        writer.columns.push_back(vocabulary::find(fmt::format("{}.{}", table, name)));
    writer.rows = WeightedList::of(fmt::format("{}.{}", table, *names.begin()));
}

std::string locale_of(const plan::Generator& generator, const KernelContext& context) {
    const auto locale = generator.parameters.find("locale");
    if (locale != generator.parameters.end() && locale->is_string()) return locale->get<std::string>();
    return context.plan.locale.empty() ? "en_US" : context.plan.locale;
}

}  // namespace confab::engine
