// The last step: a draft becomes a Schema, with every foreign key resolved.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "ddl/draft.hpp"
#include "ddl/rewrite.hpp"
#include "ddl/statement_text.hpp"

namespace confab::ddl {

// `text` is only used to place errors in the source.
Result<schema::Schema> finish(SchemaDraft& draft, const std::vector<Hint>& hints, const StatementText& text);

}  // namespace confab::ddl
