// Text of MySQL, SQLite, SQL Server or Oracle → statements as tokens, as the dialect's own client splits it.
//
// Knows `DELIMITER`, `GO`, a lone `/`, SQL*Plus and SQLite shell commands, the bodies of triggers and
// routines, and statements that are separated by nothing but their first words. A statement that has nothing
// to do with rows keeps its kind and no tokens.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ddl/dialect/lexer.hpp"

namespace confab::ddl::dialect {

struct SourceStatement {
    std::vector<Token> tokens;     // without the semicolon; then one of kind `end`
    std::string passed_over_kind;  // "INSERT", "CREATE TRIGGER"; empty when the statement is to be read
    std::size_t offset = 0;
};

Result<std::vector<SourceStatement>> split(std::string_view text, Dialect dialect, const std::string& file_name);

}  // namespace confab::ddl::dialect
