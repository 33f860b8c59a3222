// The entries of the generators that make values by themselves; the part `engine/generators` has their kernels.
#pragma once

#include <span>

#include "plan/catalog.hpp"

namespace confab::plan {

std::span<const GeneratorEntry> value_generators();   // numbers, times, choices, templates, types
std::span<const GeneratorEntry> record_generators();  // people, places, companies, things, prose

}  // namespace confab::plan
