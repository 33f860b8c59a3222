#include "expr/functions.hpp"
namespace confab::expr {
std::span<const Signature> time_functions() { return {}; }
}  // namespace confab::expr
