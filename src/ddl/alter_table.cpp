#include "ddl/alter_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/columns.hpp"
#include "ddl/constraints.hpp"
#include "ddl/create_table.hpp"
#include "ddl/expressions.hpp"
#include "ddl/read_type.hpp"
#include "ddl/sequences.hpp"

namespace confab::ddl {
namespace {

// Whether a subcommand says something about rows.
bool matters(PgQuery__AlterTableType type) {
    switch (type) {
        case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged: return true;
        default: return false;
    }
}

class TableAlterer {
  public:
    TableAlterer(const Context& context, const PgQuery__AlterTableStmt& statement, TableId id)
        : context_(context), statement_(statement), id_(id), constraints_(context, id) {}

    Status alter() {
        for (std::size_t i = 0; i < statement_.n_cmds; ++i) {
            const PgQuery__AlterTableCmd& command = *statement_.cmds[i]->alter_table_cmd;
            CONFAB_CHECK(run(command));
        }
        return constraints_.finish();
    }

  private:
    schema::Table& table() const { return context_.draft.tables[id_].table; }
    std::int64_t location() const { return statement_.relation->location; }
    bool only() const { return statement_.relation->inh == 0; }

    Result<ColumnId> column_of(const PgQuery__AlterTableCmd& command) const {
        return context_.require_column(table(), command.name, location());
    }

    Status run(const PgQuery__AlterTableCmd& command) {
        switch (command.subtype) {
            case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn: return add_column(command);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn: return remove_column(command);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint: return add_constraint(*command.def->constraint);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint: return drop_constraint(command);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint: return alter_constraint(*command.def->constraint);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint: return validate_constraint(command.name);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition: return attach(*command.def->partition_cmd);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition: return detach(*command.def->partition_cmd);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit: return add_parent(*command.def->range_var);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit: return drop_parent(*command.def->range_var);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged: table().unlogged = false; return {};
            case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged: table().unlogged = true; return {};
            default: return matters(command.subtype) ? alter_column(command) : Status();
        }
    }

    Status add_column(const PgQuery__AlterTableCmd& command) {
        const PgQuery__ColumnDef& definition = *command.def->column_def;
        CONFAB_TRY(schema::Column column, read_column(context_, definition));
        if (context_.draft.find_column(table(), column.name)) {
            if (command.missing_ok != 0) return {};  // IF NOT EXISTS
            return context_.error(definition.location, fmt::format("column `{}` is declared twice in table `{}`",
                                                                   printable(column.name), printable(schema::display(table().name))));
        }
        const ColumnId id = table().columns.size();
        table().columns.push_back(std::move(column));
        if (table().columns[id].identity == schema::IdentityKind::serial) name_implicit_sequence(context_, id_, id);
        CONFAB_CHECK(constraints_.column(id, definition.constraints, definition.n_constraints));
        return inherit_column(context_, id_, id, definition.location);
    }

    Status remove_column(const PgQuery__AlterTableCmd& command) {
        if (command.missing_ok != 0 && !context_.draft.find_column(table(), command.name)) return {};
        CONFAB_TRY(const ColumnId id, column_of(command));
        CONFAB_CHECK(constraints_.finish());
        // Foreign keys of others that need the column go with it, as CASCADE says; without it PostgreSQL refuses.
        const std::string name = table().columns[id].name;
        for (TableDraft& other : context_.draft.tables) {
            std::erase_if(other.references, [&](const ReferenceDraft& reference) {
                return reference.parent == id_ && std::find(reference.parent_columns.begin(), reference.parent_columns.end(),
                                                            name) != reference.parent_columns.end();
            });
        }
        drop_column(context_.draft, id_, id);
        return {};
    }

    Status add_constraint(const PgQuery__Constraint& constraint) {
        const std::size_t before = table().checks.size();
        CONFAB_CHECK(constraints_.table(constraint));
        if (constraint.contype != PG_QUERY__CONSTR_TYPE__CONSTR_CHECK) return {};
        CONFAB_CHECK(constraints_.finish());
        if (constraint.is_no_inherit != 0 || only()) return {};
        for (std::size_t i = before; i < table().checks.size(); ++i) inherit_check(id_, table().checks[i]);
        return {};
    }

