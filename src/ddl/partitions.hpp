// Partitions as Schema describes them: the columns of their table, and only what is their own besides.
#pragma once

#include "ddl/draft.hpp"

namespace confab::ddl {

// Puts the columns of a partition in the order of its table's and takes out the keys, checks, references and
// indexes that PostgreSQL gives to every partition anyway. Roots must be done before what is below them.
void settle_partition(SchemaDraft& draft, TableId partition);

}  // namespace confab::ddl
