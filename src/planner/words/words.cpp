// An instruction in words → changes of a plan. Each part is tried as a whole, then in pieces at commas and "and";
// what no recogniser takes is returned as not understood, each part once.
#include "planner/words/words.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "planner/words/clause.hpp"

namespace confab::planner::words {

namespace {

using Recogniser = bool (*)(Editing&, const Clause&);

// In this order: what is more particular first.
constexpr Recogniser recognisers[] = {set_row_counts, set_nulls, set_relative, set_dates, set_range, set_share, set_list, set_place, set_unique};

bool apply(Editing& editing, const std::string& text) {
    const Clause clause = clause_of(editing.draft, text);
    if (clause.tokens.empty()) return true;
    return std::any_of(std::begin(recognisers), std::end(recognisers), [&](Recogniser recognise) { return recognise(editing, clause); });
}

// Where a part may be cut: at a comma that is not in a list of values, or at "and", "with", "but".
std::vector<std::size_t> cuts_of(const std::string& text) {
    std::vector<std::size_t> cuts;
    const std::string lower = lower_ascii(text);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == ',' && i + 1 < text.size() && text[i + 1] == ' ') cuts.push_back(i);
        for (const std::string_view word : {" and ", " with ", " but ", " where ", " while "}) {
            if (lower.compare(i, word.size(), word) == 0) cuts.push_back(i);
        }
    }
    std::sort(cuts.begin(), cuts.end());
    return cuts;
}

std::string without_joint(std::string_view text) {
    text = trim(text);
    for (bool again = true; again;) {
        again = false;
        const std::string lower = lower_ascii(text);
        for (const std::string_view word : {"and ", "with ", "but ", "also ", "then ", "where ", "while ", ","}) {
            if (!lower.starts_with(word)) continue;
            text = trim(text.substr(word.size()));
            again = true;
            break;
        }
    }
    return std::string(text);
}

// Does the piece bring a thought of its own (a number, a restriction), so that a cut before it makes sense?
bool stands_alone(const Draft& draft, const std::string& text) {
    const Clause clause = clause_of(draft, text);
    const bool says = !clause.numbers(false).empty() || !clause.numbers(true).empty() ||
                      clause.has_any({"only", "mostly", "no", "unique", "never", "from", "in", "last", "after", "before", "must", "should", "always", "double", "triple", "since"});
    std::size_t content = 0;
    for (const Token& token : clause.tokens) content += is_filler(token.word) || token.number ? 0 : 1;
    return says && content >= 1 && clause.tokens.size() >= 2;
}

void take(Editing& editing, const std::string& part, std::vector<std::string>& not_understood) {
    const std::string text = without_joint(part);
    if (text.empty()) return;
    // Pieces first where both sides say something of their own: "500 orders and 20 % of emails missing".
    for (const std::size_t cut : cuts_of(text)) {
        const std::string left = without_joint(text.substr(0, cut)), right = without_joint(text.substr(cut));
        if (left.empty() || right.empty() || !stands_alone(editing.draft, left) || !stands_alone(editing.draft, right)) continue;
        // Not inside "between 40k and 120k" or "4 or 5 and 3": the left side has to be whole by itself.
        const std::string lower = lower_ascii(left);
        const std::size_t between = lower.rfind("between");
        if (between != std::string::npos && lower.find(" and ", between) == std::string::npos) continue;
        plan::Plan trial = editing.plan;
        std::vector<std::string> notes;
        Editing trying{editing.draft, trial, notes, editing.about, false};
        if (!apply(trying, left)) continue;
        apply(editing, left);
        take(editing, right, not_understood);
        return;
    }
    if (apply(editing, text)) return;
    for (const std::size_t cut : cuts_of(text)) {
        const std::string left = without_joint(text.substr(0, cut)), right = without_joint(text.substr(cut));
        if (left.empty() || right.empty()) continue;
        plan::Plan trial = editing.plan;
        std::vector<std::string> notes;
        Editing trying{editing.draft, trial, notes, editing.about, false};
        const bool left_good = apply(trying, left);
        const bool right_good = apply(trying, right);
        if (!left_good && !right_good) continue;
        take(editing, left, not_understood);
        take(editing, right, not_understood);
        return;
    }
    if (std::find(not_understood.begin(), not_understood.end(), text) == not_understood.end()) not_understood.push_back(text);
}

}  // namespace

Outcome apply_instruction(const Draft& draft, plan::Plan& plan, std::string_view instruction) {
    Outcome outcome;
    Editing editing{draft, plan, outcome.notes, std::nullopt, false};
    for (const std::string& sentence : sentences_of(instruction)) take(editing, sentence, outcome.not_understood);
    return outcome;
}

}  // namespace confab::planner::words
