#include "engine/generators/regex_tree.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/random.hpp"

namespace confab::engine {

namespace {

using Kind = RegexNode::Kind;
using Ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

constexpr std::uint64_t saturated = 1ULL << 62U;
constexpr std::uint32_t more_of_unbounded = 8;
constexpr int deepest = 200;

std::uint64_t product(std::uint64_t a, std::uint64_t b) { return a != 0 && b > saturated / a ? saturated : a * b; }
std::uint64_t sum(std::uint64_t a, std::uint64_t b) { return a + b > saturated ? saturated : a + b; }

void normalise(Ranges& ranges) {
    std::sort(ranges.begin(), ranges.end());
    Ranges merged;
    for (const auto& range : ranges) {
        if (!merged.empty() && range.first <= merged.back().second + 1) merged.back().second = std::max(merged.back().second, range.second);
        else merged.push_back(range);
    }
    ranges = std::move(merged);
}

// What a set leaves out, of the printable ASCII characters.
Ranges printable_without(const Ranges& ranges) {
    Ranges result;
    for (std::uint32_t c = 0x20; c < 0x7F; ++c) {
        const bool inside = std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) { return c >= range.first && c <= range.second; });
        if (!inside) result.emplace_back(c, c);
    }
    normalise(result);
    return result;
}

class Parser {
  public:
    explicit Parser(std::string_view pattern) : rest_(pattern) {}

    Result<RegexNode> parse() {
        CONFAB_TRY(RegexNode node, alternatives(0));
        if (!rest_.empty()) return unsupported("an unexpected `)`");
        return node;
    }

  private:
    static Error unsupported(std::string_view what) {
        return Error(ErrorKind::not_supported, fmt::format("a pattern with {} has no strings made from it here", what));
    }

    bool take(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }

    Result<RegexNode> alternatives(int depth) {
        if (depth > deepest) return unsupported("groups that deep");
        RegexNode choice;
        choice.kind = Kind::choice;
        const bool outer = fold_case_;
        do {
            CONFAB_TRY(RegexNode branch, sequence(depth));
            choice.children.push_back(std::move(branch));
        } while (take('|'));
        fold_case_ = outer;
        if (choice.children.size() == 1) return std::move(choice.children.front());
        return choice;
    }

    Result<RegexNode> sequence(int depth) {
        RegexNode sequence;
        while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
            if (take('^')) {
                const bool begins = std::all_of(sequence.children.begin(), sequence.children.end(),
                                                [](const RegexNode& child) { return longest_match(child) == 0; });
                if (!begins) return unsupported("`^` in the middle");
                continue;
            }
            if (take('$')) {
                if (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') return unsupported("`$` in the middle");
                continue;
            }
            CONFAB_TRY(RegexNode atom, this->atom(depth));
            CONFAB_TRY(atom, repeated(std::move(atom)));
            sequence.children.push_back(std::move(atom));
        }
        return sequence;
    }

    Result<RegexNode> repeated(RegexNode atom) {
        while (!rest_.empty()) {
            std::uint32_t least = 0;
            std::uint32_t most = 0;
            if (take('*')) most = more_of_unbounded;
            else if (take('+')) least = 1, most = 1 + more_of_unbounded;
            else if (take('?')) most = 1;
            else if (rest_.front() == '{' && bounds(least, most)) {}
            else break;
            take('?');  // laziness changes what matches first, not what matches
            if (most > 1000) return unsupported("more than 1,000 repeats");
            RegexNode repeat;
            repeat.kind = Kind::repeat;
            repeat.least = least;
            repeat.most = most;
            repeat.children.push_back(std::move(atom));
            atom = std::move(repeat);
        }
        return atom;
    }

    bool bounds(std::uint32_t& least, std::uint32_t& most) {
        const std::size_t end = rest_.find('}');
        if (end == std::string_view::npos) return false;
        const std::string_view inside = rest_.substr(1, end - 1);
        const char* last = inside.data() + inside.size();
        auto [place, code] = std::from_chars(inside.data(), last, least);
        if (code != std::errc()) return false;
        most = least;
        if (place != last) {
            if (*place++ != ',') return false;
            most = least + more_of_unbounded;
            if (place != last) {
                const auto [stop, second] = std::from_chars(place, last, most);
                if (second != std::errc() || stop != last || most < least) return false;
            }
        }
        rest_.remove_prefix(end + 1);
        return true;
    }

