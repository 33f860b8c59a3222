// Facts about columns as they are collected: bounds as numbers on the column's own lattice where it has one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "expr/analysis.hpp"
#include "expr/atoms.hpp"
#include "expr/value_type.hpp"

namespace confab::expr {

// Values of a column that lie on a lattice: integers, numeric(p, s), dates, times, timestamps.
// A value is `number` in steps of the column (1, 10^-s, a day, a microsecond).
struct LatticeRange {
    std::optional<Int128> lower, upper;  // inclusive
};

// Whether a type's values lie on a lattice, and the number of such a value.
bool has_lattice(const schema::Type& type);
// The smallest and the largest value of the type, where it has them.
LatticeRange lattice_limits(const schema::Type& type);
std::string lattice_text(const schema::Type& type, Int128 number);
// A value of another type of the same family in steps of `type`: quotient rounded down, and whether it is exact.
struct LatticeValue {
    Int128 floor = 0;
    bool exact = true;
};
std::optional<LatticeValue> on_lattice(const schema::Type& type, const schema::Type& value_type, const Vector& value);

struct CollectedColumn {
    ColumnFact fact;
    LatticeRange range;
    bool has_one_of = false;  // fact.one_of is meant, even when empty
};

struct CollectedRelation {
    RelationFact fact;
    std::optional<Int128> steps;  // the offset on the lattice of both columns
};

class Collector {
  public:
    Collector(const schema::Schema& schema, std::optional<std::int64_t> as_of) : schema_(schema), as_of_(as_of) {}

    void add(const Atom& atom);
    // The facts, their bounds intersected; nothing when they exclude each other.
    std::optional<Branch> finish(schema::TableId table);  // the rows' table

  private:
    // A literal, or what is one as of a day.
    struct Constant {
        schema::Type type;
        std::shared_ptr<Vector> value;  // one element, not NULL
    };
    CollectedColumn& column(schema::ColumnId id) { columns_[id].fact.column = id; return columns_[id]; }

    std::optional<schema::ColumnId> own_column(const Atom& atom, const Node& node);
    std::optional<Constant> constant(const Atom& atom, const Node& node) const;

    void add_null_test(const Atom& atom);
    void add_truth(const Atom& atom);
    void add_comparison(const Atom& atom);
    void add_membership(const Atom& atom);
    void add_match(const Atom& atom);
    void add_distinct(const Atom& atom);
    bool compare_column(const Atom& atom, const Node& left, std::string name, const Constant& value);
    std::optional<schema::ColumnId> day_of_column(const Atom& atom, const Node& node);
    bool bound_day(const Atom& atom, schema::ColumnId id, const std::string& name, const Constant& day);
    bool compare_length(const Atom& atom, const Node& call, const std::string& name, const Constant& value);
    bool compare_function(const Atom& atom, const Node& call, const std::string& name, const Constant& value);
    bool compare_age(const Atom& atom, const Node& call, const std::string& name, const Interval& interval, int years);
    bool compare_difference(const Atom& atom, const Node& call, const std::string& name, const Constant& value);
    bool compare_columns(const Atom& atom, const Node& left, const std::string& name, const Node& right);
    bool bound_column(const Atom& atom, schema::ColumnId id, const std::string& name, const Constant& value);
    void restrict_to(schema::ColumnId id, const std::vector<std::string>& values);
    void add_relation(const Atom& atom, schema::ColumnId left, std::string name, schema::ColumnId right,
                      const Constant* offset, bool negative);
    void define(const Atom& atom, const Node& left, const Node& right);

    bool settle_values(const schema::Type& type, CollectedColumn& column) const;
    bool value_fits(const schema::Type& type, const CollectedColumn& column, const std::string& text) const;
    bool relations_hold() const;

    const schema::Schema& schema_;
    std::optional<std::int64_t> as_of_;
    std::map<schema::ColumnId, CollectedColumn> columns_;
    std::vector<CollectedRelation> relations_;
    std::vector<Definition> definitions_;
    std::map<schema::ColumnId, schema::Type> types_;
    bool is_domain_ = false;  // the column is VALUE
    bool complete_ = true;
    bool contradictory_ = false;
};

}  // namespace confab::expr
