// network and geometric: types whose text form is a few numbers.
#include <fmt/format.h>

#include "base/random.hpp"
#include "engine/generators/factories.hpp"
#include "engine/generators/number_column.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/row_text.hpp"

namespace confab::engine {

namespace {

using schema::TypeKind;

constexpr char hexadecimal[] = "0123456789abcdef";
constexpr std::uint64_t public_networks = 221;

// One number is one address: ranges that belong to nobody's customers.
struct AddressWriter {
    TypeKind kind = TypeKind::inet;
    bool v6 = false;
    bool is_public = false;

    std::uint64_t capacity() const {
        switch (kind) {
            case TypeKind::macaddr: return 1ULL << 40U;
            case TypeKind::macaddr8: return 1ULL << 56U;
            case TypeKind::cidr: return v6 ? 1ULL << 32U : 65536;
            default: return v6 ? 1ULL << 48U : is_public ? public_networks * 254 * 254 * 254 : 256ULL * 256 * 254;
        }
    }

    void write(std::uint64_t number, std::string& text) const {
        const auto octet = [&](std::uint64_t value) { NumberColumn::append_decimal(text, static_cast<Int128>(value), 0); };
        const auto group = [&](std::uint64_t value, int digits) {
            for (int d = digits; d-- > 0;) text += hexadecimal[(value >> (4 * d)) & 15U];
        };
        switch (kind) {
            case TypeKind::macaddr:
            case TypeKind::macaddr8: {
                // Locally administered, so never a real maker's.
                text += "02";
                const int bytes = kind == TypeKind::macaddr ? 5 : 7;
                for (int b = bytes; b-- > 0;) {
                    text += ':';
                    group(number >> (8 * b), 2);
                }
                return;
            }
            case TypeKind::cidr:
                if (v6) {
                    text += "2001:db8:";
                    append_group(number >> 16U, text);
                    text += ':';
                    append_group(number, text);
                    text += "::/64";
                    return;
                }
                text += "10.";
                octet(number >> 8U);
                text += '.';
                octet(number & 255U);
                text += ".0/24";
                return;
            default: break;
        }
        if (v6) {
            text += "2001:db8:";
            append_group(number >> 32U, text);
            text += "::";
            append_group(number >> 16U, text);
            text += ':';
            append_group(number, text);
            return;
        }
        if (!is_public) {
            text += "10.";
            octet(number / 254 / 256 % 256);
            text += '.';
            octet(number / 254 % 256);
            text += '.';
            octet(number % 254 + 1);
            return;
        }
        // First octets 1 to 223 without 10 and 127: not private, not loopback, not multicast.
        std::uint64_t first = number / (254ULL * 254 * 254) % public_networks + 1;
        if (first >= 10) ++first;
        if (first >= 127) ++first;
        octet(first);
        text += '.';
        octet(number / (254 * 254) % 254 + 1);
        text += '.';
        octet(number / 254 % 254 + 1);
        text += '.';
        octet(number % 254 + 1);
    }

  private:
    // 16 bits in hexadecimal, without leading zeros.
    static void append_group(std::uint64_t value, std::string& text) {
        value &= 0xFFFFU;
        bool started = false;
        for (int d = 3; d >= 0; --d) {
            const auto digit = (value >> (4 * d)) & 15U;
            if (digit == 0 && !started && d > 0) continue;
            started = true;
            text += hexadecimal[digit];
        }
    }
};

class NetworkKernel final : public Kernel {
  public:
    NetworkKernel(TextColumn column, AddressWriter writer, bool both) : column_(column), writer_(writer), both_(both) {}

    std::uint64_t capacity() const override { return both_ ? 0 : writer_.capacity(); }
    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        fill_text(column_, entropy.size(), out, [&](std::size_t i, std::string& text) {
            AddressWriter writer = writer_;
            if (both_) writer.v6 = (mix(entropy[i], 11) & 3U) == 0;
            writer.write(bounded(entropy[i], writer.capacity()), text);
            return true;
        });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        fill_text(column_, numbers.size(), out, [&](std::size_t i, std::string& text) {
            writer_.write(numbers[i], text);
            return true;
        });
    }

  private:
    TextColumn column_;
    AddressWriter writer_;
    bool both_;
};

// Coordinates with two decimals, as float8 prints them: no trailing zeros.
class GeometricKernel final : public Kernel {
  public:
    GeometricKernel(TypeKind kind, std::int64_t low, std::int64_t high) : kind_(kind), low_(low), span_(static_cast<std::uint64_t>(high - low + 1)) {}

