// Instructions in words, applied to a plan: row counts, shares, ranges, dates, places, lists, NULLs.
//
// A sentence is read from its start: the longest piece (up to a comma, "and", "with" …) of which a recogniser
// takes up every word counts as understood, and reading goes on behind it. What no recogniser takes is handed
// back as it stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/draft.hpp"

namespace confab::planner::words {

struct Outcome {
    std::vector<std::string> understood;      // what was changed
    std::vector<std::string> refused;         // what was understood and cannot be, and why
    std::vector<std::string> not_understood;  // parts that changed nothing, each once
};

// `draft` tells names, types and roles of the schema; its generators are not read.
Outcome apply_instruction(const Draft& draft, plan::Plan& plan, std::string_view instruction);

}  // namespace confab::planner::words
