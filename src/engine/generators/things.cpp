// job, product, book, dish, vehicle: rows of the vocabulary's tables with what belongs to them.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "engine/generators/check_digits.hpp"
#include "engine/generators/codes.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/phrases.hpp"
#include "engine/generators/record_families.hpp"

namespace confab::engine {

namespace {

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

// Menus name their courses in several ways.
std::string_view usual_course(std::string_view word) {
    static constexpr std::pair<std::string_view, std::string_view> courses[] = {
        {"drink", "beverage"}, {"drinks", "beverage"}, {"beverages", "beverage"}, {"starter", "appetizer"}, {"starters", "appetizer"}, {"appetizers", "appetizer"},
        {"main", "main course"}, {"mains", "main course"}, {"entree", "main course"}, {"entrée", "main course"}, {"entrees", "main course"},
        {"desserts", "dessert"}, {"sweet", "dessert"}, {"sides", "side"}, {"side dish", "side"}, {"soups", "soup"}, {"salads", "salad"}};
    const std::string key = lower(word);
    for (const auto& [known, usual] : courses) {
        if (key == known) return usual;
    }
    return word;
}

// Rows of a table by the words of one of its columns: which rows a text of the row means.
class RowIndex {
  public:
    void add(const vocabulary::List& column, const std::vector<double>& weights) {
        for (std::size_t i = 0; i < column.size(); ++i) insert(lower(column[i]), i, weights);
        finish();
    }
    void add_pairs(const vocabulary::List& left, const vocabulary::List& right) {
        for (std::size_t i = 0; i < left.size(); ++i) insert(lower(left[i]) + " / " + lower(right[i]), i, {});
        finish();
    }

    // A row of the group that `text` names, as a whole or in part (`Electronics & Audio` means Electronics).
    std::optional<std::size_t> row(std::string_view text, std::uint64_t bits) const {
        if (text.empty()) return {};
        const std::string key = lower(text);
        for (const Group& group : groups_) {
            if (group.key == key) return group.rows[group.alias(bits)];
        }
        if (key.size() < 4 || key.find(" / ") != std::string::npos) return {};
        for (const Group& group : groups_) {
            if (group.key.find(key) != std::string::npos || key.find(group.key) != std::string::npos) return group.rows[group.alias(bits)];
        }
        return {};
    }

  private:
    struct Group {
        std::string key;
        std::vector<std::size_t> rows;
        std::vector<double> weights;
        AliasTable alias;
    };
    void insert(const std::string& key, std::size_t row, const std::vector<double>& weights) {
        auto found = std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) { return group.key == key; });
        if (found == groups_.end()) found = groups_.insert(groups_.end(), Group{key, {}, {}, {}});
        found->rows.push_back(row);
        found->weights.push_back(weights.empty() ? 1.0 : weights[row]);
    }
    void finish() {
        for (Group& group : groups_) group.alias = AliasTable(group.weights);
    }

    std::vector<Group> groups_;
};

struct ThingWriter;
using TextFunction = Made (*)(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs& inputs, std::string& text);
using NumberFunction = std::int64_t (*)(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs& inputs);

// One table's record: the row, then what the field's function makes of it.
struct ThingWriter {
    explicit ThingWriter(Phrases known) : phrases(std::move(known)) {}

    std::vector<vocabulary::List> columns;
    std::vector<std::size_t> possible;      // rows to choose from; empty: all
    WeightedList rows;                      // weights of the rows
    RowIndex by_first, by_second, by_both;  // by the first and second input, and by `second / first`
    int first = -1, second = -1;
    Phrases phrases;
    std::vector<std::size_t> rules;
    std::vector<std::pair<std::string, std::size_t>> named_rules;
    WeightedList extra;
    Names people;
    TextColumn column;
    double low = -1, high = -1;             // of prices and salaries, when the plan says so
    int scale = 0;
    std::int64_t as_of = 0;
    std::string country;
    TextFunction text_function = nullptr;
    NumberFunction number_function = nullptr;

