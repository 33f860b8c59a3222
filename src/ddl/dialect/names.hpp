// Names of another dialect → PostgreSQL names.
//
// Dialects whose names ignore case get lower case, so that whatever spelling a reference uses finds the same
// name and nothing needs quotes. Where a text declares two tables whose names differ in case only, case matters
// there, and both keep their spelling. A database or owner that qualifies every table alike is dropped.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ddl/ddl.hpp"
#include "ddl/dialect/splitter.hpp"
#include "ddl/dialect/syntax.hpp"

namespace confab::ddl::dialect {

// As SQL, always in quotes: the text is read by a parser, and no list of reserved words can be too short.
std::string quote_name(std::string_view name);
std::string quote_name(const TableName& name);
std::string quote_string(std::string_view text);

class Names {
  public:
    Names(Dialect dialect, const std::vector<SourceStatement>& statements);

    std::string fold(const Token& token) const;
    std::string fold(std::string_view name) const;
    // From the parts of `a.b.c`. `current` is the database that USE named last.
    TableName table(const std::vector<Token>& parts, const std::string& current) const;
    std::string space(const Token& token) const;

    // PostgreSQL keeps tables, indexes, sequences and types of a namespace apart by name; other dialects name
    // indexes by table. `claim` gives a free name: the one asked for, else with the table's name in front,
    // else with a number.
    void reserve(const TableName& name);
    std::string claim(const std::string& space, const std::string& table, const std::string& wanted);
    bool is_taken(const std::string& space, const std::string& name) const;

  private:
    Dialect dialect_;
    std::set<std::string> case_sensitive_;  // folded table names that two tables of different case share
    bool keeps_spaces_ = false;
    std::set<std::pair<std::string, std::string>> relations_;
    std::map<std::pair<std::string, std::string>, int> numbers_;
};

}  // namespace confab::ddl::dialect
