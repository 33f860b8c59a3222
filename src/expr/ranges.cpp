// Ranges, bytes and addresses, read from their text forms.
#include "expr/kernel.hpp"
#include "expr/text_types.hpp"
#include "expr/value_type.hpp"

namespace confab::expr {

namespace {

using schema::TypeKind;
using Text = std::string_view;

struct RangeText {
    bool empty = false;
    bool lower_inclusive = false, upper_inclusive = false;
    std::optional<std::string> lower, upper;  // nothing = unbounded
};

// `[a,b)`, `(,"2024-01-01 10:00:00"]`, `empty`.
RangeText read_range(Text text) {
    RangeText range;
    if (text.size() < 3 || text == "empty") {
        range.empty = true;
        return range;
    }
    range.lower_inclusive = text.front() == '[';
    range.upper_inclusive = text.back() == ']';
    std::string part;
    bool quoted = false;
    bool any = false;
    const auto finish = [&]() -> std::optional<std::string> {
        std::optional<std::string> bound = any ? std::optional(part) : std::nullopt;
        part.clear();
        any = false;
        return bound;
    };
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') {
            quoted = !quoted;
            any = true;
        } else if (c == ',' && !quoted) {
            range.lower = finish();
        } else {
            if (c == '\\' && i + 2 < text.size()) ++i;
            part += text[i];
            any = true;
        }
    }
    range.upper = finish();
    return range;
}

std::optional<TypeKind> bound_kind(TypeKind kind) {
    switch (kind) {
        case TypeKind::int4range: return TypeKind::integer;
        case TypeKind::int8range: return TypeKind::bigint;
        case TypeKind::numrange: return TypeKind::numeric;
        case TypeKind::daterange: return TypeKind::date;
        case TypeKind::tsrange: return TypeKind::timestamp;
        case TypeKind::tstzrange: return TypeKind::timestamp_tz;
        default: return std::nullopt;
    }
}

template <bool lower>
void bound_kernel(Call& call) {
    const auto& type = static_cast<const ValueType&>(*call.node.prepared);
    if (type.shape.physical == Physical::text) std::fill_n(call.out.data<Text>(), call.rows, Text());
    for_valid(call, [&](std::size_t i) {
        const RangeText range = read_range(call.args[0].at<Text>(i));
        const std::optional<std::string>& bound = lower ? range.lower : range.upper;
        if (range.empty || !bound || read_value(type, *bound, call.out, i, true) != ReadOutcome::read) call.out.set_null(i);
    });
}

template <typename F>
void each_flag(Call& call, F f) {
    for_valid(call, [&](std::size_t i) { call.out.data<std::uint8_t>()[i] = f(read_range(call.args[0].at<Text>(i))) ? 1 : 0; });
}

void is_empty_kernel(Call& call) {
    const bool discrete = call.node.args[0]->type.kind == TypeKind::int4range || call.node.args[0]->type.kind == TypeKind::int8range ||
                          call.node.args[0]->type.kind == TypeKind::daterange;
    each_flag(call, [&](const RangeText& range) {
        // Written forms are canonical: what is empty says so, but for equal bounds of which one is open.
        return range.empty || (range.lower && range.upper && *range.lower == *range.upper &&
                               (discrete ? !range.upper_inclusive : !(range.lower_inclusive && range.upper_inclusive)));
    });
}
void lower_infinite_kernel(Call& call) { each_flag(call, [](const RangeText& range) { return !range.empty && !range.lower; }); }
void upper_infinite_kernel(Call& call) { each_flag(call, [](const RangeText& range) { return !range.empty && !range.upper; }); }
void lower_inclusive_kernel(Call& call) { each_flag(call, [](const RangeText& range) { return !range.empty && range.lower && range.lower_inclusive; }); }
void upper_inclusive_kernel(Call& call) { each_flag(call, [](const RangeText& range) { return !range.empty && range.upper && range.upper_inclusive; }); }

// bytea in hex form: `\x` and two digits a byte.
void bytes_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const Text text = call.args[0].at<Text>(i);
        call.out.data<std::int64_t>()[i] = text.starts_with("\\x") ? static_cast<std::int64_t>(text.size() / 2 - 1)
                                                                   : static_cast<std::int64_t>(text.size());
    });
}

bool is_version_6(Text address) { return address.find(':') != Text::npos; }

void family_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) { call.out.data<std::int64_t>()[i] = is_version_6(call.args[0].at<Text>(i)) ? 6 : 4; });
}
void mask_length_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const Text text = call.args[0].at<Text>(i);
        const std::size_t slash = text.find('/');
        std::int64_t length = is_version_6(text) ? 128 : 32;
        if (slash != Text::npos) length = std::strtoll(std::string(text.substr(slash + 1)).c_str(), nullptr, 10);
        call.out.data<std::int64_t>()[i] = length;
    });
}
void host_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const Text text = call.args[0].at<Text>(i);
        call.out.data<Text>()[i] = text.substr(0, text.find('/'));
    });
}

NodePtr call(std::string_view name, TypeKind kind, Kernel kernel, std::vector<NodePtr> args) {
    auto node = std::make_unique<Node>();
    node->op = Op::call;
    node->name = name;
    node->type.kind = kind;
    set_shape(*node, shape_of(node->type));
    node->kernel = kernel;
    node->may_fail = args[0]->may_fail;
    node->args = std::move(args);
    return node;
}

}  // namespace

std::optional<NodePtr> make_range_function(const schema::Schema& schema, std::string_view name, std::vector<NodePtr>& args) {
    if (args.size() != 1 || args[0]->unknown || args[0]->type.is_array()) return std::nullopt;
    const auto of = bound_kind(args[0]->type.kind);
    if (!of) return std::nullopt;
    if (name == "lower" || name == "upper") {
        schema::Type bound;
        bound.kind = *of;
        auto type = std::make_shared<const ValueType>(schema, bound);
        NodePtr node = call(name, *of, name == "lower" ? bound_kernel<true> : bound_kernel<false>, std::move(args));
        node->strict = true;
        node->prepared = std::move(type);
        return node;
    }
    Kernel kernel = nullptr;
    if (name == "isempty") kernel = is_empty_kernel;
    if (name == "lower_inf") kernel = lower_infinite_kernel;
    if (name == "upper_inf") kernel = upper_infinite_kernel;
    if (name == "lower_inc") kernel = lower_inclusive_kernel;
    if (name == "upper_inc") kernel = upper_inclusive_kernel;
    if (kernel == nullptr) return std::nullopt;
    return call(name, TypeKind::boolean, kernel, std::move(args));
}

std::optional<NodePtr> make_bytes_function(std::string_view name, std::vector<NodePtr>& args) {
    if (args.size() != 1 || args[0]->unknown || args[0]->type.is_array()) return std::nullopt;
    const TypeKind kind = args[0]->type.kind;
    if (kind == TypeKind::bytea && (name == "length" || name == "octet_length")) {
        return call(name, TypeKind::integer, bytes_kernel, std::move(args));
    }
    if (kind != TypeKind::inet && kind != TypeKind::cidr) return std::nullopt;
    if (name == "family") return call(name, TypeKind::integer, family_kernel, std::move(args));
    if (name == "masklen") return call(name, TypeKind::integer, mask_length_kernel, std::move(args));
    if (name == "host") return call(name, TypeKind::text, host_kernel, std::move(args));
    return std::nullopt;
}

}  // namespace confab::expr
