#include "ddl/dialect/expression_writer.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/dialect/flags.hpp"
#include "ddl/dialect/functions.hpp"
#include "ddl/dialect/patterns.hpp"

namespace confab::ddl::dialect {

namespace {

// Calls nested deeper than this are copied, not translated: nobody writes them, and the depth of our own
// recursion must not follow an upload.
constexpr int deepest_call = 64;

// Words that an expression is built of, and that are no column even where one is named so.
constexpr std::array<std::string_view, 22> expression_words = {"and", "or",   "not",  "null", "is",  "in",   "like",   "between", "case",   "when",    "then",
                                                               "else", "end", "true", "false", "cast", "exists", "select", "from", "escape", "collate", "as"};

bool is_expression_word(const Token& token) {
    return token.kind == TokenKind::word &&
           std::any_of(expression_words.begin(), expression_words.end(), [&](std::string_view each) { return equal_ignoring_case(each, token.text); });
}

bool is_name_token(const Token& token) { return token.kind == TokenKind::word || token.kind == TokenKind::quoted_name; }

}  // namespace

std::vector<std::size_t> match_parentheses(const std::vector<Token>& tokens) {
    std::vector<std::size_t> closing(tokens.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is_symbol("(")) open.push_back(i);
        if (tokens[i].is_symbol(")") && !open.empty()) {
            closing[open.back()] = i;
            open.pop_back();
        }
    }
    return closing;
}

// The `)` of the `(` at `open`, or `end` when it lies beyond.
std::size_t ExpressionWriter::closing(std::size_t open, std::size_t end) const {
    return scope_.closing[open] > open && scope_.closing[open] < end ? scope_.closing[open] : end;
}

std::vector<Range> ExpressionWriter::arguments(std::size_t open, std::size_t close) const {
    std::vector<Range> result;
    std::size_t begin = open + 1;
    for (std::size_t i = begin; i < close;) {
        if (token(i).is_symbol("(")) {
            i = closing(i, close);
        } else if (token(i).is_symbol(",")) {
            result.push_back({begin, i});
            begin = i + 1;
        }
        ++i;
    }
    if (begin < close || !result.empty()) result.push_back({begin, close});
    return result;
}

Range ExpressionWriter::without_parentheses(Range range) const {
    while (range.end > range.begin + 1 && token(range.begin).is_symbol("(") && closing(range.begin, range.end) == range.end - 1) ++range.begin, --range.end;
    return range;
}

const ColumnFacts* ExpressionWriter::column_at(std::size_t i, std::size_t end) const {
    if (scope_.table == nullptr || i >= end || !is_name_token(token(i)) || is_expression_word(token(i))) return nullptr;
    if (token(i).kind == TokenKind::word && is_symbol(i + 1, end, "(")) return nullptr;
    return scope_.table->find(scope_.names.fold(token(i)));
}

void ExpressionWriter::write(Range range) {
    std::size_t i = range.begin;
    while (i < range.end) i = write_one(i, range);
}

