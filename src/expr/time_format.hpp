// The patterns of to_char, to_date and to_timestamp that are in common use; others are not_supported.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace confab::expr {

class TimeFormat {
  public:
    static Result<TimeFormat> read(std::string_view pattern);

    // `moment` in microseconds since 1970-01-01.
    void write(std::int64_t moment, std::string& text) const;
    std::optional<std::int64_t> parse(std::string_view text) const;

  private:
    struct Piece {
        int token = -1;      // position in the table of patterns; -1: `literal`
        bool fill = true;    // false after FM: no padding
        std::string literal;
    };
    std::vector<Piece> pieces_;
};

}  // namespace confab::expr
