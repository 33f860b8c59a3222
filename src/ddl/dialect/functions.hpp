// Functions that PostgreSQL spells otherwise, as patterns: `$1` is an argument, `$*` all of them.
#pragma once

#include <string_view>

#include "ddl/ddl.hpp"

namespace confab::ddl::dialect {

// The pattern for a function called with so many arguments, or an empty one when the call stays as it is.
std::string_view function_pattern(Dialect dialect, std::string_view lower_name, std::size_t argument_count);

// The same for words that are functions without parentheses: SYSDATE, GETDATE.
std::string_view word_pattern(Dialect dialect, std::string_view lower_name);

}  // namespace confab::ddl::dialect
