// Which table, column or value of the schema a few words mean.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/draft.hpp"
#include "planner/words/tokens.hpp"

namespace confab::planner::words {

struct Span {
    std::size_t from = 0, to = 0;  // tokens
    bool contains(std::size_t i) const { return i >= from && i < to; }
};

struct TableMention {
    schema::TableId table = 0;
    Span span;
};
struct ColumnMention {
    schema::TableId table = 0;
    schema::ColumnId column = 0;
    Span span;
    int score = 0;
};
struct ValueMention {
    schema::TableId table = 0;
    schema::ColumnId column = 0;
    Json value;
    Span span;
};

// Tables named in the clause, longest names first, in the order of their words.
std::vector<TableMention> tables_in(const Draft& draft, const std::vector<Token>& tokens);
// The best columns for the words outside the tables' spans; `within` = only of this table.
std::vector<ColumnMention> columns_in(const Draft& draft, const std::vector<Token>& tokens,
                                      std::optional<schema::TableId> within, const std::vector<Span>& taken);
// Values of enums, checks and choices that the words name.
std::vector<ValueMention> values_in(const Draft& draft, const plan::Plan& plan,
                                    const std::vector<Token>& tokens, std::optional<schema::TableId> within,
                                    const std::vector<Span>& taken);

// What the schema lets the column be: labels of its enum, or the list of a check; empty = anything.
std::vector<std::string> allowed_values(const Draft& draft, const ColumnDraft& column);

// One form for comparing words: lower case, singular, spelt out.
Words forms_of(std::string_view word);

}  // namespace confab::planner::words