    Result<RegexNode> atom(int depth) {
        if (take('(')) {
            if (take('?')) {
                if (rest_.starts_with("P<") || (rest_.starts_with("<") && !rest_.starts_with("<=") && !rest_.starts_with("<!"))) {
                    const std::size_t end = rest_.find('>');
                    if (end == std::string_view::npos) return unsupported("an unfinished group name");
                    rest_.remove_prefix(end + 1);
                } else {
                    const std::size_t end = rest_.find_first_of(":)");
                    if (end == std::string_view::npos) return unsupported("an unfinished group");
                    const std::string_view flags = rest_.substr(0, end);
                    if (flags.find_first_not_of("isU") != std::string_view::npos) return unsupported("look-around or flags");
                    const bool closes = rest_[end] == ')';
                    rest_.remove_prefix(end + 1);
                    fold_case_ = fold_case_ || flags.find('i') != std::string_view::npos;
                    if (closes) return RegexNode{};
                }
            }
            CONFAB_TRY(RegexNode group, alternatives(depth + 1));
            if (!take(')')) return unsupported("an unclosed group");
            return group;
        }
        if (take('[')) return set();
        if (take('.')) return ranges_node({{'a', 'z'}, {'0', '9'}});
        if (take('\\')) {
            Ranges ranges;
            bool any = true;
            CONFAB_CHECK(escape(ranges, any));
            if (!any) return RegexNode{};
            return ranges_node(std::move(ranges));
        }
        const std::uint32_t c = code_point();
        if (c == '*' || c == '+' || c == '?') return unsupported("a repeat of nothing");
        return ranges_node({{c, c}});
    }

    static RegexNode ranges_node(Ranges ranges) {
        normalise(ranges);
        RegexNode node;
        node.kind = Kind::set;
        node.ranges = std::move(ranges);
        return node;
    }

    std::uint32_t code_point() {
        const auto first = static_cast<unsigned char>(rest_.front());
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (length == 1 || rest_.size() < length) {
            rest_.remove_prefix(1);
            return first;
        }
        std::uint32_t c = first & (0x7FU >> length);
        for (std::size_t i = 1; i < length; ++i) c = (c << 6U) | (static_cast<unsigned char>(rest_[i]) & 0x3FU);
        rest_.remove_prefix(length);
        return c;
    }

    // After a backslash. `any` is false for what matches no character.
    Status escape(Ranges& ranges, bool& any) {
        any = true;
        if (rest_.empty()) return unsupported("a backslash at the end");
        const char c = rest_.front();
        rest_.remove_prefix(1);
        const Ranges word = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
        switch (c) {
            case 'd': ranges.emplace_back('0', '9'); return {};
            case 'D': append(ranges, printable_without({{'0', '9'}})); return {};
            case 'w': append(ranges, word); return {};
            case 'W': append(ranges, printable_without(word)); return {};
            case 's': ranges.emplace_back(' ', ' '); return {};
            case 'S': append(ranges, printable_without({{' ', ' '}})); return {};
            case 't': ranges.emplace_back('\t', '\t'); return {};
            case 'n': ranges.emplace_back('\n', '\n'); return {};
            case 'A':
            case 'z': any = false; return {};
            case 'p': {
                const bool braces = take('{');
                const std::size_t end = braces ? rest_.find('}') : 1;
                if (end == std::string_view::npos || rest_.size() < end) return unsupported("an unfinished \\p");
                const std::string_view name = rest_.substr(0, end);
                if (name == "L") append(ranges, {{'A', 'Z'}, {'a', 'z'}});
                else if (name == "Lu") ranges.emplace_back('A', 'Z');
                else if (name == "Ll") ranges.emplace_back('a', 'z');
                else if (name == "N" || name == "Nd") ranges.emplace_back('0', '9');
                else return unsupported("that Unicode class");
                rest_.remove_prefix(end + (braces ? 1 : 0));
                return {};
            }
            case 'x': {
                const bool braces = take('{');
                const std::size_t end = braces ? rest_.find('}') : 2;
                std::uint32_t value = 0;
                if (end == std::string_view::npos || rest_.size() < end) return unsupported("an unfinished \\x");
                const auto [place, code] = std::from_chars(rest_.data(), rest_.data() + end, value, 16);
                if (code != std::errc() || place != rest_.data() + end || value > 0x10FFFF) return unsupported("a wrong \\x");
                rest_.remove_prefix(end + (braces ? 1 : 0));
                ranges.emplace_back(value, value);
                return {};
            }
            default: break;
        }
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return unsupported(fmt::format("\\{}", c));
        const auto plain = static_cast<std::uint32_t>(static_cast<unsigned char>(c));
        ranges.emplace_back(plain, plain);
        return {};
    }

