#include "planner/words/tokens.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/dates.hpp"
#include "base/text.hpp"

namespace confab::planner::words {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

struct NumberWord {
    std::string_view word;
    double number;
    bool percent = false;
};

constexpr NumberWord number_words[] = {{"zero", 0},
                                       {"one", 1},
                                       {"two", 2},
                                       {"three", 3},
                                       {"four", 4},
                                       {"five", 5},
                                       {"six", 6},
                                       {"seven", 7},
                                       {"eight", 8},
                                       {"nine", 9},
                                       {"ten", 10},
                                       {"eleven", 11},
                                       {"twelve", 12},
                                       {"dozen", 12},
                                       {"fifteen", 15},
                                       {"twenty", 20},
                                       {"thirty", 30},
                                       {"forty", 40},
                                       {"fifty", 50},
                                       {"sixty", 60},
                                       {"seventy", 70},
                                       {"eighty", 80},
                                       {"ninety", 90},
                                       {"hundred", 100},
                                       {"thousand", 1000},
                                       {"million", 1e6},
                                       {"half", 50, true},
                                       {"third", 100.0 / 3, true},
                                       {"thirds", 100.0 / 3, true},
                                       {"quarter", 25, true},
                                       {"quarters", 25, true},
                                       {"fifth", 20, true},
                                       {"fifths", 20, true},
                                       {"tenth", 10, true},
                                       {"tenths", 10, true},
                                       {"most", 80, true},
                                       {"few", 10, true},
                                       {"many", 60, true},
                                       {"majority", 75, true},
                                       {"minority", 25, true},
                                       {"all", 100, true},
                                       {"every", 100, true},
                                       {"none", 0, true},
                                       {"some", 20, true},
                                       {"several", 30, true}};

// Marks of several bytes, and what they stand for here: quotation marks and dashes as one types them;
// currency signs are of no account.
struct Mark {
    std::string_view bytes;
    char meant;
};
constexpr Mark marks[] = {{"“", '"'},      {"”", '"'},  {"„", '"'}, {"«", '"'}, {"»", '"'},
                          {"‘", '\''},     {"’", '\''}, {"–", '-'}, {"—", ','}, {"−", '-'},
                          {"…", ' '},      {"€", ' '},  {"£", ' '}, {"¥", ' '}, {"\u00a0", ' '},
                          {"\u202f", ' '}, {"≥", '>'},  {"≤", '<'}, {"×", ' '}, {"½", ' '}};

const Mark* mark_at(std::string_view text) {
    if (text.empty() || static_cast<unsigned char>(text[0]) < 0x80) return nullptr;
    for (const Mark& mark : marks) {
        if (text.starts_with(mark.bytes)) return &mark;
    }
    return nullptr;
}

bool stands_alone(std::string_view text, std::size_t end) {
    return end >= text.size() || !is_letter(text[end]);
}

// Digits, thousands separated by commas, a decimal point.
std::size_t read_digits(std::string_view text, std::size_t i, double& number) {
    std::string digits;
    const auto thousands = [&](std::size_t at) {
        return text[at] == ',' && at + 3 < text.size() && is_digit(text[at + 1]) && is_digit(text[at + 2]) &&
               is_digit(text[at + 3]) && (at + 4 >= text.size() || !is_digit(text[at + 4]));
    };
    while (i < text.size()) {
        const bool point = text[i] == '.' && i + 1 < text.size() && is_digit(text[i + 1]);
        if (!is_digit(text[i]) && !point && !thousands(i)) break;
        if (text[i] != ',') digits += text[i];
        ++i;
    }
    number = std::strtod(digits.c_str(), nullptr);
    return i;
}

// `40k`, `1.5 million`, `30 %`, `2x`: the unit behind the digits.
std::size_t read_unit(std::string_view text, std::size_t i, Token& token) {
    struct Unit {
        std::string_view word;
        double factor;
    };
    static constexpr Unit units[] = {{"k", 1e3},        {"m", 1e6},       {"mio", 1e6},
                                     {"bn", 1e9},       {"million", 1e6}, {"millions", 1e6},
                                     {"thousand", 1e3}, {"billion", 1e9}};
    std::size_t at = i;
    while (at < text.size() && text[at] == ' ') ++at;
    if (at < text.size() && text[at] == '%') {
        token.percent = true;
        return at + 1;
    }
    std::size_t end = at;
    while (end < text.size() && is_letter(text[end])) ++end;
    const std::string word = lower_ascii(text.substr(at, end - at));
    if (word == "percent" || word == "pct") {
        token.percent = true;
        return end;
    }
    for (const Unit& unit : units) {
        const bool letter = unit.word.size() <= 2;
        if (word != unit.word || (letter && at != i)) continue;
        *token.number *= unit.factor;
        return end;
    }
    if (word == "x" && at == i) return end;
    return i;
}

std::size_t read_word(std::string_view text, std::size_t i) {
    while (i < text.size() && mark_at(text.substr(i)) == nullptr) {
        const bool inside = (text[i] == '-' || text[i] == '\'' || text[i] == '.' || text[i] == '&') &&
                            i + 1 < text.size() && is_letter(text[i + 1]) &&
                            mark_at(text.substr(i + 1)) == nullptr;
        if (!is_letter(text[i]) && !is_digit(text[i]) && text[i] != '_' && !inside) break;
        ++i;
    }
    return i;
}

Token word_token(std::string_view text) {
    Token token;
    token.text = std::string(text);
    token.word = lower_ascii(text);
    // `isn't` and `don't` deny; `I'd` and `customer's` say nothing by their ends.
    if (token.word.ends_with("n't"))
        token.word = "not";
    else if (token.word.ends_with("'s"))
        token.word.resize(token.word.size() - 2);
    for (const NumberWord& each : number_words) {
        if (each.word != token.word) continue;
        token.number = each.number;
        token.percent = each.percent;
    }
    return token;
}

void merge(std::vector<Token>& tokens, std::size_t first, std::size_t last, double number, bool percent) {
    Token& token = tokens[first];
    token.number = number;
    token.percent = percent;
    for (std::size_t i = first + 1; i <= last; ++i) token.text += " " + tokens[i].text;
    token.word = lower_ascii(token.text);
    token.to = tokens[last].to;
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                 tokens.begin() + static_cast<std::ptrdiff_t>(last) + 1);
}

