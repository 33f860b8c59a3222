// Functions over numbers.
#include <algorithm>
#include <cmath>

#include "expr/functions.hpp"
#include "expr/kernel.hpp"
#include "expr/operators.hpp"
#include "expr/text_form.hpp"
#include "expr/value_type.hpp"

namespace confab::expr {

namespace {

// out[i] = f(value) for int64 and wide numerics alike.
template <typename F>
void each_decimal(Call& call, F f) {
    const bool from_wide = call.args[0].vector->kind() == Physical::wide;
    const bool to_wide = call.out.kind() == Physical::wide;
    for_valid(call, [&](std::size_t i) {
        const Int128 value = from_wide ? call.args[0].at<Int128>(i) : call.args[0].at<std::int64_t>(i);
        const Int128 result = f(value, i);
        if (to_wide) {
            call.out.data<Int128>()[i] = result;
        } else {
            call.out.data<std::int64_t>()[i] = static_cast<std::int64_t>(result);
        }
    });
}

// The result looks like the argument.
Status as_argument(Node& node) {
    const Node& arg = *node.args[0];
    set_shape(node, {arg.physical, arg.scale, arg.digits});
    return {};
}

Status as_whole(Node& node) {
    const Node& arg = *node.args[0];
    set_shape(node, numeric_shape(arg.digits == 0 ? 0 : std::max(arg.digits - arg.scale, 1) + 1, 0));
    return {};
}

// round(n, digits): how many digits must be constant, since it is the result's scale.
Status as_rounded(Node& node) {
    const Node& digits = *node.args[1];
    const Node& arg = *node.args[0];
    if (!digits.is_literal() || digits.is_null_literal()) {
        return Error(ErrorKind::not_supported, node.name + " to a number of digits that is not constant is not known here");
    }
    constexpr int most_scale = 30;
    const auto wanted = static_cast<int>(std::clamp<std::int64_t>(*digits.value.data<std::int64_t>(), -most_scale, most_scale));
    const int scale = std::clamp(wanted, 0, arg.scale);
    node.parameter = wanted;
    set_shape(node, numeric_shape(arg.digits == 0 ? 0 : std::max(arg.digits - arg.scale, 1) + 1 + scale, scale));
    return {};
}

void absolute_integer(Call& call) {
    const schema::TypeKind kind = call.node.type.kind;
    const std::int64_t lowest = kind == schema::TypeKind::smallint  ? INT16_MIN
                                : kind == schema::TypeKind::integer ? INT32_MIN
                                                                    : INT64_MIN;
    map1<std::int64_t, std::int64_t>(call, [](std::int64_t value) {
        return value == INT64_MIN ? value : std::abs(value);
    });
    for_valid(call, [&](std::size_t i) {
        if (call.args[0].at<std::int64_t>(i) == lowest) call.fail(i);
    });
}
void absolute_decimal(Call& call) {
    each_decimal(call, [](Int128 value, std::size_t) { return value < 0 ? -value : value; });
}
void absolute_float(Call& call) {
    map1<double, double>(call, [](double value) { return std::fabs(value); });
}

Int128 floor_to(Int128 value, int scale) {
    const Int128 unit = power_of_ten(scale);
    return value / unit - (value % unit < 0 ? 1 : 0);
}
Int128 ceiling_to(Int128 value, int scale) {
    const Int128 unit = power_of_ten(scale);
    return value / unit + (value % unit > 0 ? 1 : 0);
}

void floor_decimal(Call& call) {
    const int scale = call.args[0].vector->scale();
    each_decimal(call, [&](Int128 value, std::size_t) { return floor_to(value, scale); });
}
void ceiling_decimal(Call& call) {
    const int scale = call.args[0].vector->scale();
    each_decimal(call, [&](Int128 value, std::size_t) { return ceiling_to(value, scale); });
}
void floor_float(Call& call) {
    map1<double, double>(call, [](double value) { return std::floor(value); });
}
void ceiling_float(Call& call) {
    map1<double, double>(call, [](double value) { return std::ceil(value); });
}

// Rounds half away from zero, or towards zero, at `digits` after the point (before it where negative).
Int128 keep_digits(Int128 value, int scale, int digits, int out_scale, bool cut) {
    Int128 kept = value;
    int kept_scale = scale;
    if (digits < scale) {
        if (scale - digits > 37) return 0;
        const Int128 unit = power_of_ten(scale - digits);
        kept = cut ? value / unit : *rescale(value, scale - digits, 0);
        kept_scale = digits;
    }
    if (kept_scale < 0) {
        kept *= power_of_ten(-kept_scale);
        kept_scale = 0;
    }
    return rescale(kept, kept_scale, out_scale).value_or(0);
}

template <bool cut>
void round_digits(Call& call) {
    const int scale = call.args[0].vector->scale();
    const auto digits = static_cast<int>(call.node.parameter);
    each_decimal(call, [&](Int128 value, std::size_t) {
        return keep_digits(value, scale, digits, call.node.scale, cut);
    });
}
template <bool cut>
void round_whole(Call& call) {
    const int scale = call.args[0].vector->scale();
    each_decimal(call, [&](Int128 value, std::size_t) { return keep_digits(value, scale, 0, 0, cut); });
}
void round_float(Call& call) {
    map1<double, double>(call, [](double value) { return std::nearbyint(value); });  // half to even
}
void truncate_float(Call& call) {
    map1<double, double>(call, [](double value) { return std::trunc(value); });
}

void sign_decimal(Call& call) {
    each_decimal(call, [](Int128 value, std::size_t) { return Int128{value > 0 ? 1 : value < 0 ? -1 : 0}; });
}
Status as_sign(Node& node) {
    set_shape(node, numeric_shape(1, 0));
    return {};
}
void sign_float(Call& call) {
    map1<double, double>(call, [](double value) { return value > 0 ? 1.0 : value < 0 ? -1.0 : value; });
}

void square_root(Call& call) {
    map1<double, double>(call, [](double value) { return std::sqrt(value); });
    for_valid(call, [&](std::size_t i) {
        if (call.args[0].at<double>(i) < 0) call.fail(i);
    });
}

// Whole and half exponents only, by multiplication and sqrt: the same on every machine.
double power_of(double base, std::int64_t halves) {
    const bool inverse = halves < 0;
    std::uint64_t rest = inverse ? static_cast<std::uint64_t>(-halves) : static_cast<std::uint64_t>(halves);
    double result = (rest & 1U) != 0 ? std::sqrt(base) : 1.0;
    rest >>= 1U;
    for (double factor = base; rest != 0; rest >>= 1U) {
        if ((rest & 1U) != 0) result *= factor;
        factor *= factor;
    }
    return inverse ? 1.0 / result : result;
}

bool whole_or_half(double exponent, std::int64_t& halves) {
    constexpr double most = 4096;
    const double doubled = exponent * 2;
    if (!(std::fabs(doubled) <= most) || doubled != std::floor(doubled)) return false;
    halves = static_cast<std::int64_t>(doubled);
    return true;
}

Status check_power(Node& node) {
    const Node& exponent = *node.args[1];
    std::int64_t halves = 0;
    if (!exponent.is_literal() || exponent.is_null_literal() ||
        !whole_or_half(*exponent.value.data<double>(), halves)) {
        return Error(ErrorKind::not_supported, "power with an exponent that is not a whole or half constant is not known here");
    }
    node.parameter = halves;
    return {};
}

void power_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const double base = call.args[0].at<double>(i);
        const std::int64_t halves = call.node.parameter;
        double& result = call.out.data<double>()[i];
        result = 0;
        if ((base < 0 && (halves & 1) != 0) || (base == 0 && halves < 0)) return call.fail(i);
        result = power_of(base, halves);
        if (std::isinf(result) && !std::isinf(base)) call.fail(i);
    });
}

