// A bound, typed expression: what binding makes of PostgreSQL's parse tree, and what evaluation, SQL writing
// and analysis read. Every node knows its SQL type and how its values lie in a Vector.
//
// Numbers: a numeric node has a static scale, and `digits`, an upper bound of its decimal digits where one is
// known (0 = none): up to 18 it lies in int64 and cannot overflow, beyond that in `wide`.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/vector.hpp"
#include "schema/type.hpp"

namespace confab::expr {

enum class Op : std::uint8_t {
    literal,      // `value`, one element
    input,        // Program::inputs()[input]
    call,         // an operator, function or cast: `kernel`
    compare,      // name is one of = <> < <= > >=; kernel
    conjunction,  // AND, two or more
    disjunction,  // OR, two or more
    negation,     // NOT
    is_null,      // IS NULL; inverted: IS NOT NULL
    is_truth,     // IS TRUE / FALSE / UNKNOWN by `name`; inverted: IS NOT …
    is_distinct,  // IS DISTINCT FROM; inverted: IS NOT DISTINCT FROM
    conditional,  // CASE: when, then, when, then, …, else
    coalesce,
    nullif,
    extremum,     // GREATEST; inverted: LEAST
    membership,   // args[0] IN (args[1], …); inverted: NOT IN
    count_nulls,  // num_nulls; inverted: num_nonnulls
};

// How a call is written as SQL.
enum class Form : std::uint8_t {
    function,  // name(args)
    infix,     // a name b
    prefix,    // name a
    cast,      // a::type
    implicit,  // a: a coercion that PostgreSQL makes by itself
    verbatim,  // name alone: `now()`
};

struct Node;
using NodePtr = std::unique_ptr<Node>;
struct Call;
using Kernel = void (*)(Call&);

// What a kernel needs beyond its arguments, made once: a regular expression, a set of constants.
struct Prepared {
    virtual ~Prepared() = default;
};

struct Node {
    Op op = Op::literal;
    Form form = Form::function;
    schema::Type type;
    Physical physical = Physical::text;
    int scale = 0;
    int digits = 0;
    bool inverted = false;
    bool unknown = false;    // a literal whose type the surroundings decide, as 'abc' or NULL
    bool may_fail = false;   // evaluation can raise an error, here or below
    bool strict = true;      // NULL when an argument is NULL; else the kernel sees to it
    std::size_t input = 0;
    std::int64_t parameter = 0;  // of the kernel: digits to keep, a field of a date
    Kernel kernel = nullptr;
    std::string name;        // of the operator or function; text of an unknown literal
    std::vector<NodePtr> args;
    Vector value;            // of a literal
    std::shared_ptr<const Prepared> prepared;

    bool is_literal() const { return op == Op::literal; }
    bool is_null_literal() const { return op == Op::literal && value.is_null(0); }
};

}  // namespace confab::expr
