#include "planner/words/tokens.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/dates.hpp"
#include "base/text.hpp"
#include "planner/names.hpp"

namespace confab::planner::words {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

struct NumberWord { std::string_view word; double number; bool percent; };
constexpr std::array<NumberWord, 26> number_words = {{
    {"one", 1, false}, {"two", 2, false}, {"three", 3, false}, {"four", 4, false}, {"five", 5, false}, {"six", 6, false}, {"seven", 7, false},
    {"eight", 8, false}, {"nine", 9, false}, {"ten", 10, false}, {"dozen", 12, false}, {"twenty", 20, false}, {"fifty", 50, false}, {"hundred", 100, false},
    {"thousand", 1000, false}, {"million", 1e6, false}, {"half", 50, true}, {"third", 33.333, true}, {"quarter", 25, true}, {"most", 80, true},
    {"few", 10, true}, {"many", 60, true}, {"majority", 75, true}, {"all", 100, true}, {"every", 100, true}, {"none", 0, true}}};

std::size_t read_number(std::string_view text, std::size_t at, Token& token) {
    std::string digits;
    std::size_t i = at;
    while (i < text.size() && (is_digit(text[i]) || text[i] == '.' || (text[i] == ',' && i + 3 < text.size() && is_digit(text[i + 1]) && is_digit(text[i + 2]) && is_digit(text[i + 3])))) {
        if (text[i] == '.' && (i + 1 >= text.size() || !is_digit(text[i + 1]))) break;
        if (text[i] != ',') digits += text[i];
        ++i;
    }
    double number = std::strtod(digits.c_str(), nullptr);
    const bool unit_ends = i + 1 >= text.size() || !is_letter(text[i + 1]);
    if (i < text.size() && unit_ends && (text[i] == 'k' || text[i] == 'K')) { number *= 1000; ++i; }
    else if (i < text.size() && unit_ends && (text[i] == 'm' || text[i] == 'M')) { number *= 1e6; ++i; }
    std::size_t unit = i;
    while (unit < text.size() && text[unit] == ' ') ++unit;
    if (unit < text.size() && text[unit] == '%') { token.percent = true; i = unit + 1; }
    const std::string rest = lower_ascii(text.substr(unit, 8));
    if (rest.starts_with("percent")) { token.percent = true; i = unit + 7; }
    if (rest.starts_with("million")) { number *= 1e6; i = unit + 7; }
    if (rest.starts_with("thousand")) { number *= 1000; i = unit + 8; }
    token.number = number;
    token.text = std::string(text.substr(at, i - at));
    token.word = token.text;
    return i;
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        Token token;
        if (c == '"' || c == '\'' || c == '`') {
            const std::size_t end = text.find(c, i + 1);
            const bool opens = i == 0 || !is_letter(text[i - 1]);
            if (end != std::string_view::npos && opens) {
                token.text = std::string(text.substr(i + 1, end - i - 1));
                token.word = lower_ascii(token.text);
                token.quoted = true;
                i = end + 1;
                tokens.push_back(token);
                continue;
            }
            ++i;
        } else if (is_digit(c) && text.size() - i >= 10 && parse_date(text.substr(i, 10)) && (text.size() == i + 10 || !is_digit(text[i + 10]))) {
            token.text = token.word = std::string(text.substr(i, 10));
            token.date = true;
            i += 10;
            tokens.push_back(token);
        } else if (is_digit(c) || (c == '.' && i + 1 < text.size() && is_digit(text[i + 1]))) {
            i = read_number(text, i, token);
            tokens.push_back(token);
        } else if (is_letter(c)) {
            std::size_t end = i;
            while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]) || text[end] == '_' || text[end] == '.' ||
                                         ((text[end] == '-' || text[end] == '\'') && end + 1 < text.size() && is_letter(text[end + 1])))) ++end;
            while (end > i && text[end - 1] == '.') --end;
            token.text = std::string(text.substr(i, end - i));
            const std::string lower = lower_ascii(token.text);
            const auto number = std::find_if(number_words.begin(), number_words.end(), [&](const NumberWord& each) { return each.word == lower; });
            if (number != number_words.end()) {
                token.number = number->number;
                token.percent = number->percent;
            }
            token.word = lower;
            tokens.push_back(token);
            i = end;
        } else {
            if (c == ',' || c == '-' || c == '/' || c == ':' || c == '=' || c == '<' || c == '>') {
                token.text = token.word = std::string(1, c);
                tokens.push_back(token);
            }
            ++i;
        }
    }
    // "a third" and "one half" are one number; "a" alone is an article.
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (tokens[i].percent && tokens[i - 1].number && !tokens[i - 1].percent && (tokens[i].word == "third" || tokens[i].word == "quarter" || tokens[i].word == "half") && *tokens[i - 1].number < 10) {
            tokens[i].number = *tokens[i].number * *tokens[i - 1].number;
            tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i) - 1);
        }
    }
    return tokens;
}

std::vector<std::string> sentences_of(std::string_view text) {
    std::vector<std::string> sentences;
    std::string sentence;
    const auto flush = [&] {
        const std::string_view trimmed = trim(sentence);
        if (!trimmed.empty()) sentences.emplace_back(trimmed);
        sentence.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool stop = text[i] == '.' && (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n');
        if (stop || text[i] == ';' || text[i] == '\n' || text[i] == '!' || text[i] == '?') flush();
        else sentence += text[i];
    }
    flush();
    return sentences;
}

bool is_filler(std::string_view word) {
    static constexpr std::array<std::string_view, 62> fillers = {
        "a", "an", "the", "of", "is", "are", "be", "should", "must", "please", "with", "have", "has", "i", "we", "want", "need", "would", "like", "make", "create",
        "generate", "give", "me", "us", "some", "that", "to", "in", "for", "and", "also", "all", "any", "there", "their", "its", "was", "were", "will", "about", "around",
        "roughly", "approximately", "exactly", "only", "so", "it", "them", "data", "rows", "values", "value", "set", "add", "use", "let", "at", "on", ",", "by", "as"};
    return std::find(fillers.begin(), fillers.end(), word) != fillers.end();
}

std::string text_of(const std::vector<Token>& tokens, std::size_t from, std::size_t to) {
    std::string text;
    for (std::size_t i = from; i < to && i < tokens.size(); ++i) text += (text.empty() || tokens[i].text == "," ? "" : " ") + tokens[i].text;
    return text;
}

}  // namespace confab::planner::words
