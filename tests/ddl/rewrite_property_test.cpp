// Whatever the text, rewriting ends, and ends with statements or an error.
#include <array>
#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "ddl/rewrite.hpp"

namespace confab::ddl {
namespace {

constexpr std::array<Dialect, 5> dialects = {Dialect::postgresql, Dialect::mysql, Dialect::sqlite, Dialect::mssql, Dialect::oracle};

constexpr std::array<std::string_view, 96> pieces = {
    "CREATE", "TABLE", "ALTER", "ADD", "CONSTRAINT", "PRIMARY", "KEY", "UNIQUE", "INDEX", "FOREIGN", "REFERENCES", "CHECK", "(", ")", ",", ";", ".", "a", "b",
    "\"q\"", "`q`", "[q]", "'s'", "''", "1", "0", "-1", "1.5", "b'0'", "x'ff'", "INT", "VARCHAR", "ENUM", "SET", "DEFAULT", "NOT", "NULL", "AUTO_INCREMENT",
    "IDENTITY", "GENERATED", "ALWAYS", "AS", "ON", "UPDATE", "DELETE", "CASCADE", "COMMENT", "IS", "COLUMN", "MODIFY", "CHANGE", "DROP", "RENAME", "TO", "LIKE",
    "USING", "WITH", "WITHOUT", "ROWID", "PARTITION", "BY", "GO", "\nGO\n", "\n/\n", "\nDELIMITER $$\n", "$$", "DELIMITER", "BEGIN", "END", "CASE", "IF", "EXISTS",
    "TRIGGER", "PROCEDURE", "USE", "EXEC", "sp_addextendedproperty", "@name", "=", "+", "||", "->>", "*", "UNSIGNED", "COLLATE", "CHARACTER", "NUMBER", "SEQUENCE",
    "TYPE", "FROM", "COPY", "stdin", "\n\\.\n", "--c\n", "/*c*/", "é"};

TEST(RewriteProperty, TokenSoupEndsWell) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 2000; ++round) {
        std::string text = round % 2 == 0 ? "CREATE TABLE t (" : "";
        const std::size_t count = random() % 60;
        for (std::size_t i = 0; i < count; ++i) {
            text += pieces[random() % pieces.size()];
            if (random() % 4 != 0) text += ' ';
        }
        for (const Dialect dialect : dialects) {
            const Result<Rewritten> rewritten = rewrite(text, dialect, "soup.sql");
            if (rewritten) {
                for (const RewrittenStatement& statement : rewritten->statements) {
                    EXPECT_NE(statement.sql.empty(), statement.passed_over_kind.empty()) << text;
                    for (const Mapping& mapping : statement.mappings) EXPECT_LE(mapping.source_offset, text.size()) << text;
                }
            } else {
                EXPECT_TRUE(rewritten.error().location) << text;
            }
        }
        (void)detect_dialect(text);
    }
}

TEST(RewriteProperty, CutTextsEndWell) {
    const std::string text =
        "CREATE TABLE `a` (id INT NOT NULL DEFAULT 'x' COMMENT 'it''s', e ENUM('a','b'), CHECK (CONCAT(a, IF(b, 1, 2)) LIKE '[a]%'), KEY k (id(3)));\n"
        "ALTER TABLE a ADD (CONSTRAINT c FOREIGN KEY (id) REFERENCES b (id) ON DELETE SET NULL);\nCOMMENT ON COLUMN a.id IS 'x';\n"
        "CREATE UNIQUE INDEX i ON a (lower(e) DESC) WHERE id > 3;\nEXEC sp_addextendedproperty @name = N'MS_Description', @value = N'x';\n";
    for (std::size_t size = 0; size <= text.size(); ++size)
        for (const Dialect dialect : dialects) (void)rewrite(text.substr(0, size), dialect, "cut.sql");
}

TEST(RewriteProperty, DepthAndLengthAreHarmless) {
    const std::string open(5000, '('), close(5000, ')');
    std::string calls;
    for (int i = 0; i < 2000; ++i) calls += "ifnull(";
    std::string sum = "1";
    for (int i = 0; i < 20000; ++i) sum += "+1";
    std::string many = "CREATE TABLE m (";
    for (int i = 0; i < 5000; ++i) many += "c" + std::to_string(i) + " int, ";
    many += "x int)";
    for (const Dialect dialect : dialects) {
        for (const std::string& text : {"CREATE TABLE t (a int, CHECK (" + open + "a" + close + " > 0))", "CREATE TABLE t (a int, CHECK (" + calls + "a, 1) > 0))",
                                        "CREATE TABLE t (a int, CHECK (a < " + sum + "))", open, close, many})
            (void)rewrite(text, dialect, "deep.sql");
    }
}

TEST(RewriteErrors, SayWhereAndWhat) {
    const auto message = [](std::string_view text, Dialect dialect) {
        const Result<Rewritten> rewritten = rewrite(text, dialect, "f.sql");
        return rewritten ? std::string("no error") : to_text(rewritten.error());
    };
    EXPECT_EQ(message("CREATE TABLE t (\n  a varchar(3) DEFAULT 'x\n);", Dialect::mysql),
              "f.sql:2:24: error: this string has no end\n      a varchar(3) DEFAULT 'x\n                           ^\n  expected `'` before the end of the file");
    EXPECT_EQ(message("/* a\n", Dialect::oracle), "f.sql:1:1: error: this comment has no end\n    /* a\n    ^\n  expected `*/` before the end of the file");
    EXPECT_EQ(message("CREATE TABLE t (a int,\n b int", Dialect::sqlite), "f.sql:2:7: error: expected `,` or `)`, found the end of the statement\n     b int\n          ^");
    EXPECT_EQ(message("SELECT $x$ abc", Dialect::postgresql),
              "f.sql:1:8: error: this dollar-quoted string has no end\n    SELECT $x$ abc\n           ^\n  expected `$x$` before the end of the file");
}

}  // namespace
}  // namespace confab::ddl
