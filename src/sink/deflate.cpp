#include "sink/deflate.hpp"

#include <cassert>
#include <vector>

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <libdeflate.h>

#include "sink/deflate_scan.hpp"

namespace confab::sink {

namespace {

// ISA-L's levels 0 to 2 give the same bytes on every processor; level 3 does not.
constexpr std::uint32_t isal_level = 2;
constexpr int libdeflate_level = 6;

// An empty stored block after its three header bits: pads to a byte, then LEN and NLEN.
constexpr std::string_view empty_stored{"\x00\x00\xFF\xFF", 4};
constexpr std::size_t scan_padding = 8;

std::uint8_t* bytes_of(char* text) { return reinterpret_cast<std::uint8_t*>(text); }

}  // namespace

struct Deflater::State {
    Compression compression;
    isal_zstream fast{};
    std::vector<std::uint8_t> level_buffer;
    std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> small{nullptr, &libdeflate_free_compressor};

    Status pack_fast(std::string_view text, ByteBuffer& out);
    Status pack_small(std::string_view text, ByteBuffer& out);
};

Deflater::Deflater(Compression compression) : state_(std::make_unique<State>()) {
    state_->compression = compression;
    if (compression == Compression::fast) state_->level_buffer.resize(ISAL_DEF_LVL2_DEFAULT);
    if (compression == Compression::small) state_->small.reset(libdeflate_alloc_compressor(libdeflate_level));
}
Deflater::~Deflater() = default;
Deflater::Deflater(Deflater&&) noexcept = default;
Deflater& Deflater::operator=(Deflater&&) noexcept = default;

Status Deflater::pack(std::string_view text, ByteBuffer& out) {
    if (text.empty()) return {};
    switch (state_->compression) {
        case Compression::none: out.append(text); return {};
        case Compression::fast: return state_->pack_fast(text, out);
        case Compression::small: return state_->pack_small(text, out);
    }
    return {};
}

Status Deflater::State::pack_fast(std::string_view text, ByteBuffer& out) {
    // Text that does not shrink is stored: 5 bytes for each 64 KiB.
    const std::size_t room = text.size() + text.size() / 1024 + 1024;
    char* start = out.reserve(room);
    isal_deflate_stateless_init(&fast);
    fast.level = isal_level;
    fast.level_buf = level_buffer.data();
    fast.level_buf_size = static_cast<std::uint32_t>(level_buffer.size());
    fast.flush = FULL_FLUSH;
    fast.end_of_stream = 0;
    fast.next_in = bytes_of(const_cast<char*>(text.data()));
    fast.avail_in = static_cast<std::uint32_t>(text.size());
    fast.next_out = bytes_of(start);
    fast.avail_out = static_cast<std::uint32_t>(room);
    if (const int code = isal_deflate_stateless(&fast); code != COMP_OK || fast.avail_in != 0) {
        return Error(ErrorKind::internal, "ISA-L could not compress a chunk (code " + std::to_string(code) + ")");
    }
    out.advance_to(start + fast.total_out);
    return {};
}

Status Deflater::State::pack_small(std::string_view text, ByteBuffer& out) {
    const std::size_t bound = libdeflate_deflate_compress_bound(small.get(), text.size());
    char* start = out.reserve(bound + empty_stored.size() + 1 + scan_padding);
    const std::size_t size = libdeflate_deflate_compress(small.get(), text.data(), text.size(), start, bound);
    const auto end = size > 0 ? scan_deflate(bytes_of(start), size) : std::nullopt;
    if (!end) return Error(ErrorKind::internal, "libdeflate could not compress a chunk");
    std::uint8_t& last_block = bytes_of(start)[end->final_bit / 8];
    last_block = static_cast<std::uint8_t>(last_block & ~(1U << (end->final_bit % 8)));
    // Three zero bits: not final, stored. Bits past the end of a stream are zero; a byte more where they are too few.
    start[size] = 0;
    char* at = start + (end->end_bit + 3 + 7) / 8;
    std::memcpy(at, empty_stored.data(), empty_stored.size());
    out.advance_to(at + empty_stored.size());
    return {};
}

std::uint32_t crc32(std::string_view text) {
    return crc32_gzip_refl(0, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

namespace {

// Polynomials over GF(2) modulo the CRC's, bit 31 = x^0.
constexpr std::uint32_t crc_polynomial = 0xEDB88320U;
constexpr std::uint32_t one = 1U << 31U;

constexpr std::uint32_t times_x(std::uint32_t a) { return (a >> 1U) ^ ((a & 1U) != 0 ? crc_polynomial : 0U); }

constexpr std::uint32_t multiply(std::uint32_t a, std::uint32_t b) {
    std::uint32_t product = 0;
    for (std::uint32_t term = one; term != 0; term >>= 1U) {
        if ((a & term) != 0) product ^= b;
        b = times_x(b);
    }
    return product;
}

}  // namespace

// Appending n bits multiplies what the first text left in the register by x^n.
std::uint32_t combine_crc32(std::uint32_t first, std::uint32_t second, std::uint64_t second_size) {
    std::uint32_t shift = one;
    std::uint32_t power = times_x(one);
    for (std::uint64_t bits = second_size * 8; bits != 0; bits >>= 1U) {
        if ((bits & 1U) != 0) shift = multiply(shift, power);
        power = multiply(power, power);
    }
    return multiply(first, shift) ^ second;
}

}  // namespace confab::sink
