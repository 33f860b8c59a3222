// What the schema itself says of one column's values: checks, domains, defaults.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/schema.hpp"

namespace confab::planner {

struct Facts {
    std::optional<double> lower, upper;      // of numbers, inclusive (moved by one step where they were not)
    std::string lower_text, upper_text;      // of dates and times, as written
    std::vector<std::string> one_of;         // non-empty: only these
    std::optional<std::int64_t> minimum_length, maximum_length;
    std::vector<std::string> patterns;       // RE2
    bool not_null = false;
    bool lower_case = false, upper_case = false;
    std::optional<std::string> default_value;  // of a constant DEFAULT, in PostgreSQL text form
    bool default_is_now = false;
};

// Facts of every column of a table, parallel to Table::columns.
std::vector<Facts> facts_of(const schema::Schema& schema, schema::TableId table);

// The value of a literal DEFAULT (`'new'::text`, `0.00`, `true`), or nothing.
std::optional<std::string> constant_of(const std::string& default_sql);

}  // namespace confab::planner
