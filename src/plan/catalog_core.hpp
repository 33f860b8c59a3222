// The entries of the generators that the engine itself carries out: keys, references, order of rows.
#pragma once

#include <span>

#include "plan/catalog.hpp"

namespace confab::plan {

std::span<const GeneratorEntry> core_generators();

}  // namespace confab::plan
