// Foreign keys of a draft, resolved once all tables are known.
#pragma once

#include "base/result.hpp"
#include "ddl/draft.hpp"
#include "ddl/statement_text.hpp"

namespace confab::ddl {

// Fills `parent` and `parent_columns` of every foreign key, by the numbers of the draft. Errors as PostgreSQL has
// them: no such table, no such column, columns that no key of the parent makes unique, types that do not compare.
// Where another dialect allows columns of different types, the referring column takes the type of the key.
Status resolve_references(SchemaDraft& draft, const StatementText& text);

}  // namespace confab::ddl
