// What the expressions of an uploaded schema may use, by name.
#pragma once

#include <string_view>

namespace confab::gate {

// Functions of pg_catalog that compute a value from their arguments (or tell the time or a random number), and
// do nothing else.
bool is_allowed_function(std::string_view name);
// Operators of pg_catalog and of the trusted extensions: all of them compute values.
bool is_allowed_operator(std::string_view name);
bool is_builtin_operator_class(std::string_view name);
bool is_index_method(std::string_view name);
// Collations that every PostgreSQL has, whatever locales its machine knows.
bool is_portable_collation(std::string_view name);

}  // namespace confab::gate