// Several words that are one number: "two thirds", "a half", "two hundred", "1 in 10", "3 out of 4", "at
// most".
void join_numbers(std::vector<Token>& tokens) {
    const auto plain = [&](std::size_t i) {
        return i < tokens.size() && tokens[i].number && !tokens[i].percent && !tokens[i].quoted;
    };
    const auto word = [&](std::size_t i, std::string_view wanted) {
        return i < tokens.size() && !tokens[i].quoted && tokens[i].word == wanted;
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (i > 0 && word(i, "most") && word(i - 1, "at")) {
            tokens[i].number.reset();
            tokens[i].percent = false;
        }
        if (!plain(i)) continue;
        const double first = *tokens[i].number;
        const bool multiplies = word(i + 1, "hundred") || word(i + 1, "thousand") || word(i + 1, "million") ||
                                word(i + 1, "dozen");
        const bool part = i + 1 < tokens.size() && tokens[i + 1].percent && first < 10 &&
                          tokens[i + 1].word != "most" && tokens[i + 1].word != "all" &&
                          tokens[i + 1].word != "every" && is_letter(tokens[i + 1].text[0]);
        if (multiplies || part) {
            merge(tokens, i, i + 1, first * *tokens[i + 1].number, part);
        } else if (word(i + 1, "in") && plain(i + 2) && first < *tokens[i + 2].number &&
                   *tokens[i + 2].number <= 1000 && (tokens[i + 2].number == 10 || first == 1) &&
                   !word(i + 3, "year")) {
            merge(tokens, i, i + 2, 100 * first / *tokens[i + 2].number, true);
        } else if (word(i + 1, "out") && word(i + 2, "of") && plain(i + 3) &&
                   first <= *tokens[i + 3].number) {
            merge(tokens, i, i + 3, 100 * first / *tokens[i + 3].number, true);
        }
    }
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    const auto add = [&](Token token, std::size_t from, std::size_t to) {
        token.from = from;
        token.to = to;
        tokens.push_back(std::move(token));
        return to;
    };
    for (std::size_t i = 0; i < text.size();) {
        const Mark* mark = mark_at(text.substr(i));
        const char c = mark != nullptr ? mark->meant : text[i];
        const std::size_t behind = i + (mark != nullptr ? mark->bytes.size() : 1);
        Token token;
        const bool opens = i == 0 || !is_letter(text[i - 1]);
        if ((c == '"' || c == '\'' || c == '`') && opens) {
            std::size_t end = behind;
            std::size_t close = 1;
            const auto closes = [&] {
                const Mark* other = mark_at(text.substr(end));
                close = other != nullptr ? other->bytes.size() : 1;
                return (other != nullptr ? other->meant : text[end]) == c;
            };
            while (end < text.size() && !closes()) ++end;
            if (end < text.size()) {
                token.text = std::string(text.substr(behind, end - behind));
                token.word = lower_ascii(token.text);
                token.quoted = true;
                i = add(std::move(token), i, end + close);
                continue;
            }
            i = behind;
        } else if (is_digit(c) && text.size() - i >= 10 && parse_date(text.substr(i, 10)) &&
                   (text.size() == i + 10 || !is_digit(text[i + 10]))) {
            token.text = token.word = std::string(text.substr(i, 10));
            token.date = true;
            i = add(std::move(token), i, i + 10);
        } else if (is_digit(c) || (c == '.' && i + 1 < text.size() && is_digit(text[i + 1]))) {
            double number = 0;
            const std::size_t digits_end = read_digits(text, i, number);
            token.number = number;
            std::size_t end = read_unit(text, digits_end, token);
            // `24h`, `1st`: a number with a unit that is none of ours is a word.
            if (end == digits_end && !stands_alone(text, end) && mark_at(text.substr(end)) == nullptr &&
                text[end] != 's') {
                token.number.reset();
                end = read_word(text, end);
            }
            token.text = std::string(text.substr(i, end - i));
            token.word = lower_ascii(token.text);
            i = add(std::move(token), i, end);
        } else if (mark == nullptr && is_letter(c)) {
            const std::size_t end = read_word(text, i);
            i = add(word_token(text.substr(i, end - i)), i, end);
        } else {
            if (std::string_view(",-/:=<>&+").find(c) != std::string_view::npos) {
                token.text = std::string(text.substr(i, behind - i));
                token.word = c == '&' ? "and" : std::string(1, c);
                add(std::move(token), i, behind);
            }
            i = behind;
        }
    }
    join_numbers(tokens);
    return tokens;
}

