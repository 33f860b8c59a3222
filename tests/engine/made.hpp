// A schema and a plan from text, compiled, and its rows as text: what the engine's tests look at.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ddl/ddl.hpp"
#include "engine/engine.hpp"

namespace confab::engine::test {

using Rows = std::vector<std::vector<std::string>>;  // NULL is "NULL"

class Made {
  public:
    // `tables` is the body of the plan's "tables" object.
    Made(std::string_view ddl, const std::string& tables, std::uint64_t seed = 1);

    // Empty when it compiled.
    const std::string& error() const { return error_; }
    const Program& program() const { return *program_; }
    std::uint64_t count(const std::string& table) const { return program_->rows(id(table)); }
    Rows rows(const std::string& table) const { return rows(table, 0, count(table)); }
    Rows rows(const std::string& table, std::uint64_t from, std::uint64_t to) const;
    std::vector<std::string> column(const std::string& table, const std::string& column) const;
    // The first error of filling, or empty.
    const std::string& fill_error() const { return fill_error_; }

  private:
    schema::TableId id(const std::string& table) const;
    schema::Schema schema_;
    std::optional<Program> program_;
    std::string error_;
    mutable std::string fill_error_;
};

}  // namespace confab::engine::test
