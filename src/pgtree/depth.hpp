// How deep a text's parse tree can be, bounded by a scan of its tokens.
#pragma once

#include <optional>
#include <string_view>

#include "pgtree/pgtree.hpp"

namespace confab::pgtree {

struct Depth {
    std::size_t levels = 0;            // the tree is at most about this deep
    std::optional<SyntaxError> error;  // a limit that the text exceeds
};

Depth measure_depth(std::string_view sql, const Limits& limits);

}  // namespace confab::pgtree
