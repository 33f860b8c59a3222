// Text as people read it: UTF-8, lists, numbers in messages, the name that was probably meant.
//
// Everything here works on UTF-8 in std::string_view and is independent of the locale of the process.
// Not for the hot path: bulk formatting of values lives in base/value_text.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace confab {

// UTF-8 as RFC 3629 defines it: no overlong form, no surrogate, nothing above U+10FFFF.
bool is_utf8(std::string_view text);
// Byte offset of the first byte that is not UTF-8, or nothing.
std::optional<std::size_t> find_broken_utf8(std::string_view text);
// Characters (code points), which is how varchar(n) counts. The text must be UTF-8.
std::size_t character_count(std::string_view text);
// The longest beginning of at most `characters` characters.
std::string_view first_characters(std::string_view text, std::size_t characters);
void append_utf8(std::string& text, char32_t character);
// The character at `offset`, which is moved past it. U+FFFD (and one byte on) where the text is not UTF-8.
char32_t next_character(std::string_view text, std::size_t& offset);

// A to Z only: SQL keywords, option words, unquoted names.
char lower_ascii(char c);
std::string lower_ascii(std::string_view text);
std::string upper_ascii(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);
// Lower case of letters of Latin, Greek, Cyrillic and Armenian as well: to find names that a file system or a
// person would take for the same.
std::string fold_case(std::string_view text);

std::string_view trim(std::string_view text);  // spaces, tabs, line ends
// Pieces between separators; `split("", ',')` is one empty piece.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(std::span<const std::string> pieces, std::string_view separator);
// `a`, `a and b`, `a, b and c`.
std::string enumerate(std::span<const std::string> pieces, std::string_view last_word = "and");

// 1234567 → `1,234,567`.
std::string grouped(std::int64_t number);
std::string grouped(std::uint64_t number);
// `1 row`, `1,000 rows`. The plural of a regular noun unless given.
std::string counted(std::uint64_t number, std::string_view singular, std::string_view plural = {});
// A decimal integer that is the whole text, without a sign or with `-`; nothing otherwise.
std::optional<std::int64_t> parse_integer(std::string_view text);

// Insertions, deletions, replacements and swaps of neighbours that turn one name into the other, in characters
// of which the case is ignored. Stops counting above `limit` and returns limit + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit = 64);
// The candidate most like `name`, or nothing when none is near (about a third of its letters differ).
std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> candidates);
// Note for an error about an unknown name: ``did you mean `orders`?``, or a list of what there is
// (at most `most` names), or nothing when there are no candidates.
std::string nearest_note(std::string_view name, std::span<const std::string> candidates, std::size_t most = 8);

// A name or a value in a message: control characters and broken UTF-8 as `\x0a`, long texts cut with `…`.
std::string printable(std::string_view text, std::size_t most_characters = 120);

}  // namespace confab
