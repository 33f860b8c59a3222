// How a numeric kernel's values lie in the column's vector: units of 10^-scale, whatever the type.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "base/vector.hpp"
#include "engine/kernel.hpp"
#include "schema/type.hpp"

namespace confab::engine {

constexpr std::int64_t powers_of_ten[] = {1,
                                          10,
                                          100,
                                          1'000,
                                          10'000,
                                          100'000,
                                          1'000'000,
                                          10'000'000,
                                          100'000'000,
                                          1'000'000'000,
                                          10'000'000'000,
                                          100'000'000'000,
                                          1'000'000'000'000,
                                          10'000'000'000'000,
                                          100'000'000'000'000,
                                          1'000'000'000'000'000,
                                          10'000'000'000'000'000,
                                          100'000'000'000'000'000,
                                          1'000'000'000'000'000'000};

struct NumberColumn {
    Physical physical = Physical::int64;
    int scale = 0;          // of the units
    int raised = 0;         // the vector's further digits after the point, all zero
    std::int64_t low = 0;   // the type's limits, in units
    std::int64_t high = 0;
    std::int64_t step = 1;  // of numeric with a negative scale
    int text_limit = -1;    // characters, when the column is text

    // `wanted_scale` is for types that have no scale of their own. Fails when the type cannot hold numbers.
    static Result<NumberColumn> of(const KernelContext& context, std::string_view kind, int wanted_scale);

    // The nearest unit; saturates at the type's limits.
    std::int64_t units(double value) const;

    // Fills out with `count` values; make(i) gives units.
    template <typename Make> void fill(Vector& out, std::size_t count, Make make) const {
        out.reset(physical, count, physical == Physical::float64 || physical == Physical::text ? 0 : scale + raised);
        switch (physical) {
            case Physical::int64: {
                auto* data = out.data<std::int64_t>();
                for (std::size_t i = 0; i < count; ++i) data[i] = make(i);
                return;
            }
            case Physical::wide: {
                auto* data = out.data<Int128>();
                Int128 unit = 1;
                for (int digit = 0; digit < raised; ++digit) unit *= 10;
                for (std::size_t i = 0; i < count; ++i) data[i] = make(i) * unit;
                return;
            }
            case Physical::float64: {
                auto* data = out.data<double>();
                const auto divisor = static_cast<double>(powers_of_ten[scale]);
                for (std::size_t i = 0; i < count; ++i) data[i] = static_cast<double>(make(i)) / divisor;
                return;
            }
            case Physical::text: {
                auto* data = out.data<std::string_view>();
                std::string text;
                for (std::size_t i = 0; i < count; ++i) {
                    text.clear();
                    append_decimal(text, make(i), scale);
                    data[i] = out.arena().store(text);
                }
                return;
            }
            case Physical::boolean:
            case Physical::interval: break;
        }
    }

    static void append_decimal(std::string& text, Int128 units, int scale);
};

// Units of a number at element i of a vector of any numeric kind, rescaled to `scale` (half away from zero).
std::int64_t units_at(const Vector& vector, std::size_t i, int scale);

// Fractional digits that a number needs, at most 9: 0.05 → 2.
int digits_after_point(double value);

}  // namespace confab::engine
