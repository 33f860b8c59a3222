#include "base/vector.hpp"

#include <algorithm>

namespace confab {

namespace {
constexpr std::size_t block_bytes = 64 * 1024;
}

char* Arena::next_block(std::size_t size) {
    while (next_ < blocks_.size() && blocks_[next_].size < size) ++next_;
    if (next_ == blocks_.size()) {
        const std::size_t bytes = std::max(size, block_bytes);
        blocks_.push_back({std::make_unique_for_overwrite<char[]>(bytes), bytes});
    }
    char* begin = blocks_[next_].bytes.get();
    at_ = begin + size;
    room_ = blocks_[next_].size - size;
    ++next_;
    return begin;
}

std::string_view Arena::store(std::string_view text) {
    char* room = allocate(text.size());
    if (!text.empty()) std::memcpy(room, text.data(), text.size());
    return {room, text.size()};
}

void Arena::clear() {
    next_ = 0;
    at_ = nullptr;
    room_ = 0;
}

void Vector::reset(Physical kind, std::size_t size, int scale) {
    const std::size_t needed = element_size(kind) * size;
    if (needed > capacity_bytes_) {
        bytes_ = std::make_unique_for_overwrite<std::byte[]>(needed);
        capacity_bytes_ = needed;
    }
    kind_ = kind;
    size_ = size;
    scale_ = scale;
    has_nulls_ = false;
    arena_.clear();
}

void Vector::ensure_validity() {
    if (has_nulls_) return;
    valid_.assign(size_, 1);
    has_nulls_ = true;
}

}  // namespace confab
