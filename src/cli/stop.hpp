// Ctrl-C and its like: the work is asked to stop, and made to when it does not listen.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include "base/files.hpp"

namespace confab::cli {

// While it lives, SIGINT, SIGTERM and SIGHUP set `requested()`. When the program has not ended 0.7 seconds later
// (a parser cannot be interrupted), `last_resort` runs and the process exits with status 1.
// REQUIRES: made before any other thread, which inherit that these signals are not theirs.
class StopSignals {
  public:
    explicit StopSignals(std::function<void()> last_resort);
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    const std::atomic<bool>& requested() const { return requested_; }

  private:
    void watch();

    std::function<void()> last_resort_;
    std::atomic<bool> requested_ = false;
    FileDescriptor signals_;
    FileDescriptor wake_;
    std::thread watcher_;
};

}  // namespace confab::cli