void remainder_integer(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const std::int64_t divisor = call.args[1].at<std::int64_t>(i);
        std::int64_t& result = call.out.data<std::int64_t>()[i];
        result = 0;
        if (divisor == 0) return call.fail(i);
        if (divisor != -1) result = call.args[0].at<std::int64_t>(i) % divisor;
    });
}

Int128 decimal_at(const Operand& operand, std::size_t row, int scale) {
    const Int128 value = operand.vector->kind() == Physical::wide ? operand.at<Int128>(row) : operand.at<std::int64_t>(row);
    return rescale(value, operand.vector->scale(), scale).value_or(0);
}

void remainder_decimal(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const Int128 divisor = decimal_at(call.args[1], i, call.node.scale);
        if (divisor == 0) return call.fail(i);
        call.out.data<Int128>()[i] = decimal_at(call.args[0], i, call.node.scale) % divisor;
    });
}
Status as_remainder(Node& node) {
    set_shape(node, {Physical::wide, std::max(node.args[0]->scale, node.args[1]->scale), 0});
    return {};
}

void divide_decimal(Call& call) {
    const int scale = std::max(call.args[0].vector->scale(), call.args[1].vector->scale());
    for_valid(call, [&](std::size_t i) {
        const Int128 divisor = decimal_at(call.args[1], i, scale);
        if (divisor == 0) return call.fail(i);
        call.out.data<Int128>()[i] = decimal_at(call.args[0], i, scale) / divisor;
    });
}
Status as_quotient(Node& node) {
    set_shape(node, {Physical::wide, 0, 0});
    return {};
}