    void inherit_check(TableId parent, const schema::Check& check) {
        for (const TableId child : children_of(context_.draft, parent)) {
            schema::Table& below = context_.draft.tables[child].table;
            const bool is_there = std::any_of(below.checks.begin(), below.checks.end(),
                                              [&](const schema::Check& one) { return one.name == check.name; });
            if (is_there) continue;
            schema::Check copy = check;
            copy.inherited = true;
            below.checks.push_back(copy);
            inherit_check(child, copy);
        }
    }

    Status drop_constraint(const PgQuery__AlterTableCmd& command) {
        CONFAB_CHECK(constraints_.finish());
        const std::string name = command.name;
        TableDraft& draft = context_.draft.tables[id_];
        const auto named = [&](const auto& one) { return one.name == name; };
        std::size_t dropped = std::erase_if(draft.table.keys, named);
        if (dropped > 0) context_.draft.release_relation({table().name.space, name});
        dropped += std::erase_if(draft.table.checks, named) + std::erase_if(draft.table.exclusions, named) +
                   std::erase_if(draft.references, [&](const ReferenceDraft& one) { return one.key.name == name; });
        if (dropped > 0) {
            context_.draft.release_constraint({table().name.space, name});
        } else if (command.missing_ok == 0) {
            return context_.error(location(), fmt::format("table `{}` has no constraint `{}`",
                                                          printable(schema::display(table().name)), printable(name)));
        }
        for (const TableId child : children_of(context_.draft, id_)) {
            std::erase_if(context_.draft.tables[child].table.checks,
                          [&](const schema::Check& check) { return check.inherited && check.name == name; });
        }
        return {};
    }

    Status alter_constraint(const PgQuery__Constraint& constraint) {
        CONFAB_CHECK(constraints_.finish());
        for (ReferenceDraft& reference : context_.draft.tables[id_].references) {
            if (reference.key.name != constraint.conname) continue;
            reference.key.deferrable = constraint.deferrable != 0;
            reference.key.initially_deferred = constraint.initdeferred != 0;
            return {};
        }
        return context_.error(location(), fmt::format("table `{}` has no foreign key `{}`",
                                                      printable(schema::display(table().name)), printable(constraint.conname)));
    }

    Status validate_constraint(const std::string& name) {
        CONFAB_CHECK(constraints_.finish());
        for (schema::Check& check : table().checks) {
            if (check.name == name) check.not_valid = false;
        }
        for (ReferenceDraft& reference : context_.draft.tables[id_].references) {
            if (reference.key.name == name) reference.key.not_valid = false;
        }
        return {};
    }

    Status alter_column(const PgQuery__AlterTableCmd& command) {
        CONFAB_CHECK(constraints_.finish());
        CONFAB_TRY(const ColumnId id, column_of(command));
        const bool stays = only() || command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity ||
                           command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity;
        return alter_column_below(id_, id, command, !stays);
    }

    Status alter_column_below(TableId table_id, ColumnId id, const PgQuery__AlterTableCmd& command, bool recurse) {
        CONFAB_CHECK(alter_column_in(table_id, id, command));
        if (!recurse) return {};
        const std::string name = context_.draft.tables[table_id].table.columns[id].name;
        for (const TableId child : children_of(context_.draft, table_id)) {
            if (const auto below = context_.draft.tables[child].table.find_column(name)) {
                CONFAB_CHECK(alter_column_below(child, *below, command, true));
            }
        }
        return {};
    }

    Status alter_column_in(TableId table_id, ColumnId id, const PgQuery__AlterTableCmd& command) {
        schema::Column& column = context_.draft.tables[table_id].table.columns[id];
        switch (command.subtype) {
            case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault: return set_default(context_, table_id, id, command.def);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull: column.not_null = true; return {};
            case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull: column.not_null = false; return {};
            case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression: column.generated_sql.reset(); return {};
            case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
                column.identity = schema::IdentityKind::none;
                column.sequence = {};
                column.sequence_name.reset();
                return {};
            case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
                return set_identity(context_, table_id, id, *command.def->constraint);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity: return change_identity(column, *command.def);
            case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType: return change_type(column, *command.def->column_def);
            default: return {};
        }
    }

