// Is a one-digit number used as a truth value? TINYINT(1), BIT and BOOL become boolean when every default and
// every expression that names the column agrees: compared with 0 and 1 only, or standing for itself.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "ddl/dialect/lexer.hpp"
#include "ddl/dialect/syntax.hpp"

namespace confab::ddl::dialect {

// 0 or 1 as any dialect writes it (0, '0', b'0', ((0)), FALSE), from `i` on; `i` moves behind it.
std::optional<bool> flag_literal(const std::vector<Token>& tokens, std::size_t end, std::size_t& i);

// A comparison behind a flag column: `= 1`, `<> (0)`, `IN (0, 1)`, `BETWEEN 0 AND 1`.
struct FlagComparison {
    enum Kind { compares, one_of, between } kind = compares;
    std::size_t op = 0;            // token of the operator
    bool negated = false;          // NOT IN, NOT BETWEEN
    std::vector<bool> values;
    std::size_t end = 0;           // behind it
};
std::optional<FlagComparison> flag_comparison(const std::vector<Token>& tokens, std::size_t end, std::size_t column);

bool is_flag_use(const std::vector<Token>& tokens, Range range, std::size_t column);
bool default_is_flag(const std::vector<Token>& tokens, Range range);
bool comment_lists_more_than_two(std::string_view comment);

}  // namespace confab::ddl::dialect