// Writes what begins at token `i`; the token behind it.
std::size_t ExpressionWriter::write_one(std::size_t i, Range range) {
    const Token& here = token(i);
    switch (here.kind) {
        case TokenKind::string: {
            std::string text = here.text;
            while (scope_.dialect == Dialect::mysql && i + 1 < range.end && token(i + 1).kind == TokenKind::string) text += token(++i).text;
            output_.put(quote_string(text), here.offset);
            return i + 1;
        }
        case TokenKind::bits: put("B" + quote_string(here.text), i); return i + 1;
        case TokenKind::bytes: put(quote_string("\\x" + here.text) + "::bytea", i); return i + 1;
        case TokenKind::number: put(here.text, i); return i + 1;
        case TokenKind::quoted_name:
        case TokenKind::word: break;
        case TokenKind::symbol: return write_symbol(i, range);
        case TokenKind::end: return i + 1;
    }
    if (column_at(i, range.end) != nullptr) return write_column(i, range);
    // table.column, NEW.column
    if (is_symbol(i + 1, range.end, ".") && i + 2 < range.end) {
        std::size_t last = i + 2;
        while (is_symbol(last + 1, range.end, ".") && last + 2 < range.end) last += 2;
        if (column_at(last, range.end) != nullptr) return write_column(last, range);
        if (scope_.dialect == Dialect::oracle && (token(last).is_word("nextval") || token(last).is_word("currval"))) {
            const std::vector<Token> parts = last - i > 2 ? std::vector<Token>{token(last - 4), token(last - 2)} : std::vector<Token>{token(last - 2)};
            put(fmt::format("nextval({})", quote_string(quote_name(scope_.names.table(parts, {})))), i);
            return last + 1;
        }
        if (!is_symbol(last + 1, range.end, "(")) {
            put(quote_name(scope_.names.fold(token(i))), i);
            output_.glue(".");
            return i + 2;
        }
        // A function of somebody's: its name as it is.
        put(quote_name(scope_.names.fold(token(i))), i);
        output_.glue("." + quote_name(scope_.names.fold(token(last))));
        return last + 1;
    }
    if (here.kind == TokenKind::quoted_name) {
        // SQLite takes a name in double quotes that names nothing for a string.
        if (here.double_quoted && scope_.dialect == Dialect::sqlite) put(quote_string(here.text), i);
        else put(quote_name(scope_.names.fold(here)), i);
        return i + 1;
    }
    return write_word(i, range);
}

std::size_t ExpressionWriter::write_column(std::size_t i, Range range) {
    const std::string name = scope_.names.fold(token(i));
    const ColumnFacts& column = *scope_.table->find(name);
    if (column.type.family == TypeFamily::enumeration) {
        const std::size_t next = write_labels(i, range, column);
        if (next != i) return next;
    }
    put(quote_name(name), i);
    if (column.type.family == TypeFamily::text) return write_text_comparison(i + 1, range);
    if (column.type.family != TypeFamily::boolean) return i + 1;
    const std::optional<FlagComparison> comparison = flag_comparison(scope_.tokens, range.end, i);
    if (!comparison) return i + 1;
    const auto value = [](bool each) -> std::string_view { return each ? "true" : "false"; };
    if (comparison->negated) put("NOT", comparison->op);
    switch (comparison->kind) {
        case FlagComparison::one_of:
            put("IN (", comparison->op);
            for (std::size_t each = 0; each < comparison->values.size(); ++each) output_.put(fmt::format("{}{}", each > 0 ? ", " : "", value(comparison->values[each])));
            output_.glue(")");
            break;
        case FlagComparison::between:
            put(fmt::format("BETWEEN {} AND {}", value(comparison->values[0]), value(comparison->values[1])), comparison->op);
            break;
        case FlagComparison::compares: {
            const bool equal = token(comparison->op).is_symbol("=") || token(comparison->op).is_symbol("==") || token(comparison->op).is_symbol("<=>");
            put(fmt::format("{} {}", equal ? "=" : "<>", value(comparison->values[0])), comparison->op);
            break;
        }
    }
    return comparison->end;
}

// status = 'Open', status IN ('open', 'done'): labels in their own spelling, for MySQL compares without case.
// What is no label makes the comparison one of texts.
std::size_t ExpressionWriter::write_labels(std::size_t i, Range range, const ColumnFacts& column) {
    std::size_t at = i + 1;
    const bool negated = is_word(at, range.end, "not");
    if (negated) ++at;
    std::vector<std::size_t> strings;
    std::size_t end = at;
    const bool list = is_word(at, range.end, "in") && is_symbol(at + 1, range.end, "(");
    if (list) {
        end = closing(at + 1, range.end) + 1;
        for (std::size_t each = at + 2; each + 1 < end; ++each) {
            if (token(each).kind == TokenKind::string) strings.push_back(each);
            else if (!token(each).is_symbol(",")) return i;
        }
    } else if (!negated && (is_symbol(at, range.end, "=") || is_symbol(at, range.end, "<>") || is_symbol(at, range.end, "!=")) && at + 1 < range.end &&
               token(at + 1).kind == TokenKind::string) {
        strings.push_back(at + 1);
        end = at + 2;
    } else {
        return i;
    }
    std::vector<std::string> labels;
    bool all_known = true;
    for (const std::size_t each : strings) {
        const auto& known = column.declared.labels;
        const auto label = std::find_if(known.begin(), known.end(), [&](const std::string& one) { return equal_ignoring_case(one, token(each).text); });
        all_known = all_known && label != known.end();
        labels.push_back(label != known.end() ? *label : token(each).text);
    }
    put(quote_name(scope_.names.fold(token(i))) + (all_known ? "" : "::text"), i);
    if (negated) output_.put("NOT");
    if (!list) {
        put(token(at).text, at);
        put(quote_string(labels[0]), strings[0]);
        return end;
    }
    put("IN (", at);
    for (std::size_t each = 0; each < labels.size(); ++each) {
        if (each > 0) output_.glue(",");
        put(quote_string(labels[each]), strings[each]);
    }
    output_.glue(")");
    return end;
}

