// dish: by cuisine and course, with what is in them. Columns of its table: name, contents, cuisine, category,
// low, high
#include <algorithm>
#include <fmt/format.h>

#include "engine/generators/things.hpp"
#include "engine/generators/value_list.hpp"

namespace confab::engine {

namespace {

Made dish_name(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&,
               std::string& text) {
    static constexpr std::string_view styles[] = {"Classic",     "House",    "Chef's", "Signature",
                                                  "Traditional", "Homemade", "Rustic", "Golden"};
    const std::uint64_t draw = fact(bits, 75);
    if (bounded(draw, 100) < 12) {
        text += styles[bounded(mix(draw), std::size(styles))];
        text += ' ';
    }
    text += thing.columns[0][row];
    if (!thing.column.fits(text)) text = thing.columns[0][row];
    return Made::own;
}
std::int64_t dish_price(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    return in_scale(
        price_hundredths(thing, number_of(thing.columns[4][row]), number_of(thing.columns[5][row]), bits),
        thing.scale);
}
Made dish_description(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&,
                      std::string& text) {
    static constexpr std::string_view endings[] = {".",
                                                   ", served with a side salad.",
                                                   ", made to order.",
                                                   ", a house favorite.",
                                                   ", prepared fresh every day.",
                                                   ", finished with fresh herbs."};
    const std::string_view contents = thing.columns[1][row];
    const std::size_t start = text.size();
    text += contents;
    if (text[start] >= 'a' && text[start] <= 'z') text[start] = static_cast<char>(text[start] - 32);
    const bool drink = thing.columns[3][row] == "Beverage" || thing.columns[3][row] == "Dessert";
    const std::size_t choice = drink ? 0 : bounded(fact(bits, 76), std::size(endings));
    text += endings[choice];
    if (!thing.column.fits(text)) text.resize(start + contents.size());
    return Made::own;
}
Made dish_ingredient(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&,
                     std::string& text) {
    text += thing.extra(fact(bits, 77));
    return Made::own;
}
std::int64_t dish_calories(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    const std::string_view category = thing.columns[3][row];
    const std::uint64_t base = category == "Main Course" ? 420
                               : category == "Dessert"   ? 280
                               : category == "Beverage"  ? 60
                                                         : 180;
    return in_scale(static_cast<std::int64_t>((base + bounded(fact(bits, 78), base * 5 / 4)) / 10 * 1000),
                    thing.scale);
}
enum class Diet : std::uint8_t { vegetarian, fish, meat };

Diet diet_of(const ThingWriter& thing, std::size_t row) {
    static constexpr std::string_view animals[] = {
        "beef",     "pork",      "chicken", "lamb",       "duck",   "bacon",      "ham",    "chorizo",
        "sausage",  "veal",      "salami",  "prosciutto", "turkey", "goat ",      "steak",  "meat",
        "pancetta", "guanciale", "ragù",    "rabbit",     "ribs",   "tenderloin", "mutton", "andouille"};
    static constexpr std::string_view fishes[] = {
        "fish",    "shrimp", "prawn",   "salmon",  "tuna",     "crab",   "lobster", "clam",
        "mussel",  "squid",  "octopus", "cod",     "sea bass", "anchov", "eel",     "catfish",
        "scallop", "bream",  "sole",    "haddock", "mackerel", "oyster", "snail",   "calamari"};
    std::string contents = lower(thing.columns[1][row]) + " " + lower(thing.columns[0][row]) + " ";
    if (const std::size_t cheese = contents.find("goat cheese"); cheese != std::string::npos)
        contents.erase(cheese, 11);
    const auto holds = [&](std::string_view part) { return contents.find(part) != std::string::npos; };
    if (std::any_of(std::begin(animals), std::end(animals), holds)) return Diet::meat;
    return std::any_of(std::begin(fishes), std::end(fishes), holds) ? Diet::fish : Diet::vegetarian;
}

Made dish_diet(const ThingWriter& thing, std::size_t row, std::uint64_t, const RowInputs&,
               std::string& text) {
    static constexpr std::string_view names[] = {"Vegetarian", "Fish", "Meat"};
    text += names[static_cast<std::size_t>(diet_of(thing, row))];
    return Made::own;
}

// `is_vegetarian`: the dish's own truth.
class VegetarianKernel final : public Kernel {
  public:
    VegetarianKernel(ThingWriter writer, ValueList values, std::vector<Input> inputs, std::string group,
                     std::shared_ptr<const RecordNumbers> numbers)
        : writer_(std::move(writer)),
          values_(std::move(values)),
          inputs_(std::move(inputs)),
          group_(std::move(group)),
          numbers_(std::move(numbers)) {}

