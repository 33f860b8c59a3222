// Passes over rows that have to come before any row can be made: indexes for restricted references, totals over
// children that are not laid out, keys that only a pass can settle, and samples that show whether the clauses of a
// group can be satisfied at all.
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <unordered_set>

#include "base/text.hpp"
#include "engine/compiler.hpp"
#include "engine/distinct.hpp"
#include "engine/evaluator.hpp"

namespace confab::engine {

namespace {

template <typename Each>
Status for_batches(Evaluator& evaluator, schema::TableId table, std::uint64_t rows, const std::atomic<bool>* cancel, Each each) {
    for (std::uint64_t from = 0; from < rows; from += batch_rows) {
        if (cancel != nullptr && cancel->load()) return Error(ErrorKind::cancelled, "stopped");
        Frame& frame = evaluator.open(table, RowRange{from, std::min<std::uint64_t>(rows, from + batch_rows)});
        CONFAB_CHECK(each(frame));
        if (evaluator.failure()) return evaluator.failure()->error;
        evaluator.close(frame);
    }
    return {};
}

}  // namespace

Status Compiler::prepare() {
    for (const Node& node : order_) {
        switch (node.kind) {
            case Node::Kind::column: break;
            case Node::Kind::pick: {
                const TableProgram& table = state_.tables[node.table];
                if (table.picks[node.index].source == PickProgram::Source::layout) CONFAB_CHECK(prepare_layout(node.table));
                break;
            }
            case Node::Kind::aggregate: CONFAB_CHECK(prepare_aggregate(node.table, node.index)); break;
            case Node::Kind::index: CONFAB_CHECK(prepare_index(node.table, node.index)); break;
            case Node::Kind::group: CONFAB_CHECK(prepare_group(node.table, node.index)); break;
        }
        if (findings_.changed) return {};
    }
    for (TableId id = 0; id < state_.tables.size(); ++id) {
        for (std::size_t pick = 0; pick < state_.tables[id].picks.size(); ++pick) {
            if (state_.tables[id].picks[pick].or_any && !state_.tables[id].picks[pick].by_preference) CONFAB_CHECK(report_agreement(id, pick));
        }
    }
    return {};
}

Status Compiler::prepare_index(TableId id, std::size_t foreign_key) {
    PickProgram& pick = state_.tables[id].picks[foreign_key];
    Evaluator evaluator(state_);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> entries;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> preferred;
    std::vector<std::uint64_t> keys;
    Vector prefers;
    CONFAB_CHECK(for_batches(evaluator, pick.parent, pick.parents, options_.cancel, [&](Frame& frame) -> Status {
        evaluator.hash_reads(frame, pick.parent_reads, false, keys);
        if (pick.preferred) evaluator.run(frame, pick.preferred, prefers);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (keys[i] == 0) continue;
            entries.emplace_back(keys[i], frame.rows[i]);
            if (pick.preferred && !prefers.is_null(i) && prefers.data<std::uint8_t>()[i] != 0) preferred.push_back(entries.back());
        }
        return {};
    }));
    pick.index = state_.indexes.size();
    state_.indexes.emplace_back(std::move(entries));
    if (pick.preferred) {
        pick.preferred_index = state_.indexes.size();
        state_.indexes.emplace_back(std::move(preferred));
    }
    report(id, state_.schema.tables[id].foreign_keys[foreign_key].name, "prepared index", Held::by_construction,
           "which rows of " + state_.tables[pick.parent].name + " it may refer to: " +
               grouped(state_.indexes[pick.index].bytes()) + " bytes");
    return {};
}

