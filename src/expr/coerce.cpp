#include "expr/coerce.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/dates.hpp"
#include "expr/kernel.hpp"
#include "expr/text_form.hpp"
#include "expr/value_type.hpp"

namespace confab::expr {

using schema::TypeKind;

namespace {

// ---- kernels -------------------------------------------------------------------------------------------------

void copy_kernel(Call& call) {
    const Operand& from = call.args[0];
    const std::size_t size = element_size(call.out.kind());
    auto* out = call.out.data<std::byte>();
    const auto* in = from.vector->data<std::byte>();
    if (!from.constant) {
        std::memcpy(out, in, size * call.rows);
        return;
    }
    for (std::size_t i = 0; i < call.rows; ++i) std::memcpy(out + i * size, in, size);
}

template <typename From, typename To>
void rescale_kernel(Call& call) {
    const int from = call.args[0].vector->scale();
    const int to = call.node.scale;
    constexpr int int64_scales = 18;
    if (to >= from && to - from <= int64_scales) {
        const auto factor = static_cast<To>(power_of_ten(to - from));
        bool overflow = false;
        map1<From, To>(call, [&](From value) -> To {
            To result = 0;
            overflow |= __builtin_mul_overflow(static_cast<To>(value), factor, &result);
            return result;
        });
        if (!overflow) return;
    }
    for_valid(call, [&](std::size_t i) {
        const auto value = rescale(call.args[0].at<From>(i), from, to);
        if (!value || static_cast<To>(*value) != *value) return call.fail(i);
        call.out.data<To>()[i] = static_cast<To>(*value);
    });
}

// Rows outside of the node's integer type, or with more digits than its precision, are errors.
template <typename T>
void refuse_outside(Call& call, T lowest, T highest) {
    const T* out = call.out.data<T>();
    bool outside = false;
    for (std::size_t i = 0; i < call.rows; ++i) outside |= (out[i] < lowest) | (out[i] > highest);
    if (!outside) return;
    for_valid(call, [&](std::size_t i) {
        if (out[i] < lowest || out[i] > highest) call.fail(i);
    });
}

void refuse_outside_type(Call& call) {
    switch (call.node.type.kind) {
        case TypeKind::smallint: return refuse_outside<std::int64_t>(call, INT16_MIN, INT16_MAX);
        case TypeKind::integer: return refuse_outside<std::int64_t>(call, INT32_MIN, INT32_MAX);
        case TypeKind::oid: return refuse_outside<std::int64_t>(call, 0, UINT32_MAX);
        case TypeKind::numeric: {
            if (call.node.type.precision <= 0 || call.node.type.precision > 37) return;
            const Int128 limit = power_of_ten(call.node.type.precision) - 1;
            if (call.out.kind() == Physical::wide) return refuse_outside<Int128>(call, -limit, limit);
            return refuse_outside<std::int64_t>(call, static_cast<std::int64_t>(-limit),
                                                static_cast<std::int64_t>(limit));
        }
        default: return;
    }
}

// Between integers and numerics of any kind and scale.
void number_kernel(Call& call) {
    const bool from_wide = call.args[0].vector->kind() == Physical::wide;
    const bool to_wide = call.out.kind() == Physical::wide;
    if (from_wide) {
        to_wide ? rescale_kernel<Int128, Int128>(call) : rescale_kernel<Int128, std::int64_t>(call);
    } else {
        to_wide ? rescale_kernel<std::int64_t, Int128>(call) : rescale_kernel<std::int64_t, std::int64_t>(call);
    }
    // The scale of a numeric(p, -s): digits before the point are rounded away.
    if (call.node.type.kind == TypeKind::numeric && call.node.type.scale < 0 && call.node.type.precision > 0) {
        for_valid(call, [&](std::size_t i) {
            const int places = -call.node.type.scale;
            const Int128 value = to_wide ? call.out.data<Int128>()[i] : call.out.data<std::int64_t>()[i];
            const Int128 rounded = *rescale(value, places, 0) * power_of_ten(places);
            if (to_wide) call.out.data<Int128>()[i] = rounded;
            else call.out.data<std::int64_t>()[i] = static_cast<std::int64_t>(rounded);
        });
    }
    refuse_outside_type(call);
}

double decimal_to_double(Int128 value, int scale) {
    constexpr std::int64_t exact = std::int64_t{1} << 53;
    constexpr int exact_power = 22;
    if (value >= -exact && value <= exact && scale <= exact_power) {
        return static_cast<double>(static_cast<std::int64_t>(value)) /
               static_cast<double>(power_of_ten(scale));
    }
    return read_float(decimal_text(value, scale)).value_or(0);
}

void number_to_float_kernel(Call& call) {
    double* out = call.out.data<double>();
    const Operand& from = call.args[0];
    const int scale = from.vector->scale();
    const bool wide = from.vector->kind() == Physical::wide;
    if (!wide && scale == 0) {
        map1<std::int64_t, double>(call, [](std::int64_t value) { return static_cast<double>(value); });
    } else {
        for_valid(call, [&](std::size_t i) {
            out[i] = decimal_to_double(wide ? from.at<Int128>(i) : from.at<std::int64_t>(i), scale);
        });
    }
    if (call.node.type.kind == TypeKind::real) {
        for (std::size_t i = 0; i < call.rows; ++i) out[i] = static_cast<double>(static_cast<float>(out[i]));
    }
}

void float_to_integer_kernel(Call& call) {
    std::int64_t* out = call.out.data<std::int64_t>();
    for_valid(call, [&](std::size_t i) {
        const double value = std::nearbyint(call.args[0].at<double>(i));  // half to even
        constexpr double limit = 9223372036854775808.0;
        if (!(value >= -limit && value < limit)) {
            out[i] = 0;
            return call.fail(i);
        }
        out[i] = static_cast<std::int64_t>(value);
    });
    refuse_outside_type(call);
}

// PostgreSQL keeps 15 significant digits of a double and 6 of a real.
void float_to_numeric_kernel(Call& call) {
    const int digits = call.node.args[0]->type.kind == TypeKind::real ? 6 : 15;
    const bool wide = call.out.kind() == Physical::wide;
    for_valid(call, [&](std::size_t i) {
        const double value = call.args[0].at<double>(i);
        if (!std::isfinite(value)) return call.fail(i);
        const auto number = read_decimal(fmt::format("{:.{}e}", value, digits - 1));
        const auto result = number ? rescale(number->value, number->scale, call.node.scale) : std::nullopt;
        if (!result || (!wide && static_cast<std::int64_t>(*result) != *result)) return call.fail(i);
        if (wide) call.out.data<Int128>()[i] = *result;
        else call.out.data<std::int64_t>()[i] = static_cast<std::int64_t>(*result);
    });
    refuse_outside_type(call);
}

void float_to_real_kernel(Call& call) {
    map1<double, double>(call, [](double value) { return static_cast<double>(static_cast<float>(value)); });
    const double* out = call.out.data<double>();
    for_valid(call, [&](std::size_t i) {
        if (std::isinf(out[i]) && !std::isinf(call.args[0].at<double>(i))) call.fail(i);
    });
}

void boolean_to_integer_kernel(Call& call) {
    map1<std::uint8_t, std::int64_t>(call, [](std::uint8_t value) { return std::int64_t{value}; });
}

void integer_to_boolean_kernel(Call& call) {
    map1<std::int64_t, std::uint8_t>(call, [](std::int64_t value) -> std::uint8_t { return value != 0; });
}

bool is_infinite(std::int64_t value) { return value == positive_infinity || value == negative_infinity; }

void date_to_timestamp_kernel(Call& call) {
    map1<std::int64_t, std::int64_t>(call, [](std::int64_t days) {
        std::int64_t result = 0;
        if (is_infinite(days) || __builtin_mul_overflow(days, microseconds_per_day, &result)) return days;
        return result;
    });
}

std::int64_t floor_days(std::int64_t microseconds) {
    return microseconds / microseconds_per_day - (microseconds % microseconds_per_day < 0 ? 1 : 0);
}

void timestamp_to_date_kernel(Call& call) {
    map1<std::int64_t, std::int64_t>(call, [](std::int64_t value) {
        return is_infinite(value) ? value : floor_days(value);
    });
}

void timestamp_to_time_kernel(Call& call) {
    map1<std::int64_t, std::int64_t>(call, [](std::int64_t value) {
        return is_infinite(value) ? 0 : value - floor_days(value) * microseconds_per_day;
    });
}

void time_precision_kernel(Call& call) {
    const schema::Type& type = call.node.type;
    map1<std::int64_t, std::int64_t>(call, [&](std::int64_t value) {
        return round_seconds(type.kind, value, type.precision);
    });
}

void time_to_interval_kernel(Call& call) {
    map1<std::int64_t, Interval>(call, [](std::int64_t value) { return Interval{0, 0, value}; });
}

void interval_to_time_kernel(Call& call) {
    map1<Interval, std::int64_t>(call, [](const Interval& value) {
        const std::int64_t rest = value.microseconds % microseconds_per_day;
        return rest < 0 ? rest + microseconds_per_day : rest;
    });
}

// Text of anything. The prepared value is the argument's type.
void to_text_kernel(Call& call) {
    const auto& type = static_cast<const ValueType&>(*call.node.prepared);
    std::string text;
    for_valid(call, [&](std::size_t i) {
        text.clear();
        write_value(type, *call.args[0].vector, call.args[0].constant ? 0 : i, text);
        call.out.data<std::string_view>()[i] = call.out.arena().store(text);
    });
}

// Anything from text. The prepared value is the result's type.
void from_text_kernel(Call& call) {
    const auto& type = static_cast<const ValueType&>(*call.node.prepared);
    for_valid(call, [&](std::size_t i) {
        const std::string_view text = call.args[0].at<std::string_view>(i);
        if (read_value(type, text, call.out, i, true) != ReadOutcome::read) call.fail(i);
    });
}

// A cast to varchar(n) or char(n): cut, and by assignment only spaces may go.
void length_kernel(Call& call) {
    const auto limit = static_cast<std::size_t>(call.node.type.length);
    const bool cut = call.node.parameter != 0;
    for_valid(call, [&](std::size_t i) {
        std::string_view text = call.args[0].at<std::string_view>(i);
        if (text.size() > limit) {
            const std::size_t fits = character_prefix(text, limit);
            if (!cut && text.find_first_not_of(' ', fits) != std::string_view::npos) return call.fail(i);
            text = text.substr(0, fits);
        }
        if (call.node.type.kind == TypeKind::character) text = text.substr(0, text.find_last_not_of(' ') + 1);
        call.out.data<std::string_view>()[i] = text;
    });
}

// char(n) → text: the padding goes.
void strip_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const std::string_view text = call.args[0].at<std::string_view>(i);
        call.out.data<std::string_view>()[i] = text.substr(0, text.find_last_not_of(' ') + 1);
    });
}

