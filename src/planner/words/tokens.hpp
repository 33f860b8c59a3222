// An instruction as tokens: words in one spelling, numbers with their units, quoted values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace confab::planner::words {

struct Token {
    std::string text;              // as written
    std::string word;              // lower case; a punctuation mark is a word of one character
    std::optional<double> number;  // 5000, 40k, half, twenty, 2x
    bool percent = false;          // the number is a share of 100: 30 %, half, 1 in 10
    bool date = false;             // 2023-05-01
    bool quoted = false;
    std::size_t from = 0, to = 0;  // bytes of the sentence
};

// `5,000`, `40k`, `1.5 million`, `two hundred`, `30 %`, `half`, `two thirds`, `3 out of 4` are numbers.
std::vector<Token> tokens_of(std::string_view text);

// Pieces that each say one thing: at full stops, semicolons, line ends. Commas and "and" are left to the
// caller.
std::vector<std::string> sentences_of(std::string_view text);

// Words that carry no content of their own: "the", "please", "should". Words that change a meaning ("no",
// "only", "every", "about") are none.
bool is_filler(std::string_view word);

}  // namespace confab::planner::words
