// address.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/generators/locale.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/record_families.hpp"
#include "engine/generators/record_kernel.hpp"

namespace confab::engine {

namespace {

enum class Field : std::uint8_t {
    full, street, street_name, house_number, secondary, city, district, state, state_code, postal_code, country, country_code,
    country_code3, continent, latitude, longitude, coordinates, time_zone, phone, area_code, dial_code, neighborhood, locality
};

constexpr std::string_view field_names[] = {
    "full", "street", "street_name", "house_number", "secondary", "city", "district", "state", "state_code",
    "postal_code", "country", "country_code", "country_code3", "continent", "latitude", "longitude", "coordinates",
    "time_zone", "phone", "area_code", "dial_code", "neighborhood", "locality"};

struct PlaceWriter {
    Field field = Field::city;
    LocaleFacts locale;
    WeightedList cities;
    vocabulary::List states, codes, postals, counties, latitudes, longitudes, zones, areas;
    vocabulary::List world_countries, world_codes, world_codes3;  // of the whole world; empty for one country
    WeightedList streets, kinds;
    std::string_view country, code3, continent;
    TextColumn column;
    int scale = 4;  // of latitude and longitude

    std::vector<std::size_t> only;  // places to choose from, by `chosen`; empty: all, by their weights
    AliasTable chosen;

    std::size_t place(std::uint64_t bits) const { return only.empty() ? cities.index(fact(bits, 1)) : only[chosen(fact(bits, 1))]; }
    bool world() const { return !world_countries.empty(); }

    std::int64_t number(std::uint64_t bits, const RowInputs&) const {
        const std::size_t p = place(bits);
        return coordinate(field == Field::latitude ? latitudes[p] : longitudes[p], fact(bits, field == Field::latitude ? 2 : 3), scale);
    }

    // The place's own coordinate, moved by up to a kilometre or so.
    static std::int64_t coordinate(std::string_view text, std::uint64_t bits, int digits) {
        double degrees = 0;
        std::from_chars(text.data(), text.data() + text.size(), degrees);
        const double moved = degrees * 1e6 + static_cast<double>(bounded(bits, 20'000)) - 10'000;
        auto units = static_cast<std::int64_t>(moved < 0 ? moved - 0.5 : moved + 0.5);
        for (int s = 6; s > digits; --s) units /= 10;
        for (int s = 6; s < digits; ++s) units *= 10;
        return units;
    }

    Made write(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        const std::size_t p = place(bits);
        switch (field) {
            case Field::full: append_full(bits, p, text); break;
            case Field::street: append_street(bits, text); break;
            case Field::street_name: append_street_name(bits, text); break;
            case Field::house_number: append_number(bits, text); break;
            case Field::secondary: append_secondary(bits, text); break;
            case Field::city: text += cities.list[p]; break;
            case Field::district:
            case Field::neighborhood:
                if (field == Field::neighborhood || world()) append_neighborhood(bits, text);
                else text += counties[p];
                break;
            case Field::state: text += world() ? cities.list[p] : states[p]; break;
            case Field::state_code: text += world() ? world_codes[p] : codes[p]; break;
            case Field::postal_code: append_postal(bits, p, text); break;
            case Field::country: text += world() ? world_countries[p] : country; break;
            case Field::country_code: text += world() ? world_codes[p] : locale.country; break;
            case Field::country_code3: text += world() ? world_codes3[p] : code3; break;
            case Field::continent: text += continent; break;
            case Field::latitude:
            case Field::longitude: NumberColumn::append_decimal(text, number(bits, row), scale); break;
            case Field::coordinates:
                text += '(';
                NumberColumn::append_decimal(text, coordinate(longitudes[p], fact(bits, 3), 4), 4);
                text += ',';
                NumberColumn::append_decimal(text, coordinate(latitudes[p], fact(bits, 2), 4), 4);
                text += ')';
                trim_coordinates(text);
                break;
            case Field::time_zone: text += zones[p]; break;
            case Field::area_code: text += areas.empty() ? std::string_view("1") : areas[p]; break;
            case Field::dial_code:
                text += '+';
                text += locale.dial;
                break;
            case Field::phone: append_phone(bits, p, text); break;
            case Field::locality: append_locality(p, text); break;
        }
        return Made::own;
    }

  private:
    // float8 prints no trailing zeros.
    static void trim_coordinates(std::string& text) {
        std::string trimmed;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == ',' || text[i] == ')') {
                while (trimmed.back() == '0') trimmed.pop_back();
                if (trimmed.back() == '.') trimmed.pop_back();
            }
            trimmed += text[i];
        }
        text = trimmed;
    }

