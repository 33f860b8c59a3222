// A type as a statement names it → schema::Type.
#pragma once

#include <string>

#include <pg_query/pg_query.pb-c.h>

#include "base/result.hpp"
#include "ddl/draft.hpp"
#include "ddl/statement_text.hpp"

namespace confab::ddl {

struct ReadType {
    schema::Type type;
    bool is_serial = false;
    std::string declared;  // as SQL, with modifiers that schema::Type has no room for: `geometry(Point,4326)`
};

// What the schema does not declare and PostgreSQL does not have comes out as TypeKind::extension.
Result<ReadType> read_type(const SchemaDraft& draft, const StatementText& text, const PgQuery__TypeName& name);

}  // namespace confab::ddl
