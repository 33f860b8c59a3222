// Walks a bound tree once per batch. Errors of rows that PostgreSQL would not evaluate (behind a CASE, or to
// the right of an AND that is already false) do not count: `active` says which rows do.
#include <algorithm>

#include "expr/compare.hpp"
#include "expr/kernel.hpp"

namespace confab::expr {

Vector& Context::acquire() {
    if (top_ == scratch_.vectors.size()) scratch_.vectors.push_back(std::make_unique<Vector>());
    return *scratch_.vectors[top_++];
}

namespace {

// Narrows the active rows for the life of the object.
class ActiveScope {
  public:
    ActiveScope(Context& context, const std::uint8_t* active) : context_(context), before_(context.active()) {
        context.set_active(active);
    }
    ActiveScope(const ActiveScope&) = delete;
    ActiveScope& operator=(const ActiveScope&) = delete;
    ~ActiveScope() { context_.set_active(before_); }

  private:
    Context& context_;
    const std::uint8_t* before_;
};

void merge_nulls(Vector& out, const Operand& operand, std::size_t rows) {
    if (!operand.vector->has_nulls()) return;
    std::uint8_t* valid = out.mutable_valid();
    if (operand.constant) {
        if (operand.vector->is_null(0)) std::fill_n(valid, rows, std::uint8_t{0});
        return;
    }
    const std::uint8_t* other = operand.vector->valid();
    for (std::size_t i = 0; i < rows; ++i) valid[i] = static_cast<std::uint8_t>(valid[i] & other[i]);
}

void evaluate_call(const Node& node, Context& context, Vector& out) {
    constexpr std::size_t inline_args = 4;
    Operand few[inline_args];
    std::vector<Operand> many;
    std::span<Operand> operands(few, std::min(node.args.size(), inline_args));
    if (node.args.size() > inline_args) {
        many.resize(node.args.size());
        operands = many;
    }
    for (std::size_t i = 0; i < node.args.size(); ++i) operands[i] = evaluate(*node.args[i], context);
    out.reset(node.physical, context.rows(), node.scale);
    if (node.strict) {
        for (const Operand& operand : operands) merge_nulls(out, operand, context.rows());
    }
    Call call{node, operands, context.rows(), out, context};
    node.kernel(call);
}

// AND and OR: `decisive` is the value that settles a row.
void evaluate_junction(const Node& node, Context& context, Vector& out, bool decisive) {
    const std::size_t rows = context.rows();
    const auto neutral = static_cast<std::uint8_t>(decisive ? 0 : 1);
    out.reset(Physical::boolean, rows);
    std::uint8_t* result = out.data<std::uint8_t>();
    std::fill_n(result, rows, neutral);
    for (const NodePtr& arg : node.args) {
        const std::size_t mark = context.mark();
        const std::uint8_t* active = context.active();
        if (arg->may_fail && arg != node.args.front()) {
            Vector& open = context.acquire();
            open.reset(Physical::boolean, rows);
            std::uint8_t* mask = open.data<std::uint8_t>();
            for (std::size_t i = 0; i < rows; ++i) {
                const bool settled = (result[i] != neutral) && !out.is_null(i);
                mask[i] = !settled && (active == nullptr || active[i] != 0) ? 1 : 0;
            }
            active = mask;
        }
        const ActiveScope scope(context, active);
        const Operand operand = evaluate(*arg, context);
        const std::uint8_t* value = operand.vector->data<std::uint8_t>();
        if (!operand.vector->has_nulls() && !out.has_nulls() && !operand.constant) {
            if (decisive) {
                for (std::size_t i = 0; i < rows; ++i) result[i] = static_cast<std::uint8_t>(result[i] | value[i]);
            } else {
                for (std::size_t i = 0; i < rows; ++i) result[i] = static_cast<std::uint8_t>(result[i] & value[i]);
            }
        } else {
            std::uint8_t* valid = out.mutable_valid();
            for (std::size_t i = 0; i < rows; ++i) {
                const bool null = operand.is_null(i);
                const bool settles = !null && (operand.at<std::uint8_t>(i) != neutral);
                const bool settled = valid[i] != 0 && result[i] != neutral;
                if (settled) continue;
                if (settles) {
                    valid[i] = 1;
                    result[i] = static_cast<std::uint8_t>(1 - neutral);
                } else if (null) {
                    valid[i] = 0;
                }
            }
        }
        context.release(mark);
    }
}

void evaluate_negation(const Node& node, Context& context, Vector& out) {
    const Operand operand = evaluate(*node.args[0], context);
    out.reset(Physical::boolean, context.rows());
    merge_nulls(out, operand, context.rows());
    std::uint8_t* result = out.data<std::uint8_t>();
    for (std::size_t i = 0; i < context.rows(); ++i) result[i] = operand.at<std::uint8_t>(i) != 0 ? 0 : 1;
}

void evaluate_is_null(const Node& node, Context& context, Vector& out) {
    const Operand operand = evaluate(*node.args[0], context);
    out.reset(Physical::boolean, context.rows());
    std::uint8_t* result = out.data<std::uint8_t>();
    for (std::size_t i = 0; i < context.rows(); ++i) result[i] = operand.is_null(i) != node.inverted ? 1 : 0;
}

void evaluate_is_truth(const Node& node, Context& context, Vector& out) {
    const Operand operand = evaluate(*node.args[0], context);
    out.reset(Physical::boolean, context.rows());
    std::uint8_t* result = out.data<std::uint8_t>();
    const bool wants_null = node.name == "UNKNOWN";
    const bool wanted = node.name == "TRUE";
    for (std::size_t i = 0; i < context.rows(); ++i) {
        const bool null = operand.is_null(i);
        const bool holds = wants_null ? null : !null && (operand.at<std::uint8_t>(i) != 0) == wanted;
        result[i] = holds != node.inverted ? 1 : 0;
    }
}

// args[0] and args[1] have one type; `node.kernel` compares them for equality.
void evaluate_is_distinct(const Node& node, Context& context, Vector& out) {
    const Operand operands[2] = {evaluate(*node.args[0], context), evaluate(*node.args[1], context)};
    const std::size_t rows = context.rows();
    out.reset(Physical::boolean, rows);
    for (const Operand& operand : operands) merge_nulls(out, operand, rows);
    Call call{node, operands, rows, out, context};
    node.kernel(call);
    std::uint8_t* result = out.data<std::uint8_t>();
    for (std::size_t i = 0; i < rows; ++i) {
        const bool null_left = operands[0].is_null(i);
        const bool null_right = operands[1].is_null(i);
        const bool same = null_left || null_right ? null_left == null_right : result[i] != 0;
        result[i] = same == node.inverted ? 1 : 0;
    }
    if (out.has_nulls()) std::fill_n(out.mutable_valid(), rows, std::uint8_t{1});
}

template <typename T>
void copy_where(Vector& out, const Operand& from, const std::uint8_t* mask, std::size_t rows) {
    T* result = out.data<T>();
    for (std::size_t i = 0; i < rows; ++i) {
        if (mask[i] == 0) continue;
        if (from.is_null(i)) {
            out.set_null(i);
        } else {
            result[i] = from.at<T>(i);
        }
    }
}

void copy_rows(Vector& out, const Operand& from, const std::uint8_t* mask, std::size_t rows) {
    switch (out.kind()) {
        case Physical::boolean: return copy_where<std::uint8_t>(out, from, mask, rows);
        case Physical::int64: return copy_where<std::int64_t>(out, from, mask, rows);
        case Physical::wide: return copy_where<Int128>(out, from, mask, rows);
        case Physical::float64: return copy_where<double>(out, from, mask, rows);
        case Physical::interval: return copy_where<Interval>(out, from, mask, rows);
        case Physical::text: return copy_where<std::string_view>(out, from, mask, rows);
    }
}

std::uint8_t* acquire_mask(Context& context) {
    Vector& mask = context.acquire();
    mask.reset(Physical::boolean, context.rows());
    return mask.data<std::uint8_t>();
}

void evaluate_conditional(const Node& node, Context& context, Vector& out) {
    const std::size_t rows = context.rows();
    out.reset(node.physical, rows, node.scale);
    std::uint8_t* open = acquire_mask(context);
    std::uint8_t* taken = acquire_mask(context);
    std::fill_n(open, rows, std::uint8_t{1});
    // A mask that also heeds the surroundings, for errors.
    std::uint8_t* counted = acquire_mask(context);
    const std::uint8_t* outer = context.active();
    const auto count = [&](const std::uint8_t* mask) {
        for (std::size_t i = 0; i < rows; ++i) {
            counted[i] = static_cast<std::uint8_t>(mask[i] & (outer == nullptr ? 1 : outer[i]));
        }
    };
    for (std::size_t k = 0; k + 1 < node.args.size(); k += 2) {
        {
            if (node.args[k]->may_fail) count(open);
            const ActiveScope scope(context, node.args[k]->may_fail ? counted : outer);
            const Operand when = evaluate(*node.args[k], context);
            for (std::size_t i = 0; i < rows; ++i) {
                const bool hit = open[i] != 0 && !when.is_null(i) && when.at<std::uint8_t>(i) != 0;
                taken[i] = hit ? 1 : 0;
                if (hit) open[i] = 0;
            }
        }
        if (node.args[k + 1]->may_fail) count(taken);
        const ActiveScope scope(context, node.args[k + 1]->may_fail ? counted : outer);
        copy_rows(out, evaluate(*node.args[k + 1], context), taken, rows);
    }
    if (node.args.back()->may_fail) count(open);
    const ActiveScope scope(context, node.args.back()->may_fail ? counted : outer);
    copy_rows(out, evaluate(*node.args.back(), context), open, rows);
}

void evaluate_coalesce(const Node& node, Context& context, Vector& out) {
    const std::size_t rows = context.rows();
    out.reset(node.physical, rows, node.scale);
    std::uint8_t* open = acquire_mask(context);
    std::uint8_t* taken = acquire_mask(context);
    std::uint8_t* counted = acquire_mask(context);
    std::fill_n(open, rows, std::uint8_t{1});
    const std::uint8_t* outer = context.active();
    for (const NodePtr& arg : node.args) {
        for (std::size_t i = 0; i < rows; ++i) {
            counted[i] = static_cast<std::uint8_t>(open[i] & (outer == nullptr ? 1 : outer[i]));
        }
        const ActiveScope scope(context, counted);
        const Operand operand = evaluate(*arg, context);
        for (std::size_t i = 0; i < rows; ++i) {
            taken[i] = open[i] != 0 && !operand.is_null(i) ? 1 : 0;
            if (taken[i] != 0) open[i] = 0;
        }
        copy_rows(out, operand, taken, rows);
    }
    for (std::size_t i = 0; i < rows; ++i) {
        if (open[i] != 0) out.set_null(i);
    }
}

// NULL where args[0] = args[1] (after their common type), else args[2]: the value in its own type.
void evaluate_nullif(const Node& node, Context& context, Vector& out) {
    const std::size_t rows = context.rows();
    const Operand pair[2] = {evaluate(*node.args[0], context), evaluate(*node.args[1], context)};
    Vector& equal = context.acquire();
    equal.reset(Physical::boolean, rows);
    for (const Operand& operand : pair) merge_nulls(equal, operand, rows);
    Call call{node, pair, rows, equal, context};
    node.kernel(call);
    const Operand value = evaluate(*node.args[2], context);
    out.reset(node.physical, rows, node.scale);
    std::uint8_t* keep = acquire_mask(context);
    for (std::size_t i = 0; i < rows; ++i) {
        keep[i] = !equal.is_null(i) && equal.data<std::uint8_t>()[i] != 0 ? 0 : 1;
    }
    copy_rows(out, value, keep, rows);
    for (std::size_t i = 0; i < rows; ++i) {
        if (keep[i] == 0) out.set_null(i);
    }
}

// GREATEST and LEAST pass over NULLs.
void evaluate_extremum(const Node& node, Context& context, Vector& out) {
    const std::size_t rows = context.rows();
    out.reset(node.physical, rows, node.scale);
    std::uint8_t* better = acquire_mask(context);
    std::fill_n(better, rows, std::uint8_t{1});
    copy_rows(out, evaluate(*node.args[0], context), better, rows);
    for (std::size_t k = 1; k < node.args.size(); ++k) {
        const Operand pair[2] = {evaluate(*node.args[k], context), {&out, false}};
        Vector& wins = context.acquire();
        wins.reset(Physical::boolean, rows);
        for (const Operand& operand : pair) merge_nulls(wins, operand, rows);
        Call call{node, pair, rows, wins, context};
        node.kernel(call);
        for (std::size_t i = 0; i < rows; ++i) {
            const bool take = !pair[0].is_null(i) && (out.is_null(i) || wins.data<std::uint8_t>()[i] != 0);
            better[i] = take ? 1 : 0;
            if (take && out.has_nulls()) out.mutable_valid()[i] = 1;
        }
        copy_rows(out, pair[0], better, rows);
    }
}

void evaluate_membership(const Node& node, Context& context, Vector& out) {
    const std::size_t rows = context.rows();
    const Operand needle = evaluate(*node.args[0], context);
    out.reset(Physical::boolean, rows);
    std::uint8_t* result = out.data<std::uint8_t>();
    if (node.prepared) {
        merge_nulls(out, needle, rows);
        const auto& set = static_cast<const ConstantSet&>(*node.prepared);
        set.contains(needle, rows, out);
        if (set.has_null()) {
            for (std::size_t i = 0; i < rows; ++i) {
                if (result[i] == 0) out.set_null(i);
            }
        }
    } else {
        std::fill_n(result, rows, std::uint8_t{0});
        std::uint8_t* unknown = acquire_mask(context);
        std::fill_n(unknown, rows, std::uint8_t{0});
        for (std::size_t k = 1; k < node.args.size(); ++k) {
            const Operand pair[2] = {needle, evaluate(*node.args[k], context)};
            Vector& equal = context.acquire();
            equal.reset(Physical::boolean, rows);
            for (const Operand& operand : pair) merge_nulls(equal, operand, rows);
            Call call{node, pair, rows, equal, context};
            node.kernel(call);
            for (std::size_t i = 0; i < rows; ++i) {
                if (equal.is_null(i)) {
                    unknown[i] = 1;
                } else {
                    result[i] = static_cast<std::uint8_t>(result[i] | equal.data<std::uint8_t>()[i]);
                }
            }
        }
        for (std::size_t i = 0; i < rows; ++i) {
            if (result[i] == 0 && unknown[i] != 0) out.set_null(i);
        }
    }
    if (node.inverted) {
        for (std::size_t i = 0; i < rows; ++i) result[i] = static_cast<std::uint8_t>(result[i] != 0 ? 0 : 1);
    }
}

void evaluate_count_nulls(const Node& node, Context& context, Vector& out) {
    const std::size_t rows = context.rows();
    out.reset(Physical::int64, rows);
    std::int64_t* count = out.data<std::int64_t>();
    std::fill_n(count, rows, std::int64_t{0});
    for (const NodePtr& arg : node.args) {
        const Operand operand = evaluate(*arg, context);
        for (std::size_t i = 0; i < rows; ++i) count[i] += operand.is_null(i) != node.inverted ? 1 : 0;
    }
}

void compute(const Node& node, Context& context, Vector& out) {
    switch (node.op) {
        case Op::literal:
        case Op::input: return;  // answered by evaluate
        case Op::call:
        case Op::compare: return evaluate_call(node, context, out);
        case Op::conjunction: return evaluate_junction(node, context, out, false);
        case Op::disjunction: return evaluate_junction(node, context, out, true);
        case Op::negation: return evaluate_negation(node, context, out);
        case Op::is_null: return evaluate_is_null(node, context, out);
        case Op::is_truth: return evaluate_is_truth(node, context, out);
        case Op::is_distinct: return evaluate_is_distinct(node, context, out);
        case Op::conditional: return evaluate_conditional(node, context, out);
        case Op::coalesce: return evaluate_coalesce(node, context, out);
        case Op::nullif: return evaluate_nullif(node, context, out);
        case Op::extremum: return evaluate_extremum(node, context, out);
        case Op::membership: return evaluate_membership(node, context, out);
        case Op::count_nulls: return evaluate_count_nulls(node, context, out);
    }
}

}  // namespace

Operand evaluate(const Node& node, Context& context) {
    if (node.op == Op::literal) return {&node.value, true};
    if (node.op == Op::input) return {&context.input(node.input), false};
    Vector& out = context.acquire();
    const std::size_t mark = context.mark();
    compute(node, context, out);
    // Text may point into the arenas of the vectors it was made from: they stay until the text has been used.
    if (node.physical != Physical::text) context.release(mark);
    return {&out, false};
}

}  // namespace confab::expr