    // "Boston, MA" where states go by letters; "Lyon, France" in the whole world; else the city alone.
    void append_locality(std::size_t p, std::string& text) const {
        text += cities.list[p];
        const bool lettered = !codes.empty() && (locale.country == "US" || locale.country == "BR");
        if (!world() && !lettered) return;
        text += ", ";
        text += world() ? world_countries[p] : codes[p];
    }

    void append_number(std::uint64_t bits, std::string& text) const {
        const std::uint64_t draw = fact(bits, 4);
        const bool american = locale.name == "en_US";
        // Low numbers are common: two draws, the smaller one counts.
        const std::uint64_t most = american ? 9899 : locale.name == "pt_BR" ? 1900 : 180;
        const std::uint64_t number = (american ? 100 : 1) + std::min(bounded(draw, most), bounded(mix(draw), most));
        if (locale.name == "ja_JP") {
            text += fmt::format("{}-{}-{}", 1 + bounded(draw, 6), 1 + bounded(mix(draw), 24), 1 + bounded(mix(draw, 2), 18));
            return;
        }
        text += std::to_string(number);
        if (locale.name == "de_DE" && bounded(mix(draw, 3), 100) < 9) text += "abc"[bounded(mix(draw, 4), 3)];
    }

    void append_street_name(std::uint64_t bits, std::string& text) const {
        text += streets(fact(bits, 5));
        if (!kinds.empty()) {
            text += ' ';
            text += kinds(fact(bits, 6));
        }
    }

    void append_street(std::uint64_t bits, std::string& text) const {
        const bool number_first = locale.name == "en_US" || locale.name == "en_GB" || locale.name == "fr_FR";
        if (number_first) {
            append_number(bits, text);
            text += ' ';
        }
        append_street_name(bits, text);
        if (!number_first) {
            const bool comma = locale.name == "it_IT" || locale.name == "pt_BR" || locale.name == "es_ES";
            if (locale.name != "ja_JP") text += comma ? ", " : " ";
            append_number(bits, text);
        }
    }

    void append_secondary(std::uint64_t bits, std::string& text) const {
        const std::uint64_t draw = fact(bits, 7);
        const std::uint64_t number = 1 + bounded(draw, 40);
        if (locale.name == "en_GB") text += fmt::format("Flat {}", number);
        else if (locale.name == "en_US") {
            const std::uint64_t kind = bounded(mix(draw), 10);
            if (kind < 6) text += fmt::format("Apt {}", number);
            else if (kind < 8) text += fmt::format("Apt {}{}", 1 + number % 9, "ABCDEF"[number % 6]);
            else if (kind == 8) text += fmt::format("Unit {}", number);
            else text += fmt::format("Suite {}", number * 10);
        } else if (locale.name == "de_DE") text += fmt::format("{}. OG", 1 + number % 5);
        else if (locale.name == "fr_FR") text += fmt::format("Appartement {}", number);
        else if (locale.name == "es_ES") text += fmt::format("{}º {}", 1 + number % 8, "ABCD"[number % 4]);
        else if (locale.name == "it_IT") text += fmt::format("Interno {}", number);
        else if (locale.name == "pt_BR") text += fmt::format("Apto {}", number * 10 + 1);
        else if (locale.name == "nl_NL") text += fmt::format("{} hoog", 1 + number % 4);
        else if (locale.name == "pl_PL") text += fmt::format("m. {}", number);
        else text += fmt::format("{}号室", 100 * (1 + number % 9) + number % 8 + 1);
    }

