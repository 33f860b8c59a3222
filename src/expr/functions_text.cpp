// Functions over text. Characters are code points of UTF-8. Case is changed for Latin, Greek and Cyrillic letters,
// as PostgreSQL does in a UTF-8 locale (in the "C" locale it changes A to Z only).
#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/text.hpp"
#include "expr/functions.hpp"
#include "expr/kernel.hpp"
#include "expr/value_type.hpp"

namespace confab::expr {

namespace {

using Text = std::string_view;

Text text_at(const Call& call, std::size_t arg, std::size_t row) { return call.args[arg].at<Text>(row); }
std::int64_t integer_at(const Call& call, std::size_t arg, std::size_t row) {
    return call.args[arg].at<std::int64_t>(row);
}

// out[i] = f(i), a text that lives as long as the arguments or lies in the arena.
template <typename F>
void each_text(Call& call, F f) {
    Text* out = call.out.data<Text>();
    for_valid(call, [&](std::size_t i) { out[i] = f(i); });
}

template <typename F>
void each_integer(Call& call, F f) {
    std::int64_t* out = call.out.data<std::int64_t>();
    for_valid(call, [&](std::size_t i) { out[i] = f(i); });
}

char upper_byte(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
char lower_byte(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_ascii(Text text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

std::string lower_text(Text text) { return fold_case(text); }

// The inverse of fold_case, where a letter has one.
std::string upper_text(Text text) {
    static const std::unordered_map<char32_t, char32_t> upper_of = [] {
        std::unordered_map<char32_t, char32_t> map;
        constexpr char32_t last = 0x58F;  // of the alphabets that have case
        for (char32_t letter = 'A'; letter <= last; ++letter) {
            std::string own;
            append_utf8(own, letter);
            const std::string low = fold_case(own);
            std::size_t at = 0;
            const char32_t lowered = next_character(low, at);
            if (lowered != letter && at == low.size()) map.try_emplace(lowered, letter);
        }
        return map;
    }();
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t letter = next_character(text, at);
        const auto found = upper_of.find(letter);
        append_utf8(result, found == upper_of.end() ? letter : found->second);
    }
    return result;
}

template <typename Byte, typename Whole>
void change_case(Call& call, Byte of_byte, Whole of_text) {
    each_text(call, [&](std::size_t i) {
        const Text text = text_at(call, 0, i);
        if (!is_ascii(text)) return call.out.arena().store(of_text(text));
        char* room = call.out.arena().allocate(text.size());
        std::transform(text.begin(), text.end(), room, of_byte);
        return Text(room, text.size());
    });
}

void lower_kernel(Call& call) { change_case(call, lower_byte, lower_text); }
void upper_kernel(Call& call) { change_case(call, upper_byte, upper_text); }

void initcap_kernel(Call& call) {
    std::string result;
    each_text(call, [&](std::size_t i) {
        const Text text = text_at(call, 0, i);
        result.clear();
        bool inside = false;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t from = at;
            const char32_t letter = next_character(text, at);
            const Text character = text.substr(from, at - from);
            const std::string up = upper_text(character);
            const std::string low = lower_text(character);
            result += inside ? low : up;
            inside = (letter >= '0' && letter <= '9') || up != low;
        }
        return call.out.arena().store(result);
    });
}

void length_kernel(Call& call) {
    each_integer(call, [&](std::size_t i) { return static_cast<std::int64_t>(character_count(text_at(call, 0, i))); });
}
void octets_kernel(Call& call) {
    each_integer(call, [&](std::size_t i) { return static_cast<std::int64_t>(text_at(call, 0, i).size()); });
}
void bits_kernel(Call& call) {
    each_integer(call, [&](std::size_t i) { return static_cast<std::int64_t>(text_at(call, 0, i).size() * 8); });
}

bool contains_character(Text set, Text character) { return set.find(character) != Text::npos; }

Text first_character(Text text) { return text.substr(0, character_prefix(text, 1)); }
Text last_character(Text text) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
    return text.substr(at);
}

Text trim_characters(Text text, Text set, bool left, bool right) {
    while (left && !text.empty() && contains_character(set, first_character(text))) {
        text.remove_prefix(first_character(text).size());
    }
    while (right && !text.empty() && contains_character(set, last_character(text))) {
        text.remove_suffix(last_character(text).size());
    }
    return text;
}

template <bool left, bool right>
void trim_kernel(Call& call) {
    const bool has_set = call.args.size() > 1;
    each_text(call, [&](std::size_t i) {
        return trim_characters(text_at(call, 0, i), has_set ? text_at(call, 1, i) : Text(" "), left, right);
    });
}

// Characters from `start` (counted from 1, may lie before the text) on, `count` of them.
void substring_kernel(Call& call) {
    const bool has_count = call.args.size() > 2;
    each_text(call, [&](std::size_t i) -> Text {
        const Text text = text_at(call, 0, i);
        const std::int64_t start = integer_at(call, 1, i);
        std::int64_t end = INT64_MAX;
        if (has_count) {
            const std::int64_t count = integer_at(call, 2, i);
            if (count < 0) {
                call.fail(i);
                return {};
            }
            end = start + count;
        }
        if (end <= 1) return text.substr(0, 0);
        const std::size_t from = character_prefix(text, static_cast<std::size_t>(std::max<std::int64_t>(start, 1) - 1));
        const Text rest = text.substr(from);
        if (!has_count) return rest;
        return rest.substr(0, character_prefix(rest, static_cast<std::size_t>(end - std::max<std::int64_t>(start, 1))));
    });
}

// A negative count leaves so many characters out at the other end.
std::size_t wanted_characters(Text text, std::int64_t count) {
    if (count >= 0) return static_cast<std::size_t>(count);
    const auto all = static_cast<std::int64_t>(character_count(text));
    return static_cast<std::size_t>(std::max<std::int64_t>(all + count, 0));
}

void left_kernel(Call& call) {
    each_text(call, [&](std::size_t i) {
        const Text text = text_at(call, 0, i);
        return text.substr(0, character_prefix(text, wanted_characters(text, integer_at(call, 1, i))));
    });
}

void right_kernel(Call& call) {
    each_text(call, [&](std::size_t i) {
        const Text text = text_at(call, 0, i);
        const std::size_t all = character_count(text);
        const std::size_t wanted = std::min(all, wanted_characters(text, integer_at(call, 1, i)));
        return text.substr(character_prefix(text, all - wanted));
    });
}

void position_kernel(Call& call) {
    each_integer(call, [&](std::size_t i) -> std::int64_t {
        const Text text = text_at(call, 0, i);
        const std::size_t at = text.find(text_at(call, 1, i));
        return at == Text::npos ? 0 : static_cast<std::int64_t>(character_count(text.substr(0, at))) + 1;
    });
}

constexpr std::size_t most_bytes = 1U << 26U;  // of one value: beyond, PostgreSQL would refuse or run out

// Builds a text in a buffer that is kept for all rows.
template <typename F>
void build_text(Call& call, F f) {
    std::string buffer;
    each_text(call, [&](std::size_t i) -> Text {
        buffer.clear();
        if (!f(i, buffer)) {
            call.fail(i);
            return {};
        }
        return call.out.arena().store(buffer);
    });
}

void replace_kernel(Call& call) {
    build_text(call, [&](std::size_t i, std::string& buffer) {
        Text text = text_at(call, 0, i);
        const Text from = text_at(call, 1, i);
        const Text to = text_at(call, 2, i);
        while (!from.empty()) {
            const std::size_t at = text.find(from);
            if (at == Text::npos) break;
            buffer += text.substr(0, at);
            buffer += to;
            text.remove_prefix(at + from.size());
        }
        buffer += text;
        return buffer.size() <= most_bytes;
    });
}

void translate_kernel(Call& call) {
    build_text(call, [&](std::size_t i, std::string& buffer) {
        Text text = text_at(call, 0, i);
        const Text from = text_at(call, 1, i);
        const Text to = text_at(call, 2, i);
        while (!text.empty()) {
            const Text character = first_character(text);
            text.remove_prefix(character.size());
            const std::size_t at = from.find(character);
            if (at == Text::npos) {
                buffer += character;
            } else {
                const Text rest = to.substr(character_prefix(to, character_count(from.substr(0, at))));
                buffer += first_character(rest);
            }
        }
        return true;
    });
}

// NULLs count as nothing.
void concat_kernel(Call& call) {
    std::string buffer;
    Text* out = call.out.data<Text>();
    for (std::size_t i = 0; i < call.rows; ++i) {
        buffer.clear();
        for (const Operand& arg : call.args) {
            if (!arg.is_null(i)) buffer += arg.at<Text>(i);
        }
        out[i] = call.out.arena().store(buffer);
    }
}

void concat_ws_kernel(Call& call) {
    std::string buffer;
    Text* out = call.out.data<Text>();
    for (std::size_t i = 0; i < call.rows; ++i) {
        if (call.args[0].is_null(i)) {
            call.out.set_null(i);
            continue;
        }
        buffer.clear();
        bool first = true;
        for (std::size_t k = 1; k < call.args.size(); ++k) {
            if (call.args[k].is_null(i)) continue;
            if (!first) buffer += text_at(call, 0, i);
            first = false;
            buffer += text_at(call, k, i);
        }
        out[i] = call.out.arena().store(buffer);
    }
}

template <bool at_left>
void pad_kernel(Call& call) {
    const bool has_fill = call.args.size() > 2;
    build_text(call, [&](std::size_t i, std::string& buffer) {
        const Text text = text_at(call, 0, i);
        const std::int64_t wanted = std::max<std::int64_t>(integer_at(call, 1, i), 0);
        const Text fill = has_fill ? text_at(call, 2, i) : Text(" ");
        if (wanted > static_cast<std::int64_t>(most_bytes)) return false;
        const auto length = static_cast<std::int64_t>(character_count(text));
        if (wanted <= length || fill.empty()) {
            buffer += text.substr(0, character_prefix(text, static_cast<std::size_t>(wanted)));
            return true;
        }
        if (!at_left) buffer += text;
        Text rest = fill;
        for (std::int64_t k = length; k < wanted; ++k) {
            if (rest.empty()) rest = fill;
            buffer += first_character(rest);
            rest.remove_prefix(first_character(rest).size());
        }
        if (at_left) buffer += text;
        return true;
    });
}

void repeat_kernel(Call& call) {
    build_text(call, [&](std::size_t i, std::string& buffer) {
        const Text text = text_at(call, 0, i);
        const std::int64_t count = std::max<std::int64_t>(integer_at(call, 1, i), 0);
        if (!text.empty() && count > static_cast<std::int64_t>(most_bytes / text.size())) return false;
        for (std::int64_t k = 0; k < count && !text.empty(); ++k) buffer += text;
        return true;
    });
}

void reverse_kernel(Call& call) {
    build_text(call, [&](std::size_t i, std::string& buffer) {
        for (Text text = text_at(call, 0, i); !text.empty();) {
            const Text character = last_character(text);
            buffer += character;
            text.remove_suffix(character.size());
        }
        return true;
    });
}

void split_part_kernel(Call& call) {
    each_text(call, [&](std::size_t i) -> Text {
        const Text text = text_at(call, 0, i);
        const Text separator = text_at(call, 1, i);
        std::int64_t field = integer_at(call, 2, i);
        if (field == 0) {
            call.fail(i);
            return {};
        }
        if (separator.empty()) return field == 1 || field == -1 ? text : text.substr(0, 0);
        if (field < 0) {
            std::int64_t fields = 1;
            for (std::size_t at = text.find(separator); at != Text::npos; at = text.find(separator, at + separator.size())) {
                ++fields;
            }
            field += fields + 1;
            if (field < 1) return text.substr(0, 0);
        }
        Text rest = text;
        for (std::int64_t k = 1; k < field; ++k) {
            const std::size_t at = rest.find(separator);
            if (at == Text::npos) return text.substr(0, 0);
            rest.remove_prefix(at + separator.size());
        }
        return rest.substr(0, rest.find(separator));
    });
}

void starts_with_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        call.out.data<std::uint8_t>()[i] = text_at(call, 0, i).starts_with(text_at(call, 1, i)) ? 1 : 0;
    });
}