    static void append(Ranges& ranges, const Ranges& more) { ranges.insert(ranges.end(), more.begin(), more.end()); }

    Result<RegexNode> set() {
        const bool negated = take('^');
        Ranges ranges;
        bool first = true;
        while (true) {
            if (rest_.empty()) return unsupported("an unclosed set");
            if (rest_.front() == ']' && !first) break;
            first = false;
            if (rest_.starts_with("[:")) {
                CONFAB_CHECK(named_class(ranges));
                continue;
            }
            Ranges low;
            CONFAB_CHECK(set_member(low));
            if (low.size() == 1 && low[0].first == low[0].second && rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
                rest_.remove_prefix(1);
                Ranges high;
                CONFAB_CHECK(set_member(high));
                if (high.size() != 1 || high[0].first != high[0].second || high[0].first < low[0].first) return unsupported("a wrong range");
                low[0].second = high[0].first;
            }
            append(ranges, low);
        }
        rest_.remove_prefix(1);
        normalise(ranges);
        if (negated) ranges = printable_without(ranges);
        if (ranges.empty()) return unsupported("an empty set");
        return ranges_node(std::move(ranges));
    }

    Status set_member(Ranges& ranges) {
        if (rest_.empty()) return unsupported("an unclosed set");
        if (take('\\')) {
            bool any = true;
            return escape(ranges, any);
        }
        const std::uint32_t c = code_point();
        ranges.emplace_back(c, c);
        return {};
    }

    Status named_class(Ranges& ranges) {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> classes = {{
            {"alpha", "AZaz"}, {"digit", "09"}, {"alnum", "09AZaz"}, {"upper", "AZ"}, {"lower", "az"},
            {"xdigit", "09AFaf"}, {"space", "  "}, {"punct", "!/:@"}}};
        const std::size_t end = rest_.find(":]");
        if (end == std::string_view::npos) return unsupported("an unfinished class");
        const std::string_view name = rest_.substr(2, end - 2);
        for (const auto& [known, limits] : classes) {
            if (known != name) continue;
            for (std::size_t i = 0; i + 1 < limits.size(); i += 2) {
                ranges.emplace_back(static_cast<unsigned char>(limits[i]), static_cast<unsigned char>(limits[i + 1]));
            }
            rest_.remove_prefix(end + 2);
            return {};
        }
        return unsupported("that class");
    }

    std::string_view rest_;
    bool fold_case_ = false;  // letters as they are written match in either case: nothing to do when making strings
};

std::uint64_t count(const RegexNode& node) {
    std::uint64_t total = 1;
    switch (node.kind) {
        case Kind::set: return node.symbols();
        case Kind::sequence:
            for (const RegexNode& child : node.children) total = product(total, count(child));
            return total;
        case Kind::choice:
            total = 0;
            for (const RegexNode& child : node.children) total = sum(total, count(child));
            return total;
        case Kind::repeat: {
            const std::uint64_t each = count(node.children[0]);
            std::uint64_t power = 1;
            total = 0;
            for (std::uint32_t n = 0; n <= node.most; ++n) {
                if (n >= node.least) total = sum(total, power);
                power = product(power, each);
            }
            return total;
        }
    }
    return total;
}

// Characters that can occur anywhere / come first.
void collect(const RegexNode& node, bool first_only, Ranges& into) {
    switch (node.kind) {
        case Kind::set: into.insert(into.end(), node.ranges.begin(), node.ranges.end()); return;
        case Kind::sequence:
            for (const RegexNode& child : node.children) {
                collect(child, first_only, into);
                if (first_only && shortest_match(child) > 0) return;
            }
            return;
        case Kind::choice:
        case Kind::repeat:
            for (const RegexNode& child : node.children) collect(child, first_only, into);
            return;
    }
}

