// A regular expression (RE2 syntax) as a tree that strings can be made from.
//
//   set        one character of a list of ranges
//   sequence   its children one after another
//   choice     one of its children
//   repeat     its child `least` to `most` times
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace confab::engine {

struct RegexNode {
    enum class Kind : std::uint8_t { set, sequence, choice, repeat } kind = Kind::sequence;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;  // of code points, inclusive, ascending, disjoint
    std::vector<RegexNode> children;
    std::uint32_t least = 0;
    std::uint32_t most = 0;

    std::uint64_t symbols() const;  // of a set
};

// Fails with not_supported for what has no string to be made from (word boundaries in the middle, …).
Result<RegexNode> parse_regex(std::string_view pattern);

// Characters of the shortest and the longest string.
std::uint64_t shortest_match(const RegexNode& node);
std::uint64_t longest_match(const RegexNode& node);
// Takes repeats back until no string is longer than `characters`; false when the shortest is.
bool shorten(RegexNode& node, std::uint64_t characters);

// How many strings, when each is made in one way only; else 0. Saturates at 2^62.
std::uint64_t count_strings(const RegexNode& node);
// String number `number` < count_strings.
void append_numbered(const RegexNode& node, std::uint64_t number, std::string& text);
// Some string.
void append_random(const RegexNode& node, std::uint64_t& state, std::string& text);

}  // namespace confab::engine
