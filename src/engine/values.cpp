#include "engine/values.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <charconv>

#include "base/random.hpp"
#include "base/text.hpp"
#include "base/value_text.hpp"

namespace confab::engine {

void copy_all(const Vector& from, Vector& to) {
    to.reset(from.kind(), from.size(), from.scale());
    if (from.size() > 0) {
        std::memcpy(to.data<std::byte>(), from.data<std::byte>(), from.size() * element_size(from.kind()));
    }
    if (from.has_nulls()) std::copy_n(from.valid(), from.size(), to.mutable_valid());
}

void copy_one(const Vector& from, std::size_t from_position, Vector& to, std::size_t to_position, bool own_text) {
    if (from.is_null(from_position)) {
        to.set_null(to_position);
        return;
    }
    if (to.has_nulls()) to.mutable_valid()[to_position] = 1;
    if (from.kind() == Physical::text && own_text) {
        to.data<std::string_view>()[to_position] = to.arena().store(from.data<std::string_view>()[from_position]);
        return;
    }
    assert(from.kind() == to.kind());
    const std::size_t size = element_size(from.kind());
    std::memcpy(to.data<std::byte>() + to_position * size, from.data<std::byte>() + from_position * size, size);
}

void fill_unset(Vector& vector) {
    if (vector.size() == 0) return;
    if (vector.kind() == Physical::text) {
        std::fill_n(vector.data<std::string_view>(), vector.size(), std::string_view("", 0));
    } else {
        std::memset(vector.data<std::byte>(), 0, vector.size() * element_size(vector.kind()));
    }
}

void fill_sequence(Vector& out, Physical kind, int scale, std::int64_t start, std::int64_t step,
                   const std::uint64_t* numbers, std::size_t count) {
    out.reset(kind, count, scale);
    std::int64_t unit = 1;
    for (int digit = 0; digit < scale; ++digit) unit *= 10;
    const auto first = static_cast<std::uint64_t>(start) * static_cast<std::uint64_t>(unit);
    const auto each = static_cast<std::uint64_t>(step) * static_cast<std::uint64_t>(unit);
    switch (kind) {
        case Physical::int64: {
            auto* values = out.data<std::uint64_t>();
            for (std::size_t i = 0; i < count; ++i) values[i] = first + each * numbers[i];
            return;
        }
        case Physical::wide: {
            auto* values = out.data<Int128>();
            for (std::size_t i = 0; i < count; ++i) {
                values[i] = (static_cast<Int128>(start) + static_cast<Int128>(step) * static_cast<Int128>(numbers[i])) * unit;
            }
            return;
        }
        case Physical::float64: {
            auto* values = out.data<double>();
            for (std::size_t i = 0; i < count; ++i) {
                values[i] = static_cast<double>(static_cast<std::int64_t>(first + each * numbers[i]));
            }
            return;
        }
        case Physical::text: {
            auto* values = out.data<std::string_view>();
            for (std::size_t i = 0; i < count; ++i) {
                char digits[24];
                const auto end = std::to_chars(digits, digits + sizeof digits, static_cast<std::int64_t>(first + each * numbers[i]));
                values[i] = out.arena().store({digits, static_cast<std::size_t>(end.ptr - digits)});
            }
            return;
        }
        default: fill_unset(out); return;  // refused by compile
    }
}

void hash_into(const Vector& vector, std::uint64_t* hashes) {
    const auto each = [&](auto element_bits) {
        for (std::size_t i = 0; i < vector.size(); ++i) {
            const std::uint64_t bits = vector.is_null(i) ? 0x5851F42D4C957F2DULL : element_bits(i);
            hashes[i] = mix(hashes[i] ^ bits) + 1;
        }
    };
    switch (vector.kind()) {
        case Physical::boolean: each([&](std::size_t i) { return std::uint64_t{vector.data<std::uint8_t>()[i]}; }); break;
        case Physical::int64:
            each([&](std::size_t i) { return static_cast<std::uint64_t>(vector.data<std::int64_t>()[i]); });
            break;
        case Physical::wide:
            each([&](std::size_t i) {
                const Int128 value = vector.data<Int128>()[i];
                return mix(static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64));
            });
            break;
        case Physical::float64:
            each([&](std::size_t i) {
                const double value = vector.data<double>()[i];
                return value == 0 ? 0 : std::bit_cast<std::uint64_t>(value);
            });
            break;
        case Physical::interval:
            // Equal intervals may be spelt differently: 24 hours and 1 day are equal to PostgreSQL.
            each([&](std::size_t i) {
                const Interval& value = vector.data<Interval>()[i];
                return static_cast<std::uint64_t>((static_cast<std::int64_t>(value.months) * 30 + value.days) *
                                                      std::int64_t{86'400'000'000} +
                                                  value.microseconds);
            });
            break;
        case Physical::text: each([&](std::size_t i) { return hash_text(vector.data<std::string_view>()[i]); }); break;
    }
}

std::string value_text(const schema::Schema& schema, const schema::Type& type, const Vector& vector, std::size_t position) {
    if (vector.is_null(position)) return "NULL";
    if (vector.kind() == Physical::text) {
        return "'" + printable(vector.data<std::string_view>()[position], 60) + "'";
    }
    using schema::TypeKind;
    TextForm form = TextForm::integer;
    switch (type.kind) {
        case TypeKind::boolean: form = TextForm::boolean; break;
        case TypeKind::numeric: form = TextForm::decimal; break;
        case TypeKind::money: form = TextForm::money; break;
        case TypeKind::real: form = TextForm::float32; break;
        case TypeKind::double_precision: form = TextForm::float64; break;
        case TypeKind::date: form = TextForm::date; break;
        case TypeKind::time: form = TextForm::time; break;
        case TypeKind::time_tz: form = TextForm::time_utc; break;
        case TypeKind::timestamp: form = TextForm::timestamp; break;
        case TypeKind::timestamp_tz: form = TextForm::timestamp_utc; break;
        case TypeKind::interval: form = TextForm::interval; break;
        case TypeKind::enumeration:
            if (const schema::Enumeration* labels = schema.find_enumeration(type.user_type)) {
                const auto label = static_cast<std::size_t>(vector.data<std::int64_t>()[position]);
                if (label < labels->labels.size()) return "'" + printable(labels->labels[label], 60) + "'";
            }
            break;
        default: break;
    }
    if (vector.kind() == Physical::boolean) form = TextForm::boolean;
    return element_text(form, vector, position);
}

}  // namespace confab::engine
