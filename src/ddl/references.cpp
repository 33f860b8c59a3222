#include "ddl/references.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace confab::ddl {
namespace {

using schema::Type;
using schema::TypeKind;

bool is_float(TypeKind kind) { return kind == TypeKind::real || kind == TypeKind::double_precision; }
bool is_text(TypeKind kind) { return schema::is_character(kind); }
bool is_datetime(TypeKind kind) {
    return kind == TypeKind::date || kind == TypeKind::timestamp || kind == TypeKind::timestamp_tz;
}

// Whether PostgreSQL finds an equality for a foreign key: of the key's operator family, or by an implicit cast of
// the referring value. Source: PostgreSQL 15, ATAddForeignKeyConstraint and pg_cast.
bool comparable(const schema::Schema& schema, const Type& referring, const Type& key) {
    const Type a = schema.base_type(referring), b = schema.base_type(key);
    if (a.is_array() != b.is_array()) return false;
    if (a.kind == TypeKind::extension || b.kind == TypeKind::extension) return true;
    if (a.kind == b.kind) return a.user_type == b.user_type;
    if (a.is_array()) return is_text(a.kind) && is_text(b.kind);
    const bool a_integer = schema::is_integer(a.kind), b_integer = schema::is_integer(b.kind);
    if (a_integer && b_integer) return true;
    if (a_integer && (b.kind == TypeKind::numeric || is_float(b.kind) || b.kind == TypeKind::oid)) return true;
    if (a.kind == TypeKind::numeric && is_float(b.kind)) return true;
    if (is_float(a.kind) && is_float(b.kind)) return true;
    if (is_text(a.kind) && is_text(b.kind)) return true;
    if (is_datetime(a.kind) && is_datetime(b.kind)) return true;
    const auto pair = [&](TypeKind one, TypeKind other) {
        return (a.kind == one && b.kind == other) || (a.kind == other && b.kind == one);
    };
    return pair(TypeKind::inet, TypeKind::cidr) || pair(TypeKind::bit, TypeKind::varbit) ||
           pair(TypeKind::macaddr, TypeKind::macaddr8) || (a.kind == TypeKind::time && b.kind == TypeKind::time_tz) ||
           (a.kind == TypeKind::time && b.kind == TypeKind::interval);
}

// Whether a key or a unique index of `table` makes exactly these columns unique.
bool is_unique(const schema::Table& table, const std::vector<ColumnId>& columns) {
    const auto same = [&](const std::vector<ColumnId>& key) {
        return key.size() == columns.size() && std::is_permutation(key.begin(), key.end(), columns.begin());
    };
    if (std::any_of(table.keys.begin(), table.keys.end(),
                    [&](const schema::Key& key) { return !key.deferrable && same(key.columns); })) {
        return true;
    }
    return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const schema::Index& index) {
        if (!index.unique || index.where_sql) return false;
        std::vector<ColumnId> members;
        for (const schema::IndexMember& member : index.members) {
            if (!member.column) return false;
            members.push_back(*member.column);
        }
        return same(members);
    });
}

std::vector<std::string> keys_of(const schema::Table& table) {
    std::vector<std::string> keys;
    for (const schema::Key& key : table.keys) {
        std::vector<std::string> names;
        for (const ColumnId id : key.columns) names.push_back(table.columns[id].name);
        keys.push_back("(" + join(names, ", ") + ")");
    }
    return keys;
}

class Resolver {
  public:
    Resolver(SchemaDraft& draft, const StatementText& text) : draft_(draft), text_(text) {}

    Status resolve(TableId table, ReferenceDraft& reference) {
        CONFAB_CHECK(find_parent(table, reference));
        CONFAB_CHECK(find_columns(table, reference));
        CONFAB_CHECK(check_unique(reference));
        return check_types(table, reference);
    }

  private:
    const schema::Table& parent_of(const ReferenceDraft& reference) const {
        return draft_.tables[*reference.parent].table;
    }

    Status find_parent(TableId table, ReferenceDraft& reference) {
        if (!reference.parent) reference.parent = draft_.find_table(reference.parent_name.space, reference.parent_name.name);
        if (!reference.parent) {
            // Where the search path has moved on, the referring table's own namespace is meant.
            const std::string& own = draft_.tables[table].table.name.space;
            if (reference.parent_name.space.empty()) {
                reference.parent = draft_.find_table(own.empty() ? "public" : own, reference.parent_name.name);
            }
        }
        if (reference.parent) {
            reference.key.parent = *reference.parent;
            return {};
        }
        const std::string shown = schema::display(reference.parent_name);
        return text_
            .error_at_source(reference.parent_offset,
                             fmt::format("table `{}` refers to a table `{}` that is not declared",
                                         printable(schema::display(draft_.tables[table].table.name)), printable(shown)))
            .note(nearest_note(shown, draft_.table_names()));
    }

