// Patterns of SQL as RE2 expressions, and the matchers of LIKE.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace confab::expr {

// LIKE: the whole text must match; `%` is any text, `_` any character.
std::string regex_of_like(std::string_view pattern, char escape);
// SIMILAR TO: LIKE's wildcards with | * + ? {m,n} ( ) [ ]; the whole text must match.
Result<std::string> regex_of_similar(std::string_view pattern, char escape);
// PostgreSQL's advanced regular expressions, where RE2 means the same; else ErrorKind::not_supported.
Result<std::string> regex_of_posix(std::string_view pattern);
// True when `text` matches; letters A to Z alike where `ignore_case`.
bool matches_like(std::string_view text, std::string_view pattern, char escape, bool ignore_case);

}  // namespace confab::expr
