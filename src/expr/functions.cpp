#include "expr/functions.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "expr/coerce.hpp"
#include "expr/text_types.hpp"
#include "expr/value_type.hpp"

namespace confab::expr {

using schema::Type;
using schema::TypeKind;

namespace {

TypeKind kind_of(char letter) {
    switch (letter) {
        case 'b': return TypeKind::boolean;
        case 'h': return TypeKind::smallint;
        case 'i': return TypeKind::integer;
        case 'l': return TypeKind::bigint;
        case 'n': return TypeKind::numeric;
        case 'r': return TypeKind::real;
        case 'f': return TypeKind::double_precision;
        case 'd': return TypeKind::date;
        case 'c': return TypeKind::time;
        case 's': return TypeKind::timestamp;
        case 'z': return TypeKind::timestamp_tz;
        case 'v': return TypeKind::interval;
        default: return TypeKind::text;
    }
}

Type type_of(char letter) {
    Type type;
    type.kind = kind_of(letter);
    return type;
}

// How far a signature is from the arguments; nothing when it does not take them. The type of a literal is open:
// it goes to text first, as PostgreSQL prefers it.
std::optional<int> distance(const Signature& signature, const std::vector<NodePtr>& args) {
    const std::string_view parameters = signature.parameters;
    const bool variadic = parameters.ends_with('*');
    const std::size_t fixed = variadic ? parameters.size() - 1 : parameters.size();
    if (args.size() < fixed || (!variadic && args.size() != fixed)) return {};
    int total = 0;
    for (std::size_t i = 0; i < args.size(); ++i) {
        const char letter = parameters[std::min(i, fixed - 1)];
        const Node& arg = *args[i];
        if (letter == 'a') continue;
        if (letter == 'e') {
            if (!arg.type.is_array()) return {};
            continue;
        }
        if (arg.unknown) {
            total += letter == 't' ? 0 : letter == 'f' || letter == 'z' || letter == 'v' ? 1 : 2;
            continue;
        }
        const Type wanted = type_of(letter);
        if (!arg.type.is_array() && arg.type.kind == wanted.kind) continue;
        if (!can_coerce(arg, wanted, Coercion::implicit)) return {};
        // Of implicit conversions the preferred type of its kind wins: double precision, text, timestamptz.
        total += letter == 'f' || letter == 't' || letter == 'z' ? 10 : 11;
    }
    return total;
}

}  // namespace

Result<NodePtr> make_function(const schema::Schema& schema, std::string_view name, std::vector<NodePtr> args) {
    if (auto node = make_range_function(schema, name, args)) return fold(*std::move(node));
    if (auto node = make_document_function(name, args)) return fold(*std::move(node));
    if (auto node = make_bytes_function(name, args)) return fold(*std::move(node));
    if (name == "regexp_like" && args.size() == 2) {
        return make_match(schema, "~", std::move(args[0]), std::move(args[1]), '\\');
    }
    const bool by_pattern = name == "substring" && args.size() == 2 &&
                            (args[1]->unknown || schema::is_character(args[1]->type.kind));
    if ((name == "regexp_match" && args.size() == 2) || by_pattern) {
        return make_extraction(schema, name, std::move(args[0]), std::move(args[1]));
    }
    const std::span<const Signature> families[] = {text_functions(), number_functions(), time_functions()};
    const Signature* best = nullptr;
    int best_distance = 0;
    bool known = false;
    for (const std::span<const Signature> family : families) {
        for (const Signature& signature : family) {
            if (signature.name != name) continue;
            known = true;
            const auto found = distance(signature, args);
            if (found && (best == nullptr || *found < best_distance)) {
                best = &signature;
                best_distance = *found;
            }
        }
    }
    if (!known) return Error(ErrorKind::not_supported, fmt::format("function {} is not known here", name));
    if (best == nullptr) {
        std::string types;
        for (const NodePtr& arg : args) types += (types.empty() ? "" : ", ") + name_of(*arg);
        return Error(ErrorKind::not_supported, fmt::format("function {}({}) is not known here", name, types));
    }
    auto node = std::make_unique<Node>();
    node->op = Op::call;
    node->name = name;
    node->type = type_of(best->result);
    set_shape(*node, shape_of(node->type));
    node->kernel = best->kernel;
    node->strict = best->strict;
    node->may_fail = best->may_fail;
    const std::size_t fixed = best->parameters.ends_with('*') ? best->parameters.size() - 1 : best->parameters.size();
    for (std::size_t i = 0; i < args.size(); ++i) {
        const char letter = best->parameters[std::min(i, fixed - 1)];
        if (letter == 'a' || letter == 'p') {
            CONFAB_TRY(args[i], make_output(schema, std::move(args[i])));
        } else if (letter == 't') {
            CONFAB_TRY(args[i], coerce(schema, std::move(args[i]), type_of('t'), Coercion::implicit));
        } else if (letter != 'e') {
            CONFAB_TRY(args[i], coerce(schema, std::move(args[i]), type_of(letter), Coercion::implicit));
        }
        node->may_fail = node->may_fail || args[i]->may_fail;
        node->args.push_back(std::move(args[i]));
    }
    if (best->prepare != nullptr) CONFAB_CHECK(best->prepare(*node));
    return fold(std::move(node));
}

}  // namespace confab::expr
