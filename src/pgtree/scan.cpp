#include "pgtree/scan.hpp"

namespace confab::pgtree {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80U;
}
bool is_name_part(char c) { return is_name_start(c) || is_digit(c) || c == '$'; }
bool is_operator(char c) { return std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos; }

}  // namespace

bool is_word(std::string_view word, std::string_view upper) {
    if (word.size() != upper.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        if ((c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c) != upper[i]) return false;
    }
    return true;
}

bool Scanner::skip_blank() {
    while (at_ < sql_.size()) {
        if (is_blank(sql_[at_])) {
            ++at_;
        } else if (sql_.substr(at_, 2) == "--") {
            const std::size_t line_end = sql_.find('\n', at_);
            at_ = line_end == std::string_view::npos ? sql_.size() : line_end + 1;
        } else if (sql_.substr(at_, 2) == "/*") {
            int depth = 1;  // PostgreSQL's comments nest
            std::size_t i = at_ + 2;
            while (depth > 0) {
                i = sql_.find_first_of("*/", i);
                if (i == std::string_view::npos) return false;
                if (sql_.substr(i, 2) == "*/") {
                    --depth;
                    i += 2;
                } else if (sql_.substr(i, 2) == "/*") {
                    ++depth;
                    i += 2;
                } else {
                    ++i;
                }
            }
            at_ = i;
        } else {
            break;
        }
    }
    return true;
}

Token Scanner::quoted(TokenKind kind, std::size_t begin, std::size_t open, char quote, bool escapes) {
    const char stops[] = {quote, '\\'};
    const std::string_view stop(stops, escapes ? 2 : 1);
    std::size_t i = open + 1;
    while (true) {
        i = sql_.find_first_of(stop, i);
        if (i == std::string_view::npos) break;
        if (sql_[i] == '\\') {
            i += 2;
            if (i > sql_.size()) break;
        } else if (i + 1 < sql_.size() && sql_[i + 1] == quote) {
            i += 2;
        } else {
            at_ = i + 1;
            return {kind, begin, at_, escapes};
        }
    }
    at_ = sql_.size();
    return {TokenKind::unterminated, begin, at_, escapes};
}

Token Scanner::dollar(std::size_t begin) {
    std::size_t i = begin + 1;
    if (i < sql_.size() && is_digit(sql_[i])) {
        while (i < sql_.size() && is_digit(sql_[i])) ++i;
        at_ = i;
        return {TokenKind::parameter, begin, at_};
    }
    if (i < sql_.size() && is_name_start(sql_[i])) {
        while (i < sql_.size() && is_name_part(sql_[i]) && sql_[i] != '$') ++i;
    }
    if (i >= sql_.size() || sql_[i] != '$') {
        at_ = begin + 1;
        return {TokenKind::symbol, begin, at_};
    }
    const std::string_view tag = sql_.substr(begin, i + 1 - begin);
    const std::size_t close = sql_.find(tag, i + 1);
    if (close == std::string_view::npos) {
        at_ = sql_.size();
        return {TokenKind::unterminated, begin, at_};
    }
    at_ = close + tag.size();
    return {TokenKind::string, begin, at_};
}

Token Scanner::next() {
    if (!skip_blank()) {
        const std::size_t begin = at_;
        at_ = sql_.size();
        return {TokenKind::unterminated, begin, at_};
    }
    const std::size_t begin = at_;
    if (begin >= sql_.size()) return {TokenKind::end, begin, begin};
    const char c = sql_[begin];
    const char after = begin + 1 < sql_.size() ? sql_[begin + 1] : '\0';
    if (c == '\'') return quoted(TokenKind::string, begin, begin, '\'', backslash_escapes_);
    if (c == '"') return quoted(TokenKind::quoted_name, begin, begin, '"', false);
    if (c == '$') return dollar(begin);
    if (after == '\'' && std::string_view("eE").find(c) != std::string_view::npos) {
        return quoted(TokenKind::string, begin, begin + 1, '\'', true);
    }
    if (after == '\'' && std::string_view("bBxXnN").find(c) != std::string_view::npos) {
        return quoted(TokenKind::string, begin, begin + 1, '\'', false);
    }
    if ((c == 'u' || c == 'U') && after == '&' && begin + 2 < sql_.size()) {
        if (sql_[begin + 2] == '\'') return quoted(TokenKind::string, begin, begin + 2, '\'', false);
        if (sql_[begin + 2] == '"') return quoted(TokenKind::quoted_name, begin, begin + 2, '"', false);
    }
    if (is_name_start(c)) {
        while (at_ < sql_.size() && is_name_part(sql_[at_])) ++at_;
        return {TokenKind::word, begin, at_};
    }
    if (is_digit(c) || (c == '.' && is_digit(after))) {
        while (at_ < sql_.size() && (is_name_part(sql_[at_]) || sql_[at_] == '.')) ++at_;
        return {TokenKind::number, begin, at_};
    }
    if (is_operator(c)) {
        while (at_ < sql_.size() && is_operator(sql_[at_])) {
            const std::string_view two = sql_.substr(at_, 2);
            if (at_ > begin && (two == "--" || two == "/*")) break;
            ++at_;
        }
        return {TokenKind::operator_run, begin, at_};
    }
    ++at_;
    return {TokenKind::symbol, begin, at_};
}

}  // namespace confab::pgtree
