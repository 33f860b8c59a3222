// What a whole text says about its tables, gathered before anything is written: a column's type can depend on
// what comes later (a key, a CHECK, a referenced column of another table).
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "ddl/dialect/names.hpp"
#include "ddl/dialect/syntax.hpp"
#include "ddl/dialect/types.hpp"

namespace confab::ddl::dialect {

struct ParsedStatement {
    Statement statement;
    const std::vector<Token>* tokens = nullptr;
    std::size_t offset = 0;
};

struct ColumnFacts {
    TypeName declared;
    TypeUse use;
    MappedType type;
    std::string enum_type;  // quoted name of its CREATE TYPE, where it has one
    std::size_t position = 0;
    bool not_null = false;
    bool references = false;  // it is in a foreign key
    Range generated;          // of a computed column: its expression, in these tokens
    const std::vector<Token>* generated_tokens = nullptr;
};

struct TableFacts {
    TableName name;
    std::map<std::string, ColumnFacts> columns;
    std::vector<std::string> primary_key;
    std::vector<std::vector<std::string>> unique_keys;  // with the primary key
    std::vector<std::vector<std::string>> indexes;      // not unique
    std::vector<std::string> identities;
    bool without_rowid = false;

    const ColumnFacts* find(const std::string& column) const {
        const auto found = columns.find(column);
        return found == columns.end() ? nullptr : &found->second;
    }
};

struct ForeignKeyFact {
    TableName child, parent;
    std::vector<std::string> columns, parent_columns;
};

class Catalog {
  public:
    Catalog(Dialect dialect, const Names& names, const std::vector<ParsedStatement>& statements);

    // The table of that name; where a qualified text names it without its namespace, the only one so named.
    const TableFacts* find(const TableName& name) const;
    TableFacts* find(const TableName& name);
    TableName resolve(const TableName& name) const;
    // The foreign keys that refer to a table.
    std::vector<const ForeignKeyFact*> references_to(const TableName& table) const;
    std::map<TableName, TableFacts>& tables() { return tables_; }
    // A type that the text declares (CREATE TYPE … FROM).
    const CreateAlias* alias(const TypeName& type) const;

  private:
    void add_statement(const ParsedStatement& statement);
    void add_column(TableFacts& table, const Column& column, const std::vector<Token>& tokens);
    void add_constraint(TableFacts& table, const Constraint& constraint, const std::string& column);
    void use_in_expression(TableFacts& table, const std::vector<Token>& tokens, Range range);
    void use_in_default(TableFacts& table, const std::string& column, const std::vector<Token>& tokens, Range range);
    void mark_keys();
    void map_types();
    void match_foreign_key_types();

    Dialect dialect_;
    const Names& names_;
    std::map<TableName, TableFacts> tables_;
    std::multimap<std::string, TableName> by_name_;
    std::map<TableName, CreateAlias> aliases_;
    std::vector<ForeignKeyFact> foreign_keys_;
    std::multimap<TableName, std::size_t> by_parent_;
};

// The column that a CHECK declares to hold JSON, when that is all it says: json_valid(c), isjson(c) = 1, c IS JSON.
std::string json_column_of_check(const Names& names, const std::vector<Token>& tokens, Range check);

}  // namespace confab::ddl::dialect
