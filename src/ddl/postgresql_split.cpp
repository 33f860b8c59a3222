#include "ddl/postgresql_split.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "ddl/position.hpp"

namespace confab::ddl {

namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_word_start(char c) {
    const auto u = static_cast<unsigned char>(c);
    return std::isalpha(u) || c == '_' || u >= 0x80;
}
bool is_word(char c) { return is_word_start(c) || std::isdigit(static_cast<unsigned char>(c)) || c == '$'; }

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return result;
}

// The first words of a statement, enough to say what it is.
constexpr std::size_t head_words = 8;

// What a CREATE, ALTER, DROP or COMMENT ON may be about that has nothing to do with rows. Types, domains,
// sequences, tables, indexes, schemas and extensions are not here.
constexpr std::array<std::string_view, 33> objects_without_rows = {
    "access", "aggregate", "cast", "collation", "conversion", "database", "default", "event", "foreign", "function", "group",
    "language", "large", "materialized", "operator", "policy", "procedural", "procedure", "publication", "role", "routine",
    "rule", "server", "statistics", "subscription", "system", "tablespace", "text", "transform", "trigger", "user", "view",
    "trusted"};

constexpr std::array<std::string_view, 38> statements_without_rows = {
    "abort", "analyse", "analyze", "begin", "call", "checkpoint", "close", "cluster", "commit", "copy", "deallocate",
    "declare", "delete", "discard", "do", "end", "execute", "explain", "fetch", "grant", "insert", "listen", "load", "lock",
    "merge", "move", "notify", "prepare", "reassign", "refresh", "reindex", "release", "revoke", "rollback", "savepoint",
    "truncate", "update", "vacuum"};

bool contains(const auto& list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); }

// The kind of a statement that has nothing to do with rows ("CREATE FUNCTION"), or nothing.
std::string kind_without_rows(const std::vector<std::string>& head) {
    const auto word = [&](std::size_t i) -> std::string_view { return i < head.size() ? std::string_view(head[i]) : ""; };
    if (contains(statements_without_rows, word(0))) return upper(word(0));
    if (word(0) == "start" && word(1) == "transaction") return "START TRANSACTION";
    if (word(0) == "security" && word(1) == "label") return "SECURITY LABEL";
    std::size_t object = 1;
    if (word(0) == "comment" && word(1) == "on") {
        object = 2;
        if (word(2) == "constraint" || word(2) == "index" || word(2) == "sequence" || word(2) == "schema" || word(2) == "extension")
            return "COMMENT ON " + upper(word(2));
    } else if (word(0) != "create" && word(0) != "alter" && word(0) != "drop") {
        return {};
    }
    while (word(object) == "or" || word(object) == "replace" || word(object) == "temp" || word(object) == "temporary" ||
           word(object) == "recursive" || word(object) == "constraint")
        ++object;
    // A foreign table has columns and keys as any other; its rows are elsewhere all the same.
    if (!contains(objects_without_rows, word(object))) return {};
    std::string kind;
    for (std::size_t i = 0; i <= object; ++i) {
        if (word(i) == "or" || word(i) == "replace") continue;
        kind += (kind.empty() ? "" : " ") + upper(word(i));
    }
    const std::string_view next = word(object + 1);
    if (next == "view" || next == "table" || next == "trigger" || next == "search" || next == "class" || next == "family" ||
        next == "data" || next == "privileges" || next == "mapping")
        kind += " " + upper(next);
    return kind;
}

class Splitter {
  public:
    Splitter(std::string_view text, const std::string& file_name) : text_(text), file_name_(file_name) {}

    Result<Rewritten> run() {
        while (at_ < text_.size()) CONFAB_CHECK(step());
        finish(text_.size());
        return std::move(result_);
    }

  private:
    // A token, a space or a comment: one step through the text.
    Status step() {
        const char c = text_[at_];
        if (is_space(c)) {
            ++at_;
            return {};
        }
        if (starts("--")) {
            at_ = std::min(text_.find('\n', at_), text_.size());
            return {};
        }
        if (starts("/*")) return comment();
        if (c == '\\') {
            backslash_command();
            return {};
        }
        if (c == ';' && depth_ == 0 && atomic_depth_ == 0) {
            const std::size_t end = at_++;
            finish(end);
            return {};
        }
        if (!begin_) begin_ = at_;
        if (c == '\'') return string(at_, !conforming_strings_, !conforming_strings_);
        if (c == '"') return quoted_name();
        if (c == '$') return dollar();
        if (is_word_start(c)) return word();
        if (std::isdigit(static_cast<unsigned char>(c))) {
            while (at_ < text_.size() && (is_word(text_[at_]) || text_[at_] == '.')) ++at_;
            return {};
        }
        if (c == '(' || c == '[') ++depth_;
        if ((c == ')' || c == ']') && depth_ > 0) --depth_;
        note_head(std::string_view(&text_[at_], 1));
        ++at_;
        return {};
    }

