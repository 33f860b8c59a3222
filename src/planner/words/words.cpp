#include "planner/words/words.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "planner/words/clause.hpp"

namespace confab::planner::words {

namespace {

using Recogniser = bool (*)(Editing&, Clause&);

// In this order: what is more particular first.
constexpr Recogniser recognisers[] = {set_row_counts, set_nulls, set_unique, set_relative, set_dates,
                                      set_range,      set_share, set_list,   set_place};

// A sentence of more words than this is no instruction; each cut of it is tried with each of the others.
constexpr std::size_t most_tokens = 200;

bool is_border(const Token& token) {
    static constexpr std::string_view words[] = {",",     "and",     "but",  "with", "while",
                                                 "where", "whereas", "plus", "also", "then"};
    return !token.quoted && std::find(std::begin(words), std::end(words), token.word) != std::end(words);
}

bool apply(Editing& editing, std::vector<Token> tokens) {
    Clause clause(editing.draft, std::move(tokens));
    return std::any_of(std::begin(recognisers), std::end(recognisers), [&](Recogniser recognise) {
        clause.forget();
        return recognise(editing, clause);
    });
}

// "5000 orders from 2024" is a count and more: without the number first, then the count by itself.
bool apply_with_count(Editing& editing, const std::vector<Token>& tokens) {
    if (apply(editing, tokens)) return true;
    const Clause clause(editing.draft, tokens);
    for (const TableMention& mention : clause.tables) {
        const std::size_t number = mention.span.from - 1;
        if (mention.span.from == 0 || !tokens[number].number || tokens[number].percent ||
            clause.numbers(false).front() != number)
            continue;
        const auto begin = tokens.begin();
        const std::vector<Token> count(begin + static_cast<std::ptrdiff_t>(number),
                                       begin + static_cast<std::ptrdiff_t>(mention.span.to));
        std::vector<Token> rest = tokens;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(number));
        return apply(editing, rest) && apply(editing, count);
    }
    return false;
}

bool says_nothing(const std::vector<Token>& tokens, std::size_t from, std::size_t to) {
    const auto nothing = [](const Token& token) {
        return is_border(token) || (!token.quoted && is_filler(token.word));
    };
    return std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(from),
                       tokens.begin() + static_cast<std::ptrdiff_t>(to), nothing);
}

class Reader {
  public:
    Reader(Editing& editing, std::vector<std::string>& not_understood)
        : editing_(editing), not_understood_(not_understood) {}

    void read(const std::string& sentence) {
        const std::vector<Token> tokens = tokens_of(sentence);
        if (tokens.size() > most_tokens || (tokens.empty() && !sentence.empty())) {
            miss(sentence);
            return;
        }
        // Neighbouring pieces that were missed are handed back as one: "paint it blue and yellow".
        std::size_t missed_from = tokens.size(), missed_to = 0;
        const auto flush = [&] {
            if (missed_from < missed_to)
                miss(sentence.substr(tokens[missed_from].from,
                                     tokens[missed_to - 1].to - tokens[missed_from].from));
            missed_from = tokens.size();
            missed_to = 0;
        };
        std::size_t start = 0;
        while (start < tokens.size()) {
            if (is_border(tokens[start])) {
                ++start;
                continue;
            }
            const std::size_t end = understood_up_to(tokens, start);
            if (end > start) {
                flush();
                start = end;
                continue;
            }
            const std::size_t next = next_border(tokens, start);
            if (!says_nothing(tokens, start, next)) {
                missed_from = std::min(missed_from, start);
                missed_to = next;
            }
            start = next;
        }
        flush();
    }

  private:
    static std::size_t next_border(const std::vector<Token>& tokens, std::size_t at) {
        while (at < tokens.size() && !is_border(tokens[at])) ++at;
        return at;
    }

    // The end of the longest piece from `start` on that is understood as a whole; `start` when none is.
    std::size_t understood_up_to(const std::vector<Token>& tokens, std::size_t start) {
        std::vector<std::size_t> ends;
        for (std::size_t end = next_border(tokens, start);; end = next_border(tokens, end + 1)) {
            if (end > start) ends.push_back(std::min(end, tokens.size()));
            if (end >= tokens.size()) break;
        }
        for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
            if (apply_with_count(editing_, {tokens.begin() + static_cast<std::ptrdiff_t>(start),
                                            tokens.begin() + static_cast<std::ptrdiff_t>(*end)}))
                return *end;
        }
        return start;
    }

    void miss(const std::string& text) {
        if (std::find(not_understood_.begin(), not_understood_.end(), text) == not_understood_.end())
            not_understood_.push_back(text);
    }

    Editing& editing_;
    std::vector<std::string>& not_understood_;
};

}  // namespace

Outcome apply_instruction(const Draft& draft, plan::Plan& plan, std::string_view instruction) {
    Outcome outcome;
    Editing editing{draft, plan, outcome.understood, outcome.refused, std::nullopt, {}};
    Reader reader(editing, outcome.not_understood);
    for (const std::string& sentence : sentences_of(instruction)) reader.read(sentence);
    return outcome;
}

}  // namespace confab::planner::words
