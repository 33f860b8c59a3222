// Small readings of libpg_query's tree that every collector needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pg_query/pg_query.pb-c.h>

namespace confab::ddl {

struct WrittenName {
    std::string space;  // empty when none was written
    std::string name;
};

// The text of a String node; empty for any other.
std::string_view string_of(const PgQuery__Node& node);
std::vector<std::string> strings_of(PgQuery__Node* const* nodes, std::size_t count);
// The last two parts of a dotted name.
WrittenName name_of_parts(PgQuery__Node* const* nodes, std::size_t count);
WrittenName name_of(const PgQuery__RangeVar& relation);
// A List of Strings, a TypeName or a String: how DROP and COMMENT name things.
std::vector<std::string> parts_of_object(const PgQuery__Node& node);

// An integer constant, however the grammar wrapped it.
std::optional<std::int64_t> integer_of(const PgQuery__Node* node);
// `'text'`, also under a cast.
std::optional<std::string> string_constant(const PgQuery__Node* node);
bool is_null_constant(const PgQuery__Node& node);

}  // namespace confab::ddl