// ---- which casts there are -----------------------------------------------------------------------------------

bool is_integer_kind(TypeKind kind) {
    return kind == TypeKind::smallint || kind == TypeKind::integer || kind == TypeKind::bigint;
}
bool is_float(TypeKind kind) { return kind == TypeKind::real || kind == TypeKind::double_precision; }
bool is_stamp(TypeKind kind) { return kind == TypeKind::timestamp || kind == TypeKind::timestamp_tz; }

// A rank of numbers: a lower one becomes a higher one by itself.
int number_rank(TypeKind kind) {
    switch (kind) {
        case TypeKind::smallint: return 1;
        case TypeKind::integer: return 2;
        case TypeKind::bigint: return 3;
        case TypeKind::numeric: return 4;
        case TypeKind::real: return 5;
        case TypeKind::double_precision: return 6;
        default: return 0;
    }
}

struct Cast {
    Kernel kernel = nullptr;
    Coercion how = Coercion::implicit;  // the gentlest way in which it happens
    bool may_fail = false;
    const schema::Type* text_of = nullptr;  // the type that the kernel reads or writes as text
};

std::optional<Cast> find_cast(const schema::Type& from, const schema::Type& to) {
    const bool from_text = !from.is_array() && schema::is_character(from.kind);
    const bool to_text = !to.is_array() && schema::is_character(to.kind);
    if (from_text && to_text) {
        return Cast{(from.kind == TypeKind::character) != (to.kind == TypeKind::character) ? strip_kernel : copy_kernel,
                    Coercion::implicit, false};
    }
    if (to_text) return Cast{to_text_kernel, Coercion::assignment, false, &from};
    if (from_text) return Cast{from_text_kernel, Coercion::explicit_cast, true, &to};
    if (from.is_array() || to.is_array()) {
        if (from.is_array() && to.is_array()) return Cast{copy_kernel, Coercion::implicit, false};
        return {};
    }
    const int from_rank = number_rank(from.kind);
    const int to_rank = number_rank(to.kind);
    if (from_rank != 0 && to_rank != 0) {
        const Coercion how = from_rank < to_rank ? Coercion::implicit : Coercion::assignment;
        if (is_float(from.kind)) {
            if (to.kind == TypeKind::double_precision) return Cast{copy_kernel, how, false};
            if (to.kind == TypeKind::real) return Cast{float_to_real_kernel, how, true};
            if (to.kind == TypeKind::numeric) return Cast{float_to_numeric_kernel, how, true};
            return Cast{float_to_integer_kernel, how, true};
        }
        if (is_float(to.kind)) return Cast{number_to_float_kernel, how, false};
        return Cast{number_kernel, how, how != Coercion::implicit};
    }
    if (from.kind == TypeKind::money || to.kind == TypeKind::money) {
        const TypeKind other = from.kind == TypeKind::money ? to.kind : from.kind;
        const int rank = number_rank(other);
        if (rank == 4 || (to.kind == TypeKind::money && rank != 0 && rank <= 4 && other != TypeKind::smallint)) {
            return Cast{number_kernel, Coercion::assignment, true};
        }
        return {};
    }
    if (from.kind == TypeKind::oid || to.kind == TypeKind::oid) {
        const TypeKind other = from.kind == TypeKind::oid ? to.kind : from.kind;
        if (is_integer_kind(other)) {
            return Cast{number_kernel, to.kind == TypeKind::oid ? Coercion::implicit : Coercion::assignment, true};
        }
        return {};
    }
    if (from.kind == TypeKind::boolean && to.kind == TypeKind::integer) {
        return Cast{boolean_to_integer_kernel, Coercion::explicit_cast, false};
    }
    if (from.kind == TypeKind::integer && to.kind == TypeKind::boolean) {
        return Cast{integer_to_boolean_kernel, Coercion::explicit_cast, false};
    }
    if (from.kind == TypeKind::date && is_stamp(to.kind)) return Cast{date_to_timestamp_kernel};
    if (is_stamp(from.kind) && is_stamp(to.kind)) {
        const bool widening = from.kind == TypeKind::timestamp && to.kind == TypeKind::timestamp_tz;
        return Cast{copy_kernel, widening ? Coercion::implicit : Coercion::assignment};
    }
    if (is_stamp(from.kind) && to.kind == TypeKind::date) {
        return Cast{timestamp_to_date_kernel, Coercion::assignment};
    }
    if (is_stamp(from.kind) && to.kind == TypeKind::time) {
        return Cast{timestamp_to_time_kernel, Coercion::assignment};
    }
    if (from.kind == TypeKind::time && to.kind == TypeKind::interval) return Cast{time_to_interval_kernel};
    if (from.kind == TypeKind::interval && to.kind == TypeKind::time) {
        return Cast{interval_to_time_kernel, Coercion::assignment};
    }
    const auto is_json = [](TypeKind kind) { return kind == TypeKind::json || kind == TypeKind::jsonb; };
    const auto is_address = [](TypeKind kind) { return kind == TypeKind::inet || kind == TypeKind::cidr; };
    if (is_json(from.kind) && is_json(to.kind)) return Cast{copy_kernel, Coercion::assignment};
    if (is_address(from.kind) && is_address(to.kind)) {
        return Cast{copy_kernel, to.kind == TypeKind::inet ? Coercion::implicit : Coercion::assignment};
    }
    return {};
}

