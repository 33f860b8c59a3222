// CREATE TABLE: columns, their types and attributes, constraints, options.
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

Result<Column> StatementParser::column() {
    Column column;
    column.token = at_;
    CONFAB_TRY(column.name, name("the name of a column"));
    CONFAB_TRY(column.type, type());
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

Result<bool> StatementParser::table_constraint(std::vector<Constraint>& constraints) {
    Constraint constraint;
    constraint.token = at_;
    if (accept("constraint")) {
        const bool unnamed = (is("primary") && is("key", 1)) || (is("foreign") && is("key", 1)) || (is("check") && is_symbol("(", 1)) ||
                             (is("unique") && (is_symbol("(", 1) || is("key", 1) || is("index", 1)));
        if (!unnamed) {
            CONFAB_TRY(constraint.name, name("the name of a constraint"));
        }
    }
    const bool mysql = source_.dialect == Dialect::mysql;
    if (accept("primary", "key")) {
        constraint.kind = ConstraintKind::primary_key;
        // MySQL allows a name here, and ignores it.
        if (mysql && at_name() && !is("using")) ++at_;
        index_options(constraint);
        CONFAB_TRY(constraint.parts, key_parts());
    } else if (is("unique")) {
        ++at_;
        constraint.kind = ConstraintKind::unique;
        if (mysql) {
            if (!accept("key")) accept("index");
            if (at_name() && !is("using")) {
                CONFAB_TRY(std::string index_name, name("the name of an index"));
                if (constraint.name.empty()) constraint.name = std::move(index_name);
            }
        }
        index_options(constraint);
        CONFAB_TRY(constraint.parts, key_parts());
    } else if (accept("foreign", "key")) {
        constraint.kind = ConstraintKind::foreign_key;
        if (accept("if")) at_ += 2;
        if (mysql && at_name()) {
            CONFAB_TRY(std::string index_name, name("the name of an index"));
            if (constraint.name.empty()) constraint.name = std::move(index_name);
        }
        CONFAB_TRY(constraint.parts, key_parts());
        CONFAB_CHECK(foreign_key_target(constraint));
    } else if (is("check")) {
        ++at_;
        constraint.kind = ConstraintKind::check;
        if (is("not")) at_ += 3;  // NOT FOR REPLICATION
        if (!is_symbol("(")) return expected("`(` after CHECK");
        constraint.check = parenthesized();
    } else if (is("fulltext") || is("spatial")) {
        constraint.kind = ConstraintKind::ignored;
        constraint.ignored_what = upper_ascii(token().text) + " INDEX";
        ++at_;
        if (!accept("key")) accept("index");
        if (at_name()) ++at_;
        CONFAB_TRY(constraint.parts, key_parts());
    } else if (is("key") || is("index")) {
        ++at_;
        constraint.kind = ConstraintKind::index;
        if (accept("if")) at_ += 2;
        if (at_name() && !is("using")) {
            CONFAB_TRY(constraint.name, name("the name of an index"));
        }
        if (accept("unique")) constraint.kind = ConstraintKind::unique;
        index_options(constraint);
        CONFAB_TRY(constraint.parts, key_parts());
    } else if (is("period") || is("supplemental")) {
        constraint.kind = ConstraintKind::ignored;
        constraint.ignored_what = is("period") ? "PERIOD FOR SYSTEM_TIME" : "SUPPLEMENTAL LOG";
        while (!at_end() && !is_symbol(",") && !is_symbol(")")) {
            if (is_symbol("(")) skip_parenthesized();
            else ++at_;
        }
    } else {
        return false;
    }
    constraint_options(&constraint);
    constraints.push_back(std::move(constraint));
    return true;
}

// USING BTREE, CLUSTERED and the like, before the columns.
void StatementParser::index_options(Constraint&) {
    while (true) {
        if (is("using") || is("type")) at_ += 2;
        else if (is("clustered") || is("nonclustered") || is("hash") || is("columnstore")) ++at_;
        else return;
    }
}

// REFERENCES t (a, b) ON DELETE … and what belongs to it.
Status StatementParser::foreign_key_target(Constraint& constraint) {
    if (!accept("references")) return expected("REFERENCES");
    CONFAB_TRY(constraint.parent, table_name());
    if (is_symbol("(")) {
        CONFAB_TRY(constraint.parent_columns, names_in_parentheses());
    }
    while (true) {
        if (is("on") && (is("delete", 1) || is("update", 1))) {
            const bool deletes = is("delete", 1);
            at_ += 2;
            std::string action;
            if (accept("cascade")) action = "CASCADE";
            else if (accept("restrict")) action = "RESTRICT";
            else if (accept("no", "action")) action = "NO ACTION";
            else if (accept("set", "null")) action = "SET NULL";
            else if (accept("set", "default")) action = "SET DEFAULT";
            else return expected("CASCADE, RESTRICT, SET NULL, SET DEFAULT or NO ACTION");
            constraint.tail += fmt::format(" ON {} {}", deletes ? "DELETE" : "UPDATE", action);
        } else if (is("match")) {
            ++at_;
            if (is("full")) constraint.tail += " MATCH FULL";
            ++at_;
        } else {
            return {};
        }
    }
}

// What may follow a constraint. Deferral is kept; how the server stores or trusts it is not.
void StatementParser::constraint_options(Constraint* constraint) {
    static constexpr std::array<std::string_view, 14> without_meaning = {
        "enable", "disable", "validate", "novalidate", "rely", "norely", "enforced", "clustered", "nonclustered", "asc", "desc", "visible", "invisible", "invalidate"};
    while (!at_end()) {
        const bool foreign = constraint != nullptr && constraint->kind == ConstraintKind::foreign_key;
        const bool key = constraint != nullptr && (constraint->kind == ConstraintKind::primary_key || constraint->kind == ConstraintKind::unique);
        if (is("not") && is("deferrable", 1)) {
            at_ += 2;
        } else if (is("not") && is("enforced", 1)) {
            if (constraint != nullptr && constraint->kind == ConstraintKind::check) {
                constraint->kind = ConstraintKind::ignored;
                constraint->ignored_what = "CHECK … NOT ENFORCED";
            }
            at_ += 2;
        } else if (is("not") && is("for", 1) && is("replication", 2)) {
            at_ += 3;
        } else if (accept("deferrable")) {
            if (foreign || key) constraint->tail += " DEFERRABLE";
        } else if (is("initially")) {
            if ((foreign || key) && is("deferred", 1)) constraint->tail += " INITIALLY DEFERRED";
            at_ += 2;
        } else if (is("on") && is("conflict", 1)) {
            at_ += 3;
        } else if (is("on") && !is("delete", 1) && !is("update", 1) && at_name(1) && source_.dialect == Dialect::mssql) {
            at_ += 2;
            if (is_symbol("(")) skip_parenthesized();
        } else if (is("with") && is_symbol("(", 1)) {
            ++at_;
            skip_parenthesized();
        } else if (is("with") && is("fillfactor", 1)) {
            at_ += 4;
        } else if (is("using") && is("index", 1)) {
            at_ += 2;
            if (is_symbol("(")) {
                skip_parenthesized();
            } else {
                // A name, or storage clauses.
                static constexpr std::array<std::string_view, 14> storage = {"tablespace", "pctfree", "initrans", "maxtrans", "storage", "logging", "nologging",
                                                                             "compute", "statistics", "local", "global", "compress", "nocompress", "reverse"};
                if (at_name() && !contains(storage, token().text) && !contains(without_meaning, token().text)) {
                    ++at_;
                    if (accept_symbol(".")) ++at_;
                }
                while (!at_end()) {
                    if (token().kind == TokenKind::word && contains(storage, token().text)) {
                        const bool has_value = is("tablespace") || is("pctfree") || is("initrans") || is("maxtrans");
                        at_ += has_value ? 2 : 1;
                        if (is_symbol("(")) skip_parenthesized();
                    } else if (token().kind == TokenKind::number) {
                        ++at_;
                    } else {
                        break;
                    }
                }
            }
        } else if (is("using") && source_.dialect == Dialect::mysql) {
            at_ += 2;
        } else if (is("key_block_size")) {
            ++at_;
            accept_symbol("=");
            ++at_;
        } else if (is("comment") && token(1).kind == TokenKind::string && constraint != nullptr && constraint->kind != ConstraintKind::check && !constraint->parts.empty()) {
            at_ += 2;
        } else if (accept("exceptions")) {
            accept("into");
            ++at_;
        } else if (token().kind == TokenKind::word && contains(without_meaning, token().text)) {
            ++at_;
        } else if (is("include") && is_symbol("(", 1) && constraint != nullptr) {
            ++at_;
            if (auto columns = names_in_parentheses(); columns) constraint->include = *columns;
        } else if (is("where") && constraint != nullptr && (key || constraint->kind == ConstraintKind::index)) {
            ++at_;
            constraint->where = {at_, at_};
            while (!at_end() && !is("with") && !(is("on") && source_.dialect == Dialect::mssql) && !is_symbol(",")) {
                if (is_symbol("(")) skip_parenthesized();
                else if (is_symbol(")")) break;
                else ++at_;
            }
            constraint->where.end = at_;
        } else {
            return;
        }
    }
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
                ++at_;
                // One value: a second word that is no option is a mistake worth naming.
                if (source_.dialect != Dialect::oracle && token().kind == TokenKind::word && !contains(option_words, token().text) && !is("set") && !is("rowid") &&
                    !is_symbol("=", 1))
                    break;
            }
        }
    }
}

}  // namespace confab::ddl::dialect
