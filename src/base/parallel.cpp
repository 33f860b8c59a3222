#include "base/parallel.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace confab {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto tick_every = std::chrono::milliseconds(100);

class Ticker {
  public:
    explicit Ticker(const std::function<void()>& tick) : tick_(tick) {}
    void maybe() {
        if (!tick_ || Clock::now() < next_) return;
        tick_();
        next_ = Clock::now() + tick_every;
    }

  private:
    const std::function<void()>& tick_;
    Clock::time_point next_ = Clock::now() + tick_every;
};

bool is_cancelled(const PipelineOptions& options) {
    return options.cancel != nullptr && options.cancel->load(std::memory_order_relaxed);
}

Status run_alone(const PipelineOptions& options, const PipelineWork& work, const PipelineWrite& write) {
    Ticker ticker(options.tick);
    for (std::uint64_t task = 0; task < options.tasks; ++task) {
        if (is_cancelled(options)) return cancelled_error();
        CONFAB_CHECK(work(0, task, 0));
        CONFAB_CHECK(write(task, 0));
        ticker.maybe();
    }
    return {};
}

// What the threads share. Task t uses slot t mod slots; it may start when task t - slots has been written.
struct Shared {
    std::mutex mutex;
    std::condition_variable finished;  // a slot is ready to be written
    std::condition_variable freed;     // a slot has been written
    std::vector<std::optional<Status>> results;  // of each slot, when its task is done
    std::uint64_t next = 0;            // task to be started
    std::uint64_t written = 0;         // tasks written
    bool stop = false;
};

void work_until_done(Shared& shared, const PipelineOptions& options, const PipelineWork& work, unsigned thread) {
    const std::size_t slots = shared.results.size();
    std::unique_lock lock(shared.mutex);
    for (;;) {
        shared.freed.wait(lock, [&] {
            return shared.stop || shared.next >= options.tasks || shared.next < shared.written + slots;
        });
        if (shared.stop || shared.next >= options.tasks) return;
        const std::uint64_t task = shared.next++;
        const std::size_t slot = task % slots;
        lock.unlock();
        Status status = is_cancelled(options) ? Status(cancelled_error()) : work(thread, task, slot);
        lock.lock();
        shared.results[slot] = std::move(status);
        shared.finished.notify_one();
    }
}

// Stops and joins the workers on every way out.
class Crew {
  public:
    Crew(Shared& shared, const PipelineOptions& options, const PipelineWork& work) : shared_(shared) {
        for (unsigned thread = 0; thread < options.threads; ++thread) {
            threads_.emplace_back([&shared, &options, &work, thread] { work_until_done(shared, options, work, thread); });
        }
    }
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    ~Crew() {
        {
            const std::lock_guard lock(shared_.mutex);
            shared_.stop = true;
        }
        shared_.freed.notify_all();
        for (std::thread& thread : threads_) thread.join();
    }

  private:
    Shared& shared_;
    std::vector<std::thread> threads_;
};

}  // namespace

std::size_t slots_for(unsigned threads) { return threads <= 1 ? 1 : std::size_t{threads} + 2; }

Error cancelled_error() { return {ErrorKind::cancelled, "stopped"}; }

Status run_ordered(const PipelineOptions& options, const PipelineWork& work, const PipelineWrite& write) {
    if (options.threads <= 1) return run_alone(options, work, write);
    Shared shared;
    shared.results.resize(slots_for(options.threads));
    const Crew crew(shared, options, work);
    Ticker ticker(options.tick);
    for (std::uint64_t task = 0; task < options.tasks; ++task) {
        const std::size_t slot = task % shared.results.size();
        {
            std::unique_lock lock(shared.mutex);
            while (!shared.results[slot]) {
                if (is_cancelled(options)) return cancelled_error();
                shared.finished.wait_for(lock, tick_every);
                lock.unlock();
                ticker.maybe();
                lock.lock();
            }
            if (!*shared.results[slot]) return *shared.results[slot];
        }
        if (is_cancelled(options)) return cancelled_error();
        CONFAB_CHECK(write(task, slot));
        {
            const std::lock_guard lock(shared.mutex);
            shared.results[slot].reset();
            shared.written = task + 1;
        }
        shared.freed.notify_all();
        ticker.maybe();
    }
    return {};
}

}  // namespace confab
