// Source text of MySQL, SQLite, SQL Server or Oracle → tokens, by the lexical rules of the dialect.
//
// A token's text is what it means: a quoted name without its quotes, a string with its escapes resolved.
// Spaces and comments are passed over; the SQL in MySQL's version comments (`/*!40101 … */`) is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ddl/ddl.hpp"

namespace confab::ddl::dialect {

enum class TokenKind : std::uint8_t {
    word,         // a keyword or an unquoted name, as spelled
    quoted_name,  // "a", `a`, [a]
    string,       // 'a', N'a', and "a" in MySQL
    bits,         // b'01' → `01`
    bytes,        // x'0f', 0x0F → `0f`
    number,
    symbol,       // an operator or a punctuation mark
    end,
};

struct Token {
    TokenKind kind = TokenKind::end;
    bool starts_line = false;
    bool double_quoted = false;   // a string or name in double quotes
    std::size_t offset = 0;       // in the source
    std::size_t length = 0;
    std::string text;

    bool is_word(std::string_view keyword) const;
    bool is_symbol(std::string_view symbol) const { return kind == TokenKind::symbol && text == symbol; }
};

class Lexer {
  public:
    Lexer(std::string_view text, Dialect dialect, const std::string& file_name);

    // The next token; `end` at the end. With `with_text` false, token texts may stay empty (data is passed over).
    Result<Token> next(bool with_text = true);

    // Moves past spaces and comments. An unterminated comment is an error.
    Status skip_space();
    std::size_t offset() const { return at_; }
    void move_to(std::size_t offset) { at_ = offset; }
    std::string_view rest() const { return text_.substr(at_); }
    // From here to the end of the line.
    std::string_view rest_of_line() const;
    bool at_line_start() const;
    // MySQL's sql_mode ANSI_QUOTES: "a" is a name.
    void set_double_quotes_are_names() { double_quotes_are_strings_ = false; }

  private:
    char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
    Result<Token> string(Token token, char quote, bool backslashes, bool with_text);
    Result<Token> name(Token token, char close, bool with_text);
    Result<Token> oracle_quoted_string(Token token);
    Token number(Token token);
    Token symbol(Token token);
    Error unterminated(std::size_t begin, std::string_view what, std::string_view closing) const;

    std::string_view text_;
    Dialect dialect_;
    const std::string& file_name_;
    std::size_t at_ = 0;
    bool double_quotes_are_strings_;
    bool in_version_comment_ = false;
};

}  // namespace confab::ddl::dialect
