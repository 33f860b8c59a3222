#include "ddl/columns.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/expressions.hpp"
#include "ddl/read_type.hpp"
#include "ddl/sequences.hpp"

namespace confab::ddl {

Result<schema::Column> read_column(const Context& context, const PgQuery__ColumnDef& definition) {
    schema::Column column;
    column.name = definition.colname;
    column.position = context.text.position(definition.location);
    CONFAB_CHECK(context.check_name(column.name, definition.location));
    if (definition.type_name != nullptr) {
        CONFAB_TRY(ReadType type, read_type(context.draft, context.text, *definition.type_name));
        column.type = std::move(type.type);
        column.declared_type = std::move(type.declared);
        if (type.is_serial) {
            column.identity = schema::IdentityKind::serial;
            column.not_null = true;
        }
    }
    if (definition.coll_clause != nullptr) {
        const WrittenName name = name_of_parts(definition.coll_clause->collname, definition.coll_clause->n_collname);
        column.collation = {name.space == "pg_catalog" ? "" : SchemaDraft::normal_space(name.space), name.name};
    }
    return column;
}

Status set_default(const Context& context, TableId table, ColumnId id, PgQuery__Node* node) {
    schema::Column& column = context.draft.tables[table].table.columns[id];
    if (column.identity == schema::IdentityKind::serial) column.identity = schema::IdentityKind::none;
    column.default_sql.reset();
    column.sequence_name.reset();
    if (node == nullptr || is_null_constant(*node)) return {};
    if (const std::optional<WrittenName> sequence = sequence_of_nextval(*node)) {
        // Which sequence that is may be known only at the end: dumps in any order are read.
        schema::Sequence* found = context.draft.require_sequence(sequence->space, sequence->name);
        schema::Column& drawing = context.draft.tables[table].table.columns[id];
        drawing.sequence_name = found != nullptr ? found->name : context.creation_name(*sequence);
        drawing.identity = schema::IdentityKind::serial;
        return {};
    }
    const ExpressionScope scope{context.draft};
    CONFAB_TRY(ReadExpression expression, read_expression(scope, context.text, *node));
    column.default_sql = std::move(expression.sql);
    return {};
}

Status set_identity(const Context& context, TableId table, ColumnId id, const PgQuery__Constraint& constraint) {
    schema::Table& owner = context.draft.tables[table].table;
    schema::Column& column = owner.columns[id];
    const bool is_integer = schema::is_integer(context.draft.schema.base_type(column.type).kind) && !column.type.is_array();
    if (!is_integer) {
        return context.error(constraint.location, fmt::format("the identity column `{}` has type {}", printable(column.name),
                                                              schema::to_sql(column.type)))
            .note("identity column type must be smallint, integer, or bigint");
    }
    column.identity =
        constraint.generated_when[0] == 'a' ? schema::IdentityKind::always : schema::IdentityKind::by_default;
    column.not_null = true;
    column.default_sql.reset();
    column.sequence_name.reset();
    CONFAB_TRY(const ReadSequenceOptions read,
               read_sequence_options(context, constraint.options, constraint.n_options, {}));
    column.sequence = read.options;
    if (read.name) {
        const QualifiedName given{
            read.name->space.empty() ? owner.name.space : SchemaDraft::normal_space(read.name->space), read.name->name};
        if (given != QualifiedName{owner.name.space, make_object_name(owner.name.name, column.name, "seq")}) {
            column.sequence_name = given;
        }
        context.draft.claim_relation(given);
    } else {
        name_implicit_sequence(context, table, id);
    }
    return {};
}

void name_implicit_sequence(const Context& context, TableId table, ColumnId id) {
    const schema::Table& owner = context.draft.tables[table].table;
    const std::string name =
        context.draft.choose_relation_name(owner.name.space, owner.name.name, owner.columns[id].name, "seq", false);
    context.draft.add_implicit_sequence({owner.name.space, name}, {table, owner.columns[id].name});
}

std::vector<TableId> children_of(const SchemaDraft& draft, TableId table) {
    std::vector<TableId> children;
    if (!draft.tables[table].has_children) return children;
    for (TableId id = 0; id < draft.tables.size(); ++id) {
        const schema::Table& one = draft.tables[id].table;
        if (draft.tables[id].dropped) continue;
        if (one.partition_of == table || std::find(one.inherits.begin(), one.inherits.end(), table) != one.inherits.end()) {
            children.push_back(id);
        }
    }
    return children;
}

Status merge_inherited_column(const Context& context, schema::Table& table, const schema::Column& column,
                              std::int64_t location) {
    const std::optional<ColumnId> own = table.find_column(column.name);
    if (!own) {
        schema::Column copy = column;
        copy.inherited = true;
        copy.comment.clear();
        // Identity stays with the parent; a serial's default draws from the parent's sequence.
        if (copy.identity != schema::IdentityKind::serial) {
            copy.identity = schema::IdentityKind::none;
            copy.sequence = {};
            copy.sequence_name.reset();
        }
        table.columns.push_back(std::move(copy));
        return {};
    }
    schema::Column& there = table.columns[*own];
    if (there.type != column.type) {
        return context.error(location, fmt::format("the inherited column `{}` has type {} in `{}` and {} in its parent",
                                                   printable(column.name), schema::to_sql(there.type),
                                                   printable(schema::display(table.name)), schema::to_sql(column.type)));
    }
    there.not_null = there.not_null || column.not_null;
    if (!there.default_sql && !there.generated_sql && there.identity == schema::IdentityKind::none) {
        there.default_sql = column.default_sql;
        there.generated_sql = column.generated_sql;
        if (column.identity == schema::IdentityKind::serial) {
            there.identity = column.identity;
            there.sequence_name = column.sequence_name;
        }
    }
    return {};
}

Status inherit_column(const Context& context, TableId parent, ColumnId column, std::int64_t location) {
    for (const TableId child : children_of(context.draft, parent)) {
        const schema::Column inherited = context.draft.tables[parent].table.columns[column];
        schema::Table& table = context.draft.tables[child].table;
        CONFAB_CHECK(merge_inherited_column(context, table, inherited, location));
        CONFAB_CHECK(inherit_column(context, child, *table.find_column(inherited.name), location));
    }
    return {};
}

namespace {

bool contains(const std::vector<ColumnId>& columns, ColumnId column) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

void close_gap(std::vector<ColumnId>& columns, ColumnId gap) {
    std::erase(columns, gap);
    for (ColumnId& id : columns) id -= id > gap ? 1 : 0;
}

void close_gap(std::vector<schema::IndexMember>& members, ColumnId gap) {
    for (schema::IndexMember& member : members) {
        if (member.column && *member.column > gap) --*member.column;
    }
}

bool names_column(const schema::Table& table, const std::vector<schema::IndexMember>& members,
                  const std::optional<std::string>& where, ColumnId column) {
    return (where && contains(columns_in(table, *where), column)) ||
           std::any_of(members.begin(), members.end(), [&](const schema::IndexMember& member) {
               return member.column ? *member.column == column : contains(columns_in(table, member.sql), column);
           });
}

}  // namespace

void drop_column(SchemaDraft& draft, TableId id, ColumnId column) {
    const std::string name = draft.tables[id].table.columns[column].name;
    for (const TableId child : children_of(draft, id)) {
        const std::optional<ColumnId> inherited = draft.tables[child].table.find_column(name);
        if (inherited && draft.tables[child].table.columns[*inherited].inherited) drop_column(draft, child, *inherited);
    }
    TableDraft& owner = draft.tables[id];
    schema::Table& table = owner.table;
    std::erase_if(table.keys, [&](const schema::Key& key) {
        return contains(key.columns, column) || contains(key.include, column);
    });
    std::erase_if(table.checks, [&](const schema::Check& check) { return contains(columns_in(table, check.sql), column); });
    std::erase_if(owner.references, [&](const ReferenceDraft& one) { return contains(one.key.columns, column); });
    std::erase_if(table.indexes, [&](const schema::Index& index) {
        return contains(index.include, column) || names_column(table, index.members, index.where_sql, column);
    });
    std::erase_if(table.exclusions, [&](const schema::Exclusion& exclusion) {
        return names_column(table, exclusion.members, exclusion.where_sql, column);
    });
    for (schema::Key& key : table.keys) {
        close_gap(key.columns, column);
        close_gap(key.include, column);
    }
    for (ReferenceDraft& reference : owner.references) {
        close_gap(reference.key.columns, column);
        close_gap(reference.key.on_delete_columns, column);
    }
    for (schema::Index& index : table.indexes) {
        close_gap(index.members, column);
        close_gap(index.include, column);
    }
    for (schema::Exclusion& exclusion : table.exclusions) close_gap(exclusion.members, column);
    if (table.partitioning) close_gap(table.partitioning->members, column);
    table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(column));
}

}  // namespace confab::ddl