Status Compiler::report_agreement(TableId id, std::size_t foreign_key) {
    const PickProgram& pick = state_.tables[id].picks[foreign_key];
    const std::string agreement = reference_of(id, foreign_key)->parameters.at("agrees").get<std::string>();
    const auto held = [&](const char* note) { report(id, agreement, "agreement", Held::by_construction, note); };
    if (pick.smaller_rows_only) {
        held("picked among the earlier rows that agree; without one the row is a root");
        return {};
    }
    if (pick.may_be_null) {
        held("picked among the rows that agree; NULL where there is none");
        return {};
    }
    // Rows from the beginning stand for all of a large table.
    constexpr std::uint64_t most = 1U << 17U;
    const std::uint64_t rows = std::min(state_.tables[id].rows, most);
    Evaluator evaluator(state_);
    std::uint64_t strays = 0;
    std::vector<std::uint64_t> keys;
    CONFAB_CHECK(for_batches(evaluator, id, rows, options_.cancel, [&](Frame& frame) -> Status {
        evaluator.hash_reads(frame, pick.own_reads, false, keys);
        for (const std::uint64_t key : keys) strays += key != 0 && state_.indexes[pick.index].find(key).empty() ? 1 : 0;
        return {};
    }));
    if (strays > 0) {
        report(id, agreement, "agreement", Held::not_enforced,
               "no row agrees with " + counted(strays, "row") + " of " + grouped(rows) + ", which have to refer to any");
    } else if (pick.seeks) {
        report(id, agreement, "agreement", Held::by_retry, "drawn again where no row agrees");
    } else {
        held("picked among the rows that agree");
    }
    return {};
}

Status Compiler::prepare_layout(TableId id) {
    TableProgram& program = state_.tables[id];
    std::vector<std::size_t> followers;
    for (std::size_t pick = 0; pick < program.picks.size(); ++pick) {
        if (follows_layout(id, pick)) followers.push_back(pick);
    }
    if (followers.empty()) return {};
    const PickProgram& layout_pick = program.picks[program.layout->foreign_key];
    std::vector<std::vector<std::size_t>> reads;  // of the layout parent, for each follower
    for (const std::size_t pick : followers) {
        reads.emplace_back();
        for (const std::size_t own : program.picks[pick].own_reads) {
            Read read = program.reads[own];
            read.path.erase(read.path.begin());
            reads.back().push_back(state_.tables[layout_pick.parent].intern(read));
        }
    }
    Evaluator evaluator(state_);
    std::vector<std::uint64_t> eligible;
    std::vector<std::uint64_t> keys;
    CONFAB_CHECK(for_batches(evaluator, layout_pick.parent, layout_pick.parents, options_.cancel, [&](Frame& frame) -> Status {
        std::vector<bool> able(frame.rows.size(), true);
        for (std::size_t f = 0; f < followers.size(); ++f) {
            const RowIndex& index = state_.indexes[program.picks[followers[f]].index];
            evaluator.hash_reads(frame, reads[f], false, keys);
            for (std::size_t i = 0; i < keys.size(); ++i) able[i] = able[i] && keys[i] != 0 && !index.find(keys[i]).empty();
        }
        for (std::size_t i = 0; i < able.size(); ++i) {
            if (able[i]) eligible.push_back(frame.rows[i]);
        }
        return {};
    }));
    if (eligible.size() == layout_pick.parents) return {};
    const std::string& name = state_.schema.tables[id].foreign_keys[program.layout->foreign_key].name;
    LayoutShape shape = program.layout->layout.shape();
    shape.parents = eligible.size();
    if (shape.parents > 0) shape.minimum = std::min(shape.minimum, program.rows / shape.parents);
    const bool capped = shape.maximum != UINT64_MAX;
    const std::uint64_t most = shape.parents == 0 ? 0 : capped && shape.maximum < UINT64_MAX / shape.parents
                                                            ? shape.maximum * shape.parents : UINT64_MAX;
    CONFAB_CHECK(limit_rows(id, most, "\"" + name + "\" allows " + counted(most, "row") + " for the " +
                                          counted(shape.parents, "parent") + " whose rows can agree"));
    report(id, name, "prepared index", Held::by_construction,
           "parents that may have rows: " + grouped(static_cast<std::uint64_t>(eligible.size() * 8)) + " bytes");
    program.layout->parents = std::move(eligible);
    program.layout->layout = Layout(shape);
    return {};
}