    Status change_identity(schema::Column& column, const PgQuery__Node& options) {
        if (options.node_case != PG_QUERY__NODE__NODE_LIST) return {};
        for (std::size_t i = 0; i < options.list->n_items; ++i) {
            const PgQuery__DefElem& option = *options.list->items[i]->def_elem;
            if (std::string_view(option.defname) == "generated") {
                const bool always = integer_of(option.arg).value_or('a') == 'a';
                column.identity = always ? schema::IdentityKind::always : schema::IdentityKind::by_default;
            }
        }
        CONFAB_TRY(const ReadSequenceOptions read,
                   read_sequence_options(context_, options.list->items, options.list->n_items, column.sequence));
        column.sequence = read.options;
        return {};
    }

    Status change_type(schema::Column& column, const PgQuery__ColumnDef& definition) {
        PgQuery__ColumnDef named = definition;
        named.colname = const_cast<char*>(column.name.c_str());
        CONFAB_TRY(const schema::Column changed, read_column(context_, named));
        // A literal stays what it was read as.
        const bool literal = column.default_sql && column.default_sql->size() > 1 && column.default_sql->front() == '\'' &&
                             column.default_sql->back() == '\'';
        if (literal && changed.type.kind != column.type.kind) *column.default_sql += "::" + schema::to_sql(column.type);
        column.type = changed.type;
        column.declared_type = changed.declared_type;
        column.collation = changed.collation;
        return {};
    }

    Status attach(const PgQuery__PartitionCmd& command) {
        CONFAB_TRY(const TableId child, context_.require_table(name_of(*command.name), command.name->location));
        if (!table().partitioning) {
            return context_.error(location(), fmt::format("table `{}` is not partitioned",
                                                          printable(schema::display(table().name))));
        }
        schema::Table& partition = context_.draft.tables[child].table;
        for (const schema::Column& column : partition.columns) {
            if (!table().find_column(column.name)) {
                return context_.error(command.name->location,
                                      fmt::format("`{}` has a column `{}` that `{}` has not",
                                                  printable(schema::display(partition.name)), printable(column.name),
                                                  printable(schema::display(table().name))))
                    .note("a partition has the columns of its table");
            }
        }
        CONFAB_TRY(schema::PartitionBound bound, read_bound(context_, *command.bound));
        CONFAB_CHECK(inherit(context_, child, id_, command.name->location));
        partition.partition_of = id_;
        partition.bound = std::move(bound);
        return {};
    }

    Status detach(const PgQuery__PartitionCmd& command) {
        CONFAB_TRY(const TableId child, context_.require_table(name_of(*command.name), command.name->location));
        schema::Table& partition = context_.draft.tables[child].table;
        partition.partition_of.reset();
        partition.bound.reset();
        for (schema::Column& column : partition.columns) column.inherited = false;
        for (schema::Check& check : partition.checks) check.inherited = false;
        return {};
    }

    Status add_parent(const PgQuery__RangeVar& relation) {
        CONFAB_TRY(const TableId parent, context_.require_table(name_of(relation), relation.location));
        for (const schema::Column& column : context_.draft.tables[parent].table.columns) {
            CONFAB_TRY(const ColumnId own, context_.require_column(table(), column.name, relation.location));
            static_cast<void>(own);
        }
        table().inherits.push_back(parent);
        return inherit(context_, id_, parent, relation.location);
    }

    Status drop_parent(const PgQuery__RangeVar& relation) {
        CONFAB_TRY(const TableId parent, context_.require_table(name_of(relation), relation.location));
        std::erase(table().inherits, parent);
        for (schema::Column& column : table().columns) column.inherited = false;
        for (schema::Check& check : table().checks) check.inherited = false;
        for (const TableId other : table().inherits) CONFAB_CHECK(inherit(context_, id_, other, relation.location));
        return {};
    }

