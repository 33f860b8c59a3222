// Generators from what analysis knows of a column: intervals, lists, patterns, lengths.
#pragma once

#include <vector>

#include "expr/analysis.hpp"
#include "plan/plan.hpp"
#include "schema/schema.hpp"

namespace confab::engine {

// Generators whose values could satisfy the fact, the most specific first; of some no value does.
std::vector<plan::Generator> generators_of(const expr::ColumnFact& fact, const schema::Type& type);

}  // namespace confab::engine