Status Compiler::prepare_aggregate(TableId id, std::size_t index) {
    AggregateProgram& aggregate = state_.tables[id].aggregates[index];
    if (aggregate.by_layout) return {};
    Evaluator evaluator(state_);
    Totals totals(aggregate.function, static_cast<std::size_t>(state_.tables[id].rows));
    const TableId child = aggregate.child.table;
    std::vector<std::size_t> groups;
    CONFAB_CHECK(for_batches(evaluator, child, state_.tables[child].rows, options_.cancel, [&](Frame& frame) -> Status {
        const Vector& picked = evaluator.pick(frame, aggregate.child.foreign_key);
        groups.assign(frame.rows.size(), none);
        for (std::size_t i = 0; i < groups.size(); ++i) {
            if (!picked.is_null(i)) groups[i] = static_cast<std::size_t>(picked.data<std::int64_t>()[i]);
        }
        evaluator.add_children(frame, aggregate, groups, totals);
        return {};
    }));
    auto prepared = std::make_shared<Vector>();
    totals.finish(aggregate.physical, aggregate.scale, *prepared);
    aggregate.prepared = std::move(prepared);
    report(id, aggregate.text.empty() ? "count" : aggregate.text, "prepared total", Held::by_construction,
           "over " + state_.tables[child].name + ", which is not laid out by it: " + grouped(totals.bytes()) + " bytes");
    return {};
}

Status Compiler::prepare_group(TableId id, std::size_t index) {
    TableProgram& table = state_.tables[id];
    Group& group = table.groups[index];
    if (table.rows == 0) return {};
    if (!group.clauses.empty()) CONFAB_CHECK(sample_group(id, index));
    if (findings_.changed || group.keys.empty()) return {};

    std::vector<DistinctValues> seen;
    for (const DistinctKey& key : group.keys) seen.emplace_back(static_cast<bool>(key.ranges));
    Evaluator evaluator(state_);
    std::vector<DistinctValues::Batch> values(group.keys.size());
    std::vector<DistinctValues::Batch> tried(group.keys.size());
    const auto clash = [&](const std::vector<DistinctValues::Batch>& batch, std::size_t i) {
        for (std::size_t key = 0; key < seen.size(); ++key) {
            if (seen[key].clashes(batch[key], i)) return key;
        }
        return none;
    };
    const auto take = [&](const std::vector<DistinctValues::Batch>& batch, std::size_t i) {
        for (std::size_t key = 0; key < seen.size(); ++key) seen[key].insert(batch[key], i);
    };
    const auto evaluate = [&](Frame& frame, std::vector<DistinctValues::Batch>& batch) {
        for (std::size_t key = 0; key < seen.size(); ++key) evaluator.key_values(frame, group.keys[key], batch[key]);
    };
    constexpr std::uint32_t most_attempts = 1U << 16U;
    Status passed = for_batches(evaluator, id, table.rows, options_.cancel, [&](Frame& frame) -> Status {
        evaluator.resolve(frame, index);
        if (evaluator.failure()) return {};
        evaluate(frame, values);
        for (std::size_t i = 0; i < frame.rows.size(); ++i) {
            std::size_t blocked = clash(values, i);
            if (blocked == none) {
                take(values, i);
                continue;
            }
            std::uint32_t next = (frame.attempts[index].empty() ? 0 : frame.attempts[index][i]) + 1;
            std::uint32_t tries = 4;
            bool found = false;
            std::vector<std::uint32_t> failed;
            std::vector<std::uint8_t> unmet;
            const std::uint32_t wish_until = next + Group::preferred_attempts;
            std::optional<std::uint32_t> second_best;  // satisfies all but the preferred clauses
            const auto settle = [&](std::uint32_t attempt, std::size_t position) {
                group.exceptions[frame.rows[i]] = attempt;
                take(tried, position);
                found = true;
            };
            while (!found && next < most_attempts && group.attempt_limit > 0) {
                tries = std::min<std::uint32_t>(tries * 2, 512);
                Frame& drawn = evaluator.open(id, std::vector<std::uint64_t>(tries, frame.rows[i]));
                drawn.attempts[index].resize(tries);
                for (std::uint32_t t = 0; t < tries; ++t) drawn.attempts[index][t] = next + t;
                evaluator.attempt(drawn, index, failed, &unmet);
                drawn.groups[index] = Slot::Status::ready;
                evaluate(drawn, tried);
                for (std::uint32_t t = 0; t < tries && !found; ++t) {
                    if (failed[t] != 0) continue;
                    const std::size_t other = clash(tried, t);
                    if (other != none) {
                        blocked = other;
                        continue;
                    }
                    if (unmet[t] == 0 || next + t >= wish_until) settle(next + t, t);
                    else if (!second_best) second_best = next + t;
                }
                evaluator.close(drawn);
                next += tries;
                if (found || !second_best || next < wish_until) continue;
                Frame& again = evaluator.open(id, std::vector<std::uint64_t>(1, frame.rows[i]));
                again.attempts[index].assign(1, *second_best);
                evaluator.attempt(again, index, failed);
                again.groups[index] = Slot::Status::ready;
                evaluate(again, tried);
                settle(*second_best, 0);
                evaluator.close(again);
            }
            if (found) continue;
            bool widened = false;
            for (const DistinctKey& key : group.keys) widened = findings_.wide.insert({id, key.name}).second || widened;
            if (widened) {
                findings_.changed = true;
                return Error(ErrorKind::internal, "starts again");
            }
            const std::string& name = group.keys[blocked].name;
            const std::uint64_t row = frame.rows[i];
            const Status limited = limit_rows(id, row, name + " allows " + counted(row, "distinct row") +
                                                           " of the values that the plan makes");
            if (!limited) return limited.error();
            return Error(ErrorKind::internal, "starts again");
        }
        return {};
    });
    if (findings_.changed) return {};
    return passed;
}