bool same_type(const schema::Type& a, const schema::Type& b) {
    return a.kind == b.kind && a.is_array() == b.is_array() && a.user_type == b.user_type;
}

schema::Type without_modifiers(schema::Type type) {
    type.length = -1;
    type.precision = -1;
    type.scale = 0;
    type.interval_fields.clear();
    return type;
}

NodePtr wrap(NodePtr node, const schema::Type& target, Kernel kernel, Coercion how) {
    auto cast = std::make_unique<Node>();
    cast->op = Op::call;
    cast->form = how == Coercion::explicit_cast ? Form::cast : Form::implicit;
    cast->name = "cast";
    cast->type = target;
    set_shape(*cast, shape_of(target));
    cast->kernel = kernel;
    cast->may_fail = node->may_fail;
    cast->args.push_back(std::move(node));
    return cast;
}

Error bad_literal(const Node& literal, const schema::Type& target, ReadOutcome outcome) {
    const std::string type = schema::to_sql(target);
    switch (outcome) {
        case ReadOutcome::out_of_range:
            return {ErrorKind::invalid_input, fmt::format("'{}' is out of range for type {}", literal.name, type)};
        case ReadOutcome::too_long:
            return {ErrorKind::invalid_input, fmt::format("'{}' is too long for type {}", literal.name, type)};
        default: break;
    }
    return {ErrorKind::invalid_input, fmt::format("'{}' is not a value of type {}", literal.name, type)};
}

