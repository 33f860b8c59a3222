// Which dialect is this text? Features that only one or two dialects have are looked for outside of strings
// and comments; each counts once, however often it occurs. Most points win; PostgreSQL when nothing speaks
// for another.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "ddl/rewrite.hpp"

namespace confab::ddl {

namespace {

constexpr std::size_t scanned_bytes = 4U << 20U;

// Points by dialect, in the order of `Dialect`: PostgreSQL, MySQL, SQLite, SQL Server, Oracle.
using Points = std::array<int, 5>;

// Single words (outside of strings) that speak for a dialect wherever they stand.
const std::unordered_map<std::string, Points>& telling_words() {
    static const std::unordered_map<std::string, Points> words = {
        {"serial", {4, 1, 0, 0, 0}},
        {"bigserial", {6, 0, 0, 0, 0}},
        {"smallserial", {6, 0, 0, 0, 0}},
        {"jsonb", {5, 0, 0, 0, 0}},
        {"timestamptz", {5, 0, 0, 0, 0}},
        {"bytea", {6, 0, 0, 0, 0}},
        {"extension", {1, 0, 0, 0, 0}},
        {"plpgsql", {6, 0, 0, 0, 0}},
        {"pg_catalog", {6, 0, 0, 0, 0}},
        {"search_path", {6, 0, 0, 0, 0}},
        {"inherits", {4, 0, 0, 0, 0}},
        {"tsvector", {5, 0, 0, 0, 0}},
        {"inet", {3, 0, 0, 0, 0}},
        {"nextval", {2, 0, 0, 0, 1}},
        {"gen_random_uuid", {5, 0, 0, 0, 0}},
        {"gin", {2, 0, 0, 0, 0}},
        {"gist", {3, 0, 0, 0, 0}},
        {"exclude", {3, 0, 0, 0, 0}},
        {"auto_increment", {0, 10, 0, 0, 0}},
        {"engine", {0, 2, 0, 0, 0}},
        {"innodb", {0, 8, 0, 0, 0}},
        {"myisam", {0, 8, 0, 0, 0}},
        {"unsigned", {0, 5, 0, 0, 0}},
        {"zerofill", {0, 8, 0, 0, 0}},
        {"mediumint", {0, 5, 1, 0, 0}},
        {"mediumtext", {0, 6, 0, 0, 0}},
        {"longtext", {0, 6, 0, 0, 0}},
        {"tinytext", {0, 6, 0, 0, 0}},
        {"longblob", {0, 6, 0, 0, 0}},
        {"mediumblob", {0, 6, 0, 0, 0}},
        {"fulltext", {0, 3, 0, 1, 0}},
        {"delimiter", {0, 6, 0, 0, 0}},
        {"utf8mb4", {0, 8, 0, 0, 0}},
        {"charset", {0, 4, 0, 0, 0}},
        {"tinyint", {0, 2, 1, 1, 0}},
        {"enum", {1, 1, 0, 0, 0}},
        {"datetime", {0, 2, 2, 2, 0}},
        {"year", {0, 1, 0, 0, 0}},
        {"modify", {0, 3, 0, 0, 2}},
        {"autoincrement", {0, 0, 10, 0, 0}},
        {"pragma", {0, 0, 10, 0, 0}},
        {"sqlite_sequence", {0, 0, 10, 0, 0}},
        {"rowid", {0, 0, 4, 0, 1}},
        {"nocase", {0, 0, 6, 0, 0}},
        {"glob", {0, 0, 4, 0, 0}},
        {"strftime", {0, 0, 6, 0, 0}},
        {"typeof", {0, 0, 4, 0, 0}},
        {"julianday", {0, 0, 6, 0, 0}},
        {"dbo", {0, 0, 0, 8, 0}},
        {"identity", {0, 0, 0, 1, 0}},
        {"nvarchar", {0, 1, 1, 3, 0}},
        {"ntext", {0, 0, 0, 5, 0}},
        {"getdate", {0, 0, 0, 8, 0}},
        {"sysdatetime", {0, 0, 0, 8, 0}},
        {"sysutcdatetime", {0, 0, 0, 8, 0}},
        {"newid", {0, 0, 0, 8, 0}},
        {"newsequentialid", {0, 0, 0, 8, 0}},
        {"clustered", {0, 0, 0, 8, 0}},
        {"nonclustered", {0, 0, 0, 8, 0}},
        {"uniqueidentifier", {0, 0, 0, 8, 0}},
        {"datetime2", {0, 0, 0, 8, 0}},
        {"datetimeoffset", {0, 0, 0, 8, 0}},
        {"smalldatetime", {0, 0, 0, 6, 0}},
        {"smallmoney", {0, 0, 0, 6, 0}},
        {"persisted", {0, 0, 0, 5, 0}},
        {"nocheck", {0, 0, 0, 6, 0}},
        {"nocount", {0, 0, 0, 8, 0}},
        {"ansi_nulls", {0, 0, 0, 8, 0}},
        {"quoted_identifier", {0, 0, 0, 8, 0}},
        {"sp_addextendedproperty", {0, 0, 0, 8, 0}},
        {"sysobjects", {0, 0, 0, 8, 0}},
        {"nvarchar2", {0, 0, 0, 0, 8}},
        {"varchar2", {0, 0, 0, 0, 8}},
        {"sysdate", {0, 2, 0, 0, 6}},
        {"systimestamp", {0, 0, 0, 0, 8}},
        {"sys_guid", {0, 0, 0, 0, 8}},
        {"pctfree", {0, 0, 0, 0, 6}},
        {"initrans", {0, 0, 0, 0, 6}},
        {"tablespace", {0, 0, 0, 0, 2}},
        {"nocache", {0, 0, 0, 0, 4}},
        {"nocycle", {0, 0, 0, 0, 3}},
        {"nologging", {0, 0, 0, 0, 6}},
        {"novalidate", {0, 0, 0, 0, 5}},
        {"number", {0, 0, 1, 0, 4}},
        {"clob", {0, 0, 1, 0, 3}},
        {"nclob", {0, 0, 0, 0, 6}},
        {"regexp_like", {0, 1, 0, 0, 3}},
        {"bfile", {0, 0, 0, 0, 6}},
    };
    return words;
}

class Detector {
  public:
    explicit Detector(std::string_view text) : text_(text.substr(0, scanned_bytes)) {}