Status Compiler::sample_group(TableId id, std::size_t index) {
    TableProgram& table = state_.tables[id];
    Group& group = table.groups[index];
    constexpr std::uint64_t most = 256;
    std::vector<std::uint64_t> rows;
    const std::uint64_t count = std::min(most, table.rows);
    // The last row is among them: the latest of all events.
    for (std::uint64_t i = 0; i < count; ++i) rows.push_back(i + 1 == count ? table.rows - 1 : i * (table.rows / count));
    const std::uint32_t limit = group.attempt_limit;
    const bool wide = std::all_of(group.clauses.begin(), group.clauses.end(), [&](const Clause& clause) {
        return clause.preferred || findings_.wide.contains({id, clause.name});
    });
    group.attempt_limit = std::min<std::uint32_t>(limit, 1U << 12U);
    constexpr std::size_t few = 8;  // rows that are tried for as long as it takes
    bool rescued = false;
    for (;;) {
        Evaluator evaluator(state_);
        Frame& frame = evaluator.open(id, rows);
        evaluator.resolve(frame, index);
        if (!evaluator.failure()) {
            // Rows that take many attempts: let the checks themselves say what fits.
            constexpr std::uint64_t many = 2;
            if (evaluator.redraws(id) > many * rows.size()) CONFAB_CHECK(add_rescues(id, index));
            break;
        }
        if (!rescued) {
            rescued = true;
            CONFAB_CHECK(add_rescues(id, index));
            continue;
        }
        const Failure& failure = *evaluator.failure();
        if (failure.table != id || failure.group != index) return failure.error;
        if (!wide) {
            for (const Clause& clause : group.clauses) {
                if (!clause.preferred) findings_.wide.insert({id, clause.name});
            }
            findings_.changed = true;
            return {};
        }
        if (move_events(id, index)) {
            findings_.changed = true;
            return {};
        }
        // Values of a permutation cannot be narrowed: a preparing pass keeps them apart instead.
        bool moved = false;
        for (const KeyNumbers& numbers : table.key_numbers) {
            if (numbers.group == index) moved = findings_.by_pass.insert({id, numbers.key}).second || moved;
        }
        if (moved) {
            findings_.changed = true;
            return {};
        }
        if (group.attempt_limit >= limit) return failure.error;
        group.attempt_limit = limit;
        rows.resize(std::min(rows.size(), few));
    }
    group.attempt_limit = limit;
    return {};
}

bool Compiler::move_events(TableId id, std::size_t index) {
    const TableProgram& table = state_.tables[id];
    std::vector<std::size_t> open;
    for (const Clause& clause : table.groups[index].clauses) {
        if (clause.preferred || !clause.condition) continue;
        const std::vector<std::size_t> read = read_elements(id, clause.condition.reads);
        open.insert(open.end(), read.begin(), read.end());
    }
    std::set<std::size_t> upstream;
    bool moved = false;
    while (!open.empty()) {
        const std::size_t element = open.back();
        open.pop_back();
        if (!upstream.insert(element).second) continue;
        const std::vector<std::size_t> inputs = own_inputs(id, element);
        open.insert(open.end(), inputs.begin(), inputs.end());
        if (element >= table.columns.size() || table.columns[element].source != ColumnProgram::Source::event_time) continue;
        moved = findings_.moved_events.insert({id, element}).second || moved;
    }
    return moved;
}

}  // namespace confab::engine
