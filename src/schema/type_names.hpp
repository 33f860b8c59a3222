// Names that a built-in type may be written with, for "did you mean".
#pragma once

#include <string>
#include <vector>

namespace confab::schema {

// Those of the standard and those of pg_catalog.
std::vector<std::string> builtin_type_names();

}  // namespace confab::schema
