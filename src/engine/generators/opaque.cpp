// uuid, hash, bytes, bits: values that mean nothing to a reader.
#include <algorithm>

#include <fmt/format.h>

#include "base/dates.hpp"
#include "base/random.hpp"
#include "engine/generators/factories.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/text_column.hpp"

namespace confab::engine {

namespace {

constexpr char hexadecimal[] = "0123456789abcdef";
constexpr std::uint64_t identities = 1ULL << 62U;

// A bijection on 62 bits.
constexpr std::uint64_t scramble62(std::uint64_t x) {
    constexpr std::uint64_t mask = identities - 1;
    x = (x * 0x1E3779B97F4A7C15ULL) & mask;
    x ^= x >> 31U;
    x = (x * 0x14D049BB133111EBULL) & mask;
    x ^= x >> 29U;
    return x & mask;
}

// 8-4-4-4-12 digits (RFC 9562).
class UuidKernel final : public Kernel {
  public:
    UuidKernel(int version, std::int64_t from, std::int64_t to) : version_(version), from_(from), span_(static_cast<std::uint64_t>(to - from)) {}

    std::uint64_t capacity() const override { return identities; }
    bool ascending() const override { return version_ == 7; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        fill(entropy, out, [&](std::uint64_t bits) { return version_ == 7 ? bounded(bits, identities) : bits & (identities - 1); });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        fill(numbers, out, [](std::uint64_t number) { return number; });
    }

  private:
    template <typename Number> void fill(std::span<const std::uint64_t> source, Vector& out, Number number) const {
        out.reset(Physical::text, source.size());
        char* text = out.arena().allocate(36 * source.size());
        for (std::size_t i = 0; i < source.size(); ++i, text += 36) {
            const std::uint64_t identity = number(source[i]);
            std::uint64_t high = mix(identity, 7);
            if (version_ == 7) {
                const std::uint64_t milliseconds = static_cast<std::uint64_t>(from_) + bounded(identity << 2U, span_ + 1);
                high = (milliseconds << 16U) | (high & 0xFFFU);
            }
            high = (high & ~0xF000ULL) | (static_cast<std::uint64_t>(version_) << 12U);
            const std::uint64_t low = (2ULL << 62U) | scramble62(identity);
            write(text, high, low);
            out.data<std::string_view>()[i] = {text, 36};
        }
    }

    static void write(char* text, std::uint64_t high, std::uint64_t low) {
        std::size_t place = 0;
        for (int digit = 0; digit < 32; ++digit) {
            if (digit == 8 || digit == 12 || digit == 16 || digit == 20) text[place++] = '-';
            const std::uint64_t half = digit < 16 ? high : low;
            text[place++] = hexadecimal[(half >> (60 - digit % 16 * 4)) & 15U];
        }
    }

    int version_;
    std::int64_t from_;  // milliseconds since 1970-01-01
    std::uint64_t span_;
};

// Symbols from an alphabet, with a fixed head; all the value's identity is in the last 62 bits.
class SymbolKernel final : public Kernel {
  public:
    SymbolKernel(TextColumn column, std::string head, std::string_view alphabet, std::size_t least, std::size_t most, Physical, bool doubled)
        : column_(column), head_(std::move(head)), alphabet_(alphabet), least_(least), most_(most), doubled_(doubled) {
        capacity_ = 1;
        const std::size_t per_step = doubled_ ? 2 : 1;
        for (std::size_t i = 0; i < least_ * per_step && capacity_ < (1ULL << 40U); ++i, ++tail_) capacity_ *= alphabet_.size();
        if (least_ == 0) capacity_ = 1;
    }

    std::uint64_t capacity() const override { return capacity_; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        fill_text(column_, entropy.size(), out, [&](std::size_t i, std::string& text) {
            write(text, entropy[i], bounded(mix(entropy[i], 3), capacity_));
            return true;
        });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        fill_text(column_, numbers.size(), out, [&](std::size_t i, std::string& text) {
            write(text, mix(numbers[i]), numbers[i]);
            return true;
        });
    }

  private:
    void write(std::string& text, std::uint64_t bits, std::uint64_t number) const {
        text += head_;
        std::size_t length = least_ + static_cast<std::size_t>(bounded(mix(bits, 5), most_ - least_ + 1));
        if (doubled_) length *= 2;
        const std::size_t start = text.size();
        std::uint64_t state = bits;
        for (std::size_t i = 0; i < length; ++i) {
            if (i % 8 == 0) state = mix(state);
            text += alphabet_[bounded(state << (i % 8 * 8), alphabet_.size())];
        }
        for (std::size_t i = 0; i < tail_ && i < length; ++i) {
            text[start + length - 1 - i] = alphabet_[number % alphabet_.size()];
            number /= alphabet_.size();
        }
    }

    TextColumn column_;
    std::string head_;
    std::string_view alphabet_;
    std::size_t least_;
    std::size_t most_;
    bool doubled_;  // two symbols a step: bytes in hexadecimal
    std::uint64_t capacity_ = 1;
    std::size_t tail_ = 0;
};

class BitsKernel final : public Kernel {
  public:
    BitsKernel(std::size_t least, std::size_t most, double ones) : least_(least), most_(most) {
        threshold_ = static_cast<std::uint64_t>(std::clamp(ones, 0.0, 1.0) * 65536.0);
        capacity_ = least_ >= 62 ? identities : 1ULL << least_;
    }