    void append_neighborhood(std::uint64_t bits, std::string& text) const {
        static constexpr std::string_view names[] = {"Downtown", "Old Town", "Riverside", "Northside", "Westend", "Hillcrest", "Lakeview", "Midtown",
                                                     "Eastwood", "Harbor District", "University District", "Southgate", "Greenwood", "Market District", "Fairview", "Parkside"};
        text += names[bounded(fact(bits, 8), std::size(names))];
    }

    void append_postal(std::uint64_t bits, std::size_t p, std::string& text) const {
        const std::string_view pattern = postals.empty() ? std::string_view("#####") : postals[p];
        std::uint64_t state = fact(bits, 9);
        constexpr std::string_view letters = "ABDEFGHJLNPQRSTUWXYZ";
        for (const char c : pattern) {
            if (c != '#' && c != '@') {
                text += c;
                continue;
            }
            state = mix(state);
            if (c == '#') text += static_cast<char>('1' + bounded(state, 9));
            else text += letters[bounded(state, letters.size())];
        }
        if (!column.fits(text)) std::erase(text, '-');
    }

    void append_phone(std::uint64_t bits, std::size_t p, std::string& text) const {
        std::uint64_t digits = fact(bits, 10);
        const std::string_view format = locale.phone;
        for (std::size_t i = 0; i < format.size(); ++i) {
            if (format[i] != '{') {
                text += format[i];
                continue;
            }
            const std::size_t close = format.find('}', i);
            const std::string_view part = format.substr(i + 1, close - i - 1);
            const std::size_t count = part == "area" ? 0 : part == "exchange" ? 3 : part.size();
            if (part == "area") text += areas.empty() ? std::string_view("20") : areas[p];
            for (std::size_t d = 0; d < count; ++d) {
                digits = mix(digits);
                text += static_cast<char>('2' + bounded(digits, 8));
            }
            i = close;
        }
        if (!column.fits(text)) {
            std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
            const std::size_t room = std::min(column.characters, column.bytes);
            if (text.size() > room) text.erase(0, text.size() - room);
        }
    }

