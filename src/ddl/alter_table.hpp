// ALTER TABLE: what changes columns, constraints, inheritance and partitions. The rest is passed over.
#pragma once

#include "ddl/context.hpp"

namespace confab::ddl {

Status alter_table(const Context& context, const PgQuery__AlterTableStmt& statement);

// ALTER TABLE … RENAME COLUMN, in the table, in what refers to it and in the tables below.
Status rename_column(const Context& context, TableId table, ColumnId column, const std::string& name);
// ALTER TABLE … RENAME CONSTRAINT.
Status rename_constraint(const Context& context, TableId table, const std::string& from, const std::string& to);

}  // namespace confab::ddl
