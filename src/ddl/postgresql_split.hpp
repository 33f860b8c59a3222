// PostgreSQL text → its statements, as psql splits a script.
//
// Knows quotes of every kind ('…', E'…', U&'…', "…", $tag$…$tag$), nested comments, bodies in BEGIN ATOMIC,
// psql's backslash commands, and the rows that follow COPY … FROM stdin. Statements are copied as they are,
// but for string literals written while standard_conforming_strings was off, which become E'…'.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ddl/rewrite.hpp"

namespace confab::ddl {

Result<Rewritten> split_postgresql(std::string_view text, const std::string& file_name);

}  // namespace confab::ddl
