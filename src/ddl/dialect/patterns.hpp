// Small languages inside of SQL strings: patterns, JSON paths, units of time.
#pragma once

#include <string>
#include <string_view>

namespace confab::ddl::dialect {

// `[0-9]_%` of T-SQL's LIKE → `^[0-9]..*$`
std::string regular_expression_of_like(std::string_view pattern);
// `[a-z]*?` of SQLite's GLOB → `^[a-z].*.$`
std::string regular_expression_of_glob(std::string_view pattern);
// `$.a.b[0]` → `{a,b,0}`
std::string json_path(std::string_view path);
// `yyyy`, `DAY`, `hh` → `year`, `day`, `hour`; empty when it is no unit.
std::string time_unit(std::string_view word);

}  // namespace confab::ddl::dialect
