// Type names of a parse tree → schema types.
#pragma once

#include <pg_query/pg_query.pb-c.h>

#include "base/result.hpp"
#include "schema/schema.hpp"

namespace confab::expr {

// Built-in types by any of their names, and the schema's own enums, domains, composites and ranges.
// Domains are taken off: a cast to one is a cast to its base.
Result<schema::Type> type_of(const schema::Schema& schema, const PgQuery__TypeName& name);

}  // namespace confab::expr
