// CREATE INDEX, and the members that it shares with exclusion constraints and partition keys.
#pragma once

#include <string>
#include <vector>

#include "ddl/context.hpp"

namespace confab::ddl {

Status create_index(const Context& context, const PgQuery__IndexStmt& statement);

Result<schema::IndexMember> read_index_member(const Context& context, const schema::Table& table,
                                              const PgQuery__IndexElem& element, std::int64_t location);
// The members' part of a chosen name: columns, the function or type of an expression, else `expr`.
std::string joined_members(const schema::Table& table, const std::vector<schema::IndexMember>& members);

}  // namespace confab::ddl
