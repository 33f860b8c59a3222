#include "ddl/partitions.hpp"

#include <algorithm>
#include <string>

namespace confab::ddl {
namespace {

std::vector<std::string> names_of(const schema::Table& table, const std::vector<ColumnId>& columns) {
    std::vector<std::string> names;
    for (const ColumnId id : columns) names.push_back(table.columns[id].name);
    return names;
}

bool same_members(const schema::Table& a, const std::vector<schema::IndexMember>& x, const schema::Table& b,
                  const std::vector<schema::IndexMember>& y) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), [&](const schema::IndexMember& p, const schema::IndexMember& q) {
        if (p.column.has_value() != q.column.has_value()) return false;
        if (p.column && a.columns[*p.column].name != b.columns[*q.column].name) return false;
        return p.sql == q.sql && p.operator_class == q.operator_class && p.collation == q.collation &&
               p.descending == q.descending && p.nulls_first == q.nulls_first &&
               p.exclusion_operator == q.exclusion_operator;
    });
}

bool same_reference(const schema::Table& a, const ReferenceDraft& x, const schema::Table& b, const ReferenceDraft& y) {
    return x.parent == y.parent && x.key.parent_columns == y.key.parent_columns &&
           names_of(a, x.key.columns) == names_of(b, y.key.columns) && x.key.on_delete == y.key.on_delete &&
           x.key.on_update == y.key.on_update && x.key.match == y.key.match;
}

template <typename T, typename Same>
void take_out(std::vector<T>& own, const std::vector<T>& above, const Same& same) {
    std::erase_if(own, [&](const T& one) {
        return std::any_of(above.begin(), above.end(), [&](const T& other) { return same(one, other); });
    });
}

}  // namespace

void settle_partition(SchemaDraft& draft, TableId id) {
    TableDraft& partition = draft.tables[id];
    schema::Table& table = partition.table;
    const TableDraft& root_draft = draft.tables[*table.partition_of];
    const schema::Table& root = root_draft.table;

    take_out(table.keys, root.keys, [&](const schema::Key& one, const schema::Key& above) {
        return one.primary == above.primary && names_of(table, one.columns) == names_of(root, above.columns);
    });
    take_out(table.checks, root.checks, [](const schema::Check& one, const schema::Check& above) {
        return one.inherited || (one.name == above.name && one.sql == above.sql);
    });
    std::erase_if(table.checks, [](const schema::Check& check) { return check.inherited; });
    take_out(partition.references, root_draft.references, [&](const ReferenceDraft& one, const ReferenceDraft& above) {
        return same_reference(table, one, root, above);
    });
    take_out(table.indexes, root.indexes, [&](const schema::Index& one, const schema::Index& above) {
        return one.unique == above.unique && one.method == above.method && one.where_sql == above.where_sql &&
               names_of(table, one.include) == names_of(root, above.include) &&
               same_members(table, one.members, root, above.members);
    });

    std::vector<ColumnId> moved(table.columns.size());
    std::vector<schema::Column> columns;
    for (const schema::Column& above : root.columns) {
        const std::optional<ColumnId> own = table.find_column(above.name);
        schema::Column column = own ? table.columns[*own] : above;
        column.inherited = true;
        if (own) moved[*own] = columns.size();
        columns.push_back(std::move(column));
    }
    table.columns = std::move(columns);
    const auto move = [&](std::vector<ColumnId>& ids) {
        for (ColumnId& column : ids) column = moved[column];
    };
    const auto move_members = [&](std::vector<schema::IndexMember>& members) {
        for (schema::IndexMember& member : members) {
            if (member.column) member.column = moved[*member.column];
        }
    };
    for (schema::Key& key : table.keys) {
        move(key.columns);
        move(key.include);
    }
    for (ReferenceDraft& reference : partition.references) {
        move(reference.key.columns);
        move(reference.key.on_delete_columns);
    }
    for (schema::Index& index : table.indexes) {
        move_members(index.members);
        move(index.include);
    }
    for (schema::Exclusion& exclusion : table.exclusions) move_members(exclusion.members);
    if (table.partitioning) move_members(table.partitioning->members);
}

}  // namespace confab::ddl
