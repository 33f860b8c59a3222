// An instruction as tokens: words in one spelling, numbers with their units, quoted values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace confab::planner::words {

struct Token {
    std::string text;    // as written
    std::string word;    // lower case, singular, spelt out (first word where it is several)
    std::optional<double> number;   // 5000, 40k, half
    bool percent = false;           // the number is a share of 100: 30 %, half
    bool date = false;              // 2023-05-01
    bool quoted = false;
    bool used = false;              // understood
};

// `5,000`, `40k`, `1.5 million`, `30 %`, `half`, `a third` are numbers.
std::vector<Token> tokens_of(std::string_view text);

// Pieces that each say one thing: at full stops, semicolons, line ends; commas and "and" are left to the caller.
std::vector<std::string> sentences_of(std::string_view text);

// Words that carry no content of their own: "the", "please", "should".
bool is_filler(std::string_view word);

std::string text_of(const std::vector<Token>& tokens, std::size_t from, std::size_t to);

}  // namespace confab::planner::words
