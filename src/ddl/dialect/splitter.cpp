#include "ddl/dialect/splitter.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace confab::ddl::dialect {

namespace {

bool contains(const auto& list, std::string_view word) {
    return std::any_of(std::begin(list), std::end(list), [&](std::string_view each) { return equal_ignoring_case(each, word); });
}

// Words between CREATE and what is created.
constexpr std::array<std::string_view, 27> creation_modifiers = {
    "or",       "replace",  "alter",      "global",    "local",    "private",      "temporary",    "temp",      "unlogged",
    "unique",   "fulltext", "spatial",    "bitmap",    "clustered", "nonclustered", "columnstore",  "force",     "editionable",
    "noneditionable", "no", "sharded",    "duplicated", "immutable", "blockchain",  "multivalue",   "primary",   "xml"};

constexpr std::array<std::string_view, 30> sqlplus_commands = {
    "prompt", "rem",     "remark", "spool", "whenever", "define", "undefine", "accept",  "column", "ttitle",
    "btitle", "clear",   "variable", "print", "exit",   "quit",   "connect",  "conn",    "disconnect", "host",
    "pause",  "timing",  "store",  "show",  "exec",     "execute", "break",   "compute", "set",    "start"};

// Statements of T-SQL that may follow another without a semicolon.
constexpr std::array<std::string_view, 24> tsql_starters = {
    "insert", "exec", "execute", "print", "declare", "use",      "grant",  "revoke", "deny",   "truncate", "if",    "else",
    "while",  "raiserror", "commit", "rollback", "select", "update", "delete", "merge", "begin", "end", "return", "throw"};

constexpr std::array<std::string_view, 13> tsql_objects = {
    "table", "index", "view", "procedure", "proc", "function", "trigger", "schema", "type", "sequence", "database", "login", "user"};

constexpr std::size_t head_size = 24;

class Splitter {
  public:
    Splitter(std::string_view text, Dialect dialect, const std::string& file_name)
        : text_(text), dialect_(dialect), lexer_(text, dialect, file_name) {}

    Result<std::vector<SourceStatement>> run() {
        while (true) {
            if (statement_.tokens.empty()) {
                CONFAB_TRY(const bool was_command, client_command());
                if (was_command) continue;
            }
            if (dialect_ == Dialect::mysql && delimiter_ != ";") {
                CONFAB_CHECK(lexer_.skip_space());
                if (lexer_.rest().starts_with(delimiter_)) {
                    lexer_.move_to(lexer_.offset() + delimiter_.size());
                    finish();
                    continue;
                }
            }
            const std::size_t before = lexer_.offset();
            CONFAB_TRY(Token token, lexer_.next(keeps_tokens()));
            if (token.kind == TokenKind::end) break;
            CONFAB_TRY(const bool ended, ends_before(token));
            if (ended) {
                finish();
                lexer_.move_to(before);
                continue;
            }
            if (token.is_symbol(";") && (dialect_ != Dialect::mysql || delimiter_ == ";") && !in_body()) {
                finish();
                continue;
            }
            add(std::move(token));
        }
        finish();
        return std::move(statements_);
    }

  private:
    bool keeps_tokens() const { return statement_.tokens.size() < head_size || interesting_; }
    bool in_body() const { return is_routine_ && (dialect_ == Dialect::oracle || dialect_ == Dialect::mssql || block_depth_ > 0); }