std::vector<std::string> sentences_of(std::string_view text) {
    std::vector<std::string> sentences;
    std::string sentence;
    char quote = 0;
    const auto flush = [&] {
        const std::string_view trimmed = trim(sentence);
        if (!trimmed.empty()) sentences.emplace_back(trimmed);
        sentence.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == quote)
            quote = 0;
        else if (quote == 0 && c == '"' && text.find('"', i + 1) != std::string_view::npos)
            quote = c;
        const bool ends =
            i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n' || text[i + 1] == '\r';
        const bool stop = (c == '.' || c == '!' || c == '?') && ends;
        if (quote == 0 && (stop || c == ';' || c == '\n'))
            flush();
        else
            sentence += c;
    }
    flush();
    return sentences;
}

bool is_filler(std::string_view word) {
    static constexpr std::array<std::string_view, 82> fillers = {
        "a",     "an",     "the",   "of",     "is",       "are",     "be",    "being",  "should", "must",
        "shall", "please", "have",  "has",    "having",   "i",       "we",    "want",   "wants",  "need",
        "would", "like",   "make",  "create", "generate", "produce", "give",  "me",     "us",     "that",
        "which", "who",    "whose", "to",     "in",       "for",     "and",   "also",   "there",  "their",
        "its",   "his",    "her",   "our",    "my",       "was",     "were",  "will",   "so",     "it",
        "they",  "them",   "data",  "value",  "values",   "set",     "add",   "use",    "let",    "at",
        "on",    "by",     "as",    "do",     "does",     "can",     "could", "i'd",    "i'll",   "with",
        ",",     ":",      "=",     "this",   "these",    "those",   "such",  "ensure", "sure",   "column",
        "field", "any"};
    return std::find(fillers.begin(), fillers.end(), word) != fillers.end();
}

}  // namespace confab::planner::words
