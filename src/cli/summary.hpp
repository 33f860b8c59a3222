// What a run has to say in the end, for standard error.
#pragma once

#include <string>

#include "cli/prepare.hpp"
#include "engine/engine.hpp"

namespace confab::cli {

// What the planner did and did not understand; ends with a line feed when there is anything.
std::string planning_summary(const Prepared& prepared, std::size_t most_notes);
// What was passed over and left out, and smaller counts. Lists are cut at a readable length.
std::string warning_summary(const schema::Schema& schema, const engine::Report& report);

}  // namespace confab::cli
