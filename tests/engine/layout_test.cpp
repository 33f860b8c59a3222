#include "engine/layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace confab::engine {
namespace {

TEST(Layout, CoversEveryRowOnceBothWays) {
    for (const std::uint64_t parents : {1ULL, 2ULL, 3ULL, 7ULL, 100ULL, 1023ULL}) {
        for (const std::uint64_t children : {0ULL, 1ULL, 5ULL, 100ULL, 5000ULL}) {
            for (const double spread : {0.0, 0.5, 1.0}) {
                LayoutShape shape;
                shape.parents = parents;
                shape.children = children;
                shape.spread = spread;
                shape.key = 42;
                const Layout layout(shape);
                Layout::Cursor by_parent(layout);
                Layout::Cursor by_row(layout);
                std::uint64_t next = 0;
                for (std::uint64_t parent = 0; parent < parents; ++parent) {
                    const Layout::Place place = by_parent.of_parent(parent);
                    ASSERT_EQ(place.first, next);
                    next += place.count;
                    for (std::uint64_t row = place.first; row < next; ++row) {
                        const Layout::Place& found = by_row.of_row(row);
                        ASSERT_EQ(found.parent, parent);
                        ASSERT_EQ(found.first, place.first);
                        ASSERT_EQ(found.count, place.count);
                    }
                }
                ASSERT_EQ(next, children);
            }
        }
    }
}

TEST(Layout, KeepsMinimumAndMaximum) {
    for (const std::uint64_t children : {200ULL, 345ULL, 500ULL}) {
        LayoutShape shape;
        shape.parents = 100;
        shape.children = children;
        shape.minimum = 2;
        shape.maximum = 5;
        shape.spread = 1;
        const Layout layout(shape);
        Layout::Cursor cursor(layout);
        std::uint64_t total = 0;
        for (std::uint64_t parent = 0; parent < 100; ++parent) {
            const std::uint64_t count = cursor.of_parent(parent).count;
            ASSERT_GE(count, 2U);
            ASSERT_LE(count, 5U);
            total += count;
        }
        ASSERT_EQ(total, children);
    }
}

TEST(Layout, FindsAnyRowWithoutHavingScanned) {
    LayoutShape shape;
    shape.parents = 1000;
    shape.children = 7777;
    const Layout layout(shape);
    Layout::Cursor scan(layout);
    for (std::uint64_t row = 0; row < 7777; ++row) {
        const Layout::Place expected = scan.of_row(row);
        if (row % 97 != 0) continue;
        Layout::Cursor fresh(layout);
        ASSERT_EQ(fresh.of_row(row).parent, expected.parent);
    }
}

}  // namespace
}  // namespace confab::engine
