// Small operations on vectors that the evaluator needs: copies, sequences, hashes.
#pragma once

#include <cstdint>
#include <string>

#include "base/vector.hpp"
#include "schema/schema.hpp"

namespace confab::engine {

// Same kind, scale, values and NULLs. Texts are shared, not copied: `from` has to outlive `to`.
void copy_all(const Vector& from, Vector& to);

// One element, NULL or not, between vectors of one kind. With `own_text` the text goes to the target's arena.
void copy_one(const Vector& from, std::size_t from_position, Vector& to, std::size_t to_position, bool own_text);

// Values that are safe to read in a vector of which all elements will be NULL.
void fill_unset(Vector& vector);

// start + step × number for each number, of any kind that can hold it (texts are decimal digits).
void fill_sequence(Vector& out, Physical kind, int scale, std::int64_t start, std::int64_t step,
                   const std::uint64_t* numbers, std::size_t count);

// Mixes each element into hashes[i]; equal values of one kind give equal hashes. NULL elements mix in a constant.
void hash_into(const Vector& vector, std::uint64_t* hashes);

// An element for a message: digits, quoted text, NULL.
std::string value_text(const schema::Schema& schema, const schema::Type& type, const Vector& vector,
                       std::size_t position);

}  // namespace confab::engine
