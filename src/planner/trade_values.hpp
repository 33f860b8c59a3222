// What a word means in the trade that a schema, or a table of it, serves: a class in a gym, the genre of a film.
#pragma once

#include <optional>
#include <string_view>

#include "planner/draft.hpp"

namespace confab::planner {

// Names of the table's rows; nothing where the trade has no say.
std::optional<Generator> name_in_trade(const Draft& draft, const TableDraft& table);

// Values of a column of this role in the table; nothing where the trade has no say.
std::optional<Generator> value_in_trade(const Draft& draft, const TableDraft& table, std::string_view role);

}  // namespace confab::planner
