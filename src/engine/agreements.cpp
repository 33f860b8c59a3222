// References that the plan ties to what the row knows already: a rule that must hold (`menu_id.shop_id = shop_id`), the
// same as a preference, or an agreement, which is kept wherever there is a row to keep it with.
#include <algorithm>
#include <array>

#include "engine/compiler.hpp"
#include "expr/tree.hpp"
#include "plan/foreign_key.hpp"

namespace confab::engine {

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

}  // namespace confab::engine
