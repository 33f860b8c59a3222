// SQL expressions over a schema: parse, bind, type, evaluate in batches.
//
//   Result<expr::Program> check = expr::compile(schema, table, "quantity > 0 AND price >= cost", expr::Want::boolean);
//   for (const expr::Input& input : check->inputs()) …   // what it reads: provide one Vector for each
//   Scratch scratch;
//   check->run(vectors, rows, scratch, out);
//
// The language is PostgreSQL's, three-valued logic included. Beyond plain columns a name may be
//   customer_id.registration_date   a column of the row that a foreign key refers to (the key named by its one
//                                   column, or by the constraint's name); chains: `a.b.c`
//   sum(order_items.subtotal)       an aggregate over the rows that refer to this one: the child table's name, or
//                                   the child's constraint where it refers twice; also count, min, max, avg,
//                                   bool_and, bool_or, `count(*)` as count(order_items.*), FILTER (WHERE …)
//   as_of                           the plan's day, as a date (also what current_date, now() … read)
// What could mean two things is an error that lists both. A function that is not known here is
// ErrorKind::not_supported: the caller leaves the clause to PostgreSQL and says so.
//
// Text is ordered by bytes, as in the "C" collation: a database with another collation may order it otherwise, so
// a comparison by < or > of text holds here and perhaps not there. docs/expressions.md lists what is known and what
// else differs.
//
// A row whose evaluation raises an error in PostgreSQL (division by zero, out of range) is marked in
// `Scratch::errors` and is NULL in the result.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/vector.hpp"
#include "schema/schema.hpp"

namespace confab::expr {

// One step along a foreign key, from the table that holds it to its parent.
struct Hop {
    schema::TableId table = 0;       // holds the key
    std::size_t foreign_key = 0;     // position in Table::foreign_keys
    auto operator<=>(const Hop&) const = default;
};

enum class InputKind : std::uint8_t { column, aggregate, as_of };

enum class Aggregate : std::uint8_t { count, sum, min, max, avg, bool_and, bool_or };

class Program;

// A value that an expression reads and somebody else provides.
struct Input {
    InputKind kind = InputKind::column;
    std::vector<Hop> path;            // empty: the row's own table
    schema::TableId table = 0;        // where the path ends
    schema::ColumnId column = 0;      // InputKind::column
    // InputKind::aggregate: over the rows of `child.table` whose `child.foreign_key` refers to the row of `table`.
    Hop child;
    Aggregate aggregate = Aggregate::count;
    std::shared_ptr<const Program> argument;  // evaluated over child rows; null for count(*)
    std::shared_ptr<const Program> filter;    // likewise; null = every child
    schema::Type type;                // of the value
};

// The result type that is wanted; `any` keeps the expression's own.
enum class Want : std::uint8_t { any, boolean };

// Memory for intermediate vectors: one per thread, reused.
struct Scratch {
    std::vector<std::unique_ptr<Vector>> vectors;
    std::vector<std::uint8_t> errors;  // one byte a row, 1 = PostgreSQL would raise an error
    bool any_error = false;
};

struct Node;  // a bound, typed tree: expr/tree.hpp

class Program {
  public:
    Program(Program&&) noexcept;
    Program& operator=(Program&&) noexcept;
    ~Program();

    const schema::Type& type() const;
    // How the result lies in a Vector: numbers may have more digits after the point than the type says (a numeric
    // without precision has a scale of its own, the result's).
    Physical physical() const;
    int scale() const;
    std::span<const Input> inputs() const;
    const Node& root() const;
    // As PostgreSQL text, written anew.
    const std::string& sql() const;
    // Own-table columns among the inputs, each once.
    std::vector<schema::ColumnId> columns() const;

    // Fills `out` with one value a row, text included (it does not point into the inputs). `inputs` is parallel to
    // inputs(); each vector has `rows` elements and the kind of its type; a number may have any scale, and lie in
    // int64 or wide: it is converted. VALUE is an input column 0 with an empty path.
    // Thread-safe: nothing but `scratch` and `out` changes.
    void run(std::span<const Vector* const> inputs, std::size_t rows, Scratch& scratch, Vector& out) const;

  private:
    friend class Compiler;
    struct State;
    explicit Program(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// Compiles `sql` for rows of `table`. `value_type` is the type of VALUE, in a domain's check.
Result<Program> compile(const schema::Schema& schema, schema::TableId table, std::string_view sql, Want want,
                        const schema::Type* value_type = nullptr);

// Compiles `sql` and casts its result to `target` by assignment, as INSERT would
// (numeric scale is rounded half away from zero, varchar is cut only where SQL allows it). Unlike INSERT it also
// takes computed text for a value of any type that can be read from it.
Result<Program> compile_as(const schema::Schema& schema, schema::TableId table, std::string_view sql,
                           const schema::Type& target);

// Text ↔ value, in PostgreSQL's own forms: the one place where text becomes a value. The literal's type decides the kind.
// `out` is a Vector of one element; a numeric without precision keeps the digits that were written as its scale.
Status parse_literal(const schema::Schema& schema, const schema::Type& type, std::string_view text, Vector& out);

}  // namespace confab::expr
