// What a condition says about the columns it reads: for planners and for the engine's choice of strategy.
//
// Sound, not complete: every fact follows from the condition being true (a CHECK also holds when it is NULL,
// so a fact speaks of values that are not NULL). What is not understood yields no fact, and `complete` is
// false: the facts together do not imply the condition.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "expr/expr.hpp"

namespace confab::expr {

// A bound in PostgreSQL text form of the column's type (`0.01`, `2020-01-01`), parsed by parse_literal.
struct Bound {
    std::string text;
    bool inclusive = true;
};

// Facts about one column.
struct ColumnFact {
    schema::ColumnId column = 0;
    std::optional<Bound> lower, upper;
    std::vector<std::string> one_of;      // non-empty: only these values
    std::vector<std::string> none_of;
    std::optional<std::int64_t> min_length, max_length;  // characters
    std::vector<std::string> patterns;    // RE2 syntax, unanchored unless it says so; all must match
    std::vector<std::string> not_patterns;
    bool lower_case = false, upper_case = false;  // x = lower(x), x = upper(x)
    bool not_null = false;                // NULL is refused (x IS NOT NULL)
    bool is_null = false;                 // anything else is refused (x IS NULL)
};

enum class Relation : std::uint8_t { less, less_equal, equal, not_equal };

// left (relation) right + offset. The offset is in the unit of subtraction: a number for numbers, days for
// dates, an interval for timestamps.
struct RelationFact {
    schema::ColumnId left = 0, right = 0;
    Relation relation = Relation::less_equal;
    std::string offset;  // literal SQL: `0`, `3`, `interval '1 month'`; empty = none
};

// column = f(other columns): `subtotal = quantity * price`. The SQL of the right side.
struct Definition {
    schema::ColumnId column = 0;
    std::string sql;
};

// One branch of an OR (or of a CASE): each branch is a set of facts that together imply the condition when complete.
struct Branch {
    std::vector<ColumnFact> columns;
    std::vector<RelationFact> relations;
    std::vector<Definition> definitions;  // what `complete` does not count
    bool complete = false;
};

struct Facts {
    std::vector<Branch> branches;  // one when there is no disjunction; at most 64; none when contradictory
    std::vector<Definition> definitions;  // those of the only branch, where there is one
    bool contradictory = false;    // never true: `a > 5 AND a < 5` (a CHECK still takes NULL, where a may be)
};

// `as_of` (days since 1970-01-01) makes constants of what reads the clock, as `birth_date <= current_date -
// interval '18 years'`; without it such a comparison yields no fact.
Facts analyse(const schema::Schema& schema, const Program& condition, std::optional<std::int64_t> as_of = {});

// Facts of all of them at once (their conjunction). Of conditions whose ORs multiply to more than 64 branches
// only as many are taken as fit; the branches are then not complete.
Facts analyse(const schema::Schema& schema, const std::vector<const Program*>& conditions,
              std::optional<std::int64_t> as_of = {});

}  // namespace confab::expr
