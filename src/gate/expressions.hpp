// One expression of an uploaded schema, looked through node by node: what is not known to be harmless is refused.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "schema/schema.hpp"

namespace confab::gate {

// Whose names an expression may use.
enum class Names {
    any_column,     // unqualified names, whatever they are
    own_columns,    // columns of `table`
    value,          // VALUE, in a domain's check
    none,           // a DEFAULT or a partition's bound
};

struct Screened {
    std::optional<std::string> refused;  // why it may not pass
    std::set<std::string> extensions;    // trusted ones that it needs
    std::string sql;                     // with the qualifiers of extensions' functions taken off
};

Screened screen_expression(const schema::Schema& schema, std::string_view sql, Names names,
                           const schema::Table* table = nullptr);

// Whether a type may stand in a written schema: built in, declared, or of a trusted extension.
std::optional<std::string> refuse_type(const schema::Schema& schema, const schema::Type& type,
                                       std::set<std::string>& extensions);

}  // namespace confab::gate
