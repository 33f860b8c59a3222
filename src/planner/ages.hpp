// How old people are when something happens to them.
#pragma once

#include "planner/draft.hpp"

namespace confab::planner {

// Birth before the event of the row (hire, registration), by as many years as the table's people are old then.
void tie_birth(TableDraft& table);

}  // namespace confab::planner
