// StatementWriter: ALTER TABLE.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/dialect/statement_writer.hpp"

namespace confab::ddl::dialect {

void StatementWriter::alter_table(const AlterTable& alter) {
    const TableFacts* facts = catalog_.find(alter.name);
    const TableName table = catalog_.resolve(alter.name);
    if (facts == nullptr || !created_.contains(table)) {
        // SQL Server, SQL*Plus and sqlite3 go on after a statement that fails; so does a script that first drops
        // the constraints of an earlier run.
        const bool only_drops = std::all_of(alter.actions.begin(), alter.actions.end(), [](const AlterAction& action) {
            return action.kind == AlterKind::drop_constraint || action.kind == AlterKind::drop_column || action.kind == AlterKind::ignored;
        });
        if (only_drops || dialect_ != Dialect::mysql) {
            if (!only_drops) warn(fmt::format("ALTER TABLE {} is left out: there is no such table here", alter.name.name));
            return pass_over("ALTER TABLE");
        }
    }
    const std::string head = "ALTER TABLE " + quote_name(table);
    for (const AlterAction& action : alter.actions) {
        Output output;
        output.put(head, offset_of(alter.name.token));
        switch (action.kind) {
            case AlterKind::add_column:
                if (!is_stored(table, action.column)) continue;
                declare_types(table, {&action.column});
                output.put("ADD COLUMN");
                write_column(output, table, action.column);
                emit(std::move(output), action.token);
                comment(table, action.column.name, action.column.comment, action.column.token);
                break;
            case AlterKind::add_constraint:
                if (becomes_index(action.constraint)) {
                    create_index(table, action.constraint);
                    break;
                }
                output.put("ADD");
                if (write_constraint(output, table, action.constraint, false)) emit(std::move(output), action.token);
                else pass_over("ADD CHECK that its type implies");
                break;
            case AlterKind::modify_column: modify_column(table, action); break;
            case AlterKind::set_default: {
                const ColumnFacts column = facts_of(table, action.column);
                ExpressionWriter writer(scope(facts), output);
                if (const std::string problem = writer.default_problem(action.default_value, column); !problem.empty()) {
                    warn(fmt::format("the default of column {} of table {} is left out: {}", action.column.name, table.name, problem));
                    break;
                }
                output.put("ALTER COLUMN " + quote_name(action.column.name) + " SET DEFAULT", offset_of(action.token));
                writer.write_default(action.default_value, column);
                emit(std::move(output), action.token);
                break;
            }
            case AlterKind::drop_default:
                output.put("ALTER COLUMN " + quote_name(action.column.name) + " DROP DEFAULT", offset_of(action.token));
                emit(std::move(output), action.token);
                break;
            case AlterKind::set_not_null:
            case AlterKind::drop_not_null:
                output.put(fmt::format("ALTER COLUMN {} {} NOT NULL", quote_name(action.column.name), action.kind == AlterKind::set_not_null ? "SET" : "DROP"),
                           offset_of(action.token));
                emit(std::move(output), action.token);
                break;
            case AlterKind::drop_column:
                output.put("DROP COLUMN IF EXISTS " + quote_name(action.column.name), offset_of(action.token));
                emit(std::move(output), action.token);
                break;
            case AlterKind::drop_constraint:
                output.put("DROP CONSTRAINT IF EXISTS " + quote_name(action.constraint.name), offset_of(action.token));
                emit(std::move(output), action.token);
                break;
            case AlterKind::rename_column:
                output.put(fmt::format("RENAME COLUMN {} TO {}", quote_name(action.old_name), quote_name(action.column.name)), offset_of(action.token));
                emit(std::move(output), action.token);
                break;
            case AlterKind::rename_table:
                output.put("RENAME TO " + quote_name(action.new_name.name), offset_of(action.token));
                emit(std::move(output), action.token);
                created_.insert(action.new_name);
                break;
            case AlterKind::set_comment: comment(table, {}, action.comment, action.token); break;
            case AlterKind::add_identity:
            case AlterKind::ignored: break;
        }
    }
    if (std::all_of(alter.actions.begin(), alter.actions.end(), [](const AlterAction& action) { return action.kind == AlterKind::ignored; }))
        pass_over("ALTER TABLE");
}

// MODIFY and CHANGE state a column anew. Its type and its numbering are known from the start, because the text
// was read as a whole, and stand in CREATE TABLE already; what is left is the name, NOT NULL and the default.
void StatementWriter::modify_column(const TableName& table, const AlterAction& action) {
    const Column& column = action.column;
    const std::string head = "ALTER TABLE " + quote_name(table);
    const auto say = [&](const std::string& what) {
        Output output;
        output.put(head + " " + what, offset_of(action.token));
        emit(std::move(output), action.token);
    };
    const std::string name = quote_name(column.name);
    const ColumnFacts facts = facts_of(table, column);
    if (!action.old_name.empty() && action.old_name != column.name) {
        say(fmt::format("RENAME COLUMN {} TO {}", quote_name(action.old_name), name));
        declare_types(table, {&column});
        const ColumnFacts renamed = facts_of(table, column);
        const std::string type = renamed.enum_type.empty() ? renamed.type.sql : renamed.enum_type;
        if (!type.empty()) say(fmt::format("ALTER COLUMN {} TYPE {}", name, type));
        if (column.identity) {
            say(fmt::format("ALTER COLUMN {} SET NOT NULL", name));
            say(fmt::format("ALTER COLUMN {} ADD GENERATED BY DEFAULT AS IDENTITY", name));
        }
    }
    // Oracle's MODIFY leaves alone what it does not name.
    const bool restates = dialect_ != Dialect::oracle;
    if (column.not_null) say(fmt::format("ALTER COLUMN {} SET NOT NULL", name));
    else if (column.null || (restates && !is_identity(table, column) && !facts.use.is_key)) say(fmt::format("ALTER COLUMN {} DROP NOT NULL", name));
    if (column.has_default && !is_identity(table, column)) {
        Output output;
        output.put(fmt::format("{} ALTER COLUMN {} SET DEFAULT", head, name), offset_of(action.token));
        ExpressionWriter writer(scope(catalog_.find(table)), output);
        if (const std::string problem = writer.default_problem(column.default_value, facts); problem.empty()) {
            writer.write_default(column.default_value, facts);
            emit(std::move(output), action.token);
        } else {
            warn(fmt::format("the default of column {} of table {} is left out: {}", column.name, table.name, problem));
        }
    } else if (restates && dialect_ == Dialect::mysql && !is_identity(table, column)) {
        say(fmt::format("ALTER COLUMN {} DROP DEFAULT", name));
    }
    for (const Constraint& constraint : column.constraints) {
        // An inline constraint names no column: as one of the table's it must.
        Constraint of_table = constraint;
        if (of_table.parts.empty() && of_table.kind != ConstraintKind::check) {
            KeyPart part;
            part.column = column.name;
            part.token = constraint.token;
            of_table.parts.push_back(std::move(part));
        }
        Output output;
        output.put(head + " ADD", offset_of(action.token));
        if (write_constraint(output, table, of_table, false)) emit(std::move(output), action.token);
    }
    comment(table, column.name, column.comment, column.token);
}

}  // namespace confab::ddl::dialect
