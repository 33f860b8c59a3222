// What the names of tables say about how long something takes.
#pragma once

#include "planner/draft.hpp"

namespace confab::planner {

// Rides, sessions, calls: written down as they happen, never ahead.
bool is_logged(const TableDraft& table);

// Logged, and over within hours.
bool ends_soon(const TableDraft& table);

}  // namespace confab::planner
