// One PostgreSQL statement in the making, with the map from its bytes to the source.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ddl/rewrite.hpp"

namespace confab::ddl::dialect {

class Output {
  public:
    // Text that came from `source_offset`. A space goes between two pieces where SQL needs or likes one.
    void put(std::string_view text, std::size_t source_offset) {
        space(text);
        if (mappings_.empty() || mappings_.back().source_offset != source_offset) mappings_.push_back({sql_.size(), source_offset});
        sql_ += text;
    }
    // Text of ours, about what the piece before was about.
    void put(std::string_view text) {
        space(text);
        sql_ += text;
    }
    // Without a space in front.
    void glue(std::string_view text) { sql_ += text; }

    const std::string& sql() const { return sql_; }

    RewrittenStatement statement(std::size_t source_offset) && {
        RewrittenStatement result;
        result.sql = std::move(sql_);
        result.mappings = std::move(mappings_);
        result.source_offset = source_offset;
        if (result.mappings.empty() || result.mappings.front().output_offset != 0) result.mappings.insert(result.mappings.begin(), {0, source_offset});
        return result;
    }

  private:
    void space(std::string_view text) {
        if (sql_.empty() || text.empty()) return;
        const char last = sql_.back();
        const char first = text.front();
        if (last == '(' || last == ' ' || last == '\n' || last == '.') return;
        if (first == ')' || first == ',' || first == '.' || first == '\n') return;
        sql_ += ' ';
    }

    std::string sql_;
    std::vector<Mapping> mappings_;
};

}  // namespace confab::ddl::dialect
