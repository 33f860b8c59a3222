// Where a deflate stream ends, and where it says so.
//
// libdeflate packs well but knows only whole streams: the last block carries the final bit. To join streams that
// bit has to be found, which takes reading the codes (not the text) of the stream once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace confab::sink {

struct DeflateEnd {
    std::uint64_t final_bit = 0;  // bit position of the last block's BFINAL
    std::uint64_t end_bit = 0;    // one past the last bit of the stream
};

// Nothing when the bytes are not a whole deflate stream. Reads up to 8 bytes past `size`, which the caller
// must own; what is in them does not matter.
std::optional<DeflateEnd> scan_deflate(const std::uint8_t* bytes, std::size_t size);

}  // namespace confab::sink
