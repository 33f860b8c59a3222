#include "sink/deflate.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <libdeflate.h>

#include "base/random.hpp"
#include "sink/deflate_scan.hpp"

namespace confab::sink {
namespace {

std::string csv_like(std::uint64_t seed, std::size_t size) {
    std::string text;
    for (std::uint64_t i = 0; text.size() < size; ++i) {
        text += std::to_string(i) + "," + std::to_string(bits_of(seed, i) % 1000) + ",pending,2024-01-0" +
                std::to_string(1 + bits_of(seed, i) % 9) + "\n";
    }
    text.resize(size);
    return text;
}

std::string random_bytes(std::uint64_t seed, std::size_t size) {
    std::string text;
    for (std::uint64_t i = 0; i < size; ++i) text += static_cast<char>(bits_of(seed, i) & 0xFFU);
    return text;
}

std::string inflate(std::string_view packed, std::size_t size) {
    std::string text(size + 1, '\0');
    std::size_t actual = 0;
    libdeflate_decompressor* decompressor = libdeflate_alloc_decompressor();
    const auto result =
        libdeflate_deflate_decompress(decompressor, packed.data(), packed.size(), text.data(), text.size(), &actual);
    libdeflate_free_decompressor(decompressor);
    if (result != LIBDEFLATE_SUCCESS) return "not a deflate stream";
    text.resize(actual);
    return text;
}

class Joined : public testing::TestWithParam<Compression> {};

TEST_P(Joined, ChunksOfAnyKindAreOneStream) {
    const std::vector<std::string> chunks{csv_like(1, 300'000), "a",  random_bytes(2, 100'000), std::string(200'000, 'z'),
                                          csv_like(3, 1),       "",   "hello world\n",          csv_like(4, 1'500'000),
                                          random_bytes(5, 3)};
    Deflater deflater(GetParam());
    ByteBuffer packed;
    std::string whole;
    std::uint32_t crc = 0;
    for (const std::string& chunk : chunks) {
        ASSERT_TRUE(deflater.pack(chunk, packed));
        crc = combine_crc32(crc, crc32(chunk), chunk.size());
        whole += chunk;
    }
    packed.append(deflate_end);
    EXPECT_EQ(inflate(packed.view(), whole.size()), whole);
    EXPECT_EQ(crc, crc32(whole));
    EXPECT_EQ(crc, libdeflate_crc32(0, whole.data(), whole.size()));
}

TEST_P(Joined, ManySizes) {
    Deflater deflater(GetParam());
    for (std::size_t size = 1; size < 3000; size += 1 + size / 7) {
        ByteBuffer packed;
        const std::string text = size % 2 == 0 ? csv_like(size, size) : random_bytes(size, size);
        ASSERT_TRUE(deflater.pack(text, packed));
        ASSERT_TRUE(deflater.pack(text, packed));
        packed.append(deflate_end);
        ASSERT_EQ(inflate(packed.view(), 2 * size), text + text) << size;
    }
}

TEST_P(Joined, AChunkIsPackedAlikeWhateverCameBefore) {
    Deflater used(GetParam());
    ByteBuffer before;
    ASSERT_TRUE(used.pack(csv_like(1, 100'000), before));
    ByteBuffer second;
    ASSERT_TRUE(used.pack(csv_like(2, 100'000), second));
    Deflater fresh(GetParam());
    ByteBuffer alone;
    ASSERT_TRUE(fresh.pack(csv_like(2, 100'000), alone));
    EXPECT_EQ(second.view(), alone.view());
    EXPECT_LT(alone.size(), 60'000U);
}

INSTANTIATE_TEST_SUITE_P(Levels, Joined, testing::Values(Compression::fast, Compression::small));

TEST(DeflateScan, WhatIsCutOrBrokenIsRefused) {
    libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
    const std::string text = csv_like(1, 20'000);
    std::string packed(text.size(), '\0');
    packed.resize(libdeflate_deflate_compress(compressor, text.data(), text.size(), packed.data(), packed.size()));
    libdeflate_free_compressor(compressor);
    const auto scan = [](std::string bytes) {
        const std::size_t size = bytes.size();
        bytes.append(8, '\0');
        return scan_deflate(reinterpret_cast<const std::uint8_t*>(bytes.data()), size);
    };
    const auto end = scan(packed);
    ASSERT_TRUE(end);
    EXPECT_EQ((end->end_bit + 7) / 8, packed.size());
    for (std::size_t size = 0; size < packed.size(); size += 1 + size / 5) EXPECT_FALSE(scan(packed.substr(0, size)));
    // Anything at all is read without going astray.
    for (std::uint64_t seed = 0; seed < 3000; ++seed) scan(random_bytes(seed, seed % 300));
}

}  // namespace
}  // namespace confab::sink
