// Foreign keys as plans name them: by their one column, or by the constraint's name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "schema/schema.hpp"

namespace confab::plan {

// The position in Table::foreign_keys. An error when no key, or more than one, is meant by the name.
Result<std::size_t> find_foreign_key(const schema::Schema& schema, schema::TableId table, std::string_view name);

// The name that find_foreign_key reads back: the column where it is the only column of this key alone.
std::string name_of_foreign_key(const schema::Table& table, std::size_t foreign_key);

}  // namespace confab::plan
