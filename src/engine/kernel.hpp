// A kernel makes the values of one column: the compiled form of a generator.
//
// It is pure: values depend on the entropy given for each row, on the kernel's inputs for that row and on what
// it was made with. It never sees row numbers, other tables or other batches; how a row's entropy comes about
// (a random stream, a permuted rank, the digit of a composite key) is the engine's affair:
//
//   draw    entropy[i] is 64 random bits; equal bits give equal values
//   pick    entropy[i] < capacity() is the number of a value; different numbers give different values
//           (capacity() == 0: the kernel cannot count its values, and has no pick)
//
// Columns of one record (a person's first name, e-mail, phone) share their entropy when their generators name
// the same `group`, and so agree: the stream is named by the group, not by the column.
//
// Both are called with a few thousand rows: virtual calls are per batch. No allocation per row: text goes to
// out.arena() or points into the vocabulary.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/vector.hpp"
#include "plan/plan.hpp"
#include "schema/schema.hpp"

namespace confab::engine {

struct KernelInputs {
    std::span<const Vector* const> vectors;  // parallel to Kernel::inputs()
};

class Kernel {
  public:
    Kernel() = default;
    Kernel(const Kernel&) = delete;
    Kernel& operator=(const Kernel&) = delete;
    virtual ~Kernel() = default;

    // SQL expressions over the row that the kernel reads (see expr/expr.hpp), each with the type it wants:
    // the engine compiles them with expr::compile_as, or with expr::compile when `type` is empty.
    struct Input {
        std::string sql;
        std::optional<schema::Type> type;
    };
    virtual std::vector<Input> inputs() const { return {}; }

    // Name of the record group that shares entropy, or empty: the column has its own stream.
    virtual std::string group() const { return {}; }

    // How many different values `pick` can make; 0 = it has no pick that tells numbers apart.
    virtual std::uint64_t capacity() const { return 0; }
    // How many numbers `pick` accepts, ≥ capacity(). Kernels of a group number the same records: where one of
    // them must be unique, all of them get its numbers (records() is the same for the whole group), also those
    // whose own values repeat (capacity() == 0, as of a person's first name).
    virtual std::uint64_t records() const { return capacity(); }
    // True when pick(i) ascends with i in the column's order: for sequences of events.
    virtual bool ascending() const { return false; }

    // Fills out with entropy.size() values; it has to call out.reset(physical kind of the column, size, scale).
    virtual void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const = 0;
    virtual void pick(std::span<const std::uint64_t> numbers, const KernelInputs& inputs, Vector& out) const;
};

class RecordCache;

// What a kernel is made from.
struct KernelContext {
    const schema::Schema& schema;
    schema::TableId table;
    schema::ColumnId column;
    schema::Type type;          // the value's type: the column's with its domains taken off, or an element's
    const plan::Plan& plan;     // seed, as_of, locale, pools
    std::int64_t as_of = 0;     // days since 1970-01-01
    std::uint64_t rows = 0;     // of the table
    bool must_be_unique = false;  // a key rests on this column alone: prefer many values, and a pick
    RecordCache* records = nullptr;  // lists of records made before, of this schema and plan (record_numbers.hpp)
};

// Makes the kernel of a generator (also of a nested one). An error names the parameter and what is wrong.
// The kinds that need the engine itself (sequence, reference, expression, ordinal, event time) are not here.
Result<std::unique_ptr<Kernel>> make_kernel(const plan::Generator& generator, const KernelContext& context);

}  // namespace confab::engine
