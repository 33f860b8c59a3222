#include "ddl/dialect/lexer.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/position.hpp"

namespace confab::ddl::dialect {

namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_word_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_word_part(char c) { return is_word_start(c) || is_digit(c) || c == '$' || c == '#'; }

constexpr std::array<std::string_view, 19> long_symbols = {"<=>", "->>", "!<", "!>", "<=", ">=", "<>", "!=", "==", "||",
                                                           "&&",  "->",  ":=", "::", "<<", ">>", "^=", "~*", "**"};

char mysql_escape(char c) {
    switch (c) {
        case 'n': return '\n';
        case 't': return '\t';
        case 'r': return '\r';
        case 'b': return '\b';
        case 'Z': return '\x1a';
        default: return c;
    }
}

}  // namespace

bool Token::is_word(std::string_view keyword) const {
    return kind == TokenKind::word && equal_ignoring_case(text, keyword);
}

Lexer::Lexer(std::string_view text, Dialect dialect, const std::string& file_name)
    : text_(text), dialect_(dialect), file_name_(file_name), double_quotes_are_strings_(dialect == Dialect::mysql) {}

Error Lexer::unterminated(std::size_t begin, std::string_view what, std::string_view closing) const {
    return error_at(text_, begin, file_name_, fmt::format("this {} has no end", what))
        .note(fmt::format("expected `{}` before the end of the file", closing));
}

std::string_view Lexer::rest_of_line() const {
    return text_.substr(at_, std::min(text_.find('\n', at_), text_.size()) - at_);
}

bool Lexer::at_line_start() const {
    std::size_t i = at_;
    while (i > 0 && (text_[i - 1] == ' ' || text_[i - 1] == '\t')) --i;
    return i == 0 || text_[i - 1] == '\n';
}

Status Lexer::skip_space() {
    while (at_ < text_.size()) {
        const char c = text_[at_];
        if (is_space(c)) {
            ++at_;
        } else if ((c == '-' && at(at_ + 1) == '-') || (c == '#' && dialect_ == Dialect::mysql)) {
            at_ = std::min(text_.find('\n', at_), text_.size());
        } else if (c == '/' && at(at_ + 1) == '*') {
            const bool version = dialect_ == Dialect::mysql && (at(at_ + 2) == '!' || (at(at_ + 2) == 'M' && at(at_ + 3) == '!'));
            if (version) {
                at_ += at(at_ + 2) == '!' ? 3 : 4;
                while (is_digit(at(at_))) ++at_;
                in_version_comment_ = true;
                continue;
            }
            const std::size_t begin = at_;
            std::size_t depth = 1;
            at_ += 2;
            while (depth > 0) {
                const std::size_t close = text_.find("*/", at_);
                if (close == std::string_view::npos) return unterminated(begin, "comment", "*/");
                if (dialect_ == Dialect::mssql) {
                    const std::size_t open = text_.substr(at_, close - at_).find("/*");
                    if (open != std::string_view::npos) {
                        ++depth;
                        at_ += open + 2;
                        continue;
                    }
                }
                --depth;
                at_ = close + 2;
            }
        } else if (in_version_comment_ && c == '*' && at(at_ + 1) == '/') {
            in_version_comment_ = false;
            at_ += 2;
        } else {
            return {};
        }
    }
    return {};
}

Result<Token> Lexer::next(bool with_text) {
    CONFAB_CHECK(skip_space());
    Token token;
    token.offset = at_;
    if (at_ >= text_.size()) return token;
    token.starts_line = at_line_start();
    const char c = text_[at_];
    const bool mysql = dialect_ == Dialect::mysql;
    if (c == '\'') return string(std::move(token), '\'', mysql, with_text);
    if (c == '"') {
        token.double_quoted = true;
        if (double_quotes_are_strings_) return string(std::move(token), '"', true, with_text);
        return name(std::move(token), '"', with_text);
    }
    if (c == '`') return name(std::move(token), '`', with_text);
    if (c == '[' && (dialect_ == Dialect::mssql || dialect_ == Dialect::sqlite)) return name(std::move(token), ']', with_text);
    if (at(at_ + 1) == '\'') {
        const char prefix = lower_ascii(c);
        if (prefix == 'n' && dialect_ != Dialect::sqlite) {
            ++at_;
            return string(std::move(token), '\'', mysql, true);
        }
        if (prefix == 'q' && dialect_ == Dialect::oracle) return oracle_quoted_string(std::move(token));
        if (prefix == 'b' || prefix == 'x') {
            ++at_;
            Result<Token> literal = string(std::move(token), '\'', false, true);
            if (literal) literal->kind = prefix == 'b' ? TokenKind::bits : TokenKind::bytes;
            return literal;
        }
    }
    if (is_digit(c) || (c == '.' && is_digit(at(at_ + 1)))) return number(std::move(token));
    if (is_word_start(c) || ((c == '@' || c == '#') && dialect_ != Dialect::oracle) || (c == '$' && mysql)) {
        ++at_;
        while (is_word_part(at(at_)) || (at(at_) == '@' && (c == '@' || dialect_ == Dialect::mssql))) ++at_;
        token.kind = TokenKind::word;
        token.length = at_ - token.offset;
        token.text = text_.substr(token.offset, token.length);
        // A character set before a string: _utf8mb4'…'.
        if (mysql && c == '_' && (at(at_) == '\'' || at(at_) == '"')) return string(std::move(token), at(at_), true, with_text);
        return token;
    }
    return symbol(std::move(token));
}

