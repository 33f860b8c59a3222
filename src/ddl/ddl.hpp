// Text in any dialect → Schema.
//
//   Result<ddl::Document> document = ddl::read({"shop.sql", bytes});
//
// Steps: decode (UTF-8, UTF-16 by its mark; anything else is refused) → detect the dialect → rewrite the
// tokens of that dialect as PostgreSQL, with a map back to the source → parse with PostgreSQL's grammar →
// collect statements into a Schema, names resolved by the rules of the dialect.
//
// A statement that has nothing to do with rows is counted (Schema::passed_over), whatever is in it. An error
// in a statement that matters names file, line, column, what was found and what was expected.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "schema/schema.hpp"

namespace confab::ddl {

enum class Dialect { postgresql, mysql, sqlite, mssql, oracle };

// "postgresql" ("postgres", "pg"), "mysql" ("mariadb"), "sqlite", "mssql" ("sqlserver", "tsql"), "oracle".
std::optional<Dialect> dialect_of(std::string_view name);
std::string_view name_of(Dialect dialect);

struct Source {
    std::string name;   // for messages: a file's name, or `<stdin>`
    std::string bytes;  // as read
};

struct Options {
    std::optional<Dialect> dialect;  // else detected
    std::size_t max_bytes = 64U << 20U;
    std::size_t max_statement_bytes = 4U << 20U;  // of one that describes the schema; data may be larger
};

struct Document {
    schema::Schema schema;
    Dialect dialect = Dialect::postgresql;
    bool dialect_was_detected = false;
};

Result<Document> read(const Source& source, const Options& options = {});

}  // namespace confab::ddl
