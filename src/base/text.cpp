#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace confab {

namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Length of the well-formed character at the beginning of `text`, 0 when it is not one.
std::size_t character_length(std::string_view text, char32_t& character) {
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    const char32_t first = byte(0);
    std::size_t length = 0;
    if (first < 0x80) {
        character = first;
        return 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
        character = first & 0x1FU;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        character = first & 0x0FU;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        character = first & 0x07U;
    } else {
        return 0;
    }
    if (text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(text[i])) return 0;
        character = (character << 6U) | (byte(i) & 0x3FU);
    }
    const bool overlong = (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
    const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    return overlong || surrogate || character > 0x10FFFF ? 0 : length;
}

// Simple case folding (one character to one) of the alphabets that have case and are likely in names.
char32_t fold_character(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) ||
        (c >= 0x410 && c <= 0x42F)) {
        return c + 32;
    }
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    if (c >= 0x531 && c <= 0x556) return c + 48;
    if (c == 0x178) return 0xFF;
    const bool odd_upper = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    const bool even_upper = (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) ||
                            (c >= 0x1E00 && c <= 0x1EFF) || (c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF);
    if (odd_upper) return c % 2 == 1 ? c + 1 : c;
    if (even_upper) return c % 2 == 0 ? c + 1 : c;
    return c;
}

std::u32string folded_characters(std::string_view text) {
    std::u32string characters;
    characters.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) characters += fold_character(next_character(text, offset));
    return characters;
}

std::string group_thousands(std::string digits) {
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

}  // namespace

std::optional<std::size_t> find_broken_utf8(std::string_view text) {
    for (std::size_t offset = 0; offset < text.size();) {
        char32_t character = 0;
        const std::size_t length = character_length(text.substr(offset), character);
        if (length == 0) return offset;
        offset += length;
    }
    return {};
}

bool is_utf8(std::string_view text) { return !find_broken_utf8(text); }

std::size_t character_count(std::string_view text) {
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_continuation));
}

std::string_view first_characters(std::string_view text, std::size_t characters) {
    std::size_t offset = 0;
    for (; offset < text.size(); ++offset) {
        if (is_continuation(text[offset])) continue;
        if (characters == 0) break;
        --characters;
    }
    return text.substr(0, offset);
}

void append_utf8(std::string& text, char32_t character) {
    const auto add = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (character < 0x80) {
        add(character);
    } else if (character < 0x800) {
        add(0xC0U | (character >> 6U));
        add(0x80U | (character & 0x3FU));
    } else if (character < 0x10000) {
        add(0xE0U | (character >> 12U));
        add(0x80U | ((character >> 6U) & 0x3FU));
        add(0x80U | (character & 0x3FU));
    } else {
        add(0xF0U | (character >> 18U));
        add(0x80U | ((character >> 12U) & 0x3FU));
        add(0x80U | ((character >> 6U) & 0x3FU));
        add(0x80U | (character & 0x3FU));
    }
}

char32_t next_character(std::string_view text, std::size_t& offset) {
    char32_t character = 0;
    const std::size_t length = character_length(text.substr(offset), character);
    offset += length == 0 ? 1 : length;
    return length == 0 ? replacement : character;
}

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = lower_ascii(c);
    return lower;
}

std::string upper_ascii(std::string_view text) {
    std::string upper(text);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    return upper;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower_ascii(x) == lower_ascii(y); });
}

std::string fold_case(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    for (const char32_t c : folded_characters(text)) append_utf8(folded, c);
    return folded;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    for (;;) {
        const std::size_t at = text.find(separator);
        pieces.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return pieces;
        text.remove_prefix(at + 1);
    }
}

std::string join(std::span<const std::string> pieces, std::string_view separator) {
    std::string text;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i > 0) text += separator;
        text += pieces[i];
    }
    return text;
}

std::string enumerate(std::span<const std::string> pieces, std::string_view last_word) {
    if (pieces.size() < 2) return join(pieces, "");
    return fmt::format("{} {} {}", join(pieces.first(pieces.size() - 1), ", "), last_word, pieces.back());
}

std::string grouped(std::int64_t number) { return group_thousands(std::to_string(number)); }
std::string grouped(std::uint64_t number) { return group_thousands(std::to_string(number)); }

std::string counted(std::uint64_t number, std::string_view singular, std::string_view plural) {
    if (number == 1) return fmt::format("1 {}", singular);
    return plural.empty() ? fmt::format("{} {}s", grouped(number), singular)
                          : fmt::format("{} {}", grouped(number), plural);
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || code != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    const std::u32string left = folded_characters(a);
    const std::u32string right = folded_characters(b);
    const std::size_t longer = std::max(left.size(), right.size());
    const std::size_t shorter = std::min(left.size(), right.size());
    if (longer - shorter > limit) return limit + 1;
    // Optimal string alignment distance (Damerau 1964, restricted): the last three rows of its table.
    std::vector<std::size_t> before(right.size() + 1);
    std::vector<std::size_t> previous(right.size() + 1);
    std::vector<std::size_t> current(right.size() + 1);
    for (std::size_t j = 0; j <= right.size(); ++j) previous[j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        current[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t replace = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
            current[j] = std::min({replace, previous[j] + 1, current[j - 1] + 1});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
                current[j] = std::min(current[j], before[j - 2] + 1);
            }
            least = std::min(least, current[j]);
        }
        if (least > limit) return limit + 1;
        std::swap(before, previous);
        std::swap(previous, current);
    }
    return std::min(previous[right.size()], limit + 1);
}

std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> candidates) {
    const std::size_t most = std::max<std::size_t>(1, character_count(name) / 3);
    std::optional<std::string> nearest;
    std::size_t nearest_distance = most + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(name, candidate, nearest_distance);
        if (distance >= nearest_distance) continue;
        nearest = candidate;
        nearest_distance = distance;
    }
    return nearest;
}

std::string nearest_note(std::string_view name, std::span<const std::string> candidates, std::size_t most) {
    if (candidates.empty()) return {};
    if (const auto nearest = nearest_name(name, candidates)) {
        return fmt::format("did you mean `{}`?", printable(*nearest));
    }
    std::vector<std::string> listed;
    for (const std::string& candidate : candidates.first(std::min(most, candidates.size()))) {
        listed.push_back(fmt::format("`{}`", printable(candidate)));
    }
    const std::size_t further = candidates.size() - listed.size();
    return further > 0 ? fmt::format("there are {} and {} more", join(listed, ", "), grouped(std::uint64_t{further}))
                       : fmt::format("there {} {}", listed.size() == 1 ? "is" : "are", enumerate(listed));
}

std::string printable(std::string_view text, std::size_t most_characters) {
    std::string shown;
    std::size_t characters = 0;
    for (std::size_t offset = 0; offset < text.size(); ++characters) {
        if (characters == most_characters) return shown + "…";
        const std::size_t start = offset;
        const char32_t character = next_character(text, offset);
        const bool broken = character == replacement && offset - start == 1;
        if (broken || character < 0x20 || character == 0x7F) {
            shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[start]));
        } else {
            shown += text.substr(start, offset - start);
        }
    }
    return shown;
}

}  // namespace confab
