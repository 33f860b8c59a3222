// A pure computing loop on N threads: what two threads are worth on this machine right now.
//   spin THREADS ITERATIONS      each thread does ITERATIONS / THREADS steps
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

namespace {

std::uint64_t work(std::uint64_t steps, std::uint64_t value) {
    for (std::uint64_t step = 0; step < steps; ++step) {
        value ^= value << 13U;
        value ^= value >> 7U;
        value ^= value << 17U;
    }
    return value;
}

}  // namespace

int main(int count, char** values) {
    if (count != 3) return 2;
    const auto threads = static_cast<std::uint64_t>(std::strtoull(values[1], nullptr, 10));
    const auto steps = static_cast<std::uint64_t>(std::strtoull(values[2], nullptr, 10));
    std::vector<std::uint64_t> results(threads);
    std::vector<std::thread> running;
    for (std::uint64_t number = 0; number < threads; ++number)
        running.emplace_back([&, number] { results[number] = work(steps / threads, number + 88172645463325252ULL); });
    for (std::thread& thread : running) thread.join();
    std::uint64_t all = 0;
    for (const std::uint64_t result : results) all ^= result;
    std::printf("%llu\n", static_cast<unsigned long long>(all));
}
