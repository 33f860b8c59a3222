// How the values of a SQL type lie in a Vector, and single values of it read from and written as text.
#pragma once

#include <string>
#include <string_view>

#include "base/vector.hpp"
#include "expr/tree.hpp"
#include "schema/schema.hpp"

namespace confab::expr {

// A numeric without precision is evaluated at this many digits after the point, in `wide`.
constexpr int unconstrained_scale = 10;

struct Shape {
    Physical physical = Physical::text;
    int scale = 0;
    int digits = 0;  // see tree.hpp
};

// `type` has no domains (Schema::base_type).
Shape shape_of(const schema::Type& type);
Shape numeric_shape(int digits, int scale);
inline void set_shape(Node& node, const Shape& shape) {
    node.physical = shape.physical;
    node.scale = shape.scale;
    node.digits = shape.digits;
}

// A type with what is needed to read and write its values.
struct ValueType : Prepared {
    schema::Type type;
    Shape shape;
    std::vector<std::string> labels;  // of an enum

    ValueType() = default;
    ValueType(const schema::Schema& schema, const schema::Type& base_type);
};

enum class ReadOutcome { read, malformed, out_of_range, too_long };

// Reads one value into out[row], which has the type's shape. varchar(n) and char(n) refuse what is too long
// unless `cut`; an interval's fields and the precision of times are applied.
ReadOutcome read_value(const ValueType& type, std::string_view text, Vector& out, std::size_t row, bool cut);

// The text of `vector[row]`, as a cast to text writes it (boolean: true, false).
void write_value(const ValueType& type, const Vector& vector, std::size_t row, std::string& text);

// A moment (or a time of day) at `precision` digits of a second, half rounded away from 2000-01-01, as PostgreSQL
// rounds (it counts from there).
std::int64_t round_seconds(schema::TypeKind kind, std::int64_t microseconds, int precision);

// The bytes that the first `count` characters take.
std::size_t character_prefix(std::string_view text, std::size_t count);

}  // namespace confab::expr
