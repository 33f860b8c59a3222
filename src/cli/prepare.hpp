// From arguments to a plan: read the schema, screen it, plan it or read the plan.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "plan/plan.hpp"
#include "schema/schema.hpp"

namespace confab::cli {

struct Prepared {
    schema::Schema schema;
    plan::Plan plan;
    std::vector<std::string> notes;           // of the planner
    std::vector<std::string> understood;      // of the instruction in words
    std::vector<std::string> refused;         // likewise
    std::vector<std::string> not_understood;  // parts of the instruction
    bool planned_offline = true;              // false = the plan was given
    std::string dialect;                      // for people; says whether it was detected
};

Result<Prepared> prepare(const Arguments& arguments);

// A table by the name that a person typed: as it is, or the only one that differs in case alone. An error names
// the nearest.
Result<schema::TableId> find_table(const schema::Schema& schema, const std::string& name, const std::string& option);

}  // namespace confab::cli
