#include "base/vector.hpp"

#include <algorithm>

namespace confab {

namespace {
constexpr std::size_t block_bytes = 64 * 1024;
}

char* Arena::allocate(std::size_t size) {
    while (block_ < blocks_.size() && blocks_[block_].size - used_ < size) {
        ++block_;
        used_ = 0;
    }
    if (block_ == blocks_.size()) {
        const std::size_t bytes = std::max(size, block_bytes);
        blocks_.push_back({std::make_unique_for_overwrite<char[]>(bytes), bytes});
    }
    char* room = blocks_[block_].bytes.get() + used_;
    used_ += size;
    return room;
}

std::string_view Arena::store(std::string_view text) {
    char* room = allocate(text.size());
    if (!text.empty()) std::memcpy(room, text.data(), text.size());
    return {room, text.size()};
}

void Arena::shrink(std::size_t size, std::size_t used) {
    assert(used <= size && used_ >= size);
    used_ -= size - used;
}

void Arena::clear() {
    block_ = 0;
    used_ = 0;
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
