// People's names, countries and places of a locale, from the vocabulary.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "engine/generators/alias.hpp"
#include "vocabulary/vocabulary.hpp"

namespace confab::engine {

// A list of the vocabulary with its weights.
struct WeightedList {
    vocabulary::List list;
    AliasTable alias;

    static WeightedList of(std::string_view name);
    bool empty() const { return list.empty(); }
    std::size_t index(std::uint64_t bits) const { return alias(bits); }
    std::string_view operator()(std::uint64_t bits) const { return list[alias(bits)]; }
};

// A row of the table of locales (data/tables/countries.tsv).
struct LocaleFacts {
    std::string name;  // en_US
    std::string_view country, dial, phone, mobile, tld, full;
    bool postal_first = false;

    // Fails with the list of locales.
    static Result<LocaleFacts> of(std::string_view name);
};

enum class Gender : std::uint8_t { female, male };

struct Name {
    std::string_view first;
    std::string_view last;
    std::string_view first_latin;  // for addresses, where the name is in another script
    std::string_view last_latin;
    Gender gender = Gender::female;
};

class Names {
  public:
    static Names of(std::string_view locale);

    Gender gender(std::uint64_t bits) const;
    Name name(std::uint64_t bits, Gender gender) const;
    std::string_view first(std::uint64_t bits, Gender gender) const;

  private:
    WeightedList female_, male_, last_, last_female_;
    vocabulary::List female_latin_, male_latin_, last_latin_;
};

}  // namespace confab::engine
