#include "ddl/line_table.hpp"

#include <algorithm>

namespace confab::ddl {
namespace {

constexpr std::size_t block_bytes = 1024;

std::size_t count_continuations(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }));
}

}  // namespace

LineTable::LineTable(std::string_view text) : text_(text) {
    starts_.push_back(0);
    for (std::size_t i = text.find('\n'); i != std::string_view::npos; i = text.find('\n', i + 1)) starts_.push_back(i + 1);
    continuations_.push_back(0);
    for (std::size_t i = 0; i + block_bytes <= text.size(); i += block_bytes) {
        continuations_.push_back(continuations_.back() + count_continuations(text.substr(i, block_bytes)));
    }
}

std::size_t LineTable::continuation_bytes(std::size_t offset) const {
    const std::size_t block = offset / block_bytes;
    return continuations_[block] +
           count_continuations(text_.substr(block * block_bytes, offset - block * block_bytes));
}

schema::Position LineTable::position(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const std::size_t start = *(after - 1);
    const std::size_t characters = offset - start - (continuation_bytes(offset) - continuation_bytes(start));
    return {static_cast<int>(after - starts_.begin()), static_cast<int>(characters) + 1};
}

std::size_t LineTable::offset(schema::Position position) const {
    const auto line = static_cast<std::size_t>(std::max(position.line, 1)) - 1;
    std::size_t at = line < starts_.size() ? starts_[line] : text_.size();
    for (int column = 1; column < position.column && at < text_.size(); ++column) {
        do ++at;
        while (at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80U);
    }
    return at;
}

}  // namespace confab::ddl
