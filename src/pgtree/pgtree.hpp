// PostgreSQL's own grammar: text in, parse tree out (libpg_query 15).
//
// The parser recurses, so a hostile text could exhaust a thread's stack: parsing runs on a stack of its own
// size, after a scan has bounded nesting and chains. The tree is protobuf-c's: plain structures, owned by
// ParseTree, valid as long as it lives.
//
// Not its job: what a tree means. `ddl`, `expr` and `gate` each read it for their own ends.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <pg_query/pg_query.pb-c.h>

#include "base/result.hpp"

namespace confab::pgtree {

struct Limits {
    int max_nesting = 1000;              // parentheses and brackets open at once
    std::size_t max_chain = 20'000;      // tokens of one statement outside of a parenthesised list
    std::size_t max_bytes = 64U << 20U;  // of one text
};

class ParseTree {
  public:
    explicit ParseTree(PgQuery__ParseResult* tree) : tree_(tree, &release) {}
    const PgQuery__ParseResult& root() const { return *tree_; }

  private:
    static void release(PgQuery__ParseResult* tree);
    std::unique_ptr<PgQuery__ParseResult, void (*)(PgQuery__ParseResult*)> tree_;
};

// What the parser or the limits refused, and where: a byte offset into the text.
struct SyntaxError {
    std::string message;
    std::size_t offset = 0;
};

using Parsed = std::variant<ParseTree, SyntaxError>;

// Parses statements. `sql` must be valid UTF-8 without NUL.
Parsed parse(std::string_view sql, const Limits& limits = {});

// SQL text of one statement of a tree, written anew from its nodes; nothing of the source text is copied.
Result<std::string> deparse(const PgQuery__Node& statement);

// SQL text of an expression, written anew from its nodes.
Result<std::string> deparse_expression(const PgQuery__Node& expression);

}  // namespace confab::pgtree
