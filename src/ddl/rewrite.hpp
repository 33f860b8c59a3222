// The dialect layer: tokens of another dialect → PostgreSQL text.
//
// Works on tokens, statement by statement, with no grammar of its own: what PostgreSQL spells otherwise is
// spelt anew, what has no meaning for rows is dropped, the rest is copied. What the rewriting knows and
// PostgreSQL's grammar cannot say (an inline ENUM's labels, a comment, ON UPDATE CURRENT_TIMESTAMP, the type
// as declared) is emitted as further PostgreSQL statements where one exists (CREATE TYPE, COMMENT ON) and as
// `Hint`s where none does.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ddl/ddl.hpp"

namespace confab::ddl {

// A piece of output text that came from one place of the source.
struct Mapping {
    std::size_t output_offset = 0;
    std::size_t source_offset = 0;
};

// What a column was in its own dialect, by table and column name as they stand in the output.
struct Hint {
    std::string table;   // output spelling, unquoted, namespace included where written
    std::string column;
    std::string declared_type;  // `tinyint(1)`, `int unsigned`
    bool on_update_now = false;
};

// One statement, rewritten. `kind` is set (and `sql` empty) when it has nothing to do with rows.
struct RewrittenStatement {
    std::string sql;
    std::string passed_over_kind;
    std::size_t source_offset = 0;
    std::vector<Mapping> mappings;  // ascending by output_offset, which counts within `sql`
};

struct Rewritten {
    std::vector<RewrittenStatement> statements;
    std::vector<Hint> hints;
    std::vector<std::string> warnings;
};

// Guesses the dialect from tokens that only it has; postgresql when nothing speaks for another.
Dialect detect_dialect(std::string_view utf8);

// Splits and rewrites a decoded text. An unterminated string, comment or quoted name is an error.
Result<Rewritten> rewrite(std::string_view utf8, Dialect dialect, const std::string& file_name);

}  // namespace confab::ddl
