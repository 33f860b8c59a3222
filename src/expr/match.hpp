// What a bound pattern match knows, for analysis.
#pragma once

#include <memory>
#include <string>

#include <re2/re2.h>

#include "expr/tree.hpp"

namespace confab::expr {

struct Match : Prepared {
    std::string regex;       // RE2 syntax, unanchored unless it says so; empty: the pattern is not constant
    bool inverted = false;
    bool ignore_case = false;
    std::unique_ptr<RE2> compiled;  // of regular expressions
    std::string pattern;     // of LIKE
    bool constant = true;
    char escape = '\\';
};

}  // namespace confab::expr