bool disjoint(const Ranges& a, const Ranges& b) {
    for (const auto& x : a) {
        for (const auto& y : b) {
            if (x.first <= y.second && y.first <= x.second) return false;
        }
    }
    return true;
}

// True when no string comes about in two ways. Sound, not complete.
bool unambiguous(const RegexNode& node) {
    const bool children = std::all_of(node.children.begin(), node.children.end(), unambiguous);
    if (!children) return false;
    switch (node.kind) {
        case Kind::set: return true;
        case Kind::sequence:
            for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
                const RegexNode& child = node.children[i];
                if (shortest_match(child) == longest_match(child)) continue;
                bool rest_is_fixed = true;
                RegexNode rest;
                for (std::size_t j = i + 1; j < node.children.size(); ++j) {
                    rest_is_fixed = rest_is_fixed && shortest_match(node.children[j]) == longest_match(node.children[j]);
                    rest.children.push_back(node.children[j]);
                }
                if (rest_is_fixed) continue;
                if (shortest_match(rest) == 0) return false;
                Ranges inside;
                Ranges next;
                collect(child, false, inside);
                collect(rest, true, next);
                if (!disjoint(inside, next)) return false;
            }
            return true;
        case Kind::choice:
            for (std::size_t i = 0; i < node.children.size(); ++i) {
                for (std::size_t j = i + 1; j < node.children.size(); ++j) {
                    const RegexNode& a = node.children[i];
                    const RegexNode& b = node.children[j];
                    if (longest_match(a) < shortest_match(b) || longest_match(b) < shortest_match(a)) continue;
                    Ranges first_a;
                    Ranges first_b;
                    collect(a, true, first_a);
                    collect(b, true, first_b);
                    if (shortest_match(a) > 0 && shortest_match(b) > 0 && disjoint(first_a, first_b)) continue;
                    // Words of the same length, letter by letter.
                    bool differ = false;
                    if (a.kind == Kind::sequence && b.kind == Kind::sequence && a.children.size() == b.children.size()) {
                        for (std::size_t k = 0; k < a.children.size() && !differ; ++k) {
                            const RegexNode& x = a.children[k];
                            const RegexNode& y = b.children[k];
                            if (x.kind != Kind::set || y.kind != Kind::set) break;
                            differ = disjoint(x.ranges, y.ranges);
                        }
                    }
                    if (!differ) return false;
                }
            }
            return true;
        case Kind::repeat: {
            const RegexNode& child = node.children[0];
            if (node.least == node.most && shortest_match(child) == longest_match(child)) return true;
            return shortest_match(child) > 0 && shortest_match(child) == longest_match(child);
        }
    }
    return false;
}

void append_code_point(std::uint32_t c, std::string& text) {
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += static_cast<char>(0xC0U | (c >> 6U));
        text += static_cast<char>(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        text += static_cast<char>(0xE0U | (c >> 12U));
        text += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
        text += static_cast<char>(0x80U | (c & 0x3FU));
    } else {
        text += static_cast<char>(0xF0U | (c >> 18U));
        text += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
        text += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
        text += static_cast<char>(0x80U | (c & 0x3FU));
    }
}

void append_symbol(const RegexNode& set, std::uint64_t number, std::string& text) {
    for (const auto& [low, high] : set.ranges) {
        const std::uint64_t size = high - low + 1;
        if (number < size) return append_code_point(low + static_cast<std::uint32_t>(number), text);
        number -= size;
    }
}

bool take_back(RegexNode& node) {
    if (node.kind == Kind::choice) {
        // Of the branches the longest decides.
        RegexNode* longest = nullptr;
        for (RegexNode& child : node.children) {
            if (!longest || longest_match(child) > longest_match(*longest)) longest = &child;
        }
        if (longest && take_back(*longest)) return true;
        if (!longest || node.children.size() < 2) return false;
        node.children.erase(node.children.begin() + (longest - node.children.data()));
        return true;
    }
    RegexNode* widest = nullptr;
    for (RegexNode& child : node.children) {
        if (!widest || longest_match(child) - shortest_match(child) > longest_match(*widest) - shortest_match(*widest)) widest = &child;
    }
    if (node.kind == Kind::repeat && node.most > node.least) {
        --node.most;
        return true;
    }
    return widest && longest_match(*widest) > shortest_match(*widest) && take_back(*widest);
}

}  // namespace

