// CREATE TYPE, CREATE DOMAIN and what alters them.
#pragma once

#include "ddl/context.hpp"

namespace confab::ddl {

Status create_enumeration(const Context& context, const PgQuery__CreateEnumStmt& statement);
Status alter_enumeration(const Context& context, const PgQuery__AlterEnumStmt& statement);
Status create_domain(const Context& context, const PgQuery__CreateDomainStmt& statement);
Status alter_domain(const Context& context, const PgQuery__AlterDomainStmt& statement);
Status create_composite(const Context& context, const PgQuery__CompositeTypeStmt& statement);
Status create_range(const Context& context, const PgQuery__CreateRangeStmt& statement);

}  // namespace confab::ddl