    Dialect run() {
        scan();
        Points total{};
        for (const auto& [name, points] : found_)
            for (std::size_t i = 0; i < total.size(); ++i) total[i] += points[i];
        // Brackets as quotes are SQL Server's and SQLite's; with nothing else of SQL Server's it is SQLite.
        std::size_t best = 0;
        for (const std::size_t candidate : {1U, 2U, 3U, 4U})
            if (total[candidate] > total[best]) best = candidate;
        return static_cast<Dialect>(best);
    }

  private:
    char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
    static bool is_word(char c) {
        const auto u = static_cast<unsigned char>(c);
        return std::isalnum(u) || c == '_' || u >= 0x80;
    }

    void found(const std::string& feature, const Points& points) { found_.try_emplace(feature, points); }

    void scan() {
        std::size_t i = 0;
        while (i < text_.size()) {
            const char c = text_[i];
            if (c == '-' && at(i + 1) == '-') {
                const std::size_t end = std::min(text_.find('\n', i), text_.size());
                comment(text_.substr(i, end - i));
                i = end;
            } else if (c == '/' && at(i + 1) == '*') {
                if (at(i + 2) == '!') found("/*!", {0, 8, 0, 0, 0});
                const std::size_t end = std::min(text_.find("*/", i + 2), text_.size());
                // A version comment of MySQL's holds SQL.
                if (at(i + 2) != '!') {
                    comment(text_.substr(i, end - i));
                    i = std::min(end + 2, text_.size());
                } else {
                    i += 3;
                }
            } else if (c == '\'') {
                const std::size_t end = std::min(text_.find('\'', i + 1), text_.size());
                if (i > 0 && at(i - 1) == 'N') found("N''", {0, 0, 0, 3, 1});
                i = end + 1;
            } else if (c == '"') {
                i = std::min(text_.find('"', i + 1), text_.size()) + 1;
                previous_ = "\"";
            } else if (c == '`') {
                found("`", {0, 4, 2, 0, 0});
                i = std::min(text_.find('`', i + 1), text_.size()) + 1;
                previous_ = "`";
            } else if (is_word(c) && !std::isdigit(static_cast<unsigned char>(c))) {
                std::size_t end = i;
                while (end < text_.size() && is_word(text_[end])) ++end;
                word(text_.substr(i, end - i), i, end);
                i = end;
            } else {
                symbol(i);
                ++i;
            }
        }
    }