// Behind a column of text: numbers that it is compared with become texts, for PostgreSQL compares no text with
// a number, and the others do.
std::size_t ExpressionWriter::write_text_comparison(std::size_t i, Range range) {
    static constexpr std::array<std::string_view, 7> comparisons = {"=", "<>", "!=", "<", ">", "<=", ">="};
    const std::size_t end = range.end;
    const auto is_number = [&](std::size_t at) { return at < end && token(at).kind == TokenKind::number; };
    const auto put_number = [&](std::size_t at) { put(quote_string(token(at).text), at); };
    std::size_t at = i;
    if (at + 1 < end && is_number(at + 1) && std::any_of(comparisons.begin(), comparisons.end(), [&](std::string_view each) { return token(at).is_symbol(each); })) {
        put(token(at).text, at);
        put_number(at + 1);
        return at + 2;
    }
    const bool negated = is_word(at, end, "not");
    if (negated) ++at;
    if (is_word(at, end, "between") && is_number(at + 1) && is_word(at + 2, end, "and") && is_number(at + 3)) {
        if (negated) put("NOT", i);
        put("BETWEEN", at);
        put_number(at + 1);
        output_.put("AND");
        put_number(at + 3);
        return at + 4;
    }
    if (is_word(at, end, "in") && is_symbol(at + 1, end, "(") && is_number(at + 2)) {
        const std::size_t close = closing(at + 1, end);
        for (std::size_t each = at + 2; each < close; ++each)
            if (!is_number(each) && !token(each).is_symbol(",")) return i;
        if (negated) put("NOT", i);
        put("IN (", at);
        for (std::size_t each = at + 2; each < close; ++each) {
            if (is_number(each)) put_number(each);
            else output_.glue(",");
        }
        output_.glue(")");
        return close + 1;
    }
    return i;
}

bool ExpressionWriter::is_text(std::size_t i, std::size_t end) const {
    if (i >= end) return false;
    if (token(i).kind == TokenKind::string) return true;
    const ColumnFacts* column = column_at(i, end);
    if (column != nullptr) return column->type.family == TypeFamily::text;
    static constexpr std::array<std::string_view, 12> text_functions = {"upper", "lower", "concat", "substring", "left", "right", "ltrim", "rtrim", "trim", "replace", "str", "format"};
    return token(i).kind == TokenKind::word && is_symbol(i + 1, end, "(") &&
           std::any_of(text_functions.begin(), text_functions.end(), [&](std::string_view each) { return token(i).is_word(each); });
}

std::size_t ExpressionWriter::write_symbol(std::size_t i, Range range) {
    const std::string& text = token(i).text;
    const Dialect dialect = scope_.dialect;
    const auto as = [&](std::string_view other) {
        put(other, i);
        return i + 1;
    };
    if (text == "==") return as("=");
    if (text == "^=") return as("<>");
    if (text == "**") return as("^");
    if (text == "<=>") return as("IS NOT DISTINCT FROM");
    if (text == "!<") return as(">=");
    if (text == "!>") return as("<=");
    if (dialect == Dialect::mysql) {
        if (text == "||") return as("OR");
        if (text == "&&") return as("AND");
        if (text == "!") return as("NOT");
    }
    if (text == "+" && dialect == Dialect::mssql) {
        // The last token of the operand before may be the end of a call or of a name in brackets.
        const bool left = i > range.begin && is_text(i - 1, range.end);
        if (left || is_text(i + 1, range.end)) return as("||");
    }
    if ((text == "->" || text == "->>") && i + 1 < range.end && token(i + 1).kind == TokenKind::string) return write_json_path(i, range);
    put(text, i);
    return i + 1;
}

