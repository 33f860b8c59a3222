// PostgreSQL's words, as far as writing names needs them.
#pragma once

#include <string_view>

namespace confab::schema {

// Whether a lower-case word is a keyword that a name must be quoted for (any category but "unreserved").
bool needs_quotes(std::string_view word);

}  // namespace confab::schema
