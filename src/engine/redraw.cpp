// Groups: columns that clauses tie together are drawn, checked and, row by row, drawn again.
#include <algorithm>
#include <cassert>

#include "base/text.hpp"
#include "engine/evaluator.hpp"
#include "engine/values.hpp"

namespace confab::engine {

void Evaluator::attempt(Frame& frame, std::size_t index, std::vector<std::uint32_t>& failed,
                        std::vector<std::uint8_t>* unmet) {
    const Group& group = frame.table->groups[index];
    const std::size_t count = frame.rows.size();
    failed.assign(count, 0);
    if (unmet != nullptr) unmet->assign(count, 0);
    frame.groups[index] = Slot::Status::busy;
    for (const std::size_t foreign_key : group.picks) pick(frame, foreign_key);
    for (const schema::ColumnId member : group.columns) column(frame, member);
    Vector result;
    for (std::size_t number = 0; number < group.clauses.size(); ++number) {
        const Clause& clause = group.clauses[number];
        const auto code = static_cast<std::uint32_t>(number + 1);
        if (clause.preferred) {
            if (unmet != nullptr) find_unmet(frame, clause, *unmet);
            continue;
        }
        if (clause.condition) {
            run(frame, clause.condition, result);
            const auto* holds = result.data<std::uint8_t>();
            for (std::size_t i = 0; i < count; ++i) {
                const bool ok = result.is_null(i) ? clause.null_holds : holds[i] != 0;
                if (!ok && failed[i] == 0) failed[i] = code;
            }
            if (scratch_.any_error) {
                for (std::size_t i = 0; i < count; ++i) {
                    if (scratch_.errors[i] != 0 && failed[i] == 0) failed[i] = code;
                }
            }
            continue;
        }
        const Vector& value = clause.not_null != none ? column(frame, clause.not_null) : pick(frame, clause.found_parent);
        if (!value.has_nulls()) continue;
        // A reference of which a column is NULL binds nothing.
        std::vector<std::uint64_t> bound(count, 1);
        if (clause.found_parent != none) {
            hash_reads(frame, frame.table->picks[clause.found_parent].own_reads, false, bound);
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (value.is_null(i) && bound[i] != 0 && failed[i] == 0) failed[i] = code;
        }
    }
    if (!frame.spent.empty()) {
        for (std::size_t i = 0; i < count; ++i) {
            if (frame.spent[i] != 0) failed[i] = spent_attempt;
        }
    }
}

void Evaluator::find_unmet(Frame& frame, const Clause& clause, std::vector<std::uint8_t>& unmet) {
    Vector result;
    run(frame, clause.condition, result);
    const auto* holds = result.data<std::uint8_t>();
    for (std::size_t i = 0; i < unmet.size(); ++i) {
        const bool ok = (result.is_null(i) || holds[i] != 0) && !(scratch_.any_error && scratch_.errors[i] != 0);
        unmet[i] = unmet[i] != 0 || !ok ? 1 : 0;
    }
}

void Evaluator::resolve(Frame& frame, std::size_t index) {
    const Group& group = frame.table->groups[index];
    std::vector<std::size_t> settled;  // the preparing pass has chosen their attempt
    if (!group.exceptions.empty()) {
        for (std::size_t i = 0; i < frame.rows.size(); ++i) {
            const auto exception = group.exceptions.find(frame.rows[i]);
            if (exception == group.exceptions.end()) continue;
            if (frame.attempts[index].empty()) frame.attempts[index].assign(frame.rows.size(), 0);
            frame.attempts[index][i] = exception->second;
            settled.push_back(i);
        }
    }
    std::vector<std::uint32_t> failed;
    std::vector<std::uint8_t> unmet;
    attempt(frame, index, failed, &unmet);
    for (const std::size_t i : settled) unmet[i] = 0;
    if (group.attempt_limit == 0) std::fill(unmet.begin(), unmet.end(), std::uint8_t{0});
    const auto set = [](auto value) { return value != 0; };
    if (std::any_of(failed.begin(), failed.end(), set) || std::any_of(unmet.begin(), unmet.end(), set)) {
        redraw(frame, index, failed, unmet);
    }
    frame.groups[index] = Slot::Status::ready;
}

void Evaluator::adopt(Frame& frame, std::size_t position, Frame& drawn, std::size_t drawn_position, std::size_t index) {
    const Group& group = frame.table->groups[index];
    for (const std::size_t foreign_key : group.picks) {
        copy_one(drawn.picks[foreign_key].vector, drawn_position, frame.picks[foreign_key].vector, position, true);
    }
    for (const schema::ColumnId member : group.columns) {
        copy_one(drawn.columns[member].vector, drawn_position, frame.columns[member].vector, position, true);
        if (drawn.bases[member].status == Slot::Status::ready && frame.bases[member].status == Slot::Status::ready) {
            copy_one(drawn.bases[member].vector, drawn_position, frame.bases[member].vector, position, true);
        }
    }
    if (frame.attempts[index].empty()) frame.attempts[index].assign(frame.rows.size(), 0);
    frame.attempts[index][position] = drawn.attempts[index][drawn_position];
}

void Evaluator::forget_parents(Frame& frame, std::size_t index) {
    const Group& group = frame.table->groups[index];
    const auto moved = [&](std::size_t foreign_key) {
        return std::find(group.picks.begin(), group.picks.end(), foreign_key) != group.picks.end();
    };
    for (const std::size_t foreign_key : group.picks) {
        if (frame.parents[foreign_key] == nullptr) continue;
        frame.retired.push_back(frame.parents[foreign_key]);
        frame.parents[foreign_key] = nullptr;
    }
    for (std::size_t i = 0; i < frame.reads.size(); ++i) {
        const Read& known = frame.table->reads[i];
        if (!known.path.empty() && moved(known.path.front())) frame.reads[i].status = Slot::Status::empty;
    }
}

void Evaluator::redraw(Frame& frame, std::size_t index, const std::vector<std::uint32_t>& failed,
                       const std::vector<std::uint8_t>& unmet) {
    const Group& group = frame.table->groups[index];
    struct Pending {
        std::size_t position;
        std::uint32_t next;       // attempt
        std::uint32_t wish_until; // the first attempt that preferred clauses are no longer asked of
        bool accepted;            // an attempt was taken over that satisfies all but the preferred clauses
    };
    std::vector<Pending> pending;
    for (std::size_t i = 0; i < failed.size(); ++i) {
        if (failed[i] == 0 && unmet[i] == 0) continue;
        const std::uint32_t next = (frame.attempts[index].empty() ? 0 : frame.attempts[index][i]) + 1;
        pending.push_back({i, next, next + Group::preferred_attempts, failed[i] == 0});
    }
    std::vector<std::uint64_t> rows;
    std::vector<std::uint32_t> again;
    std::vector<std::uint8_t> wishes;
    std::size_t tries = 1;  // attempts of a row at once: more and more as rows become few and stubborn
    while (!pending.empty() && !failure_) {
        tries = std::min({tries * 2, std::max<std::size_t>(1, batch_rows / pending.size()), std::size_t{256}});
        rows.clear();
        for (const Pending& row : pending) rows.insert(rows.end(), tries, frame.rows[row.position]);
        Frame& drawn = open(frame.table->id, rows);
        drawn.attempts[index].resize(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            drawn.attempts[index][i] = pending[i / tries].next + static_cast<std::uint32_t>(i % tries);
        }
        attempt(drawn, index, again, &wishes);
        drawn.groups[index] = Slot::Status::ready;
        std::size_t kept = 0;
        for (std::size_t p = 0; p < pending.size() && !failure_; ++p) {
            Pending row = pending[p];
            bool done = false;
            for (std::size_t t = 0; t < tries && !done; ++t) {
                const std::size_t candidate = p * tries + t;
                if (!row.accepted) ++redraws_[frame.table->id];
                done = row.accepted && row.next + t >= row.wish_until;
                if (again[candidate] != 0 || done) continue;
                done = wishes[candidate] == 0 || row.next + t >= row.wish_until;
                if (done || !row.accepted) adopt(frame, row.position, drawn, candidate, index);
                row.accepted = true;
            }
            row.next += static_cast<std::uint32_t>(tries);
            const std::uint32_t last = again[p * tries + tries - 1];
            const bool spent = last == spent_attempt || row.next > group.attempt_limit;
            if (done || (spent && row.accepted)) continue;
            if (spent) {
                give_up(drawn, index, p * tries, again[p * tries], row.next, last == spent_attempt);
                break;
            }
            pending[kept++] = row;
        }
        pending.resize(std::min(kept, pending.size()));
        close(drawn);
    }
    forget_parents(frame, index);
}

void Evaluator::give_up(Frame& drawn, std::size_t index, std::size_t position, std::uint32_t code, std::uint32_t attempts,
                        bool spent) {
    const Group& group = drawn.table->groups[index];
    const Clause* clause = code != 0 && code != spent_attempt ? &group.clauses[code - 1] : nullptr;
    if (clause == nullptr && !group.clauses.empty()) clause = &group.clauses.front();
    std::string what = clause != nullptr ? clause->kind + " " + clause->name : std::string("a unique key");
    Error error(ErrorKind::unsatisfiable,
                drawn.table->name + ": " + what + " does not hold for row " +
                    grouped(drawn.rows[position] + 1) + " after " + counted(attempts, "attempt") +
                    (spent ? ", and no other values of its unique key are left" : ""));
    error.notes.push_back("one of the rows tried: " + row_text(drawn, index, position));
    error.notes.push_back("give its columns generators whose values satisfy it, or ask for fewer rows");
    if (!failure_) failure_ = Failure{std::move(error), drawn.table->id, index, spent};
}

std::string Evaluator::row_text(Frame& frame, std::size_t index, std::size_t position) {
    const schema::Table& table = state_.schema.tables[frame.table->id];
    std::vector<std::string> values;
    for (const schema::ColumnId member : frame.table->groups[index].columns) {
        values.push_back(table.columns[member].name + " = " +
                         value_text(state_.schema, frame.table->columns[member].type, column(frame, member), position));
    }
    return join(values, ", ");
}

void Evaluator::hash_reads(Frame& frame, const std::vector<std::size_t>& reads, bool nulls_too,
                           std::vector<std::uint64_t>& hashes) {
    const std::size_t count = frame.rows.size();
    hashes.assign(count, 1);
    std::vector<std::uint8_t> unbound(count, 0);
    for (const std::size_t wanted : reads) {
        const Vector& value = read(frame, wanted);
        hash_into(value, hashes.data());
        if (nulls_too || !value.has_nulls()) continue;
        for (std::size_t i = 0; i < count; ++i) unbound[i] = unbound[i] != 0 || value.is_null(i) ? 1 : 0;
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (hashes[i] == 0) hashes[i] = 1;
        if (unbound[i] != 0) hashes[i] = 0;
    }
}

void Evaluator::key_values(Frame& frame, const DistinctKey& key, DistinctValues::Batch& values) {
    const std::size_t count = frame.rows.size();
    std::vector<std::uint64_t>& hashes = values.hashes;
    hash_reads(frame, key.reads, !key.nulls_distinct, hashes);
    Vector value;
    for (const Formula& formula : key.formulas) {
        run(frame, formula, value);
        std::vector<std::uint64_t> mixed(hashes.begin(), hashes.end());
        hash_into(value, mixed.data());
        for (std::size_t i = 0; i < count; ++i) {
            if (hashes[i] == 0) continue;
            hashes[i] = key.nulls_distinct && value.is_null(i) ? 0 : std::max<std::uint64_t>(mixed[i], 1);
        }
    }
    if (key.predicate) {
        run(frame, key.predicate, value);
        for (std::size_t i = 0; i < count; ++i) {
            if (value.is_null(i) || value.data<std::uint8_t>()[i] == 0) hashes[i] = 0;
        }
    }
    if (key.ranges) {
        run(frame, key.ranges, value);
        values.spans.assign(count, {});
        for (std::size_t i = 0; i < count; ++i) {
            if (hashes[i] == 0) continue;
            if (value.is_null(i)) hashes[i] = 0;
            // What cannot be read is taken to overlap everything.
            else if (!parse_range(value.data<std::string_view>()[i], values.spans[i])) parse_range("(,)", values.spans[i]);
        }
    }
}

}  // namespace confab::engine
