#include "engine/generators/value_list.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "expr/expr.hpp"

namespace confab::engine {

namespace {

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

template <typename T> void store(Vector& values, std::size_t i, const Vector& one) {
    values.data<T>()[i] = one.data<T>()[0];
}

}  // namespace

Result<ValueList> ValueList::make(const KernelContext& context, std::span<const std::optional<std::string>> values) {
    ValueList list;
    Vector one;
    // The scale of values without a declared one is that of the longest.
    int scale = 0;
    const Physical physical = schema::physical_of(context.schema, context.type);
    std::vector<Vector> parsed(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i]) continue;
        const std::string& text = *values[i];
        if (context.type.kind == schema::TypeKind::varchar || context.type.kind == schema::TypeKind::character) {
            if (!context.type.is_array() && context.type.length > 0 && characters(text) > static_cast<std::size_t>(context.type.length)) {
                return Error(ErrorKind::invalid_input, fmt::format("the value `{}` is longer than {} allows", text, schema::to_sql(context.type)));
            }
        }
        if (Status status = expr::parse_literal(context.schema, context.type, text, parsed[i]); !status) {
            return Error(ErrorKind::invalid_input, fmt::format("the value `{}` is not a valid {}: {}", text, schema::to_sql(context.type), status.error().message));
        }
        scale = std::max(scale, parsed[i].scale());
    }
    list.values_.reset(physical, values.size(), scale);
    list.nulls_.assign(values.size(), false);
    std::set<std::optional<std::string>> seen;
    for (std::size_t i = 0; i < values.size(); ++i) {
        list.distinct_ = seen.insert(values[i]).second && list.distinct_;
        if (!values[i]) {
            list.nulls_[i] = true;
            list.any_null_ = true;
            std::memset(static_cast<void*>(list.values_.data<std::byte>() + i * element_size(physical)), 0, element_size(physical));
            continue;
        }
        const Vector& value = parsed[i];
        switch (physical) {
            case Physical::boolean: store<std::uint8_t>(list.values_, i, value); break;
            case Physical::float64: store<double>(list.values_, i, value); break;
            case Physical::interval: store<Interval>(list.values_, i, value); break;
            case Physical::int64: {
                std::int64_t units = value.data<std::int64_t>()[0];
                for (int s = value.scale(); s < scale; ++s) units *= 10;
                list.values_.data<std::int64_t>()[i] = units;
                break;
            }
            case Physical::wide: {
                Int128 units = value.data<Int128>()[0];
                for (int s = value.scale(); s < scale; ++s) units *= 10;
                list.values_.data<Int128>()[i] = units;
                break;
            }
            case Physical::text:
                list.values_.data<std::string_view>()[i] = list.values_.arena().store(value.data<std::string_view>()[0]);
                break;
        }
    }
    return list;
}

}  // namespace confab::engine
