// Bytes that grow without being cleared first, and are used again without being freed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace confab::sink {

class ByteBuffer {
  public:
    const char* data() const { return bytes_.get(); }
    std::size_t size() const { return size_; }
    std::string_view view() const { return {bytes_.get(), size_}; }
    void clear() { size_ = 0; }

    // Room for `count` more bytes after size(), which does not change: write there, then call `advance_to`.
    char* reserve(std::size_t count) {
        if (capacity_ - size_ < count) grow(count);
        return bytes_.get() + size_;
    }
    const char* limit() const { return bytes_.get() + capacity_; }
    void advance_to(const char* end) { size_ = static_cast<std::size_t>(end - bytes_.get()); }

    void append(std::string_view text) {
        char* out = reserve(text.size());
        if (!text.empty()) std::memcpy(out, text.data(), text.size());
        size_ += text.size();
    }

  private:
    void grow(std::size_t count) {
        const std::size_t capacity = std::max(size_ + count, capacity_ + capacity_ / 2);
        auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
        if (size_ > 0) std::memcpy(bytes.get(), bytes_.get(), size_);
        bytes_ = std::move(bytes);
        capacity_ = capacity;
    }

    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace confab::sink
