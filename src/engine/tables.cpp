// Which tables hold rows, and how many.
#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "engine/compiler.hpp"
#include "plan/foreign_key.hpp"

namespace confab::engine {

Status Compiler::find_tables() {
    const std::size_t count = state_.schema.tables.size();
    state_.tables.resize(count);
    plans_.assign(count, nullptr);
    owner_.resize(count);
    own_generator_.resize(count);
    unique_columns_.resize(count);
    key_columns_.resize(count);
    fan_out_.assign(count, UINT64_MAX);
    clauses_.resize(count);
    held_rules_.resize(count);
    for (TableId id = 0; id < count; ++id) {
        const schema::Table& table = state_.schema.tables[id];
        TableProgram& program = state_.tables[id];
        program.id = id;
        program.name = schema::display(table.name);
        program.columns.resize(table.columns.size());
        program.picks.resize(table.foreign_keys.size());
        owner_[id].assign(table.columns.size(), none);
        unique_columns_[id].assign(table.columns.size(), false);
        if (!table.holds_rows()) continue;
        plans_[id] = state_.plan.find(program.name);
        program.present = plans_[id] != nullptr;
    }
    for (TableId id = 0; id < count; ++id) {
        if (!state_.tables[id].present) continue;
        for (const schema::ForeignKey& key : state_.schema.tables[id].foreign_keys) {
            if (!state_.tables[key.parent].present) {
                return Error(ErrorKind::invalid_input, "the plan makes \"" + state_.tables[id].name +
                                                           "\" but not \"" + state_.tables[key.parent].name +
                                                           "\", which it refers to");
            }
        }
    }
    // Parents first where there is an order: a walk along the foreign keys that leaves circles open.
    std::vector<int> seen(count, 0);
    struct Visit {
        TableId table;
        std::size_t next;
    };
    for (TableId root = 0; root < count; ++root) {
        if (!state_.tables[root].present || seen[root] != 0) continue;
        std::vector<Visit> path{{root, 0}};
        seen[root] = 1;
        while (!path.empty()) {
            Visit& at = path.back();
            const auto& keys = state_.schema.tables[at.table].foreign_keys;
            if (at.next == keys.size()) {
                state_.order.push_back(at.table);
                path.pop_back();
                continue;
            }
            const TableId parent = keys[at.next++].parent;
            if (seen[parent] == 0) {
                seen[parent] = 1;
                path.push_back({parent, 0});
            }
        }
    }
    find_needed();
    return {};
}

// A NULL in a key is of no use to a reference that may not be NULL: where every row needs a parent, every parent has
// the value.
void Compiler::find_needed() {
    const auto needs_value = [&](const schema::Column& column) {
        schema::Type type = column.type;
        for (int depth = 0; type.kind == schema::TypeKind::domain && !type.is_array() && depth < 32; ++depth) {
            const schema::Domain* domain = state_.schema.find_domain(type.user_type);
            if (domain == nullptr) break;
            if (domain->not_null) return true;
            type = domain->base;
        }
        return column.not_null;
    };
    for (const schema::Table& table : state_.schema.tables) {
        std::vector<bool>& needed = needed_.emplace_back();
        for (const schema::Column& column : table.columns) needed.push_back(needs_value(column));
    }
    // A tree's roots say by NULL that they refer to nobody; a column that takes a value of another of its table's rows
    // can do without NULL only where the whole key does.
    const auto need = [&](TableId id, ColumnId wanted) {
        needed_[id][wanted] = true;
        for (const schema::ForeignKey& key : state_.schema.tables[id].foreign_keys) {
            const auto at = std::find(key.columns.begin(), key.columns.end(), wanted);
            if (key.parent != id || at == key.columns.end()) continue;
            if (key.parent_columns[static_cast<std::size_t>(at - key.columns.begin())] == wanted) continue;
            for (const ColumnId column : key.columns) needed_[id][column] = true;
        }
    };
    const auto of_tree = [&](TableId id, ColumnId column) {
        const auto& keys = state_.schema.tables[id].foreign_keys;
        return std::any_of(keys.begin(), keys.end(), [&](const schema::ForeignKey& key) {
            return key.parent == id && std::find(key.columns.begin(), key.columns.end(), column) != key.columns.end();
        });
    };
    for (bool moved = true; moved;) {
        moved = false;
        for (const TableProgram& table : state_.tables) {
            if (!table.present) continue;
            for (const schema::ForeignKey& key : state_.schema.tables[table.id].foreign_keys) {
                // Nor to one of which only all columns together may be NULL.
                const bool whole = key.match == schema::Match::full && key.columns.size() > 1;
                for (std::size_t i = 0; i < key.columns.size(); ++i) {
                    const bool asked = needed_[table.id][key.columns[i]];
                    if (!asked && (!whole || of_tree(key.parent, key.parent_columns[i]))) continue;
                    if (needed_[key.parent][key.parent_columns[i]]) continue;
                    need(key.parent, key.parent_columns[i]);
                    moved = true;
                }
            }
        }
    }
}

Status Compiler::count_rows() {
    const std::size_t count = state_.schema.tables.size();
    // Absolute counts first, then those per parent, as often as a parent may itself be counted per parent.
    std::vector<bool> known(count, false);
    for (TableId id = 0; id < count; ++id) {
        if (plans_[id] == nullptr || plans_[id]->rows.per_parent) continue;
        state_.tables[id].rows = static_cast<std::uint64_t>(std::max<std::int64_t>(0, plans_[id]->rows.rows.value_or(0)));
        known[id] = true;
        state_.tables[id].rows = std::min(state_.tables[id].rows, findings_.ceilings[id].rows);
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (TableId id = 0; id < count; ++id) {
            if (plans_[id] == nullptr || known[id]) continue;
            const plan::PerParent& per = *plans_[id]->rows.per_parent;
            CONFAB_TRY(const std::size_t key, plan::find_foreign_key(state_.schema, id, per.foreign_key));
            const TableId parent = state_.schema.tables[id].foreign_keys[key].parent;
            if (!known[parent]) continue;
            const double wanted = static_cast<double>(state_.tables[parent].rows) * per.mean;
            if (!(wanted >= 0) || wanted > 9e18) {
                return Error(ErrorKind::invalid_input, state_.tables[id].name + ": too many rows");
            }
            auto rows = static_cast<std::uint64_t>(wanted + 0.5);
            rows = std::max(rows, state_.tables[parent].rows * static_cast<std::uint64_t>(std::max<std::int64_t>(0, per.minimum)));
            if (per.maximum) {
                rows = std::min(rows, state_.tables[parent].rows * static_cast<std::uint64_t>(std::max<std::int64_t>(0, *per.maximum)));
            }
            state_.tables[id].rows = std::min(rows, findings_.ceilings[id].rows);
            known[id] = moved = true;
        }
    }
    for (TableId id = 0; id < count; ++id) {
        if (plans_[id] != nullptr && !known[id]) {
            return Error(ErrorKind::invalid_input,
                         state_.tables[id].name + ": its rows are counted per parent in a circle of tables");
        }
        warn_of_fewer_rows(id);
    }
    return {};
}

void Compiler::warn_of_fewer_rows(TableId id) {
    if (plans_[id] == nullptr) return;
    const plan::RowCount& count = plans_[id]->rows;
    const bool limited = findings_.ceilings[id].rows != UINT64_MAX;
    if (!limited && !count.instead_of) return;
    const std::int64_t wanted = count.per_parent ? 0 : count.instead_of.value_or(count.rows.value_or(0));
    std::string text = state_.tables[id].name + ": ";
    text += limited ? findings_.ceilings[id].reason : "the plan takes as many as such a table has in life";
    text += ": " + counted(state_.tables[id].rows, "row");
    if (wanted > 0) text += " instead of " + grouped(wanted);
    state_.warnings.push_back(std::move(text));
}

Status Compiler::limit_rows(TableId table, std::uint64_t most, const std::string& what) {
    TableProgram& program = state_.tables[table];
    if (program.rows <= most) return {};
    if (plans_[table]->rows.exact) {
        return Error(ErrorKind::unsatisfiable, program.name + ": " + what + ", " + grouped(program.rows) + " asked");
    }
    findings_.ceilings[table] = {most, what};
    findings_.changed = true;
    return {};
}

}  // namespace confab::engine
