// What a text column allows, and the loop of kernels that write text row by row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "engine/kernel.hpp"

namespace confab::engine {

std::size_t count_characters(std::string_view utf8);
// The first `limit` characters.
std::string_view first_characters(std::string_view utf8, std::size_t limit);

struct TextColumn {
    static constexpr std::size_t unlimited = 0xFFFFFFFF;
    std::size_t characters = unlimited;
    std::size_t bytes = unlimited;

    // Character types, and types of extensions that are text by another name. Fails for others.
    static Result<TextColumn> of(const KernelContext& context, std::string_view kind);

    bool fits(std::string_view text) const {
        return text.size() <= bytes && (text.size() <= characters || count_characters(text) <= characters);
    }
    // Cuts text that is too long, at a word where that leaves more than half of it.
    void fit(std::string& text) const;
};

// Fills out with texts; write(i, text) appends to the empty `text`, or returns false for NULL.
template <typename Write> void fill_text(const TextColumn& column, std::size_t count, Vector& out, Write write) {
    out.reset(Physical::text, count);
    auto* data = out.data<std::string_view>();
    std::string text;
    text.reserve(256);
    for (std::size_t i = 0; i < count; ++i) {
        text.clear();
        if (!write(i, text)) {
            data[i] = {};
            out.set_null(i);
            continue;
        }
        column.fit(text);
        data[i] = out.arena().store(text);
    }
}

}  // namespace confab::engine