// A constant number has the digits that it has, whatever its type allows.
void count_digits(Node& literal) {
    if (literal.digits <= 0 || literal.value.is_null(0)) return;
    const Int128 number = literal.physical == Physical::wide ? *literal.value.data<Int128>()
                                                             : *literal.value.data<std::int64_t>();
    literal.digits = std::max(digits_of(number), literal.scale);
}

Result<NodePtr> read_literal(const schema::Schema& schema, NodePtr node, const schema::Type& target, Coercion how) {
    const ValueType type(schema, target);
    auto literal = std::make_unique<Node>();
    literal->op = Op::literal;
    literal->form = how == Coercion::explicit_cast ? Form::cast : Form::implicit;
    literal->type = target;
    literal->name = node->name;
    set_shape(*literal, type.shape);
    // A numeric without precision keeps the digits that it was written with.
    ValueType exact = type;
    if (target.kind == TypeKind::numeric && target.precision <= 0 && !node->is_null_literal()) {
        const auto number = read_decimal(node->name);
        if (!number) return bad_literal(*node, target, ReadOutcome::malformed);
        exact.shape = numeric_shape(std::max(digits_of(number->value), number->scale), number->scale);
        set_shape(*literal, exact.shape);
    }
    literal->value.reset(exact.shape.physical, 1, exact.shape.scale);
    if (node->is_null_literal()) {
        literal->value.set_null(0);
        return literal;
    }
    const ReadOutcome outcome = read_value(exact, node->name, literal->value, 0, how == Coercion::explicit_cast);
    if (outcome != ReadOutcome::read) return bad_literal(*node, target, outcome);
    count_digits(*literal);
    return literal;
}

