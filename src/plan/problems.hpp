// What is wrong with a plan, collected: a person mends a file once, not once an error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace confab::plan {

// Where in a plan: `tables.orders.columns.status.weights[2]`.
class Path {
  public:
    Path() = default;
    Path operator/(std::string_view name) const;
    Path operator[](std::size_t index) const;
    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

class Problems {
  public:
    void add(const Path& path, const std::string& what);
    bool empty() const { return found_.empty(); }
    // The first as the message, the others as notes (a hundred at most, then a count).
    Error error(const std::string& file_name) const;

  private:
    std::vector<std::string> found_;
};

}  // namespace confab::plan
