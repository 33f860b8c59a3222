#include "engine/bijection.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace confab::engine {
namespace {

TEST(Bijection, PermutesEverySmallDomain) {
    for (std::uint64_t size = 1; size <= 600; ++size) {
        for (const std::uint64_t key : {0ULL, 1ULL, 0xDEADBEEFULL}) {
            const Bijection permutation(size, key);
            std::vector<bool> seen(size, false);
            for (std::uint64_t number = 0; number < size; ++number) {
                const std::uint64_t image = permutation(number);
                ASSERT_LT(image, size);
                ASSERT_FALSE(seen[image]) << size << " " << key << " " << number;
                seen[image] = true;
            }
        }
    }
}

TEST(Bijection, KeysGiveDifferentOrders) {
    const Bijection one(1000, 1);
    const Bijection other(1000, 2);
    int same = 0;
    for (std::uint64_t number = 0; number < 1000; ++number) same += one(number) == other(number) ? 1 : 0;
    EXPECT_LT(same, 20);
}

TEST(Bijection, TakesTheLargestDomains) {
    const Bijection all(UINT64_MAX, 7);
    EXPECT_NE(all(0), all(1));
    EXPECT_NE(all(UINT64_MAX - 1), all(UINT64_MAX - 2));
}

}  // namespace
}  // namespace confab::engine
