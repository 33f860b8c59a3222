// The tokens of PostgreSQL text, found without parsing it.
//
//   Scanner scanner(sql);
//   for (Token token = scanner.next(); token.kind != TokenKind::end; token = scanner.next()) …
//
// Comments and white space are skipped. A text may be anything: what is not PostgreSQL comes out as symbols.
// Source: PostgreSQL 15, "Lexical Structure".
#pragma once

#include <cstddef>
#include <string_view>

namespace confab::pgtree {

enum class TokenKind : unsigned char {
    end,
    word,           // keyword or unquoted name
    quoted_name,    // "…" or U&"…"
    string,         // '…', E'…', B'…', X'…', N'…', U&'…', $tag$…$tag$
    number,
    parameter,      // $1
    operator_run,   // one or more of + - * / < > = ~ ! @ # % ^ & | ` ?
    symbol,         // one character: ( ) [ ] , ; : . \ and anything else
    unterminated,   // a string, quoted name or comment that has no end
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::size_t begin = 0, end = 0;  // byte offsets
    bool has_backslash_escapes = false;  // of a string: E'…'
};

class Scanner {
  public:
    explicit Scanner(std::string_view sql, std::size_t begin = 0) : sql_(sql), at_(begin) {}

    Token next();
    std::string_view text(const Token& token) const { return sql_.substr(token.begin, token.end - token.begin); }
    // Whether plain '…' strings have backslash escapes: SET standard_conforming_strings = off.
    void set_backslash_escapes(bool on) { backslash_escapes_ = on; }
    void move_to(std::size_t offset) { at_ = offset; }

  private:
    // Moves past white space and comments; false when a comment has no end (`at_` is then at its start).
    bool skip_blank();
    Token quoted(TokenKind kind, std::size_t begin, std::size_t open, char quote, bool escapes);
    Token dollar(std::size_t begin);

    std::string_view sql_;
    std::size_t at_;
    bool backslash_escapes_ = false;
};

// `word`, an ASCII keyword, compared without regard to case; `upper` is in upper case.
bool is_word(std::string_view word, std::string_view upper);

}  // namespace confab::pgtree
