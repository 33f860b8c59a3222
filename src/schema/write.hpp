// A schema as PostgreSQL DDL, in pieces that load in this order:
//
//   1 prelude     settings, namespaces, extensions, types, sequences
//   2 tables      bare tables: columns, NOT NULL, defaults, generated columns, partitions; no keys, no checks
//   3 (the rows)
//   4 keys        primary keys, unique constraints, and unique indexes that a foreign key may refer to
//   5 checks      CHECK and exclusion constraints
//   6 references  foreign keys
//   7 indexes
//   8 comments
//
// `schema.sql` is all of them without the rows; `load.sql` puts the rows between 2 and 4.
#pragma once

#include <string>
#include <vector>

#include "schema/schema.hpp"

namespace confab::schema {

// Statements without their semicolons, each complete in itself.
struct Statements {
    std::vector<std::string> prelude, tables, keys, checks, references, indexes, comments;
};

Statements write_statements(const Schema& schema);

// The whole schema as one script with a short header.
std::string write_script(const Schema& schema);

}  // namespace confab::schema
