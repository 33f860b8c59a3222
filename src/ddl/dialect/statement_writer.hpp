// What a statement says → PostgreSQL statements.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ddl/dialect/catalog.hpp"
#include "ddl/dialect/expression_writer.hpp"
#include "ddl/dialect/names.hpp"
#include "ddl/dialect/output.hpp"
#include "ddl/rewrite.hpp"

namespace confab::ddl::dialect {

class StatementWriter {
  public:
    StatementWriter(Dialect dialect, std::string_view text, Names& names, Catalog& catalog, Rewritten& result)
        : dialect_(dialect), text_(text), names_(names), catalog_(catalog), result_(result) {}

    // Names that later statements give: they come before those of indexes.
    void prepare(const std::vector<ParsedStatement>& statements);
    void write(const ParsedStatement& statement);

  private:
    // A named index, to be written behind its table.
    struct PendingIndex {
        TableName table;
        Constraint index;
    };

    void create_table(const CreateTable& table);
    void alter_table(const AlterTable& alter);
    void modify_column(const TableName& table, const AlterAction& action);
    void create_index(const TableName& table, const Constraint& index);
    void create_sequence(const CreateSequence& sequence);
    void comment(const TableName& table, const std::string& column, const std::string& text, std::size_t token);
    void drop_tables(const DropTable& drop);
    void rename_tables(const RenameTables& rename);
    void create_space(const std::string& space);

    void declare_types(const TableName& table, const std::vector<const Column*>& columns);
    void write_column(Output& output, const TableName& table, const Column& column);
    bool write_constraint(Output& output, const TableName& table, const Constraint& constraint, bool inline_column);
    bool becomes_index(const Constraint& constraint) const;
    void write_reference(Output& output, const Constraint& constraint);
    void write_missing_keys(Output& output, const TableName& table);
    std::string constraint_name(const TableName& table, const Constraint& constraint);
    bool is_stored(const TableName& table, const Column& column);
    std::string inferred_type(const TableFacts* table, Range range) const;

    ColumnFacts facts_of(const TableName& table, const Column& column) const;
    ExpressionWriter::Scope scope(const TableFacts* table, bool must_be_immutable = false) const;
    std::size_t offset_of(std::size_t token) const { return (*tokens_)[std::min(token, tokens_->size() - 1)].offset; }
    void emit(Output output, std::size_t token);
    void pass_over(std::string kind);
    void warn(std::string message) { result_.warnings.push_back(std::move(message)); }
    std::string source_text(Range range) const;
    bool is_identity(const TableName& table, const Column& column) const;

    Dialect dialect_;
    std::string_view text_;
    Names& names_;
    Catalog& catalog_;
    Rewritten& result_;
    const std::vector<Token>* tokens_ = nullptr;
    std::vector<std::size_t> closing_;  // parentheses of the statement
    std::size_t statement_offset_ = 0;
    std::set<std::string> spaces_;
    std::set<TableName> created_;
    std::map<TableName, std::set<std::string>> constraint_names_;
    std::map<std::pair<std::string, std::string>, TableName> key_names_;  // names of keys, by namespace
    std::set<std::pair<TableName, std::string>> left_out_columns_;
};

}  // namespace confab::ddl::dialect