// document->'$.a.b', document->>'$.a': a path of PostgreSQL's.
std::size_t ExpressionWriter::write_json_path(std::size_t i, Range) {
    const bool as_text = token(i).text == "->>";
    put(as_text ? "#>>" : "#>", i);
    put(quote_string(json_path(token(i + 1).text)), i + 1);
    return i + 2;
}

std::size_t ExpressionWriter::write_word(std::size_t i, Range range) {
    const Token& here = token(i);
    const std::size_t end = range.end;
    const Dialect dialect = scope_.dialect;
    const auto next_is_string = [&](std::size_t at) { return at < end && token(at).kind == TokenKind::string; };
    if (here.is_word("not")) {
        const bool pattern = is_word(i + 1, end, "like") || is_word(i + 1, end, "regexp") || is_word(i + 1, end, "rlike") || is_word(i + 1, end, "glob");
        if (pattern) return write_pattern(i + 1, range, true);
    }
    if (here.is_word("like") || here.is_word("regexp") || here.is_word("rlike") || here.is_word("glob")) return write_pattern(i, range, false);
    if (here.is_word("collate")) return std::min(i + 2, end);
    if (dialect == Dialect::mysql) {
        if (here.is_word("div")) return put("/", i), i + 1;
        if (here.is_word("mod") && !is_symbol(i + 1, end, "(")) return put("%", i), i + 1;
        if (here.is_word("xor")) return put("<>", i), i + 1;
        if (here.is_word("binary")) return i + 1;
        if (here.is_word("interval")) return write_interval(i, range);
    }
    if (here.is_word("is")) {
        // a IS b of SQLite's.
        const bool negated = is_word(i + 1, end, "not");
        const std::size_t operand = i + (negated ? 2 : 1);
        if (is_word(operand, end, "json")) {
            put(negated ? "IS NULL" : "IS NOT NULL", i);
            std::size_t after = operand + 1;
            while (after < end && (token(after).is_word("strict") || token(after).is_word("lax") || token(after).is_word("with") || token(after).is_word("without") ||
                                   token(after).is_word("unique") || token(after).is_word("keys")))
                ++after;
            return after;
        }
        const bool plain = is_word(operand, end, "null") || is_word(operand, end, "true") || is_word(operand, end, "false") || is_word(operand, end, "unknown") ||
                           is_word(operand, end, "distinct");
        if (!plain && dialect == Dialect::sqlite) {
            put(negated ? "IS DISTINCT FROM" : "IS NOT DISTINCT FROM", i);
            return operand;
        }
    }
    if (here.is_word("next") && is_word(i + 1, end, "value") && is_word(i + 2, end, "for") && i + 3 < end) {
        std::vector<Token> parts{token(i + 3)};
        std::size_t last = i + 3;
        while (is_symbol(last + 1, end, ".") && last + 2 < end) {
            last += 2;
            parts.push_back(token(last));
        }
        put(fmt::format("nextval({})", quote_string(quote_name(scope_.names.table(parts, {})))), i);
        return last + 1;
    }
    // DATE '2020-01-01'
    if ((here.is_word("date") || here.is_word("timestamp") || here.is_word("time")) && next_is_string(i + 1)) {
        put(lower_ascii(here.text), i);
        return i + 1;
    }
    if (here.is_word("interval") && next_is_string(i + 1)) {
        put("interval", i);
        return i + 1;
    }
    if (here.is_word("typeof")) {
        if (const std::size_t next = write_type_test(i, range); next != i) return next;
    }
    if (is_symbol(i + 1, end, "(")) {
        const std::size_t close = closing(i + 1, end);
        if (close < end && depth_ < deepest_call && !is_expression_word(here)) {
            ++depth_;
            const bool written = write_function(i, close);
            --depth_;
            if (written) return close + 1;
        }
        if (here.is_word("cast") && close < end && depth_ < deepest_call) {
            ++depth_;
            const bool written = write_special_function("cast", i, {{i + 2, close}});
            --depth_;
            if (written) return close + 1;
        }
        put(is_expression_word(here) ? upper_ascii(here.text) : lower_ascii(here.text), i);
        return i + 1;
    }
    if (const std::string_view pattern = word_pattern(dialect, lower_ascii(here.text)); !pattern.empty()) {
        put(pattern, i);
        return i + 1;
    }
    put(is_expression_word(here) ? upper_ascii(here.text) : here.text, i);
    return i + 1;
}

