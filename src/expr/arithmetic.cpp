#include "expr/arithmetic.hpp"

#include <algorithm>
#include <cmath>

#include "base/dates.hpp"
#include "expr/kernel.hpp"
#include "expr/text_form.hpp"

namespace confab::expr {

using schema::TypeKind;

namespace {

bool is_infinite(std::int64_t value) { return value == positive_infinity || value == negative_infinity; }

// ---- integers ------------------------------------------------------------------------------------------------

struct Add {
    template <typename T> static bool apply(T a, T b, T& r) { return __builtin_add_overflow(a, b, &r); }
};
struct Subtract {
    template <typename T> static bool apply(T a, T b, T& r) { return __builtin_sub_overflow(a, b, &r); }
};
struct Multiply {
    template <typename T> static bool apply(T a, T b, T& r) { return __builtin_mul_overflow(a, b, &r); }
};
struct Divide {
    template <typename T> static bool apply(T a, T b, T& r) {
        if (b == 0) return true;
        if (b == -1) return __builtin_sub_overflow(T{0}, a, &r);
        r = a / b;
        return false;
    }
};
struct Remainder {
    template <typename T> static bool apply(T a, T b, T& r) {
        if (b == 0) return true;
        r = b == -1 ? 0 : a % b;
        return false;
    }
};

template <typename T, typename Operation>
void checked(Call& call, T lowest, T highest) {
    bool bad = false;
    map2<T, T, T>(call, [&](T a, T b) {
        T result = 0;
        bad |= Operation::apply(a, b, result);
        bad |= (result < lowest) | (result > highest);
        return result;
    });
    if (!bad) return;
    for_valid(call, [&](std::size_t i) {
        T result = 0;
        if (Operation::apply(call.args[0].at<T>(i), call.args[1].at<T>(i), result) || result < lowest ||
            result > highest) {
            call.fail(i);
        }
    });
}

template <typename Operation>
void integer_operation(Call& call) {
    switch (call.node.type.kind) {
        case TypeKind::smallint: return checked<std::int64_t, Operation>(call, INT16_MIN, INT16_MAX);
        case TypeKind::integer: return checked<std::int64_t, Operation>(call, INT32_MIN, INT32_MAX);
        default: return checked<std::int64_t, Operation>(call, INT64_MIN, INT64_MAX);
    }
}

// ---- numerics ------------------------------------------------------------------------------------------------

constexpr Int128 wide_limit = (Int128{1} << 126);

// int64 numerics have few enough digits that nothing can overflow.
template <typename Operation>
void short_operation(Call& call) {
    map2<std::int64_t, std::int64_t, std::int64_t>(call, [](std::int64_t a, std::int64_t b) {
        std::int64_t result = 0;
        Operation::apply(a, b, result);
        return result;
    });
}

void short_remainder(Call& call) { checked<std::int64_t, Remainder>(call, INT64_MIN, INT64_MAX); }

template <typename Operation>
void wide_operation(Call& call) {
    checked<Int128, Operation>(call, -wide_limit, wide_limit);
}

// a / b at `scale` digits after the point, rounded half away from zero; both have their own scales.
bool divide(Int128 a, int a_scale, Int128 b, int b_scale, int scale, Int128& result) {
    if (b == 0) return false;
    const bool negative = (a < 0) != (b < 0);
    if (a < 0) a = -a;
    if (b < 0) b = -b;
    const int shift = scale - a_scale + b_scale;
    Int128 quotient = 0;
    Int128 rest = 0;
    Int128 scaled = 0;
    if (shift >= 0 && shift <= 38 && !__builtin_mul_overflow(a, power_of_ten(shift), &scaled)) {
        quotient = scaled / b;
        rest = scaled % b;
    } else if (shift >= 0) {
        // Long division, digit by digit.
        quotient = a / b;
        rest = a % b;
        for (int i = 0; i < shift; ++i) {
            if (__builtin_mul_overflow(rest, Int128{10}, &rest)) return false;
            if (__builtin_mul_overflow(quotient, Int128{10}, &quotient)) return false;
            quotient += rest / b;
            rest %= b;
        }
    } else {
        if (-shift > 38 || __builtin_mul_overflow(b, power_of_ten(-shift), &b)) return false;
        quotient = a / b;
        rest = a % b;
    }
    if (rest >= b - rest) ++quotient;
    if (quotient > wide_limit) return false;
    result = negative ? -quotient : quotient;
    return true;
}

template <typename T>
void quotient_kernel(Call& call) {
    const int a_scale = call.args[0].vector->scale();
    const int b_scale = call.args[1].vector->scale();
    for_valid(call, [&](std::size_t i) {
        Int128 result = 0;
        if (!divide(call.args[0].at<T>(i), a_scale, call.args[1].at<T>(i), b_scale, call.node.scale, result)) {
            return call.fail(i);
        }
        call.out.data<Int128>()[i] = result;
    });
}

// ---- floats --------------------------------------------------------------------------------------------------

template <typename F>
void float_operation(Call& call, F f) {
    const bool single = call.node.type.kind == TypeKind::real;
    bool bad = false;
    map2<double, double, double>(call, [&](double a, double b) {
        double result = f(a, b);
        if (single) result = static_cast<double>(static_cast<float>(result));
        bad |= !std::isfinite(result);
        return result;
    });
    if (!bad) return;
    for_valid(call, [&](std::size_t i) {
        const double a = call.args[0].at<double>(i);
        const double b = call.args[1].at<double>(i);
        if (std::isinf(call.out.data<double>()[i]) && !std::isinf(a) && !std::isinf(b)) call.fail(i);
    });
}

void float_add(Call& call) { float_operation(call, [](double a, double b) { return a + b; }); }
void float_subtract(Call& call) { float_operation(call, [](double a, double b) { return a - b; }); }
void float_multiply(Call& call) { float_operation(call, [](double a, double b) { return a * b; }); }
void float_divide(Call& call) {
    float_operation(call, [](double a, double b) { return b == 0 ? HUGE_VAL : a / b; });
    for_valid(call, [&](std::size_t i) {
        if (call.args[1].at<double>(i) == 0 && !std::isnan(call.args[0].at<double>(i))) call.fail(i);
    });
}

// ---- intervals -----------------------------------------------------------------------------------------------

bool fits(Int128 months, Int128 days, Int128 microseconds, Interval& result) {
    result = {static_cast<std::int32_t>(months), static_cast<std::int32_t>(days),
              static_cast<std::int64_t>(microseconds)};
    return result.months == months && result.days == days && result.microseconds == microseconds;
}

void interval_add(Call& call, int sign) {
    for_valid(call, [&](std::size_t i) {
        const Interval& a = call.args[0].at<Interval>(i);
        const Interval& b = call.args[1].at<Interval>(i);
        if (!fits(Int128{a.months} + sign * b.months, Int128{a.days} + sign * b.days,
                  Int128{a.microseconds} + sign * Int128{b.microseconds}, call.out.data<Interval>()[i])) {
            call.fail(i);
        }
    });
}

void moment_add(Call& call, int sign) {
    for_valid(call, [&](std::size_t i) {
        Interval interval = call.args[1].at<Interval>(i);
        if (sign < 0) interval = {-interval.months, -interval.days, -interval.microseconds};
        if (!add_interval(call.args[0].at<std::int64_t>(i), interval, call.out.data<std::int64_t>()[i])) call.fail(i);
    });
}

void clock_add(Call& call, int sign) {
    map2<std::int64_t, Interval, std::int64_t>(call, [sign](std::int64_t time, const Interval& interval) {
        const std::int64_t shift = interval.microseconds % microseconds_per_day;
        const std::int64_t sum = (time % microseconds_per_day + sign * shift) % microseconds_per_day;
        return sum < 0 ? sum + microseconds_per_day : sum;
    });
}

void days_add(Call& call, int sign) {
    constexpr std::int64_t limit = 2'147'483'493;  // PostgreSQL's last day
    for_valid(call, [&](std::size_t i) {
        const std::int64_t day = call.args[0].at<std::int64_t>(i);
        std::int64_t& result = call.out.data<std::int64_t>()[i];
        result = is_infinite(day) ? day : day + sign * call.args[1].at<std::int64_t>(i);
        if (!is_infinite(day) && (result > limit || result < -2'440'588)) call.fail(i);
    });
}

// Rounds to microseconds first, so that a factor's last bit does not show.
double rounded(double value) { return std::nearbyint(value * 1e6) / 1e6; }

}  // namespace

Kernel integer_kernel(char name) {
    switch (name) {
        case '+': return integer_operation<Add>;
        case '-': return integer_operation<Subtract>;
        case '*': return integer_operation<Multiply>;
        case '/': return integer_operation<Divide>;
        default: return integer_operation<Remainder>;
    }
}

Kernel decimal_kernel(char name, Physical physical) {
    const bool wide = physical == Physical::wide;
    switch (name) {
        case '+': return wide ? wide_operation<Add> : short_operation<Add>;
        case '-': return wide ? wide_operation<Subtract> : short_operation<Subtract>;
        case '*': return wide ? wide_operation<Multiply> : short_operation<Multiply>;
        case '/': return wide ? quotient_kernel<Int128> : quotient_kernel<std::int64_t>;
        default:
            return wide ? wide_operation<Remainder> : short_remainder;
    }
}

Kernel float_kernel(char name) {
    switch (name) {
        case '+': return float_add;
        case '-': return float_subtract;
        case '*': return float_multiply;
        default: return float_divide;
    }
}

Kernel negation_kernel(Physical physical) {
    switch (physical) {
        case Physical::float64:
            return [](Call& call) { map1<double, double>(call, [](double a) { return -a; }); };
        case Physical::wide: return [](Call& call) { map1<Int128, Int128>(call, [](Int128 a) { return -a; }); };
        case Physical::interval:
            return [](Call& call) {
                map1<Interval, Interval>(call, [](const Interval& a) {
                    return Interval{-a.months, -a.days, -a.microseconds};
                });
            };
        default: break;
    }
    return [](Call& call) {
        map1<std::int64_t, std::int64_t>(call, [](std::int64_t a) {
            std::int64_t result = 0;
            return __builtin_sub_overflow(std::int64_t{0}, a, &result) ? a : result;
        });
        const TypeKind kind = call.node.type.kind;
        const std::int64_t highest = kind == TypeKind::smallint  ? INT16_MAX
                                     : kind == TypeKind::integer ? INT32_MAX
                                                                 : INT64_MAX;
        for_valid(call, [&](std::size_t i) {
            const std::int64_t value = call.args[0].at<std::int64_t>(i);
            if (value == INT64_MIN || -value > highest) call.fail(i);
        });
    };
}

bool add_interval(std::int64_t moment, const Interval& interval, std::int64_t& result) {
    result = moment;
    if (is_infinite(moment)) return true;
    std::int64_t day = moment / microseconds_per_day - (moment % microseconds_per_day < 0 ? 1 : 0);
    const std::int64_t time = moment - day * microseconds_per_day;
    if (interval.months != 0) {
        Civil date = civil_from_days(day);
        const std::int64_t month = date.year * 12 + (date.month - 1) + interval.months;
        date.year = month / 12 - (month % 12 < 0 ? 1 : 0);
        date.month = static_cast<int>(month - date.year * 12) + 1;
        const Civil next = date.month == 12 ? Civil{date.year + 1, 1, 1} : Civil{date.year, date.month + 1, 1};
        const Civil last = civil_from_days(days_from_civil(next) - 1);
        date.day = std::min(date.day, last.day);
        day = days_from_civil(date);
    }
    day += interval.days;
    const Int128 sum = Int128{day} * microseconds_per_day + time + interval.microseconds;
    // PostgreSQL's first and last moment: 4714-11-24 BC to the end of 294276.
    constexpr Int128 first = Int128{days_from_civil({-4713, 11, 24})} * microseconds_per_day;
    constexpr Int128 end = Int128{days_from_civil({294277, 1, 1})} * microseconds_per_day;
    result = static_cast<std::int64_t>(sum);
    return sum >= first && sum < end;
}

bool scale_interval(const Interval& interval, double factor, Interval& result) {
    constexpr double days_per_month = 30;
    constexpr double seconds_per_day = 86400;
    const double months = static_cast<double>(interval.months) * factor;
    const double days = static_cast<double>(interval.days) * factor;
    if (!(std::fabs(months) < 2147483648.0) || !(std::fabs(days) < 2147483648.0)) return false;
    result.months = static_cast<std::int32_t>(months);
    result.days = static_cast<std::int32_t>(days);
    const double month_days = rounded((months - result.months) * days_per_month);
    double seconds = rounded((days - result.days + month_days - static_cast<double>(static_cast<std::int64_t>(month_days))) *
                             seconds_per_day);
    if (std::fabs(seconds) >= seconds_per_day) {
        result.days += static_cast<std::int32_t>(seconds / seconds_per_day);
        seconds -= static_cast<double>(static_cast<std::int64_t>(seconds / seconds_per_day)) * seconds_per_day;
    }
    result.days += static_cast<std::int32_t>(month_days);
    const double time = std::nearbyint(static_cast<double>(interval.microseconds) * factor + seconds * 1e6);
    if (!(std::fabs(time) < 9.2e18)) return false;
    result.microseconds = static_cast<std::int64_t>(time);
    return true;
}

void add_days_kernel(Call& call) { days_add(call, 1); }
void subtract_days_kernel(Call& call) { days_add(call, -1); }

void days_between_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const std::int64_t a = call.args[0].at<std::int64_t>(i);
        const std::int64_t b = call.args[1].at<std::int64_t>(i);
        if (is_infinite(a) || is_infinite(b)) return call.fail(i);
        call.out.data<std::int64_t>()[i] = a - b;
    });
}