    // A command of the client that goes to the end of the line, where a statement could begin.
    Result<bool> client_command() {
        CONFAB_CHECK(lexer_.skip_space());
        if (!lexer_.at_line_start()) return false;
        const std::string_view line = trim(lexer_.rest_of_line().substr(0, 200));
        const std::size_t word_end = std::min(line.find_first_of(" \t;"), line.size());
        const std::string word = lower_ascii(line.substr(0, word_end));
        const auto skip_line = [&](std::string kind) {
            if (!kind.empty()) pass_over(std::move(kind), lexer_.offset());
            lexer_.move_to(lexer_.offset() + lexer_.rest_of_line().size());
            return true;
        };
        switch (dialect_) {
            case Dialect::mysql:
                if (word == "delimiter") {
                    const std::string_view value = trim(line.substr(word_end));
                    delimiter_ = std::string(value.substr(0, value.find_first_of(" \t")));
                    if (delimiter_.empty()) delimiter_ = ";";
                    return skip_line("");
                }
                if (word == "source" || line.starts_with("\\")) return skip_line("mysql command");
                return false;
            case Dialect::sqlite:
                if (line.starts_with(".")) return skip_line("sqlite3 command");
                return false;
            case Dialect::mssql:
                if (is_go(line)) return skip_line("");
                if (line.starts_with(":")) return skip_line("sqlcmd command");
                return false;
            case Dialect::oracle:
                if (line == "/" || line == ".") return skip_line("");
                if (line.starts_with("@")) return skip_line("SQL*Plus command");
                if (contains(sqlplus_commands, word)) return skip_line(fmt::format("SQL*Plus {}", upper_ascii(word)));
                return false;
            case Dialect::postgresql: return false;
        }
        return false;
    }

    static bool is_go(std::string_view line) {
        if (line.size() < 2 || !equal_ignoring_case(line.substr(0, 2), "go")) return false;
        const std::string_view after = trim(line.substr(2));
        return after.empty() || after == ";" || after.starts_with("--") ||
               (line[2] == ' ' && after.find_first_not_of("0123456789") == std::string_view::npos);
    }

    // Does this token begin another statement, though nothing ended the current one?
    Result<bool> ends_before(const Token& token) {
        if (statement_.tokens.empty()) return false;
        if (dialect_ == Dialect::mssql && token.starts_line && token.is_word("go")) {
            const std::string_view line = trim(text_.substr(token.offset, std::min(text_.find('\n', token.offset), text_.size()) - token.offset));
            return is_go(line);
        }
        if (dialect_ == Dialect::oracle && token.starts_line && token.is_symbol("/")) {
            const std::string_view line = trim(text_.substr(token.offset, std::min(text_.find('\n', token.offset), text_.size()) - token.offset));
            return line == "/";
        }
        if (token.kind != TokenKind::word || depth_ > 0) return false;
        const bool creates = token.is_word("create"), alters = token.is_word("alter"), drops = token.is_word("drop");
        if (is_routine_) {
            if (dialect_ == Dialect::mysql && delimiter_ != ";") return false;
            return token.starts_line && creates && block_depth_ == 0 && (saw_block_ || is_view_);
        }
        if (dialect_ == Dialect::mssql) return ends_before_tsql(token, creates, alters, drops);
        if (!token.starts_line) return false;
        if (creates) return peek_is_any({"table", "temporary", "unique", "index"});
        if (alters || drops) return peek_is_any({"table"}) && interesting_so_far();
        return token.is_word("insert") && peek_is_any({"into"}) && interesting_so_far();
    }

    Result<bool> ends_before_tsql(const Token& token, bool creates, bool alters, bool drops) {
        const Token& last = statement_.tokens.back();
        if (creates) return true;
        if (alters) return peek_is_any(tsql_objects);
        if (!interesting_so_far()) {
            // Only what matters ends a statement that does not: its own words are many.
            return (token.is_word("exec") || token.is_word("execute")) && token.starts_line;
        }
        if (drops) return !last.is_symbol(",") && peek_is_any(tsql_objects) && !statement_.tokens.front().is_word("alter");
        if (token.is_word("set")) return !last.is_word("delete") && !last.is_word("update") && !peek_is_symbol("(");
        if (last.is_word("on") || last.is_word("for") || last.is_word("after")) return false;  // ON DELETE, FOR INSERT
        if (last.is_symbol(",") || last.is_symbol(".")) return false;
        return contains(tsql_starters, token.text);
    }

    Result<Token> peek() {
        const std::size_t here = lexer_.offset();
        Result<Token> token = lexer_.next();
        lexer_.move_to(here);
        return token;
    }
    Result<bool> peek_is_any(const auto& words) {
        CONFAB_TRY(const Token token, peek());
        return token.kind == TokenKind::word && contains(words, token.text);
    }
    Result<bool> peek_is_any(std::initializer_list<std::string_view> words) {
        CONFAB_TRY(const Token token, peek());
        return token.kind == TokenKind::word && contains(words, token.text);
    }
    bool peek_is_symbol(std::string_view symbol) {
        const Result<Token> token = peek();
        return token && token->is_symbol(symbol);
    }

