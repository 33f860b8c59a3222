// A column of CREATE TABLE: its type and its attributes.
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

// Words that may follow a column's type or default, in any of the dialects.
constexpr std::array<std::string_view, 47> attribute_words = {
    "not",       "null",      "default",  "primary",    "unique",     "key",        "check",     "constraint", "references", "comment",
    "collate",   "character", "charset",  "auto_increment", "autoincrement", "identity", "generated", "as",      "on",         "enable",
    "disable",   "validate",  "novalidate", "rely",     "norely",     "visible",    "invisible", "sparse",     "rowguidcol", "foreign",
    "virtual",   "stored",    "persisted", "persistent", "with",      "masked",     "encrypted", "hidden",     "using",      "deferrable",
    "initially", "first",     "after",    "storage",    "column_format", "srid",    "index"};

}  // namespace

Result<Column> StatementParser::column() {
    Column column;
    column.token = at_;
    CONFAB_TRY(column.name, name("the name of a column"));
    CONFAB_TRY(column.type, type());
    if (source_.dialect == Dialect::mysql && column.type.name == "serial") {  // BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE
        column.identity = column.not_null = true;
        Constraint unique;
        unique.kind = ConstraintKind::unique;
        unique.token = column.type.token;
        column.constraints.push_back(std::move(unique));
    }
    CONFAB_CHECK(attributes(column));
    return column;
}

Result<TypeName> StatementParser::type() {
    TypeName result;
    result.token = at_;
    const std::size_t begin = at_;
    const Dialect dialect = source_.dialect;
    const auto add_word = [&] {
        result.name += (result.name.empty() ? "" : " ") + lower_ascii(token().text);
        ++at_;
    };
    // A quoted name can be a type only where types may be quoted, and a column can have none in SQLite and
    // Oracle (virtual columns) and SQL Server (computed ones).
    const bool quoted = token().kind == TokenKind::quoted_name && (dialect == Dialect::mssql || dialect == Dialect::sqlite);
    if (token().kind != TokenKind::word && !quoted) return result;
    if (token().kind == TokenKind::word && starts_attribute(token()) && !is("character")) return result;
    if (dialect == Dialect::mssql || dialect == Dialect::oracle) {
        while (is_symbol(".", 1)) {
            result.space = source_.names.space(token());
            if (equal_ignoring_case(token().text, "sys") || equal_ignoring_case(token().text, "mdsys")) result.space.clear();
            at_ += 2;
        }
    }
    add_word();
    const auto followed_by = [&](std::string_view first, std::initializer_list<std::string_view> next) {
        return equal_ignoring_case(result.name, first) && token().kind == TokenKind::word && contains(next, token().text);
    };
    if (dialect == Dialect::sqlite) {
        while ((token().kind == TokenKind::word && !starts_attribute(token())) || token().kind == TokenKind::quoted_name) add_word();
    } else {
        if (followed_by("double", {"precision"}) || followed_by("long", {"raw", "varchar", "varbinary"}) || followed_by("character", {"varying"}) ||
            followed_by("char", {"varying"}) || followed_by("national", {"character", "char", "varchar"}) || followed_by("nchar", {"varying", "varchar"}) ||
            followed_by("binary", {"varying", "large"}) || followed_by("interval", {"day", "year"}) || followed_by("bit", {"varying"}))
            add_word();
        if (result.name == "national character" || result.name == "national char" || result.name == "char" || result.name == "character")
            if (is("varying")) add_word();
        if (is("large") && is("object", 1)) {
            add_word();
            add_word();
        }
    }
    if (is_symbol("(")) {
        const bool labels = dialect == Dialect::mysql && (result.name == "enum" || result.name == "set");
        ++at_;
        int depth = 1;
        std::string argument;
        while (!at_end()) {
            if (is_symbol("(")) ++depth;
            if (is_symbol(")") && --depth == 0) break;
            if (is_symbol(",") && depth == 1) {
                if (!labels) result.arguments.push_back(std::move(argument));
                argument.clear();
            } else if (labels) {
                if (token().kind != TokenKind::string) return expected("a label in quotes");
                result.labels.push_back(token().text);
            } else if (token().kind == TokenKind::word && (is("char") || is("byte")) && !argument.empty()) {
                // VARCHAR2(20 CHAR): characters or bytes is all one to us.
            } else {
                argument += lower_ascii(token().text);
            }
            ++at_;
        }
        if (!accept_symbol(")")) return expected("`)` after the type's arguments");
        if (!labels) result.arguments.push_back(std::move(argument));
    }
    // What may follow the parentheses.
    if (result.name.starts_with("interval ")) {
        if (accept("to")) {
            result.name += " to " + lower_ascii(token().text);
            ++at_;
            if (is_symbol("(")) {
                const Range inside = parenthesized();
                result.arguments.clear();
                if (!inside.empty()) result.arguments.push_back(tokens_[inside.begin].text);
            }
        }
    }
    while (true) {
        if (dialect == Dialect::mysql && (is("unsigned") || is("signed"))) {
            result.is_unsigned = is("unsigned");
            ++at_;
        } else if (dialect == Dialect::mysql && accept("zerofill")) {
            result.zerofill = result.is_unsigned = true;
        } else if (dialect == Dialect::mysql && (is("binary") || is("ascii") || is("unicode") || is("byte"))) {
            ++at_;
        } else if (is("with") && (is("time", 1) || is("local", 1))) {
            ++at_;
            result.with_local_time_zone = accept("local");
            result.with_time_zone = !result.with_local_time_zone;
            accept("time");
            accept("zone");
        } else if (is("without") && is("time", 1)) {
            at_ += 3;
        } else if (dialect == Dialect::oracle && result.name == "long" && accept("raw")) {
            result.name = "long raw";
        } else {
            break;
        }
    }
    result.range = {begin, at_};
    return result;
}