void greatest_divisor(Call& call) {
    map2<std::int64_t, std::int64_t, std::int64_t>(call, [](std::int64_t a, std::int64_t b) {
        while (b != 0) {
            const std::int64_t rest = b == -1 ? 0 : a % b;
            a = b;
            b = rest;
        }
        return a < 0 && a != INT64_MIN ? -a : a;
    });
    const std::int64_t most = call.node.type.kind == schema::TypeKind::integer ? INT32_MAX : INT64_MAX;
    for_valid(call, [&](std::size_t i) {
        const std::int64_t value = call.out.data<std::int64_t>()[i];
        if (value < 0 || value > most) call.fail(i);
    });
}

constexpr Signature signatures[] = {
    {"abs", "h", 'h', absolute_integer, true},
    {"abs", "i", 'i', absolute_integer, true},
    {"abs", "l", 'l', absolute_integer, true},
    {"abs", "n", 'n', absolute_decimal, false, true, as_argument},
    {"abs", "r", 'r', absolute_float},
    {"abs", "f", 'f', absolute_float},
    {"round", "n", 'n', round_whole<false>, false, true, as_whole},
    {"round", "ni", 'n', round_digits<false>, false, true, as_rounded},
    {"round", "f", 'f', round_float},
    {"trunc", "n", 'n', round_whole<true>, false, true, as_whole},
    {"trunc", "ni", 'n', round_digits<true>, false, true, as_rounded},
    {"trunc", "f", 'f', truncate_float},
    {"floor", "n", 'n', floor_decimal, false, true, as_whole},
    {"floor", "f", 'f', floor_float},
    {"ceil", "n", 'n', ceiling_decimal, false, true, as_whole},
    {"ceil", "f", 'f', ceiling_float},
    {"ceiling", "n", 'n', ceiling_decimal, false, true, as_whole},
    {"ceiling", "f", 'f', ceiling_float},
    {"sign", "n", 'n', sign_decimal, false, true, as_sign},
    {"sign", "f", 'f', sign_float},
    {"sqrt", "f", 'f', square_root, true},
    {"power", "ff", 'f', power_kernel, true, true, check_power},
    {"pow", "ff", 'f', power_kernel, true, true, check_power},
    {"mod", "ii", 'i', remainder_integer, true},
    {"mod", "ll", 'l', remainder_integer, true},
    {"mod", "nn", 'n', remainder_decimal, true, true, as_remainder},
    {"div", "nn", 'n', divide_decimal, true, true, as_quotient},
    {"gcd", "ii", 'i', greatest_divisor, true},
    {"gcd", "ll", 'l', greatest_divisor, true},
};

}  // namespace

std::span<const Signature> number_functions() { return signatures; }

}  // namespace confab::expr
