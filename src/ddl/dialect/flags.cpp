#include "ddl/dialect/flags.hpp"

#include "base/text.hpp"

namespace confab::ddl::dialect {

namespace {

// CAST(1 AS bit), CONVERT([bit],(1)): `at` is at the function's name and moves to the number; how many tokens
// close the call behind the number.
std::optional<std::size_t> enter_cast(const std::vector<Token>& tokens, std::size_t end, std::size_t& at) {
    const auto is_bit = [&](std::size_t i) { return i < end && (equal_ignoring_case(tokens[i].text, "bit") || equal_ignoring_case(tokens[i].text, "boolean")); };
    if (at + 5 < end && tokens[at].is_word("cast") && tokens[at + 1].is_symbol("(") && tokens[at + 3].is_word("as") && is_bit(at + 4) && tokens[at + 5].is_symbol(")")) {
        at += 2;
        return 3;
    }
    if (at + 5 < end && tokens[at].is_word("convert") && tokens[at + 1].is_symbol("(") && is_bit(at + 2) && tokens[at + 3].is_symbol(",")) {
        at += 4;
        if (tokens[at].is_symbol("(") && at + 3 < end && tokens[at + 2].is_symbol(")") && tokens[at + 3].is_symbol(")")) {
            ++at;
            return 2;
        }
        if (tokens[at + 1].is_symbol(")")) return 1;
    }
    return std::nullopt;
}

}  // namespace

std::optional<bool> flag_literal(const std::vector<Token>& tokens, std::size_t end, std::size_t& i) {
    std::size_t at = i, open = 0;
    while (at < end && tokens[at].is_symbol("(")) ++at, ++open;
    if (at >= end) return std::nullopt;
    const std::size_t cast_tokens = enter_cast(tokens, end, at).value_or(0);
    const Token& token = tokens[at];
    std::optional<bool> value;
    const bool digit = token.kind == TokenKind::number || token.kind == TokenKind::string || token.kind == TokenKind::bits;
    if ((digit && token.text == "0") || token.is_word("false")) value = false;
    if ((digit && token.text == "1") || token.is_word("true")) value = true;
    if (!value) return std::nullopt;
    at += 1 + cast_tokens;
    for (; open > 0; --open, ++at)
        if (at >= end || !tokens[at].is_symbol(")")) return std::nullopt;
    i = at;
    return value;
}

std::optional<FlagComparison> flag_comparison(const std::vector<Token>& tokens, std::size_t end, std::size_t column) {
    FlagComparison result;
    std::size_t at = column + 1;
    if (at < end && tokens[at].is_word("not")) {
        result.negated = true;
        ++at;
    }
    if (at >= end) return std::nullopt;
    result.op = at;
    if (tokens[at].is_word("in") && at + 1 < end && tokens[at + 1].is_symbol("(")) {
        result.kind = FlagComparison::one_of;
        at += 2;
        while (true) {
            const std::optional<bool> value = flag_literal(tokens, end, at);
            if (!value || at >= end) return std::nullopt;
            result.values.push_back(*value);
            if (tokens[at].is_symbol(")")) break;
            if (!tokens[at].is_symbol(",")) return std::nullopt;
            ++at;
        }
        result.end = at + 1;
        return result;
    }
    if (tokens[at].is_word("between")) {
        result.kind = FlagComparison::between;
        ++at;
        const std::optional<bool> low = flag_literal(tokens, end, at);
        if (!low || at >= end || !tokens[at].is_word("and")) return std::nullopt;
        ++at;
        const std::optional<bool> high = flag_literal(tokens, end, at);
        if (!high) return std::nullopt;
        result.values = {*low, *high};
        result.end = at;
        return result;
    }
    const Token& op = tokens[at];
    const bool compares = op.is_symbol("=") || op.is_symbol("<>") || op.is_symbol("!=") || op.is_symbol("==") || op.is_symbol("<=>");
    if (!compares || result.negated) return std::nullopt;
    ++at;
    const std::optional<bool> value = flag_literal(tokens, end, at);
    if (!value) return std::nullopt;
    // `flag = 1 + x` is arithmetic.
    if (at < end && (tokens[at].is_symbol("+") || tokens[at].is_symbol("-") || tokens[at].is_symbol("*") || tokens[at].is_symbol("/"))) return std::nullopt;
    result.values = {*value};
    result.end = at;
    return result;
}

bool is_flag_use(const std::vector<Token>& tokens, Range range, std::size_t column) {
    if (flag_comparison(tokens, range.end, column)) return true;
    // Standing for itself: between what joins truth values.
    const auto joins = [&](std::size_t i) {
        const Token& token = tokens[i];
        return token.is_word("and") || token.is_word("or") || token.is_word("not") || token.is_word("when") || token.is_word("then") || token.is_word("xor");
    };
    std::size_t before = column, after = column + 1;
    while (before > range.begin && tokens[before - 1].is_symbol("(") && after < range.end && tokens[after].is_symbol(")")) --before, ++after;
    if (after < range.end && tokens[after].is_word("is")) return true;
    const bool left = before == range.begin || joins(before - 1) || tokens[before - 1].is_symbol("(");
    const bool right = after >= range.end || joins(after) || tokens[after].is_symbol(")");
    if (left && right) {
        // An argument of a function is not a truth value by itself.
        const bool argument = before > range.begin && tokens[before - 1].is_symbol("(") && before - 1 > range.begin && tokens[before - 2].kind == TokenKind::word &&
                              !joins(before - 2);
        return !argument;
    }
    return false;
}

bool default_is_flag(const std::vector<Token>& tokens, Range range) {
    std::size_t i = range.begin;
    if (flag_literal(tokens, range.end, i)) return i == range.end;
    while (i < range.end && tokens[i].is_symbol("(")) ++i;
    return i < range.end && tokens[i].is_word("null");
}

bool comment_lists_more_than_two(std::string_view comment) {
    for (std::size_t i = 0; i < comment.size(); ++i) {
        if (comment[i] < '2' || comment[i] > '9') continue;
        const auto is_alphanumeric = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
        const bool alone = (i == 0 || !is_alphanumeric(comment[i - 1])) && (i + 1 == comment.size() || !is_alphanumeric(comment[i + 1]));
        if (alone) return true;
    }
    return false;
}

}  // namespace confab::ddl::dialect
