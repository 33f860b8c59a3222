// Scripts whose tables were renamed from plural to singular, but not everywhere: an ALTER TABLE or an index for
// a table that the text does not make belongs to the one that differs in grammatical number only.
#pragma once

#include <string>
#include <vector>

#include "ddl/dialect/catalog.hpp"

namespace confab::ddl::dialect {

// Puts the table's own name in such statements, and says so. References are left alone: a foreign key to a
// table that is not there is a mistake that only its author can mend.
void adopt_near_names(std::vector<ParsedStatement>& statements, std::vector<std::string>& warnings);

}  // namespace confab::ddl::dialect