    void symbol(std::size_t i) {
        const char c = text_[i];
        if (c == ':' && at(i + 1) == ':') found("::", {5, 0, 0, 0, 0});
        if (c == '$' && (at(i + 1) == '$' || previous_ == "as")) found("$$", {5, 0, 0, 0, 0});
        if (c == '@' && at(i + 1) == '@') found("@@", {0, 3, 0, 2, 0});
        if (c == '#' && at_line_start(i)) found("#", {0, 3, 0, 0, 0});
        if (c == '\\' && at_line_start(i)) found("\\", {4, 0, 0, 0, 0});
        if (c == '/' && at_line_start(i) && line_is(i, "/")) found("/", {0, 0, 0, 0, 4});
        if (c == '@' && at_line_start(i)) found("@file", {0, 0, 0, 0, 3});
        if (c == '[' && bracket_quotes_a_name(i)) found("[]", {0, 0, 4, 3, 0});
        if (!std::isspace(static_cast<unsigned char>(c))) previous_.assign(1, c);
    }

    // `[Order Details]`, and not `integer[3]` or `ARRAY['a']`.
    bool bracket_quotes_a_name(std::size_t i) const {
        const auto next = static_cast<unsigned char>(at(i + 1));
        if (!(std::isalpha(next) || next == '_' || next >= 0x80)) return false;
        if (previous_ == "array") return false;
        return i == 0 || !is_word(text_[i - 1]);
    }

    bool at_line_start(std::size_t i) const {
        while (i > 0 && (text_[i - 1] == ' ' || text_[i - 1] == '\t')) --i;
        return i == 0 || text_[i - 1] == '\n';
    }

    bool line_is(std::size_t i, std::string_view what) const {
        std::size_t end = std::min(text_.find('\n', i), text_.size());
        while (end > i && std::isspace(static_cast<unsigned char>(text_[end - 1]))) --end;
        return lower(text_.substr(i, std::min<std::size_t>(end - i, what.size() + 1))) == what;
    }

    static std::string lower(std::string_view text) {
        std::string result(text);
        for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return result;
    }

    char next_after_space(std::size_t i) const {
        while (i < text_.size() && std::isspace(static_cast<unsigned char>(text_[i]))) ++i;
        return at(i);
    }

    bool calls_with_a_string(std::size_t i) const {
        const std::size_t open = text_.find('(', i);
        return next_after_space(open + 1) == '\'';
    }

