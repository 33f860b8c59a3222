// Names that a built-in type may be written with, for "did you mean".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/schema.hpp"

namespace confab::schema {

// Those of the standard and those of pg_catalog.
std::vector<std::string> builtin_type_names();

// The type, built in or declared, that somebody may have meant by a name that is neither; nothing when none is near.
std::optional<std::string> nearest_type_name(const Schema& schema, const std::string& name);

}  // namespace confab::schema
