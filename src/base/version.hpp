// Of the program, as CMakeLists.txt states it.
#pragma once

#include <string_view>

namespace confab {

constexpr std::string_view version = CONFAB_VERSION;

}  // namespace confab
