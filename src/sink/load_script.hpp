// load.sql: everything that psql needs to make a database of the CSV files beside it.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.hpp"

namespace confab::sink {

// Bare tables, `\copy` for each table that was made, then keys, checks, references and indexes, and the sequences
// set past the rows. For an empty database: `unzip x.zip && psql -f load.sql`.
std::string load_script(const engine::Program& program, const std::vector<std::string>& file_names);

}  // namespace confab::sink
