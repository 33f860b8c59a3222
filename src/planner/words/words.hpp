// Instructions in words, applied to a plan: row counts, shares, ranges, dates, places, lists, NULLs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/draft.hpp"

namespace confab::planner::words {

struct Outcome {
    std::vector<std::string> notes;           // what was understood and could not be done, and why
    std::vector<std::string> not_understood;  // parts that changed nothing, each once
};

// `draft` tells names, types and roles of the schema; its generators are not read.
Outcome apply_instruction(const Draft& draft, plan::Plan& plan, std::string_view instruction);

}  // namespace confab::planner::words