void add_interval_kernel(Call& call) { moment_add(call, 1); }
void subtract_interval_kernel(Call& call) { moment_add(call, -1); }

void time_between_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const std::int64_t a = call.args[0].at<std::int64_t>(i);
        const std::int64_t b = call.args[1].at<std::int64_t>(i);
        std::int64_t difference = 0;
        if (is_infinite(a) || is_infinite(b) || __builtin_sub_overflow(a, b, &difference)) return call.fail(i);
        call.out.data<Interval>()[i] = {0, static_cast<std::int32_t>(difference / microseconds_per_day),
                                        difference % microseconds_per_day};
    });
}

void interval_sum_kernel(Call& call) { interval_add(call, 1); }
void interval_difference_kernel(Call& call) { interval_add(call, -1); }

void interval_product_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        if (!scale_interval(call.args[0].at<Interval>(i), call.args[1].at<double>(i), call.out.data<Interval>()[i])) {
            call.fail(i);
        }
    });
}

void interval_quotient_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const double divisor = call.args[1].at<double>(i);
        if (divisor == 0 ||
            !scale_interval(call.args[0].at<Interval>(i), 1 / divisor, call.out.data<Interval>()[i])) {
            call.fail(i);
        }
    });
}

void time_plus_interval_kernel(Call& call) { clock_add(call, 1); }
void time_minus_interval_kernel(Call& call) { clock_add(call, -1); }

void time_difference_kernel(Call& call) {
    map2<std::int64_t, std::int64_t, Interval>(call, [](std::int64_t a, std::int64_t b) {
        std::int64_t difference = 0;
        return Interval{0, 0, __builtin_sub_overflow(a, b, &difference) ? 0 : difference};
    });
}

void date_plus_time_kernel(Call& call) {
    map2<std::int64_t, std::int64_t, std::int64_t>(call, [](std::int64_t day, std::int64_t time) {
        std::int64_t midnight = 0;  // of a NULL row the day may be anything
        std::int64_t moment = 0;
        if (is_infinite(day) || __builtin_mul_overflow(day, microseconds_per_day, &midnight)) return day;
        return __builtin_add_overflow(midnight, time, &moment) ? day : moment;
    });
}

}  // namespace confab::expr
