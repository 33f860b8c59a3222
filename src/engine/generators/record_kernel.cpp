#include "engine/generators/record_kernel.hpp"

#include <fmt/format.h>

namespace confab::engine {

void append_mark(std::string& text, Mark mark, std::uint64_t number, bool foreign, const TextColumn& column) {
    std::string sign = mark == Mark::parentheses ? (foreign ? fmt::format(" [{}]", number) : fmt::format(" ({})", number))
                       : foreign                 ? fmt::format("{}{}", mark == Mark::before_dot ? '-' : '_', number)
                                                 : fmt::format("{}", number);
    const std::size_t limit = std::min(column.characters, column.bytes);
    std::size_t place = text.size();
    if (mark == Mark::before_at || mark == Mark::before_dot) {
        place = mark == Mark::before_at ? text.find('@') : text.rfind('.');
        if (place == std::string::npos) place = text.size();
    }
    const std::size_t length = count_characters(text);
    if (limit != TextColumn::unlimited && length + sign.size() > limit) {
        const std::size_t surplus = length + sign.size() - limit;
        const std::size_t head = count_characters(std::string_view(text).substr(0, place));
        const std::size_t kept = first_characters(std::string_view(text).substr(0, place), head > surplus ? head - surplus : 0).size();
        text.erase(kept, place - kept);
        place = kept;
    }
    text.insert(place, sign);
}

}  // namespace confab::engine