    const Context& context_;
    const PgQuery__AlterTableStmt& statement_;
    TableId id_;
    ConstraintReader constraints_;
};

}  // namespace

Status alter_table(const Context& context, const PgQuery__AlterTableStmt& statement) {
    bool any = false;
    for (std::size_t i = 0; i < statement.n_cmds; ++i) any = any || matters(statement.cmds[i]->alter_table_cmd->subtype);
    const WrittenName name = name_of(*statement.relation);
    const bool of_table = statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
    if (!any || !of_table || context.draft.is_rowless(name.space, name.name)) {
        context.draft.pass_over(any || !of_table ? "ALTER of what holds no rows" : "ALTER TABLE (owner, storage, triggers, …)",
                                context.text.position(-1));
        return {};
    }
    if (statement.missing_ok != 0 && !context.draft.find_table(name.space, name.name)) return {};
    CONFAB_TRY(const TableId id, context.require_table(name, statement.relation->location));
    return TableAlterer(context, statement, id).alter();
}

Status rename_column(const Context& context, TableId id, ColumnId column, const std::string& name) {
    schema::Table& table = context.draft.tables[id].table;
    CONFAB_CHECK(context.check_name(name, -1));
    if (context.draft.find_column(table, name)) {
        return context.error(-1, fmt::format("table `{}` has a column `{}` already",
                                             printable(schema::display(table.name)), printable(name)));
    }
    const std::string before = table.columns[column].name;
    const auto rename_in = [&](std::string& sql) -> Status {
        CONFAB_TRY(sql, rename_column_in(sql, before, name));
        return {};
    };
    for (schema::Check& check : table.checks) CONFAB_CHECK(rename_in(check.sql));
    for (schema::Column& one : table.columns) {
        if (one.generated_sql) CONFAB_CHECK(rename_in(*one.generated_sql));
    }
    for (schema::Index& index : table.indexes) {
        if (index.where_sql) CONFAB_CHECK(rename_in(*index.where_sql));
        for (schema::IndexMember& member : index.members) {
            if (!member.column) CONFAB_CHECK(rename_in(member.sql));
        }
    }
    for (schema::Exclusion& exclusion : table.exclusions) {
        if (exclusion.where_sql) CONFAB_CHECK(rename_in(*exclusion.where_sql));
        for (schema::IndexMember& member : exclusion.members) {
            if (!member.column) CONFAB_CHECK(rename_in(member.sql));
        }
    }
    if (table.partitioning) {
        for (schema::IndexMember& member : table.partitioning->members) {
            if (!member.column) CONFAB_CHECK(rename_in(member.sql));
        }
    }
    for (TableDraft& other : context.draft.tables) {
        for (ReferenceDraft& reference : other.references) {
            if (reference.parent == id) std::replace(reference.parent_columns.begin(), reference.parent_columns.end(), before, name);
        }
    }
    for (auto& [sequence, owner] : context.draft.owners) {
        if (owner.table == id && owner.column == before) owner.column = name;
    }
    context.draft.rename_implicit_owner(id, before, name);
    table.columns[column].name = name;
    for (const TableId child : children_of(context.draft, id)) {
        if (const auto below = context.draft.tables[child].table.find_column(before)) {
            CONFAB_CHECK(rename_column(context, child, *below, name));
        }
    }
    return {};
}

Status rename_constraint(const Context& context, TableId id, const std::string& from, const std::string& to) {
    TableDraft& draft = context.draft.tables[id];
    CONFAB_CHECK(context.check_name(to, -1));
    bool found = false;
    const auto rename_in = [&](auto& list) {
        for (auto& one : list) {
            if (one.name != from) continue;
            one.name = to;
            found = true;
        }
    };
    rename_in(draft.table.keys);
    rename_in(draft.table.exclusions);
    if (found) {
        context.draft.release_relation({draft.table.name.space, from});
        context.draft.claim_relation({draft.table.name.space, to});
    }
    rename_in(draft.table.checks);
    for (ReferenceDraft& reference : draft.references) {
        if (reference.key.name != from) continue;
        reference.key.name = to;
        found = true;
    }
    if (!found) {
        return context.error(-1, fmt::format("table `{}` has no constraint `{}`",
                                             printable(schema::display(draft.table.name)), printable(from)));
    }
    context.draft.release_constraint({draft.table.name.space, from});
    context.draft.claim_constraint({draft.table.name.space, to});
    return {};
}

}  // namespace confab::ddl
