// product: kinds of things that shops sell, with brands and prices. Columns of its table: kind, category,
// subcategory, low, high, unit, brands
#include <algorithm>
#include <fmt/format.h>

#include "engine/generators/things.hpp"

namespace confab::engine {

namespace {

std::string_view brand_of(const ThingWriter& thing, std::size_t row, std::uint64_t bits) {
    const std::string_view brands = thing.columns[6][row];
    const auto count = static_cast<std::size_t>(std::count(brands.begin(), brands.end(), ',')) + 1;
    std::size_t wanted = static_cast<std::size_t>(bounded(fact(bits, 64), count));
    std::size_t start = 0;
    while (wanted-- > 0) start = brands.find(',', start) + 1;
    std::string_view brand = brands.substr(start, brands.find(',', start) - start);
    while (!brand.empty() && brand.front() == ' ') brand.remove_prefix(1);
    return brand;
}
Made product_name(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&,
                  std::string& text) {
    static constexpr std::string_view series[] = {
        "Pro",    "Lite",      "Plus",  "Max",  "Classic", "Essential", "Studio",
        "Prime",  "Air",       "Eco",   "Mini", "One",     "Neo",       "Elite",
        "Core",   "Flex",      "Duo",   "Nova", "Urban",   "Heritage",  "Comfort",
        "Active", "Signature", "Vista", "Edge", "Touch",   "Zen",       "Alpha"};
    static constexpr std::string_view pantry[] = {"Organic",   "Classic", "Family Size", "Premium",
                                                  "Farmhouse", "Select",  "Original",    "Extra Fine"};
    const std::string_view kind = thing.columns[0][row];
    const bool food = thing.columns[1][row] == "Grocery";
    const std::uint64_t draw = fact(bits, 65);
    text += brand_of(thing, row, bits);
    if (bounded(draw, 100) < 62) {
        text += ' ';
        const std::string_view word = food ? pantry[bounded(mix(draw), std::size(pantry))]
                                           : series[bounded(mix(draw), std::size(series))];
        if (kind.find(word) == std::string_view::npos)
            text += word;
        else
            text.pop_back();
    }
    text += ' ';
    text += kind;
    if (!food && bounded(mix(draw, 3), 100) < 24) {
        text += ", ";
        text += thing.extra(fact(bits, 66));
    }
    if (!thing.column.fits(text)) {
        text.clear();
        text += brand_of(thing, row, bits);
        text += ' ';
        text += kind;
        if (!thing.column.fits(text)) text = kind;
    }
    return Made::own;
}
Made product_brand(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&,
                   std::string& text) {
    text += brand_of(thing, row, bits);
    return Made::own;
}
std::int64_t product_price(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    return in_scale(
        price_hundredths(thing, number_of(thing.columns[3][row]), number_of(thing.columns[4][row]), bits),
        thing.scale);
}
std::int64_t product_cost(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    const std::int64_t price =
        price_hundredths(thing, number_of(thing.columns[3][row]), number_of(thing.columns[4][row]), bits);
    return in_scale(price * static_cast<std::int64_t>(42 + bounded(fact(bits, 67), 28)) / 100, thing.scale);
}
Made product_sku(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&,
                 std::string& text) {
    const auto letters = [&](std::string_view from, std::size_t count) {
        for (const char c : from) {
            if (count == 0) break;
            const char capital = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
            if (capital < 'A' || capital > 'Z') continue;
            text += capital;
            --count;
        }
    };
    const bool narrow = thing.column.characters < 12;
    letters(thing.columns[1][row], narrow ? 2 : 3);
    if (!narrow) {
        text += '-';
        letters(brand_of(thing, row, bits), 2);
        text += '-';
    }
    digits(text, fact(bits, 68), 5);
    // As a mark of a later round is in parentheses, digits may end it.
    return Made::own;
}
Made color(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    text += thing.extra(fact(bits, 66));
    return Made::own;
}
Made product_size(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    static constexpr std::string_view sizes[] = {"S", "M", "M", "L", "L", "XL", "XS", "XXL", "One Size"};
    text += sizes[bounded(fact(bits, 69), std::size(sizes))];
    return Made::own;
}
Made product_material(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&,
                      std::string& text) {
    const vocabulary::List materials = vocabulary::find("list.materials.name");
    text += materials[bounded(fact(bits, 70), materials.size())];
    return Made::own;
}
Made product_description(const ThingWriter& thing, std::size_t row, std::uint64_t bits,
                         const RowInputs& inputs, std::string& text) {
    const std::string_view kind = thing.columns[0][row];
    static constexpr std::string_view openings[] = {
        "Our {}: made for everyday use and built to last.",
        "This {} combines clean design with dependable performance.",
        "This {} is sturdy, well thought out and easy to care for.",
        "The {} for everyone who has waited for one that simply works.",
        "Made with care: the {} for home and work.",
        "Every {} is checked by hand before it leaves our house.",
        "Our best-selling {}, now in a revised version.",
        "With this {}, beginners and professionals get along equally well.",
        "No frills, no compromises: this {} does what it should.",
        "The {} that our own staff use every day.",
        "This {} was developed together with demanding customers.",
        "Small details set this {} apart from the rest.",
        "Our answer to cheap imitations: the {} that holds up.",
        "This {} proves that good things need not be expensive.",
        "Tried and tested, and now even easier to use: the {}.",
        "The {} that earns its place from day one."};
    const std::string_view opening = openings[bounded(fact(bits, 71), std::size(openings))];
    const std::size_t hole = opening.find("{}");
    text += opening.substr(0, hole);
    text += kind;
    text += opening.substr(hole + 2);
    if (thing.column.characters > 120 && !thing.rules.empty()) {
        for (const std::size_t rule : thing.rules) {
            text += ' ';
            const std::size_t start = text.size();
            thing.phrases.expand(rule, bits, inputs, text);
            begin_with_capitals(text, start);
        }
    }
    return Made::own;
}
std::int64_t product_weight(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    const double high = number_of(thing.columns[4][row]);
    const std::uint64_t most = high > 600 ? 4000 : high > 150 ? 900 : 220;
    return in_scale(static_cast<std::int64_t>(
                        12 + std::min(bounded(fact(bits, 72), most), bounded(fact(bits, 73), most))),
                    thing.scale);
}
constexpr ThingField product_fields[] = {{"name", product_name},
                                         {"category", column_text<1>},
                                         {"subcategory", column_text<2>},
                                         {"brand", product_brand},
                                         {"price", nullptr, product_price},
                                         {"cost", nullptr, product_cost},
                                         {"sku", product_sku},
                                         {"color", color},
                                         {"size", product_size},
                                         {"material", product_material},
                                         {"unit", column_text<5>},
                                         {"description", product_description},
                                         {"weight", nullptr, product_weight}};

}  // namespace

Result<KernelPointer> make_product(const plan::Generator& generator, const KernelContext& context) {
    ThingWriter writer(Phrases("en_US", {}));
    take_columns(writer, "product", {"kind", "category", "subcategory", "low", "high", "unit", "brands"});
    InputList inputs(generator);
    writer.first = inputs.text("category");
    writer.by_first.add(writer.columns[1], {});
    writer.by_first.add(writer.columns[2], {});
    writer.extra = WeightedList::of("list.colors.name");
    for (const char* rule : {"product.second", "product.third"}) {
        if (const auto known = writer.phrases.rule(rule)) writer.rules.push_back(*known);
    }
    return make_thing(generator, context, product_fields, std::move(writer), inputs);
}

}  // namespace confab::engine