// typeof(c) = 'text', typeof(c) IN ('text', 'null') of SQLite's: a column has one type here, so that all it asks
// is whether the value is there.
std::size_t ExpressionWriter::write_type_test(std::size_t i, Range range) {
    const std::size_t end = range.end;
    if (i + 5 >= end || !is_symbol(i + 1, end, "(") || !is_symbol(i + 3, end, ")")) return i;
    const ColumnFacts* column = column_at(i + 2, end);
    if (column == nullptr) return i;
    std::string_view type = "text";
    if (column->type.family == TypeFamily::integer || column->type.family == TypeFamily::boolean) type = "integer";
    if (column->type.family == TypeFamily::real) type = "real";
    if (column->type.family == TypeFamily::binary) type = "blob";
    if (column->type.family == TypeFamily::decimal) return i;  // integer or real, value by value
    bool own = false, null = false;
    std::size_t next = i;
    const auto note = [&](std::size_t at) {
        own = own || equal_ignoring_case(token(at).text, type);
        null = null || equal_ignoring_case(token(at).text, "null");
    };
    if ((is_symbol(i + 4, end, "=") || is_symbol(i + 4, end, "==")) && token(i + 5).kind == TokenKind::string) {
        note(i + 5);
        next = i + 6;
    } else if (is_word(i + 4, end, "in") && is_symbol(i + 5, end, "(")) {
        const std::size_t close = closing(i + 5, end);
        if (close >= end) return i;
        for (std::size_t at = i + 6; at < close; ++at) note(at);
        next = close + 1;
    }
    if (next == i || !own) return i;
    if (null) {
        put("true", i);
    } else {
        write_column(i + 2, {i + 2, i + 3});
        output_.put("IS NOT NULL");
    }
    return next;
}

// LIKE with character classes, REGEXP, GLOB.
std::size_t ExpressionWriter::write_pattern(std::size_t i, Range range, bool negated) {
    const std::size_t operand = i + 1;
    const bool literal = operand < range.end && token(operand).kind == TokenKind::string;
    const std::string_view match = negated ? "!~" : "~";
    if (token(i).is_word("like")) {
        const bool classes = literal && scope_.dialect == Dialect::mssql && token(operand).text.find('[') != std::string::npos;
        if (classes) {
            put(match, i);
            put(quote_string(regular_expression_of_like(token(operand).text)), operand);
            return operand + 1;
        }
        // SQLite's LIKE ignores case.
        put(negated ? "NOT LIKE" : "LIKE", i);
        return operand;
    }
    if (token(i).is_word("glob") && literal) {
        put(match, i);
        put(quote_string(regular_expression_of_glob(token(operand).text)), operand);
        return operand + 1;
    }
    put(match, i);
    return operand;
}

// INTERVAL 3 DAY
std::size_t ExpressionWriter::write_interval(std::size_t i, Range range) {
    std::size_t unit = i + 1;
    while (unit < range.end && time_unit(token(unit).text).empty()) unit = token(unit).is_symbol("(") ? closing(unit, range.end) + 1 : unit + 1;
    if (unit >= range.end || unit == i + 1) {
        put("interval", i);
        return i + 1;
    }
    const std::string name = time_unit(token(unit).text);
    if (unit == i + 2 && (token(i + 1).kind == TokenKind::number || token(i + 1).kind == TokenKind::string)) {
        put(fmt::format("interval {}", quote_string(token(i + 1).text + " " + name)), i);
    } else {
        put("(", i);
        write({i + 1, unit});
        output_.glue(fmt::format(") * interval '1 {}'", name));
    }
    return unit + 1;
}

}  // namespace confab::ddl::dialect
