// Constraints and indexes of a table, and what may follow them.
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

}  // namespace

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

}  // namespace confab::ddl::dialect
