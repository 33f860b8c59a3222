#include "engine/generators/locale.hpp"

#include <fmt/format.h>

#include "engine/generators/record_kernel.hpp"

namespace confab::engine {

WeightedList WeightedList::of(std::string_view name) {
    WeightedList made;
    made.list = vocabulary::find(name);
    if (!made.list.empty()) made.alias = AliasTable(made.list.weights());
    return made;
}

Result<LocaleFacts> LocaleFacts::of(std::string_view name) {
    const vocabulary::List locales = vocabulary::find("locale.locale");
    for (std::size_t i = 0; i < locales.size(); ++i) {
        if (locales[i] != name) continue;
        LocaleFacts facts;
        facts.name = std::string(name);
        facts.country = vocabulary::find("locale.country")[i];
        facts.dial = vocabulary::find("locale.dial")[i];
        facts.phone = vocabulary::find("locale.phone")[i];
        facts.mobile = vocabulary::find("locale.mobile")[i];
        facts.tld = vocabulary::find("locale.tld")[i];
        facts.full = vocabulary::find("locale.full")[i];
        facts.postal_first = vocabulary::find("locale.postal_first")[i] == "1";
        return facts;
    }
    std::string known;
    for (std::size_t i = 0; i < locales.size(); ++i) known += (i > 0 ? ", " : "") + std::string(locales[i]);
    return Error(ErrorKind::invalid_input, fmt::format("there is no vocabulary for the locale `{}`", name)).note("there are " + known);
}

Names Names::of(std::string_view locale) {
    const std::string key = fmt::format("person.{}.", locale);
    Names names;
    names.female_ = WeightedList::of(key + "female");
    names.male_ = WeightedList::of(key + "male");
    names.last_ = WeightedList::of(key + "last");
    names.last_female_ = WeightedList::of(key + "last_female");
    names.female_latin_ = vocabulary::find(key + "female.latin");
    names.male_latin_ = vocabulary::find(key + "male.latin");
    names.last_latin_ = vocabulary::find(key + "last.latin");
    return names;
}

Gender Names::gender(std::uint64_t bits) const { return (fact(bits, 1) >> 32U) < 0x83000000U ? Gender::female : Gender::male; }

std::string_view Names::first(std::uint64_t bits, Gender gender) const {
    return gender == Gender::female ? female_(bits) : male_(bits);
}

Name Names::name(std::uint64_t bits, Gender gender) const {
    Name name;
    name.gender = gender;
    const WeightedList& firsts = gender == Gender::female ? female_ : male_;
    const vocabulary::List& firsts_latin = gender == Gender::female ? female_latin_ : male_latin_;
    const std::size_t first = firsts.index(fact(bits, 2));
    name.first = firsts.list[first];
    name.first_latin = firsts_latin.empty() ? name.first : firsts_latin[first];
    const WeightedList& lasts = gender == Gender::female && !last_female_.empty() ? last_female_ : last_;
    const std::size_t last = lasts.index(fact(bits, 3));
    name.last = lasts.list[last];
    name.last_latin = last_latin_.empty() ? name.last : last_latin_[last];
    return name;
}

}  // namespace confab::engine
