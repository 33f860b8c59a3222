// Values parsed once, copied by number into a column's vector: what constant, choice and record have in common.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/kernel.hpp"

namespace confab::engine {

class ValueList {
  public:
    // Values in PostgreSQL text form of the column's type; nothing is NULL.
    static Result<ValueList> make(const KernelContext& context, std::span<const std::optional<std::string>> values);

    std::size_t size() const { return nulls_.size(); }
    // True when no value comes twice.
    bool distinct() const { return distinct_; }

    // Fills out with `count` values; choose(i) gives the number of a value.
    template <typename Choose> void fill(Vector& out, std::size_t count, Choose choose) const {
        out.reset(values_.kind(), count, values_.scale());
        switch (values_.kind()) {
            case Physical::boolean: copy<std::uint8_t>(out, count, choose); break;
            case Physical::int64: copy<std::int64_t>(out, count, choose); break;
            case Physical::wide: copy<Int128>(out, count, choose); break;
            case Physical::float64: copy<double>(out, count, choose); break;
            case Physical::interval: copy<Interval>(out, count, choose); break;
            case Physical::text: copy<std::string_view>(out, count, choose); break;
        }
    }

  private:
    template <typename T, typename Choose> void copy(Vector& out, std::size_t count, Choose choose) const {
        const T* from = values_.data<T>();
        T* to = out.data<T>();
        if (!any_null_) {
            for (std::size_t i = 0; i < count; ++i) to[i] = from[choose(i)];
            return;
        }
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t number = choose(i);
            to[i] = from[number];
            if (nulls_[number]) out.set_null(i);
        }
    }

    Vector values_;  // text lies in its arena
    std::vector<bool> nulls_;
    bool any_null_ = false;
    bool distinct_ = true;
};

}  // namespace confab::engine
