// The order of evaluation between columns, picks, aggregates, groups and prepared indexes of all tables.
//
// Two graphs: without groups, where a circle means that a value depends on itself, and with groups as one node
// each, where a circle means that clauses tie columns together across tables in a ring. Both are refused. The
// order in which prepared things are made is the order in which the second walk leaves them.
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "engine/compiler.hpp"

namespace confab::engine {

void Compiler::add_reads(TableId id, const std::vector<std::size_t>& reads, std::vector<Node>& out) const {
    using Kind = Node::Kind;
    for (const std::size_t index : reads) {
        const Read& read = state_.tables[id].reads[index];
        TableId at = id;
        for (const std::size_t step : read.path) {
            out.push_back({Kind::pick, at, step});
            at = state_.schema.tables[at].foreign_keys[step].parent;
        }
        switch (read.kind) {
            case Read::Kind::column: out.push_back({Kind::column, at, read.index}); break;
            case Read::Kind::base: out.push_back({Kind::column, at, read.index}); break;
            case Read::Kind::aggregate: out.push_back({Kind::aggregate, at, read.index}); break;
            case Read::Kind::parent_row: out.push_back({Kind::pick, at, read.index}); break;
            case Read::Kind::as_of: break;
        }
    }
}

std::vector<Compiler::Node> Compiler::inputs_of(const Node& node, bool with_groups) const {
    using Kind = Node::Kind;
    const TableProgram& table = state_.tables[node.table];
    std::vector<Node> inputs;
    const auto add = [&](const std::vector<std::size_t>& reads) { add_reads(node.table, reads, inputs); };
    const auto add_layout = [&](TableId of) {
        inputs.push_back({Kind::pick, of, state_.tables[of].layout->foreign_key});
    };
    const auto add_digit = [&](const Digit& digit) {
        if (digit.numbers != none && table.key_numbers[digit.numbers].per_parent) add_layout(node.table);
    };
    const auto add_column = [&](ColumnId index) {
        const ColumnProgram& column = table.columns[index];
        if (column.source == ColumnProgram::Source::derived) {
            inputs.push_back({Kind::pick, node.table, column.pick});
            inputs.push_back({Kind::column, table.picks[column.pick].parent, column.parent_column});
        }
        if (column.source == ColumnProgram::Source::ordinal) add_layout(node.table);
        if (column.source == ColumnProgram::Source::pick) add_digit(column.digit);
        if (column.formula) add(column.formula.reads);
        for (const Formula& input : column.inputs) add(input.reads);
        std::vector<Node> changes;
        for (const OverrideProgram& change : column.overrides) {
            if (change.when) add_reads(node.table, change.when.reads, changes);
            add_reads(node.table, change.value.reads, changes);
        }
        // An override may read its own column: that is the value before it.
        for (const Node& input : changes) {
            if (input != Node{Kind::column, node.table, index}) inputs.push_back(input);
        }
    };
    const auto add_pick = [&](std::size_t index) {
        const PickProgram& pick = table.picks[index];
        add(pick.own_reads);
        if (pick.implied != none) add({pick.implied});
        if (pick.existed_at) {
            add(pick.existed_at.reads);
            inputs.push_back({Kind::column, pick.parent, pick.parent_event});
        }
        if (pick.source == PickProgram::Source::digit) add_digit(pick.digit);
        if (pick.source == PickProgram::Source::restricted) inputs.push_back({Kind::index, node.table, index});
        if (pick.source == PickProgram::Source::layout) {
            // Which parents may have rows depends on where the restricted references of those rows can go.
            for (std::size_t other = 0; other < table.picks.size(); ++other) {
                if (!follows_layout(node.table, other)) continue;
                inputs.push_back({Kind::index, node.table, other});
                for (const std::size_t read : table.picks[other].own_reads) {
                    const Read& own = table.reads[read];
                    TableId at = state_.schema.tables[node.table].foreign_keys[own.path.front()].parent;
                    for (std::size_t step = 1; step < own.path.size(); ++step) {
                        inputs.push_back({Kind::pick, at, own.path[step]});
                        at = state_.schema.tables[at].foreign_keys[own.path[step]].parent;
                    }
                    inputs.push_back({Kind::column, at, own.index});
                }
            }
        }
    };
    switch (node.kind) {
        case Kind::column:
            if (with_groups && table.columns[node.index].group != none) {
                inputs.push_back({Kind::group, node.table, table.columns[node.index].group});
            } else {
                add_column(node.index);
            }
            break;
        case Kind::pick:
            if (with_groups && table.picks[node.index].group != none) {
                inputs.push_back({Kind::group, node.table, table.picks[node.index].group});
            } else {
                add_pick(node.index);
            }
            break;
        case Kind::aggregate: {
            const AggregateProgram& aggregate = table.aggregates[node.index];
            if (aggregate.argument) add_reads(aggregate.child.table, aggregate.argument.reads, inputs);
            if (aggregate.filter) add_reads(aggregate.child.table, aggregate.filter.reads, inputs);
            inputs.push_back({Kind::pick, aggregate.child.table, aggregate.child.foreign_key});
            break;
        }
        case Kind::index:
            add_reads(table.picks[node.index].parent, table.picks[node.index].parent_reads, inputs);
            add_reads(table.picks[node.index].parent, table.picks[node.index].preferred.reads, inputs);
            break;
        case Kind::group: {
            const Group& group = table.groups[node.index];
            for (const ColumnId column : group.columns) add_column(column);
            for (const std::size_t pick : group.picks) add_pick(pick);
            for (const Clause& clause : group.clauses) {
                if (clause.condition) add(clause.condition.reads);
            }
            for (const DistinctKey& key : group.keys) {
                add(key.reads);
                for (const Formula& formula : key.formulas) add(formula.reads);
                if (key.predicate) add(key.predicate.reads);
                if (key.ranges) add(key.ranges.reads);
            }
            std::erase_if(inputs, [&](const Node& input) {
                if (input.table != node.table) return false;
                if (input.kind == Kind::column) return table.columns[input.index].group == node.index;
                return input.kind == Kind::pick && table.picks[input.index].group == node.index;
            });
            break;
        }
    }
    return inputs;
}

bool Compiler::follows_layout(TableId id, std::size_t index) const {
    const TableProgram& table = state_.tables[id];
    const PickProgram& pick = table.picks[index];
    if (!table.layout || pick.source != PickProgram::Source::restricted || pick.may_be_null || pick.or_any ||
        pick.own_reads.empty()) {
        return false;
    }
    return std::all_of(pick.own_reads.begin(), pick.own_reads.end(), [&](std::size_t read) {
        const Read& own = table.reads[read];
        return own.kind == Read::Kind::column && !own.path.empty() && own.path.front() == table.layout->foreign_key;
    });
}

std::string Compiler::node_name(const Node& node) const {
    const std::string& table = state_.tables[node.table].name;
    switch (node.kind) {
        case Node::Kind::column: return column_name(state_, node.table, node.index);
        case Node::Kind::pick: return "the reference " + table + "." + state_.schema.tables[node.table].foreign_keys[node.index].name;
        case Node::Kind::aggregate: return "a total over " + state_.tables[state_.tables[node.table].aggregates[node.index].child.table].name;
        case Node::Kind::index: return "the rows that " + table + " may refer to";
        case Node::Kind::group: {
            std::vector<std::string> names;
            for (const ColumnId column : state_.tables[node.table].groups[node.index].columns) {
                names.push_back(state_.schema.tables[node.table].columns[column].name);
            }
            return table + " (" + join(names, ", ") + ")";
        }
    }
    return {};
}

bool Compiler::stop_seeking() {
    const bool seeking = std::any_of(state_.tables.begin(), state_.tables.end(), [](const TableProgram& table) {
        return std::any_of(table.picks.begin(), table.picks.end(), [](const PickProgram& pick) { return pick.seeks; });
    });
    if (!seeking || findings_.agreements != Findings::Agreements::seek) return false;
    findings_.agreements = Findings::Agreements::keep;
    return true;
}

bool Compiler::ignore_agreements() {
    const bool agreeing = std::any_of(state_.tables.begin(), state_.tables.end(), [](const TableProgram& table) {
        return std::any_of(table.picks.begin(), table.picks.end(), [](const PickProgram& pick) { return pick.or_any; });
    });
    if (!agreeing || findings_.agreements == Findings::Agreements::ignore) return false;
    findings_.agreements = Findings::Agreements::ignore;
    return true;
}

bool Compiler::ask_less(std::span<const Node> circle) {
    bool less = stop_seeking();
    if (!less) {
        for (const Node& node : circle) less = drop_preferences(node) || less;
    }
    findings_.changed = less || ignore_agreements() || findings_.changed;
    return findings_.changed;
}

bool Compiler::drop_preferences(const Node& node) {
    const bool of_pick = node.kind == Node::Kind::pick || node.kind == Node::Kind::index;
    if (of_pick && state_.tables[node.table].picks[node.index].by_preference) {
        return findings_.without_preferences.insert(node.table).second;
    }
    if (node.kind != Node::Kind::group) return false;
    const std::vector<Clause>& clauses = state_.tables[node.table].groups[node.index].clauses;
    const bool any = std::any_of(clauses.begin(), clauses.end(), [](const Clause& clause) { return clause.preferred; });
    return any && findings_.without_preferences.insert(node.table).second;
}

Status Compiler::order_nodes() {
    struct Visit {
        Node node;
        std::vector<Node> inputs;
        std::size_t next = 0;
    };
    for (const bool with_groups : {false, true}) {
        std::map<Node, int> seen;  // 1 = open, 2 = done
        const auto walk = [&](const Node& root) -> Status {
            if (seen[root] != 0) return {};
            std::vector<Visit> path;
            path.push_back({root, inputs_of(root, with_groups), 0});
            seen[root] = 1;
            while (!path.empty()) {
                Visit& at = path.back();
                if (at.next == at.inputs.size()) {
                    seen[at.node] = 2;
                    if (with_groups) order_.push_back(at.node);
                    path.pop_back();
                    continue;
                }
                const Node input = at.inputs[at.next++];
                int& state = seen[input];
                if (state == 2) continue;
                if (state == 1) {
                    const auto from = std::find_if(path.begin(), path.end(), [&](const Visit& visit) { return visit.node == input; });
                    std::vector<Node> nodes;
                    std::string circle;
                    for (auto visit = from; visit != path.end(); ++visit) {
                        nodes.push_back(visit->node);
                        circle += node_name(visit->node) + " needs ";
                    }
                    if (ask_less(nodes)) return {};
                    circle += node_name(input);
                    return Error(ErrorKind::unsatisfiable,
                                 with_groups ? "conditions tie values together in a circle: " + circle
                                             : "a value depends on itself: " + circle);
                }
                state = 1;
                path.push_back({input, inputs_of(input, with_groups), 0});
            }
            return {};
        };
        for (TableId id = 0; id < state_.tables.size(); ++id) {
            const TableProgram& table = state_.tables[id];
            if (!table.present) continue;
            for (ColumnId column = 0; column < table.columns.size(); ++column) {
                CONFAB_CHECK(walk({Node::Kind::column, id, column}));
                if (findings_.changed) return {};
            }
            for (std::size_t pick = 0; pick < table.picks.size(); ++pick) {
                CONFAB_CHECK(walk({Node::Kind::pick, id, pick}));
                if (findings_.changed) return {};
            }
            for (std::size_t group = 0; with_groups && group < table.groups.size(); ++group) {
                CONFAB_CHECK(walk({Node::Kind::group, id, group}));
                if (findings_.changed) return {};
            }
        }
    }
    return {};
}

}  // namespace confab::engine
