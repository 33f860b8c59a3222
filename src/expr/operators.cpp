#include "expr/operators.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "expr/arithmetic.hpp"
#include "expr/coerce.hpp"
#include "expr/compare.hpp"
#include "expr/kernel.hpp"
#include "expr/text_types.hpp"
#include "expr/value_type.hpp"

namespace confab::expr {

using schema::Type;
using schema::TypeKind;

namespace {

Type plain(TypeKind kind) {
    Type type;
    type.kind = kind;
    return type;
}

bool is_kind(const Node& node, TypeKind kind) {
    return !node.unknown && !node.type.is_array() && node.type.kind == kind;
}

bool is_number(const Node& node) {
    return !node.unknown && !node.type.is_array() && schema::is_numeric(node.type.kind) &&
           node.type.kind != TypeKind::money;
}

bool is_text(const Node& node) { return !node.unknown && !node.type.is_array() && schema::is_character(node.type.kind); }

bool is_stamp(const Node& node) { return is_kind(node, TypeKind::timestamp) || is_kind(node, TypeKind::timestamp_tz); }

int number_rank(TypeKind kind) {
    switch (kind) {
        case TypeKind::smallint: return 1;
        case TypeKind::integer: return 2;
        case TypeKind::bigint: return 3;
        case TypeKind::numeric: return 4;
        case TypeKind::real: return 5;
        default: return 6;
    }
}

// An operator's operands: text wins, between char and varchar it is char. Elsewhere the first of them stays, since
// each becomes the other by itself.
TypeKind common_text(TypeKind left, TypeKind right, bool operands) {
    if (left == right || !operands) return left;
    const auto is_short = [](TypeKind kind) { return kind == TypeKind::character || kind == TypeKind::varchar; };
    if (!is_short(left) || !is_short(right)) return TypeKind::text;
    return TypeKind::character;
}

int moment_rank(TypeKind kind) {
    return kind == TypeKind::date ? 1 : kind == TypeKind::timestamp ? 2 : kind == TypeKind::timestamp_tz ? 3 : 0;
}

// The type that two operands meet in; nothing when there is none.
std::optional<Type> common_type(const Node& a, const Node& b, bool operands) {
    if (a.unknown) return b.type;
    if (b.unknown) return a.type;
    if (a.type.is_array() || b.type.is_array()) {
        return a.type.is_array() == b.type.is_array() && a.type.kind == b.type.kind ? std::optional(a.type)
                                                                                    : std::nullopt;
    }
    const TypeKind left = a.type.kind;
    const TypeKind right = b.type.kind;
    if (is_number(a) && is_number(b)) {
        if (left == right) return plain(left);
        const int highest = std::max(number_rank(left), number_rank(right));
        // No operator takes a real and something else: both become double precision.
        if (operands && highest >= 5) return plain(TypeKind::double_precision);
        return plain(number_rank(left) == highest ? left : right);
    }
    if (is_text(a) && is_text(b)) return plain(common_text(left, right, operands));
    if (left == right && a.type.user_type == b.type.user_type) return a.type;
    if (moment_rank(left) != 0 && moment_rank(right) != 0) {
        return plain(moment_rank(left) >= moment_rank(right) ? left : right);
    }
    const auto is_address = [](TypeKind kind) { return kind == TypeKind::inet || kind == TypeKind::cidr; };
    if (is_address(left) && is_address(right)) return plain(TypeKind::inet);
    return {};
}

NodePtr make_call(std::string_view name, Type type, Shape shape, Kernel kernel, std::vector<NodePtr> args, Form form) {
    auto node = std::make_unique<Node>();
    node->op = Op::call;
    node->form = form;
    node->name = name;
    node->type = std::move(type);
    set_shape(*node, shape);
    node->kernel = kernel;
    node->may_fail = true;
    node->args = std::move(args);
    return node;
}

NodePtr make_binary(std::string_view name, Type type, Shape shape, Kernel kernel, NodePtr left, NodePtr right) {
    std::vector<NodePtr> args;
    args.push_back(std::move(left));
    args.push_back(std::move(right));
    return fold(make_call(name, std::move(type), shape, kernel, std::move(args), Form::infix));
}

NodePtr make_binary(std::string_view name, TypeKind kind, Kernel kernel, NodePtr left, NodePtr right) {
    return make_binary(name, plain(kind), shape_of(plain(kind)), kernel, std::move(left), std::move(right));
}

// Digits before the point; nothing where no bound is known.
std::optional<int> whole_digits(const Node& node) {
    if (node.digits == 0) return {};
    return node.digits - node.scale;
}

Shape sum_shape(const Node& a, const Node& b) {
    const int scale = std::max(a.scale, b.scale);
    const auto left = whole_digits(a);
    const auto right = whole_digits(b);
    return numeric_shape(left && right ? std::max(std::max(*left, *right) + 1 + scale, 1) : 0, scale);
}

constexpr int wide_digits = 37;
constexpr int quotient_scale = 16;

// Scale of a numeric quotient. PostgreSQL keeps at least 16 significant digits, row by row; here it is 16 digits
// after the point (more where an operand has more), fewer where the digits before the point leave no room.
int scale_of_quotient(const Node& a, const Node& b) {
    const int wanted = std::max({quotient_scale, a.scale, b.scale});
    const auto whole = whole_digits(a);
    const int room = whole ? wide_digits - *whole - b.scale : wanted;
    return std::clamp(room, std::min(wanted, std::max(a.scale, 6)), wanted);
}

Result<NodePtr> numeric_arithmetic(const schema::Schema& schema, char name, NodePtr left, NodePtr right) {
    const Type numeric = plain(TypeKind::numeric);
    CONFAB_TRY(left, coerce(schema, std::move(left), numeric, Coercion::implicit));
    CONFAB_TRY(right, coerce(schema, std::move(right), numeric, Coercion::implicit));
    const std::string text(1, name);
    if (name == '*') {
        const int digits = left->digits > 0 && right->digits > 0 ? left->digits + right->digits : 0;
        const Shape shape = numeric_shape(digits, left->scale + right->scale);
        left = align_number(std::move(left), shape.physical, left->scale, left->digits);
        right = align_number(std::move(right), shape.physical, right->scale, right->digits);
        return make_binary(text, numeric, shape, decimal_kernel(name, shape.physical), std::move(left),
                           std::move(right));
    }
    if (name == '/') {
        const int scale = scale_of_quotient(*left, *right);
        const bool wide = left->physical == Physical::wide || right->physical == Physical::wide;
        const Physical physical = wide ? Physical::wide : Physical::int64;
        left = align_number(std::move(left), physical, left->scale, left->digits);
        right = align_number(std::move(right), physical, right->scale, right->digits);
        return make_binary(text, numeric, {Physical::wide, scale, 0}, decimal_kernel(name, physical), std::move(left),
                           std::move(right));
    }
    Shape shape = sum_shape(*left, *right);
    left = align_number(std::move(left), shape.physical, shape.scale, shape.digits);
    right = align_number(std::move(right), shape.physical, shape.scale, shape.digits);
    return make_binary(text, numeric, shape, decimal_kernel(name, shape.physical), std::move(left), std::move(right));
}

Error no_operator(std::string_view name, const Node* left, const Node& right) {
    return {ErrorKind::invalid_input,
            left == nullptr ? fmt::format("operator does not exist: {} {}", name, name_of(right))
                            : fmt::format("operator does not exist: {} {} {}", name_of(*left), name, name_of(right))};
}

Result<NodePtr> number_arithmetic(const schema::Schema& schema, char name, NodePtr left, NodePtr right) {
    const Type type = *common_type(*left, *right, true);
    if (type.kind == TypeKind::numeric) return numeric_arithmetic(schema, name, std::move(left), std::move(right));
    const bool is_float = type.kind == TypeKind::real || type.kind == TypeKind::double_precision;
    if (is_float && name == '%') return no_operator("%", left.get(), *right);
    CONFAB_TRY(left, coerce(schema, std::move(left), type, Coercion::implicit));
    CONFAB_TRY(right, coerce(schema, std::move(right), type, Coercion::implicit));
    return make_binary(std::string(1, name), type, shape_of(type),
                       is_float ? float_kernel(name) : integer_kernel(name), std::move(left), std::move(right));
}

Result<NodePtr> temporal_arithmetic(const schema::Schema& schema, char name, NodePtr left, NodePtr right) {
    const auto coerced = [&](NodePtr& node, TypeKind kind) -> Status {
        auto result = coerce(schema, std::move(node), plain(kind), Coercion::implicit);
        if (!result) return std::move(result).error();
        node = *std::move(result);
        return {};
    };
    const std::string text(1, name);
    // `interval + date` and the like: the same with the sides exchanged.
    const auto is_offset = [](const Node& node) {
        return is_kind(node, TypeKind::interval) || is_number(node);
    };
    const auto is_moment = [](const Node& node) {
        return is_kind(node, TypeKind::date) || is_stamp(node) || is_kind(node, TypeKind::time);
    };
    if (name == '+' && is_offset(*left) && is_moment(*right)) std::swap(left, right);
    if (name == '*' && is_number(*left) && is_kind(*right, TypeKind::interval)) std::swap(left, right);
    // A literal beside a moment takes its type in a difference, and is an interval in a sum with a timestamp.
    if (right->unknown && !left->unknown) {
        TypeKind kind = left->type.kind;
        if (is_stamp(*left) || is_kind(*left, TypeKind::time)) kind = TypeKind::interval;
        if (is_stamp(*left) && name == '-') kind = left->type.kind;
        if (is_kind(*left, TypeKind::date) && name == '+') return no_operator("+", left.get(), *right);
        if (name == '*' || name == '/') kind = TypeKind::double_precision;
        CONFAB_CHECK(coerced(right, kind));
    }
    if (left->unknown) {
        TypeKind kind = right->type.kind;
        if (name == '+' && is_stamp(*right)) kind = TypeKind::interval;
        CONFAB_CHECK(coerced(left, kind));
        if (name == '+' && is_stamp(*right)) std::swap(left, right);
    }
    const auto integer_like = [](const Node& node) {
        return is_kind(node, TypeKind::integer) || is_kind(node, TypeKind::smallint);
    };
    if (is_kind(*left, TypeKind::date)) {
        if (integer_like(*right) && (name == '+' || name == '-')) {
            return make_binary(text, TypeKind::date, name == '+' ? add_days_kernel : subtract_days_kernel,
                               std::move(left), std::move(right));
        }
        if (name == '-' && is_kind(*right, TypeKind::date)) {
            return make_binary(text, TypeKind::integer, days_between_kernel, std::move(left), std::move(right));
        }
        if (name == '+' && is_kind(*right, TypeKind::time)) {
            return make_binary(text, TypeKind::timestamp, date_plus_time_kernel, std::move(left), std::move(right));
        }
        if (is_kind(*right, TypeKind::interval) && (name == '+' || name == '-')) {
            CONFAB_CHECK(coerced(left, TypeKind::timestamp));
        }
        if (is_stamp(*right) && name == '-') CONFAB_CHECK(coerced(left, right->type.kind));
    }
    if (is_stamp(*left)) {
        if (is_kind(*right, TypeKind::interval) && (name == '+' || name == '-')) {
            const TypeKind kind = left->type.kind;
            return make_binary(text, kind, name == '+' ? add_interval_kernel : subtract_interval_kernel,
                               std::move(left), std::move(right));
        }
        if (name == '-' && (is_stamp(*right) || is_kind(*right, TypeKind::date))) {
            const TypeKind kind = is_kind(*left, TypeKind::timestamp_tz) || is_kind(*right, TypeKind::timestamp_tz)
                                      ? TypeKind::timestamp_tz
                                      : TypeKind::timestamp;
            CONFAB_CHECK(coerced(left, kind));
            CONFAB_CHECK(coerced(right, kind));
            return make_binary(text, TypeKind::interval, time_between_kernel, std::move(left), std::move(right));
        }
    }
    if (is_kind(*left, TypeKind::time)) {
        if (is_kind(*right, TypeKind::interval) && (name == '+' || name == '-')) {
            return make_binary(text, TypeKind::time,
                               name == '+' ? time_plus_interval_kernel : time_minus_interval_kernel, std::move(left),
                               std::move(right));
        }
        if (name == '-' && is_kind(*right, TypeKind::time)) {
            return make_binary(text, TypeKind::interval, time_difference_kernel, std::move(left), std::move(right));
        }
    }
    if (is_kind(*left, TypeKind::interval)) {
        if (is_kind(*right, TypeKind::interval) && (name == '+' || name == '-')) {
            return make_binary(text, TypeKind::interval,
                               name == '+' ? interval_sum_kernel : interval_difference_kernel, std::move(left),
                               std::move(right));
        }
        if (is_number(*right) && (name == '*' || name == '/')) {
            CONFAB_CHECK(coerced(right, TypeKind::double_precision));
            return make_binary(text, TypeKind::interval,
                               name == '*' ? interval_product_kernel : interval_quotient_kernel, std::move(left),
                               std::move(right));
        }
    }
    return no_operator(text, left.get(), *right);
}

Result<NodePtr> money_arithmetic(const schema::Schema& schema, char name, NodePtr left, NodePtr right) {
    const Type money = plain(TypeKind::money);
    if ((name == '+' || name == '-') && (left->unknown || is_kind(*left, TypeKind::money)) &&
        (right->unknown || is_kind(*right, TypeKind::money))) {
        CONFAB_TRY(left, coerce(schema, std::move(left), money, Coercion::implicit));
        CONFAB_TRY(right, coerce(schema, std::move(right), money, Coercion::implicit));
        return make_binary(std::string(1, name), TypeKind::money, integer_kernel(name), std::move(left),
                           std::move(right));
    }
    if (name == '*' && schema::is_integer(left->type.kind)) std::swap(left, right);
    if (name == '*' && is_kind(*left, TypeKind::money) && !right->unknown && schema::is_integer(right->type.kind)) {
        return make_binary("*", TypeKind::money, integer_kernel('*'), std::move(left), std::move(right));
    }
    return Error(ErrorKind::not_supported, fmt::format("operator {} on money is not known here", name));
}

void concatenation_kernel(Call& call) {
    std::string_view* out = call.out.data<std::string_view>();
    for_valid(call, [&](std::size_t i) {
        const std::string_view a = call.args[0].at<std::string_view>(i);
        const std::string_view b = call.args[1].at<std::string_view>(i);
        char* room = call.out.arena().allocate(a.size() + b.size());
        if (!a.empty()) std::memcpy(room, a.data(), a.size());
        if (!b.empty()) std::memcpy(room + a.size(), b.data(), b.size());
        out[i] = {room, a.size() + b.size()};
    });
}

Result<NodePtr> concatenation(const schema::Schema& schema, NodePtr left, NodePtr right) {
    if (left->type.is_array() || right->type.is_array()) {
        return Error(ErrorKind::not_supported, "concatenation of arrays is not known here");
    }
    if (!left->unknown && !right->unknown && !is_text(*left) && !is_text(*right)) {
        return no_operator("||", left.get(), *right);
    }
    // Beside text anything is written as text.
    CONFAB_TRY(left, coerce(schema, std::move(left), plain(TypeKind::text), Coercion::assignment));
    CONFAB_TRY(right, coerce(schema, std::move(right), plain(TypeKind::text), Coercion::assignment));
    NodePtr node = make_binary("||", TypeKind::text, concatenation_kernel, std::move(left), std::move(right));
    if (!node->is_literal()) node->may_fail = node->args[0]->may_fail || node->args[1]->may_fail;
    return node;
}

// & | # << >> of integers; null for any other name.
Kernel bit_kernel(std::string_view name) {
    using Number = std::int64_t;
    if (name == "&") return [](Call& call) { map2<Number, Number, Number>(call, [](Number a, Number b) { return a & b; }); };
    if (name == "|") return [](Call& call) { map2<Number, Number, Number>(call, [](Number a, Number b) { return a | b; }); };
    if (name == "#") return [](Call& call) { map2<Number, Number, Number>(call, [](Number a, Number b) { return a ^ b; }); };
    if (name == ">>") {
        return [](Call& call) { map2<Number, Number, Number>(call, [](Number a, Number b) { return a >> (b & 63); }); };
    }
    return nullptr;
}

bool has_order(const Type& type) {
    if (type.is_array()) return false;
    switch (type.kind) {
        case TypeKind::inet:
        case TypeKind::cidr:
        case TypeKind::macaddr:
        case TypeKind::macaddr8:
        case TypeKind::jsonb:
        case TypeKind::bit:
        case TypeKind::varbit:
        case TypeKind::other_builtin:
        case TypeKind::composite:
        case TypeKind::user_range:
        case TypeKind::extension: return false;
        case TypeKind::enumeration: return true;
        default: return type.kind < TypeKind::point;
    }
}

bool has_equality(const Type& type) {
    if (type.is_array()) return true;
    switch (type.kind) {
        case TypeKind::json:
        case TypeKind::xml:
        case TypeKind::composite:
        case TypeKind::other_builtin: return false;
        case TypeKind::point:
        case TypeKind::line:
        case TypeKind::lseg:
        case TypeKind::box:
        case TypeKind::path:
        case TypeKind::polygon:
        case TypeKind::circle: return false;
        default: return true;
    }
}

}  // namespace

NodePtr make_comparison(std::string_view name, NodePtr left, NodePtr right) {
    auto node = std::make_unique<Node>();
    node->op = Op::compare;
    node->form = Form::infix;
    node->name = name;
    node->type = plain(TypeKind::boolean);
    node->physical = Physical::boolean;
    node->kernel = comparison_kernel(left->physical, name);
    node->may_fail = left->may_fail || right->may_fail;
    node->args.push_back(std::move(left));
    node->args.push_back(std::move(right));
    return fold(std::move(node));
}

Status unify(const schema::Schema& schema, std::string_view context, std::vector<NodePtr>& nodes) {
    const Node* first = nullptr;
    Type type = plain(TypeKind::text);
    Node representative;
    for (const NodePtr& node : nodes) {
        if (node->unknown) continue;
        if (first == nullptr) {
            first = node.get();
            representative.type = type = node->type;
            continue;
        }
        const auto common = common_type(representative, *node, context == "comparison");
        if (!common) {
            return Error(ErrorKind::invalid_input, context == "comparison" && nodes.size() == 2
                                                       ? no_operator("=", nodes[0].get(), *nodes[1]).message
                                                       : fmt::format("{} types {} and {} cannot be matched", context,
                                                                     name_of(*first), name_of(*node)));
        }
        representative.type = type = *common;
    }
    Shape shape;
    bool exact = false;
    for (NodePtr& node : nodes) {
        auto coerced = coerce(schema, std::move(node), type, Coercion::implicit);
        if (!coerced) return std::move(coerced).error();
        node = *std::move(coerced);
    }
    if (type.kind == TypeKind::character && !type.is_array() && (context == "comparison" || context == "IN")) {
        for (NodePtr& node : nodes) node = strip_padding(std::move(node));
    }
    // Padding to one length stays only where all have that length.
    if (type.kind == TypeKind::character && !type.is_array()) {
        const int length = nodes[0]->type.length;
        const bool alike = std::all_of(nodes.begin(), nodes.end(),
                                       [&](const NodePtr& node) { return node->type.length == length; });
        for (NodePtr& node : nodes) {
            if (!alike) node = strip_padding(std::move(node));
        }
    }
    // Numbers also need one scale and one physical kind.
    if (type.is_array() || !(type.kind == TypeKind::numeric || schema::is_integer(type.kind))) return {};
    int whole = 0;
    bool bounded = true;
    for (const NodePtr& node : nodes) {
        shape.scale = std::max(shape.scale, node->scale);
        const auto digits = whole_digits(*node);
        bounded = bounded && digits;
        whole = std::max(whole, digits.value_or(0));
        exact = exact || node->physical == Physical::wide;
    }
    if (schema::is_integer(type.kind)) return {};
    shape = numeric_shape(bounded ? std::max(whole + shape.scale, 1) : 0, shape.scale);
    for (NodePtr& node : nodes) node = align_number(std::move(node), shape.physical, shape.scale, shape.digits);
    return {};
}

Result<NodePtr> make_operator(const schema::Schema& schema, std::string_view name, NodePtr left, NodePtr right) {
    if (name == "!=") name = "<>";
    if (!left) {
        if (name == "+") return right;
        if (name != "-") return Error(ErrorKind::not_supported, fmt::format("prefix operator {} is not known here", name));
        if (!(is_number(*right) || is_kind(*right, TypeKind::interval))) return no_operator(name, nullptr, *right);
        const Shape shape{right->physical, right->scale, right->digits};
        const Type type = right->type;
        std::vector<NodePtr> args;
        args.push_back(std::move(right));
        return fold(make_call("-", type, shape, negation_kernel(shape.physical), std::move(args), Form::prefix));
    }
    const bool is_equality = name == "=" || name == "<>";
    if (is_equality || name == "<" || name == "<=" || name == ">" || name == ">=") {
        std::vector<NodePtr> pair;
        pair.push_back(std::move(left));
        pair.push_back(std::move(right));
        CONFAB_CHECK(unify(schema, "comparison", pair));
        const Type& type = pair[0]->type;
        if (is_equality ? !has_equality(type) : !has_order(type)) {
            return Error(ErrorKind::not_supported,
                         fmt::format("operator {} on values of type {} is not known here", name, name_of(*pair[0])));
        }
        return make_comparison(name, std::move(pair[0]), std::move(pair[1]));
    }
    if (name == "||") return concatenation(schema, std::move(left), std::move(right));
    if (name.size() == 1 && std::string_view("+-*/%").find(name[0]) != std::string_view::npos) {
        if (left->unknown && right->unknown) {
            return Error(ErrorKind::invalid_input, fmt::format("operator is not unique: unknown {} unknown", name));
        }
        if (left->unknown && is_number(*right)) {
            const Type type = right->type;
            CONFAB_TRY(left, coerce(schema, std::move(left), type, Coercion::implicit));
        }
        if (right->unknown && is_number(*left)) {
            const Type type = left->type;
            CONFAB_TRY(right, coerce(schema, std::move(right), type, Coercion::implicit));
        }
        if (is_number(*left) && is_number(*right)) {
            return number_arithmetic(schema, name[0], std::move(left), std::move(right));
        }
        if (is_kind(*left, TypeKind::money) || is_kind(*right, TypeKind::money)) {
            return money_arithmetic(schema, name[0], std::move(left), std::move(right));
        }
        return temporal_arithmetic(schema, name[0], std::move(left), std::move(right));
    }
    if (const Kernel bits = bit_kernel(name)) {
        if (left->unknown) std::swap(left, right);
        if (right->unknown && is_number(*left)) {
            const Type type = left->type;
            CONFAB_TRY(right, coerce(schema, std::move(right), type, Coercion::implicit));
        }
        if (is_number(*left) && is_number(*right) && schema::is_integer(left->type.kind) && schema::is_integer(right->type.kind)) {
            // Of shifts the left side's type stays; the others meet in the wider one.
            const Type type = name.size() == 2 ? left->type : *common_type(*left, *right, true);
            return make_binary(name, type, shape_of(type), bits, std::move(left), std::move(right));
        }
    }
    if (auto node = make_document_operator(name, left, right)) return fold(*std::move(node));
    return Error(ErrorKind::not_supported, fmt::format("operator {} is not known here", name));
}

}  // namespace confab::expr
