// Ranges that are built from columns: `tsrange(starts_at, ends_at)` in an exclusion constraint.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace confab::engine {

struct RangeCall {
    std::string lower;   // SQL of the bounds
    std::string upper;
    char open = '[';
    char close = ')';

    // SQL of the range in PostgreSQL's text form, as parse_range reads it.
    std::string text_sql() const;
    // SQL of the condition under which PostgreSQL accepts the bounds: true or NULL.
    std::string ordered_sql() const;
};

// A call of one of PostgreSQL's own range constructors; nothing for any other expression.
std::optional<RangeCall> parse_range_call(std::string_view sql);

}  // namespace confab::engine
