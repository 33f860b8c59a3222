#include "expr/pattern.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace confab::expr {

namespace {

bool is_special(char c) { return std::string_view("\\^$.[]|()?*+{}").find(c) != std::string_view::npos; }

void append_literal(std::string& regex, char c) {
    if (is_special(c)) regex += '\\';
    regex += c;
}

Error not_known(std::string_view what) {
    return {ErrorKind::not_supported, fmt::format("{} in a regular expression is not known here", what)};
}

// A bracket expression from `[` on; `i` is left after it.
Status copy_bracket(std::string_view pattern, std::size_t& i, std::string& regex, char escape) {
    regex += '[';
    ++i;
    if (i < pattern.size() && pattern[i] == '^') {
        regex += '^';
        ++i;
    }
    bool first = true;
    while (i < pattern.size() && (pattern[i] != ']' || first)) {
        first = false;
        if (pattern[i] == '[' && i + 1 < pattern.size()) {
            const char kind = pattern[i + 1];
            if (kind == '.' || kind == '=') return not_known("a collating element");
            if (kind == ':') {
                const std::size_t end = pattern.find(":]", i + 2);
                if (end == std::string_view::npos) return not_known("an open [: ");
                const std::string_view name = pattern.substr(i + 2, end - i - 2);
                if (name == "<" || name == ">") return not_known("[[:<:]]");
                regex += pattern.substr(i, end + 2 - i);
                i = end + 2;
                continue;
            }
            regex += "\\[";
            ++i;
            continue;
        }
        if (pattern[i] == escape && escape != '\0') {
            if (i + 1 >= pattern.size()) return not_known("a trailing escape");
            const char next = pattern[i + 1];
            if (escape == '\\' && lower_ascii(next) >= 'a' && lower_ascii(next) <= 'z') {
                if (std::string_view("dswDSWntrfv").find(next) == std::string_view::npos) {
                    return not_known(fmt::format("\\{} in brackets", next));
                }
                regex += '\\';
                regex += next;
            } else {
                append_literal(regex, next);
            }
            i += 2;
            continue;
        }
        if (pattern[i] == '\\' || pattern[i] == ']') regex += '\\';
        regex += pattern[i++];
    }
    if (i >= pattern.size()) return not_known("an open bracket");
    regex += ']';
    ++i;
    return {};
}

}  // namespace

std::string regex_of_like(std::string_view pattern, char escape) {
    std::string regex = "^";
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == escape && escape != '\0' && i + 1 < pattern.size()) {
            append_literal(regex, pattern[++i]);
        } else if (c == '%') {
            regex += ".*";
        } else if (c == '_') {
            regex += '.';
        } else {
            append_literal(regex, c);
        }
    }
    return regex + "$";
}

Result<std::string> regex_of_similar(std::string_view pattern, char escape) {
    std::string regex = "^(?:";
    for (std::size_t i = 0; i < pattern.size();) {
        const char c = pattern[i];
        if (c == escape && escape != '\0') {
            if (i + 1 >= pattern.size()) return not_known("a trailing escape");
            if (pattern[i + 1] == '"') return not_known("a part of a SIMILAR TO pattern");
            append_literal(regex, pattern[i + 1]);
            i += 2;
        } else if (c == '[') {
            CONFAB_CHECK(copy_bracket(pattern, i, regex, escape));
        } else {
            if (c == '%') {
                regex += ".*";
            } else if (c == '_') {
                regex += '.';
            } else if (c == '.' || c == '^' || c == '$' || c == '\\') {
                append_literal(regex, c);
            } else if (c == '(') {
                regex += "(?:";
            } else {
                regex += c;
            }
            ++i;
        }
    }
    return regex + ")$";
}

Result<std::string> regex_of_posix(std::string_view pattern) {
    std::string regex;
    if (pattern.starts_with("***")) return not_known("***");
    // Of options in front only (?i) and (?c) mean the same everywhere.
    if (pattern.starts_with("(?") && pattern.size() > 2 && pattern[2] >= 'a' && pattern[2] <= 'z') {
        const std::size_t end = pattern.find(')');
        const std::string_view options = pattern.substr(2, end == std::string_view::npos ? end : end - 2);
        if (options == "i") {
            regex = "(?i)";
        } else if (options != "c" && options != "s") {
            return not_known("an option in front");
        }
        pattern.remove_prefix(end + 1);
    }
    for (std::size_t i = 0; i < pattern.size();) {
        const char c = pattern[i];
        if (c == '[') {
            CONFAB_CHECK(copy_bracket(pattern, i, regex, '\\'));
            continue;
        }
        if (c == '\\') {
            if (i + 1 >= pattern.size()) return not_known("a trailing backslash");
            const char next = pattern[i + 1];
            i += 2;
            if (lower_ascii(next) < 'a' || lower_ascii(next) > 'z') {
                if (next >= '0' && next <= '9') return not_known("a back reference");
                append_literal(regex, next);
                continue;
            }
            switch (next) {
                case 'd': case 'D': case 's': case 'S': case 'w': case 'W': case 'n': case 't': case 'r':
                case 'f': case 'v': case 'A':
                    regex += '\\';
                    regex += next;
                    break;
                case 'y': regex += "\\b"; break;
                case 'Y': regex += "\\B"; break;
                case 'Z': regex += "\\z"; break;
                // The start and the end of a word, each a boundary of its kind: so long as a word's character
                // follows or precedes, which patterns in use have, it is the plain boundary.
                case 'm': case 'M': return not_known(fmt::format("\\{}", next));
                default: return not_known(fmt::format("\\{}", next));
            }
            continue;
        }
        if (c == '(' && i + 1 < pattern.size() && pattern[i + 1] == '?') {
            const char next = i + 2 < pattern.size() ? pattern[i + 2] : '\0';
            if (next != ':') return not_known("a look-ahead");
            regex += "(?:";
            i += 3;
            continue;
        }
        regex += c;
        ++i;
    }
    return regex;
}

bool matches_like(std::string_view text, std::string_view pattern, char escape, bool ignore_case) {
    const auto same = [&](char a, char b) { return a == b || (ignore_case && lower_ascii(a) == lower_ascii(b)); };
    std::size_t t = 0, p = 0;
    std::size_t star_pattern = std::string_view::npos, star_text = 0;
    while (t < text.size()) {
        bool advanced = false;
        if (p < pattern.size()) {
            if (pattern[p] == '%') {
                star_pattern = ++p;
                star_text = t;
                continue;
            }
            if (pattern[p] == '_') {
                ++p;
                ++t;
                while (t < text.size() && (static_cast<unsigned char>(text[t]) & 0xC0U) == 0x80U) ++t;
                advanced = true;
            } else {
                const bool escaped = escape != '\0' && pattern[p] == escape && p + 1 < pattern.size();
                const std::size_t at = escaped ? p + 1 : p;
                if (same(pattern[at], text[t])) {
                    p = at + 1;
                    ++t;
                    advanced = true;
                }
            }
        }
        if (advanced) continue;
        if (star_pattern == std::string_view::npos) return false;
        p = star_pattern;
        ++star_text;
        while (star_text < text.size() && (static_cast<unsigned char>(text[star_text]) & 0xC0U) == 0x80U) ++star_text;
        t = star_text;
    }
    while (p < pattern.size() && pattern[p] == '%') ++p;
    return p == pattern.size();
}

}  // namespace confab::expr
