// Every token can make the tree deeper by one step, except that what stands on both sides of a separator is
// side by side: list members, and the operands of AND and OR, which the grammar gathers in one node.
// An open bracket (or CASE … END) is a level whose own count starts at nothing and ends with the bracket.
#include "pgtree/depth.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "pgtree/scan.hpp"

namespace confab::pgtree {
namespace {

struct Level {
    bool is_case = false;
    std::size_t floor = 0;  // what a separator does not take back: UNION and its like chain across commas
    std::size_t count = 0;
    std::size_t joined = 0;  // by AND, OR or WHEN
};

class DepthCounter {
  public:
    explicit DepthCounter(const Limits& limits) : limits_(limits) { levels_.emplace_back(); }

    std::size_t deepest() const { return deepest_; }

    std::optional<SyntaxError> token(const Scanner& scanner, const Token& token) {
        const std::string_view text = scanner.text(token);
        if (token.kind == TokenKind::symbol) {
            switch (text.front()) {
                case '(':
                case '[': return open(token, false);
                case ')':
                case ']': close(); break;
                case ',': separate(); return std::nullopt;
                case ';':
                    levels_.assign(1, Level{});
                    total_ = 0;
                    return std::nullopt;
                default: break;
            }
        } else if (token.kind == TokenKind::word) {
            if (is_word(text, "CASE")) return open(token, true);
            if (is_word(text, "END")) {
                if (levels_.back().is_case) close();
            } else if (is_word(text, "AND") || is_word(text, "OR") || is_word(text, "WHEN")) {
                separate();
                if (++levels_.back().joined <= limits_.max_joined) return std::nullopt;
                return SyntaxError{fmt::format("an expression as long as this, of more than {} terms joined by {}, "
                                               "is not accepted",
                                               limits_.max_joined, text),
                                   token.begin};
            } else if (is_word(text, "UNION") || is_word(text, "INTERSECT") || is_word(text, "EXCEPT")) {
                levels_.back().floor += 2;
                separate();
                return add(token);
            }
        }
        return add(token);
    }

  private:
    std::optional<SyntaxError> add(const Token& token) {
        ++levels_.back().count;
        deepest_ = std::max(deepest_, ++total_);
        if (total_ <= limits_.max_chain) return std::nullopt;
        return SyntaxError{
            fmt::format("an expression of more than {} terms in a row is not accepted", limits_.max_chain / 2),
            token.begin};
    }

    std::optional<SyntaxError> open(const Token& token, bool is_case) {
        if (std::optional<SyntaxError> error = add(token)) return error;
        if (levels_.size() > static_cast<std::size_t>(limits_.max_nesting)) {
            return SyntaxError{fmt::format("more than {} parentheses, brackets or CASEs open at once are not accepted",
                                           limits_.max_nesting),
                               token.begin};
        }
        levels_.push_back({is_case, 0, 0, 0});
        return std::nullopt;
    }

    void close() {
        if (levels_.size() == 1) return;
        total_ -= levels_.back().count;
        levels_.pop_back();
    }

    void separate() {
        Level& level = levels_.back();
        if (level.count <= level.floor) return;
        total_ -= level.count - level.floor;
        level.count = level.floor;
    }

    const Limits& limits_;
    std::vector<Level> levels_;
    std::size_t total_ = 0;
    std::size_t deepest_ = 0;
};

}  // namespace

Depth measure_depth(std::string_view sql, const Limits& limits) {
    DepthCounter counter(limits);
    Scanner scanner(sql);
    for (Token token = scanner.next(); token.kind != TokenKind::end; token = scanner.next()) {
        if (std::optional<SyntaxError> error = counter.token(scanner, token)) return {counter.deepest(), error};
    }
    return {counter.deepest(), std::nullopt};
}

}  // namespace confab::pgtree
