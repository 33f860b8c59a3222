// Comparison of two values of one physical kind and scale, and membership in a set of constants.
// Text is compared by bytes; floats as PostgreSQL does, NaN equal to itself and above everything; intervals by
// their length with months of 30 days and days of 24 hours.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "expr/kernel.hpp"

namespace confab::expr {

// The kernel of `=`, `<>`, `<`, `<=`, `>`, `>=` for values of a kind.
Kernel comparison_kernel(Physical kind, std::string_view name);

// -1, 0 or 1 for two elements of vectors of one kind and scale.
int compare_elements(const Vector& left, std::size_t i, const Vector& right, std::size_t j);

// The constants of an IN list.
class ConstantSet : public Prepared {
  public:
    // `literals` all have the kind and scale of the needle.
    ConstantSet(Physical kind, const std::vector<const Vector*>& literals);

    bool has_null() const { return has_null_; }
    // Fills `out` (boolean) for rows that are not NULL in it.
    void contains(const Operand& needle, std::size_t rows, Vector& out) const;

  private:
    template <typename T>
    void contains_number(const Operand& needle, const std::vector<T>& values, std::size_t rows, Vector& out) const;

    Physical kind_;
    bool has_null_ = false;
    std::vector<std::int64_t> integers_;  // ascending
    std::vector<Int128> wides_;           // ascending; also the lengths of intervals
    std::vector<double> floats_;          // ascending
    std::vector<std::string> texts_;      // ascending
    std::unordered_set<std::string_view> index_;  // of texts_, where there are many
};

// The length of an interval in microseconds, as PostgreSQL orders them.
Int128 interval_length(const Interval& interval);

}  // namespace confab::expr
