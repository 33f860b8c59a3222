// The valid name that a wrong one most likely meant, for error messages.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace confab::plan {

// Edits (insert, delete, replace, swap of neighbours) between two names, capitals ignored.
std::size_t edit_distance(std::string_view left, std::string_view right);

// The closest of `valid`, or empty when none is near enough to be meant (a third of the letters wrong).
std::string nearest(std::string_view wrong, std::span<const std::string> valid);

// `; did you mean "x"?`, or the whole list when it is short, or empty.
std::string suggestion(std::string_view wrong, std::span<const std::string> valid);

}  // namespace confab::plan
