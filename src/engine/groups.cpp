// The groups of columns and references that the clauses of a table tie together.
//
// A clause is redrawn by the random columns and picks that it depends on. Elements of a table are numbered:
// columns first, then picks. A group is closed under what is drawn together (one record, one key's numbers) and
// convex: what lies between two of its members is a member.
#include <algorithm>
#include <numeric>

#include "engine/compiler.hpp"

namespace confab::engine {

std::vector<std::size_t> Compiler::read_elements(TableId id, const std::vector<std::size_t>& reads) const {
    const std::size_t columns = state_.tables[id].columns.size();
    std::vector<std::size_t> elements;
    for (const std::size_t index : reads) {
        const Read& read = state_.tables[id].reads[index];
        if (!read.path.empty()) elements.push_back(columns + read.path.front());
        else if (read.kind == Read::Kind::column || read.kind == Read::Kind::base) elements.push_back(read.index);
        else if (read.kind == Read::Kind::parent_row) elements.push_back(columns + read.index);
    }
    return elements;
}

std::vector<std::size_t> Compiler::own_inputs(TableId id, std::size_t element) const {
    const TableProgram& program = state_.tables[id];
    const std::size_t columns = program.columns.size();
    std::vector<std::size_t> elements;
    const auto add = [&](const std::vector<std::size_t>& reads) {
        for (const std::size_t other : read_elements(id, reads)) {
            if (other != element) elements.push_back(other);
        }
    };
    const auto add_digit = [&](const Digit& digit) {
        if (digit.numbers != none && program.key_numbers[digit.numbers].per_parent) {
            elements.push_back(columns + program.layout->foreign_key);
        }
    };
    if (element >= columns) {
        const PickProgram& pick = program.picks[element - columns];
        add(pick.own_reads);
        if (pick.implied != none) add({pick.implied});
        if (pick.existed_at) add(pick.existed_at.reads);
        if (pick.source == PickProgram::Source::digit) add_digit(pick.digit);
        return elements;
    }
    const ColumnProgram& column = program.columns[element];
    if (column.source == ColumnProgram::Source::derived) elements.push_back(columns + column.pick);
    if (column.source == ColumnProgram::Source::ordinal) elements.push_back(columns + program.layout->foreign_key);
    if (column.source == ColumnProgram::Source::pick) add_digit(column.digit);
    if (column.formula) add(column.formula.reads);
    for (const Formula& input : column.inputs) add(input.reads);
    for (const OverrideProgram& change : column.overrides) {
        if (change.when) add(change.when.reads);
        add(change.value.reads);
    }
    return elements;
}

bool Compiler::is_random(TableId id, std::size_t element) const {
    const TableProgram& program = state_.tables[id];
    if (element >= program.columns.size()) {
        using Source = PickProgram::Source;
        const PickProgram& pick = program.picks[element - program.columns.size()];
        return pick.null_limit != 0 || pick.source == Source::skewed || pick.source == Source::ascending ||
               pick.source == Source::digit || (pick.source == Source::forest && pick.parents > 1) ||
               pick.source == Source::restricted;
    }
    const ColumnProgram& column = program.columns[element];
    return column.source == ColumnProgram::Source::draw || column.source == ColumnProgram::Source::pick ||
           column.null_limit != 0 || column.events_redrawn;
}

// A row that is drawn again must not change the rows that refer to it: where a condition ties a column of a tree to the
// key that it refers to, the tree is left without branches.
Status Compiler::cut_trees(TableId id) {
    TableProgram& program = state_.tables[id];
    for (const ColumnProgram& column : program.columns) {
        if (column.source != ColumnProgram::Source::derived || column.group == none) continue;
        PickProgram& pick = program.picks[column.pick];
        if (pick.parent != id || program.columns[column.parent_column].group != column.group) continue;
        const std::string& name = state_.schema.tables[id].foreign_keys[column.pick].name;
        if (!pick.may_be_null) {
            return Error(ErrorKind::unsatisfiable, program.name + ": foreign key " + name +
                                                       ": conditions tie the rows to those that they refer to in a circle");
        }
        if (pick.null_limit == UINT64_MAX) continue;
        pick.null_limit = UINT64_MAX;
        pick.roots = std::max<std::uint64_t>(program.rows, 1);
        state_.warnings.push_back(program.name + ": \"" + name + "\" is NULL in every row: conditions tie its columns to the key that it refers to");
    }
    return {};
}

Status Compiler::make_groups(TableId id) {
    TableProgram& program = state_.tables[id];
    const std::size_t columns = program.columns.size();
    const std::size_t elements = columns + program.picks.size();
    TableClauses& table = clauses_[id];
    if (table.clauses.empty() && table.keys.empty()) return {};

    std::vector<std::vector<std::size_t>> inputs(elements);
    for (std::size_t element = 0; element < elements; ++element) inputs[element] = own_inputs(id, element);
    // Everything upstream of an element, itself included.
    std::vector<std::vector<bool>> upstream(elements);
    const auto upstream_of = [&](std::size_t element) -> const std::vector<bool>& {
        std::vector<bool>& seen = upstream[element];
        if (!seen.empty()) return seen;
        seen.assign(elements, false);
        std::vector<std::size_t> open{element};
        while (!open.empty()) {
            const std::size_t at = open.back();
            open.pop_back();
            if (seen[at]) continue;
            seen[at] = true;
            open.insert(open.end(), inputs[at].begin(), inputs[at].end());
        }
        return seen;
    };

    // Union-find over elements; each clause joins what it redraws.
    std::vector<std::size_t> parent(elements);
    std::iota(parent.begin(), parent.end(), 0);
    const auto find = [&](std::size_t element) {
        while (parent[element] != element) element = parent[element] = parent[parent[element]];
        return element;
    };
    std::vector<bool> member(elements, false);
    const auto join_elements = [&](std::size_t first, std::size_t other) { parent[find(other)] = find(first); };
    // What other rows of the table refer to has to stay where the row's own reference can be drawn again instead.
    const auto referred_to = [&](const std::vector<std::size_t>& seeds) {
        std::vector<bool> stays(elements, false);
        for (std::size_t pick = 0; pick < program.picks.size(); ++pick) {
            const bool read = std::any_of(seeds.begin(), seeds.end(), [&](std::size_t seed) { return upstream_of(seed)[columns + pick]; });
            if (program.picks[pick].parent != id || !read) continue;
            const schema::ForeignKey& key = state_.schema.tables[id].foreign_keys[pick];
            for (std::size_t i = 0; i < key.columns.size(); ++i) {
                const ColumnProgram& own = program.columns[key.columns[i]];
                if (own.source == ColumnProgram::Source::derived && own.pick == pick) stays[key.parent_columns[i]] = true;
            }
        }
        return stays;
    };
    const auto redrawn_by = [&](const std::vector<std::size_t>& seeds, bool wide, const std::vector<bool>& stays) {
        std::vector<bool> taken(elements, false);
        std::vector<std::size_t> open = seeds;
        while (!open.empty()) {
            const std::size_t at = open.back();
            open.pop_back();
            if (taken[at] || stays[at]) continue;
            taken[at] = true;
            if (is_random(id, at) && !wide) {
                // A restricted pick is only as free as what restricts it, unless it can do without.
                const bool bound = at >= columns && program.picks[at - columns].source == PickProgram::Source::restricted &&
                                   (!program.picks[at - columns].or_any || program.picks[at - columns].seeks);
                if (!bound) continue;
            }
            open.insert(open.end(), inputs[at].begin(), inputs[at].end());
        }
        return taken;
    };
    const auto seeds_of_clause = [&](const Clause& clause) {
        if (clause.condition) return read_elements(id, clause.condition.reads);
        return std::vector<std::size_t>{clause.not_null != none ? clause.not_null : columns + clause.found_parent};
    };
    const auto seeds_of_key = [&](const DistinctKey& key) {
        std::vector<std::size_t> seeds = read_elements(id, key.reads);
        for (const Formula* formula : {&key.predicate, &key.ranges}) {
            if (!*formula) continue;
            for (const std::size_t element : read_elements(id, formula->reads)) seeds.push_back(element);
        }
        for (const Formula& formula : key.formulas) {
            for (const std::size_t element : read_elements(id, formula.reads)) seeds.push_back(element);
        }
        return seeds;
    };
    std::vector<std::size_t> anchor;  // an element of each clause's, then each key's group
    const auto take = [&](const std::vector<std::size_t>& seeds, bool wide, const std::vector<bool>& stays) {
        const std::vector<bool> taken = redrawn_by(seeds, wide, stays);
        // Elements that no redraw can change are left out.
        std::size_t first = none;
        for (std::size_t element = 0; element < elements; ++element) {
            if (!taken[element]) continue;
            const std::vector<bool>& above = upstream_of(element);
            bool moves = false;
            for (std::size_t other = 0; other < elements && !moves; ++other) {
                moves = above[other] && taken[other] && is_random(id, other);
            }
            if (!moves) continue;
            member[element] = true;
            if (first == none) first = element;
            else join_elements(first, element);
        }
        if (first == none && !seeds.empty()) {
            const auto own = std::find_if(seeds.begin(), seeds.end(), [&](std::size_t seed) { return !stays[seed]; });
            first = own != seeds.end() ? *own : seeds.front();
            member[first] = true;
        }
        anchor.push_back(first);
    };
    const std::vector<bool> nothing(elements, false);
    for (const Clause& clause : table.clauses) {
        const std::vector<std::size_t> seeds = seeds_of_clause(clause);
        const bool wide = findings_.wide.contains({id, clause.name});
        take(seeds, wide, wide ? nothing : referred_to(seeds));
    }
    for (const DistinctKey& key : table.keys) {
        const std::vector<std::size_t> seeds = seeds_of_key(key);
        take(seeds, findings_.wide.contains({id, key.name}), referred_to(seeds));
    }

    // Closure: one record, one key's numbers, and what lies in between.
    for (bool moved = true; moved;) {
        moved = false;
        const auto include = [&](std::size_t element, std::size_t with) {
            if (member[element] && find(element) == find(with)) return;
            member[element] = true;
            join_elements(with, element);
            moved = true;
        };
        for (std::size_t element = 0; element < elements; ++element) {
            if (!member[element]) continue;
            const auto digit_of = [&](std::size_t other) {
                if (other >= columns) {
                    const PickProgram& pick = program.picks[other - columns];
                    return pick.source == PickProgram::Source::digit ? pick.digit.numbers : none;
                }
                return program.columns[other].source == ColumnProgram::Source::pick ? program.columns[other].digit.numbers : none;
            };
            const std::size_t numbers = digit_of(element);
            for (std::size_t other = 0; other < elements; ++other) {
                if (numbers != none && digit_of(other) == numbers) include(other, element);
            }
            if (element < columns && program.columns[element].kernel != nullptr) {
                const std::string group = program.columns[element].kernel->group();
                for (std::size_t other = 0; other < columns && !group.empty(); ++other) {
                    const ColumnProgram& sibling = program.columns[other];
                    if (sibling.kernel != nullptr && sibling.kernel->group() == group) include(other, element);
                }
            }
        }
        for (std::size_t between = 0; between < elements; ++between) {
            // Groups upstream of it, and whether it is itself upstream of a member of one of those.
            const std::vector<bool>& above = upstream_of(between);
            for (std::size_t low = 0; low < elements; ++low) {
                if (!member[low] || low == between || !upstream_of(low)[between]) continue;
                for (std::size_t high = 0; high < elements; ++high) {
                    if (high == between || !above[high] || !member[high] || find(high) != find(low)) continue;
                    include(between, low);
                }
            }
        }
    }

    std::vector<std::size_t> group_of(elements, none);
    for (std::size_t element = 0; element < elements; ++element) {
        if (!member[element]) continue;
        const std::size_t root = find(element);
        if (group_of[root] == none) {
            group_of[root] = program.groups.size();
            program.groups.emplace_back();
        }
        const std::size_t group = group_of[root];
        if (element < columns) {
            program.groups[group].columns.push_back(element);
            program.columns[element].group = group;
            if (program.columns[element].source == ColumnProgram::Source::pick) {
                program.key_numbers[program.columns[element].digit.numbers].group = group;
            }
        } else {
            program.groups[group].picks.push_back(element - columns);
            program.picks[element - columns].group = group;
            if (program.picks[element - columns].source == PickProgram::Source::digit) {
                program.key_numbers[program.picks[element - columns].digit.numbers].group = group;
            }
        }
    }
    // A clause over nothing of its own (constants) has no group; it is checked with the first column.
    for (std::size_t i = 0; i < anchor.size(); ++i) {
        std::size_t group = anchor[i] == none ? none : group_of[find(anchor[i])];
        if (group == none) {
            if (program.groups.empty()) program.groups.emplace_back();
            group = 0;
        }
        if (i < table.clauses.size()) program.groups[group].clauses.push_back(std::move(table.clauses[i]));
        else program.groups[group].keys.push_back(std::move(table.keys[i - table.clauses.size()]));
    }
    CONFAB_CHECK(cut_trees(id));
    for (Group& group : program.groups) {
        bool redrawable = false;
        for (const ColumnId column : group.columns) redrawable = redrawable || is_random(id, column);
        for (const std::size_t pick : group.picks) redrawable = redrawable || is_random(id, columns + pick);
        if (redrawable) continue;
        // Times of events keep to the order of the rows, unless nothing else is there to be drawn again.
        for (const ColumnId column : group.columns) {
            program.columns[column].events_redrawn = program.columns[column].source == ColumnProgram::Source::event_time;
            redrawable = redrawable || program.columns[column].events_redrawn;
        }
        if (!redrawable) group.attempt_limit = 0;
    }
    return {};
}

}  // namespace confab::engine
