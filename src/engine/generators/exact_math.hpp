// Elementary functions from + - * / and sqrt alone, so that tables made with them are the same bits on every
// machine (those of libm differ in the last place between versions). For set-up, not for rows.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace confab::engine {

// e^x for |x| ≤ 700; relative error about 1e-15.
inline double exact_exp(double x) {
    constexpr double ln2 = 0.693147180559945309417;
    const double scaled = x / ln2;
    const auto exponent = static_cast<std::int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    const double rest = x - static_cast<double>(exponent) * ln2;
    double term = 1;
    double sum = 1;
    for (int n = 1; n < 20; ++n) {
        term = term * rest / n;
        sum += term;
    }
    const double power = std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52U);
    return sum * power;
}

// Natural logarithm of x > 0 (normal numbers); relative error about 1e-15.
inline double exact_log(double x) {
    constexpr double ln2 = 0.693147180559945309417;
    const auto bits = std::bit_cast<std::uint64_t>(x);
    auto exponent = static_cast<std::int64_t>(bits >> 52U) - 1023;
    double mantissa = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL);
    if (mantissa > 1.4142135623730951) {
        mantissa /= 2;
        ++exponent;
    }
    const double t = (mantissa - 1) / (mantissa + 1);  // log m = 2 atanh t
    const double square = t * t;
    double power = t;
    double sum = 0;
    for (int n = 1; n < 40; n += 2) {
        sum += power / n;
        power *= square;
    }
    return 2 * sum + static_cast<double>(exponent) * ln2;
}

// x^y for x > 0.
inline double exact_pow(double x, double y) { return exact_exp(y * exact_log(x)); }

// The normal distribution's quantile for 0 < p < 1; relative error about 1e-9
// (P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function", 2003).
inline double normal_quantile(double p) {
    constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
                            1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
    constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
                            6.680131188771972e+01, -1.328068155288572e+01};
    constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                            -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
    constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                            3.754408661907416e+00};
    const auto tail = [&](double q) {
        return (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
               ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
    };
    if (p < 0.02425) return tail(std::sqrt(-2 * exact_log(p)));
    if (p > 1 - 0.02425) return -tail(std::sqrt(-2 * exact_log(1 - p)));
    const double q = p - 0.5;
    const double r = q * q;
    return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
           (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
}

}  // namespace confab::engine