    void add(Token token) {
        if (statement_.tokens.empty()) statement_.offset = token.offset;
        if (token.is_symbol("(")) ++depth_;
        if (token.is_symbol(")") && depth_ > 0) --depth_;
        if (token.kind == TokenKind::word && is_routine_) follow_block(token);
        if (statement_.tokens.size() >= head_size && !interesting_) {
            previous_ = std::move(token);
            return;
        }
        previous_ = token;
        statement_.tokens.push_back(std::move(token));
        if (statement_.tokens.size() <= head_size) {
            is_routine_ = is_routine_ || starts_routine();
            interesting_ = interesting_so_far();
        }
    }

    // BEGIN … END and CASE … END; END IF, END LOOP and the like close what was not counted.
    void follow_block(const Token& token) {
        if (token.is_word("begin") || (token.is_word("case") && !previous_.is_word("end"))) {
            ++block_depth_;
            saw_block_ = true;
        } else if (token.is_word("end") && block_depth_ > 0) {
            --block_depth_;
        } else if (previous_.is_word("end") && (token.is_word("if") || token.is_word("loop") || token.is_word("while") ||
                                                token.is_word("repeat") || token.is_word("for"))) {
            ++block_depth_;
        }
    }

    // Index of the word that says what is created: TABLE in CREATE TEMPORARY TABLE.
    std::size_t object_index() const {
        std::size_t i = 1;
        const auto& tokens = statement_.tokens;
        while (i < tokens.size() && tokens[i].kind == TokenKind::word && contains(creation_modifiers, tokens[i].text)) ++i;
        return i;
    }
    std::string_view word_at(std::size_t i) const {
        return i < statement_.tokens.size() && statement_.tokens[i].kind == TokenKind::word ? std::string_view(statement_.tokens[i].text) : "";
    }
    bool word_is(std::size_t i, std::string_view word) const { return equal_ignoring_case(word_at(i), word); }

    bool starts_routine() {
        const auto& tokens = statement_.tokens;
        if (dialect_ == Dialect::oracle && (tokens[0].is_word("declare") || tokens[0].is_word("begin"))) {
            if (tokens.size() == 1 && tokens[0].is_word("begin")) block_depth_ = 1, saw_block_ = true;
            return true;
        }
        if (!tokens[0].is_word("create") && !(dialect_ == Dialect::mssql && tokens[0].is_word("alter"))) return false;
        std::size_t object = object_index();
        // CREATE DEFINER=`root`@`localhost` PROCEDURE …
        if (dialect_ == Dialect::mysql && (word_is(object, "definer") || word_is(object, "algorithm") || word_is(object, "sql") || word_is(object, "aggregate"))) {
            while (object < tokens.size() && !contains(std::array<std::string_view, 5>{"procedure", "function", "trigger", "event", "view"}, word_at(object)))
                ++object;
        }
        static constexpr std::array<std::string_view, 7> routines = {"procedure", "proc", "function", "trigger", "event", "package", "library"};
        if (contains(routines, word_at(object))) return true;
        if (dialect_ == Dialect::mssql && word_is(object, "view")) return is_view_ = true;
        return dialect_ == Dialect::oracle && word_is(object, "type") && word_is(object + 1, "body");
    }

