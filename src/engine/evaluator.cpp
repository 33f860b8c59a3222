#include "engine/evaluator.hpp"

#include <algorithm>
#include <cassert>

#include "base/random.hpp"
#include "engine/values.hpp"

namespace confab::engine {

namespace {

// Read-only reference to a slot's vector while it is being made: a second request would be a circle, which
// `compile` has excluded.
Vector& begin(Slot& slot) {
    assert(slot.status == Slot::Status::empty);
    slot.status = Slot::Status::busy;
    return slot.vector;
}

}  // namespace

Evaluator::Evaluator(const Program::State& state)
    : state_(state), pools_(state.tables.size()), redraws_(state.tables.size(), 0) {
    cursors_.reserve(state.tables.size());
    static const Layout no_layout;
    for (const TableProgram& table : state.tables) {
        cursors_.emplace_back(table.layout ? table.layout->layout : no_layout);
    }
}

Evaluator::~Evaluator() = default;

Frame& Evaluator::fresh(schema::TableId table, std::size_t rows) {
    Pool& pool = pools_[table];
    const TableProgram& program = state_.tables[table];
    if (pool.free.empty()) {
        auto made = std::make_unique<Frame>();
        made->table = &program;
        made->columns.resize(program.columns.size());
        made->bases.resize(program.columns.size());
        made->picks.resize(program.picks.size());
        made->aggregates.resize(program.aggregates.size());
        made->numbers.resize(program.key_numbers.size());
        made->parents.resize(program.picks.size());
        made->attempts.resize(program.groups.size());
        made->groups.resize(program.groups.size());
        pool.free.push_back(made.get());
        pool.all.push_back(std::move(made));
    }
    Frame& frame = *pool.free.back();
    pool.free.pop_back();
    // While compiling, reads and aggregates may still be added.
    frame.reads.resize(program.reads.size());
    frame.aggregates.resize(program.aggregates.size());
    frame.groups.resize(program.groups.size());
    frame.attempts.resize(program.groups.size());
    frame.numbers.resize(program.key_numbers.size());
    for (auto* slots : {&frame.columns, &frame.bases, &frame.picks, &frame.reads, &frame.aggregates, &frame.numbers}) {
        for (Slot& slot : *slots) slot.status = Slot::Status::empty;
    }
    std::fill(frame.parents.begin(), frame.parents.end(), nullptr);
    for (auto& attempts : frame.attempts) attempts.clear();
    std::fill(frame.groups.begin(), frame.groups.end(), Slot::Status::empty);
    frame.spent.clear();
    frame.placed = false;
    frame.consecutive = false;
    frame.rows.resize(rows);
    return frame;
}

Frame& Evaluator::open(schema::TableId table, RowRange range) {
    const auto count = static_cast<std::size_t>(range.to - range.from);
    Frame& frame = fresh(table, count);
    frame.consecutive = true;
    for (std::size_t i = 0; i < count; ++i) frame.rows[i] = range.from + i;
    return frame;
}

Frame& Evaluator::open(schema::TableId table, const std::vector<std::uint64_t>& rows) {
    Frame& frame = fresh(table, rows.size());
    std::copy(rows.begin(), rows.end(), frame.rows.begin());
    return frame;
}

void Evaluator::close(Frame& frame) {
    for (Frame*& parent : frame.parents) {
        if (parent != nullptr) close(*parent);
        parent = nullptr;
    }
    for (Frame* retired : frame.retired) close(*retired);
    frame.retired.clear();
    pools_[frame.table->id].free.push_back(&frame);
}

const std::uint32_t* Evaluator::attempts_of(const Frame& frame, std::size_t group) const {
    if (group == none || frame.attempts[group].empty()) return nullptr;
    return frame.attempts[group].data();
}

void Evaluator::entropy(const Frame& frame, std::uint64_t stream, const std::uint32_t* attempts) {
    entropy_.resize(frame.rows.size());
    draw_bits(stream, frame.rows.data(), attempts, frame.rows.size(), entropy_.data());
}

Frame& Evaluator::parent_frame(Frame& frame, std::size_t foreign_key) {
    if (frame.parents[foreign_key] != nullptr) return *frame.parents[foreign_key];
    const Vector& picked = pick(frame, foreign_key);
    const PickProgram& program = frame.table->picks[foreign_key];
    Frame& opened = fresh(program.parent, frame.rows.size());
    const auto* rows = picked.data<std::int64_t>();
    for (std::size_t i = 0; i < frame.rows.size(); ++i) {
        // Where there is no parent any row will do: its values are masked, or fill the rest of a key that is partly NULL.
        const auto row = static_cast<std::uint64_t>(rows[i]);
        opened.rows[i] = picked.is_null(i) && (!program.mixed || row >= program.parents) ? 0 : row;
    }
    frame.parents[foreign_key] = &opened;
    return opened;
}

const Vector& Evaluator::read(Frame& frame, std::size_t index) {
    const Read& wanted = frame.table->reads[index];
    if (wanted.path.empty()) {
        if (wanted.kind == Read::Kind::column) return column(frame, wanted.index);
        if (wanted.kind == Read::Kind::base) return base(frame, wanted.index);
        if (wanted.kind == Read::Kind::aggregate) return aggregate(frame, wanted.index);
        if (wanted.kind == Read::Kind::parent_row) return pick(frame, wanted.index);
    }
    Slot& slot = frame.reads[index];
    if (slot.status == Slot::Status::ready) return slot.source != nullptr ? *slot.source : slot.vector;
    begin(slot);
    slot.source = nullptr;
    if (wanted.kind == Read::Kind::as_of) {
        slot.vector.reset(Physical::int64, frame.rows.size());
        std::fill_n(slot.vector.data<std::int64_t>(), frame.rows.size(), state_.as_of + static_cast<std::int64_t>(wanted.index));
        slot.status = Slot::Status::ready;
        return slot.vector;
    }
    std::vector<std::uint8_t> lost;  // rows of which a reference on the path is NULL
    Frame* at = &frame;
    for (const std::size_t step : wanted.path) {
        const Vector& picked = pick(*at, step);
        if (picked.has_nulls()) {
            lost.resize(frame.rows.size(), 0);
            for (std::size_t i = 0; i < lost.size(); ++i) lost[i] = lost[i] != 0 || picked.is_null(i) ? 1 : 0;
        }
        at = &parent_frame(*at, step);
    }
    const Vector* value = nullptr;
    if (at->table->rows == 0) {
        // Nobody to refer to: every row is lost.
        const Physical kind = wanted.kind == Read::Kind::column ? at->table->columns[wanted.index].physical : Physical::int64;
        slot.vector.reset(kind, frame.rows.size());
        fill_unset(slot.vector);
        std::fill_n(slot.vector.mutable_valid(), frame.rows.size(), std::uint8_t{0});
        slot.status = Slot::Status::ready;
        return slot.vector;
    }
    switch (wanted.kind) {
        case Read::Kind::aggregate: value = &aggregate(*at, wanted.index); break;
        case Read::Kind::parent_row: value = &pick(*at, wanted.index); break;
        default: value = &column(*at, wanted.index); break;
    }
    if (lost.empty()) {
        slot.source = value;
    } else {
        copy_all(*value, slot.vector);
        std::uint8_t* valid = slot.vector.mutable_valid();
        for (std::size_t i = 0; i < lost.size(); ++i) {
            if (lost[i] != 0) valid[i] = 0;
        }
    }
    slot.status = Slot::Status::ready;
    return slot.source != nullptr ? *slot.source : slot.vector;
}

void Evaluator::run(Frame& frame, const Formula& formula, Vector& out) {
    const std::size_t base_of_stack = inputs_.size();
    for (const std::size_t wanted : formula.reads) {
        const Vector* value = &read(frame, wanted);
        inputs_.push_back(value);
    }
    formula.program->run(std::span(inputs_).subspan(base_of_stack), frame.rows.size(), scratch_, out);
    inputs_.resize(base_of_stack);
}

const Vector& Evaluator::column(Frame& frame, schema::ColumnId index) {
    Slot& slot = frame.columns[index];
    const ColumnProgram& program = frame.table->columns[index];
    if (program.group != none && frame.groups[program.group] == Slot::Status::empty) resolve(frame, program.group);
    if (slot.status == Slot::Status::ready) return slot.vector;
    begin(slot);
    if (program.overrides.empty()) {
        compute_base(frame, index, slot.vector);
    } else {
        copy_all(base(frame, index), slot.vector);
        apply_overrides(frame, index, slot.vector);
    }
    slot.status = Slot::Status::ready;
    return slot.vector;
}

const Vector& Evaluator::base(Frame& frame, schema::ColumnId index) {
    if (frame.table->columns[index].overrides.empty()) return column(frame, index);
    Slot& slot = frame.bases[index];
    if (slot.status == Slot::Status::ready) return slot.vector;
    begin(slot);
    compute_base(frame, index, slot.vector);
    slot.status = Slot::Status::ready;
    return slot.vector;
}

void Evaluator::compute_base(Frame& frame, schema::ColumnId index, Vector& out) {
    const ColumnProgram& program = frame.table->columns[index];
    const std::size_t count = frame.rows.size();
    using Source = ColumnProgram::Source;
    switch (program.source) {
        case Source::nothing:
            out.reset(program.physical, count, program.scale);
            fill_unset(out);
            std::fill_n(out.mutable_valid(), count, std::uint8_t{0});
            return;
        case Source::sequence:
            fill_sequence(out, program.physical, program.scale, program.start, program.step, frame.rows.data(), count);
            break;
        case Source::ordinal:
            place(frame);
            fill_sequence(out, program.physical, program.scale, program.start, program.step, frame.place_ordinal.data(),
                          count);
            break;
        case Source::draw:
        case Source::pick:
            compute_kernel(frame, program, out);
            break;
        case Source::derived:
            compute_derived(frame, program, out);
            break;
        case Source::formula:
            run(frame, program.formula, out);
            break;
        case Source::event_time: {
            out.reset(Physical::int64, count);
            auto* values = out.data<std::int64_t>();
            const std::uint32_t* attempts = program.events_redrawn ? attempts_of(frame, program.group) : nullptr;
            if (attempts != nullptr) {
                for (std::size_t i = 0; i < count; ++i) values[i] = program.event_time.at(frame.rows[i], attempts[i]);
                entropy(frame, program.stream, attempts);
                rescue(frame, program, attempts, out);
            } else {
                for (std::size_t i = 0; i < count; ++i) values[i] = program.event_time.at(frame.rows[i]);
            }
            break;
        }
    }
    if (program.null_limit != 0) {
        entropy(frame, program.null_stream, attempts_of(frame, program.group));
        std::uint8_t* valid = out.mutable_valid();
        for (std::size_t i = 0; i < count; ++i) {
            valid[i] = static_cast<std::uint8_t>(valid[i] & (entropy_[i] >= program.null_limit ? 1U : 0U));
        }
    }
}

void Evaluator::compute_kernel(Frame& frame, const ColumnProgram& program, Vector& out) {
    const std::size_t count = frame.rows.size();
    const std::size_t base_of_stack = inputs_.size();
    // Inputs that are expressions are evaluated into vectors of their own.
    std::vector<std::unique_ptr<Vector>>& made = kernel_inputs_;
    const std::size_t base_of_made = kernel_inputs_top_;
    for (const Formula& input : program.inputs) {
        if (made.size() == kernel_inputs_top_) made.push_back(std::make_unique<Vector>());
        Vector& value = *made[kernel_inputs_top_++];
        run(frame, input, value);
        inputs_.push_back(&value);
    }
    const std::uint32_t* attempts = attempts_of(frame, program.group);
    if (program.source == ColumnProgram::Source::pick) {
        const std::uint64_t* numbers = key_numbers(frame, program.digit.numbers);
        entropy_.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            entropy_[i] = numbers[i] / program.digit.divisor % program.digit.radix;
        }
    } else {
        entropy(frame, program.stream, attempts);
    }
    const KernelInputs inputs{std::span(inputs_).subspan(base_of_stack)};
    if (program.source == ColumnProgram::Source::pick) {
        program.kernel->pick(entropy_, inputs, out);
    } else {
        program.kernel->draw(entropy_, inputs, out);
        if (attempts != nullptr) rescue(frame, program, attempts, out);
    }
    inputs_.resize(base_of_stack);
    kernel_inputs_top_ = base_of_made;
}

