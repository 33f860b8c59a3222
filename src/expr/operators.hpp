// Operators: which types they take, what they give, and the node that does it.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "expr/tree.hpp"
#include "schema/schema.hpp"

namespace confab::expr {

// `left name right`, for comparisons, arithmetic and `||`. `left` is null for a prefix operator.
Result<NodePtr> make_operator(const schema::Schema& schema, std::string_view name, NodePtr left, NodePtr right);

// Brings all nodes to the type that PostgreSQL finds for CASE, COALESCE, IN, GREATEST … (`context`, for errors),
// with one physical kind and scale.
Status unify(const schema::Schema& schema, std::string_view context, std::vector<NodePtr>& nodes);

// `left = right` and the like, operands already of one type and kind (see unify).
NodePtr make_comparison(std::string_view name, NodePtr left, NodePtr right);

}  // namespace confab::expr
