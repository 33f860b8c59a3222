// The hot loop of every column, compiled for several instruction sets: the processor's best is chosen when the
// program is loaded. Integers only, so that all of them give the same bits.
#pragma GCC optimize("O3")

#include "base/random.hpp"
#include "engine/evaluator.hpp"

// Sanitizers instrument the resolver that chooses, before they are set up themselves.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define CONFAB_CLONES __attribute__((target_clones("arch=skylake-avx512", "avx2", "default")))
#else
#define CONFAB_CLONES
#endif

namespace confab::engine {

CONFAB_CLONES void draw_bits(std::uint64_t stream, const std::uint64_t* rows, const std::uint32_t* attempts,
                             std::size_t count, std::uint64_t* out) {
    if (attempts == nullptr) {
        for (std::size_t i = 0; i < count; ++i) out[i] = mix(stream ^ rows[i]);
    } else {
        for (std::size_t i = 0; i < count; ++i) out[i] = bits_of(stream, rows[i], attempts[i]);
    }
}

}  // namespace confab::engine
