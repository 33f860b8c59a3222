// How each foreign key finds its parent, and which columns derive from which key.
//
// A column in several foreign keys derives from one of them, its owner. A later key that shares it either follows
// from the owner (the parent's own reference leads there: `implied`) or picks among the parents that agree.
// Reference order: the layout parent, keys that may not be NULL, the larger key, the declared order, and
// references to the own table last.
#include <algorithm>
#include <numeric>

#include "base/text.hpp"
#include "engine/compiler.hpp"
#include "plan/foreign_key.hpp"

namespace confab::engine {

namespace {

bool all_needed(const std::vector<bool>& needed, const schema::ForeignKey& key) {
    return std::all_of(key.columns.begin(), key.columns.end(), [&](auto column) { return needed[column]; });
}

bool any_needed(const std::vector<bool>& needed, const schema::ForeignKey& key) {
    return std::any_of(key.columns.begin(), key.columns.end(), [&](auto column) { return needed[column]; });
}

double number_of(const plan::Generator& generator, const char* name, double otherwise) {
    const auto found = generator.parameters.find(name);
    return found != generator.parameters.end() && found->is_number() ? found->get<double>() : otherwise;
}

std::uint64_t share_of_64(double share) {
    if (share <= 0) return 0;
    if (share >= 1) return UINT64_MAX;
    return static_cast<std::uint64_t>(share * 4294967296.0) << 32U;
}

}  // namespace

std::vector<std::size_t> Compiler::reference_order(TableId id) const {
    const schema::Table& table = state_.schema.tables[id];
    const std::size_t layout = state_.tables[id].layout ? state_.tables[id].layout->foreign_key : none;
    std::vector<std::size_t> order(table.foreign_keys.size());
    std::iota(order.begin(), order.end(), 0);
    const auto rank = [&](std::size_t index) {
        const schema::ForeignKey& key = table.foreign_keys[index];
        return std::tuple(index != layout, key.parent == id, !all_needed(needed_[id], key),
                          -static_cast<std::int64_t>(key.columns.size()), index);
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    return order;
}

Status Compiler::compile_references() {
    for (TableId id = 0; id < state_.tables.size(); ++id) {
        if (!state_.tables[id].present) continue;
        const plan::TablePlan& plan = *plans_[id];
        if (plan.layout || plan.rows.per_parent) {
            const std::string& name = plan.rows.per_parent ? plan.rows.per_parent->foreign_key : plan.layout->foreign_key;
            CONFAB_TRY(const std::size_t key, plan::find_foreign_key(state_.schema, id, name));
            state_.tables[id].layout.emplace();
            state_.tables[id].layout->foreign_key = key;
        }
        // A key column that an expression makes is looked up, not derived.
        for (ColumnId column = 0; column < plan.columns.size(); ++column) {
            const plan::ColumnPlan& entry = plan.columns[column];
            const auto found = state_.schema.tables[id].find_column(entry.column);
            if (found && entry.generator.kind == "expression") own_generator_[id].insert(*found);
        }
        for (ColumnId column = 0; column < state_.schema.tables[id].columns.size(); ++column) {
            if (state_.schema.tables[id].columns[column].generated_sql) own_generator_[id].insert(column);
        }
    }
    for (TableId id = 0; id < state_.tables.size(); ++id) {
        if (state_.tables[id].present) CONFAB_CHECK(compile_reference_table(id));
    }
    CONFAB_CHECK(break_identifying_circles());
    for (TableId id = 0; id < state_.tables.size(); ++id) {
        if (state_.tables[id].present) cover_scopes(id);
    }
    for (TableId id = 0; id < state_.tables.size(); ++id) {
        if (state_.tables[id].present) CONFAB_CHECK(restrict_by_rules(id));
    }
    for (TableId id = 0; id < state_.tables.size(); ++id) {
        for (std::size_t key = 0; state_.tables[id].present && key < state_.tables[id].picks.size(); ++key) {
            CONFAB_CHECK(restrict_by_agreement(id, key));
        }
    }
    return {};
}

// The only row of a table has nobody to refer to: true when a column of the key can be NULL to say so.
bool Compiler::leave_alone(TableId id, std::size_t index) {
    PickProgram& pick = state_.tables[id].picks[index];
    const std::vector<ColumnId>& columns = state_.schema.tables[id].foreign_keys[index].columns;
    const auto unowned = [&](ColumnId column) { return owner_[id][column] == none; };
    const auto empty = [&](ColumnId column) { return unowned(column) && !needed_[id][column]; };
    if (!pick.may_be_null || !std::any_of(columns.begin(), columns.end(), empty)) return false;
    for (const ColumnId column : columns) {
        if (empty(column)) always_null_[id].insert(column);
        if (unowned(column)) own_generator_[id].insert(column);
    }
    pick.source = PickProgram::Source::forest;
    pick.roots = 1;
    pick.null_limit = 0;
    return true;
}

Status Compiler::compile_reference_table(TableId id) {
    const schema::Table& table = state_.schema.tables[id];
    TableProgram& program = state_.tables[id];
    std::vector<std::size_t>& owner = owner_[id];
    for (const std::size_t index : reference_order(id)) {
        const schema::ForeignKey& key = table.foreign_keys[index];
        PickProgram& pick = program.picks[index];
        const TableProgram& parent = state_.tables[key.parent];
        pick.parent = key.parent;
        pick.parents = parent.rows;
        const bool full = key.match == schema::Match::full;
        const auto all_needed_above = [&](const schema::ForeignKey& reference) {
            return std::all_of(reference.parent_columns.begin(), reference.parent_columns.end(), [&](ColumnId column) { return needed_[reference.parent][column]; });
        };
        pick.may_be_null = full ? !any_needed(needed_[id], key) : !all_needed(needed_[id], key);
        const bool partly_null = pick.may_be_null && any_needed(needed_[id], key);
        // A row that refers to nobody of its own table has no other row to take values from.
        pick.mixed = partly_null && key.parent != id;
        const std::string name = plan::name_of_foreign_key(table, index);
        pick.stream = stream(id, name, "reference");
        pick.null_stream = stream(id, name, "null");
        // What the plan says about the key stands at any of its columns.
        double skew = 0.5;
        double nulls = 0;
        double roots = 0.05;
        for (const ColumnId column : key.columns) {
            const plan::ColumnPlan* entry = plan_of(id, column);
            if (entry == nullptr) continue;
            if (!needed_[id][column]) nulls = std::max(nulls, entry->nulls);
            if (entry->generator.kind != "reference") continue;
            const auto named = entry->generator.parameters.find("foreign_key");
            if (named != entry->generator.parameters.end() && named->get<std::string>() != key.name &&
                named->get<std::string>() != name) {
                continue;
            }
            skew = number_of(entry->generator, "skew", skew);
            roots = number_of(entry->generator, "roots", roots);
        }
        if (!pick.may_be_null) nulls = 0;
        // Of a parent whose key is partly NULL a key that matches in full takes nothing: some rows have to refer to nobody.
        const bool partly = full && key.columns.size() > 1 && !all_needed_above(key);
        constexpr double least_nulls = 0.0625;
        if (partly && pick.may_be_null) nulls = std::max(nulls, least_nulls);
        if (partly) matched_in_full_[id].insert(index);
        pick.skew = static_cast<std::uint32_t>(std::clamp(skew, 0.0, 1.0) * 65536.0);
        pick.null_limit = share_of_64(nulls);
        if (parent.rows == 0 && program.rows > 0 && !pick.may_be_null) {
            CONFAB_CHECK(limit_rows(id, 0, "\"" + key.name + "\" refers to " + parent.name + ", which has no rows"));
        }
        if (key.parent == id && program.rows <= 1 && leave_alone(id, index)) continue;
        std::vector<ColumnId> shared;
        std::vector<ColumnId> free;
        std::vector<std::size_t> shared_positions;
        for (std::size_t i = 0; i < key.columns.size(); ++i) {
            const ColumnId column = key.columns[i];
            const bool itself = key.parent == id && key.parent_columns[i] == column;
            if (partly_null && parent.rows == 0 && needed_[id][column] && owner[column] == none) {
                own_generator_[id].insert(column);  // the key is NULL for want of parents, this part of it is not
            }
            if (owner[column] != none || own_generator_[id].contains(column) || itself) {
                shared.push_back(column);
                shared_positions.push_back(i);
                if (itself && owner[column] == none) own_generator_[id].insert(column);
            } else {
                free.push_back(column);
                owner[column] = index;
                ColumnProgram& derived = program.columns[column];
                derived.source = ColumnProgram::Source::derived;
                derived.pick = index;
                derived.parent_column = key.parent_columns[i];
                derived.keeps_value = partly_null && needed_[id][column];
            }
        }
        if (key.parent == id) {
            pick.source = PickProgram::Source::forest;
            // Rows that the null share makes roots anyway count among them.
            const double wanted = std::max(0.0, roots);
            pick.roots = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(wanted * static_cast<double>(program.rows)), 1,
                                                   std::max<std::uint64_t>(program.rows, 1));
            pick.root_share = share_of_64(roots);
            pick.null_limit = 0;
            if (nulls > 0 && nulls > roots) {
                pick.roots = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(nulls * static_cast<double>(program.rows)), 1,
                                                       std::max<std::uint64_t>(program.rows, 1));
                pick.root_share = share_of_64(nulls);
            }
        }
        if (shared.empty()) {
            if (program.layout && program.layout->foreign_key == index) {
                pick.source = PickProgram::Source::layout;
                pick.null_limit = 0;
            }
            continue;
        }
        if (free.empty() && find_implied(id, index)) continue;
        pick.source = PickProgram::Source::restricted;
        pick.smaller_rows_only = key.parent == id && free.size() > 0;
        const auto nullable = [&](ColumnId column) { return !needed_[id][column]; };
        pick.found_or_null = key.match == schema::Match::simple ? std::any_of(free.begin(), free.end(), nullable)
                                                                : pick.may_be_null && free.size() == key.columns.size();
        for (const std::size_t i : shared_positions) {
            pick.own_reads.push_back(program.intern({Read::Kind::column, {}, key.columns[i]}));
            pick.parent_reads.push_back(state_.tables[key.parent].intern({Read::Kind::column, {}, key.parent_columns[i]}));
        }
    }
    return {};
}