    void word(std::string_view spelled, std::size_t begin, std::size_t end) {
        if (spelled.size() > 32) {
            previous_.clear();
            return;
        }
        std::string word = lower(spelled);
        if (const auto known = telling_words().find(word); known != telling_words().end()) found(word, known->second);
        const char next = next_after_space(end);
        if (at_line_start(begin)) {
            if (word == "go" && line_is(begin, "go")) found("go", {0, 0, 0, 8, 0});
            if (word == "prompt" || word == "rem" || word == "spool" || word == "whenever") found(word, {0, 0, 0, 0, 5});
            if (word == "show" || word == "describe") found(word, {0, 1, 0, 0, 0});
            if (word == "use") found(word, {0, 2, 0, 2, 0});
        }
        if (word == "identity" && previous_ != "as" && previous_ != "restart") found("IDENTITY(1,1)", {0, 0, 0, 6, 0});
        if (word == "identity" && previous_ == "as") found("AS IDENTITY", {3, 0, 0, 0, 2});
        if (word == "identity" && previous_ == "as" && before_previous_ == "null") found("ON NULL AS IDENTITY", {0, 0, 0, 0, 8});
        if (word == "storage" && next == '(') found("STORAGE (", {0, 0, 0, 0, 6});
        if (word == "add" && next == '(') found("ADD (", {0, 1, 0, 0, 4});
        if ((word == "enum" || word == "set") && next == '(') found("ENUM(", {0, previous_ == "as" ? 0 : 6, 0, 0, 0});
        if (word == "enum" && previous_ == "as") found("AS ENUM", {6, 0, 0, 0, 0});
        if (word == "domain" && previous_ == "create") found("CREATE DOMAIN", {6, 0, 0, 0, 0});
        if (word == "extension" && previous_ == "create") found("CREATE EXTENSION", {8, 0, 0, 0, 0});
        if (word == "to" && previous_ == "owner") found("OWNER TO", {8, 0, 0, 0, 0});
        if (word == "of" && previous_ == "partition") found("PARTITION OF", {8, 0, 0, 0, 0});
        if (word == "zone" && previous_ == "time") found("TIME ZONE", {3, 0, 0, 0, 1});
        if (word == "update" && previous_ == "on") found("ON UPDATE", {0, 0, 0, 0, 0});
        if (word == "current_timestamp" && previous_ == "update") found("ON UPDATE CURRENT_TIMESTAMP", {0, 8, 0, 0, 0});
        if (word == "rowid" && previous_ == "without") found("WITHOUT ROWID", {0, 0, 10, 0, 0});
        if (word == "tables" && previous_ == "lock") found("LOCK TABLES", {0, 6, 0, 0, 0});
        if (word == "max" && previous_ == "(") found("(MAX)", {0, 0, 0, 3, 0});
        if (word == "strict" && previous_ == ")") found("STRICT", {0, 0, 6, 0, 0});
        if (word == "transaction" && previous_ == "begin") found("BEGIN TRANSACTION", {0, 0, 1, 1, 0});
        if (word == "change" && previous_ != "on") found("CHANGE", {0, 1, 0, 0, 0});
        const bool in_table = previous_ == "," || (previous_ == "unique" && before_previous_ != "create");
        if ((word == "key" || word == "index") && in_table && next != '(') found("KEY name", {0, 4, 0, 0, 0});
        // SQLite numbers rows by such a column; in PostgreSQL it is a key as any other.
        if (word == "primary" && previous_ == "integer") found("INTEGER PRIMARY KEY", {1, 0, 1, 0, 0});
        if (word == "datetime" && next == '(' && calls_with_a_string(end)) found("datetime('now')", {0, 0, 6, 0, 0});
        if (word == "comment" && next == '\'') found("COMMENT ''", {0, 4, 0, 0, 0});
        before_previous_ = std::move(previous_);
        previous_ = std::move(word);
    }

    // People write at the top of a script what it is for. A mention weighs less than the text itself.
    void comment(std::string_view text) {
        const std::string words = lower(text.substr(0, 4000));
        const auto mentions = [&](std::string_view name) { return words.find(name) != std::string::npos; };
        if (mentions("postgres")) found("says PostgreSQL", {3, 0, 0, 0, 0});
        if (mentions("mysql") || mentions("mariadb")) found("says MySQL", {0, 3, 0, 0, 0});
        if (mentions("sqlite")) found("says SQLite", {0, 0, 3, 0, 0});
        if (mentions("sql server") || mentions("t-sql") || mentions("mssql")) found("says SQL Server", {0, 0, 0, 3, 0});
        if (mentions("oracle")) found("says Oracle", {0, 0, 0, 0, 2});
    }

    std::string_view text_;
    std::string previous_, before_previous_;
    std::unordered_map<std::string, Points> found_;
};

}  // namespace

Dialect detect_dialect(std::string_view utf8) { return Detector(utf8).run(); }

}  // namespace confab::ddl