void Evaluator::rescue(const Frame& frame, const ColumnProgram& program, const std::uint32_t* attempts, Vector& out) {
    const std::size_t count = frame.rows.size();
    constexpr std::uint32_t first_rescue = 4;
    constexpr std::uint32_t first_null = 64;
    const std::size_t branches = program.rescues.size();
    for (std::size_t branch = 0; branch < branches; ++branch) {
        bool drawn = false;
        for (std::size_t i = 0; i < count; ++i) {
            if (attempts[i] < first_rescue || attempts[i] % 2 != 0) continue;
            if ((frame.rows[i] + attempts[i] / 2) % branches != branch) continue;
            const Rescue& from = program.rescues[branch];
            if (from.null && !program.not_null) out.set_null(i);
            if (from.kernel == nullptr) continue;
            if (!drawn) from.kernel->draw(entropy_, {}, rescued_);
            drawn = true;
            copy_one(rescued_, i, out, i, true);
        }
    }
    // Last resort: a CHECK also holds when it is NULL.
    for (std::size_t i = 0; i < count && !program.not_null && branches > 0; ++i) {
        if (attempts[i] >= first_null && attempts[i] % 8 == 7) out.set_null(i);
    }
}

void Evaluator::compute_derived(Frame& frame, const ColumnProgram& program, Vector& out) {
    const std::size_t count = frame.rows.size();
    const Vector& picked = pick(frame, program.pick);
    const PickProgram& reference = frame.table->picks[program.pick];
    const ColumnProgram& key = state_.tables[reference.parent].columns[program.parent_column];
    if (program.formula) {
        run(frame, program.formula, out);
    } else if (key.source == ColumnProgram::Source::sequence && key.overrides.empty() && key.null_limit == 0 &&
               key.group == none && reference.parents > 0) {
        // The commonest key is computed here, without opening the parent's frame.
        fill_sequence(out, program.physical, program.scale, key.start, key.step,
                      reinterpret_cast<const std::uint64_t*>(picked.data<std::int64_t>()), count);
    } else if (reference.parents == 0 ||
               ((!program.keeps_value || program.kernel) && picked.has_nulls() && std::count(picked.valid(), picked.valid() + count, 1) == 0)) {
        // Nobody is referred to: the roots of a tree, where looking further up would never end.
        out.reset(program.physical, count, program.scale);
        fill_unset(out);
    } else {
        Frame& parents = parent_frame(frame, program.pick);
        copy_all(column(parents, program.parent_column), out);
    }
    // Of a key that refers to nobody some columns may have to hold values: those of any parent, or some of their own.
    if (picked.has_nulls() && program.keeps_value && program.kernel) {
        entropy(frame, program.stream, attempts_of(frame, frame.table->picks[program.pick].group));
        Vector own;
        program.kernel->draw(entropy_, {}, own);
        for (std::size_t i = 0; i < count; ++i) {
            if (picked.is_null(i)) copy_one(own, i, out, i, true);
        }
    }
    if (picked.has_nulls() && !program.keeps_value && (!program.not_null || reference.may_be_null)) {
        std::uint8_t* valid = out.mutable_valid();
        const std::uint8_t* present = picked.valid();
        for (std::size_t i = 0; i < count; ++i) valid[i] = static_cast<std::uint8_t>(valid[i] & present[i]);
    }
}

