// ALTER TABLE: what each dialect allows, as one list of actions.
#include <array>

#include "base/text.hpp"
#include "ddl/dialect/statement_parser.hpp"

namespace confab::ddl::dialect {

// To the next action: behind a comma outside of parentheses, or to the end.
void StatementParser::skip_action() {
    while (!at_end() && !is_symbol(",")) {
        if (is_symbol("(")) skip_parenthesized();
        else ++at_;
    }
}

Result<Statement> StatementParser::alter_table() {
    while (!at_end() && !is("table")) ++at_;
    ++at_;
    AlterTable table;
    if (accept("if")) accept("exists");
    accept("only");
    CONFAB_TRY(table.name, table_name());
    while (!at_end()) {
        CONFAB_CHECK(alter_action(table));
        if (at_end()) break;
        if (accept_symbol(",")) continue;
        // Oracle's actions follow one another without commas.
        if (source_.dialect != Dialect::oracle) return expected("`,` or the end of the statement");
    }
    return Statement(std::move(table));
}

Status StatementParser::alter_action(AlterTable& table) {
    AlterAction action;
    action.token = at_;
    const bool mssql = source_.dialect == Dialect::mssql;
    const auto push = [&](AlterKind kind) {
        action.kind = kind;
        table.actions.push_back(std::move(action));
    };
    // WITH CHECK ADD CONSTRAINT …, and CHECK CONSTRAINT name, which switches one on.
    if (is("with") && (is("check", 1) || is("nocheck", 1))) at_ += 2;
    if ((is("check") || is("nocheck")) && is("constraint", 1)) {
        at_ = tokens_.size() - 1;
        return {};
    }
    if (accept("add")) {
        if (source_.dialect == Dialect::oracle && is_symbol("(")) return alter_oracle_list(table, false);
        while (true) {
            action = {};
            action.token = at_;
            if (mssql && (is("default") || (is("constraint") && is("default", 2)))) {
                at_ += is("default") ? 1 : 3;
                action.default_value = is_symbol("(") ? parenthesized() : expression(true);
                while (!at_end() && !is("for") && !is_symbol(",")) ++at_;
                if (!accept("for")) return expected("FOR and a column");
                CONFAB_TRY(action.column.name, name("the name of a column"));
                if (is("with") && is("values", 1)) at_ += 2;
                push(AlterKind::set_default);
            } else if (starts_constraint()) {
                std::vector<Constraint> constraints;
                CONFAB_TRY(const bool understood, table_constraint(constraints));
                if (!understood) return expected("PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK");
                action.constraint = std::move(constraints.front());
                push(AlterKind::add_constraint);
            } else if (is("partition") || is("supplemental") || is("period")) {
                skip_action();
                push(AlterKind::ignored);
            } else {
                accept("column");
                if (accept("if")) at_ += 2;
                if (is_symbol("(")) {  // ADD (a int, b int)
                    return alter_oracle_list(table, false);
                }
                CONFAB_TRY(action.column, column());
                push(AlterKind::add_column);
            }
            // T-SQL: one ADD, many things.
            if (mssql && is_symbol(",") && !is("add", 1) && !is("drop", 1) && !is("alter", 1)) {
                ++at_;
                continue;
            }
            return {};
        }
    }
    if (accept("modify")) {
        if (is_symbol("(")) return alter_oracle_list(table, true);
        accept("column");
        if (is("constraint") || is("partition")) {
            skip_action();
            push(AlterKind::ignored);
            return {};
        }
        CONFAB_TRY(action.column, column());
        push(AlterKind::modify_column);
        return {};
    }
    if (accept("change")) {
        accept("column");
        CONFAB_TRY(action.old_name, name("the name of a column"));
        CONFAB_TRY(action.column, column());
        push(AlterKind::modify_column);
        return {};
    }
    if (is("alter") && !is("index", 1)) return alter_column(table);
    if (accept("drop")) {
        if (is("primary") || is("foreign") || is("check") || is("constraint") || is("index") || is("key")) {
            const bool named = is("constraint") || is("check") || is("foreign") || is("index") || is("key");
            at_ += is("foreign") || is("primary") ? 2 : 1;
            if (accept("if")) accept("exists");
            if (named && at_name()) {
                CONFAB_TRY(action.constraint.name, name("the name of a constraint"));
                skip_action();
                push(AlterKind::drop_constraint);
                return {};
            }
            skip_action();
            push(AlterKind::ignored);
            return {};
        }
        accept("column");
        if (accept("if")) accept("exists");
        if (is_symbol("(")) {
            CONFAB_TRY(const std::vector<std::string> columns, names_in_parentheses());
            for (const std::string& each : columns) {
                AlterAction drop;
                drop.kind = AlterKind::drop_column;
                drop.token = action.token;
                drop.column.name = each;
                table.actions.push_back(std::move(drop));
            }
            skip_action();
            return {};
        }
        CONFAB_TRY(action.column.name, name("the name of a column"));
        skip_action();
        push(AlterKind::drop_column);
        return {};
    }
    if (accept("rename")) {
        if (accept("column") || (source_.dialect == Dialect::sqlite && at_name() && !is("to") && !is("as"))) {
            CONFAB_TRY(action.old_name, name("the name of a column"));
            if (!accept("to")) return expected("TO");
            CONFAB_TRY(action.column.name, name("the name of a column"));
            push(AlterKind::rename_column);
            return {};
        }
        if (is("index") || is("key") || is("constraint")) {
            skip_action();
            push(AlterKind::ignored);
            return {};
        }
        if (!accept("to")) accept("as");
        CONFAB_TRY(action.new_name, table_name());
        push(AlterKind::rename_table);
        return {};
    }
    if (is("comment")) {
        ++at_;
        accept_symbol("=");
        action.comment = token().text;
        ++at_;
        push(AlterKind::set_comment);
        return {};
    }
    // Options of the server's: ENGINE = …, AUTO_INCREMENT = …, ENABLE TRIGGER, SET (…), LOGGING.
    const std::size_t before = at_;
    skip_action();
    if (at_ == before) return expected("an action such as ADD");
    push(AlterKind::ignored);
    return {};
}

// ADD (a NUMBER, CONSTRAINT c CHECK (…)), MODIFY (a NOT NULL, b VARCHAR2(20))
Status StatementParser::alter_oracle_list(AlterTable& table, bool modify) {
    if (!accept_symbol("(")) return expected("`(`");
    while (true) {
        AlterAction action;
        action.token = at_;
        if (!modify && starts_constraint()) {
            std::vector<Constraint> constraints;
            CONFAB_TRY(const bool understood, table_constraint(constraints));
            if (!understood) return expected("PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK");
            action.kind = AlterKind::add_constraint;
            action.constraint = std::move(constraints.front());
        } else {
            CONFAB_TRY(action.column, column());
            action.kind = modify ? AlterKind::modify_column : AlterKind::add_column;
        }
        table.actions.push_back(std::move(action));
        if (accept_symbol(")")) break;
        // Oracle needs no comma between constraints in parentheses.
        if (!accept_symbol(",") && !starts_constraint()) return expected("`,` or `)`");
    }
    constraint_options(nullptr);
    return {};
}

// ALTER COLUMN c …: SQL Server states the column anew, MySQL and the standard change one thing.
Status StatementParser::alter_column(AlterTable& table) {
    ++at_;
    AlterAction action;
    action.token = at_;
    accept("column");
    const std::size_t begin = at_;
    CONFAB_TRY(action.column.name, name("the name of a column"));
    if (accept("set", "default")) {
        action.kind = AlterKind::set_default;
        action.default_value = is_symbol("(") ? parenthesized() : expression(true);
    } else if (accept("drop", "default")) {
        action.kind = AlterKind::drop_default;
    } else if (accept("set", "not")) {
        accept("null");
        action.kind = AlterKind::set_not_null;
    } else if (accept("drop", "not")) {
        accept("null");
        action.kind = AlterKind::drop_not_null;
    } else if (source_.dialect == Dialect::mssql && !is("add") && !is("drop")) {
        at_ = begin;
        CONFAB_TRY(action.column, column());
        action.kind = AlterKind::modify_column;
    } else {
        skip_action();
    }
    table.actions.push_back(std::move(action));
    return {};
}

}  // namespace confab::ddl::dialect
