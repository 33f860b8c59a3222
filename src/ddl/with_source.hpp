// Errors of later stages, shown in the text that the schema was read from.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "ddl/ddl.hpp"

namespace confab::ddl {

// Names the file and quotes the line in an error that has only a line and a column; any other is left as it is.
Error with_source(Error error, const Source& source);

}  // namespace confab::ddl
