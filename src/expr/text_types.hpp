// Operators and functions of types whose values lie in a Vector in their text form: JSON, ranges, bytea, inet.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "expr/tree.hpp"
#include "schema/schema.hpp"

namespace confab::expr {

// -> ->> #> #>> ? ?| ?& @> <@ where the left side is JSON; nothing for what is not known here. Paths and lists of
// keys are constants.
std::optional<NodePtr> make_document_operator(std::string_view name, NodePtr& left, NodePtr& right);
// jsonb_array_length(x); nothing for any other call.
std::optional<NodePtr> make_document_function(std::string_view name, std::vector<NodePtr>& args);

// lower, upper, isempty, lower_inf, upper_inf, lower_inc, upper_inc of a range; nothing for any other call.
std::optional<NodePtr> make_range_function(const schema::Schema& schema, std::string_view name, std::vector<NodePtr>& args);

// length and octet_length of bytea; family, masklen and host of an address; nothing for any other call.
std::optional<NodePtr> make_bytes_function(std::string_view name, std::vector<NodePtr>& args);

}  // namespace confab::expr
