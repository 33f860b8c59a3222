// How values of a type are read as text (base/value_text.hpp).
#pragma once

#include "base/value_text.hpp"
#include "schema/type.hpp"

namespace confab::engine {

// Enumerations are positions among their labels: not for them.
TextForm value_form(const schema::Type& type);

}  // namespace confab::engine
