// The offline planner: a schema (and words) → a plan, by rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "plan/plan.hpp"
#include "schema/schema.hpp"

namespace confab::planner {

struct Options {
    std::uint64_t seed = 1;
    std::string as_of = "2026-01-01";
    std::string locale = "en_US";
    std::int64_t rows = 1000;                       // of every table; a ceiling where keys allow fewer
    std::vector<std::pair<std::string, plan::RowCount>> table_rows;  // asked for by name, exact
    std::vector<std::string> tables;                // only these and what they reference; empty = all
};

struct Planned {
    plan::Plan plan;
    std::vector<std::string> notes;           // what was inferred, for people
    std::vector<std::string> understood;      // what the instruction changed
    std::vector<std::string> refused;         // parts of the instruction that cannot be, and why
    std::vector<std::string> not_understood;  // parts of the instruction that changed nothing
};

// Infers a plan for the schema, then applies the instruction (empty = none).
Result<Planned> make_plan(const schema::Schema& schema, std::string_view instruction, const Options& options);

// Applies an instruction to an existing plan.
Result<Planned> edit_plan(const schema::Schema& schema, plan::Plan plan, std::string_view instruction);

}  // namespace confab::planner
