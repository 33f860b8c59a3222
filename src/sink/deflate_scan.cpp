// RFC 1951, as far as positions go:
//
//   stream   block… ; bits from the low end of each byte
//   block    BFINAL 1, BTYPE 2, then by type
//     0      pad to byte, LEN 16, NLEN 16, LEN bytes
//     1      symbols in the fixed codes
//     2      HLIT 5, HDIST 5, HCLEN 4, code lengths, then symbols in these codes
//   symbol   0-255 a byte; 256 end of block; 257-285 a length with extra bits, then a distance code with its own
#include "sink/deflate_scan.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace confab::sink {

namespace {

constexpr unsigned longest_code = 15;

constexpr std::array<std::uint8_t, 29> length_extra{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                    2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint8_t, 19> length_order{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

// Symbol and length of the code that the next 15 bits begin with; length 0 = no code begins so.
class Codes {
  public:
    bool assign(std::span<const std::uint8_t> lengths) {
        std::array<unsigned, longest_code + 2> next{};
        for (const std::uint8_t length : lengths) {
            if (length > 0) ++next[length + 1U];
        }
        // next[l] becomes the first code of length l (RFC 1951, 3.2.2).
        unsigned code = 0;
        for (unsigned length = 1; length <= longest_code; ++length) {
            code = (code + next[length]) << 1U;
            next[length] = code;
            if (code > (2U << length)) return false;
        }
        entries_.fill({});
        for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
            const unsigned length = lengths[symbol];
            if (length == 0) continue;
            const unsigned bits = next[length]++;
            if (bits >= (1U << length)) return false;
            unsigned reversed = 0;
            for (unsigned i = 0; i < length; ++i) reversed |= (bits >> i & 1U) << (length - 1 - i);
            for (unsigned at = reversed; at < entries_.size(); at += 1U << length) {
                entries_[at] = {static_cast<std::uint16_t>(symbol), static_cast<std::uint16_t>(length)};
            }
        }
        return true;
    }

    struct Entry {
        std::uint16_t symbol = 0;
        std::uint16_t length = 0;
    };
    const Entry& at(std::uint64_t bits) const { return entries_[bits & (entries_.size() - 1)]; }

  private:
    std::array<Entry, 1U << longest_code> entries_{};
};

class Scanner {
  public:
    Scanner(const std::uint8_t* bytes, std::size_t size) : bytes_(bytes), end_(std::uint64_t{size} * 8) {}

    std::optional<DeflateEnd> run() {
        for (;;) {
            const std::uint64_t block = at_;
            if (at_ + 3 > end_) return {};
            const std::uint64_t head = peek();
            at_ += 3;
            const bool is_final = (head & 1U) != 0;
            bool ok = false;
            switch (head >> 1U & 3U) {
                case 0: ok = skip_stored(); break;
                case 1: ok = fixed_codes() && skip_symbols(); break;
                case 2: ok = read_codes() && skip_symbols(); break;
                default: break;
            }
            if (!ok || at_ > end_) return {};
            if (is_final) return DeflateEnd{block, at_};
        }
    }

  private:
    // At least 56 bits from the current one on.
    std::uint64_t peek() const {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes_ + at_ / 8, sizeof word);
        return word >> (at_ % 8);
    }

    std::uint64_t take(unsigned count) {
        const std::uint64_t bits = peek() & ((std::uint64_t{1} << count) - 1);
        at_ += count;
        return bits;
    }

    bool skip_stored() {
        at_ = (at_ + 7) / 8 * 8;
        if (at_ + 32 > end_) return false;
        const std::uint64_t size = take(16);
        at_ += 16 + size * 8;
        return true;
    }

    bool fixed_codes() {
        std::array<std::uint8_t, 288> literals;
        std::fill(literals.begin(), literals.begin() + 144, std::uint8_t{8});
        std::fill(literals.begin() + 144, literals.begin() + 256, std::uint8_t{9});
        std::fill(literals.begin() + 256, literals.begin() + 280, std::uint8_t{7});
        std::fill(literals.begin() + 280, literals.end(), std::uint8_t{8});
        std::array<std::uint8_t, 30> distances;
        distances.fill(5);
        return literals_.assign(literals) && distances_.assign(distances);
    }

    bool read_codes() {
        if (at_ + 14 > end_) return false;
        const std::size_t literals = take(5) + 257;
        const std::size_t distances = take(5) + 1;
        const std::size_t orders = take(4) + 4;
        std::array<std::uint8_t, 19> order_lengths{};
        for (std::size_t i = 0; i < orders; ++i) {
            if (at_ >= end_) return false;
            order_lengths[length_order[i]] = static_cast<std::uint8_t>(take(3));
        }
        if (!distances_.assign(order_lengths)) return false;  // for the moment, the codes of code lengths
        std::array<std::uint8_t, 286 + 32> lengths{};
        const std::size_t total = literals + distances;
        for (std::size_t i = 0; i < total;) {
            if (at_ >= end_) return false;
            const auto& entry = distances_.at(peek());
            if (entry.length == 0) return false;
            at_ += entry.length;
            if (entry.symbol < 16) {
                lengths[i++] = static_cast<std::uint8_t>(entry.symbol);
                continue;
            }
            const std::uint8_t repeated = entry.symbol == 16 && i > 0 ? lengths[i - 1] : std::uint8_t{0};
            const std::size_t times = entry.symbol == 16 ? 3 + take(2) : entry.symbol == 17 ? 3 + take(3) : 11 + take(7);
            if (i + times > total) return false;
            std::fill_n(lengths.begin() + static_cast<std::ptrdiff_t>(i), times, repeated);
            i += times;
        }
        const std::span all(lengths);
        return literals_.assign(all.first(literals)) && distances_.assign(all.subspan(literals, distances));
    }

    bool skip_symbols() {
        while (at_ < end_) {
            std::uint64_t bits = peek();
            const auto& literal = literals_.at(bits);
            if (literal.length == 0) return false;
            at_ += literal.length;
            if (literal.symbol < 256) continue;
            if (literal.symbol == 256) return true;
            if (literal.symbol >= 257 + length_extra.size()) return false;
            const unsigned extra = length_extra[literal.symbol - 257U];
            at_ += extra;
            bits >>= literal.length + extra;
            const auto& distance = distances_.at(bits);
            if (distance.length == 0 || distance.symbol >= 30) return false;
            at_ += distance.length + (distance.symbol < 4 ? 0U : distance.symbol / 2U - 1U);
        }
        return false;
    }

    const std::uint8_t* bytes_;
    std::uint64_t end_;
    std::uint64_t at_ = 0;
    Codes literals_;
    Codes distances_;
};

}  // namespace

std::optional<DeflateEnd> scan_deflate(const std::uint8_t* bytes, std::size_t size) {
    // The tables are too large for a stack that may be small.
    const auto scanner = std::make_unique<Scanner>(bytes, size);
    return scanner->run();
}

}  // namespace confab::sink
