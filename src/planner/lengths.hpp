// How long the rows of a table last, and at which times of the day they come about: by the table's words.
#pragma once

#include <string_view>

#include "planner/draft.hpp"

namespace confab::planner {

struct Length {
    std::string_view word, minimum, maximum;
};

// From the start to the end of a row, or nullptr where the words do not tell.
const Length* length_of(const TableDraft& table);

// What is agreed upon beforehand begins and ends at round times; empty = at any second.
std::string_view precision_of(const TableDraft& table);

// The hours of the day, as the generators of times have them.
const char* hours_of(const TableDraft& table);

}  // namespace confab::planner