// Applies length, precision and scale.
NodePtr apply_modifiers(NodePtr node, const schema::Type& target, Coercion how) {
    if (target.is_array()) return node;
    const bool written = how == Coercion::explicit_cast;
    const auto wrapped = [&](Kernel kernel) {
        NodePtr cast = wrap(std::move(node), target, kernel, how);
        cast->may_fail = true;
        cast->parameter = written ? 1 : 0;
        return cast;
    };
    switch (target.kind) {
        case TypeKind::varchar:
        case TypeKind::character:
            if (target.length < 0) return node;
            if (node->type.kind == target.kind && node->type.length == target.length) return node;
            return wrapped(length_kernel);
        case TypeKind::numeric:
            if (target.precision <= 0 || node->type == target) return node;
            return wrapped(number_kernel);
        case TypeKind::time:
        case TypeKind::timestamp:
        case TypeKind::timestamp_tz:
            if (target.precision < 0 || target.precision >= 6 || node->type.precision == target.precision) {
                return node;
            }
            return wrapped(time_precision_kernel);
        default: return node;
    }
}

}  // namespace

NodePtr make_null(const schema::Type& type) {
    auto node = std::make_unique<Node>();
    node->type = type;
    set_shape(*node, shape_of(type));
    if (type.kind == TypeKind::numeric && type.precision <= 0) set_shape(*node, numeric_shape(1, 0));
    node->value.reset(node->physical, 1, node->scale);
    node->value.set_null(0);
    return node;
}

