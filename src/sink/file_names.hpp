// Names of CSV files: what a table is called, made safe for every file system.
#pragma once

#include <string>
#include <vector>

#include "schema/schema.hpp"

namespace confab::sink {

// A file name for each table, in the schema's order: `orders.csv`, `sales.orders.csv`. Characters that a file
// system or a script could stumble over become `_`; names that would be one file where case does not matter get a
// number. The names rest on the schema alone, not on which tables are made.
std::vector<std::string> csv_file_names(const schema::Schema& schema);

}  // namespace confab::sink
