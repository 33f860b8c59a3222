// How each foreign key finds its parent, and which columns derive from which key.
//
// A column in several foreign keys derives from one of them, its owner. A later key that shares it either follows
// from the owner (the parent's own reference leads there: `implied`) or picks among the parents that agree.
// The plan can tie a reference to what the row knows already: a rule that must hold (`menu_id.shop_id = shop_id`), or
// an agreement, which is kept wherever there is a row to keep it with.
// Reference order: the layout parent, keys that may not be NULL, the larger key, the declared order, and
// references to the own table last.
#include <algorithm>
#include <array>
#include <numeric>

#include "base/text.hpp"
#include "engine/compiler.hpp"
#include "expr/tree.hpp"
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
            const double wanted = pick.may_be_null ? std::max(0.0, roots) : std::max(0.0, roots);
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

namespace {

// The two sides of `menu_id.shop_id = shop_id`, each a column of the row or behind a reference; null when the
// expression is something else.
std::array<const expr::Input*, 2> sides_of(const expr::Program& program, const expr::Node& root) {
    if (root.op != expr::Op::compare || root.name != "=" || root.args.size() != 2 ||
        root.args[0]->op != expr::Op::input || root.args[1]->op != expr::Op::input) {
        return {};
    }
    const auto side = [&](std::size_t arg) { return &program.inputs()[root.args[arg]->input]; };
    if (side(0)->kind != expr::InputKind::column || side(1)->kind != expr::InputKind::column) return {};
    return {side(0), side(1)};
}

// The read of an input, the first `skip` steps of its path left out.
Read read_of(const expr::Input& input, std::size_t skip) {
    Read read{Read::Kind::column, {}, input.column};
    for (std::size_t hop = skip; hop < input.path.size(); ++hop) read.path.push_back(input.path[hop].foreign_key);
    return read;
}

}  // namespace

Status Compiler::restrict_by_rules(TableId id) {
    const schema::Table& table = state_.schema.tables[id];
    TableProgram& program = state_.tables[id];
    const std::vector<std::size_t> order = reference_order(id);
    const auto rank = [&](std::size_t key) { return std::find(order.begin(), order.end(), key) - order.begin(); };
    std::vector<std::pair<std::string, bool>> rules;  // true = preferred, not required
    for (const std::string& rule : plans_[id]->rules) rules.emplace_back(rule, false);
    if (!findings_.without_preferences.contains(id)) {
        for (const std::string& preference : plans_[id]->preferences) rules.emplace_back(preference, true);
    }
    for (const auto& [rule, preferred] : rules) {
        if (rule.find('=') == std::string::npos || rule.find('.') == std::string::npos) continue;
        Result<expr::Program> compiled = expr::compile(state_.schema, id, rule, expr::Want::boolean);
        if (!compiled) continue;  // reported with the other rules
        const std::array<const expr::Input*, 2> sides = sides_of(*compiled, compiled->root());
        if (sides[0] == nullptr) continue;
        // The key whose choice can make a side agree: the first on its path, or the one that its column derives from.
        const auto key_of = [&](std::size_t side) {
            return sides[side]->path.empty() ? owner_[id][sides[side]->column] : sides[side]->path.front().foreign_key;
        };
        // The side to restrict: a reference that is free to choose, the later one where both are.
        std::size_t chosen = none;
        for (std::size_t side = 0; side < 2; ++side) {
            const std::size_t key = key_of(side);
            if (key == none || key == key_of(1 - side)) continue;
            const PickProgram::Source source = program.picks[key].source;
            if (source == PickProgram::Source::layout || source == PickProgram::Source::implied ||
                source == PickProgram::Source::same_row) {
                continue;
            }
            if (sides[side]->path.empty() && table.foreign_keys[key].columns.size() != 1) continue;
            if (chosen == none || rank(key) > rank(key_of(chosen))) chosen = side;
        }
        if (chosen == none) continue;
        const std::size_t key = key_of(chosen);
        PickProgram& pick = program.picks[key];
        if (preferred && pick.source == PickProgram::Source::restricted && !pick.by_preference) continue;
        pick.own_reads.push_back(program.intern(read_of(*sides[1 - chosen], 0)));
        pick.parent_reads.push_back(state_.tables[pick.parent].intern(
            sides[chosen]->path.empty() ? Read{Read::Kind::column, {}, table.foreign_keys[key].parent_columns.front()}
                                        : read_of(*sides[chosen], 1)));
        if (pick.source == PickProgram::Source::forest) pick.smaller_rows_only = true;
        if (pick.own_reads.size() == 1) pick.found_or_null = pick.may_be_null;  // restricted by this rule alone
        pick.source = PickProgram::Source::restricted;
        if (preferred) {
            constexpr std::uint32_t attempts = 1024;  // before any row is taken that does not agree
            pick.by_preference = true;
            pick.or_any = true;
            pick.found_or_null = true;
            pick.seeking_attempts = attempts;
            pick.seeks = findings_.agreements == Findings::Agreements::seek && !pick.may_be_null && !pick.smaller_rows_only;
        }
        held_rules_[id].insert(rule);
        report(id, rule, preferred ? "preference" : "rule", preferred && pick.seeks ? Held::by_retry : Held::by_construction,
               "\"" + table.foreign_keys[key].name + "\" is picked among the rows that agree");
    }
    return {};
}

