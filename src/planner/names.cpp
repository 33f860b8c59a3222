#include "planner/names.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.hpp"

namespace confab::planner {

namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// At punctuation, before a capital that starts a word (`orderDate`, `HTTPStatus`), and around digits.
std::vector<std::string> raw_pieces(std::string_view text) {
    std::vector<std::string> pieces;
    std::string piece;
    const auto flush = [&] {
        if (!piece.empty()) pieces.push_back(lower_ascii(piece));
        piece.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (!is_upper(c) && !is_lower(c) && !is_digit(c)) {
            flush();
            continue;
        }
        const char before = i > 0 ? text[i - 1] : '\0';
        const char after = i + 1 < text.size() ? text[i + 1] : '\0';
        if (is_upper(c) && (is_lower(before) || (is_upper(before) && is_lower(after)))) {
            // `IDs` and the like: a plural of capitals stays whole.
            if (!(is_upper(before) && after == 's' && (i + 2 == text.size() || !is_lower(text[i + 2])))) flush();
        }
        if (is_digit(c) != is_digit(before) && i > 0) flush();
        piece += c;
    }
    flush();
    return pieces;
}

// Into two or three known words, the longest first: `orderdate`, `customerfirstname`.
bool take_apart(std::string_view piece, std::size_t words_left, std::vector<std::string>& out) {
    if (piece.size() < 2) return false;
    if (is_known_word(piece) || is_known_word(singular(piece))) {
        out.emplace_back(piece);
        return true;
    }
    if (words_left <= 1) return false;
    // `valid` is not "value id": what stands before a short ending has to be a word of its own.
    constexpr std::size_t shortest = 4, shortest_of_all = 3;
    for (std::size_t length = piece.size() - 2; length >= shortest_of_all; --length) {
        if (length < shortest && piece.size() - length < shortest) continue;
        if (!is_known_word(piece.substr(0, length)) && !is_known_word(singular(piece.substr(0, length)))) continue;
        std::vector<std::string> rest;
        if (!take_apart(piece.substr(length), words_left - 1, rest)) continue;
        out.emplace_back(piece.substr(0, length));
        out.insert(out.end(), rest.begin(), rest.end());
        return true;
    }
    return false;
}

void append_canonical(const std::string& word, Words& out) {
    const std::string one = singular(word);
    std::string_view spelt = spelt_out(word);
    if (spelt.empty()) spelt = spelt_out(one);
    if (spelt.empty()) {
        out.push_back(one);
        return;
    }
    for (const std::string_view each : split(spelt, ' ')) out.emplace_back(each);
}

// Pairs that only together mean something: "e mail", "post code", "user name".
void join_pairs(Words& words) {
    struct Pair { std::string_view first, second, together; };
    static constexpr std::array<Pair, 14> pairs = {{
        {"e", "email", "email"}, {"post", "code", "postal code"}, {"zip", "code", "postal code"},
        {"pin", "code", "postal code"}, {"sur", "name", "last name"}, {"fore", "name", "first name"},
        {"given", "name", "first name"}, {"family", "name", "last name"}, {"time", "stamp", "timestamp"},
        {"web", "site", "website"}, {"check", "in", "checkin"}, {"check", "out", "checkout"},
        {"home", "page", "homepage"}, {"life", "span", "lifespan"},
    }};
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        for (const Pair& pair : pairs) {
            if (words[i] != pair.first || words[i + 1] != pair.second) continue;
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(i), words.begin() + static_cast<std::ptrdiff_t>(i) + 2);
            Words together;
            for (const std::string_view each : split(pair.together, ' ')) together.emplace_back(each);
            words.insert(words.begin() + static_cast<std::ptrdiff_t>(i), together.begin(), together.end());
            break;
        }
    }
}

Words canonical(const std::vector<std::string>& pieces, bool apart) {
    Words words;
    for (const std::string& piece : pieces) {
        std::vector<std::string> parts;
        const bool whole = !spelt_out(piece).empty() || is_known_word(piece);
        if (whole || !apart || !take_apart(piece, 3, parts)) parts = {piece};
        for (const std::string& part : parts) append_canonical(part, words);
    }
    join_pairs(words);
    // `zip_code` is "postal code", not "postal code code".
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

}  // namespace

Words words_of(std::string_view identifier) {
    std::string plain(identifier);
    // `ph.no`, `e-mail`, `customer's`: punctuation inside a word is a border like any other.
    return canonical(raw_pieces(plain), true);
}

Words words_of_text(std::string_view text) { return canonical(raw_pieces(text), false); }

std::string singular(std::string_view word) {
    struct Irregular { std::string_view many, one; };
    static constexpr std::array<Irregular, 27> irregular = {{
        {"people", "person"}, {"children", "child"}, {"men", "man"}, {"women", "woman"}, {"feet", "foot"},
        {"teeth", "tooth"}, {"mice", "mouse"}, {"geese", "goose"}, {"indices", "index"}, {"indexes", "index"},
        {"matrices", "matrix"}, {"vertices", "vertex"}, {"criteria", "criterion"}, {"phenomena", "phenomenon"},
        {"analyses", "analysis"}, {"diagnoses", "diagnosis"}, {"bases", "base"}, {"cases", "case"},
        {"movies", "movie"}, {"lives", "life"}, {"knives", "knife"}, {"shelves", "shelf"}, {"leaves", "leave"},
        {"cookies", "cookie"}, {"calories", "calorie"}, {"pies", "pie"}, {"ties", "tie"},
    }};
    static constexpr std::array<std::string_view, 26> same = {
        "status", "address", "series", "species", "news", "bus", "gas", "is", "has", "was", "this", "class", "process",
        "access", "business", "campus", "bonus", "menus", "analysis", "diagnosis", "basis", "gps", "sms", "https", "dns", "lens"};
    for (const Irregular& each : irregular) {
        if (word == each.many) return std::string(each.one);
    }
    if (word == "menus") return "menu";
    if (word.size() < 4 || std::find(same.begin(), same.end(), word) != same.end()) return std::string(word);
    const auto ends = [&](std::string_view end) { return word.size() > end.size() && word.ends_with(end); };
    if (ends("ies")) return std::string(word.substr(0, word.size() - 3)) + "y";
    if (ends("ouses") || ends("auses")) return std::string(word.substr(0, word.size() - 1));  // house, cause
    if (ends("sses") || ends("shes") || ends("ches") || ends("xes") || ends("uses") || ends("zzes"))
        return std::string(word.substr(0, word.size() - 2));
    if (ends("ss") || ends("us") || ends("is")) return std::string(word);
    if (ends("s")) return std::string(word.substr(0, word.size() - 1));
    return std::string(word);
}

std::string plural(std::string_view word) {
    if (word == "person") return "people";
    if (word == "child") return "children";
    const auto ends = [&](std::string_view end) { return word.ends_with(end); };
    const bool vowel_before_y = word.size() > 1 && std::string_view("aeiou").find(word[word.size() - 2]) != std::string_view::npos;
    if (ends("y") && !vowel_before_y) return std::string(word.substr(0, word.size() - 1)) + "ies";
    if (ends("s") || ends("x") || ends("sh") || ends("ch") || ends("z")) return std::string(word) + "es";
    return std::string(word) + "s";
}

std::string joined(std::span<const std::string> words) { return join(words, " "); }

bool ends_with(std::span<const std::string> words, std::span<const std::string> pattern) {
    return words.size() >= pattern.size() && std::equal(pattern.rbegin(), pattern.rend(), words.rbegin());
}

}  // namespace confab::planner
