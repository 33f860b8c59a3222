// Kernels of fields of records (a person's e-mail address, a product's price): a writer says what one record's field
// is; the kernel runs it over batches and keeps unique texts apart.
//
// A writer is a plain object with
//   Made write(std::uint64_t bits, const RowInputs& row, std::string& text) const         for text
//   std::int64_t number(std::uint64_t bits, const RowInputs& row) const                   for numbers and moments
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "engine/generators/factories.hpp"
#include "engine/generators/moment_column.hpp"
#include "engine/generators/number_column.hpp"
#include "engine/generators/record_numbers.hpp"
#include "engine/generators/text_column.hpp"

namespace confab::engine {

// `foreign`: made from texts of the row that are not the record's own, so that records no longer tell texts apart.
enum class Made : std::uint8_t { null, own, foreign };

// Texts and numbers that the row provides; absent where the plan named none or the row's is NULL.
class RowInputs {
  public:
    RowInputs(const KernelInputs& inputs, std::size_t row) : inputs_(inputs), row_(row) {}
    bool has(int input) const { return input >= 0 && static_cast<std::size_t>(input) < inputs_.vectors.size() && !inputs_.vectors[static_cast<std::size_t>(input)]->is_null(row_); }
    std::string_view text(int input) const {
        return has(input) ? inputs_.vectors[static_cast<std::size_t>(input)]->data<std::string_view>()[row_] : std::string_view();
    }
    double number(int input, double otherwise) const {
        return has(input) ? inputs_.vectors[static_cast<std::size_t>(input)]->data<double>()[row_] : otherwise;
    }

  private:
    const KernelInputs& inputs_;
    std::size_t row_;
};

// The expressions that a generator reads, in the order in which they were asked for.
class InputList {
  public:
    explicit InputList(const plan::Generator& generator) : generator_(generator) {}
    // Index of the parameter's expression as text, or as a double; -1 when the plan has none.
    int text(std::string_view parameter) { return add(parameter, schema::TypeKind::text); }
    int number(std::string_view parameter) { return add(parameter, schema::TypeKind::double_precision); }
    std::vector<Kernel::Input> take() { return std::move(inputs_); }

  private:
    int add(std::string_view parameter, schema::TypeKind kind) {
        const auto found = generator_.parameters.find(std::string(parameter));
        if (found == generator_.parameters.end() || !found->is_string() || found->get_ref<const std::string&>().empty()) return -1;
        schema::Type type;
        type.kind = kind;
        inputs_.push_back({found->get<std::string>(), type});
        return static_cast<int>(inputs_.size()) - 1;
    }

