// CREATE TABLE in all its forms: columns, LIKE, INHERITS, OF, PARTITION OF, PARTITION BY.
#pragma once

#include "ddl/context.hpp"

namespace confab::ddl {

Status create_table(const Context& context, PgQuery__CreateStmt& statement);

// FOR VALUES …, of PARTITION OF and of ATTACH PARTITION.
Result<schema::PartitionBound> read_bound(const Context& context, const PgQuery__PartitionBoundSpec& specification);

// Makes `child` inherit from `parent`: columns and checks are merged.
Status inherit(const Context& context, TableId child, TableId parent, std::int64_t location);

}  // namespace confab::ddl