    std::uint64_t capacity() const override { return kind_ == TypeKind::point && span_ < (1ULL << 31U) ? span_ * span_ : 0; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        fill_text({}, entropy.size(), out, [&](std::size_t i, std::string& text) {
            std::uint64_t state = entropy[i];
            write(state, text);
            return true;
        });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        fill_text({}, numbers.size(), out, [&](std::size_t i, std::string& text) {
            append_point(low_ + static_cast<std::int64_t>(numbers[i] / span_), low_ + static_cast<std::int64_t>(numbers[i] % span_), text);
            return true;
        });
    }

  private:
    static void append_coordinate(std::int64_t hundredths, std::string& text) {
        int scale = 2;
        while (scale > 0 && hundredths % 10 == 0) {
            hundredths /= 10;
            --scale;
        }
        NumberColumn::append_decimal(text, hundredths, scale);
    }
    static void append_point(std::int64_t x, std::int64_t y, std::string& text) {
        text += '(';
        append_coordinate(x, text);
        text += ',';
        append_coordinate(y, text);
        text += ')';
    }
    std::int64_t coordinate(std::uint64_t& state) const {
        state = mix(state);
        return low_ + static_cast<std::int64_t>(bounded(state, span_));
    }

    void write(std::uint64_t& state, std::string& text) const {
        const std::int64_t x = coordinate(state);
        const std::int64_t y = coordinate(state);
        const auto size = [&] { return 50 + static_cast<std::int64_t>(bounded(state = mix(state), span_ / 8 + 1)); };
        switch (kind_) {
            case TypeKind::point: append_point(x, y, text); return;
            case TypeKind::line:
                // A x + B y + C = 0, never with both A and B 0.
                text += '{';
                append_coordinate(100 + static_cast<std::int64_t>(bounded(mix(state), 900)), text);
                text += ",-1,";
                append_coordinate(y, text);
                text += '}';
                return;
            case TypeKind::lseg: {
                text += '[';
                append_point(x, y, text);
                text += ',';
                const std::int64_t dx = size();
                append_point(x + dx, y + size(), text);
                text += ']';
                return;
            }
            case TypeKind::box: {
                const std::int64_t dx = size();
                append_point(x + dx, y + size(), text);
                text += ',';
                append_point(x, y, text);
                return;
            }
            case TypeKind::circle:
                text += '<';
                append_point(x, y, text);
                text += ',';
                append_coordinate(size(), text);
                text += '>';
                return;
            default: {
                // Around the first point, so that a polygon does not cross itself.
                const bool path = kind_ == TypeKind::path;
                text += path ? '[' : '(';
                const std::int64_t dx = size();
                const std::int64_t dy = size();
                append_point(x, y, text);
                text += ',';
                append_point(x + dx, y + dy / 4, text);
                text += ',';
                append_point(x + dx - dx / 3, y + dy, text);
                text += path ? ']' : ')';
            }
        }
    }

    TypeKind kind_;
    std::int64_t low_;  // in hundredths
    std::uint64_t span_;
};

}  // namespace

Result<KernelPointer> make_network(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    AddressWriter writer;
    writer.kind = context.type.kind;
    const std::string family = parameters.text("family", "v4");
    writer.v6 = family == "v6";
    writer.is_public = parameters.boolean("public", false);
    CONFAB_CHECK(parameters.status());
    TextColumn column;
    switch (context.type.kind) {
        case TypeKind::inet:
        case TypeKind::cidr:
        case TypeKind::macaddr:
        case TypeKind::macaddr8: break;
        default: {
            CONFAB_TRY(column, TextColumn::of(context, generator.kind));
            if (column.characters < (writer.v6 || family == "both" ? 29U : 15U)) {
                return Error(ErrorKind::invalid_input, fmt::format("generator `network`: {} is too short for an address", schema::to_sql(context.type)));
            }
            writer.kind = TypeKind::inet;
        }
    }
    return KernelPointer(std::make_unique<NetworkKernel>(column, writer, family == "both"));
}

Result<KernelPointer> make_geometric(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const double low = parameters.number("min", 0);
    const double high = parameters.number("max", 100);
    if (low > high) parameters.fail("min", "is above `max`");
    if (low < -1e12 || high > 1e12) parameters.fail("max", "must be within ±1e12");
    CONFAB_CHECK(parameters.status());
    switch (context.type.kind) {
        case TypeKind::point: case TypeKind::line: case TypeKind::lseg: case TypeKind::box:
        case TypeKind::path: case TypeKind::polygon: case TypeKind::circle: break;
        default: return Error(ErrorKind::invalid_input, fmt::format("generator `geometric` is for geometric types, not {}", schema::to_sql(context.type)));
    }
    return KernelPointer(std::make_unique<GeometricKernel>(context.type.kind, static_cast<std::int64_t>(low * 100), static_cast<std::int64_t>(high * 100)));
}

}  // namespace confab::engine
