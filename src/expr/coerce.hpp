// Casts: which there are between two types, and the kernels that do them.
#pragma once

#include "base/result.hpp"
#include "expr/tree.hpp"
#include "schema/schema.hpp"

namespace confab::expr {

// How hard a value may be pressed: where the language does it by itself, on INSERT, or by CAST.
enum class Coercion : std::uint8_t { implicit, assignment, explicit_cast };

NodePtr make_null(const schema::Type& type);
// A literal whose type the surroundings decide.
NodePtr make_unknown(std::string_view text);
NodePtr make_integer(std::int64_t value);

// Whether a value of `from` becomes `to` at all in this way (type modifiers aside).
bool can_coerce(const Node& from, const schema::Type& to, Coercion how);

// `node` as a value of `target` (domains taken off), its length, precision and scale applied where `target`
// has them and `how` is not implicit. Literals become literals.
Result<NodePtr> coerce(const schema::Schema& schema, NodePtr node, const schema::Type& target, Coercion how);

// A numeric (or integer) node at another scale and physical kind; not seen in SQL.
NodePtr align_number(NodePtr node, Physical physical, int scale, int digits);

// A char(n) node without its padding, for comparison.
NodePtr strip_padding(NodePtr node);

// Evaluates a node whose arguments are all literals, once; the node itself when its evaluation fails.
NodePtr fold(NodePtr node);

// The types' name for messages.
std::string name_of(const Node& node);

}  // namespace confab::expr