bool StatementParser::starts_attribute(const Token& token) const {
    return token.kind == TokenKind::word && contains(attribute_words, token.text);
}

// An expression without parentheses around it, such as a default: up to the next attribute, `,` or `)`.
Range StatementParser::expression(bool stops_at_attributes) {
    Range range{at_, at_};
    int depth = 0;
    while (!at_end()) {
        if (is_symbol("(")) ++depth;
        if (is_symbol(")") && depth-- == 0) break;
        if (depth == 0 && is_symbol(",")) break;
        if (depth == 0 && stops_at_attributes && at_ > range.begin && starts_attribute(token())) break;
        ++at_;
    }
    range.end = at_;
    return range;
}

Status StatementParser::attributes(Column& column) {
    std::string constraint_name;
    while (!at_end() && !is_symbol(",") && !is_symbol(")")) {
        CONFAB_TRY(const bool understood, attribute(column, constraint_name));
        if (!understood) column.unknown.push_back(at_++);
    }
    return {};
}

Result<bool> StatementParser::attribute(Column& column, std::string& constraint_name) {
    const auto add = [&](ConstraintKind kind) -> Constraint& {
        Constraint constraint;
        constraint.kind = kind;
        constraint.name = std::move(constraint_name);
        constraint_name.clear();
        constraint.token = at_;
        column.constraints.push_back(std::move(constraint));
        return column.constraints.back();
    };
    if (accept("constraint")) {
        // MySQL and SQLite allow a constraint without a name.
        const bool unnamed = (is("primary") && is("key", 1)) || (is("check") && is_symbol("(", 1)) || (is("not") && is("null", 1)) ||
                             is("references") || is("null") || is("default") || (is("unique") && !starts_attribute(token(1)));
        if (!unnamed) {
            CONFAB_TRY(constraint_name, name("the name of a constraint"));
        }
        return true;
    }
    if (is("not")) {
        if (accept("not", "null")) {
            column.not_null = true;
            constraint_name.clear();
            constraint_options(nullptr);
            return true;
        }
        if (is("for", 1) && is("replication", 2)) {
            at_ += 3;
            return true;
        }
        if (is("deferrable", 1) || is("enforced", 1) || is("visible", 1)) {
            at_ += 2;
            return true;
        }
        return false;
    }
    if (accept("null")) {
        column.null = true;
        constraint_name.clear();
        constraint_options(nullptr);
        return true;
    }
    if (accept("default")) {
        constraint_name.clear();
        if (accept("on", "null")) {
            if (accept("for")) {
                accept("insert");
                accept("only");
            }
        }
        column.has_default = true;
        column.default_value = expression(true);
        if (column.default_value.empty()) return expected("a value after DEFAULT");
        return true;
    }
    if (accept("auto_increment") || accept("autoincrement")) {
        column.identity = true;
        return true;
    }
    if (is("identity") && source_.dialect != Dialect::mysql) {
        ++at_;
        column.identity = true;
        if (is_symbol("(")) identity_options(column);
        return true;
    }
    if (is("primary") && is("key", 1)) {
        at_ += 2;
        Constraint& constraint = add(ConstraintKind::primary_key);
        constraint_options(&constraint);
        return true;
    }
    if (is("unique")) {
        ++at_;
        accept("key");
        Constraint& constraint = add(ConstraintKind::unique);
        constraint_options(&constraint);
        return true;
    }
    if (is("key") && source_.dialect == Dialect::mysql) {
        ++at_;
        add(ConstraintKind::primary_key);
        return true;
    }
    if (is("check") && (is_symbol("(", 1) || is("not", 1))) {
        ++at_;
        if (is("not")) at_ += 3;  // NOT FOR REPLICATION
        Constraint& constraint = add(ConstraintKind::check);
        if (!is_symbol("(")) return expected("`(` after CHECK");
        constraint.check = parenthesized();
        constraint_options(&constraint);
        return true;
    }
    if (is("references") || (is("foreign") && is("key", 1) && is("references", 2))) {
        if (is("foreign")) at_ += 2;
        Constraint& constraint = add(ConstraintKind::foreign_key);
        CONFAB_CHECK(foreign_key_target(constraint));
        constraint_options(&constraint);
        return true;
    }
    if (accept("comment")) {
        accept_symbol("=");
        if (token().kind != TokenKind::string) return expected("a string after COMMENT");
        column.comment = token().text;
        ++at_;
        return true;
    }
    if (accept("collate") || accept("charset") || accept("character", "set")) {
        accept_symbol("=");
        ++at_;
        return true;
    }
    if (is("generated")) {
        ++at_;
        const bool always = accept("always");
        if (!always) {
            accept("by");
            accept("default");
            accept("on", "null");
        }
        if (!accept("as")) return expected("AS");
        if (accept("identity")) {
            column.identity = true;
            column.identity_always = always;
            if (is_symbol("(")) identity_options(column);
            return true;
        }
        if (accept("row")) {  // temporal tables: the server fills it in
            ++at_;
            accept("hidden");
            return true;
        }
        if (!is_symbol("(")) return expected("`(` or IDENTITY");
        column.is_generated = true;
        column.generated = parenthesized();
        return true;
    }
    if (is("as") && is_symbol("(", 1)) {
        ++at_;
        column.is_generated = true;
        column.generated = parenthesized();
        return true;
    }
    if (is("as") && source_.dialect == Dialect::mssql) {
        ++at_;
        column.is_generated = true;
        column.generated = expression(true);
        return true;
    }
    if (is("on") && is("update", 1)) {
        at_ += 2;
        column.on_update_now = true;
        ++at_;
        if (is_symbol("(")) skip_parenthesized();
        return true;
    }
    if (is("on") && is("conflict", 1)) {
        at_ += 3;
        return true;
    }
    if (is("on")) {  // ON [PRIMARY]
        at_ += 2;
        return true;
    }
    if (is("with")) {
        ++at_;
        accept("values");
        if (is_symbol("(")) skip_parenthesized();
        return true;
    }
    if ((is("masked") || is("encrypted")) && is("with", 1)) {
        at_ += 2;
        if (is_symbol("(")) skip_parenthesized();
        return true;
    }
    if (is("column_format") || is("storage") || is("srid") || is("after")) {
        at_ += 2;
        return true;
    }
    if (is("using") && is("index", 1)) {
        constraint_options(nullptr);
        return true;
    }
    if (is("index") && source_.dialect == Dialect::mssql && at_name(1)) {
        at_ += 2;
        while (is("unique") || is("clustered") || is("nonclustered")) ++at_;
        if (is_symbol("(")) skip_parenthesized();
        return true;
    }
    static constexpr std::array<std::string_view, 20> without_meaning = {
        "virtual", "stored", "persisted", "persistent", "first", "enable", "disable", "validate", "novalidate", "rely", "norely",
        "visible", "invisible", "sparse", "rowguidcol", "filestream", "hidden", "enforced", "clustered", "nonclustered"};
    if (token().kind == TokenKind::word && contains(without_meaning, token().text)) {
        ++at_;
        return true;
    }
    if (is("deferrable") || is("initially")) {
        at_ += is("initially") ? 2 : 1;
        return true;
    }
    return false;
}

