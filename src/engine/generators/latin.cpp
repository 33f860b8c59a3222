#include "engine/generators/latin.hpp"

#include <cstdint>

namespace confab::engine {

namespace {

// U+00C0 to U+017F, two characters each; a space is nothing.
constexpr std::string_view latin =
    "a a a a aea aec e e e e i i i i d n o o o o oe  o u u u uey thss"
    "a a a a aea aec e e e e i i i i d n o o o o oe  o u u u uey thy "
    "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g "
    "g g g g h h h h i i i i i i i i i i ijijj j k k k l l l l l l l "
    "l l l n n n n n n n n n o o o o o o oeoer r r r r r s s s s s s "
    "s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s ";
static_assert(latin.size() == 2 * (0x180 - 0xC0));

}  // namespace

void append_slug(std::string& out, std::string_view text, char separator) {
    const std::size_t start = out.size();
    bool pending = false;
    const auto add = [&](char c) {
        if (pending && out.size() > start && separator != 0) out += separator;
        pending = false;
        out += c;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 'A' && byte <= 'Z') add(static_cast<char>(byte + 32));
        else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) add(static_cast<char>(byte));
        else if (byte == '\'') continue;
        else if (byte < 0x80) pending = true;
        else if (byte >= 0xC3 && byte <= 0xC5 && i + 1 < text.size()) {
            const std::uint32_t point = ((byte & 0x1FU) << 6U) | (static_cast<unsigned char>(text[++i]) & 0x3FU);
            if (point < 0xC0) continue;
            const std::size_t place = 2 * (point - 0xC0);
            if (latin[place] != ' ') add(latin[place]);
            if (latin[place + 1] != ' ') add(latin[place + 1]);
        }
    }
}

}  // namespace confab::engine
