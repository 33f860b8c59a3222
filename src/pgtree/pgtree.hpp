// PostgreSQL's own grammar: text in, parse tree out (libpg_query 15).
//
//   pgtree::Parsed parsed = pgtree::parse("CREATE TABLE t (a int)");
//   if (const auto* tree = std::get_if<pgtree::ParseTree>(&parsed)) use(tree->root());
//
// The parser recurses, so a hostile text could exhaust a thread's stack: parsing runs on a stack of its own
// size, after a scan has bounded nesting and chains. The limits also bound what a reader of the tree may
// safely do by recursion. The tree is protobuf-c's: plain structures, owned by ParseTree, valid as long as
// it lives.
//
// Not its job: what a tree means. `ddl`, `expr` and `gate` each read it for their own ends.
#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <variant>

#include <pg_query/pg_query.pb-c.h>

#include "base/result.hpp"

namespace confab::pgtree {

struct Limits {
    int max_nesting = 1000;              // parentheses, brackets and CASEs open at once
    std::size_t max_chain = 4000;        // tokens since the last separator (comma, AND, OR), summed over what is open
    std::size_t max_joined = 10'000;     // terms that AND, OR or WHEN join side by side
    std::size_t max_bytes = 64U << 20U;  // of one text
};

class ParseTree {
  public:
    using Memory = std::unique_ptr<std::pmr::monotonic_buffer_resource>;
    // `tree` lies in `memory`, as a whole.
    ParseTree(Memory memory, PgQuery__ParseResult* tree) : memory_(std::move(memory)), tree_(tree) {}

    const PgQuery__ParseResult& root() const { return *tree_; }
    // For a reader that rewrites names before it deparses. What it hangs in must outlive the tree.
    PgQuery__ParseResult& mutable_root() { return *tree_; }

  private:
    Memory memory_;
    PgQuery__ParseResult* tree_;
};

// What the parser or the limits refused, and where: a byte offset into the text.
struct SyntaxError {
    std::string message;
    std::size_t offset = 0;
};

using Parsed = std::variant<ParseTree, SyntaxError>;

// Parses statements. `sql` must be valid UTF-8 without NUL.
Parsed parse(std::string_view sql, const Limits& limits = {});

// A parsed expression: the tree that holds it, and its node.
struct ParsedExpression {
    ParseTree tree;
    PgQuery__Node* node;
};

// Written anew, a chain of operators has a pair of parentheses for each.
constexpr Limits expression_limits{.max_nesting = 4000};

// Parses one expression, such as Schema holds them. Offsets of an error count within `sql`; locations in the
// tree are `expression_offset` too large.
constexpr std::size_t expression_offset = 7;  // of "SELECT "
std::variant<ParsedExpression, SyntaxError> parse_expression(std::string_view sql,
                                                             const Limits& limits = expression_limits);

// SQL text of one statement of a tree, written anew from its nodes; nothing of the source text is copied.
Result<std::string> deparse(const PgQuery__Node& statement);

// SQL text of an expression, written anew from its nodes.
Result<std::string> deparse_expression(const PgQuery__Node& expression);

}  // namespace confab::pgtree
