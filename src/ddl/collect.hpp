// Statements, one after the other → the draft of a Schema.
#pragma once

#include <string>
#include <string_view>

#include "ddl/context.hpp"

namespace confab::ddl {

// Parses one statement and applies it. One that has nothing to do with rows is counted and passed over, even
// where it does not parse.
Status collect(SchemaDraft& draft, const StatementText& text);

// A statement that the rewriting passed over already: counted, and remembered where it makes something that is
// no table (a view, say), so that later statements about it are passed over too. `source` is the whole text.
void pass_over(SchemaDraft& draft, const StatementText& text, const std::string& kind, std::string_view source);

}  // namespace confab::ddl