    std::vector<Input> inputs() const override { return inputs_; }
    std::string group() const override { return group_; }
    std::uint64_t records() const override { return numbers_ ? numbers_->count() : 0; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs,
              Vector& out) const override {
        values_.fill(out, entropy.size(),
                     [&](std::size_t i) { return number_of_value(entropy[i], RowInputs(inputs, i)); });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs& inputs,
              Vector& out) const override {
        values_.fill(out, numbers.size(), [&](std::size_t i) {
            return number_of_value(numbers_->row(numbers[i]).bits, RowInputs(inputs, i));
        });
    }

  private:
    std::size_t number_of_value(std::uint64_t bits, const RowInputs& inputs) const {
        return diet_of(writer_, writer_.choose(bits, inputs).row) == Diet::vegetarian ? 1 : 0;
    }

    ThingWriter writer_;
    ValueList values_;  // false, true
    std::vector<Input> inputs_;
    std::string group_;
    std::shared_ptr<const RecordNumbers> numbers_;
};

Result<KernelPointer> make_vegetarian(const plan::Generator& generator, const KernelContext& context,
                                      ThingWriter writer, InputList& inputs) {
    const std::optional<std::string> texts[] = {"false", "true"};
    CONFAB_TRY(ValueList values, ValueList::make(context, texts));
    const std::string group = group_of(generator);
    CONFAB_TRY(std::shared_ptr<const RecordNumbers> numbers, RecordNumbers::make(generator, context, group));
    return KernelPointer(std::make_unique<VegetarianKernel>(std::move(writer), std::move(values),
                                                            inputs.take(), group, std::move(numbers)));
}

constexpr ThingField dish_fields[] = {{"name", dish_name},
                                      {"cuisine", column_text<2>},
                                      {"category", column_text<3>},
                                      {"price", nullptr, dish_price},
                                      {"description", dish_description},
                                      {"ingredient", dish_ingredient},
                                      {"calories", nullptr, dish_calories},
                                      {"diet", dish_diet}};

}  // namespace

Result<KernelPointer> make_dish(const plan::Generator& generator, const KernelContext& context) {
    ThingWriter writer(Phrases("en_US", {}));
    take_columns(writer, "dish", {"name", "contents", "cuisine", "category", "low", "high"});
    InputList inputs(generator);
    // The cuisine first: a category alone has dishes of every cuisine.
    writer.first = inputs.text("category");
    writer.second = inputs.text("cuisine");
    writer.by_first.add(writer.columns[3], {});
    writer.by_second.add(writer.columns[2], {});
    writer.by_both.add_pairs(writer.columns[2], writer.columns[3]);
    writer.extra = WeightedList::of("list.ingredients.name");
    // The only values to use: rows of other cuisines and categories are passed over.
    Parameters parameters(generator);
    const auto values = parameters.scalars("values");
    if (!values.empty()) {
        for (std::size_t i = 0; i < writer.columns[2].size(); ++i) {
            const bool named = std::any_of(values.begin(), values.end(), [&](const auto& value) {
                return value && (lower(*value) == lower(writer.columns[2][i]) ||
                                 lower(*value) == lower(writer.columns[3][i]));
            });
            if (named) writer.possible.push_back(i);
        }
    }
    if (parameters.text("field") == "vegetarian")
        return make_vegetarian(generator, context, std::move(writer), inputs);
    return make_thing(generator, context, dish_fields, std::move(writer), inputs);
}

}  // namespace confab::engine