bool Compiler::find_implied(TableId id, std::size_t index) {
    const schema::Table& table = state_.schema.tables[id];
    const schema::ForeignKey& key = table.foreign_keys[index];
    TableProgram& program = state_.tables[id];
    const std::size_t by = owner_[id][key.columns.front()];
    if (by == none) return false;
    const schema::ForeignKey& through = table.foreign_keys[by];
    std::vector<ColumnId> arrived;  // where the owner's parent has each of the key's columns
    for (const ColumnId column : key.columns) {
        if (owner_[id][column] != by) return false;
        arrived.push_back(program.columns[column].parent_column);
    }
    if (through.parent == key.parent && arrived == key.parent_columns) {
        program.picks[index].source = PickProgram::Source::implied;
        program.picks[index].implied = program.intern({Read::Kind::parent_row, {}, by});
        program.picks[index].null_limit = 0;
        return true;
    }
    const schema::Table& middle = state_.schema.tables[through.parent];
    for (std::size_t next = 0; next < middle.foreign_keys.size(); ++next) {
        const schema::ForeignKey& onward = middle.foreign_keys[next];
        if (onward.parent != key.parent || onward.columns.size() != key.columns.size()) continue;
        bool same = true;
        for (std::size_t i = 0; i < key.columns.size() && same; ++i) {
            const auto at = std::find(onward.columns.begin(), onward.columns.end(), arrived[i]);
            same = at != onward.columns.end() &&
                   onward.parent_columns[static_cast<std::size_t>(at - onward.columns.begin())] == key.parent_columns[i];
        }
        if (!same) continue;
        program.picks[index].source = PickProgram::Source::implied;
        program.picks[index].implied = program.intern({Read::Kind::parent_row, {by}, next});
        program.picks[index].null_limit = 0;
        return true;
    }
    return false;
}