    bool starts(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

    void note_head(std::string_view what) {
        if (head_.size() < head_words) head_.push_back(lower(what.substr(0, 64)));
    }

    Status comment() {
        const std::size_t begin = at_;
        std::size_t depth = 0;
        while (at_ < text_.size()) {
            if (starts("/*")) {
                ++depth;
                at_ += 2;
            } else if (starts("*/")) {
                at_ += 2;
                if (--depth == 0) return {};
            } else {
                ++at_;
            }
        }
        return error_at(text_, begin, file_name_, "this comment has no end").note("expected `*/` before the end of the file");
    }

    // From the quote at `at_`; `prefix` is where the literal began, with E, B, U& and the like.
    Status string(std::size_t prefix, bool backslashes, bool make_escape) {
        const std::size_t quote = at_++;
        bool has_backslash = false;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '\\' && backslashes) {
                has_backslash = true;
                at_ += 2;
            } else if (c == '\'') {
                ++at_;
                if (at_ >= text_.size() || text_[at_] != '\'') {
                    if (make_escape && has_backslash) escapes_.push_back(quote);
                    note_head(text_.substr(quote, at_ - quote));
                    return {};
                }
                ++at_;
            } else {
                ++at_;
            }
        }
        return error_at(text_, prefix, file_name_, "this string has no end").note("expected `'` before the end of the file");
    }

    Status quoted_name() {
        const std::size_t begin = at_++;
        while (at_ < text_.size()) {
            if (text_[at_++] != '"') continue;
            if (at_ >= text_.size() || text_[at_] != '"') {
                note_head("\"");
                return {};
            }
            ++at_;
        }
        return error_at(text_, begin, file_name_, "this quoted name has no end").note("expected `\"` before the end of the file");
    }

    // `$tag$ … $tag$`, or a parameter such as $1.
    Status dollar() {
        const std::size_t begin = at_;
        std::size_t end = at_ + 1;
        if (end < text_.size() && is_word_start(text_[end]))
            while (end < text_.size() && is_word(text_[end]) && text_[end] != '$') ++end;
        if (end >= text_.size() || text_[end] != '$') {
            ++at_;
            return {};
        }
        const std::string_view tag = text_.substr(begin, end + 1 - begin);
        const std::size_t close = text_.find(tag, end + 1);
        if (close == std::string_view::npos)
            return error_at(text_, begin, file_name_, "this dollar-quoted string has no end")
                .note(fmt::format("expected `{}` before the end of the file", tag.substr(0, 80)));
        at_ = close + tag.size();
        return {};
    }

    Status word() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_word(text_[at_])) ++at_;
        const std::string_view word = text_.substr(begin, at_ - begin);
        if (at_ < text_.size() && text_[at_] == '\'' && word.size() == 1) {
            const char prefix = static_cast<char>(std::tolower(static_cast<unsigned char>(word[0])));
            if (prefix == 'e') return string(begin, true, false);
            if (prefix == 'b' || prefix == 'x') return string(begin, false, false);
            if (prefix == 'n') return string(begin, !conforming_strings_, false);
        }
        if (word.size() == 1 && (word[0] == 'u' || word[0] == 'U') && starts("&'")) {
            ++at_;
            return string(begin, false, false);
        }
        note_head(word);
        if (creates_routine()) follow_atomic_body(lower(word.substr(0, 16)));
        return {};
    }

    bool creates_routine() const {
        if (head_.empty() || head_[0] != "create") return false;
        const std::size_t object = head_.size() > 2 && head_[1] == "or" ? 3 : 1;
        return head_.size() > object && (head_[object] == "function" || head_[object] == "procedure");
    }

    // BEGIN ATOMIC … END holds semicolons; so do CASE … END inside it.
    void follow_atomic_body(const std::string& word) {
        if (atomic_depth_ == 0) {
            if (word == "atomic" && previous_word_ == "begin") atomic_depth_ = 1;
        } else if (word == "case" || word == "begin") {
            ++atomic_depth_;
        } else if (word == "end") {
            --atomic_depth_;
        }
        previous_word_ = word;
    }

    // `\connect x`: to the end of the line. In the middle of a statement it also sends the statement.
    void backslash_command() {
        const std::size_t begin = at_;
        const std::size_t line_end = std::min(text_.find('\n', at_), text_.size());
        if (begin_) finish(begin);
        std::size_t end = begin + 1;
        while (end < line_end && !is_space(text_[end])) ++end;
        RewrittenStatement statement;
        statement.passed_over_kind = fmt::format("psql {}", text_.substr(begin, std::min<std::size_t>(end - begin, 32)));
        statement.source_offset = begin;
        result_.statements.push_back(std::move(statement));
        at_ = line_end;
    }

    void finish(std::size_t end) {
        if (begin_) {
            RewrittenStatement statement;
            statement.source_offset = *begin_;
            statement.passed_over_kind = kind_without_rows(head_);
            if (is_query() && !sets_configuration(*begin_, end)) statement.passed_over_kind = upper(head_[0]);
            if (statement.passed_over_kind.empty()) copy(*begin_, end, statement);
            follow_settings();
            const bool data_follows = !head_.empty() && head_[0] == "copy" && copies_from_stdin(text_.substr(*begin_, end - *begin_));
            result_.statements.push_back(std::move(statement));
            if (data_follows) skip_copy_data();
        }
        begin_.reset();
        head_.clear();
        escapes_.clear();
        previous_word_.clear();
        depth_ = 0;
        atomic_depth_ = 0;
    }

    void copy(std::size_t begin, std::size_t end, RewrittenStatement& statement) const {
        while (end > begin && is_space(text_[end - 1])) --end;
        statement.mappings.push_back({0, begin});
        std::size_t from = begin;
        for (const std::size_t quote : escapes_) {
            statement.sql += text_.substr(from, quote - from);
            statement.sql += 'E';
            statement.mappings.push_back({statement.sql.size(), quote});
            from = quote;
        }
        statement.sql += text_.substr(from, end - from);
    }

    bool is_query() const {
        return !head_.empty() && (head_[0] == "select" || head_[0] == "with" || head_[0] == "values" || head_[0] == "show");
    }

    // pg_dump sets the search path with SELECT pg_catalog.set_config(…).
    bool sets_configuration(std::size_t begin, std::size_t end) const {
        return lower(text_.substr(begin, std::min<std::size_t>(end - begin, 1U << 16U))).find("set_config") != std::string::npos;
    }

    void follow_settings() {
        if (head_.size() < 4 || head_[0] != "set") return;
        const std::size_t name = head_[1] == "session" || head_[1] == "local" ? 2 : 1;
        if (head_[name] != "standard_conforming_strings" || head_.size() < name + 3) return;
        std::string value = head_[name + 2];
        std::erase(value, '\'');
        conforming_strings_ = !(value == "off" || value == "false" || value == "no" || value == "0");
    }

    static bool copies_from_stdin(std::string_view statement) {
        const std::string text = lower(statement.substr(0, 64U << 10U));
        const std::size_t from = text.rfind("stdin");
        return from != std::string::npos && text.rfind("from", from) != std::string::npos;
    }

    // The rows of a COPY: from the next line to `\.` alone on a line, or to the end of the file.
    void skip_copy_data() {
        at_ = std::min(text_.find('\n', at_), text_.size());
        while (at_ < text_.size()) {
            const std::size_t line = at_ + 1;
            const std::size_t end = std::min(text_.find('\n', line), text_.size());
            const std::string_view content = text_.substr(std::min(line, text_.size()), end - std::min(line, end));
            at_ = end;
            if (content == "\\." || content == "\\.\r") return;
        }
    }

    std::string_view text_;
    const std::string& file_name_;
    std::size_t at_ = 0;
    std::optional<std::size_t> begin_;     // of the current statement
    std::vector<std::string> head_;        // its first words, in lower case
    std::vector<std::size_t> escapes_;     // quotes of its strings that must become E'…'
    std::string previous_word_;
    std::size_t depth_ = 0;                // of parentheses
    std::size_t atomic_depth_ = 0;         // of BEGIN ATOMIC and CASE
    bool conforming_strings_ = true;
    Rewritten result_;
};

}  // namespace

Result<Rewritten> split_postgresql(std::string_view text, const std::string& file_name) {
    return Splitter(text, file_name).run();
}

}  // namespace confab::ddl
