#include "expr/value_type.hpp"

#include <algorithm>

#include "base/dates.hpp"
#include "expr/text_form.hpp"

namespace confab::expr {

using schema::TypeKind;

namespace {

constexpr int int64_digits = 18;

int integer_digits(TypeKind kind) { return kind == TypeKind::smallint ? 5 : kind == TypeKind::integer ? 10 : 19; }

bool in_integer_range(TypeKind kind, std::int64_t value) {
    switch (kind) {
        case TypeKind::smallint: return value == static_cast<std::int16_t>(value);
        case TypeKind::integer: return value == static_cast<std::int32_t>(value);
        case TypeKind::oid: return value >= 0 && value <= UINT32_MAX;
        default: return true;
    }
}

ReadOutcome read_numeric(const ValueType& type, std::string_view text, Vector& out, std::size_t row) {
    const auto number = read_decimal(text);
    if (!number) return ReadOutcome::malformed;
    const auto value = rescale(number->value, number->scale, type.shape.scale);
    if (!value) return ReadOutcome::out_of_range;
    if (type.type.precision > 0 && digits_of(*value) > type.type.precision && *value != 0) {
        return ReadOutcome::out_of_range;
    }
    if (out.kind() == Physical::wide) {
        out.data<Int128>()[row] = *value;
        return ReadOutcome::read;
    }
    if (*value != static_cast<std::int64_t>(*value)) return ReadOutcome::out_of_range;
    out.data<std::int64_t>()[row] = static_cast<std::int64_t>(*value);
    return ReadOutcome::read;
}

ReadOutcome read_money(std::string_view text, Vector& out, std::size_t row) {
    std::string digits;
    bool negative = false;
    for (const char c : text) {
        if (c == '-' || c == '(') negative = true;
        if ((c >= '0' && c <= '9') || c == '.') digits += c;
    }
    const auto number = read_decimal(digits);
    if (!number) return ReadOutcome::malformed;
    const auto value = rescale(number->value, number->scale, 2);
    if (!value || *value != static_cast<std::int64_t>(*value)) return ReadOutcome::out_of_range;
    out.data<std::int64_t>()[row] = static_cast<std::int64_t>(negative ? -*value : *value);
    return ReadOutcome::read;
}

// `a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11`, from any spelling that PostgreSQL takes.
bool read_uuid(std::string_view text, std::string& canonical) {
    for (const char c : text) {
        if (c == '-' || c == '{' || c == '}' || c == ' ') continue;
        const char low = c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
        if (!((low >= '0' && low <= '9') || (low >= 'a' && low <= 'f'))) return false;
        const std::size_t size = canonical.size();
        if (size == 8 || size == 13 || size == 18 || size == 23) canonical += '-';
        canonical += low;
    }
    return canonical.size() == 36;
}

ReadOutcome read_text(const ValueType& type, std::string_view text, Vector& out, std::size_t row, bool cut) {
    const schema::Type& sql = type.type;
    std::string canonical;
    if (!sql.is_array() && sql.kind == TypeKind::uuid) {
        if (!read_uuid(text, canonical)) return ReadOutcome::malformed;
        text = canonical;
    } else if (!sql.is_array() && (sql.kind == TypeKind::varchar || sql.kind == TypeKind::character)) {
        if (sql.length >= 0) {
            const std::size_t fits = character_prefix(text, static_cast<std::size_t>(sql.length));
            if (!cut && text.find_first_not_of(' ', fits) != std::string_view::npos) return ReadOutcome::too_long;
            text = text.substr(0, fits);
        }
        if (sql.kind == TypeKind::character) text = text.substr(0, text.find_last_not_of(' ') + 1);
    } else if (!sql.is_array() && sql.kind == TypeKind::bytea && !text.starts_with("\\x")) {
        constexpr char hex[] = "0123456789abcdef";
        canonical = "\\x";
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            canonical += hex[byte >> 4U];
            canonical += hex[byte & 15U];
        }
        text = canonical;
    }
    out.data<std::string_view>()[row] = out.arena().store(text);
    return ReadOutcome::read;
}

Interval restrict_fields(Interval interval, const std::string& fields) {
    // Finer fields than the last one named are cut off, as PostgreSQL does.
    if (fields.empty()) return interval;
    const auto ends_with = [&](std::string_view unit) { return fields.ends_with(unit); };
    if (ends_with("year")) return {interval.months / 12 * 12, 0, 0};
    if (ends_with("month")) return {interval.months, 0, 0};
    if (ends_with("day")) return {interval.months, interval.days, 0};
    constexpr std::int64_t minute = 60 * microseconds_per_second;
    const std::int64_t unit = ends_with("hour") ? 60 * minute : ends_with("minute") ? minute : 1;
    interval.microseconds -= interval.microseconds % unit;
    return interval;
}

}  // namespace

std::int64_t round_seconds(TypeKind kind, std::int64_t microseconds, int precision) {
    if (precision < 0 || precision >= 6 || microseconds == positive_infinity || microseconds == negative_infinity) {
        return microseconds;
    }
    std::int64_t unit = 1;
    for (int i = precision; i < 6; ++i) unit *= 10;
    const std::int64_t epoch = kind == TypeKind::time ? 0 : days_from_civil({2000, 1, 1}) * microseconds_per_day;
    const std::int64_t rest = ((microseconds % unit) + unit) % unit;
    const bool up = microseconds >= epoch ? rest * 2 >= unit : rest * 2 > unit;
    return microseconds - rest + (up ? unit : 0);
}