Result<Token> Lexer::string(Token token, char quote, bool backslashes, bool with_text) {
    const std::size_t begin = token.offset;
    token.kind = TokenKind::string;
    token.text.clear();
    ++at_;
    while (true) {
        if (at_ >= text_.size()) return unterminated(begin, "string", std::string(1, quote));
        const char c = text_[at_];
        if (c == quote) {
            if (at(at_ + 1) != quote) break;
            if (with_text) token.text += quote;
            at_ += 2;
        } else if (c == '\\' && backslashes && at_ + 1 < text_.size()) {
            const char escaped = text_[at_ + 1];
            if (with_text && escaped != '0') {
                if (escaped == '%' || escaped == '_') token.text += '\\';
                token.text += mysql_escape(escaped);
            }
            at_ += 2;
        } else {
            if (with_text) token.text += c;
            ++at_;
        }
    }
    ++at_;
    token.length = at_ - begin;
    return token;
}

Result<Token> Lexer::name(Token token, char close, bool with_text) {
    const std::size_t begin = token.offset;
    token.kind = TokenKind::quoted_name;
    ++at_;
    while (true) {
        if (at_ >= text_.size()) return unterminated(begin, "quoted name", std::string(1, close));
        const char c = text_[at_++];
        if (c == close) {
            if (at(at_) != close || (close == ']' && dialect_ == Dialect::sqlite)) break;
            ++at_;
        }
        if (with_text) token.text += c;
    }
    token.length = at_ - begin;
    return token;
}

// q'[…]'
Result<Token> Lexer::oracle_quoted_string(Token token) {
    const char open = at(at_ + 2);
    const std::string_view pairs = "[]{}()<>";
    const std::size_t pair = pairs.find(open);
    const char close = pair != std::string_view::npos && pair % 2 == 0 ? pairs[pair + 1] : open;
    const std::string closing = std::string(1, close) + "'";
    const std::size_t end = text_.find(closing, std::min(at_ + 3, text_.size()));
    if (end == std::string_view::npos) return unterminated(token.offset, "string", closing);
    token.kind = TokenKind::string;
    token.text = text_.substr(at_ + 3, end - at_ - 3);
    at_ = end + 2;
    token.length = at_ - token.offset;
    return token;
}

Token Lexer::number(Token token) {
    token.kind = TokenKind::number;
    if (at(at_) == '0' && lower_ascii(at(at_ + 1)) == 'x' && is_hex_digit(at(at_ + 2))) {
        at_ += 2;
        while (is_hex_digit(at(at_))) ++at_;
        token.kind = TokenKind::bytes;
        token.text = text_.substr(token.offset + 2, at_ - token.offset - 2);
    } else {
        while (is_digit(at(at_)) || at(at_) == '.') ++at_;
        if (lower_ascii(at(at_)) == 'e' && (is_digit(at(at_ + 1)) || ((at(at_ + 1) == '-' || at(at_ + 1) == '+') && is_digit(at(at_ + 2))))) {
            at_ += 2;
            while (is_digit(at(at_))) ++at_;
        }
        // MySQL and SQLite allow names that begin with a digit in few places; a letter here is part of one.
        if (is_word_start(at(at_))) {
            while (is_word_part(at(at_))) ++at_;
            token.kind = TokenKind::word;
        }
        token.text = text_.substr(token.offset, at_ - token.offset);
    }
    token.length = at_ - token.offset;
    return token;
}

Token Lexer::symbol(Token token) {
    token.kind = TokenKind::symbol;
    token.length = 1;
    for (const std::string_view symbol : long_symbols)
        if (text_.substr(at_, symbol.size()) == symbol) {
            token.length = symbol.size();
            break;
        }
    token.text = text_.substr(at_, token.length);
    at_ += token.length;
    return token;
}

}  // namespace confab::ddl::dialect