void Evaluator::apply_overrides(Frame& frame, schema::ColumnId index, Vector& out) {
    const ColumnProgram& program = frame.table->columns[index];
    const std::size_t count = frame.rows.size();
    for (const OverrideProgram& change : program.overrides) {
        std::vector<std::uint8_t> chosen(count, 1);
        if (change.when) {
            Vector condition;
            run(frame, change.when, condition);
            for (std::size_t i = 0; i < count; ++i) {
                chosen[i] = !condition.is_null(i) && condition.data<std::uint8_t>()[i] != 0 ? 1 : 0;
            }
        }
        if (change.limit != UINT64_MAX) {
            for (std::size_t i = 0; i < count; ++i) {
                if (chosen[i] != 0 && change.rank(frame.rows[i]) >= change.limit) chosen[i] = 0;
            }
        }
        Vector value;
        run(frame, change.value, value);
        for (std::size_t i = 0; i < count; ++i) {
            if (chosen[i] != 0) copy_one(value, i, out, i, true);
        }
    }
}

const std::uint64_t* Evaluator::key_numbers(Frame& frame, std::size_t index) {
    Slot& slot = frame.numbers[index];
    const KeyNumbers& program = frame.table->key_numbers[index];
    const std::size_t count = frame.rows.size();
    if (slot.status == Slot::Status::ready) return reinterpret_cast<std::uint64_t*>(slot.vector.data<std::int64_t>());
    begin(slot);
    slot.vector.reset(Physical::int64, count);
    auto* numbers = reinterpret_cast<std::uint64_t*>(slot.vector.data<std::int64_t>());
    const std::uint32_t* attempts = attempts_of(frame, program.group);
    const auto spend = [&](std::size_t i) {
        if (frame.spent.empty()) frame.spent.assign(count, 0);
        frame.spent[i] = 1;
    };
    if (program.per_parent) {
        place(frame);
        std::uint64_t keyed = UINT64_MAX;
        Bijection permutation;
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t parent = frame.place_parent[i];
            if (parent != keyed) {
                permutation = Bijection(program.capacity, mix(program.stream, parent));
                keyed = parent;
            }
            std::uint64_t position = frame.place_ordinal[i];
            if (attempts != nullptr) position += frame.place_count[i] * attempts[i];
            if (position >= program.capacity) {
                spend(i);
                position %= program.capacity;
            }
            numbers[i] = permutation(position);
        }
    } else {
        for (std::size_t i = 0; i < count; ++i) {
            std::uint64_t position = frame.rows[i];
            if (attempts != nullptr) position += frame.table->rows * attempts[i];
            if (position >= program.capacity) {
                spend(i);
                position %= program.capacity;
            }
            numbers[i] = program.permutation(position);
        }
    }
    slot.status = Slot::Status::ready;
    return numbers;
}

void Evaluator::place(Frame& frame) {
    if (frame.placed) return;
    const std::size_t count = frame.rows.size();
    frame.place_parent.resize(count);
    frame.place_ordinal.resize(count);
    frame.place_count.resize(count);
    Layout::Cursor& cursor = cursors_[frame.table->id];
    const std::vector<std::uint64_t>& parents = frame.table->layout->parents;
    for (std::size_t i = 0; i < count; ++i) {
        const Layout::Place& found = cursor.of_row(frame.rows[i]);
        frame.place_parent[i] = parents.empty() ? found.parent : parents[found.parent];
        frame.place_ordinal[i] = frame.rows[i] - found.first;
        frame.place_count[i] = found.count;
    }
    frame.placed = true;
}

}  // namespace confab::engine
