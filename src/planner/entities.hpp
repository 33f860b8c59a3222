// What a table is about, read from its name: the context in which `name`, `title` or `status` get their meaning.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "planner/names.hpp"

namespace confab::planner {

enum class EntityKind : std::uint8_t {
    unknown,
    person,        // customers, employees, patients
    company,       // suppliers, hotels, schools: has a name, an address, an industry
    place,         // addresses, cities, branches
    thing,         // products, books, vehicles: has a name, exists for long
    activity,      // projects, courses, events: has a start and an end
    document,      // orders, payments, bookings, visits: came about at a moment
    line,          // order items, invoice lines: a row of a document
    lookup,        // countries, categories, roles: a small vocabulary
    writing,       // posts, comments, reviews, messages: written by somebody at a moment
    record,        // logs, history, measurements, sessions: written by a machine at a moment
};

struct Entity {
    std::string_view words;      // singular, as words_of gives them; alternatives by `|`
    EntityKind kind = EntityKind::unknown;
    std::string_view name;       // generator (JSON) of its name or title; empty = none of its own
    std::string_view prose = "thing";  // subject of its descriptions: generator `text`, `about`
    std::string_view statuses = {};    // its usual states, most frequent first: `active 8|inactive 2`
};

// The entity that a table's words name: the longest entry that they end with ("menu item" before "item").
const Entity& entity_of(std::span<const std::string> table_words);

// The entity that a column's qualifier names (`author` in `author_name`), or nullptr.
const Entity* find_entity(std::span<const std::string> words);

}  // namespace confab::planner
