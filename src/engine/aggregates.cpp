#include "engine/aggregates.hpp"

#include <algorithm>

#include "engine/evaluator.hpp"
#include "engine/values.hpp"

namespace confab::engine {

namespace {

using expr::Aggregate;

Int128 power_of_ten(int exponent) {
    Int128 power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

// value × 10^from → × 10^to, halves away from zero.
Int128 rescale(Int128 value, int from, int to) {
    if (to >= from) return value * power_of_ten(to - from);
    const Int128 divisor = power_of_ten(from - to);
    const Int128 half = divisor / 2;
    return value >= 0 ? (value + half) / divisor : (value - half) / divisor;
}

Int128 exact_of(const Vector& vector, std::size_t i) {
    switch (vector.kind()) {
        case Physical::boolean: return vector.data<std::uint8_t>()[i];
        case Physical::wide: return vector.data<Int128>()[i];
        default: return vector.data<std::int64_t>()[i];
    }
}

}  // namespace

Totals::Totals(Aggregate function, std::size_t groups) : function_(function), counts_(groups, 0) {}

void Totals::add(std::size_t group, const Vector* value, std::size_t position) {
    if (value == nullptr) {
        ++counts_[group];
        return;
    }
    if (value->is_null(position)) return;
    const bool first = counts_[group]++ == 0;
    if (function_ == Aggregate::count) return;
    kind_ = value->kind();
    scale_ = value->scale();
    const bool smaller = function_ == Aggregate::min || function_ == Aggregate::bool_and;
    const bool extreme = smaller || function_ == Aggregate::max || function_ == Aggregate::bool_or;
    switch (value->kind()) {
        case Physical::text: {
            if (texts_.empty()) texts_.resize(counts_.size());
            const std::string_view text = value->data<std::string_view>()[position];
            if (first || (smaller ? text < texts_[group] : text > texts_[group])) texts_[group] = text;
            return;
        }
        case Physical::float64: {
            if (floating_.empty()) floating_.resize(counts_.size());
            const double number = value->data<double>()[position];
            double& total = floating_[group];
            if (!extreme) total += number;
            else if (first || (smaller ? number < total : number > total)) total = number;
            return;
        }
        case Physical::interval: return;  // refused by compile
        default: {
            if (exact_.empty()) exact_.resize(counts_.size());
            const Int128 number = exact_of(*value, position);
            Int128& total = exact_[group];
            if (!extreme) total += number;
            else if (first || (smaller ? number < total : number > total)) total = number;
            return;
        }
    }
}

void Totals::finish(Physical kind, int scale, Vector& out) const {
    const std::size_t groups = counts_.size();
    out.reset(kind, groups, scale);
    fill_unset(out);
    if (function_ == Aggregate::count) {
        for (std::size_t i = 0; i < groups; ++i) {
            if (kind == Physical::wide) out.data<Int128>()[i] = static_cast<Int128>(counts_[i]) * power_of_ten(scale);
            else out.data<std::int64_t>()[i] = static_cast<std::int64_t>(counts_[i]);
        }
        return;
    }
    const bool average = function_ == Aggregate::avg;
    for (std::size_t i = 0; i < groups; ++i) {
        if (counts_[i] == 0) {
            out.set_null(i);
            continue;
        }
        if (kind_ == Physical::text) {
            if (kind == Physical::text) out.data<std::string_view>()[i] = out.arena().store(texts_[i]);
            continue;
        }
        if (kind_ == Physical::float64) {
            const double total = average ? floating_[i] / static_cast<double>(counts_[i]) : floating_[i];
            if (kind == Physical::float64) out.data<double>()[i] = total;
            continue;
        }
        if (kind == Physical::float64) {
            const double total = static_cast<double>(exact_[i]) / static_cast<double>(power_of_ten(scale_));
            out.data<double>()[i] = average ? total / static_cast<double>(counts_[i]) : total;
            continue;
        }
        Int128 total = exact_[i];
        if (average) {
            // Rounded once, at the result's scale.
            const auto count = static_cast<Int128>(counts_[i]);
            const Int128 scaled = total * power_of_ten(std::max(0, scale - scale_));
            total = (scaled >= 0 ? scaled + count / 2 : scaled - count / 2) / count;
            total = rescale(total, std::max(scale, scale_), scale);
        } else {
            total = rescale(total, scale_, scale);
        }
        if (kind == Physical::boolean) out.data<std::uint8_t>()[i] = total != 0 ? 1 : 0;
        else if (kind == Physical::wide) out.data<Int128>()[i] = total;
        else if (kind == Physical::int64) out.data<std::int64_t>()[i] = static_cast<std::int64_t>(total);
    }
}

std::uint64_t Totals::bytes() const {
    return counts_.size() * 8 + exact_.size() * 16 + floating_.size() * 8 + texts_.size() * sizeof(std::string);
}

const Vector& Evaluator::aggregate(Frame& frame, std::size_t index) {
    Slot& slot = frame.aggregates[index];
    if (slot.status == Slot::Status::ready) return slot.vector;
    slot.status = Slot::Status::busy;
    compute_aggregate(frame, frame.table->aggregates[index], slot.vector);
    slot.status = Slot::Status::ready;
    return slot.vector;
}

void Evaluator::add_children(Frame& children, const AggregateProgram& program, const std::vector<std::size_t>& groups,
                             Totals& totals) {
    const std::size_t count = children.rows.size();
    const Vector* value = nullptr;
    Vector argument;
    Vector filter;
    if (program.filter) run(children, program.filter, filter);
    if (program.argument) {
        run(children, program.argument, argument);
        value = &argument;
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (groups[i] == none) continue;
        if (program.filter && (filter.is_null(i) || filter.data<std::uint8_t>()[i] == 0)) continue;
        totals.add(groups[i], value, i);
    }
}

void Evaluator::compute_aggregate(Frame& frame, const AggregateProgram& program, Vector& out) {
    const std::size_t count = frame.rows.size();
    if (!program.by_layout) {
        const Vector& prepared = *program.prepared;
        out.reset(prepared.kind(), count, prepared.scale());
        fill_unset(out);
        for (std::size_t i = 0; i < count; ++i) {
            copy_one(prepared, static_cast<std::size_t>(frame.rows[i]), out, i, false);
        }
        return;
    }
    Totals totals(program.function, count);
    const schema::TableId child = program.child.table;
    const LayoutProgram& layout = *state_.tables[child].layout;
    std::vector<std::uint64_t> rows;
    std::vector<std::size_t> groups;
    const auto flush = [&] {
        if (rows.empty()) return;
        Frame& children = open(child, rows);
        add_children(children, program, groups, totals);
        close(children);
        rows.clear();
        groups.clear();
    };
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t parent = frame.rows[i];
        if (!layout.parents.empty()) {
            const auto found = std::lower_bound(layout.parents.begin(), layout.parents.end(), parent);
            if (found == layout.parents.end() || *found != parent) continue;
            parent = static_cast<std::uint64_t>(found - layout.parents.begin());
        }
        // A copy: evaluating the children moves the cursor.
        const Layout::Place place = cursors_[child].of_parent(parent);
        for (std::uint64_t j = 0; j < place.count; ++j) {
            rows.push_back(place.first + j);
            groups.push_back(i);
            if (rows.size() == batch_rows) flush();
        }
    }
    flush();
    totals.finish(program.physical, program.scale, out);
}

}  // namespace confab::engine
