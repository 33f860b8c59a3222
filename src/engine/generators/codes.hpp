// Codes by name: numbers in another dress, those with a check digit with the right one.
#pragma once

#include <string_view>

#include "engine/generators/factories.hpp"

namespace confab::engine {

bool is_code(std::string_view name);
Result<KernelPointer> make_code_named(std::string_view kind, std::string_view name, const KernelContext& context);

}  // namespace confab::engine
