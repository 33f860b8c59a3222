// Bytes of a file → UTF-8 text, or why it is not one.
#pragma once

#include <string>

#include "base/result.hpp"
#include "ddl/ddl.hpp"

namespace confab::ddl {

// UTF-8 with or without its mark, UTF-16 of either order with its mark (or plainly ASCII in UTF-16).
// Refused, each in words of its own: too large, empty, pictures, archives and other binary files, broken UTF-8.
Result<std::string> decode(const Source& source, std::size_t max_bytes);

}  // namespace confab::ddl
