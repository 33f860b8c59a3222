// Running totals of one aggregate for many groups of rows, and their result as a vector.
//
// Sums are exact integers at the argument's scale, so that neither threads nor ranges change them; sums of
// floating-point numbers are added in row order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/vector.hpp"
#include "expr/expr.hpp"

namespace confab::engine {

class Totals {
  public:
    Totals(expr::Aggregate function, std::size_t groups);

    // Adds element `position` of `value` (null: count(*)) to a group.
    void add(std::size_t group, const Vector* value, std::size_t position);
    // One element for each group, of this kind and scale.
    void finish(Physical kind, int scale, Vector& out) const;
    std::uint64_t bytes() const;

  private:
    expr::Aggregate function_;
    Physical kind_ = Physical::int64;
    int scale_ = 0;
    std::vector<std::uint64_t> counts_;
    std::vector<Int128> exact_;       // sums, extremes, truth
    std::vector<double> floating_;
    std::vector<std::string> texts_;  // extremes of texts
};

}  // namespace confab::engine