    const plan::Generator& generator_;
    std::vector<Kernel::Input> inputs_;
};

// How a text is told from the same text of an earlier round.
enum class Mark : std::uint8_t {
    parentheses,  // Old Mill Press (2)
    digits,       // annasmith2: the records' own texts do not end in a digit
    before_at,    // anna.smith2@example.org
    before_dot,   // https://oldmill2.com: before the last one
};

void append_mark(std::string& text, Mark mark, std::uint64_t number, bool foreign, const TextColumn& column);

template <typename Writer> class RecordTextKernel final : public Kernel {
  public:
    RecordTextKernel(TextColumn column, Writer writer, std::vector<Input> inputs, std::string group, std::shared_ptr<const RecordNumbers> numbers, bool unique, Mark mark)
        : column_(column), writer_(std::move(writer)), inputs_(std::move(inputs)), group_(std::move(group)), numbers_(std::move(numbers)), unique_(unique), mark_(mark) {}

    std::vector<Input> inputs() const override { return inputs_; }
    std::string group() const override { return group_; }
    std::uint64_t capacity() const override { return unique_ && numbers_ ? numbers_->count() : 0; }
    std::uint64_t records() const override { return numbers_ ? numbers_->count() : 0; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        fill_text(column_, entropy.size(), out, [&](std::size_t i, std::string& text) {
            return writer_.write(entropy[i], RowInputs(inputs, i), text) != Made::null;
        });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs& inputs, Vector& out) const override {
        fill_text(column_, numbers.size(), out, [&](std::size_t i, std::string& text) {
            const RecordRow row = numbers_->row(numbers[i]);
            const Made made = writer_.write(row.bits, RowInputs(inputs, i), text);
            if (made == Made::null) return false;
            if (!unique_) return true;
            column_.fit(text);
            if (made == Made::foreign) append_mark(text, mark_, numbers[i], true, column_);
            else if (row.round > 0) append_mark(text, mark_, row.round + 1, false, column_);
            return true;
        });
    }

  private:
    TextColumn column_;
    Writer writer_;
    std::vector<Input> inputs_;
    std::string group_;
    std::shared_ptr<const RecordNumbers> numbers_;
    bool unique_;
    Mark mark_;
};

// Numbers and moments: Column is NumberColumn (units of its scale) or MomentColumn (microseconds).
template <typename Column, typename Writer> class RecordValueKernel final : public Kernel {
  public:
    RecordValueKernel(Column column, Writer writer, std::vector<Input> inputs, std::string group, std::shared_ptr<const RecordNumbers> numbers)
        : column_(column), writer_(std::move(writer)), inputs_(std::move(inputs)), group_(std::move(group)), numbers_(std::move(numbers)) {}

    std::vector<Input> inputs() const override { return inputs_; }
    std::string group() const override { return group_; }
    std::uint64_t records() const override { return numbers_ ? numbers_->count() : 0; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        column_.fill(out, entropy.size(), [&](std::size_t i) { return limited(writer_.number(entropy[i], RowInputs(inputs, i))); });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs& inputs, Vector& out) const override {
        column_.fill(out, numbers.size(), [&](std::size_t i) { return limited(writer_.number(numbers_->row(numbers[i]).bits, RowInputs(inputs, i))); });
    }

  private:
    std::int64_t limited(std::int64_t value) const {
        if constexpr (std::is_same_v<Column, NumberColumn>) return std::clamp(value, column_.low, column_.high);
        else return value;
    }

    Column column_;
    Writer writer_;
    std::vector<Input> inputs_;
    std::string group_;
    std::shared_ptr<const RecordNumbers> numbers_;
};

template <typename Writer>
Result<KernelPointer> text_record(const plan::Generator& generator, const KernelContext& context, Writer writer, InputList& inputs, Mark mark = Mark::parentheses) {
    CONFAB_TRY(const TextColumn column, TextColumn::of(context, generator.kind));
    const std::string group = group_of(generator);
    CONFAB_TRY(std::shared_ptr<const RecordNumbers> numbers, RecordNumbers::make(generator, context, group));
    const bool unique = context.rows > 0 && (context.must_be_unique || is_unique_column(context, context.column));
    return KernelPointer(std::make_unique<RecordTextKernel<Writer>>(column, std::move(writer), inputs.take(), group, std::move(numbers), unique, mark));
}

template <typename Writer>
Result<KernelPointer> number_record(const plan::Generator& generator, const KernelContext& context, const NumberColumn& column, Writer writer, InputList& inputs) {
    const std::string group = group_of(generator);
    CONFAB_TRY(std::shared_ptr<const RecordNumbers> numbers, RecordNumbers::make(generator, context, group));
    return KernelPointer(std::make_unique<RecordValueKernel<NumberColumn, Writer>>(column, std::move(writer), inputs.take(), group, std::move(numbers)));
}

template <typename Writer>
Result<KernelPointer> moment_record(const plan::Generator& generator, const KernelContext& context, const MomentColumn& column, Writer writer, InputList& inputs) {
    const std::string group = group_of(generator);
    CONFAB_TRY(std::shared_ptr<const RecordNumbers> numbers, RecordNumbers::make(generator, context, group));
    return KernelPointer(std::make_unique<RecordValueKernel<MomentColumn, Writer>>(column, std::move(writer), inputs.take(), group, std::move(numbers)));
}

// One of several facts of a record: each has bits of its own.
constexpr std::uint64_t fact(std::uint64_t bits, std::uint64_t which) { return mix(bits, which + 1000); }

}  // namespace confab::engine
