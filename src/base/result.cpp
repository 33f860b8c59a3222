#include "base/result.hpp"

#include <fmt/format.h>

namespace confab {

std::string to_text(const Error& error) {
    std::string text;
    if (error.location) {
        const Location& where = *error.location;
        text += fmt::format("{}:{}:{}: ", where.file, where.line, where.column);
    }
    text += "error: " + error.message;
    if (error.location && !error.location->line_text.empty()) {
        const Location& where = *error.location;
        std::string padding;
        int character = 1;
        for (const char c : where.line_text) {
            if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;  // inside a UTF-8 character
            if (character++ >= where.column) break;
            padding += c == '\t' ? '\t' : ' ';
        }
        text += fmt::format("\n    {}\n    {}^", where.line_text, padding);
    }
    for (const std::string& note : error.notes) text += "\n  " + note;
    return text;
}

}  // namespace confab
