// Statements, one after the other → the draft of a Schema.
#pragma once

#include "ddl/context.hpp"

namespace confab::ddl {

// Parses one statement and applies it. One that has nothing to do with rows is counted and passed over, even
// where it does not parse.
Status collect(SchemaDraft& draft, const StatementText& text);

}  // namespace confab::ddl
