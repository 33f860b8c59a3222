// What a column is about, read from its name in the context of its table: knowledge as tables of rows.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "planner/entities.hpp"
#include "planner/names.hpp"

namespace confab::planner {

// Type classes, one letter each, as the tables name them.
//   t text  i integer  n numeric  f float  d date  m timestamp  h time of day  b boolean  u uuid
//   j json  v interval  x xml  a inet  o anything else
using TypeClass = char;

// One row of knowledge: a column whose words end with `words` (anchored by `^`: are exactly these), of one of
// the type classes, in a table of one of the kinds, plays `role` and is made by `generator`.
struct Meaning {
    std::string_view words;      // alternatives by `|`, as words_of gives them
    std::string_view types;      // letters of TypeClass
    std::string_view role;       // what relations between columns call it
    std::string_view generator;  // JSON; `@name`, `@prose`, `@status` depend on the table's entity
    double nulls = 0.1;          // share of NULL where the column allows it
    std::string_view kinds = {}; // EntityKind letters (see letter_of); empty = any
};

char letter_of(EntityKind kind);

struct Understood {
    const Meaning* meaning = nullptr;  // nullptr: nothing is known of it
    Words qualifier;                   // the words before those that matched: `billing` of `billing_city`
    int strength = 0;                  // words matched; more is surer
};

Understood understand(std::span<const std::string> column_words, TypeClass type, const Entity& table);

// The tables, by subject.
std::span<const Meaning> meanings_of_people();
std::span<const Meaning> meanings_of_places();
std::span<const Meaning> meanings_of_things();
std::span<const Meaning> meanings_of_numbers();
std::span<const Meaning> meanings_of_times();
std::span<const Meaning> meanings_of_flags();
std::span<const Meaning> meanings_of_texts();

}  // namespace confab::planner
