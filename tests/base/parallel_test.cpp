#include "base/parallel.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace confab {
namespace {

class Pipeline : public testing::TestWithParam<unsigned> {};

TEST_P(Pipeline, ResultsComeInOrderFromReusedSlots) {
    std::vector<std::uint64_t> slots(slots_for(GetParam()));
    std::vector<std::uint64_t> seen;
    const Status status = run_ordered(
        {.threads = GetParam(), .tasks = 500, .cancel = nullptr, .tick = {}},
        [&](unsigned thread, std::uint64_t task, std::size_t slot) -> Status {
            EXPECT_LT(thread, GetParam());
            if (task % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
            slots[slot] = mix(task);
            return {};
        },
        [&](std::uint64_t task, std::size_t slot) -> Status {
            EXPECT_EQ(slots[slot], mix(task));
            seen.push_back(task);
            return {};
        });
    EXPECT_TRUE(status);
    ASSERT_EQ(seen.size(), 500U);
    for (std::uint64_t i = 0; i < 500; ++i) EXPECT_EQ(seen[i], i);
}

TEST_P(Pipeline, TheFirstFailureInOrderIsReported) {
    std::vector<std::uint64_t> written;
    const Status status = run_ordered(
        {.threads = GetParam(), .tasks = 100, .cancel = nullptr, .tick = {}},
        [&](unsigned, std::uint64_t task, std::size_t) -> Status {
            if (task == 20) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            if (task >= 20) return Error(ErrorKind::unsatisfiable, "task " + std::to_string(task));
            return {};
        },
        [&](std::uint64_t task, std::size_t) -> Status {
            written.push_back(task);
            return {};
        });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().message, "task 20");
    EXPECT_EQ(written.size(), 20U);
}

TEST_P(Pipeline, AWriterThatFailsEndsTheRun) {
    const Status status = run_ordered(
        {.threads = GetParam(), .tasks = 1000, .cancel = nullptr, .tick = {}},
        [](unsigned, std::uint64_t, std::size_t) -> Status { return {}; },
        [](std::uint64_t task, std::size_t) -> Status {
            if (task == 7) return Error(ErrorKind::io, "disk full");
            return {};
        });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().message, "disk full");
}

TEST_P(Pipeline, CancellingEndsTheRunSoon) {
    std::atomic<bool> cancel = false;
    const auto start = std::chrono::steady_clock::now();
    const Status status = run_ordered(
        {.threads = GetParam(), .tasks = 1'000'000, .cancel = &cancel, .tick = {}},
        [&](unsigned, std::uint64_t task, std::size_t) -> Status {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            if (task == 30) cancel = true;
            return {};
        },
        [](std::uint64_t, std::size_t) -> Status { return {}; });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, ErrorKind::cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST_P(Pipeline, NoTaskIsASuccess) {
    EXPECT_TRUE(run_ordered({.threads = GetParam(), .tasks = 0, .cancel = nullptr, .tick = {}},
                            [](unsigned, std::uint64_t, std::size_t) -> Status { return {}; },
                            [](std::uint64_t, std::size_t) -> Status { return {}; }));
}

INSTANTIATE_TEST_SUITE_P(Threads, Pipeline, testing::Values(1U, 2U, 5U));

}  // namespace
}  // namespace confab
