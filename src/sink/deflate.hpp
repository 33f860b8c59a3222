// Chunks of one file, compressed apart and joined into one deflate stream.
//
// Each worker owns a Deflater and packs whole chunks; a packed chunk is a row of deflate blocks none of which is
// the last, ends on a byte boundary and refers to nothing before it. So packed chunks put one after another,
// and `deflate_end` after them, are one valid stream (RFC 1951), whoever packed which. The bytes are the same
// on every processor.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.hpp"
#include "sink/buffer.hpp"
#include "sink/sink.hpp"

namespace confab::sink {

// The final, empty block: fixed Huffman codes, nothing but the end of block.
constexpr std::string_view deflate_end{"\x03\x00", 2};

class Deflater {
  public:
    explicit Deflater(Compression compression);
    ~Deflater();
    Deflater(Deflater&&) noexcept;
    Deflater& operator=(Deflater&&) noexcept;

    // Appends the packed form of `text` (at most 1 GiB). Compression::none copies.
    Status pack(std::string_view text, ByteBuffer& out);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// CRC-32 as ZIP and gzip have it.
std::uint32_t crc32(std::string_view text);
// The CRC-32 of two texts put together, from their own and the second one's size.
std::uint32_t combine_crc32(std::uint32_t first, std::uint32_t second, std::uint64_t second_size);

}  // namespace confab::sink