std::uint64_t RegexNode::symbols() const {
    std::uint64_t total = 0;
    for (const auto& [low, high] : ranges) total += high - low + 1;
    return total;
}

Result<RegexNode> parse_regex(std::string_view pattern) {
    if (pattern.size() > 4096) return Error(ErrorKind::not_supported, "a pattern of more than 4,096 bytes");
    return Parser(pattern).parse();
}

std::uint64_t shortest_match(const RegexNode& node) {
    std::uint64_t total = 0;
    switch (node.kind) {
        case Kind::set: return 1;
        case Kind::sequence:
            for (const RegexNode& child : node.children) total += shortest_match(child);
            return total;
        case Kind::choice:
            total = saturated;
            for (const RegexNode& child : node.children) total = std::min(total, shortest_match(child));
            return total;
        case Kind::repeat: return product(node.least, shortest_match(node.children[0]));
    }
    return 0;
}

std::uint64_t longest_match(const RegexNode& node) {
    std::uint64_t total = 0;
    switch (node.kind) {
        case Kind::set: return 1;
        case Kind::sequence:
            for (const RegexNode& child : node.children) total = sum(total, longest_match(child));
            return total;
        case Kind::choice:
            for (const RegexNode& child : node.children) total = std::max(total, longest_match(child));
            return total;
        case Kind::repeat: return product(node.most, longest_match(node.children[0]));
    }
    return 0;
}

bool shorten(RegexNode& node, std::uint64_t characters) {
    if (shortest_match(node) > characters) return false;
    while (longest_match(node) > characters) {
        if (!take_back(node)) return false;
    }
    return true;
}

std::uint64_t count_strings(const RegexNode& node) { return unambiguous(node) ? count(node) : 0; }

void append_numbered(const RegexNode& node, std::uint64_t number, std::string& text) {
    switch (node.kind) {
        case Kind::set: append_symbol(node, number, text); return;
        case Kind::sequence: {
            // The last child is the lowest digit.
            for (std::size_t i = 0; i < node.children.size(); ++i) {
                std::uint64_t below = 1;
                for (std::size_t j = i + 1; j < node.children.size(); ++j) below = product(below, count(node.children[j]));
                append_numbered(node.children[i], number / below, text);
                number %= below;
            }
            return;
        }
        case Kind::choice:
            for (const RegexNode& child : node.children) {
                const std::uint64_t each = count(child);
                if (number < each) return append_numbered(child, number, text);
                number -= each;
            }
            return;
        case Kind::repeat: {
            const RegexNode& child = node.children[0];
            const std::uint64_t each = count(child);
            std::uint64_t power = 1;
            for (std::uint32_t n = 0; n < node.least; ++n) power = product(power, each);
            std::uint32_t times = node.least;
            while (times < node.most && number >= power) {
                number -= power;
                power = product(power, each);
                ++times;
            }
            for (std::uint32_t n = 0; n < times; ++n) {
                power = 1;
                for (std::uint32_t m = n + 1; m < times; ++m) power = product(power, each);
                append_numbered(child, std::min(number / power, each - 1), text);
                number %= power;
            }
            return;
        }
    }
}

void append_random(const RegexNode& node, std::uint64_t& state, std::string& text) {
    switch (node.kind) {
        case Kind::set:
            state = mix(state);
            append_symbol(node, bounded(state, node.symbols()), text);
            return;
        case Kind::sequence:
            for (const RegexNode& child : node.children) append_random(child, state, text);
            return;
        case Kind::choice:
            state = mix(state);
            append_random(node.children[bounded(state, node.children.size())], state, text);
            return;
        case Kind::repeat: {
            state = mix(state);
            const std::uint64_t times = node.least + bounded(state, node.most - node.least + 1);
            for (std::uint64_t n = 0; n < times; ++n) append_random(node.children[0], state, text);
            return;
        }
    }
}

}  // namespace confab::engine