NodePtr make_unknown(std::string_view text) {
    auto node = std::make_unique<Node>();
    node->type.kind = TypeKind::text;
    node->unknown = true;
    node->name = text;
    node->value.reset(Physical::text, 1);
    *node->value.data<std::string_view>() = node->value.arena().store(text);
    return node;
}

NodePtr make_integer(std::int64_t value) {
    auto node = std::make_unique<Node>();
    const bool fits = value == static_cast<std::int32_t>(value);
    node->type.kind = fits ? TypeKind::integer : TypeKind::bigint;
    node->physical = Physical::int64;
    node->digits = digits_of(value);
    node->value.reset(Physical::int64, 1);
    *node->value.data<std::int64_t>() = value;
    return node;
}

std::string name_of(const Node& node) { return node.unknown ? "unknown" : schema::to_sql(without_modifiers(node.type)); }

bool can_coerce(const Node& from, const schema::Type& to, Coercion how) {
    if (from.unknown) return true;
    if (same_type(from.type, to)) return true;
    const auto cast = find_cast(from.type, to);
    return cast && cast->how <= how;
}

Result<NodePtr> coerce(const schema::Schema& schema, NodePtr node, const schema::Type& target, Coercion how) {
    if (node->unknown) {
        // Of a literal everything is applied at once; the value of an implicit coercion has no modifiers.
        CONFAB_TRY(NodePtr literal, read_literal(schema, std::move(node),
                                                 how == Coercion::implicit ? without_modifiers(target) : target, how));
        return literal;
    }
    Node* made = nullptr;
    if (!same_type(node->type, target)) {
        const auto cast = find_cast(node->type, target);
        if (!cast || cast->how > how) {
            return Error(ErrorKind::invalid_input,
                         fmt::format("a value of type {} cannot be used as {}", name_of(*node), schema::to_sql(target)));
        }
        schema::Type plain = without_modifiers(target);
        const bool to_number = plain.kind == TypeKind::numeric;
        // The modifiers of these are part of the conversion; of the others they are a step of their own.
        const bool at_once = to_number && how != Coercion::implicit && target.precision > 0;
        if (at_once) plain = target;
        std::shared_ptr<ValueType> text_type;
        if (cast->text_of != nullptr) {
            text_type = std::make_shared<ValueType>(schema, cast->text_of == &target ? plain : *cast->text_of);
        }
        const Coercion written = how == Coercion::explicit_cast ? how : Coercion::implicit;
        const int digits = node->digits;
        const int scale = node->scale;
        const bool exact_source = node->physical == Physical::int64 || node->physical == Physical::wide;
        NodePtr wrapped = wrap(std::move(node), plain, cast->kernel, written);
        if (to_number && !at_once && exact_source) set_shape(*wrapped, numeric_shape(digits, scale));
        wrapped->prepared = std::move(text_type);
        wrapped->may_fail = wrapped->may_fail || cast->may_fail || at_once;
        node = fold(std::move(wrapped));
        made = node.get();
    } else if (how == Coercion::explicit_cast && node->is_literal()) {
        node->form = Form::cast;
    }
    if (how != Coercion::implicit) {
        node = apply_modifiers(std::move(node), target, how);
        // Conversion and length are one cast as SQL.
        if (made != nullptr && node.get() != made) made->form = Form::implicit;
    }
    return fold(std::move(node));
}