void ascii_kernel(Call& call) {
    each_integer(call, [&](std::size_t i) -> std::int64_t {
        const Text text = text_at(call, 0, i);
        std::size_t at = 0;
        return text.empty() ? 0 : static_cast<std::int64_t>(next_character(text, at));
    });
}

void chr_kernel(Call& call) {
    build_text(call, [&](std::size_t i, std::string& buffer) {
        const std::int64_t code = integer_at(call, 0, i);
        if (code <= 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
        append_utf8(buffer, static_cast<char32_t>(code));
        return true;
    });
}

// The kind of a JSON value shows in its first character.
void json_typeof_kernel(Call& call) {
    each_text(call, [&](std::size_t i) -> Text {
        const Text text = trim(text_at(call, 0, i));
        switch (text.empty() ? ' ' : text[0]) {
            case '{': return "object";
            case '[': return "array";
            case '"': return "string";
            case 't':
            case 'f': return "boolean";
            case 'n': return "null";
            default: return "number";
        }
    });
}

// Elements of an array in text form, at its outer level; NULL for an empty array where `null_if_empty`.
template <bool null_if_empty>
void array_length_kernel(Call& call) {
    each_integer(call, [&](std::size_t i) -> std::int64_t {
        const Text text = text_at(call, 0, i);
        std::int64_t count = 0;
        int nesting = 0;
        bool quoted = false;
        for (std::size_t k = 0; k < text.size(); ++k) {
            const char c = text[k];
            if (quoted) {
                if (c == '\\') ++k;
                quoted = c != '"';
                continue;
            }
            if (c == '"') quoted = true;
            if (c == '{') ++nesting;
            if (c == '}') --nesting;
            if (c == ',' && (nesting == 1 || !null_if_empty)) ++count;
        }
        const bool empty = text.find_first_not_of("{} ") == Text::npos;
        if (empty && null_if_empty) {
            call.out.set_null(i);
            return 0;
        }
        if (null_if_empty && integer_at(call, 1, i) != 1) call.out.set_null(i);
        return empty ? 0 : count + 1;
    });
}

constexpr Signature signatures[] = {
    {"lower", "t", 't', lower_kernel},
    {"upper", "t", 't', upper_kernel},
    {"initcap", "t", 't', initcap_kernel},
    {"length", "t", 'i', length_kernel},
    {"char_length", "t", 'i', length_kernel},
    {"character_length", "t", 'i', length_kernel},
    {"octet_length", "p", 'i', octets_kernel},
    {"bit_length", "p", 'i', bits_kernel},
    {"btrim", "t", 't', trim_kernel<true, true>},
    {"btrim", "tt", 't', trim_kernel<true, true>},
    {"ltrim", "t", 't', trim_kernel<true, false>},
    {"ltrim", "tt", 't', trim_kernel<true, false>},
    {"rtrim", "t", 't', trim_kernel<false, true>},
    {"rtrim", "tt", 't', trim_kernel<false, true>},
    {"substring", "ti", 't', substring_kernel},
    {"substring", "tii", 't', substring_kernel, true},
    {"substr", "ti", 't', substring_kernel},
    {"substr", "tii", 't', substring_kernel, true},
    {"left", "ti", 't', left_kernel},
    {"right", "ti", 't', right_kernel},
    {"position", "tt", 'i', position_kernel},
    {"strpos", "tt", 'i', position_kernel},
    {"replace", "ttt", 't', replace_kernel, true},
    {"translate", "ttt", 't', translate_kernel},
    {"concat", "a*", 't', concat_kernel, false, false},
    {"concat_ws", "ta*", 't', concat_ws_kernel, false, false},
    {"lpad", "ti", 't', pad_kernel<true>, true},
    {"lpad", "tit", 't', pad_kernel<true>, true},
    {"rpad", "ti", 't', pad_kernel<false>, true},
    {"rpad", "tit", 't', pad_kernel<false>, true},
    {"repeat", "ti", 't', repeat_kernel, true},
    {"reverse", "t", 't', reverse_kernel},
    {"split_part", "tti", 't', split_part_kernel, true},
    {"starts_with", "tt", 'b', starts_with_kernel},
    {"ascii", "t", 'i', ascii_kernel},
    {"chr", "i", 't', chr_kernel, true},
    {"json_typeof", "a", 't', json_typeof_kernel},
    {"jsonb_typeof", "a", 't', json_typeof_kernel},
    {"array_length", "ei", 'i', array_length_kernel<true>},
    {"cardinality", "e", 'i', array_length_kernel<false>},
};

}  // namespace

std::span<const Signature> text_functions() { return signatures; }

}  // namespace confab::expr
