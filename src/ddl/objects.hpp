// Statements about objects that exist: COMMENT ON, DROP, RENAME, SET SCHEMA; and SET search_path.
#pragma once

#include "ddl/context.hpp"

namespace confab::ddl {

Status comment_on(const Context& context, const PgQuery__CommentStmt& statement);
Status drop_objects(const Context& context, const PgQuery__DropStmt& statement);
Status rename_object(const Context& context, const PgQuery__RenameStmt& statement);
Status move_object(const Context& context, const PgQuery__AlterObjectSchemaStmt& statement);

// SET search_path, and SELECT set_config('search_path', …): where names without a namespace are made and found.
void set_variable(const Context& context, const PgQuery__VariableSetStmt& statement);
void select_set_config(const Context& context, const PgQuery__SelectStmt& statement);

}  // namespace confab::ddl
