// Byte offsets of a source text → lines and columns, for messages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace confab::ddl {

// Where `offset` is in `text`. Counts from the beginning: for errors, of which there is one.
Location locate(std::string_view text, std::size_t offset, const std::string& file_name);

// An error about the text at `offset`.
Error error_at(std::string_view text, std::size_t offset, const std::string& file_name, std::string message);

}  // namespace confab::ddl
