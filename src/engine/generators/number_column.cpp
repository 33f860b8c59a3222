#include "engine/generators/number_column.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace confab::engine {

namespace {

using schema::TypeKind;

constexpr std::int64_t largest = 0x7FFFFFFFFFFFFFFF;

std::int64_t power_of_ten(int exponent) { return powers_of_ten[std::clamp(exponent, 0, 18)]; }

}  // namespace

int digits_after_point(double value) {
    int digits = 0;
    double scaled = value < 0 ? -value : value;
    while (digits < 9) {
        const auto nearest = static_cast<double>(static_cast<std::int64_t>(std::min(scaled, 9e17) + 0.5));
        const double difference = scaled < nearest ? nearest - scaled : scaled - nearest;
        if (scaled >= 9e17 || difference <= 1e-9 * std::max(1.0, scaled)) break;
        scaled *= 10;
        ++digits;
    }
    return digits;
}

Result<NumberColumn> NumberColumn::of(const KernelContext& context, std::string_view kind, int wanted_scale) {
    NumberColumn column;
    column.physical = schema::physical_of(context.schema, context.type);
    column.scale = std::clamp(wanted_scale, 0, 15);
    column.low = -largest;
    column.high = largest;
    const schema::Type& type = context.type;
    const auto fail = [&]() -> Error {
        return Error(ErrorKind::invalid_input,
                     fmt::format("generator `{}` makes numbers: a column of type {} cannot hold them", kind,
                                 schema::to_sql(type)));
    };
    if (type.is_array()) return fail();
    switch (type.kind) {
        case TypeKind::smallint:
            column.scale = 0;
            column.low = -32768;
            column.high = 32767;
            return column;
        case TypeKind::integer:
            column.scale = 0;
            column.low = -2147483647 - 1;
            column.high = 2147483647;
            return column;
        case TypeKind::oid:
            column.scale = 0;
            column.low = 0;
            column.high = 4294967295;
            return column;
        case TypeKind::bigint: column.scale = 0; return column;
        case TypeKind::money: column.scale = 2; return column;
        case TypeKind::real:
        case TypeKind::double_precision:
            column.low = -power_of_ten(18);
            column.high = power_of_ten(18);
            return column;
        case TypeKind::numeric: {
            if (type.precision < 0) return column;
            // Beyond 18 digits the values stay within what 64 bits hold; of very many digits after the point nine are
            // used, and the vector's 38 digits bound the rest.
            column.scale = std::clamp(type.scale, 0, 18);
            if (type.scale > 18) {
                constexpr int used_scale = 9;
                constexpr int most_digits = 37;
                column.scale = used_scale;
                column.raised = type.scale - used_scale;
                const int digits = std::min(type.precision - column.raised, most_digits - column.raised);
                if (digits <= 0) return fail();
                column.high = power_of_ten(digits) - 1;
                column.low = -column.high;
                return column;
            }
            std::int64_t limit = type.precision > 18 ? largest : power_of_ten(type.precision) - 1;
            if (type.scale < 0) {
                column.step = power_of_ten(-type.scale);
                limit = limit > largest / column.step ? largest : limit * column.step;
            }
            column.high = limit;
            column.low = -limit;
            return column;
        }
        case TypeKind::text:
        case TypeKind::varchar:
        case TypeKind::character:
        case TypeKind::single_char:
        case TypeKind::name:
            column.text_limit = type.kind == TypeKind::single_char ? 1 : type.length;
            if (column.text_limit > 0) {
                const int digits = column.text_limit - (column.scale > 0 ? column.scale + 1 : 0);
                if (digits <= 0) return fail();
                column.high = power_of_ten(std::min(18, digits + column.scale)) - 1;
                column.low = digits > 1 ? -(power_of_ten(std::min(18, digits - 1 + column.scale)) - 1) : 0;
            }
            return column;
        default: break;
    }
    if (type.kind == TypeKind::extension && column.physical == Physical::text) return column;
    return fail();
}

std::int64_t NumberColumn::units(double value) const {
    const double scaled = value * static_cast<double>(powers_of_ten[scale]);
    if (scaled >= static_cast<double>(high)) return high;
    if (scaled <= static_cast<double>(low)) return low;
    return static_cast<std::int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

void NumberColumn::append_decimal(std::string& text, Int128 units, int scale) {
    if (units < 0) {
        text += '-';
        units = -units;
    }
    char digits[48];
    int count = 0;
    while (units > 0 || count <= scale) {
        digits[count++] = static_cast<char>('0' + static_cast<int>(units % 10));
        units /= 10;
    }
    while (count > 0) {
        if (count == scale) text += '.';
        text += digits[--count];
    }
}

std::int64_t units_at(const Vector& vector, std::size_t i, int scale) {
    const auto rescale = [&](Int128 value, int from) {
        for (; from < scale; ++from) value *= 10;
        if (from > scale) {
            Int128 divisor = 1;
            for (; from > scale; --from) divisor *= 10;
            value = (value + (value < 0 ? -divisor : divisor) / 2) / divisor;
        }
        return static_cast<std::int64_t>(std::clamp<Int128>(value, -largest, largest));
    };
    switch (vector.kind()) {
        case Physical::boolean: return rescale(vector.data<std::uint8_t>()[i], 0);
        case Physical::int64: return rescale(vector.data<std::int64_t>()[i], vector.scale());
        case Physical::wide: return rescale(vector.data<Int128>()[i], vector.scale());
        case Physical::float64: {
            const double scaled = vector.data<double>()[i] * static_cast<double>(power_of_ten(scale));
            if (scaled >= 9.2e18) return largest;
            if (scaled <= -9.2e18) return -largest;
            return static_cast<std::int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        case Physical::text: {
            double value = 0;
            const std::string_view text = vector.data<std::string_view>()[i];
            std::from_chars(text.data(), text.data() + text.size(), value);
            const double scaled = std::clamp(value * static_cast<double>(power_of_ten(scale)), -9.2e18, 9.2e18);
            return static_cast<std::int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        case Physical::interval: break;
    }
    return 0;
}

}  // namespace confab::engine