    struct Chosen {
        std::size_t row = 0;
        bool foreign = false;
    };
    Chosen choose(std::uint64_t bits, const RowInputs& inputs) const {
        const std::uint64_t draw = fact(bits, 1);
        if (inputs.has(second) && inputs.has(first)) {
            const std::string_view course = usual_course(inputs.text(first));
            if (const auto row = by_both.row(std::string(inputs.text(second)) + " / " + std::string(course), draw)) return {*row, true};
            // A drink of another cuisine is still a drink; a side of another one is not of this kitchen.
            if (course == "beverage" || course == "dessert") {
                if (const auto row = by_first.row(course, draw)) return {*row, true};
            }
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

    Made write(std::uint64_t bits, const RowInputs& inputs, std::string& text) const {
        const Chosen chosen = choose(bits, inputs);
        const Made made = text_function(*this, chosen.row, bits, inputs, text);
        return made == Made::own && chosen.foreign ? Made::foreign : made;
    }
    std::int64_t number(std::uint64_t bits, const RowInputs& inputs) const {
        return number_function(*this, choose(bits, inputs).row, bits, inputs);
    }
};

// Between low and high, lower values more often, in hundredths; limits of the plan in place of the row's own.
std::int64_t price_hundredths(const ThingWriter& thing, double low, double high, std::uint64_t bits) {
    if (thing.low >= 0) low = thing.low;
    if (thing.high >= 0) high = std::max(thing.high, low);
    const auto least = static_cast<std::int64_t>(low * 100);
    const auto most = static_cast<std::int64_t>(high * 100);
    const std::uint64_t span = static_cast<std::uint64_t>(most - least + 1);
    const std::uint64_t draw = fact(bits, 60);
    const auto amount = least + static_cast<std::int64_t>(std::min(bounded(draw, span), bounded(mix(draw), span)));
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

template <std::size_t Column> Made column_text(const ThingWriter& thing, std::size_t row, std::uint64_t, const RowInputs&, std::string& text) {
    return append_column(thing, Column, row, text);
}

Made digits(std::string& text, std::uint64_t state, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        state = mix(state);
        text += static_cast<char>('0' + bounded(state, 10));
    }
    return Made::own;
}

// Fields of a table: how each is made.
struct ThingField {
    std::string_view name;
    TextFunction text = nullptr;
    NumberFunction number = nullptr;
    bool moment = false;
};

// ---- job: title, department, low, high, level
std::int64_t salary(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    double low = number_of(thing.columns[2][row]);
    double high = number_of(thing.columns[3][row]);
    // The plan's limits take the place of all bands: 50,000 in a band of 32,000 to 210,000 lies where it lay.
    if (thing.low >= 0 || thing.high >= 0) {
        const double least = thing.low >= 0 ? thing.low : 32'000;
        const double most = thing.high >= 0 ? std::max(thing.high, least) : std::max(210'000.0, least * 3);
        const auto scaled = [&](double value) { return least + (std::clamp(value, 32'000.0, 210'000.0) - 32'000) / 178'000 * (most - least); };
        low = scaled(low);
        high = scaled(high);
    }
    const double step = high - low >= 5000 ? 500 : high - low >= 500 ? 50 : 1;
    const auto steps = static_cast<std::uint64_t>((high - low) / step) + 1;
    const std::uint64_t draw = fact(bits, 61);
    const std::uint64_t place = (bounded(draw, steps) + bounded(mix(draw), steps)) / 2;
    const double amount = std::min(high, (static_cast<double>(static_cast<std::int64_t>(low / step)) + static_cast<double>(place)) * step);
    return static_cast<std::int64_t>(std::max(low, amount)) * powers_of_ten[thing.scale];
}
std::int64_t hourly_rate(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs& inputs) {
    const std::int64_t yearly = salary(thing, row, bits, inputs) / powers_of_ten[thing.scale];
    return in_scale(yearly * 100 / 2080 / 25 * 25, thing.scale);
}
Made skill(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    text += thing.extra(fact(bits, 62));
    return Made::own;
}
Made employment(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    static constexpr std::string_view types[] = {"Full-time", "Full-time", "Full-time", "Full-time", "Full-time", "Full-time", "Part-time", "Part-time", "Contract", "Internship"};
    text += types[bounded(fact(bits, 63), std::size(types))];
    return Made::own;
}
constexpr ThingField job_fields[] = {{"title", column_text<0>}, {"department", column_text<1>}, {"salary", nullptr, salary}, {"level", column_text<4>},
                                     {"hourly_rate", nullptr, hourly_rate}, {"skill", skill}, {"employment_type", employment}};

// ---- product: kind, category, subcategory, low, high, unit, brands
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
Made product_name(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&, std::string& text) {
    static constexpr std::string_view series[] = {"Pro", "Lite", "Plus", "Max", "Classic", "Essential", "Studio", "Prime", "Air", "Eco", "Mini", "One", "Neo", "Elite", "Core",
                                                  "Flex", "Duo", "Nova", "Urban", "Heritage", "Comfort", "Active", "Signature", "Vista", "Edge", "Touch", "Zen", "Alpha"};
    static constexpr std::string_view pantry[] = {"Organic", "Classic", "Family Size", "Premium", "Farmhouse", "Select", "Original", "Extra Fine"};
    const std::string_view kind = thing.columns[0][row];
    const bool food = thing.columns[1][row] == "Grocery";
    const std::uint64_t draw = fact(bits, 65);
    text += brand_of(thing, row, bits);
    if (bounded(draw, 100) < 62) {
        text += ' ';
        const std::string_view word = food ? pantry[bounded(mix(draw), std::size(pantry))] : series[bounded(mix(draw), std::size(series))];
        if (kind.find(word) == std::string_view::npos) text += word;
        else text.pop_back();
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
Made product_brand(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&, std::string& text) {
    text += brand_of(thing, row, bits);
    return Made::own;
}
std::int64_t product_price(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    return in_scale(price_hundredths(thing, number_of(thing.columns[3][row]), number_of(thing.columns[4][row]), bits), thing.scale);
}
std::int64_t product_cost(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    const std::int64_t price = price_hundredths(thing, number_of(thing.columns[3][row]), number_of(thing.columns[4][row]), bits);
    return in_scale(price * static_cast<std::int64_t>(42 + bounded(fact(bits, 67), 28)) / 100, thing.scale);
}
Made product_sku(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&, std::string& text) {
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
Made product_material(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    const vocabulary::List materials = vocabulary::find("list.materials.name");
    text += materials[bounded(fact(bits, 70), materials.size())];
    return Made::own;
}
Made product_description(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs& inputs, std::string& text) {
    const std::string_view kind = thing.columns[0][row];
    static constexpr std::string_view openings[] = {"Our {}: made for everyday use and built to last.", "A {} that combines clean design with dependable performance.",
                                                    "This {} is sturdy, well thought out and easy to care for.", "The {} that earns its place from day one."};
    const std::string_view opening = openings[bounded(fact(bits, 71), std::size(openings))];
    const std::size_t hole = opening.find("{}");
    text += opening.substr(0, hole);
    text += kind;
    text += opening.substr(hole + 2);
    if (thing.column.characters > 120 && !thing.rules.empty()) {
        text += ' ';
        for (std::size_t r = 0; r < thing.rules.size(); ++r) {
            if (r > 0) text += ' ';
            thing.phrases.expand(thing.rules[r], bits, inputs, text);
        }
    }
    return Made::own;
}
std::int64_t product_weight(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    const double high = number_of(thing.columns[4][row]);
    const std::uint64_t most = high > 600 ? 4000 : high > 150 ? 900 : 220;
    return in_scale(static_cast<std::int64_t>(12 + std::min(bounded(fact(bits, 72), most), bounded(fact(bits, 73), most))), thing.scale);
}
constexpr ThingField product_fields[] = {
    {"name", product_name}, {"category", column_text<1>}, {"subcategory", column_text<2>}, {"brand", product_brand}, {"price", nullptr, product_price},
    {"cost", nullptr, product_cost}, {"sku", product_sku}, {"color", color}, {"size", product_size}, {"material", product_material}, {"unit", column_text<5>},
    {"description", product_description}, {"weight", nullptr, product_weight}};

// ---- dish: name, contents, cuisine, category, low, high
Made dish_name(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&, std::string& text) {
    static constexpr std::string_view styles[] = {"Classic", "House", "Chef's", "Signature", "Traditional", "Homemade", "Rustic", "Golden"};
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
    return in_scale(price_hundredths(thing, number_of(thing.columns[4][row]), number_of(thing.columns[5][row]), bits), thing.scale);
}
Made dish_description(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&, std::string& text) {
    static constexpr std::string_view endings[] = {".", ", served with a side salad.", ", made to order.", ", a house favorite.", ", prepared fresh every day.", ", finished with fresh herbs."};
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
Made dish_ingredient(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    text += thing.extra(fact(bits, 77));
    return Made::own;
}
std::int64_t dish_calories(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    const std::string_view category = thing.columns[3][row];
    const std::uint64_t base = category == "Main Course" ? 420 : category == "Dessert" ? 280 : category == "Beverage" ? 60 : 180;
    return in_scale(static_cast<std::int64_t>((base + bounded(fact(bits, 78), base * 5 / 4)) / 10 * 1000), thing.scale);
}
Made dish_diet(const ThingWriter& thing, std::size_t row, std::uint64_t, const RowInputs&, std::string& text) {
    const std::string contents = lower(thing.columns[1][row]) + " " + lower(thing.columns[0][row]);
    for (const char* animal : {"beef", "pork", "chicken", "lamb", "duck", "bacon", "ham", "chorizo", "sausage", "veal", "salami", "prosciutto", "turkey", "goat", "steak", "meat", "pancetta", "guanciale", "ragù", "rabbit", "ribs", "tenderloin"}) {
        if (contents.find(animal) != std::string::npos) {
            text += "Meat";
            return Made::own;
        }
    }
    for (const char* fish : {"fish", "shrimp", "prawn", "salmon", "tuna", "crab", "lobster", "clam", "mussel", "squid", "octopus", "cod", "sea bass", "anchov", "eel", "catfish", "scallop", "bream", "sole", "haddock", "mackerel", "oyster", "snail", "calamari"}) {
        if (contents.find(fish) != std::string::npos) {
            text += "Fish";
            return Made::own;
        }
    }
    text += "Vegetarian";
    return Made::own;
}
constexpr ThingField dish_fields[] = {{"name", dish_name}, {"cuisine", column_text<2>}, {"category", column_text<3>}, {"price", nullptr, dish_price},
                                      {"description", dish_description}, {"ingredient", dish_ingredient}, {"calories", nullptr, dish_calories}, {"diet", dish_diet}};

// ---- book: the rows are genres
Made book_title(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs& inputs, std::string& text) {
    std::size_t rule = thing.named_rules.front().second;
    for (const auto& [genre, titles] : thing.named_rules) {
        if (genre == thing.columns[0][row]) rule = titles;
    }
    const Made made = thing.phrases.expand(rule, bits, inputs, text);
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
    return made;
}
Made book_author(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    const std::uint64_t person = fact(bits, 79);
    const Name name = thing.people.name(person, thing.people.gender(person));
    text += name.first;
    text += ' ';
    text += name.last;
    return Made::own;
}
Made book_publisher(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    text += thing.extra(fact(bits, 80));
    return Made::own;
}
Made book_language(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    static constexpr std::string_view others[] = {"Spanish", "French", "German", "Italian", "Portuguese", "Japanese"};
    const std::uint64_t draw = fact(bits, 83);
    text += bounded(draw, 100) < 84 ? std::string_view("English") : others[bounded(mix(draw), std::size(others))];
    return Made::own;
}
std::int64_t book_pages(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    const std::string_view genre = thing.columns[0][row];
    const std::uint64_t base = genre == "Children's" ? 24 : genre == "Poetry" ? 72 : 176;
    return static_cast<std::int64_t>((base + (bounded(fact(bits, 84), base * 2) + bounded(fact(bits, 85), base)) / 2) / 4 * 4) * powers_of_ten[thing.scale];
}
std::int64_t book_year(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&) {
    const std::int64_t today = civil_from_days(thing.as_of).year;
    const auto age = static_cast<std::int64_t>(std::min({bounded(fact(bits, 86), 75), bounded(fact(bits, 87), 75), bounded(fact(bits, 90), 75)}));
    return today - 1 - age;
}
std::int64_t book_price(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&) {
    return in_scale(price_hundredths(thing, 6, 38, bits), thing.scale);
}
Made book_description(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs& inputs, std::string& text) {
    return thing.phrases.expand(thing.rules.front(), bits, inputs, text);
}
Made book_edition(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    static constexpr std::string_view editions[] = {"1st", "1st", "1st", "1st", "2nd", "2nd", "3rd", "Revised", "Anniversary"};
    text += editions[bounded(fact(bits, 88), std::size(editions))];
    return Made::own;
}
Made book_call_number(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    const std::uint64_t draw = fact(bits, 89);
    text += fmt::format("{:03}.{} {}{}{}", 100 + bounded(draw, 880), bounded(mix(draw), 99), static_cast<char>('A' + bounded(mix(draw, 1), 26)),
                        static_cast<char>('A' + bounded(mix(draw, 2), 26)), static_cast<char>('A' + bounded(mix(draw, 3), 26)));
    return Made::own;
}
Made book_format(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    static constexpr std::string_view formats[] = {"Paperback", "Paperback", "Paperback", "Hardcover", "Hardcover", "eBook", "Audiobook"};
    text += formats[bounded(fact(bits, 91), std::size(formats))];
    return Made::own;
}
constexpr ThingField book_fields[] = {
    {"title", book_title}, {"subtitle", book_description}, {"author", book_author}, {"genre", column_text<0>}, {"publisher", book_publisher},
    {"language", book_language}, {"pages", nullptr, book_pages}, {"year", nullptr, book_year}, {"price", nullptr, book_price},
    {"description", book_description}, {"edition", book_edition}, {"call_number", book_call_number}, {"format", book_format}};

// ---- vehicle: make, model, type, fuel, price
std::int64_t vehicle_age(std::uint64_t bits) { return static_cast<std::int64_t>(std::min(bounded(fact(bits, 92), 16), bounded(fact(bits, 93), 20))); }
std::int64_t vehicle_year(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&) { return civil_from_days(thing.as_of).year - vehicle_age(bits); }
std::int64_t vehicle_mileage(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&) {
    const std::int64_t yearly = 5000 + static_cast<std::int64_t>(bounded(fact(bits, 94), 14'000));
    return (vehicle_age(bits) * yearly + static_cast<std::int64_t>(bounded(fact(bits, 95), 4000)) + 12) * powers_of_ten[thing.scale];
}
std::int64_t vehicle_price(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    double price = number_of(thing.columns[4][row]);
    for (std::int64_t year = vehicle_age(bits); year > 0; --year) price *= 0.88;
    const auto hundreds = static_cast<std::int64_t>(price / 100) + static_cast<std::int64_t>(bounded(fact(bits, 96), 20));
    return in_scale(hundreds * 10'000 - 500, thing.scale);
}
Made vehicle_name(const ThingWriter& thing, std::size_t row, std::uint64_t, const RowInputs&, std::string& text) {
    append_column(thing, 0, row, text);
    text += ' ';
    return append_column(thing, 1, row, text);
}
Made vehicle_vin(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&, std::string& text) {
    constexpr std::string_view symbols = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
    constexpr std::string_view years = "ABCDEFGHJKLMNPRSTVWXY123456789";  // from 2010, every thirty years
    std::string vin;
    std::uint64_t state = hash_text(thing.columns[0][row]);
    for (int i = 0; i < 3; ++i, state = mix(state)) vin += i == 0 ? "123JKWVS4Z"[bounded(state, 10)] : symbols[10 + bounded(state, 23)];
    state = hash_text(thing.columns[1][row]);
    for (int i = 0; i < 5; ++i, state = mix(state)) vin += symbols[bounded(state, symbols.size())];
    vin += '0';
    const std::int64_t year = civil_from_days(thing.as_of).year - vehicle_age(bits);
    vin += years[static_cast<std::size_t>((year - 2010 + 300) % 30)];
    state = fact(bits, 97);
    vin += symbols[10 + bounded(state, 23)];
    digits(vin, mix(state), 6);
    vin[8] = vin_check_digit(vin);
    text += vin;
    return Made::own;
}
Made vehicle_plate(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    std::uint64_t state = fact(bits, 98);
    const std::string_view pattern = thing.country == "DE" ? "@@-@@ ####" : thing.country == "GB" ? "@@## @@@" : thing.country == "FR" || thing.country == "IT" ? "@@-###-@@"
                                     : thing.country == "ES" ? "#### @@@" : thing.country == "BR" ? "@@@#@##" : thing.country == "NL" ? "@@-###-@" : thing.country == "PL" ? "@@ #####" : thing.country == "JP" ? "##-##" : "#@@@###";
    constexpr std::string_view letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
    for (const char c : pattern) {
        state = mix(state);
        text += c == '#' ? static_cast<char>('1' + bounded(state, 9)) : c == '@' ? letters[bounded(state, letters.size())] : c;
    }
    return Made::own;
}
Made vehicle_transmission(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&, std::string& text) {
    text += thing.columns[3][row] == "Electric" || bounded(fact(bits, 99), 100) < 70 ? "Automatic" : "Manual";
    return Made::own;
}
constexpr ThingField vehicle_fields[] = {{"make", column_text<0>}, {"model", column_text<1>}, {"year", nullptr, vehicle_year}, {"type", column_text<2>}, {"vin", vehicle_vin},
                                         {"plate", vehicle_plate}, {"color", color}, {"fuel", column_text<3>}, {"mileage", nullptr, vehicle_mileage},
                                         {"transmission", vehicle_transmission}, {"name", vehicle_name}, {"price", nullptr, vehicle_price}};

Result<KernelPointer> make_thing(const plan::Generator& generator, const KernelContext& context, std::span<const ThingField> fields, ThingWriter writer, InputList& inputs) {
    Parameters parameters(generator);
    const std::string name = parameters.text("field");
    // Codes have numbers of their own: they need not agree with the record, and stay valid however many there are.
    if (name == "isbn13" || name == "isbn10") return make_code_named(generator.kind, name, context);
    if (name == "barcode") return make_code_named(generator.kind, "ean13", context);
    if (name == "vin" && context.must_be_unique) return make_code_named(generator.kind, "vin", context);
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const ThingField& known) { return known.name == name; });
    if (field == fields.end()) return parameter_error(generator.kind, "field", fmt::format("is unknown: `{}`", name));
    writer.low = parameters.number("min", -1);
    writer.high = parameters.number("max", -1);
    if (writer.low >= 0 && writer.high >= 0 && writer.low > writer.high) parameters.fail("min", "is above `max`");
    CONFAB_CHECK(parameters.status());
    writer.as_of = context.as_of;
    writer.text_function = field->text;
    writer.number_function = field->number;
    if (field->number) {
        CONFAB_TRY(const NumberColumn column, NumberColumn::of(context, generator.kind, name == "price" || name == "cost" ? 2 : 0));
        const bool whole_only = name == "year";
        if (whole_only && column.scale != 0) return parameter_error(generator.kind, "field", "needs a column of whole numbers");
        writer.scale = column.scale;
        return number_record(generator, context, column, std::move(writer), inputs);
    }
    CONFAB_TRY(writer.column, TextColumn::of(context, generator.kind));
    return text_record(generator, context, std::move(writer), inputs);
}

void take_columns(ThingWriter& writer, std::string_view table, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) writer.columns.push_back(vocabulary::find(fmt::format("{}.{}", table, name)));
    writer.rows = WeightedList::of(fmt::format("{}.{}", table, *names.begin()));
}

std::string locale_of(const plan::Generator& generator, const KernelContext& context) {
    const auto locale = generator.parameters.find("locale");
    if (locale != generator.parameters.end() && locale->is_string()) return locale->get<std::string>();
    return context.plan.locale.empty() ? "en_US" : context.plan.locale;
}

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
            const bool named = std::any_of(values.begin(), values.end(), [&](const auto& value) { return value && (lower(*value) == lower(writer.columns[2][i]) || lower(*value) == lower(writer.columns[3][i])); });
            if (named) writer.possible.push_back(i);
        }
    }
    return make_thing(generator, context, dish_fields, std::move(writer), inputs);
}

Result<KernelPointer> make_book(const plan::Generator& generator, const KernelContext& context) {
    ThingWriter writer(Phrases("en_US", {}));
    take_columns(writer, "list.book_genres", {"name"});
    InputList inputs(generator);
    writer.first = inputs.text("genre");
    writer.by_first.add(writer.columns[0], {});
    writer.extra = WeightedList::of("list.publishers.name");
    writer.people = Names::of("en_US");
    if (const auto rule = writer.phrases.rule("book.description")) writer.rules.push_back(*rule);
    writer.named_rules.emplace_back("Fiction", *writer.phrases.rule("book.title.Fiction"));
    for (std::size_t i = 0; i < writer.columns[0].size(); ++i) {
        if (const auto rule = writer.phrases.rule(fmt::format("book.title.{}", writer.columns[0][i]))) writer.named_rules.emplace_back(writer.columns[0][i], *rule);
    }
    return make_thing(generator, context, book_fields, std::move(writer), inputs);
}

Result<KernelPointer> make_vehicle(const plan::Generator& generator, const KernelContext& context) {
    ThingWriter writer(Phrases("en_US", {}));
    take_columns(writer, "vehicle", {"make", "model", "type", "fuel", "price"});
    InputList inputs(generator);
    CONFAB_TRY(const LocaleFacts facts, LocaleFacts::of(locale_of(generator, context)));
    writer.country = facts.country;
    writer.extra = WeightedList::of("list.colors.name");
    return make_thing(generator, context, vehicle_fields, std::move(writer), inputs);
}

}  // namespace confab::engine
