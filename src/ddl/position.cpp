#include "ddl/position.hpp"

#include <algorithm>

namespace confab::ddl {

namespace {

constexpr std::size_t max_quoted_bytes = 400;

bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

}  // namespace

Location locate(std::string_view text, std::size_t offset, const std::string& file_name) {
    offset = std::min(offset, text.size());
    Location where;
    where.file = file_name;
    where.line = 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
    const std::size_t newline = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin && text[end - 1] == '\r') --end;
    where.column = 1 + static_cast<int>(std::count_if(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                                      text.begin() + static_cast<std::ptrdiff_t>(offset), starts_character));
    if (end - begin <= max_quoted_bytes) where.line_text = std::string(text.substr(begin, end - begin));
    return where;
}

Error error_at(std::string_view text, std::size_t offset, const std::string& file_name, std::string message) {
    return Error(ErrorKind::invalid_input, std::move(message)).at(locate(text, offset, file_name));
}

}  // namespace confab::ddl