// Two references that share a column, as of a tenant: a row needs parents in both tables that are of one tenant. In a
// few rows there may be none, unless every tenant has rows in both.
void Compiler::cover_scopes(TableId id) {
    const schema::Table& table = state_.schema.tables[id];
    struct Origin {
        TableId table;
        ColumnId column;
        std::vector<PickProgram*> through;
    };
    const auto origin_of = [&](std::size_t index, std::size_t position) {
        Origin origin{table.foreign_keys[index].parent, table.foreign_keys[index].parent_columns[position], {}};
        while (owner_[origin.table][origin.column] != none && origin.through.size() < 32) {
            const std::size_t by = owner_[origin.table][origin.column];
            const ColumnId above = state_.tables[origin.table].columns[origin.column].parent_column;
            PickProgram& pick = state_.tables[origin.table].picks[by];
            const bool placed = pick.source == PickProgram::Source::skewed || pick.source == PickProgram::Source::layout;
            if (placed && state_.tables[origin.table].rows >= pick.parents) {
                origin.through.push_back(&pick);
            }
            origin = {pick.parent, above, std::move(origin.through)};
        }
        return origin;
    };
    for (std::size_t index = 0; index < table.foreign_keys.size(); ++index) {
        const schema::ForeignKey& key = table.foreign_keys[index];
        if (state_.tables[id].picks[index].source != PickProgram::Source::restricted) continue;
        for (std::size_t i = 0; i < key.columns.size(); ++i) {
            const std::size_t owner = owner_[id][key.columns[i]];
            if (owner == none || owner == index) continue;
            const auto& members = table.foreign_keys[owner].columns;
            const auto position = std::find(members.begin(), members.end(), key.columns[i]) - members.begin();
            const Origin first = origin_of(owner, static_cast<std::size_t>(position));
            const Origin second = origin_of(index, i);
            if (first.table != second.table || first.column != second.column) continue;
            for (PickProgram* pick : first.through) pick->covers = true;
            for (PickProgram* pick : second.through) pick->covers = true;
        }
    }
}

