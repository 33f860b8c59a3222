#include "expr/match.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "expr/coerce.hpp"
#include "expr/functions.hpp"
#include "expr/kernel.hpp"
#include "expr/pattern.hpp"

namespace confab::expr {

using schema::TypeKind;

namespace {

void like_kernel(Call& call) {
    const auto& match = static_cast<const Match&>(*call.node.prepared);
    std::uint8_t* out = call.out.data<std::uint8_t>();
    for_valid(call, [&](std::size_t i) {
        const std::string_view pattern = call.args[1].at<std::string_view>(i);
        const bool hit = matches_like(call.args[0].at<std::string_view>(i), pattern, match.escape, match.ignore_case);
        out[i] = hit != match.inverted ? 1 : 0;
    });
}

void regex_kernel(Call& call) {
    const auto& match = static_cast<const Match&>(*call.node.prepared);
    std::uint8_t* out = call.out.data<std::uint8_t>();
    for_valid(call, [&](std::size_t i) {
        const std::string_view text = call.args[0].at<std::string_view>(i);
        const re2::StringPiece piece(text.data(), text.size());
        out[i] = RE2::PartialMatch(piece, *match.compiled) != match.inverted ? 1 : 0;
    });
}

// char(n) is matched with its padding.
void pad_kernel(Call& call) {
    const auto length = static_cast<std::size_t>(call.node.parameter);
    for_valid(call, [&](std::size_t i) {
        const std::string_view text = call.args[0].at<std::string_view>(i);
        const std::size_t characters = character_count(text);
        if (characters >= length) {
            call.out.data<std::string_view>()[i] = text;
            return;
        }
        const std::size_t size = text.size() + length - characters;
        char* room = call.out.arena().allocate(size);
        if (!text.empty()) std::memcpy(room, text.data(), text.size());
        std::memset(room + text.size(), ' ', length - characters);
        call.out.data<std::string_view>()[i] = {room, size};
    });
}

Result<NodePtr> as_text(const schema::Schema& schema, NodePtr node) {
    schema::Type text;
    text.kind = TypeKind::text;
    if (node->unknown) return coerce(schema, std::move(node), text, Coercion::implicit);
    if (node->type.is_array() || !schema::is_character(node->type.kind)) {
        return Error(ErrorKind::invalid_input,
                     fmt::format("a pattern is matched against text, not a value of type {}", name_of(*node)));
    }
    if (node->type.kind != TypeKind::character || node->type.length <= 0) return node;
    auto padded = std::make_unique<Node>();
    padded->op = Op::call;
    padded->form = Form::implicit;
    padded->name = "pad";
    padded->type = text;
    padded->physical = Physical::text;
    padded->kernel = pad_kernel;
    padded->parameter = node->type.length;
    padded->may_fail = node->may_fail;
    padded->args.push_back(std::move(node));
    return fold(std::move(padded));
}

// The first group of a match, or all of it; as an array all groups.
template <bool as_array>
void extraction_kernel(Call& call) {
    const RE2& regex = *static_cast<const Match&>(*call.node.prepared).compiled;
    const int groups = regex.NumberOfCapturingGroups();
    std::vector<re2::StringPiece> found(static_cast<std::size_t>(groups) + 1);
    for_valid(call, [&](std::size_t i) {
        const std::string_view text = call.args[0].at<std::string_view>(i);
        call.out.data<std::string_view>()[i] = {};
        if (!regex.Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), RE2::UNANCHORED, found.data(), groups + 1)) {
            call.out.set_null(i);
            return;
        }
        const std::size_t first = groups > 0 ? 1 : 0;
        if (!as_array) {
            if (found[first].data() == nullptr) call.out.set_null(i);
            else call.out.data<std::string_view>()[i] = {found[first].data(), found[first].size()};
            return;
        }
        std::string array = "{";
        for (std::size_t g = first; g < found.size(); ++g) {
            if (g > first) array += ',';
            if (found[g].data() == nullptr) {
                array += "NULL";
                continue;
            }
            array += '"';
            for (const char c : found[g]) {
                if (c == '"' || c == '\\') array += '\\';
                array += c;
            }
            array += '"';
        }
        call.out.data<std::string_view>()[i] = call.out.arena().store(array + "}");
    });
}

void letter_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        call.out.data<std::string_view>()[i] = call.args[0].at<std::uint8_t>(i) != 0 ? "t" : "f";
    });
}

}  // namespace