    std::uint64_t capacity() const override { return capacity_; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        fill_text({}, entropy.size(), out, [&](std::size_t i, std::string& text) {
            const std::size_t length = least_ + static_cast<std::size_t>(bounded(mix(entropy[i], 5), most_ - least_ + 1));
            std::uint64_t state = entropy[i];
            for (std::size_t b = 0; b < length; ++b) {
                if (b % 4 == 0) state = mix(state);
                text += ((state >> (b % 4 * 16)) & 0xFFFFU) < threshold_ ? '1' : '0';
            }
            return true;
        });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        fill_text({}, numbers.size(), out, [&](std::size_t i, std::string& text) {
            for (std::size_t b = 0; b < least_; ++b) text += b < 62 && ((numbers[i] >> b) & 1U) ? '1' : '0';
            return true;
        });
    }

  private:
    std::size_t least_;
    std::size_t most_;
    std::uint64_t threshold_;
    std::uint64_t capacity_;
};

}  // namespace

Result<KernelPointer> make_uuid(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::int64_t version = parameters.integer("version", 4);
    if (version != 4 && version != 7) parameters.fail("version", "must be 4 or 7");
    const std::int64_t to = parameters.moment("to", context.as_of * microseconds_per_day, true) / 1000;
    const std::int64_t from = parameters.moment("from", to * 1000 - 730 * microseconds_per_day, false) / 1000;
    if (from > to || from < 0) parameters.fail("from", "must be before `to` and after 1970");
    CONFAB_CHECK(parameters.status());
    if (context.type.kind != schema::TypeKind::uuid) {
        CONFAB_TRY(const TextColumn column, TextColumn::of(context, generator.kind));
        if (column.characters < 36 || column.bytes < 36) {
            return Error(ErrorKind::invalid_input, fmt::format("generator `uuid` makes 36 characters: {} is too short", schema::to_sql(context.type)));
        }
    }
    return KernelPointer(std::make_unique<UuidKernel>(static_cast<int>(version), from, to));
}

Result<KernelPointer> make_hash(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string algorithm = parameters.text("algorithm", "sha256");
    CONFAB_CHECK(parameters.status());
    std::string head;
    std::string_view alphabet(hexadecimal, 16);
    std::size_t length = algorithm == "md5" ? 32 : algorithm == "sha1" ? 40 : algorithm == "sha512" ? 128 : 64;
    constexpr std::string_view base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    if (algorithm == "bcrypt") {
        head = "$2b$12$";
        alphabet = base64;
        length = 53;
    } else if (algorithm == "argon2") {
        head = "$argon2id$v=19$m=65536,t=3,p=4$";
        alphabet = base64;
        length = 65;
    }
    if (context.type.kind == schema::TypeKind::bytea) {
        return KernelPointer(std::make_unique<SymbolKernel>(TextColumn{}, "\\x", std::string_view(hexadecimal, 16), length / 2, length / 2, Physical::text, true));
    }
    CONFAB_TRY(const TextColumn column, TextColumn::of(context, generator.kind));
    const std::size_t limit = std::min(column.characters, column.bytes);
    if (limit < head.size() + length) {
        // A shorter digest, as columns too short for one hold in practice.
        if (limit < head.size() + 24) head.clear();
        length = std::min(length, limit - std::min(limit, head.size()));
    }
    return KernelPointer(std::make_unique<SymbolKernel>(column, head, alphabet, length, length, Physical::text, false));
}

Result<KernelPointer> make_bytes(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::int64_t least = parameters.integer("min", 8);
    const std::int64_t most = parameters.integer("max", std::max<std::int64_t>(32, least));
    if (least < 0 || most > 1'000'000) parameters.fail("max", "must be between 0 and 1,000,000");
    if (least > most) parameters.fail("min", "is above `max`");
    CONFAB_CHECK(parameters.status());
    if (context.type.kind != schema::TypeKind::bytea) {
        return Error(ErrorKind::invalid_input, fmt::format("generator `bytes` is for bytea, not {}", schema::to_sql(context.type)));
    }
    return KernelPointer(std::make_unique<SymbolKernel>(TextColumn{}, "\\x", std::string_view(hexadecimal, 16), static_cast<std::size_t>(least),
                                                        static_cast<std::size_t>(most), Physical::text, true));
}

Result<KernelPointer> make_bits(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const schema::Type& type = context.type;
    const bool fixed = type.kind == schema::TypeKind::bit;
    if (!fixed && type.kind != schema::TypeKind::varbit) {
        return Error(ErrorKind::invalid_input, fmt::format("generator `bits` is for bit and varbit, not {}", schema::to_sql(type)));
    }
    const std::int64_t length = type.length > 0 ? type.length : fixed ? 1 : 16;
    const std::int64_t most = fixed ? length : parameters.integer("max", length);
    const std::int64_t least = fixed ? length : parameters.integer("min", context.must_be_unique ? most : 1);
    const double ones = parameters.number("ones", 0.5);
    if (least < 0 || least > most) parameters.fail("min", "is above `max`, or negative");
    if (most > 1'000'000 || (!fixed && type.length > 0 && most > type.length)) parameters.fail("max", "is above the column's length");
    CONFAB_CHECK(parameters.status());
    return KernelPointer(std::make_unique<BitsKernel>(static_cast<std::size_t>(least), static_cast<std::size_t>(most), ones));
}

}  // namespace confab::engine
