// Byte offsets of a text → lines and columns, for many of them: a binary search each.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "schema/schema.hpp"

namespace confab::ddl {

class LineTable {
  public:
    explicit LineTable(std::string_view text);  // which must outlive the table
    schema::Position position(std::size_t offset) const;
    std::size_t offset(schema::Position position) const;

  private:
    std::string_view text_;
    // Bytes before `offset` that continue a character.
    std::size_t continuation_bytes(std::size_t offset) const;

    std::vector<std::size_t> starts_;
    std::vector<std::size_t> continuations_;  // before each block: a line may be the whole file
};

}  // namespace confab::ddl