const plan::Generator* Compiler::reference_of(TableId id, std::size_t index) const {
    const schema::Table& table = state_.schema.tables[id];
    for (const ColumnId column : table.foreign_keys[index].columns) {
        const plan::ColumnPlan* entry = plan_of(id, column);
        if (entry == nullptr || entry->generator.kind != "reference") continue;
        const auto named = entry->generator.parameters.find("foreign_key");
        if (named == entry->generator.parameters.end() || named->get<std::string>() == table.foreign_keys[index].name ||
            named->get<std::string>() == plan::name_of_foreign_key(table, index)) {
            return &entry->generator;
        }
    }
    return nullptr;
}

Status Compiler::restrict_by_agreement(TableId id, std::size_t index) {
    const plan::Generator* generator = reference_of(id, index);
    if (generator == nullptr || !generator->parameters.contains("agrees")) return {};
    TableProgram& program = state_.tables[id];
    PickProgram& pick = program.picks[index];
    const std::string sql = generator->parameters.at("agrees").get<std::string>();
    Result<expr::Program> compiled = expr::compile(state_.schema, id, sql, expr::Want::boolean);
    if (!compiled) {
        Error error = std::move(compiled).error();
        error.message = program.name + "." + plan::name_of_foreign_key(state_.schema.tables[id], index) + ": agrees: " + error.message;
        return error;
    }
    // One equality, or several by AND; each of a value behind this reference and one of the row.
    std::vector<std::array<const expr::Input*, 2>> equalities;
    const expr::Node& root = compiled->root();
    if (root.op == expr::Op::conjunction) {
        for (const expr::NodePtr& part : root.args) equalities.push_back(sides_of(*compiled, *part));
    } else {
        equalities.push_back(sides_of(*compiled, root));
    }
    for (auto& sides : equalities) {
        const auto through = [&](std::size_t side) {
            return sides[side] != nullptr && !sides[side]->path.empty() && sides[side]->path.front().foreign_key == index;
        };
        if (through(0) == through(1)) {
            report(id, sql, "agreement", Held::not_enforced,
                   "only equalities of a value behind the reference and one of the row, of one type, can be kept");
            return {};
        }
        if (through(1)) std::swap(sides[0], sides[1]);
    }
    using Source = PickProgram::Source;
    if (findings_.agreements == Findings::Agreements::ignore) {
        report(id, sql, "agreement", Held::not_enforced, "values would depend on each other in a circle");
        return {};
    }
    if (pick.source != Source::skewed && pick.source != Source::forest) {
        report(id, sql, "agreement", Held::not_enforced, "other rules or keys choose the row that is referred to");
        return {};
    }
    std::vector<ColumnId> own;  // columns of the row among what agrees, when nothing else does
    for (const auto& [theirs, ours] : equalities) {
        pick.own_reads.push_back(program.intern(read_of(*ours, 0)));
        pick.parent_reads.push_back(state_.tables[pick.parent].intern(read_of(*theirs, 1)));
        if (ours->path.empty()) own.push_back(ours->column);
    }
    pick.smaller_rows_only = pick.source == Source::forest;
    pick.source = Source::restricted;
    pick.or_any = true;
    pick.found_or_null = true;
    if (const auto preferred = generator->parameters.find("preferred"); preferred != generator->parameters.end()) {
        CONFAB_CHECK(compile_preference(id, index, preferred->get<std::string>()));
    }
    const schema::Table& table = state_.schema.tables[id];
    const bool own_key = own.size() == equalities.size() && std::any_of(table.keys.begin(), table.keys.end(), [&](const schema::Key& key) {
        return std::is_permutation(key.columns.begin(), key.columns.end(), own.begin(), own.end());
    });
    pick.own_candidates = own_key && pick.may_be_null && !pick.smaller_rows_only;
    // Drawing again helps where what the row has to agree with is drawn itself.
    pick.seeks = findings_.agreements == Findings::Agreements::seek && !own_key && !pick.may_be_null && !pick.smaller_rows_only;
    if (own_key) cover_parents(id, index, *equalities.front()[0], own.front());
    return {};
}

