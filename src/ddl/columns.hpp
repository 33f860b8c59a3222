// One column: its type, default, identity; adding it to a table and to what inherits from the table.
#pragma once

#include "ddl/context.hpp"

namespace confab::ddl {

// The column of a definition, without its constraints. Serials are marked; their sequence gets its name later.
Result<schema::Column> read_column(const Context& context, const PgQuery__ColumnDef& definition);

// DEFAULT `node`, or no default when it is null or NULL. nextval('…') makes the column draw from that sequence.
Status set_default(const Context& context, TableId table, ColumnId column, PgQuery__Node* node);

// GENERATED … AS IDENTITY, from a constraint of a column or of ALTER COLUMN … ADD.
Status set_identity(const Context& context, TableId table, ColumnId column, const PgQuery__Constraint& constraint);
// The sequence of a serial or identity column takes the name that PostgreSQL would give it.
void name_implicit_sequence(const Context& context, TableId table, ColumnId column);

// The tables that inherit from `table` directly, partitions included.
std::vector<TableId> children_of(const SchemaDraft& draft, TableId table);
// Appends an inherited copy of the last column of `parent` to all below it, or merges it with one that is there.
Status inherit_column(const Context& context, TableId parent, ColumnId column, std::int64_t location);
// Merges `column` of a parent into `table`: what a child has already keeps its place.
Status merge_inherited_column(const Context& context, schema::Table& table, const schema::Column& column,
                              std::int64_t location);

// Takes a column out, and with it the keys, checks and indexes that name it; in the tables below too.
void drop_column(SchemaDraft& draft, TableId table, ColumnId column);

}  // namespace confab::ddl