Status Compiler::break_identifying_circles() {
    // Columns that derive from each other all around: one of them generates, and rows refer to their own number.
    for (TableId start = 0; start < state_.tables.size(); ++start) {
        if (!state_.tables[start].present) continue;
        for (ColumnId first = 0; first < state_.tables[start].columns.size(); ++first) {
            std::vector<std::pair<TableId, ColumnId>> path;
            std::pair<TableId, ColumnId> at{start, first};
            while (true) {
                const ColumnProgram& column = state_.tables[at.first].columns[at.second];
                if (column.source != ColumnProgram::Source::derived) break;
                const auto again = std::find(path.begin(), path.end(), at);
                if (again != path.end()) {
                    path.erase(path.begin(), again);
                    // The generating column: the first that the plan has something for, else by table name.
                    auto chosen = std::min_element(path.begin(), path.end(), [&](const auto& a, const auto& b) {
                        const auto rank = [&](const auto& node) {
                            return std::pair(generator_of(node.first, node.second).kind == "reference",
                                             column_name(state_, node.first, node.second));
                        };
                        return rank(a) < rank(b);
                    });
                    std::uint64_t rows = UINT64_MAX;
                    for (const auto& [table, member] : path) rows = std::min(rows, state_.tables[table].rows);
                    for (const auto& [table, member] : path) {
                        PickProgram& pick = state_.tables[table].picks[state_.tables[table].columns[member].pick];
                        CONFAB_CHECK(limit_rows(table, rows,
                                                "\"" + state_.schema.tables[table].foreign_keys[owner_[table][member]].name +
                                                    "\" is part of a circle of identifying references, which allows " +
                                                    counted(rows, "row")));
                        pick.source = PickProgram::Source::same_row;
                        pick.null_limit = 0;
                    }
                    const auto [table, member] = *chosen;
                    ColumnProgram& cut = state_.tables[table].columns[member];
                    cut.source = ColumnProgram::Source::nothing;
                    cut.pick = none;
                    owner_[table][member] = none;
                    own_generator_[table].insert(member);
                    break;
                }
                path.push_back(at);
                at = {state_.tables[at.first].picks[column.pick].parent, column.parent_column};
            }
        }
    }
    return {};
}

Status Compiler::set_popularity() {
    for (TableProgram& table : state_.tables) {
        if (!table.present) continue;
        for (PickProgram& pick : table.picks) {
            if (pick.covers) pick.cover = Bijection(std::max<std::uint64_t>(table.rows, 1), mix(pick.stream, 4));
            if (pick.source == PickProgram::Source::permuted) {
                pick.popularity = Bijection(std::max<std::uint64_t>({pick.parents, table.rows, 1}), mix(pick.stream, 1));
            } else {
                pick.popularity = Bijection(std::max<std::uint64_t>(pick.parents, 1), mix(pick.stream, 1));
            }
        }
    }
    return {};
}

}  // namespace confab::engine
