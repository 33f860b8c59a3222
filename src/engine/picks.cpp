// How a row finds its parent: one function for each PickProgram::Source.
#include <algorithm>
#include <cassert>

#include "base/random.hpp"
#include "engine/evaluator.hpp"
#include "engine/values.hpp"

namespace confab::engine {

namespace {

__extension__ using Wide = unsigned __int128;

// After so many a reference that need not be kept gives way to the checks of its row.
constexpr std::uint32_t most_attempts = 32;

// A rank in [0, size): even for skew 0, and more and more often a low one up to skew 2^16.
// A blend of u, u² and u⁴ on fixed-point numbers.
std::uint64_t skewed_rank(std::uint64_t bits, std::uint64_t size, std::uint32_t skew) {
    if (skew == 0) return bounded(bits, size);
    const std::uint64_t u = bits >> 32U;
    const std::uint64_t squared = (u * u) >> 32U;
    constexpr std::uint64_t one = 1U << 16U;
    constexpr std::uint64_t half = one / 2;
    std::uint64_t position;
    if (skew <= half) {
        position = (u * (half - skew) + squared * skew) / half;
    } else {
        const std::uint64_t fourth = (squared * squared) >> 32U;
        position = (squared * (one - skew) + fourth * (skew - half)) / half;
    }
    // The lower bits fill in what 32 bits of position leave open in large tables.
    const std::uint64_t fine = (position << 32U) | (mix(bits) >> 32U);
    return bounded(fine, size);
}

}  // namespace

const Vector& Evaluator::pick(Frame& frame, std::size_t foreign_key) {
    Slot& slot = frame.picks[foreign_key];
    const PickProgram& program = frame.table->picks[foreign_key];
    if (program.group != none && frame.groups[program.group] == Slot::Status::empty) resolve(frame, program.group);
    if (slot.status == Slot::Status::ready) return slot.vector;
    assert(slot.status == Slot::Status::empty);
    slot.status = Slot::Status::busy;
    compute_pick(frame, foreign_key, slot.vector);
    slot.status = Slot::Status::ready;
    return slot.vector;
}

void Evaluator::compute_pick(Frame& frame, std::size_t foreign_key, Vector& out) {
    const PickProgram& program = frame.table->picks[foreign_key];
    const std::size_t count = frame.rows.size();
    const std::uint64_t parents = program.parents;
    const std::uint32_t* attempts = attempts_of(frame, program.group);
    using Source = PickProgram::Source;
    if (program.source == Source::implied) {
        copy_all(read(frame, program.implied), out);
    } else if (program.source == Source::restricted) {
        pick_restricted(frame, program, out);
    } else if (program.existed_at && parents > 0) {
        pick_existing(frame, program, out);
    } else {
        out.reset(Physical::int64, count);
        auto* rows = out.data<std::uint64_t>();
        if (parents == 0) {
            fill_unset(out);
            std::fill_n(out.mutable_valid(), count, std::uint8_t{0});
            return;
        }
        switch (program.source) {
            case Source::skewed:
                entropy(frame, program.stream, attempts);
                if (program.skew == 0) {
                    for (std::size_t i = 0; i < count; ++i) rows[i] = bounded(entropy_[i], parents);
                } else {
                    for (std::size_t i = 0; i < count; ++i) {
                        rows[i] = program.popularity(skewed_rank(entropy_[i], parents, program.skew));
                    }
                }
                break;
            case Source::same_row:
                std::copy_n(frame.rows.data(), count, rows);
                break;
            case Source::ascending: {
                // The parents are cut into as many pieces as there are rows; each row takes one of its piece.
                const std::uint64_t own = frame.table->rows;
                for (std::size_t i = 0; i < count; ++i) {
                    const std::uint64_t row = frame.rows[i];
                    const auto from = static_cast<std::uint64_t>(static_cast<Wide>(row) * parents / own);
                    const auto to = static_cast<std::uint64_t>((static_cast<Wide>(row) + 1) * parents / own);
                    rows[i] = from + bounded(bits_of(program.stream, row, attempts != nullptr ? attempts[i] : 0), to - from);
                }
                break;
            }
            case Source::permuted:
                for (std::size_t i = 0; i < count; ++i) {
                    rows[i] = program.popularity(frame.rows[i]);
                    if (rows[i] >= parents) {
                        rows[i] = 0;
                        out.set_null(i);
                    }
                }
                break;
            case Source::layout:
                place(frame);
                std::copy_n(frame.place_parent.data(), count, rows);
                break;
            case Source::digit: {
                const std::uint64_t* numbers = key_numbers(frame, program.digit.numbers);
                for (std::size_t i = 0; i < count; ++i) {
                    rows[i] = numbers[i] / program.digit.divisor % program.digit.radix;
                }
                break;
            }
            case Source::forest:
                entropy(frame, program.stream, attempts);
                for (std::size_t i = 0; i < count; ++i) {
                    const std::uint64_t row = frame.rows[i];
                    if (program.no_roots && row < 2) {
                        rows[i] = 1 - row;
                        continue;
                    }
                    const bool gives_way = attempts != nullptr && attempts[i] >= most_attempts;
                    // Rather a later row than one that the conditions refuse.
                    if (gives_way && !program.may_be_null) {
                        rows[i] = bounded(entropy_[i], parents);
                        if (rows[i] == row && program.no_roots) rows[i] = (row + 1) % parents;
                        continue;
                    }
                    if ((row < program.roots && !program.no_roots) || gives_way) {
                        rows[i] = row;
                        if (program.may_be_null) out.set_null(i);
                        continue;
                    }
                    // Between a tenth and a third of the way up: a tree of a few levels.
                    const std::uint64_t low = row / 10;
                    const std::uint64_t high = std::max(low + 1, row / 3);
                    rows[i] = low + bounded(entropy_[i], high - low);
                }
                break;
            case Source::chain:
                for (std::size_t i = 0; i < count; ++i) {
                    const std::uint64_t row = frame.rows[i];
                    rows[i] = row == 0 ? 0 : row - 1;
                    if (row == 0) out.set_null(i);
                }
                break;
            case Source::ring:
                for (std::size_t i = 0; i < count; ++i) rows[i] = (frame.rows[i] + 1) % parents;
                break;
            case Source::restricted:
            case Source::implied: break;
        }
    }
    if (program.null_limit != 0) {
        entropy(frame, program.null_stream, attempts);
        std::uint8_t* valid = out.mutable_valid();
        for (std::size_t i = 0; i < count; ++i) {
            valid[i] = static_cast<std::uint8_t>(valid[i] & (entropy_[i] >= program.null_limit ? 1U : 0U));
        }
    }
    if (program.covers && program.source == Source::skewed && parents > 0) cover_parents(frame, program, out);
}

void Evaluator::cover_parents(Frame& frame, const PickProgram& program, Vector& out) {
    const std::uint64_t children = frame.table->rows;
    const std::uint64_t parents = program.parents;
    const std::uint32_t* attempts = attempts_of(frame, program.group);
    auto* rows = out.data<std::uint64_t>();
    for (std::size_t i = 0; i < frame.rows.size(); ++i) {
        if (attempts != nullptr && attempts[i] > 0) continue;
        const std::uint64_t row = frame.rows[i];
        std::uint64_t parent;
        if (program.existed_at) {
            // Both ascend in time: the rows are cut into as many pieces as there are parents, one of each is for its
            // parent, unless that came about later.
            parent = static_cast<std::uint64_t>(static_cast<Wide>(row) * parents / children);
            const auto from = static_cast<std::uint64_t>((static_cast<Wide>(parent) * children + parents - 1) / parents);
            const auto to = static_cast<std::uint64_t>((static_cast<Wide>(parent + 1) * children + parents - 1) / parents);
            if (row != from + bounded(bits_of(mix(program.stream, 3), parent), to - from)) continue;
            if (parent >= existing_[i]) continue;
        } else {
            parent = program.cover(row);
            if (parent >= parents) continue;
        }
        rows[i] = parent;
        if (out.has_nulls()) out.mutable_valid()[i] = 1;
    }
}

void Evaluator::pick_restricted(Frame& frame, const PickProgram& program, Vector& out) {
    const std::size_t count = frame.rows.size();
    std::vector<std::uint64_t> keys;
    hash_reads(frame, program.own_reads, false, keys);
    std::vector<std::uint64_t> existing;
    if (program.existed_at) {
        find_existing(frame, program);
        existing = existing_;
    }
    out.reset(Physical::int64, count);
    auto* rows = out.data<std::uint64_t>();
    const RowIndex& index = state_.indexes[program.index];
    const RowIndex* preferred = program.preferred_index != none ? &state_.indexes[program.preferred_index] : nullptr;
    const std::uint32_t* attempts = attempts_of(frame, program.group);
    entropy(frame, program.stream, attempts);
    for (std::size_t i = 0; i < count; ++i) {
        const auto candidates_of = [&](const RowIndex& of) {
            std::span<const std::uint64_t> found;
            if (keys[i] != 0) found = of.find(keys[i]);
            const std::uint64_t below = program.smaller_rows_only ? frame.rows[i] : existing.empty() ? UINT64_MAX : existing[i];
            if (below == UINT64_MAX) return found;
            return found.first(static_cast<std::size_t>(std::lower_bound(found.begin(), found.end(), below) - found.begin()));
        };
        std::span<const std::uint64_t> candidates;
        if (preferred != nullptr) candidates = candidates_of(*preferred);
        if (candidates.empty()) candidates = candidates_of(index);
        if (program.smaller_rows_only) {
            if (!candidates.empty() && program.root_share != 0 && !program.no_roots && mix(entropy_[i]) < program.root_share) candidates = {};
            if (candidates.empty()) {
                rows[i] = frame.rows[i];  // a root of its group
                if (program.no_roots) rows[i] = rows[i] < 2 ? 1 - rows[i] : bounded(entropy_[i], rows[i]);
                if (program.may_be_null) out.set_null(i);
                continue;
            }
        }
        const std::uint32_t attempt = attempts != nullptr ? attempts[i] : 0;
        const bool given_up = program.or_any && attempt >= std::max(most_attempts, program.seeking_attempts);
        if (!candidates.empty() && !given_up) {
            rows[i] = candidates[skewed_rank(entropy_[i], candidates.size(), program.skew)];
            continue;
        }
        // Rather one that did not exist yet than one that does not agree.
        if (!program.may_be_null && keys[i] != 0) candidates = index.find(keys[i]);
        const bool seeks = program.seeks && keys[i] != 0 && candidates.empty() && attempt < program.seeking_attempts;
        if (!candidates.empty() && !given_up) {
            rows[i] = candidates[attempt == 0 ? 0 : bounded(entropy_[i], candidates.size())];
        } else if (program.or_any && !program.may_be_null && program.parents > 0 && !seeks) {
            rows[i] = bounded(entropy_[i], program.parents);
        } else {
            rows[i] = 0;
            out.set_null(i);
        }
    }
}

void Evaluator::find_existing(Frame& frame, const PickProgram& program) {
    const std::size_t count = frame.rows.size();
    Vector times;
    run(frame, program.existed_at, times);
    const EventTime& events = state_.tables[program.parent].columns[program.parent_event].event_time;
    existing_.assign(count, program.parents);
    for (std::size_t i = 0; i < count; ++i) {
        if (times.is_null(i)) continue;
        existing_[i] = events.rows_until(times.data<std::int64_t>()[i] * program.time_multiply / program.time_divide);
    }
}

void Evaluator::pick_existing(Frame& frame, const PickProgram& program, Vector& out) {
    const std::size_t count = frame.rows.size();
    find_existing(frame, program);
    out.reset(Physical::int64, count);
    auto* rows = out.data<std::uint64_t>();
    const std::uint32_t* attempts = attempts_of(frame, program.group);
    entropy(frame, program.stream, attempts);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t existing = existing_[i];
        if (existing == 0) {
            // The earliest is the nearest; where that one does not fit, any.
            const bool again = attempts != nullptr && attempts[i] > 0;
            rows[i] = again ? bounded(entropy_[i], program.parents) : 0;
            if (program.may_be_null) out.set_null(i);
            continue;
        }
        std::uint64_t bits = entropy_[i];
        std::uint64_t row = program.parents;
        // The same parents are popular at all times: draw among all of them, and again when it did not exist yet.
        for (int tries = 0; tries < 6 && row >= existing; ++tries, bits = mix(bits)) {
            row = program.popularity(skewed_rank(bits, program.parents, program.skew));
        }
        rows[i] = row < existing ? row : bounded(bits, existing);
    }
}

}  // namespace confab::engine
