// Counter-based randomness: every draw is a pure function of a key and a row number.
//
// A stream is named, not numbered: its key mixes the plan's seed with the names of the table and the
// column and with a purpose ("value", "null", "layout", …), so that editing one leaves the others alone.
// The mixer is the finaliser of SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number
// generators"), which compilers turn into vector code. All arithmetic is on integers: the same bits anywhere.
#pragma once

#include <cstdint>
#include <string_view>

namespace confab {

constexpr std::uint64_t mix(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) { return mix(mix(a) ^ b); }

// FNV-1a, then mixed: for names, not for bulk data.
constexpr std::uint64_t hash_text(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return mix(hash);
}

// The key of one stream. `table` is the qualified name, `column` a column's or a group's name.
constexpr std::uint64_t stream_key(std::uint64_t seed, std::string_view table, std::string_view column,
                                   std::string_view purpose) {
    return mix(mix(mix(seed, hash_text(table)), hash_text(column)), hash_text(purpose));
}

// 64 random bits for a row. `attempt` is 0 but for rows that were drawn again.
constexpr std::uint64_t bits_of(std::uint64_t key, std::uint64_t row, std::uint64_t attempt = 0) {
    const std::uint64_t first = mix(key ^ row);
    return attempt == 0 ? first : mix(first, attempt);
}

// A number in [0, bound) from 64 bits, by multiplication (Lemire 2019) without the rejection step:
// the bias is below bound / 2^64.
constexpr std::uint64_t bounded(std::uint64_t bits, std::uint64_t bound) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((static_cast<Wide>(bits) * bound) >> 64U);
}

}  // namespace confab
