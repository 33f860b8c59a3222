// A column of values of one kind: the unit of work of expressions and of the engine.
//
// Values lie in one flat array; `valid` says which are not NULL. A vector is filled, read and filled again:
// `reset` keeps the memory. It knows nothing of SQL types beyond what its values need to be read:
// the physical kind and, for numbers, a decimal scale.
//
//   kind       element         stands for
//   boolean    uint8_t         boolean
//   int64      int64_t         integers; numeric(p ≤ 18, s) as value × 10^scale; money (scale 2);
//                              date (days since 1970-01-01); time, timestamp[tz] (microseconds since
//                              midnight / 1970-01-01 UTC); an enum's value (its position among the labels)
//   wide       __int128        numeric that needs more digits, value × 10^scale
//   float64    double          real, double precision
//   interval   Interval        interval
//   text       string_view     text, and every other type in PostgreSQL's own text form
//
// Text elements point to memory that outlives the vector's use: a vocabulary, or the vector's `arena`.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace confab {

__extension__ using Int128 = __int128;

enum class Physical : std::uint8_t { boolean, int64, wide, float64, interval, text };

struct Interval {
    std::int32_t months = 0;
    std::int32_t days = 0;
    std::int64_t microseconds = 0;
    bool operator==(const Interval&) const = default;
};

// Memory for text made for one batch: grows by blocks, freed or reused as a whole.
class Arena {
  public:
    // Uninitialised room for `size` bytes, valid until `clear`.
    char* allocate(std::size_t size) {
        if (size > room_) return next_block(size);
        room_ -= size;
        return std::exchange(at_, at_ + size);
    }
    std::string_view store(std::string_view text);
    // Gives back the unused tail of the last allocation, of which only `used` of `size` bytes are kept.
    void shrink(std::size_t size, std::size_t used) {
        assert(used <= size);
        at_ -= size - used;
        room_ += size - used;
    }
    void clear();

  private:
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };
    char* next_block(std::size_t size);

    std::vector<Block> blocks_;
    std::size_t next_ = 0;  // the first block that is not in use
    char* at_ = nullptr;    // in the block before it
    std::size_t room_ = 0;
};

class Vector {
  public:
    // Makes room for `size` elements of `kind`, all valid, values unspecified. Clears the arena.
    void reset(Physical kind, std::size_t size, int scale = 0);

    Physical kind() const { return kind_; }
    std::size_t size() const { return size_; }
    int scale() const { return scale_; }

    // The elements as T, which must be the element type of `kind()`.
    template <typename T> T* data() { return reinterpret_cast<T*>(bytes_.get()); }
    template <typename T> const T* data() const { return reinterpret_cast<const T*>(bytes_.get()); }

    // False promises that every element is valid; true makes `valid` meaningful.
    bool has_nulls() const { return has_nulls_; }
    bool is_null(std::size_t i) const { return has_nulls_ && valid_[i] == 0; }
    void set_null(std::size_t i) { ensure_validity(); valid_[i] = 0; }
    // One byte an element, 1 = not NULL. Only when has_nulls().
    const std::uint8_t* valid() const { return valid_.data(); }
    std::uint8_t* mutable_valid() { ensure_validity(); return valid_.data(); }

    Arena& arena() { return arena_; }

  private:
    void ensure_validity();

    Physical kind_ = Physical::int64;
    bool has_nulls_ = false;
    int scale_ = 0;
    std::size_t size_ = 0;
    std::size_t capacity_bytes_ = 0;
    std::unique_ptr<std::byte[]> bytes_;
    std::vector<std::uint8_t> valid_;
    Arena arena_;
};

constexpr std::size_t element_size(Physical kind) {
    switch (kind) {
        case Physical::boolean: return 1;
        case Physical::int64: return 8;
        case Physical::wide: return 16;
        case Physical::float64: return 8;
        case Physical::interval: return sizeof(Interval);
        case Physical::text: return sizeof(std::string_view);
    }
    return 0;
}

}  // namespace confab
