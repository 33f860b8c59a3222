// Rows of the vocabulary's tables with what belongs to them: what job, product, book, dish and vehicle have
// in common.
//
// A table's file (jobs.cpp, dishes.cpp …) says how each field is made of a row; here a row is chosen (by its
// weight, or by the words of the inputs) and the field's function wrapped in a kernel.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/generators/parameters.hpp"
#include "engine/generators/phrases.hpp"
#include "engine/generators/record_families.hpp"

namespace confab::engine {

// Rows of a table by the words of one of its columns: which rows a text of the row means.
class RowIndex {
  public:
    bool empty() const { return groups_.empty(); }
    void add(const vocabulary::List& column, const std::vector<double>& weights);
    void add_pairs(const vocabulary::List& left, const vocabulary::List& right);

    // A row of the group that `text` names, as a whole or in part (`Electronics & Audio` means Electronics).
    std::optional<std::size_t> row(std::string_view text, std::uint64_t bits) const;

  private:
    struct Group {
        std::string key;
        std::vector<std::size_t> rows;
        std::vector<double> weights;
        AliasTable alias;
    };
    void insert(const std::string& key, std::size_t row, const std::vector<double>& weights);
    void finish();

    std::vector<Group> groups_;
};

struct ThingWriter;
using TextFunction = Made (*)(const ThingWriter& thing, std::size_t row, std::uint64_t bits,
                              const RowInputs& inputs, std::string& text);
using NumberFunction = std::int64_t (*)(const ThingWriter& thing, std::size_t row, std::uint64_t bits,
                                        const RowInputs& inputs);

// One table's record: the row, then what the field's function makes of it.
struct ThingWriter {
    explicit ThingWriter(Phrases known) : phrases(std::move(known)) {}

    std::vector<vocabulary::List> columns;
    std::vector<std::size_t> possible;      // rows to choose from; empty: all
    WeightedList rows;                      // weights of the rows
    RowIndex by_first, by_second, by_both;  // by the first and second input, and by `second / first`
    int first = -1, second = -1;
    Phrases phrases;
    std::vector<std::size_t> rules;
    std::vector<std::pair<std::string, std::size_t>> named_rules;
    WeightedList extra;
    Names people;
    TextColumn column;
    double low = -1, high = -1;  // of prices and salaries, when the plan says so
    int scale = 0;
    std::int64_t as_of = 0;
    std::string country;
    TextFunction text_function = nullptr;
    NumberFunction number_function = nullptr;

    struct Chosen {
        std::size_t row = 0;
        bool foreign = false;
    };
    Chosen choose(std::uint64_t bits, const RowInputs& inputs) const;

    Made write(std::uint64_t bits, const RowInputs& inputs, std::string& text) const {
        const Chosen chosen = choose(bits, inputs);
        const Made made = text_function(*this, chosen.row, bits, inputs, text);
        return made == Made::own && chosen.foreign ? Made::foreign : made;
    }
    std::int64_t number(std::uint64_t bits, const RowInputs& inputs) const {
        return number_function(*this, choose(bits, inputs).row, bits, inputs);
    }
};

double number_of(std::string_view text);
std::string lower(std::string_view text);
// Between low and high, lower values more often, in hundredths. Limits of the plan cut the row's own range;
// where they leave nothing of it, they are the range.
std::int64_t price_hundredths(const ThingWriter& thing, double low, double high, std::uint64_t bits);
// Hundredths in units of a column of that scale.
std::int64_t in_scale(std::int64_t hundredths, int scale);
Made append_column(const ThingWriter& thing, std::size_t column, std::size_t row, std::string& text);
Made digits(std::string& text, std::uint64_t state, std::size_t count);

template <std::size_t Column>
Made column_text(const ThingWriter& thing, std::size_t row, std::uint64_t, const RowInputs&,
                 std::string& text) {
    return append_column(thing, Column, row, text);
}

// Fields of a table: how each is made.
struct ThingField {
    std::string_view name;
    TextFunction text = nullptr;
    NumberFunction number = nullptr;
    bool moment = false;
};

// The kernel of the field that the generator names; `inputs` holds what the writer reads.
Result<KernelPointer> make_thing(const plan::Generator& generator, const KernelContext& context,
                                 std::span<const ThingField> fields, ThingWriter writer, InputList& inputs);
void take_columns(ThingWriter& writer, std::string_view table, std::initializer_list<std::string_view> names);
std::string locale_of(const plan::Generator& generator, const KernelContext& context);

}  // namespace confab::engine
