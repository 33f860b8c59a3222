#include "pgtree/pgtree.hpp"

#include <gtest/gtest.h>

#include "pgtree/scan.hpp"

namespace confab::pgtree {
namespace {

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

std::string outcome(const std::string& sql) {
    const Parsed parsed = parse(sql);
    const auto* error = std::get_if<SyntaxError>(&parsed);
    return error == nullptr ? "parsed" : error->message;
}

TEST(Parse, SaysWhereAnErrorIsInBytes) {
    const Parsed parsed = parse("SELECT 'é' AS é, ÉÉ FROM FROM");
    const auto* error = std::get_if<SyntaxError>(&parsed);
    ASSERT_NE(error, nullptr);
    EXPECT_EQ(error->offset, std::string("SELECT 'é' AS é, ÉÉ FROM ").size());
}

TEST(Parse, RefusesWhatIsTooDeepInsteadOfCrashing) {
    EXPECT_NE(outcome("SELECT " + repeated("(", 10'000) + "1" + repeated(")", 10'000)).find("open at once"), std::string::npos);
    EXPECT_NE(outcome("SELECT 1" + repeated(" + 1", 200'000)).find("in a row"), std::string::npos);
    EXPECT_NE(outcome("SELECT " + repeated("NOT ", 100'000) + "a").find("in a row"), std::string::npos);
    EXPECT_NE(outcome("SELECT a" + repeated("::text", 100'000)).find("in a row"), std::string::npos);
    EXPECT_NE(outcome("SELECT 1, 2" + repeated(" UNION SELECT 1, 2", 100'000)).find("in a row"), std::string::npos);
    EXPECT_NE(outcome("SELECT " + repeated("CASE WHEN a THEN 1 ELSE ", 5'000) + "1" + repeated(" END", 5'000)), "parsed");
    EXPECT_NE(outcome(std::string("SELECT 1\0 + 1", 13)).find("NUL"), std::string::npos);
}

TEST(Parse, AcceptsWhatIsOnlyLong) {
    EXPECT_EQ(outcome("SELECT 1" + repeated(" + 1", 1'900)), "parsed");
    EXPECT_EQ(outcome("SELECT a = 0" + repeated(" OR a = 1", 5'000)), "parsed");
    EXPECT_EQ(outcome("SELECT a IN (0" + repeated(", 1", 20'000) + ")"), "parsed");
    EXPECT_EQ(outcome("SELECT " + repeated("(", 900) + "1" + repeated(")", 900)), "parsed");
}

// Written anew, an expression means the same: its own text is a fixed point, and parses.
TEST(Deparse, IsAFixedPoint) {
    for (const char* sql : {"a + b * c - (d - e)", "NOT (a AND b) OR c", "-(-1)", "a BETWEEN 1 AND 2 AND b", "(a OR b) = c",
                            "'it''s' || E'\\n'", "x::numeric(10, 2)[]", "EXTRACT(year FROM d)", "a IS NOT DISTINCT FROM b",
                            "CASE a WHEN 1 THEN 'x' ELSE NULL END", "(ARRAY[1, 2])[1]", "(a).b.c", "a ~~ ANY (ARRAY['x'])",
                            "\"Order\" > \"select\"", "a AT TIME ZONE 'utc'", "interval '1' day to second", "(a - b) - c",
                            "a - (b - c)", "a ^ (b ^ c)", "NOT a IS NULL", "(NOT a) IS NULL", "a NOT LIKE 'x' ESCAPE '!'"}) {
        auto parsed = parse_expression(sql);
        ASSERT_TRUE(std::holds_alternative<ParsedExpression>(parsed)) << sql;
        const Result<std::string> once = deparse_expression(*std::get<ParsedExpression>(parsed).node);
        ASSERT_TRUE(once) << sql;
        auto again = parse_expression(*once);
        ASSERT_TRUE(std::holds_alternative<ParsedExpression>(again)) << *once;
        const Result<std::string> twice = deparse_expression(*std::get<ParsedExpression>(again).node);
        ASSERT_TRUE(twice) << *once;
        EXPECT_EQ(*once, *twice);
    }
}

TEST(Deparse, KeepsTheParenthesesThatMatter) {
    const auto written = [](const char* sql) {
        auto parsed = parse_expression(sql);
        Result<std::string> text = deparse_expression(*std::get<ParsedExpression>(parsed).node);
        return text ? *text : to_text(text.error());
    };
    EXPECT_EQ(written("(NOT a) IS NULL"), "(NOT a) IS NULL");
    EXPECT_EQ(written("NOT (a IS NULL)"), "NOT a IS NULL");
    EXPECT_EQ(written("(a AND b > 1) IS TRUE"), "(a AND b > 1) IS TRUE");
    EXPECT_EQ(written("(t AT TIME ZONE 'UTC')::date"), "(t AT TIME ZONE 'UTC')::date");
    EXPECT_EQ(written("((a + b) * 2)::int IS NULL"), "((a + b) * 2)::int IS NULL");
    EXPECT_EQ(written("(ARRAY[1, 2])[1]"), "(ARRAY[1, 2])[1]");
    EXPECT_EQ(written("(a || b) COLLATE \"C\""), "(a || b) COLLATE \"C\"");
}

TEST(ParseExpression, IsOneExpressionAndNothingMore) {
    for (const char* sql : {"1, 2", "1 FROM t", "1; SELECT 2", "1 AS x", "", "a WHERE b", "1 UNION SELECT 2", "1 LIMIT 1", "*, a"}) {
        EXPECT_TRUE(std::holds_alternative<SyntaxError>(parse_expression(sql))) << sql;
    }
}

TEST(Scanner, KnowsEveryKindOfQuote) {
    const std::string sql = "a 'x''y' E'q\\'r' \"n\"\"m\" $t$ ; $t$ /* /* ; */ */ 1.5 -- ;\n $1 <> U&'z'";
    Scanner scanner(sql);
    std::vector<TokenKind> kinds;
    for (Token token = scanner.next(); token.kind != TokenKind::end; token = scanner.next()) kinds.push_back(token.kind);
    EXPECT_EQ(kinds, (std::vector<TokenKind>{TokenKind::word, TokenKind::string, TokenKind::string, TokenKind::quoted_name,
                                             TokenKind::string, TokenKind::number, TokenKind::parameter,
                                             TokenKind::operator_run, TokenKind::string}));
    const std::string open = "a 'x";
    Scanner unfinished(open);
    unfinished.next();
    EXPECT_EQ(unfinished.next().kind, TokenKind::unterminated);
}

}  // namespace
}  // namespace confab::pgtree
