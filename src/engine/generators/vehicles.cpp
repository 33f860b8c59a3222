// vehicle: makes, models and what is stamped on them. Columns of its table: make, model, type, fuel, price
#include <algorithm>
#include <fmt/format.h>

#include "engine/generators/check_digits.hpp"
#include "engine/generators/things.hpp"

namespace confab::engine {

namespace {

std::int64_t vehicle_age(std::uint64_t bits) {
    return static_cast<std::int64_t>(std::min(bounded(fact(bits, 92), 16), bounded(fact(bits, 93), 20)));
}
std::int64_t vehicle_year(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&) {
    return civil_from_days(thing.as_of).year - vehicle_age(bits);
}
std::int64_t vehicle_mileage(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&) {
    const std::int64_t yearly = 5000 + static_cast<std::int64_t>(bounded(fact(bits, 94), 14'000));
    return (vehicle_age(bits) * yearly + static_cast<std::int64_t>(bounded(fact(bits, 95), 4000)) + 12) *
           powers_of_ten[thing.scale];
}
std::int64_t vehicle_price(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    double price = number_of(thing.columns[4][row]);
    for (std::int64_t year = vehicle_age(bits); year > 0; --year) price *= 0.88;
    const auto hundreds =
        static_cast<std::int64_t>(price / 100) + static_cast<std::int64_t>(bounded(fact(bits, 96), 20));
    return in_scale(hundreds * 10'000 - 500, thing.scale);
}
Made vehicle_name(const ThingWriter& thing, std::size_t row, std::uint64_t, const RowInputs&,
                  std::string& text) {
    append_column(thing, 0, row, text);
    text += ' ';
    return append_column(thing, 1, row, text);
}
Made vehicle_vin(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&,
                 std::string& text) {
    constexpr std::string_view symbols = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
    constexpr std::string_view years = "ABCDEFGHJKLMNPRSTVWXY123456789";  // from 2010, every thirty years
    std::string vin;
    std::uint64_t state = hash_text(thing.columns[0][row]);
    for (int i = 0; i < 3; ++i, state = mix(state))
        vin += i == 0 ? "123JKWVS4Z"[bounded(state, 10)] : symbols[10 + bounded(state, 23)];
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
Made vehicle_plate(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&,
                   std::string& text) {
    std::uint64_t state = fact(bits, 98);
    const std::string_view pattern = thing.country == "DE"                            ? "@@-@@ ####"
                                     : thing.country == "GB"                          ? "@@## @@@"
                                     : thing.country == "FR" || thing.country == "IT" ? "@@-###-@@"
                                     : thing.country == "ES"                          ? "#### @@@"
                                     : thing.country == "BR"                          ? "@@@#@##"
                                     : thing.country == "NL"                          ? "@@-###-@"
                                     : thing.country == "PL"                          ? "@@ #####"
                                     : thing.country == "JP"                          ? "##-##"
                                                                                      : "#@@@###";
    constexpr std::string_view letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
    for (const char c : pattern) {
        state = mix(state);
        text += c == '#'   ? static_cast<char>('1' + bounded(state, 9))
                : c == '@' ? letters[bounded(state, letters.size())]
                           : c;
    }
    return Made::own;
}
Made vehicle_transmission(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&,
                          std::string& text) {
    text += thing.columns[3][row] == "Electric" || bounded(fact(bits, 99), 100) < 70 ? "Automatic" : "Manual";
    return Made::own;
}
Made vehicle_color(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    text += thing.extra(fact(bits, 66));
    return Made::own;
}
constexpr ThingField vehicle_fields[] = {{"make", column_text<0>},
                                         {"model", column_text<1>},
                                         {"year", nullptr, vehicle_year},
                                         {"type", column_text<2>},
                                         {"vin", vehicle_vin},
                                         {"plate", vehicle_plate},
                                         {"color", vehicle_color},
                                         {"fuel", column_text<3>},
                                         {"mileage", nullptr, vehicle_mileage},
                                         {"transmission", vehicle_transmission},
                                         {"name", vehicle_name},
                                         {"price", nullptr, vehicle_price}};

}  // namespace

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
