// A table with a few rows, and expressions evaluated over them: for tests as data and for comparing with
// PostgreSQL. Its language is lines:
//
//   enum mood sad,ok,happy        a type
//   column price numeric(10,2)    a column of the table
//   row 1.50 <tab> \N             a row: text forms of the values, \N for NULL
//   as_of 2026-01-01              what now() reads
//   expression price * 2          prints a line: the value for each row, tab-separated, \N NULL, ! error
//   facts price > 0 ;; price < 9  prints what analysis finds in the conditions together
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/vector.hpp"
#include "expr/expr.hpp"
#include "schema/schema.hpp"

namespace confab::expr::test {

class Probe {
  public:
    Probe();

    // Does a line that is not an expression; false when it makes no sense.
    bool take(std::string_view line);
    // The values of an expression as text, one a row; or one string `error: …`.
    std::vector<std::string> values(std::string_view sql) const;
    // What analysis says about conditions separated by `;;`.
    std::string facts(std::string_view conditions) const;
    const schema::Schema& schema() const { return schema_; }

  private:
    schema::Schema schema_;
    std::vector<std::vector<std::string>> rows_;
    std::string as_of_ = "2026-01-01";
};

}  // namespace confab::expr::test
