#include "vocabulary/vocabulary.hpp"

#include <cstring>

// The file that the build made, as it is. CONFAB_VOCABULARY_FILE is its path.
__asm__(".section .rodata\n"
        ".balign 16\n"
        "confab_vocabulary_start:\n"
        ".incbin \"" CONFAB_VOCABULARY_FILE "\"\n"
        ".byte 0\n"
        ".previous\n");

extern "C" const std::byte confab_vocabulary_start[];

namespace confab::vocabulary {

namespace {

constexpr std::size_t header_bytes = 16;
constexpr std::size_t directory_entry_bytes = 24;

std::uint32_t number_at(const std::byte* place) {
    std::uint32_t number = 0;
    std::memcpy(&number, place, sizeof number);
    return number;
}

std::string_view text_at(const std::byte* file, const std::byte* place) {
    return {reinterpret_cast<const char*>(file) + number_at(place), number_at(place + 4)};
}

}  // namespace

std::string_view List::operator[](std::size_t i) const { return text_at(file_, entries_ + 8 * i); }

double List::weight(std::size_t i) const { return weights_ ? number_at(weights_ + 4 * i) : 1.0; }

std::vector<double> List::weights() const {
    std::vector<double> all(size_);
    for (std::size_t i = 0; i < size_; ++i) all[i] = weight(i);
    return all;
}

List find(std::string_view name) {
    const std::byte* file = confab_vocabulary_start;
    std::size_t low = 0;
    std::size_t high = number_at(file + 8);
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        const std::byte* entry = file + header_bytes + directory_entry_bytes * middle;
        const std::string_view found = text_at(file, entry);
        if (found == name) {
            const std::uint32_t weights = number_at(entry + 16);
            return {file, file + number_at(entry + 12), weights == 0 ? nullptr : file + weights, number_at(entry + 8), number_at(entry + 20)};
        }
        if (found < name) low = middle + 1;
        else high = middle;
    }
    return {};
}

}  // namespace confab::vocabulary