    // Is this a statement to be read? Known from its first words.
    bool interesting_so_far() const {
        if (is_routine_ || statement_.tokens.empty()) return false;
        const Token& first = statement_.tokens.front();
        if (first.is_word("create")) {
            const std::size_t object = object_index();
            return word_is(object, "table") || word_is(object, "index") || word_is(object, "sequence") ||
                   (word_is(object, "type") && (dialect_ == Dialect::mssql || dialect_ == Dialect::oracle) && !word_is(object + 1, "body"));
        }
        if (first.is_word("alter") || first.is_word("drop")) {
            return word_is(1, "table") || (first.is_word("alter") && (word_is(1, "ignore") || word_is(1, "online")) && word_is(2, "table"));
        }
        if (first.is_word("comment")) return word_is(1, "on") && (word_is(2, "table") || word_is(2, "column"));
        if (first.is_word("rename")) return word_is(1, "table");
        if (first.is_word("use")) return true;
        if (first.is_word("set")) return dialect_ == Dialect::mysql && statement_.tokens.size() < 64;
        if (first.is_word("exec") || first.is_word("execute")) {
            return std::any_of(statement_.tokens.begin(), statement_.tokens.end(),
                               [](const Token& token) { return equal_ignoring_case(token.text, "sp_addextendedproperty") || equal_ignoring_case(token.text, "sp_addtype"); });
        }
        return false;
    }

    std::string kind() const {
        const auto& tokens = statement_.tokens;
        if (tokens.front().kind != TokenKind::word) return std::string("unknown statement");
        std::string first = upper_ascii(tokens.front().text);
        if (first != "CREATE" && first != "ALTER" && first != "DROP" && first != "COMMENT") return first;
        std::string object = upper_ascii(word_at(object_index()));
        if (is_routine_ || object == "DEFINER" || object == "ALGORITHM" || object == "SQL") {
            for (std::size_t i = 1; i < tokens.size(); ++i)
                if (contains(std::array<std::string_view, 7>{"procedure", "proc", "function", "trigger", "event", "view", "package"}, word_at(i))) {
                    object = upper_ascii(word_at(i));
                    break;
                }
        }
        if (object == "PROC") object = "PROCEDURE";
        if (first == "COMMENT") return fmt::format("COMMENT ON {}", upper_ascii(word_at(2)));
        return object.empty() ? first : fmt::format("{} {}", first, object);
    }

    void pass_over(std::string kind, std::size_t offset) {
        SourceStatement statement;
        statement.passed_over_kind = std::move(kind);
        statement.offset = offset;
        statements_.push_back(std::move(statement));
    }

    void finish() {
        if (!statement_.tokens.empty()) {
            if (interesting_so_far()) {
                Token end;
                end.offset = statement_.tokens.back().offset + statement_.tokens.back().length;
                follow_settings();
                statement_.tokens.push_back(std::move(end));
                statements_.push_back(std::move(statement_));
            } else {
                const Token& first = statement_.tokens.front();
                const bool block = dialect_ == Dialect::mssql && statement_.tokens.size() == 1 && (first.is_word("begin") || first.is_word("end"));
                if (!block) pass_over(kind(), statement_.offset);
            }
        }
        statement_ = {};
        previous_ = {};
        depth_ = 0;
        block_depth_ = 0;
        is_routine_ = is_view_ = saw_block_ = interesting_ = false;
    }

    // SET sql_mode = 'ANSI_QUOTES…' changes how the rest is read.
    void follow_settings() {
        if (dialect_ != Dialect::mysql || !statement_.tokens.front().is_word("set")) return;
        for (const Token& token : statement_.tokens) {
            if (token.kind != TokenKind::string) continue;
            const std::string modes = upper_ascii(token.text);
            for (const std::string_view mode : {"ANSI_QUOTES", "ANSI", "ORACLE", "MSSQL", "POSTGRESQL", "DB2"})
                for (const std::string_view each : confab::split(modes, ','))
                    if (trim(each) == mode) lexer_.set_double_quotes_are_names();
        }
    }

    std::string_view text_;
    Dialect dialect_;
    Lexer lexer_;
    std::string delimiter_ = ";";
    SourceStatement statement_;
    Token previous_;
    std::size_t depth_ = 0;        // of parentheses
    std::size_t block_depth_ = 0;  // of BEGIN and CASE in a routine
    bool is_routine_ = false, is_view_ = false, saw_block_ = false, interesting_ = false;
    std::vector<SourceStatement> statements_;
};

}  // namespace

Result<std::vector<SourceStatement>> split(std::string_view text, Dialect dialect, const std::string& file_name) {
    return Splitter(text, dialect, file_name).run();
}

}  // namespace confab::ddl::dialect
