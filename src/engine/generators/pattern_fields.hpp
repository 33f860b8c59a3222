// The {fields} of templates and grammars, and the alphabets of runs such as {####} and {AA}.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kernel.hpp"

namespace confab::engine {

// The characters of a run: # digits, A capitals, aa small letters, X both capitals and digits, hh hexadecimal.
// Empty for the name of a field.
std::string_view alphabet_of(std::string_view field);

// Splits `text` at its {fields}; doubled braces stand for themselves. The callbacks get literals and names.
// False where a brace lacks its partner.
template <typename Literal, typename Field>
bool split_fields(std::string_view text, Literal literal, Field field) {
    std::string pending;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if ((c == '{' || c == '}') && i + 1 < text.size() && text[i + 1] == c) {
            pending += c;
            ++i;
        } else if (c == '{') {
            const std::size_t end = text.find('}', i);
            if (end == std::string_view::npos || end == i + 1) return false;
            if (!pending.empty()) literal(pending);
            pending.clear();
            field(text.substr(i + 1, end - i - 1));
            i = end;
        } else if (c == '}') {
            return false;
        } else {
            pending += c;
        }
    }
    if (!pending.empty()) literal(pending);
    return true;
}

bool has_column(const KernelContext& context, std::string_view name);

// The position of `name` in `names`, to which it is added where it is not there yet.
std::size_t index_of(std::vector<std::string>& names, std::string_view name);

}  // namespace confab::engine
