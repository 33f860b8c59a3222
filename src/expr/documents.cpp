// JSON: members, containment and keys. A value is read anew for each row: checks of documents are few.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "expr/kernel.hpp"
#include "expr/text_types.hpp"
#include "expr/value_type.hpp"

namespace confab::expr {

namespace {

using Json = nlohmann::ordered_json;
using schema::TypeKind;
using Text = std::string_view;

bool is_document(const Node& node) {
    return !node.type.is_array() && (node.type.kind == TypeKind::json || node.type.kind == TypeKind::jsonb);
}

Json parsed(Text text) { return Json::parse(text, nullptr, false); }

// As jsonb writes itself: a space after each comma and colon.
void write(const Json& value, std::string& out) {
    if (value.is_object()) {
        out += '{';
        bool first = true;
        for (const auto& [key, member] : value.items()) {
            if (!first) out += ", ";
            first = false;
            out += Json(key).dump() + ": ";
            write(member, out);
        }
        out += '}';
    } else if (value.is_array()) {
        out += '[';
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (i > 0) out += ", ";
            write(value[i], out);
        }
        out += ']';
    } else {
        out += value.dump();
    }
}

// PostgreSQL: arrays contain by element in any order, objects by member; an array also contains a bare scalar of its.
bool contains(const Json& whole, const Json& part, bool top = true) {
    if (part.is_object()) {
        if (!whole.is_object()) return false;
        return std::all_of(part.items().begin(), part.items().end(), [&](const auto& member) {
            const auto found = whole.find(member.key());
            return found != whole.end() && contains(*found, member.value(), false);
        });
    }
    if (part.is_array()) {
        if (!whole.is_array()) return false;
        return std::all_of(part.begin(), part.end(), [&](const Json& element) {
            return std::any_of(whole.begin(), whole.end(), [&](const Json& own) { return contains(own, element, false); });
        });
    }
    if (top && whole.is_array()) return std::find(whole.begin(), whole.end(), part) != whole.end();
    return whole == part;
}

const Json* member(const Json& value, const std::string& key) {
    if (value.is_object()) {
        const auto found = value.find(key);
        return found == value.end() ? nullptr : &*found;
    }
    if (!value.is_array() || key.empty() || key.find_first_not_of("-0123456789") != std::string::npos) return nullptr;
    std::int64_t place = std::strtoll(key.c_str(), nullptr, 10);
    if (place < 0) place += static_cast<std::int64_t>(value.size());
    if (place < 0 || place >= static_cast<std::int64_t>(value.size())) return nullptr;
    return &value[static_cast<std::size_t>(place)];
}

bool has_key(const Json& value, const std::string& key) {
    if (value.is_object()) return value.contains(key);
    if (value.is_array()) return std::find(value.begin(), value.end(), Json(key)) != value.end();
    return value.is_string() && value.get_ref<const std::string&>() == key;
}

struct Path : Prepared {
    std::vector<std::string> keys;
    bool every = false;  // ?& rather than ?|
};

void store(Call& call, std::size_t row, const Json* value, bool as_text) {
    if (value == nullptr || (as_text && value->is_null())) {
        call.out.set_null(row);
        call.out.data<Text>()[row] = {};
        return;
    }
    std::string text;
    if (as_text && value->is_string()) text = value->get<std::string>();
    else write(*value, text);
    call.out.data<Text>()[row] = call.out.arena().store(text);
}

template <bool as_text>
void member_kernel(Call& call) {
    const bool by_number = call.node.args[1]->physical == Physical::int64;
    for_valid(call, [&](std::size_t i) {
        const Json value = parsed(call.args[0].at<Text>(i));
        std::string key;
        if (by_number) key = std::to_string(call.args[1].at<std::int64_t>(i));
        else key = call.args[1].at<Text>(i);
        const bool fits = by_number == value.is_array();
        store(call, i, fits ? member(value, key) : nullptr, as_text);
    });
}

template <bool as_text>
void path_kernel(Call& call) {
    const auto& path = static_cast<const Path&>(*call.node.prepared);
    for_valid(call, [&](std::size_t i) {
        const Json value = parsed(call.args[0].at<Text>(i));
        const Json* at = &value;
        for (const std::string& key : path.keys) at = at == nullptr ? nullptr : member(*at, key);
        store(call, i, at, as_text);
    });
}

void has_key_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        call.out.data<std::uint8_t>()[i] = has_key(parsed(call.args[0].at<Text>(i)), std::string(call.args[1].at<Text>(i))) ? 1 : 0;
    });
}