    Status find_columns(TableId table, ReferenceDraft& reference) {
        const schema::Table& parent = parent_of(reference);
        schema::ForeignKey& key = reference.key;
        key.parent_columns.clear();
        if (reference.parent_columns.empty()) {
            const schema::Key* primary = parent.primary_key();
            if (primary == nullptr) {
                return text_.error_at_source(reference.parent_offset,
                                             fmt::format("table `{}` has no primary key to refer to",
                                                         printable(schema::display(parent.name))))
                    .note("name the columns: REFERENCES table (columns)");
            }
            key.parent_columns = primary->columns;
        }
        for (const std::string& name : reference.parent_columns) {
            const std::optional<ColumnId> id = draft_.find_column(parent, name);
            if (!id) {
                std::vector<std::string> names;
                for (const schema::Column& column : parent.columns) names.push_back(column.name);
                return text_.error_at_source(reference.parent_offset,
                                             fmt::format("table `{}` refers to a column `{}` that table `{}` has not",
                                                         printable(schema::display(draft_.tables[table].table.name)),
                                                         printable(name), printable(schema::display(parent.name))))
                    .note(nearest_note(name, names));
            }
            key.parent_columns.push_back(*id);
        }
        if (key.columns.size() != key.parent_columns.size()) {
            return text_.error_at_source(reference.source_offset,
                                         fmt::format("this foreign key has {}, and what it refers to has {}",
                                                     counted(key.columns.size(), "column"),
                                                     counted(key.parent_columns.size(), "column")));
        }
        return {};
    }

    Status check_unique(const ReferenceDraft& reference) {
        const schema::Table& parent = parent_of(reference);
        if (is_unique(parent, reference.key.parent_columns)) return {};
        std::vector<std::string> names;
        for (const ColumnId id : reference.key.parent_columns) names.push_back(parent.columns[id].name);
        Error error = text_.error_at_source(
            reference.parent_offset,
            fmt::format("there is no unique constraint on `{}` ({}), which this foreign key refers to",
                        printable(schema::display(parent.name)), printable(join(names, ", "))));
        const std::vector<std::string> keys = keys_of(parent);
        return std::move(error).note(keys.empty() ? "the table has no key at all"
                                                  : "its keys are " + enumerate(keys));
    }

    Status check_types(TableId table, const ReferenceDraft& reference) {
        const schema::ForeignKey& key = reference.key;
        for (std::size_t i = 0; i < key.columns.size(); ++i) {
            schema::Column& column = draft_.tables[table].table.columns[key.columns[i]];
            const schema::Table& parent = parent_of(reference);
            const schema::Column& above = parent.columns[key.parent_columns[i]];
            if (comparable(draft_.schema, column.type, above.type)) continue;
            if (draft_.ignores_case()) {
                draft_.schema.warnings.push_back(
                    fmt::format("column {}.{} has type {}, and the key it refers to has {}: it is taken as {}",
                                schema::display(draft_.tables[table].table.name), column.name, schema::to_sql(column.type),
                                schema::to_sql(above.type), schema::to_sql(above.type)));
                column.type = above.type;
                continue;
            }
            return text_
                .error_at_source(reference.source_offset,
                                 fmt::format("columns `{}` ({}) and `{}` ({}) of a foreign key do not compare",
                                             printable(column.name), schema::to_sql(column.type),
                                             printable(schema::display(parent.name) + "." + above.name),
                                             schema::to_sql(above.type)))
                .note("PostgreSQL has no equality for these types");
        }
        return {};
    }

    SchemaDraft& draft_;
    const StatementText& text_;
};

}  // namespace

Status resolve_references(SchemaDraft& draft, const StatementText& text) {
    Resolver resolver(draft, text);
    for (TableId id = 0; id < draft.tables.size(); ++id) {
        if (draft.tables[id].dropped) continue;
        for (ReferenceDraft& reference : draft.tables[id].references) CONFAB_CHECK(resolver.resolve(id, reference));
    }
    return {};
}

}  // namespace confab::ddl
