// Columns whose values are whole numbers of steps: bounds on them can be made exact.
#include "base/dates.hpp"
#include "expr/facts.hpp"
#include "expr/text_form.hpp"

namespace confab::expr {

using schema::TypeKind;

namespace {

bool is_decimal(const schema::Type& type) {
    return type.kind == TypeKind::numeric || schema::is_integer(type.kind) || type.kind == TypeKind::money;
}
bool is_stamp(TypeKind kind) { return kind == TypeKind::timestamp || kind == TypeKind::timestamp_tz; }

int scale_of(const schema::Type& type) {
    if (type.kind == TypeKind::money) return 2;
    return type.kind == TypeKind::numeric ? std::max(type.scale, 0) : 0;
}

LatticeValue divide(Int128 value, Int128 by) {
    const Int128 rest = value % by;
    return {value / by - (rest < 0 ? 1 : 0), rest == 0};
}

}  // namespace

bool has_lattice(const schema::Type& type) {
    if (type.is_array()) return false;
    if (type.kind == TypeKind::numeric) return type.precision > 0;
    return is_decimal(type) || type.kind == TypeKind::date || type.kind == TypeKind::time || is_stamp(type.kind);
}

LatticeRange lattice_limits(const schema::Type& type) {
    const auto within = [](Int128 most, Int128 extra) { return LatticeRange{-most - extra, most}; };
    switch (type.kind) {
        case TypeKind::smallint: return within(INT16_MAX, 1);
        case TypeKind::integer: return within(INT32_MAX, 1);
        case TypeKind::bigint: return within(INT64_MAX, 1);
        case TypeKind::numeric:
            if (type.precision > 0 && type.precision <= 38) return within(power_of_ten(type.precision) - 1, 0);
            return {};
        case TypeKind::time: return {Int128{0}, Int128{microseconds_per_day}};
        default: return {};
    }
}

std::string lattice_text(const schema::Type& type, Int128 number) {
    if (is_decimal(type)) return decimal_text(number, scale_of(type));
    const auto value = static_cast<std::int64_t>(number);
    if (type.kind == TypeKind::date) return date_text(value);
    if (type.kind == TypeKind::time) return time_text(value);
    return timestamp_text(value, type.kind == TypeKind::timestamp_tz);
}

std::optional<LatticeValue> on_lattice(const schema::Type& type, const schema::Type& value_type, const Vector& value) {
    if (!has_lattice(type) || value_type.is_array()) return {};
    if (is_decimal(type)) {
        Decimal number;
        if (value.kind() == Physical::float64) {
            const auto read = read_decimal(float_text(*value.data<double>(), value_type.kind == TypeKind::real));
            if (!read) return {};
            number = *read;
        } else if (is_decimal(value_type)) {
            number = {value.kind() == Physical::wide ? *value.data<Int128>() : *value.data<std::int64_t>(),
                      value.scale()};
        } else {
            return {};
        }
        const int shift = scale_of(type) - number.scale;
        if (shift < -38 || shift > 38) return {};
        if (shift < 0) return divide(number.value, power_of_ten(-shift));
        const auto scaled = rescale(number.value, number.scale, scale_of(type));
        if (!scaled) return {};
        return LatticeValue{*scaled, true};
    }
    if (value.kind() != Physical::int64) return {};
    const std::int64_t moment = *value.data<std::int64_t>();
    if (moment == positive_infinity || moment == negative_infinity) return {};
    if (type.kind == TypeKind::time) {
        return value_type.kind == TypeKind::time ? std::optional(LatticeValue{moment, true}) : std::nullopt;
    }
    const bool value_is_date = value_type.kind == TypeKind::date;
    if (!value_is_date && !is_stamp(value_type.kind)) return {};
    if (type.kind == TypeKind::date) return value_is_date ? LatticeValue{moment, true} : divide(moment, microseconds_per_day);
    return LatticeValue{value_is_date ? Int128{moment} * microseconds_per_day : Int128{moment}, true};
}

}  // namespace confab::expr
