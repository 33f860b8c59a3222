// Kernels of arithmetic. Each checks what PostgreSQL checks: ranges of integers, overflow, division by zero.
#pragma once

#include <cstdint>

#include "base/vector.hpp"
#include "expr/tree.hpp"

namespace confab::expr {

// + - * / % on int64 with the range of the node's integer type.
Kernel integer_kernel(char name);
// + - * on numerics of one physical kind; + and - of one scale. Division and remainder take `wide` or int64.
Kernel decimal_kernel(char name, Physical physical);
// + - * / on doubles, rounded to real where the node is one.
Kernel float_kernel(char name);
// -x for any number or interval.
Kernel negation_kernel(Physical physical);

// The moment after an interval: months first, the day clamped to the month's length, then days, then time.
bool add_interval(std::int64_t moment, const Interval& interval, std::int64_t& result);
// An interval times a number, fractions spilling to smaller units as PostgreSQL does.
bool scale_interval(const Interval& interval, double factor, Interval& result);

void add_days_kernel(Call& call);               // date + integer
void subtract_days_kernel(Call& call);          // date - integer
void days_between_kernel(Call& call);           // date - date
void add_interval_kernel(Call& call);           // timestamp + interval
void subtract_interval_kernel(Call& call);      // timestamp - interval
void time_between_kernel(Call& call);           // timestamp - timestamp
void interval_sum_kernel(Call& call);
void interval_difference_kernel(Call& call);
void interval_product_kernel(Call& call);       // interval * double
void interval_quotient_kernel(Call& call);      // interval / double
void time_plus_interval_kernel(Call& call);     // time + interval, modulo a day
void time_minus_interval_kernel(Call& call);
void time_difference_kernel(Call& call);        // time - time
void date_plus_time_kernel(Call& call);         // date + time

}  // namespace confab::expr
