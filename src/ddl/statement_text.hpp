// One rewritten statement, and the way back from its offsets to the source.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ddl/line_table.hpp"
#include "ddl/rewrite.hpp"

namespace confab::ddl {

// The source as decoded; outlives every statement of it.
struct SourceText {
    std::string name;
    std::string text;
};

class StatementText {
  public:
    StatementText(const SourceText& source, const LineTable& lines, const RewrittenStatement& statement)
        : source_(&source), lines_(&lines), statement_(&statement) {}

    const std::string& sql() const { return statement_->sql; }
    // Where an offset of the statement came from. `location` is a node's; -1 = unknown, then the statement's start.
    std::size_t source_offset(std::int64_t location) const;
    schema::Position position(std::int64_t location) const;
    // An error about what stands at `location`.
    Error error(std::int64_t location, std::string message) const;
    Error error_at_source(std::size_t offset, std::string message) const;
    Error error_at_position(schema::Position position, std::string message) const;

  private:
    const SourceText* source_;
    const LineTable* lines_;
    const RewrittenStatement* statement_;
};

}  // namespace confab::ddl
