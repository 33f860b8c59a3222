// A condition as a disjunction of conjunctions of atoms.
#pragma once

#include <optional>
#include <vector>

#include "expr/expr.hpp"
#include "expr/tree.hpp"

namespace confab::expr {

// A part of a condition that holds, or (negated) does not.
struct Atom {
    const Program* program = nullptr;  // whose inputs the node reads
    const Node* node = nullptr;
    bool negated = false;
    bool null_test = false;  // node IS NULL, rather than node
};

using Conjunction = std::vector<Atom>;

// NOT pushed inward, OR, CASE and the like spread out; nothing where that makes more than `most` conjunctions.
std::optional<std::vector<Conjunction>> disjunctive_form(const Program& program, std::size_t most);

// Both at once; nothing when that makes too many.
std::optional<std::vector<Conjunction>> both(const std::vector<Conjunction>& a, const std::vector<Conjunction>& b,
                                             std::size_t most);

// The node below coercions that PostgreSQL makes by itself, and below casts that keep every value and the order:
// among texts without a length, from an enum to text, to wider numbers, from a date to a timestamp.
const Node& without_coercions(const Node& node);

}  // namespace confab::expr
