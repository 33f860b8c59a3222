// An ordered pipeline: workers do numbered tasks in any order, one writer takes the results in theirs.
//
//   CONFAB_CHECK(run_ordered({.threads = 4, .tasks = n}, 
//       [&](unsigned thread, std::uint64_t task, std::size_t slot) -> Status { fill(buffers[slot], task); … },
//       [&](std::uint64_t task, std::size_t slot) -> Status { write(buffers[slot]); … }));
//
// A slot is the caller's buffer for one task in flight: there are `slots_for(threads)` of them, used again and
// again, so that memory does not grow with the number of tasks. With one thread everything happens on the
// caller's. What comes out does not depend on the number of threads, nor does the error: it is that of the
// first task, in order, that failed.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "base/result.hpp"

namespace confab {

struct PipelineOptions {
    unsigned threads = 1;
    std::uint64_t tasks = 0;
    const std::atomic<bool>* cancel = nullptr;  // when it turns true the run ends with ErrorKind::cancelled
    std::function<void()> tick;                 // on the writer's thread, about ten times a second
};

// Does the task into the slot. Runs on thread 0 to threads - 1, each one task at a time.
using PipelineWork = std::function<Status(unsigned thread, std::uint64_t task, std::size_t slot)>;
// Takes the finished slot; tasks come in order, on the caller's thread.
using PipelineWrite = std::function<Status(std::uint64_t task, std::size_t slot)>;

std::size_t slots_for(unsigned threads);

// All workers have ended when it returns, whatever the outcome.
Status run_ordered(const PipelineOptions& options, const PipelineWork& work, const PipelineWrite& write);

Error cancelled_error();

}  // namespace confab