Status Compiler::compile_preference(TableId id, std::size_t index, const std::string& sql) {
    PickProgram& pick = state_.tables[id].picks[index];
    const std::string where = state_.tables[id].name + "." + plan::name_of_foreign_key(state_.schema.tables[id], index);
    Result<expr::Program> compiled = expr::compile(state_.schema, id, sql, expr::Want::boolean);
    if (!compiled) {
        Error error = std::move(compiled).error();
        error.message = where + ": preferred: " + error.message;
        return error;
    }
    pick.preferred.program = std::make_shared<const expr::Program>(std::move(*compiled));
    for (const expr::Input& input : pick.preferred.program->inputs()) {
        const bool behind = !input.path.empty() && input.path.front().foreign_key == index;
        if (input.kind == expr::InputKind::aggregate || (input.kind == expr::InputKind::column && !behind)) {
            return Error(ErrorKind::invalid_input, where + ": preferred: \"" + sql + "\" may read only columns behind this reference");
        }
        const Read read = input.kind == expr::InputKind::as_of ? Read{Read::Kind::as_of, {}, 0} : read_of(input, 1);
        pick.preferred.reads.push_back(state_.tables[pick.parent].intern(read));
    }
    return {};
}

// The references by which the rows behind reference `index` lead back to this table, as `theirs` does: where there are
// enough rows, each of them refers to every parent at least once, so that everybody finds somebody.
void Compiler::cover_parents(TableId id, std::size_t index, const expr::Input& theirs, ColumnId own) {
    std::vector<std::pair<TableId, std::size_t>> chain;
    TableId at = state_.tables[id].picks[index].parent;
    for (std::size_t hop = 1; hop < theirs.path.size(); ++hop) {
        chain.emplace_back(at, theirs.path[hop].foreign_key);
        at = state_.tables[at].picks[theirs.path[hop].foreign_key].parent;
    }
    const std::size_t last = owner_[at][theirs.column];
    if (last == none || state_.schema.tables[at].foreign_keys[last].parent != id ||
        state_.tables[at].columns[theirs.column].parent_column != own) {
        return;
    }
    chain.emplace_back(at, last);
    // A reference that may be missing is worth it only where rows are plenty.
    const std::uint64_t rows_each = state_.tables[id].picks[index].may_be_null ? 2 : 1;
    using Source = PickProgram::Source;
    for (const auto& [table, key] : chain) {
        const PickProgram& pick = state_.tables[table].picks[key];
        if (pick.source != Source::skewed && pick.source != Source::layout) return;
        if (state_.tables[table].rows / rows_each < pick.parents) return;
    }
    for (const auto& [table, key] : chain) state_.tables[table].picks[key].covers = true;
}

// `manager_id <> id`, also where it may be NULL: of a reference to the own table that never leads to its own row.
bool Compiler::never_itself(TableId id, const std::string& condition) {
    if (condition.find('<') == std::string::npos && condition.find('!') == std::string::npos) return false;
    const Result<expr::Program> compiled = expr::compile(state_.schema, id, condition, expr::Want::boolean);
    if (!compiled) return false;
    const expr::Node* node = &compiled->root();
    if (node->op == expr::Op::disjunction && node->args.size() == 2) {
        node = node->args[node->args[0]->op == expr::Op::is_null && !node->args[0]->inverted ? 1 : 0].get();
    }
    if (node->op != expr::Op::compare || node->name != "<>" || node->args.size() != 2) return false;
    std::array<ColumnId, 2> sides{};
    for (std::size_t side = 0; side < 2; ++side) {
        if (node->args[side]->op != expr::Op::input) return false;
        const expr::Input& input = compiled->inputs()[node->args[side]->input];
        if (input.kind != expr::InputKind::column || !input.path.empty()) return false;
        sides[side] = input.column;
    }
    const schema::Table& table = state_.schema.tables[id];
    if (owner_[id][sides[0]] == none) std::swap(sides[0], sides[1]);
    const std::size_t index = owner_[id][sides[0]];
    if (index == none || table.foreign_keys[index].parent != id || table.foreign_keys[index].columns.size() != 1 ||
        table.foreign_keys[index].parent_columns.front() != sides[1] || !state_.tables[id].columns[sides[0]].overrides.empty()) {
        return false;
    }
    PickProgram& pick = state_.tables[id].picks[index];
    using Source = PickProgram::Source;
    const bool tree = pick.source == Source::forest || (pick.source == Source::restricted && pick.smaller_rows_only);
    if (!tree && pick.source != Source::chain && pick.source != Source::ring) return false;
    if (pick.may_be_null) return true;
    if (pick.parents < 2) return false;
    pick.no_roots = tree;
    return true;
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
