#include "expr/compare.hpp"

#include <algorithm>
#include <cmath>

namespace confab::expr {

Int128 interval_length(const Interval& interval) {
    const Int128 days = Int128{interval.months} * 30 + interval.days;
    return days * 86'400'000'000LL + interval.microseconds;
}

namespace {

template <typename T>
int order(const T& a, const T& b) {
    return a < b ? -1 : b < a ? 1 : 0;
}

int order(double a, double b) {
    if (std::isnan(a) || std::isnan(b)) return static_cast<int>(std::isnan(a)) - static_cast<int>(std::isnan(b));
    return a < b ? -1 : b < a ? 1 : 0;
}

int order(std::string_view a, std::string_view b) {
    const int difference = a.compare(b);
    return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

int order(const Interval& a, const Interval& b) { return order(interval_length(a), interval_length(b)); }

enum class Comparison { equal, not_equal, less, less_equal, greater, greater_equal };

template <Comparison comparison>
bool holds(int difference) {
    switch (comparison) {
        case Comparison::equal: return difference == 0;
        case Comparison::not_equal: return difference != 0;
        case Comparison::less: return difference < 0;
        case Comparison::less_equal: return difference <= 0;
        case Comparison::greater: return difference > 0;
        case Comparison::greater_equal: return difference >= 0;
    }
    return false;
}

template <typename T, Comparison comparison>
void compare_numbers(Call& call) {
    map2<T, T, std::uint8_t>(call, [](T a, T b) -> std::uint8_t {
        switch (comparison) {
            case Comparison::equal: return a == b;
            case Comparison::not_equal: return a != b;
            case Comparison::less: return a < b;
            case Comparison::less_equal: return a <= b;
            case Comparison::greater: return a > b;
            case Comparison::greater_equal: return a >= b;
        }
        return 0;
    });
}

template <typename T, Comparison comparison>
void compare_ordered(Call& call) {
    map2<T, T, std::uint8_t>(call, [](const T& a, const T& b) -> std::uint8_t {
        return holds<comparison>(order(a, b)) ? 1 : 0;
    });
}

template <Comparison comparison>
void compare_texts(Call& call) {
    std::uint8_t* out = call.out.data<std::uint8_t>();
    const Operand& left = call.args[0];
    const Operand& right = call.args[1];
    for_valid(call, [&](std::size_t i) {
        const std::string_view a = left.at<std::string_view>(i);
        const std::string_view b = right.at<std::string_view>(i);
        if constexpr (comparison == Comparison::equal) {
            out[i] = a == b ? 1 : 0;
        } else if constexpr (comparison == Comparison::not_equal) {
            out[i] = a != b ? 1 : 0;
        } else {
            out[i] = holds<comparison>(order(a, b)) ? 1 : 0;
        }
    });
}

template <Comparison comparison>
Kernel kernel_of(Physical kind) {
    switch (kind) {
        case Physical::boolean: return compare_numbers<std::uint8_t, comparison>;
        case Physical::int64: return compare_numbers<std::int64_t, comparison>;
        case Physical::wide: return compare_numbers<Int128, comparison>;
        case Physical::float64: return compare_ordered<double, comparison>;
        case Physical::interval: return compare_ordered<Interval, comparison>;
        case Physical::text: return compare_texts<comparison>;
    }
    return nullptr;
}

}  // namespace

Kernel comparison_kernel(Physical kind, std::string_view name) {
    if (name == "=") return kernel_of<Comparison::equal>(kind);
    if (name == "<>") return kernel_of<Comparison::not_equal>(kind);
    if (name == "<") return kernel_of<Comparison::less>(kind);
    if (name == "<=") return kernel_of<Comparison::less_equal>(kind);
    if (name == ">") return kernel_of<Comparison::greater>(kind);
    return kernel_of<Comparison::greater_equal>(kind);
}

int compare_elements(const Vector& left, std::size_t i, const Vector& right, std::size_t j) {
    assert(left.kind() == right.kind());
    const auto compare = [&]<typename T>(const T*) { return order(left.data<T>()[i], right.data<T>()[j]); };
    switch (left.kind()) {
        case Physical::boolean: return compare(static_cast<const std::uint8_t*>(nullptr));
        case Physical::int64: return compare(static_cast<const std::int64_t*>(nullptr));
        case Physical::wide: return compare(static_cast<const Int128*>(nullptr));
        case Physical::float64: return compare(static_cast<const double*>(nullptr));
        case Physical::interval: return compare(static_cast<const Interval*>(nullptr));
        case Physical::text: return compare(static_cast<const std::string_view*>(nullptr));
    }
    return 0;
}

ConstantSet::ConstantSet(Physical kind, const std::vector<const Vector*>& literals) : kind_(kind) {
    for (const Vector* literal : literals) {
        if (literal->is_null(0)) {
            has_null_ = true;
            continue;
        }
        switch (kind) {
            case Physical::boolean: integers_.push_back(*literal->data<std::uint8_t>()); break;
            case Physical::int64: integers_.push_back(*literal->data<std::int64_t>()); break;
            case Physical::wide: wides_.push_back(*literal->data<Int128>()); break;
            case Physical::float64: floats_.push_back(*literal->data<double>()); break;
            case Physical::interval: wides_.push_back(interval_length(*literal->data<Interval>())); break;
            case Physical::text: texts_.emplace_back(*literal->data<std::string_view>()); break;
        }
    }
    std::sort(integers_.begin(), integers_.end());
    std::sort(wides_.begin(), wides_.end());
    std::sort(floats_.begin(), floats_.end(), [](double a, double b) { return order(a, b) < 0; });
    std::sort(texts_.begin(), texts_.end());
    constexpr std::size_t few = 8;
    if (texts_.size() > few) index_.insert(texts_.begin(), texts_.end());
}

template <typename T>
void ConstantSet::contains_number(const Operand& needle, const std::vector<T>& values, std::size_t rows,
                                  Vector& out) const {
    std::uint8_t* result = out.data<std::uint8_t>();
    constexpr std::size_t few = 16;
    if (values.size() > few || needle.constant) {
        for (std::size_t i = 0; i < rows; ++i) {
            result[i] = std::binary_search(values.begin(), values.end(), needle.at<T>(i)) ? 1 : 0;
        }
        return;
    }
    std::fill_n(result, rows, std::uint8_t{0});
    const T* data = needle.vector->data<T>();
    for (const T value : values) {
        for (std::size_t i = 0; i < rows; ++i) result[i] = static_cast<std::uint8_t>(result[i] | (data[i] == value));
    }
}

void ConstantSet::contains(const Operand& needle, std::size_t rows, Vector& out) const {
    std::uint8_t* result = out.data<std::uint8_t>();
    switch (kind_) {
        case Physical::int64: return contains_number(needle, integers_, rows, out);
        case Physical::wide: return contains_number(needle, wides_, rows, out);
        case Physical::boolean:
            for (std::size_t i = 0; i < rows; ++i) {
                const std::int64_t value = needle.at<std::uint8_t>(i);
                result[i] = std::find(integers_.begin(), integers_.end(), value) != integers_.end() ? 1 : 0;
            }
            return;
        case Physical::float64:
            for (std::size_t i = 0; i < rows; ++i) {
                result[i] = std::binary_search(floats_.begin(), floats_.end(), needle.at<double>(i),
                                               [](double a, double b) { return order(a, b) < 0; })
                                ? 1
                                : 0;
            }
            return;
        case Physical::interval:
            for (std::size_t i = 0; i < rows; ++i) {
                result[i] = std::binary_search(wides_.begin(), wides_.end(),
                                               interval_length(needle.at<Interval>(i)))
                                ? 1
                                : 0;
            }
            return;
        case Physical::text:
            for (std::size_t i = 0; i < rows; ++i) {
                if (out.is_null(i)) continue;
                const std::string_view value = needle.at<std::string_view>(i);
                result[i] = index_.empty() ? std::find(texts_.begin(), texts_.end(), value) != texts_.end()
                                           : index_.contains(value);
            }
            return;
    }
}

}  // namespace confab::expr
