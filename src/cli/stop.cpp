#include "cli/stop.hpp"

#include <csignal>
#include <cstdint>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace confab::cli {

namespace {

constexpr int patience_ms = 700;

sigset_t stop_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
    return set;
}

}  // namespace

StopSignals::StopSignals(std::function<void()> last_resort) : last_resort_(std::move(last_resort)) {
    const sigset_t set = stop_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    signals_ = FileDescriptor(::signalfd(-1, &set, SFD_CLOEXEC));
    wake_ = FileDescriptor(::eventfd(0, EFD_CLOEXEC));
    watcher_ = std::thread([this] { watch(); });
}

StopSignals::~StopSignals() {
    const std::uint64_t one = 1;
    static_cast<void>(!::write(wake_.get(), &one, sizeof one));
    watcher_.join();
}

void StopSignals::watch() {
    pollfd both[] = {{wake_.get(), POLLIN, 0}, {signals_.get(), POLLIN, 0}};
    while (::poll(both, 2, -1) < 0) {
    }
    if (both[0].revents != 0) return;
    requested_ = true;
    if (::poll(both, 1, patience_ms) > 0) return;
    last_resort_();
    constexpr char message[] = "\nerror: stopped\n";
    static_cast<void>(!::write(STDERR_FILENO, message, sizeof message - 1));
    ::_exit(1);
}

}  // namespace confab::cli
