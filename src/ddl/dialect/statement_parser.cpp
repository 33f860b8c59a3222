#include "ddl/dialect/statement_parser.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/position.hpp"

namespace confab::ddl::dialect {

bool StatementParser::accept(std::string_view word) {
    if (!is(word)) return false;
    ++at_;
    return true;
}

bool StatementParser::accept(std::string_view first, std::string_view second) {
    if (!is(first) || !is(second, 1)) return false;
    at_ += 2;
    return true;
}

bool StatementParser::accept_symbol(std::string_view symbol) {
    if (!is_symbol(symbol)) return false;
    ++at_;
    return true;
}

Error StatementParser::expected(std::string_view what) const {
    const Token& found = token();
    const std::string description =
        found.kind == TokenKind::end
            ? std::string("the end of the statement")
            : fmt::format("`{}`", printable(source_.text.substr(found.offset, std::min<std::size_t>(found.length, 60)), 60));
    return error_at(source_.text, found.offset, source_.file_name, fmt::format("expected {}, found {}", what, description));
}

Status StatementParser::expect_symbol(std::string_view symbol, std::string_view after) {
    if (accept_symbol(symbol)) return {};
    return expected(fmt::format("`{}` after {}", symbol, printable(after, 80)));
}

bool StatementParser::at_name(std::size_t ahead) const {
    const Token& next = token(ahead);
    return next.kind == TokenKind::word || next.kind == TokenKind::quoted_name ||
           (next.kind == TokenKind::string && (source_.dialect == Dialect::mysql || source_.dialect == Dialect::sqlite));
}

Range StatementParser::parenthesized() {
    Range inside{at_ + 1, at_ + 1};
    int depth = 0;
    while (!at_end()) {
        if (is_symbol("(")) ++depth;
        if (is_symbol(")") && --depth == 0) break;
        ++at_;
    }
    inside.end = at_;
    if (!at_end()) ++at_;
    return inside;
}

Result<std::string> StatementParser::name(std::string_view what) {
    if (!at_name()) return expected(what);
    std::string folded = source_.names.fold(token());
    if (folded.empty()) return expected(fmt::format("{} (an empty name means nothing)", what));
    ++at_;
    return folded;
}

Result<TableName> StatementParser::table_name() {
    const std::size_t begin = at_;
    std::vector<Token> parts;
    while (true) {
        if (!at_name()) {
            if (!parts.empty() && is_symbol(".") && source_.dialect == Dialect::mssql) {  // db..table
                ++at_;
                continue;
            }
            return expected("the name of a table");
        }
        parts.push_back(token());
        ++at_;
        if (!is_symbol(".")) break;
        ++at_;
    }
    TableName result = source_.names.table(parts, source_.current_space);
    result.token = begin;
    if (result.name.empty()) return error_at(source_.text, parts.back().offset, source_.file_name, "a table needs a name that is not empty");
    return result;
}

Result<std::vector<std::string>> StatementParser::names_in_parentheses() {
    CONFAB_CHECK(expect_symbol("(", "this"));
    std::vector<std::string> names;
    while (true) {
        CONFAB_TRY(std::string each, name("the name of a column"));
        names.push_back(std::move(each));
        if (!accept("asc")) accept("desc");
        if (accept_symbol(")")) return names;
        if (!accept_symbol(",")) return expected("`,` or `)`");
    }
}

// (a, b(10) DESC, (lower(c)))
Result<std::vector<KeyPart>> StatementParser::key_parts() {
    CONFAB_CHECK(expect_symbol("(", "this"));
    std::vector<KeyPart> parts;
    while (true) {
        KeyPart part;
        part.token = at_;
        const bool plain = at_name() && (is_symbol(",", 1) || is_symbol(")", 1) || is("asc", 1) || is("desc", 1) || is("collate", 1));
        const bool prefix = at_name() && is_symbol("(", 1) && token(2).kind == TokenKind::number && is_symbol(")", 3) && source_.dialect == Dialect::mysql;
        if (plain || prefix) {
            CONFAB_TRY(part.column, name("the name of a column"));
            if (prefix) {
                part.prefix_length = parse_integer(token(1).text).value_or(0);
                at_ += 3;
            }
            if (accept("collate")) ++at_;
        } else {
            part.expression = expression(false);
            if (part.expression.empty()) return expected("the name of a column");
            const Token& last = tokens_[part.expression.end - 1];
            if (last.is_word("asc") || last.is_word("desc")) {
                part.descending = last.is_word("desc");
                --part.expression.end;
            }
        }
        if (accept("desc")) part.descending = true;
        else accept("asc");
        if (accept("nulls")) ++at_;
        parts.push_back(std::move(part));
        if (accept_symbol(")")) return parts;
        if (!accept_symbol(",")) return expected("`,` or `)`");
    }
}

Result<Statement> StatementParser::parse() {
    if (is("create")) return create();
    if (is("alter")) return alter_table();
    if (is("comment")) return comment_on();
    if (is("drop")) return drop_table();
    if (is("rename")) return rename_table();
    if (is("exec") || is("execute")) return extended_property();
    return Statement(PassOver{upper_ascii(token().text)});
}

Result<Statement> StatementParser::create() {
    ++at_;
    bool unique = false, temporary = false;
    std::string modifier;
    while (!at_end()) {
        if (is("table")) {
            ++at_;
            CONFAB_TRY(Statement statement, create_table());
            if (auto* table = std::get_if<CreateTable>(&statement)) table->temporary = temporary;
            return statement;
        }
        if (is("index")) {
            ++at_;
            CONFAB_TRY(Statement statement, create_index());
            if (auto* index = std::get_if<CreateIndex>(&statement)) {
                if (unique) index->index.kind = ConstraintKind::unique;
                if (!modifier.empty()) {
                    index->index.kind = ConstraintKind::ignored;
                    index->index.ignored_what = modifier + " INDEX";
                }
            }
            return statement;
        }
        if (is("sequence")) {
            ++at_;
            return create_sequence();
        }
        if (is("type")) {
            ++at_;
            return create_alias();
        }
        unique = unique || is("unique");
        temporary = temporary || is("temporary") || is("temp");
        if (is("fulltext") || is("spatial") || is("xml") || is("columnstore") || is("json") || is("vector")) modifier = upper_ascii(token().text);
        ++at_;
    }
    return Statement(PassOver{"CREATE"});
}

Result<Statement> StatementParser::create_index() {
    CreateIndex result;
    result.index.kind = ConstraintKind::index;
    if (accept("concurrently")) {}
    if (accept("if")) at_ += 2;
    result.index.token = at_;
    if (!is("on")) {
        CONFAB_TRY(result.index.name, name("the name of an index"));
        if (accept_symbol(".")) {  // owner.index
            CONFAB_TRY(result.index.name, name("the name of an index"));
        }
    }
    index_options(result.index);
    if (!accept("on")) return expected("ON");
    if (accept("cluster")) return Statement(PassOver{"CREATE INDEX ON CLUSTER"});
    CONFAB_TRY(result.table, table_name());
    index_options(result.index);
    if (!is_symbol("(")) {
        result.index.kind = ConstraintKind::ignored;
        result.index.ignored_what = "INDEX without columns";
        return Statement(std::move(result));
    }
    CONFAB_TRY(result.index.parts, key_parts());
    constraint_options(&result.index);
    if (is("indextype")) {
        result.index.kind = ConstraintKind::ignored;
        result.index.ignored_what = "INDEX of a type of its own";
    }
    return Statement(std::move(result));
}

Result<Statement> StatementParser::create_sequence() {
    CreateSequence sequence;
    if (accept("if")) at_ += 2;
    CONFAB_TRY(sequence.name, table_name());
    const auto number = [&]() -> std::string {
        std::string text;
        if (accept_symbol("-")) text = "-";
        if (token().kind != TokenKind::number) return {};
        text += token().text;
        ++at_;
        return text;
    };
    while (!at_end()) {
        std::string keyword;
        if (accept("start")) {
            if (!accept("with")) accept_symbol("=");
            keyword = "START WITH";
        } else if (accept("increment")) {
            if (!accept("by")) accept_symbol("=");
            keyword = "INCREMENT BY";
        } else if (is("minvalue") || is("maxvalue")) {
            keyword = upper_ascii(token().text);
            ++at_;
            accept_symbol("=");
        } else if (accept("cycle")) {
            sequence.options += " CYCLE";
            continue;
        } else {
            ++at_;
            continue;
        }
        const std::string value = number();
        // Oracle's largest value has 28 digits; PostgreSQL's own largest means the same here.
        if (!value.empty() && value.size() <= 18) sequence.options += fmt::format(" {} {}", keyword, value);
    }
    return Statement(std::move(sequence));
}

// CREATE TYPE dbo.Flag FROM bit NOT NULL
Result<Statement> StatementParser::create_alias() {
    CreateAlias alias;
    CONFAB_TRY(alias.name, table_name());
    // An object or a collection of Oracle's has no like here: its columns hold text.
    if (source_.dialect == Dialect::oracle) return Statement(std::move(alias));
    if (!accept("from")) return Statement(PassOver{"CREATE TYPE"});
    CONFAB_TRY(alias.type, type());
    alias.not_null = is("not");
    return Statement(std::move(alias));
}

Result<Statement> StatementParser::comment_on() {
    at_ += 2;
    CommentOn result;
    result.token = at_ + 1;
    const bool column = is("column");
    ++at_;
    std::vector<Token> parts;
    while (at_name()) {
        parts.push_back(token());
        ++at_;
        if (!accept_symbol(".")) break;
    }
    if (column) {
        if (parts.size() < 2) return expected("a table, `.` and a column");
        result.column = source_.names.fold(parts.back());
        parts.pop_back();
    }
    if (parts.empty()) return expected("the name of a table");
    result.table = source_.names.table(parts, source_.current_space);
    if (!accept("is")) return expected("IS");
    if (token().kind == TokenKind::string) result.text = token().text;
    return Statement(std::move(result));
}

// EXEC sp_addextendedproperty @name=N'MS_Description', @value=N'…', @level1type=N'TABLE', @level1name=N'…', …
Result<Statement> StatementParser::extended_property() {
    static constexpr std::array<std::string_view, 8> parameters = {"@name",       "@value",      "@level0type", "@level0name",
                                                                   "@level1type", "@level1name", "@level2type", "@level2name"};
    std::array<std::string, 8> values;
    CommentOn result;
    result.token = at_;
    std::size_t position = 0;
    while (!at_end() && !equal_ignoring_case(token().text, "sp_addextendedproperty") && !equal_ignoring_case(token().text, "sp_addtype")) ++at_;
    if (equal_ignoring_case(token().text, "sp_addtype")) return added_type();
    ++at_;
    while (!at_end()) {
        std::size_t parameter = position;
        if (token().kind == TokenKind::word && token().text.starts_with("@") && is_symbol("=", 1)) {
            const auto found = std::find(parameters.begin(), parameters.end(), lower_ascii(token().text));
            parameter = static_cast<std::size_t>(found - parameters.begin());
            at_ += 2;
        }
        if (parameter < values.size() && !is_symbol(",")) values[parameter] = token().text;
        while (!at_end() && !is_symbol(",")) ++at_;
        accept_symbol(",");
        ++position;
    }
    const bool of_table = equal_ignoring_case(values[4], "table");
    if (!equal_ignoring_case(values[0], "MS_Description") || !of_table) return Statement(PassOver{"EXEC sp_addextendedproperty"});
    if (!values[6].empty() && !equal_ignoring_case(values[6], "column")) return Statement(PassOver{"EXEC sp_addextendedproperty"});
    Token space, table;
    space.kind = table.kind = TokenKind::quoted_name;
    space.text = values[3];
    table.text = values[5];
    result.table = source_.names.table({space, table}, {});
    if (!values[7].empty()) result.column = source_.names.fold(values[7]);
    result.text = values[1];
    return Statement(std::move(result));
}

// EXEC sp_addtype id, 'varchar(11)', 'NOT NULL'
Result<Statement> StatementParser::added_type() {
    ++at_;
    const auto value = [&]() -> std::string {
        if (token().kind == TokenKind::word && token().text.starts_with("@") && is_symbol("=", 1)) at_ += 2;
        std::string text = token().text;
        while (!at_end() && !is_symbol(",")) ++at_;
        accept_symbol(",");
        return text;
    };
    CreateAlias alias;
    alias.name.name = source_.names.fold(value());
    const std::string type_text = value();
    alias.not_null = lower_ascii(value()).starts_with("not");
    const std::size_t open = std::min(type_text.find('('), type_text.size());
    alias.type.name = lower_ascii(trim(std::string_view(type_text).substr(0, open)));
    if (open < type_text.size()) {
        const std::string_view inside = std::string_view(type_text).substr(open + 1, type_text.find(')', open) - open - 1);
        for (const std::string_view each : confab::split(inside, ',')) alias.type.arguments.push_back(lower_ascii(trim(each)));
    }
    return Statement(std::move(alias));
}

Result<Statement> StatementParser::drop_table() {
    at_ += 2;
    if (accept("if")) accept("exists");
    DropTable drop;
    while (at_name()) {
        CONFAB_TRY(TableName each, table_name());
        drop.tables.push_back(std::move(each));
        if (!accept_symbol(",")) break;
    }
    return Statement(std::move(drop));
}

Result<Statement> StatementParser::rename_table() {
    at_ += 2;
    RenameTables rename;
    while (at_name()) {
        CONFAB_TRY(TableName from, table_name());
        if (!accept("to")) return expected("TO");
        CONFAB_TRY(TableName to, table_name());
        rename.pairs.emplace_back(std::move(from), std::move(to));
        if (!accept_symbol(",")) break;
    }
    return Statement(std::move(rename));
}

}  // namespace confab::ddl::dialect