Shape numeric_shape(int digits, int scale) {
    return {digits > 0 && digits <= int64_digits ? Physical::int64 : Physical::wide, scale, digits};
}

Shape shape_of(const schema::Type& type) {
    if (type.is_array()) return {Physical::text, 0, 0};
    switch (type.kind) {
        case TypeKind::boolean: return {Physical::boolean, 0, 0};
        case TypeKind::smallint:
        case TypeKind::integer:
        case TypeKind::bigint:
        case TypeKind::oid: return {Physical::int64, 0, integer_digits(type.kind)};
        case TypeKind::numeric:
            if (type.precision > 0) return numeric_shape(type.precision, std::max(type.scale, 0));
            return {Physical::wide, unconstrained_scale, 0};
        case TypeKind::money: return {Physical::int64, 2, 0};
        case TypeKind::real:
        case TypeKind::double_precision: return {Physical::float64, 0, 0};
        case TypeKind::date:
        case TypeKind::time:
        case TypeKind::timestamp:
        case TypeKind::timestamp_tz:
        case TypeKind::enumeration: return {Physical::int64, 0, 0};
        case TypeKind::interval: return {Physical::interval, 0, 0};
        default: return {Physical::text, 0, 0};
    }
}

ValueType::ValueType(const schema::Schema& schema, const schema::Type& base_type)
    : type(base_type), shape(shape_of(base_type)) {
    if (type.kind == TypeKind::enumeration && !type.is_array()) {
        if (const schema::Enumeration* found = schema.find_enumeration(type.user_type)) labels = found->labels;
    }
}

ReadOutcome read_value(const ValueType& type, std::string_view text, Vector& out, std::size_t row, bool cut) {
    const auto keep = [&](const std::optional<std::int64_t>& value) {
        if (!value) return ReadOutcome::malformed;
        out.data<std::int64_t>()[row] = *value;
        return ReadOutcome::read;
    };
    if (type.type.is_array()) return read_text(type, text, out, row, cut);
    switch (type.type.kind) {
        case TypeKind::boolean: {
            const auto value = read_boolean(text);
            if (!value) return ReadOutcome::malformed;
            out.data<std::uint8_t>()[row] = *value ? 1 : 0;
            return ReadOutcome::read;
        }
        case TypeKind::smallint:
        case TypeKind::integer:
        case TypeKind::bigint:
        case TypeKind::oid: {
            const auto value = read_integer(text);
            if (!value) return read_decimal(text) && text.find('.') == std::string_view::npos
                                   ? ReadOutcome::out_of_range
                                   : ReadOutcome::malformed;
            if (!in_integer_range(type.type.kind, *value)) return ReadOutcome::out_of_range;
            return keep(value);
        }
        case TypeKind::numeric: return read_numeric(type, text, out, row);
        case TypeKind::money: return read_money(text, out, row);
        case TypeKind::real:
        case TypeKind::double_precision: {
            const auto value = read_float(text);
            if (!value) return ReadOutcome::malformed;
            const bool single = type.type.kind == TypeKind::real;
            out.data<double>()[row] = single ? static_cast<double>(static_cast<float>(*value)) : *value;
            return ReadOutcome::read;
        }
        case TypeKind::date: return keep(read_date(text));
        case TypeKind::time: {
            const auto value = read_time(text);
            return keep(value ? std::optional(round_seconds(type.type.kind, *value, type.type.precision)) : std::nullopt);
        }
        case TypeKind::timestamp:
        case TypeKind::timestamp_tz: {
            const auto value = read_timestamp(text, type.type.kind == TypeKind::timestamp_tz);
            return keep(value ? std::optional(round_seconds(type.type.kind, *value, type.type.precision)) : std::nullopt);
        }
        case TypeKind::interval: {
            const auto value = read_interval(text);
            if (!value) return ReadOutcome::malformed;
            out.data<Interval>()[row] = restrict_fields(*value, type.type.interval_fields);
            return ReadOutcome::read;
        }
        case TypeKind::enumeration: {
            const auto found = std::find(type.labels.begin(), type.labels.end(), text);
            if (found == type.labels.end()) return ReadOutcome::malformed;
            return keep(found - type.labels.begin());
        }
        default: return read_text(type, text, out, row, cut);
    }
}

void write_value(const ValueType& type, const Vector& vector, std::size_t row, std::string& text) {
    switch (vector.kind()) {
        case Physical::boolean: text += vector.data<std::uint8_t>()[row] != 0 ? "true" : "false"; return;
        case Physical::wide: text += decimal_text(vector.data<Int128>()[row], vector.scale()); return;
        case Physical::float64:
            text += float_text(vector.data<double>()[row], type.type.kind == TypeKind::real);
            return;
        case Physical::interval: text += interval_text(vector.data<Interval>()[row]); return;
        case Physical::text: text += vector.data<std::string_view>()[row]; return;
        case Physical::int64: break;
    }
    const std::int64_t value = vector.data<std::int64_t>()[row];
    switch (type.type.kind) {
        case TypeKind::date: text += date_text(value); return;
        case TypeKind::time: text += time_text(value); return;
        case TypeKind::timestamp: text += timestamp_text(value, false); return;
        case TypeKind::timestamp_tz: text += timestamp_text(value, true); return;
        case TypeKind::enumeration:
            if (value >= 0 && static_cast<std::size_t>(value) < type.labels.size()) {
                text += type.labels[static_cast<std::size_t>(value)];
            }
            return;
        default: text += decimal_text(value, vector.scale()); return;
    }
}

std::size_t character_prefix(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    while (at < text.size() && count > 0) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
        --count;
    }
    return at;
}

}  // namespace confab::expr
