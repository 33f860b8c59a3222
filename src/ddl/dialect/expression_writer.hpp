// Expressions of another dialect → PostgreSQL's: names, operators, functions, literals.
//
// What has no like in PostgreSQL stays as it is; it is then left out of the schema, and the report says so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ddl/dialect/catalog.hpp"
#include "ddl/dialect/names.hpp"
#include "ddl/dialect/output.hpp"

namespace confab::ddl::dialect {

// For each `(` among the tokens the position of its `)`, 0 where there is none. Once for a statement.
std::vector<std::size_t> match_parentheses(const std::vector<Token>& tokens);

class ExpressionWriter {
  public:
    struct Scope {
        Dialect dialect;
        const Names& names;
        const Catalog& catalog;
        const std::vector<Token>& tokens;
        const std::vector<std::size_t>& closing;  // of each `(` among the tokens, its `)`
        const TableFacts* table;         // whose columns are meant; may be null
        bool must_be_immutable = false;  // a generated column's or an index's
    };

    ExpressionWriter(const Scope& scope, Output& output) : scope_(scope), output_(output) {}

    void write(Range range);
    // A default: literals become what the column's type reads. Why there can be none (`0000-00-00`, text for a
    // number), or an empty text when it can be written.
    std::string default_problem(Range range, const ColumnFacts& column) const;
    void write_default(Range range, const ColumnFacts& column);

  private:
    const Token& token(std::size_t i) const { return scope_.tokens[i]; }
    bool is_word(std::size_t i, std::size_t end, std::string_view word) const { return i < end && token(i).is_word(word); }
    bool is_symbol(std::size_t i, std::size_t end, std::string_view symbol) const { return i < end && token(i).is_symbol(symbol); }
    void put(std::string_view text, std::size_t i) { output_.put(text, token(i).offset); }

    const ColumnFacts* column_at(std::size_t i, std::size_t end) const;
    std::size_t write_one(std::size_t i, Range range);
    std::size_t write_column(std::size_t i, Range range);
    std::size_t write_word(std::size_t i, Range range);
    std::size_t write_symbol(std::size_t i, Range range);
    std::size_t write_pattern(std::size_t i, Range range, bool negated);
    std::size_t write_labels(std::size_t i, Range range, const ColumnFacts& column);
    std::size_t write_text_comparison(std::size_t i, Range range);
    std::size_t write_type_test(std::size_t i, Range range);
    std::size_t write_json_path(std::size_t i, Range range);
    Range without_parentheses(Range range) const;
    std::size_t write_interval(std::size_t i, Range range);
    bool write_function(std::size_t i, std::size_t close);
    bool write_special_function(const std::string& name, std::size_t i, const std::vector<Range>& arguments);
    void write_by_pattern(std::string_view pattern, std::size_t i, const std::vector<Range>& arguments);
    void write_concatenation(const std::vector<Range>& arguments, bool null_is_empty);
    void write_argument(Range argument);
    bool is_text(std::size_t i, std::size_t end) const;
    std::size_t closing(std::size_t open, std::size_t end) const;
    std::vector<Range> arguments(std::size_t open, std::size_t close) const;
    std::string type_of(Range range) const;

    const Scope scope_;
    Output& output_;
    int depth_ = 0;
};

}  // namespace confab::ddl::dialect
