// A plan against its schema and the catalog of generators.
#pragma once

#include "plan/plan.hpp"
#include "plan/problems.hpp"

namespace confab::plan {

void validate(const Plan& plan, const schema::Schema& schema, Problems& problems);

// One generator, with those nested in it. `table` is where it stands.
void validate_generator(const Generator& generator, const Plan& plan, const schema::Schema& schema,
                        schema::TableId table, const Path& path, Problems& problems);

// The generator that stands as a JSON object in a parameter: {"generator": kind, …}.
Result<Generator> nested_generator(const Json& object);

}  // namespace confab::plan
