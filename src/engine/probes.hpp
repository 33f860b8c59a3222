// Values that a check may have been written for: its own literals and their neighbours, and what is special in a
// type. Tried where neither the plan's values nor the facts that analysis finds satisfy a condition, as
// `position('@' in x) > 1` or `jsonb_typeof(x) = 'array'`.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "expr/expr.hpp"

namespace confab::engine {

// The literals of a condition, in PostgreSQL's text form, each once.
void collect_literals(const schema::Schema& schema, const expr::Program& condition, std::set<std::string>& literals);

// Candidates of the type, in PostgreSQL's text form; some may not be values of it.
std::vector<std::string> probes_of(const schema::Type& type, const std::set<std::string>& literals, std::int64_t as_of);

}  // namespace confab::engine
