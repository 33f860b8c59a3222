// Tokens of one statement → what it says.
//
// Tolerant where dialects allow freedom (order of attributes, options without meaning for rows), strict where
// a mistake would change the meaning: what is not understood inside a column or after a table is kept, and
// PostgreSQL's parser then names it as an error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ddl/dialect/names.hpp"
#include "ddl/dialect/splitter.hpp"
#include "ddl/dialect/syntax.hpp"

namespace confab::ddl::dialect {

class StatementParser {
  public:
    struct Source {
        std::string_view text;
        Dialect dialect;
        const std::string& file_name;
        const Names& names;
        const std::string& current_space;  // that USE named last
    };

    StatementParser(const Source& source, const std::vector<Token>& tokens) : source_(source), tokens_(tokens) {}

    Result<Statement> parse();

  private:
    // Tokens.
    const Token& token(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
    bool at_end() const { return token().kind == TokenKind::end; }
    bool is(std::string_view word, std::size_t ahead = 0) const { return token(ahead).is_word(word); }
    bool is_symbol(std::string_view symbol, std::size_t ahead = 0) const { return token(ahead).is_symbol(symbol); }
    bool accept(std::string_view word);
    bool accept(std::string_view first, std::string_view second);
    bool accept_symbol(std::string_view symbol);
    Status expect_symbol(std::string_view symbol, std::string_view after);
    Error expected(std::string_view what) const;
    bool at_name(std::size_t ahead = 0) const;
    Range parenthesized();             // (…) at the cursor: the range inside; the cursor moves behind it
    void skip_parenthesized() { (void)parenthesized(); }
    Range expression(bool stops_at_attributes);
    bool starts_attribute(const Token& token) const;

    // Names.
    Result<std::string> name(std::string_view what);
    Result<TableName> table_name();
    Result<std::vector<KeyPart>> key_parts();
    Result<std::vector<std::string>> names_in_parentheses();

    // Tables.
    Result<Statement> create();
    Result<Statement> create_table();
    Status element(CreateTable& table);
    bool starts_constraint() const;
    Result<Column> column();
    Result<TypeName> type();
    Status attributes(Column& column);
    Result<bool> attribute(Column& column, std::string& constraint_name);
    Result<bool> table_constraint(std::vector<Constraint>& constraints);
    Status foreign_key_target(Constraint& constraint);
    void constraint_options(Constraint* constraint);
    void index_options(Constraint& constraint);
    void identity_options(Column& column);
    void table_options(CreateTable& table);
    std::string words(std::size_t begin, std::size_t end) const;

    // The rest.
    Result<Statement> create_index();
    Result<Statement> create_sequence();
    Result<Statement> create_alias();
    Result<Statement> alter_table();
    Status alter_action(AlterTable& table);
    Status alter_oracle_list(AlterTable& table, bool modify);
    Status alter_column(AlterTable& table);
    Result<Statement> comment_on();
    Result<Statement> extended_property();
    Result<Statement> added_type();
    Result<Statement> drop_table();
    Result<Statement> rename_table();
    void skip_action();

    const Source& source_;
    const std::vector<Token>& tokens_;
    std::size_t at_ = 0;
};

}  // namespace confab::ddl::dialect
