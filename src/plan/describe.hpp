// How errors speak of a JSON value, and the small checks that reading and validating share.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "plan/plan.hpp"
#include "plan/problems.hpp"

namespace confab::plan {

// `the text "abc"`, `the number 3`, `a list`, `an object`, `true`, `null`.
std::string found(const Json& value);

// `; did you mean …?`, `; there are …`, or empty: to end a message about an unknown name.
std::string suggestion(std::string_view wrong, std::span<const std::string> valid);

// Adds "found …, expected …".
void add_wrong(Problems& problems, const Path& path, const Json& value, std::string_view expected);

// Adds a problem for each key of `object` that is not among `valid`.
void check_keys(Problems& problems, const Path& path, const Json& object, std::span<const std::string> valid);

// A JSON number without a fraction that fits (also 3.0, as some editors write).
bool is_whole(const Json& value);

// A PostgreSQL interval in words: numbers with units, `1 day`, `2 hours 30 minutes`, `1 mon -3 days`.
bool is_duration(std::string_view text);

// `YYYY-MM-DD`, optionally with ` HH:MM[:SS[.ffffff]]`.
bool is_date_or_timestamp(std::string_view text);

}  // namespace confab::plan
