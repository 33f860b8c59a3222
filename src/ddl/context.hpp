// What every collector works on: the draft, and the statement that is being read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ddl/draft.hpp"
#include "ddl/nodes.hpp"
#include "ddl/statement_text.hpp"

namespace confab::ddl {

struct Context {
    SchemaDraft& draft;
    const StatementText& text;

    Error error(std::int64_t location, std::string message) const { return text.error(location, std::move(message)); }

    // Names with control characters are refused: psql would run `\!` after a newline in one.
    Status check_name(std::string_view name, std::int64_t location) const;
    // The full name of something that a statement creates.
    QualifiedName creation_name(const WrittenName& name) const;
    // A table of the draft, or an error with the nearest names.
    Result<TableId> require_table(const WrittenName& name, std::int64_t location) const;
    Result<ColumnId> require_column(const schema::Table& table, std::string_view name, std::int64_t location) const;
};

}  // namespace confab::ddl