Result<NodePtr> make_output(const schema::Schema& schema, NodePtr node) {
    if (!node->unknown && schema::is_character(node->type.kind) && !node->type.is_array()) {
        return as_text(schema, std::move(node));
    }
    schema::Type text;
    text.kind = TypeKind::text;
    const bool is_boolean = !node->unknown && node->type.kind == TypeKind::boolean && !node->type.is_array();
    if (!is_boolean) return coerce(schema, std::move(node), text, Coercion::assignment);
    auto letter = std::make_unique<Node>();
    letter->op = Op::call;
    letter->form = Form::implicit;
    letter->name = "output";
    letter->type = text;
    letter->physical = Physical::text;
    letter->kernel = letter_kernel;
    letter->may_fail = node->may_fail;
    letter->args.push_back(std::move(node));
    // A constant stays as it is written: folded it would look like text.
    return letter;
}

Result<NodePtr> make_match(const schema::Schema& schema, std::string_view name, NodePtr text, NodePtr pattern,
                           char escape) {
    CONFAB_TRY(text, as_text(schema, std::move(text)));
    CONFAB_TRY(pattern, as_text(schema, std::move(pattern)));
    auto match = std::make_shared<Match>();
    const bool similar = name.ends_with("similar to");
    match->inverted = name.starts_with('!') || name.starts_with("not ");
    const bool like = name.ends_with("~~") || name.ends_with("~~*");
    match->ignore_case = name.ends_with('*');
    match->escape = escape;
    match->constant = pattern->is_literal();
    auto node = std::make_unique<Node>();
    node->op = Op::call;
    node->form = Form::infix;
    node->type.kind = TypeKind::boolean;
    node->physical = Physical::boolean;
    node->may_fail = text->may_fail || pattern->may_fail;
    const bool null = pattern->is_null_literal();
    const std::string_view constant =
        match->constant && !null ? *pattern->value.data<std::string_view>() : std::string_view();
    if (like) {
        node->name = match->inverted ? "NOT " : "";
        node->name += match->ignore_case ? "ILIKE" : "LIKE";
        node->kernel = like_kernel;
        if (match->constant) {
            match->pattern = constant;
            match->regex = (match->ignore_case ? "(?i)" : "") + regex_of_like(constant, escape);
        }
        if (escape != '\\') node->parameter = escape == '\0' ? 256 : static_cast<unsigned char>(escape);
    } else {
        if (!match->constant) {
            return Error(ErrorKind::not_supported, "a regular expression that is not constant is not known here");
        }
        node->name = similar ? (match->inverted ? "NOT SIMILAR TO" : "SIMILAR TO") : std::string(name);
        auto regex = similar ? regex_of_similar(constant, escape) : regex_of_posix(constant);
        if (!regex) return std::move(regex).error();
        match->regex = (match->ignore_case ? "(?i)" : "") + *regex;
        RE2::Options options(RE2::Quiet);
        options.set_dot_nl(true);
        options.set_max_mem(16 << 20);
        match->compiled = std::make_unique<RE2>(match->regex, options);
        if (!match->compiled->ok()) {
            return Error(ErrorKind::not_supported, fmt::format("the regular expression '{}' is not known here: {}",
                                                               printable(constant), match->compiled->error()));
        }
        node->kernel = regex_kernel;
    }
    node->prepared = std::move(match);
    node->args.push_back(std::move(text));
    node->args.push_back(std::move(pattern));
    return fold(std::move(node));
}

Result<NodePtr> make_extraction(const schema::Schema& schema, std::string_view name, NodePtr text, NodePtr pattern) {
    if (!pattern->is_literal() || pattern->is_null_literal()) {
        return Error(ErrorKind::not_supported, "a regular expression that is not constant is not known here");
    }
    CONFAB_TRY(text, as_text(schema, std::move(text)));
    const bool constant = text->is_literal();
    if (constant) return Error(ErrorKind::not_supported, fmt::format("{} of a constant is not known here", name));
    CONFAB_TRY(NodePtr node, make_match(schema, "~", std::move(text), std::move(pattern), '\\'));
    node->form = Form::function;
    node->name = name;
    node->type.kind = TypeKind::text;
    node->physical = Physical::text;
    if (name == "regexp_match") node->type.dimensions = 1;
    node->kernel = node->type.is_array() ? extraction_kernel<true> : extraction_kernel<false>;
    return node;
}

}  // namespace confab::expr