    void append_full(std::uint64_t bits, std::size_t p, std::string& text) const {
        std::string_view format = locale.full;
        if (world()) format = "{street}, {city}, {country}";
        while (!format.empty()) {
            const std::size_t open = format.find('{');
            text += format.substr(0, open);
            if (open == std::string_view::npos) break;
            const std::size_t close = format.find('}', open);
            const std::string_view part = format.substr(open + 1, close - open - 1);
            if (part == "street") append_street(bits, text);
            else if (part == "city") text += cities.list[p];
            else if (part == "state") text += states[p];
            else if (part == "state_code") text += codes[p];
            else if (part == "postal_code") append_postal(bits, p, text);
            else if (part == "country") text += world_countries[p];
            format.remove_prefix(close + 1);
        }
        if (!column.fits(text)) {
            text.clear();
            append_street(bits, text);
        }
    }
};

// Keeps to the places of the named states and cities.
Status narrow(PlaceWriter& writer, const std::vector<std::optional<std::string>>& names) {
    std::vector<double> weights;
    const auto is_named = [&](std::string_view text) {
        return std::any_of(names.begin(), names.end(), [&](const auto& name) { return name && equal_ignoring_case(*name, text); });
    };
    for (std::size_t i = 0; i < writer.cities.list.size(); ++i) {
        const bool in_state = !writer.states.empty() && (is_named(writer.states[i]) || is_named(writer.codes[i]));
        if (!in_state && !is_named(writer.cities.list[i])) continue;
        writer.only.push_back(i);
        weights.push_back(writer.cities.list.weight(i));
    }
    if (writer.only.empty()) return parameter_error("address", "in", "names no place of " + std::string(writer.locale.country));
    writer.chosen = AliasTable(weights);
    return {};
}

}  // namespace

Result<KernelPointer> make_address(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string name = parameters.text("field");
    const auto place = std::find(std::begin(field_names), std::end(field_names), name);
    if (place == std::end(field_names)) return parameter_error(generator.kind, "field", fmt::format("is no field of an address: `{}`", name));
    PlaceWriter writer;
    writer.field = static_cast<Field>(place - std::begin(field_names));
    const std::string locale = parameters.text("locale", context.plan.locale.empty() ? "en_US" : context.plan.locale);
    CONFAB_TRY(writer.locale, LocaleFacts::of(locale));
    const bool world = parameters.text("spread") == "world";
    const std::vector<std::optional<std::string>> within = parameters.scalars("in");
    CONFAB_CHECK(parameters.status());
    const std::string key = world ? "place.world." : fmt::format("place.{}.", writer.locale.country);
    writer.cities = WeightedList::of(key + "city");
    writer.latitudes = vocabulary::find(key + "latitude");
    writer.longitudes = vocabulary::find(key + "longitude");
    writer.zones = vocabulary::find(key + "zone");
    if (world) {
        writer.world_countries = vocabulary::find(key + "country");
        writer.world_codes = vocabulary::find(key + "country_code");
        writer.world_codes3 = vocabulary::find(key + "country_code3");
    } else {
        writer.states = vocabulary::find(key + "state");
        writer.codes = vocabulary::find(key + "code");
        writer.postals = vocabulary::find(key + "postal");
        writer.counties = vocabulary::find(key + "county");
        writer.areas = vocabulary::find(key + "area");
    }
    if (!within.empty()) CONFAB_CHECK(narrow(writer, within));
    const vocabulary::List codes = vocabulary::find("list.countries.code");
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (codes[i] != writer.locale.country) continue;
        writer.country = vocabulary::find("list.countries.name")[i];
        writer.code3 = vocabulary::find("list.countries.code3")[i];
        writer.continent = vocabulary::find("list.countries.continent")[i];
    }
    writer.streets = WeightedList::of("street." + locale);
    writer.kinds = WeightedList::of(fmt::format("street.{}.kind", locale));
    InputList inputs(generator);
    if (writer.field == Field::latitude || writer.field == Field::longitude) {
        CONFAB_TRY(const NumberColumn column, NumberColumn::of(context, generator.kind, 6));
        writer.scale = column.scale;
        if (column.high < 180 * powers_of_ten[std::min(column.scale, 15)]) return parameter_error(generator.kind, "field", "does not fit: the column holds no three digits before the point");
        return number_record(generator, context, column, std::move(writer), inputs);
    }
    if (writer.field == Field::coordinates && context.type.kind == schema::TypeKind::point) {
        KernelContext inner = context;
        inner.type = {};
        return text_record(generator, inner, std::move(writer), inputs);
    }
    // Columns that have no room for a name hold the code.
    const bool character = schema::is_character(context.type.kind);
    if (character && context.type.length > 0 && context.type.length <= 3) {
        if (writer.field == Field::state) writer.field = Field::state_code;
        if (writer.field == Field::country) writer.field = context.type.length == 3 ? Field::country_code3 : Field::country_code;
        if (writer.field == Field::country_code && context.type.length == 3 && context.type.kind == schema::TypeKind::character) writer.field = Field::country_code3;
    }
    const bool numeric = schema::is_numeric(context.type.kind);
    if (numeric && (writer.field == Field::house_number || writer.field == Field::postal_code || writer.field == Field::area_code)) {
        return make_kernel({"integer", {{"min", writer.field == Field::house_number ? 1 : 10'000}, {"max", writer.field == Field::house_number ? 999 : 32'000}}}, context);
    }
    CONFAB_TRY(writer.column, TextColumn::of(context, generator.kind));
    return text_record(generator, context, std::move(writer), inputs);
}

}  // namespace confab::engine
