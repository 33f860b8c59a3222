// CREATE TABLE: its elements and its options.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/dialect/statement_parser.hpp"

namespace confab::ddl::dialect {

namespace {

bool contains(const auto& list, std::string_view word) {
    return std::any_of(std::begin(list), std::end(list), [&](std::string_view each) { return equal_ignoring_case(each, word); });
}

// Words that may begin the options of a table, after its closing parenthesis.
constexpr std::array<std::string_view, 84> option_words = {
    "engine", "type", "default", "charset", "character", "collate", "auto_increment", "avg_row_length", "checksum", "comment",
    "compression", "connection", "data", "index", "delay_key_write", "encryption", "insert_method", "key_block_size", "max_rows",
    "min_rows", "pack_keys", "password", "row_format", "stats_auto_recalc", "stats_persistent", "stats_sample_pages", "storage",
    "tablespace", "union", "page_compressed", "page_checksum", "transactional", "on", "textimage_on", "filestream_on", "with",
    "without", "strict", "pctfree", "pctused", "initrans", "maxtrans", "logging", "nologging", "compress", "nocompress", "cache",
    "nocache", "parallel", "noparallel", "monitoring", "nomonitoring", "organization", "segment", "enable", "disable", "lob",
    "result_cache", "row", "including", "overflow", "pctthreshold", "mapping", "nested", "varray", "xmltype", "column", "flashback",
    "inmemory", "rowdependencies", "norowdependencies", "read", "freelists", "cluster", "as", "partition", "memoptimize", "system",
    "ilm", "no", "filesystem_like_logging", "start", "autoextend_size", "nocollation"};

}  // namespace

std::string StatementParser::words(std::size_t begin, std::size_t end) const {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) text += (text.empty() ? "" : " ") + lower_ascii(tokens_[i].text);
    return text;
}

Result<Statement> StatementParser::create_table() {
    CreateTable table;
    if (accept("if")) {
        accept("not");
        accept("exists");
        table.if_not_exists = true;
    }
    CONFAB_TRY(table.name, table_name());
    if (accept("like")) {
        CONFAB_TRY(table.like, table_name());
        return Statement(std::move(table));
    }
    if (is("as") || is("select")) {
        table.as_query = true;
        return Statement(std::move(table));
    }
    if (accept("of")) return Statement(PassOver{"CREATE TABLE OF"});
    CONFAB_CHECK(expect_symbol("(", fmt::format("the name of table {}", table.name.name)));
    if (accept("like")) {
        CONFAB_TRY(table.like, table_name());
        accept_symbol(")");
        return Statement(std::move(table));
    }
    while (!is_symbol(")")) {
        if (at_end()) return expected("`)` or another column");
        CONFAB_CHECK(element(table));
        if (accept_symbol(",")) {
            // SQL Server alone allows a comma after the last one.
            if (is_symbol(")") && source_.dialect != Dialect::mssql) return expected("a column or a constraint after `,`");
            continue;
        }
        if (is_symbol(")")) break;
        // SQLite needs no comma between constraints.
        if (!starts_constraint()) return expected("`,` or `)`");
    }
    ++at_;
    table_options(table);
    return Statement(std::move(table));
}

// Is a constraint or an index at the cursor, and not a column that is named like one?
bool StatementParser::starts_constraint() const {
    if (token().kind != TokenKind::word) return false;
    const bool mysql = source_.dialect == Dialect::mysql;
    if (is("constraint")) return true;
    if (is("primary")) return is("key", 1);
    if (is("foreign")) return is("key", 1);
    if (is("unique")) return is_symbol("(", 1) || is("key", 1) || is("index", 1) || is("clustered", 1) || is("nonclustered", 1) || (mysql && is_symbol("(", 2));
    if (is("check")) return is_symbol("(", 1) || is("not", 1);
    if (is("period")) return is("for", 1);
    if (is("supplemental")) return is("log", 1);
    if (is("fulltext") || is("spatial")) return mysql && (is("key", 1) || is("index", 1) || is_symbol("(", 1) || is_symbol("(", 2));
    if (is("index") || is("key")) {
        if (mysql) {
            if (is_symbol("(", 1) || is("using", 1) || is("using", 2)) return true;
            // `KEY name (col)`, and not a column called key of type varchar(20).
            return is_symbol("(", 2) && token(3).kind != TokenKind::number;
        }
        return source_.dialect == Dialect::mssql && is("index") && (is_symbol("(", 2) || is("clustered", 2) || is("nonclustered", 2) || is("unique", 2));
    }
    return false;
}

Status StatementParser::element(CreateTable& table) {
    if (starts_constraint()) {
        CONFAB_TRY(const bool understood, table_constraint(table.constraints));
        if (!understood) return expected("PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK");
        return {};
    }
    if (is("like") && source_.dialect == Dialect::mysql) {
        ++at_;
        CONFAB_TRY(table.like, table_name());
        return {};
    }
    CONFAB_TRY(Column parsed, column());
    table.columns.push_back(std::move(parsed));
    return {};
}

void StatementParser::table_options(CreateTable& table) {
    while (!at_end()) {
        if (accept_symbol(",")) continue;
        if (is("partition") && is("by", 1)) {
            table.partitioning = "PARTITION BY";
            at_ = tokens_.size() - 1;
            return;
        }
        if (is("comment")) {
            ++at_;
            accept_symbol("=");
            if (token().kind == TokenKind::string) table.comment = tokens_[at_++].text;
            continue;
        }
        if (is("without") && is("rowid", 1)) table.without_rowid = true;
        if (is("select") || (is("as") && (is("select", 1) || is_symbol("(", 1)))) {
            table.as_query = table.columns.empty();
            at_ = tokens_.size() - 1;
            return;
        }
        const bool option = token().kind == TokenKind::word && (contains(option_words, token().text) || is_symbol("=", 1));
        if (!option) {
            table.unknown.push_back(at_++);
            continue;
        }
        // An option's words and its value, up to the next option.
        ++at_;
        while (!at_end() && !is_symbol(",") && !(token().kind == TokenKind::word && (contains(option_words, token().text) || is_symbol("=", 1)))) {
            if (is_symbol("(")) {
                skip_parenthesized();
            } else if (accept_symbol("=")) {
                if (is_symbol("(")) skip_parenthesized();
                else if (!at_end()) ++at_;
            } else if (token().kind == TokenKind::word && starts_constraint()) {
                break;
            } else {
                const bool more = is("set");  // CHARACTER SET utf8mb4
                ++at_;
                // One value: a second word that is no option is a mistake worth naming.
                if (!more && source_.dialect != Dialect::oracle && token().kind == TokenKind::word && !contains(option_words, token().text) && !is("set") &&
                    !is("rowid") && !is_symbol("=", 1))
                    break;
            }
        }
    }
}

}  // namespace confab::ddl::dialect
