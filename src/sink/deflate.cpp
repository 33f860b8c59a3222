#include "sink/deflate.hpp"

#include <cassert>
#include <vector>

#include <libdeflate.h>

#include "sink/deflate_scan.hpp"

namespace confab::sink {

namespace {

constexpr int fast_level = 1;
constexpr int small_level = 6;

// An empty stored block after its three header bits: pads to a byte, then LEN and NLEN.
constexpr std::string_view empty_stored{"\x00\x00\xFF\xFF", 4};
constexpr std::size_t scan_padding = 8;

std::uint8_t* bytes_of(char* text) { return reinterpret_cast<std::uint8_t*>(text); }

}  // namespace

struct Deflater::State {
    Compression compression;
    std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor{nullptr, &libdeflate_free_compressor};

    Status pack(std::string_view text, ByteBuffer& out);
};

Deflater::Deflater(Compression compression) : state_(std::make_unique<State>()) {
    state_->compression = compression;
    if (compression == Compression::none) return;
    state_->compressor.reset(libdeflate_alloc_compressor(compression == Compression::fast ? fast_level : small_level));
}
Deflater::~Deflater() = default;
Deflater::Deflater(Deflater&&) noexcept = default;
Deflater& Deflater::operator=(Deflater&&) noexcept = default;

Status Deflater::pack(std::string_view text, ByteBuffer& out) {
    if (text.empty()) return {};
    if (state_->compression != Compression::none) return state_->pack(text, out);
    out.append(text);
    return {};
}

Status Deflater::State::pack(std::string_view text, ByteBuffer& out) {
    const std::size_t bound = libdeflate_deflate_compress_bound(compressor.get(), text.size());
    char* start = out.reserve(bound + empty_stored.size() + 1 + scan_padding);
    const std::size_t size = libdeflate_deflate_compress(compressor.get(), text.data(), text.size(), start, bound);
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
    return libdeflate_crc32(0, text.data(), text.size());
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