NodePtr strip_padding(NodePtr node) {
    if (node->is_literal()) return node;
    const schema::Type type = without_modifiers(node->type);
    return fold(wrap(std::move(node), type, strip_kernel, Coercion::implicit));
}

NodePtr align_number(NodePtr node, Physical physical, int scale, int digits) {
    if (node->physical == physical && node->scale == scale) return node;
    schema::Type type = node->type;
    const bool may_fail = node->may_fail;
    if (scale != 0 || schema::is_integer(type.kind)) {
        type = schema::Type();
        type.kind = TypeKind::numeric;
    }
    const Form form = node->form;
    const bool is_literal = node->is_literal();
    const schema::Type written = node->type;
    NodePtr aligned = wrap(std::move(node), type, number_kernel, Coercion::implicit);
    set_shape(*aligned, {physical, scale, digits});
    aligned->may_fail = may_fail;
    aligned = fold(std::move(aligned));
    if (is_literal) {
        aligned->form = form;
        if (form == Form::cast) aligned->type = written;
    }
    return aligned;
}

NodePtr fold(NodePtr node) {
    if (node->op == Op::literal || node->op == Op::input) return node;
    // What a NULL makes NULL is not evaluated.
    const bool strict = (node->op == Op::call && node->strict) || node->op == Op::compare;
    const bool null = strict && std::any_of(node->args.begin(), node->args.end(),
                                            [](const NodePtr& arg) { return arg->is_null_literal(); });
    if (null) {
        NodePtr nothing = make_null(node->type);
        nothing->form = node->form == Form::cast ? Form::cast : Form::implicit;
        nothing->physical = node->physical;
        nothing->scale = node->scale;
        nothing->value.reset(node->physical, 1, node->scale);
        nothing->value.set_null(0);
        return nothing;
    }
    for (const NodePtr& arg : node->args) {
        if (!arg->is_literal()) return node;
    }
    Scratch scratch;
    scratch.errors.assign(1, 0);
    Context context(scratch, {}, 1);
    const Operand value = evaluate(*node, context);
    if (scratch.any_error) return node;
    auto literal = std::make_unique<Node>();
    // Computed text is text, which a bare literal is not.
    const bool computed_text = node->form != Form::implicit && node->type.kind == TypeKind::text;
    literal->form = node->form == Form::cast || computed_text ? Form::cast : Form::implicit;
    literal->type = node->type;
    literal->physical = node->physical;
    literal->scale = node->scale;
    literal->digits = node->digits;
    literal->value.reset(node->physical, 1, node->scale);
    if (value.vector->is_null(0)) {
        literal->value.set_null(0);
    } else if (node->physical == Physical::text) {
        *literal->value.data<std::string_view>() =
            literal->value.arena().store(*value.vector->data<std::string_view>());
    } else {
        std::memcpy(literal->value.data<std::byte>(), value.vector->data<std::byte>(), element_size(node->physical));
    }
    count_digits(*literal);
    return literal;
}

}  // namespace confab::expr
