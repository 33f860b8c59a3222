// What evaluation hands to a kernel, and the loops that kernels are made of.
//
// A kernel fills `out` (already reset to the node's kind, size and scale) for all rows at once. For a strict
// node the NULLs of the arguments are already in `out`; a kernel may add more, and calls `fail` for a row that
// PostgreSQL would refuse. Values of NULL rows are unspecified: loops over numbers may read them, text may not
// be touched.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/vector.hpp"
#include "expr/expr.hpp"
#include "expr/tree.hpp"

namespace confab::expr {

// A value for each row, or one for all of them.
struct Operand {
    const Vector* vector = nullptr;
    bool constant = false;

    template <typename T> const T& at(std::size_t row) const { return vector->data<T>()[constant ? 0 : row]; }
    bool is_null(std::size_t row) const { return vector->is_null(constant ? 0 : row); }
};

class Context {
  public:
    Context(Scratch& scratch, std::span<const Vector* const> inputs, std::size_t rows)
        : scratch_(scratch), inputs_(inputs), rows_(rows) {}

    std::size_t rows() const { return rows_; }
    const Vector& input(std::size_t i) const { return *inputs_[i]; }

    // Vectors are taken and given back in the manner of a stack.
    Vector& acquire();
    std::size_t mark() const { return top_; }
    void release(std::size_t to_mark) { top_ = to_mark; }

    // Rows whose errors count: 1 = evaluated by PostgreSQL too. Null = all.
    const std::uint8_t* active() const { return active_; }
    void set_active(const std::uint8_t* active) { active_ = active; }

    // PostgreSQL would raise an error for this row.
    void fail(Vector& out, std::size_t row) {
        if (out.is_null(row)) return;
        out.set_null(row);
        if (active_ != nullptr && active_[row] == 0) return;
        scratch_.errors[row] = 1;
        scratch_.any_error = true;
    }

  private:
    Scratch& scratch_;
    std::span<const Vector* const> inputs_;
    std::size_t rows_;
    std::size_t top_ = 0;
    const std::uint8_t* active_ = nullptr;
};

struct Call {
    const Node& node;
    std::span<const Operand> args;
    std::size_t rows;
    Vector& out;
    Context& context;

    void fail(std::size_t row) { context.fail(out, row); }
};

// out[i] = f(a[i]) for all rows.
template <typename A, typename R, typename F>
void map1(Call& call, F f) {
    R* out = call.out.data<R>();
    const A* a = call.args[0].vector->data<A>();
    if (call.args[0].constant) {
        for (std::size_t i = 0; i < call.rows; ++i) out[i] = f(a[0]);
    } else {
        for (std::size_t i = 0; i < call.rows; ++i) out[i] = f(a[i]);
    }
}

// out[i] = f(a[i], b[i]) for all rows, with tight loops for constants.
template <typename A, typename B, typename R, typename F>
void map2(Call& call, F f) {
    R* out = call.out.data<R>();
    const A* a = call.args[0].vector->data<A>();
    const B* b = call.args[1].vector->data<B>();
    const std::size_t rows = call.rows;
    if (call.args[0].constant && call.args[1].constant) {
        for (std::size_t i = 0; i < rows; ++i) out[i] = f(a[0], b[0]);
    } else if (call.args[1].constant) {
        const B y = b[0];
        for (std::size_t i = 0; i < rows; ++i) out[i] = f(a[i], y);
    } else if (call.args[0].constant) {
        const A x = a[0];
        for (std::size_t i = 0; i < rows; ++i) out[i] = f(x, b[i]);
    } else {
        for (std::size_t i = 0; i < rows; ++i) out[i] = f(a[i], b[i]);
    }
}

// Calls f(row) for rows that are not NULL so far.
template <typename F>
void for_valid(Call& call, F f) {
    if (!call.out.has_nulls()) {
        for (std::size_t i = 0; i < call.rows; ++i) f(i);
        return;
    }
    for (std::size_t i = 0; i < call.rows; ++i) {
        if (!call.out.is_null(i)) f(i);
    }
}

// Evaluates a node for all rows of the context.
Operand evaluate(const Node& node, Context& context);

}  // namespace confab::expr