// (1, 1), or (START WITH 10 INCREMENT BY 1 NOCACHE …).
void StatementParser::identity_options(Column& column) {
    const Range range = parenthesized();
    std::vector<std::string> numbers;
    const auto number_at = [&](std::size_t& i) {
        std::string text;
        if (i < range.end && tokens_[i].is_symbol("-")) text = "-", ++i;
        if (i < range.end && tokens_[i].kind == TokenKind::number) text += tokens_[i++].text;
        return text;
    };
    std::string options;
    for (std::size_t i = range.begin; i < range.end;) {
        const Token& each = tokens_[i];
        if (each.is_word("start") || each.is_word("increment") || each.is_word("minvalue") || each.is_word("maxvalue")) {
            const std::string keyword = each.is_word("start") ? "START WITH" : each.is_word("increment") ? "INCREMENT BY" : upper_ascii(each.text);
            ++i;
            while (i < range.end && (tokens_[i].is_word("with") || tokens_[i].is_word("by"))) ++i;
            const std::string value = number_at(i);
            if (!value.empty() && value.size() <= 18) options += (options.empty() ? "" : " ") + keyword + " " + value;
        } else if (each.kind == TokenKind::number || each.is_symbol("-")) {
            numbers.push_back(number_at(i));
            if (numbers.back() == "-") ++i;
        } else {
            ++i;
        }
    }
    if (numbers.size() == 2 && options.empty() && !(numbers[0] == "1" && numbers[1] == "1")) {
        options = "START WITH " + numbers[0] + " INCREMENT BY " + numbers[1];
        // A start of 0 or below needs a lower bound that allows it.
        if (numbers[0] == "0" || numbers[0].starts_with('-')) options += " MINVALUE " + numbers[0];
    }
    column.identity_options = options;
}

}  // namespace confab::ddl::dialect
