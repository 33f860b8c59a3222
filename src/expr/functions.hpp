// Functions by name: which there are, what they take and give. Each family has a table of its own.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "expr/tree.hpp"
#include "schema/schema.hpp"

namespace confab::expr {

// One way to call a function. Types are letters, one for each parameter:
//   b boolean  i integer  l bigint  n numeric  r real  f double precision  t text  d date  c time
//   s timestamp  z timestamptz  v interval  e an array  h smallint  p text with char(n)'s padding  a anything, written out   * the last one any number of times
struct Signature {
    std::string_view name;
    std::string_view parameters;
    char result;
    Kernel kernel;
    bool may_fail = false;
    bool strict = true;
    // Looks at the typed node and prepares it (a scale, a pattern); may refuse it.
    Status (*prepare)(Node& node) = nullptr;
};

std::span<const Signature> text_functions();
std::span<const Signature> number_functions();
std::span<const Signature> time_functions();

// Chooses among the signatures as PostgreSQL would, coerces the arguments, makes the node.
// A name that nothing here has is ErrorKind::not_supported.
Result<NodePtr> make_function(const schema::Schema& schema, std::string_view name, std::vector<NodePtr> args);

// Binds `x LIKE pattern` and the other matches: name is ~~ ~~* !~~ !~~* ~ ~* !~ !~*, or `similar to`.
// A value as its type writes it out: boolean as t and f, char(n) with its padding.
Result<NodePtr> make_output(const schema::Schema& schema, NodePtr node);

Result<NodePtr> make_match(const schema::Schema& schema, std::string_view name, NodePtr text, NodePtr pattern,
                           char escape);
// regexp_match(text, pattern), of type text[], and substring(text from pattern): what the pattern finds, or NULL.
Result<NodePtr> make_extraction(const schema::Schema& schema, std::string_view name, NodePtr text, NodePtr pattern);

}  // namespace confab::expr