void has_keys_kernel(Call& call) {
    const auto& path = static_cast<const Path&>(*call.node.prepared);
    for_valid(call, [&](std::size_t i) {
        const Json value = parsed(call.args[0].at<Text>(i));
        const auto has = [&](const std::string& key) { return has_key(value, key); };
        const bool holds = path.every ? std::all_of(path.keys.begin(), path.keys.end(), has)
                                      : std::any_of(path.keys.begin(), path.keys.end(), has);
        call.out.data<std::uint8_t>()[i] = holds ? 1 : 0;
    });
}

template <bool inverted>
void contains_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const Json a = parsed(call.args[0].at<Text>(i));
        const Json b = parsed(call.args[1].at<Text>(i));
        call.out.data<std::uint8_t>()[i] = (inverted ? contains(b, a) : contains(a, b)) ? 1 : 0;
    });
}

void array_length_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const Json value = parsed(call.args[0].at<Text>(i));
        call.out.data<std::int64_t>()[i] = static_cast<std::int64_t>(value.size());
        if (!value.is_array()) call.fail(i);
    });
}

// Keys of a constant text[] in text form, as '{a,b}'.
std::optional<std::vector<std::string>> keys_of(const Node& node) {
    if (!node.is_literal() || node.is_null_literal() || node.physical != Physical::text) return std::nullopt;
    const Text text = *node.value.data<Text>();
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') return std::nullopt;
    std::vector<std::string> keys;
    std::string key;
    bool quoted = false;
    bool any = false;
    for (const char c : text.substr(1, text.size() - 2)) {
        if (c == '\\') return std::nullopt;
        if (c == '"') {
            quoted = !quoted;
            any = true;
        } else if (c == ',' && !quoted) {
            keys.push_back(std::move(key));
            key.clear();
        } else if (c != ' ' || quoted || !key.empty()) {
            key += c;
            any = true;
        }
    }
    if (any) keys.push_back(std::move(key));
    return keys;
}

NodePtr call(std::string_view name, Form form, TypeKind kind, Kernel kernel, std::vector<NodePtr> args) {
    auto node = std::make_unique<Node>();
    node->op = Op::call;
    node->form = form;
    node->name = name;
    node->type.kind = kind;
    set_shape(*node, shape_of(node->type));
    node->kernel = kernel;
    node->may_fail = true;
    node->args = std::move(args);
    return node;
}

}  // namespace

std::optional<NodePtr> make_document_operator(std::string_view name, NodePtr& left, NodePtr& right) {
    if (!is_document(*left)) return std::nullopt;
    const TypeKind own = left->type.kind;
    const auto binary = [&](TypeKind kind, Kernel kernel, std::shared_ptr<const Prepared> prepared = nullptr) {
        if (right->unknown) {
            right->unknown = false;
            right->type.kind = kernel == Kernel(contains_kernel<false>) || kernel == Kernel(contains_kernel<true>) ? own : TypeKind::text;
            right->physical = Physical::text;
        }
        std::vector<NodePtr> args;
        args.push_back(std::move(left));
        args.push_back(std::move(right));
        NodePtr node = call(name, Form::infix, kind, kernel, std::move(args));
        node->prepared = std::move(prepared);
        return node;
    };
    const bool by_text = right->physical == Physical::text && !right->type.is_array();
    const bool by_number = !right->unknown && schema::is_integer(right->type.kind);
    if ((name == "->" || name == "->>") && (by_text || by_number)) {
        return name == "->" ? binary(own, member_kernel<false>) : binary(TypeKind::text, member_kernel<true>);
    }
    if (own == TypeKind::jsonb && name == "?" && by_text) return binary(TypeKind::boolean, has_key_kernel);
    if (own == TypeKind::jsonb && (name == "@>" || name == "<@") && (right->unknown || is_document(*right))) {
        return binary(TypeKind::boolean, name == "@>" ? contains_kernel<false> : contains_kernel<true>);
    }
    const bool path = name == "#>" || name == "#>>";
    if (!path && !(own == TypeKind::jsonb && (name == "?|" || name == "?&"))) return std::nullopt;
    auto keys = keys_of(*right);
    if (!keys) return std::nullopt;
    auto prepared = std::make_shared<Path>();
    prepared->keys = *std::move(keys);
    prepared->every = name == "?&";
    if (name == "#>") return binary(own, path_kernel<false>, prepared);
    if (name == "#>>") return binary(TypeKind::text, path_kernel<true>, prepared);
    return binary(TypeKind::boolean, has_keys_kernel, prepared);
}

std::optional<NodePtr> make_document_function(std::string_view name, std::vector<NodePtr>& args) {
    if ((name != "jsonb_array_length" && name != "json_array_length") || args.size() != 1 || !is_document(*args[0])) {
        return std::nullopt;
    }
    return call(name, Form::function, TypeKind::integer, array_length_kernel, std::move(args));
}

}  // namespace confab::expr
