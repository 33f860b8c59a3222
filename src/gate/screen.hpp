// May the expressions of an uploaded schema reach PostgreSQL?
//
// A CHECK, a DEFAULT, a generated column, an index expression or a partition bound can call any function.
// `screen` parses each again and keeps those whose functions, operators, casts and types are on the
// allowlists (built-in, no side effect, no access to files, catalogs, settings or other SQL). The rest is
// taken out of the schema and listed in Schema::left_out with the reason. Trusted extensions (btree_gist,
// citext, hstore, ltree, pg_trgm, intarray, uuid-ossp, pgcrypto, unaccent) are recognised by their types,
// functions and operator classes, and named in Schema::extensions.
//
// PostgreSQL 15, notes on threats: an uploaded DDL is somebody else's program.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "schema/schema.hpp"

namespace confab::gate {

// The schema with what may not pass moved to `left_out`. An error only where a table could not be made
// without the clause (a generated column or a partition key that may not pass).
Result<schema::Schema> screen(schema::Schema schema);

// Why an expression may not pass, or nothing when it may.
std::optional<std::string> refuse_expression(const schema::Schema& schema, std::string_view sql);

}  // namespace confab::gate
