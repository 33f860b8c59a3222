// Reading identifiers as people do: `cust_fname`, `CustomerFirstName` and `CUSTFNAME` are all
// "customer first name".
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace confab::planner {

using Words = std::vector<std::string>;

// The words of an identifier: split at case, digits and punctuation, run-together words taken apart where
// their parts are known, abbreviations and synonyms spelt in one way, nouns in the singular, lower case.
Words words_of(std::string_view identifier);

// Words of plain text (an instruction, a comment): like words_of, but nothing is taken apart.
Words words_of_text(std::string_view text);

std::string singular(std::string_view word);
std::string plural(std::string_view word);
std::string joined(std::span<const std::string> words);

// Does `words` end with the words of `pattern`?
bool ends_with(std::span<const std::string> words, std::span<const std::string> pattern);

// One way to write a common identifier word: "qty" → "quantity"; "fname" → "first name". Empty = as it is.
std::string_view spelt_out(std::string_view word);
// Is this a word that identifiers are made of? (For taking `orderdate` apart.)
bool is_known_word(std::string_view word);

}  // namespace confab::planner
