#include "ddl/finish.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/expressions.hpp"
#include "ddl/partitions.hpp"
#include "ddl/references.hpp"

namespace confab::ddl {
namespace {

class Finisher {
  public:
    Finisher(SchemaDraft& draft, const std::vector<Hint>& hints, const StatementText& text)
        : draft_(draft), hints_(hints), text_(text) {}

    Result<schema::Schema> finish() {
        find_late_types();
        draft_.declare_renamed_sequences();
        find_sequences();
        // References to a partition's columns are resolved by number: its columns settle first, its keys after.
        CONFAB_CHECK(resolve_references(draft_, text_));
        settle_partitions();
        apply_hints();
        spell_out_generated();
        move_tables();
        own_sequences();
        draft_.schema.dialect = name_of(draft_.dialect());
        return std::move(draft_.schema);
    }

  private:
    // A type may be declared after the table that has it: the script that is written from here has it before.
    void find_late_types() {
        const auto find = [&](schema::Type& type) {
            if (type.kind != schema::TypeKind::extension) return;
            const std::string space = type.user_type.space;
            const auto found = draft_.find_type(space, type.user_type.name);
            if (!found) return;
            type.kind = found->kind;
            type.user_type = found->name;
            type.length = -1;
        };
        for (TableDraft& table : draft_.tables) {
            for (schema::Column& column : table.table.columns) find(column.type);
        }
        for (schema::Domain& domain : draft_.schema.domains) find(domain.base);
        for (schema::RangeType& range : draft_.schema.range_types) find(range.subtype);
        for (schema::Composite& composite : draft_.schema.composites) {
            for (schema::Column& field : composite.fields) find(field.type);
        }
    }

    void find_sequences() {
        for (TableId id = 0; id < draft_.tables.size(); ++id) {
            if (draft_.tables[id].dropped) continue;
            for (ColumnId column = 0; column < draft_.tables[id].table.columns.size(); ++column) find_sequence(id, column);
        }
    }

    void find_sequence(TableId table, ColumnId id) {
        schema::Column& column = draft_.tables[table].table.columns[id];
        if (column.identity != schema::IdentityKind::serial || !column.sequence_name) return;
        const QualifiedName name = *column.sequence_name;
        const schema::Sequence* sequence = draft_.require_sequence(name.space.empty() ? "public" : name.space, name.name);
        if (sequence == nullptr) {
            schema::Sequence made;
            made.name = name;
            made.type.kind = schema::TypeKind::bigint;
            draft_.add_sequence(made);
            draft_.schema.warnings.push_back(fmt::format("sequence {} is not declared; {}.{} draws from it, so it is made",
                                                         schema::display(name),
                                                         schema::display(draft_.tables[table].table.name), column.name));
            sequence = &draft_.schema.sequences.back();
        }
        column.sequence_name = sequence->name;
        column.sequence = sequence->options;
    }

    void settle_partitions() {
        std::vector<bool> settled(draft_.tables.size(), false);
        const std::function<void(TableId)> settle = [&](TableId id) {
            if (settled[id]) return;
            settled[id] = true;
            const std::optional<TableId> root = draft_.tables[id].table.partition_of;
            if (!root || draft_.tables[id].dropped) return;
            settle(*root);
            settle_partition(draft_, id);
        };
        for (TableId id = 0; id < draft_.tables.size(); ++id) settle(id);
    }

    // Of a generated column that reads another one, which PostgreSQL does not take: the other's expression instead.
    void spell_out_generated() {
        constexpr int deepest = 16;
        for (TableDraft& draft : draft_.tables) {
            for (schema::Column& column : draft.table.columns) {
                for (int depth = 0; column.generated_sql && depth < deepest; ++depth) {
                    bool changed = false;
                    for (const ColumnId read : columns_in(draft.table, *column.generated_sql)) {
                        const schema::Column& other = draft.table.columns[read];
                        if (!other.generated_sql || &other == &column) continue;
                        const std::string value = fmt::format("CAST(({}) AS {})", *other.generated_sql, schema::to_sql(other.type));
                        column.generated_sql = put_in_place(*column.generated_sql, other.name, value);
                        changed = true;
                    }
                    if (!changed) break;
                }
            }
        }
    }

    void apply_hints() {
        for (const Hint& hint : hints_) {
            const std::size_t dot = hint.table.rfind('.');
            const std::string_view table = hint.table;
            std::optional<TableId> id = draft_.find_table("", table);
            if (!id && dot != std::string::npos) id = draft_.find_table(table.substr(0, dot), table.substr(dot + 1));
            if (!id) continue;
            schema::Table& owner = draft_.tables[*id].table;
            const std::optional<ColumnId> column = draft_.find_column(owner, hint.column);
            if (!column) continue;
            if (!hint.declared_type.empty()) owner.columns[*column].declared_type = hint.declared_type;
            owner.columns[*column].has_on_update_now = hint.on_update_now;
        }
    }

    // Dropped tables leave, the rest close up.
    void move_tables() {
        moved_.assign(draft_.tables.size(), 0);
        TableId next = 0;
        for (TableId id = 0; id < draft_.tables.size(); ++id) {
            moved_[id] = next;
            if (!draft_.tables[id].dropped) ++next;
        }
        for (TableDraft& draft : draft_.tables) {
            if (draft.dropped) continue;
            for (ReferenceDraft& reference : draft.references) {
                reference.key.parent = moved_[reference.key.parent];
                draft.table.foreign_keys.push_back(std::move(reference.key));
            }
            for (TableId& parent : draft.table.inherits) parent = moved_[parent];
            if (draft.table.partition_of) draft.table.partition_of = moved_[*draft.table.partition_of];
            draft_.schema.tables.push_back(std::move(draft.table));
        }
    }

    void own_sequences() {
        std::vector<QualifiedName> ownerless;
        for (schema::Sequence& sequence : draft_.schema.sequences) {
            const auto owner = draft_.owners.find(schema::display(sequence.name));
            if (owner == draft_.owners.end()) continue;
            if (draft_.tables[owner->second.table].dropped) {
                ownerless.push_back(sequence.name);  // it went with its table
                continue;
            }
            const TableId table = moved_[owner->second.table];
            const std::optional<ColumnId> column = draft_.schema.tables[table].find_column(owner->second.column);
            if (column) sequence.owned_by = std::pair(table, *column);
        }
        for (const QualifiedName& name : ownerless) {
            std::erase_if(draft_.schema.sequences, [&](const schema::Sequence& one) { return one.name == name; });
        }
    }

    SchemaDraft& draft_;
    const std::vector<Hint>& hints_;
    const StatementText& text_;
    std::vector<TableId> moved_;
};

}  // namespace

Result<schema::Schema> finish(SchemaDraft& draft, const std::vector<Hint>& hints, const StatementText& text) {
    return Finisher(draft, hints, text).finish();
}

}  // namespace confab::ddl
