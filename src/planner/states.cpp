#include "planner/states.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.hpp"
#include "planner/names.hpp"

namespace confab::planner {

namespace {

struct Entry {
    std::string_view words;  // alternatives by `|`; matched as the end of the label's words, or its beginning
    Phase phase;
    double weight;
};

constexpr Entry entries[] = {
    {"pending|new|draft|todo|to do|requested|scheduled|placed|ordered|open|submitted|queued|waiting|waiting list|waitlisted|planned|planning|upcoming|reserved|booked|unpaid|applied|received|created|registered|initiated|backlog|not started|awaiting|announced|unread|proposed|lead|prospect|invited|trial|due|sent|issued|waitlist", Phase::waiting, 12},
    {"processing|in progress|progress|active|confirmed|ongoing|running|preparing|accepted|approved|assigned|working|review|in review|under review|reviewing|checked out|on loan|loaned|borrowed|issued out|rented|occupied|enrolled|current|hold|on hold|paused|partial|partially paid|ready|negotiation|qualified|cooking|packed|picked|authorized|checked in|checkin|in use|on leave|probation|delayed|boarding|in service|live|started|playing|studying|in production|development|testing|on time", Phase::running, 22},
    {"shipped|in transit|transit|dispatched|out for delivery|departed|in flight|shipping", Phase::shipped, 14},
    {"overdue|late|past due|delinquent|breached", Phase::late, 6},
    {"completed|complete|delivered|returned|closed|resolved|paid|done|finished|fulfilled|success|successful|succeeded|settled|checked out stay|checkout|graduated|passed|published|released|won|discharged|ended|sold|filled|captured|arrived|landed|verified|cleared|served|attended|read|signed|present|archived done", Phase::done, 56},
    {"cancelled|cancel|rejected|failed|fail|void|voided|expired|declined|denied|refunded|no show|dropped|withdrawn|abandoned|terminated|suspended|blocked|inactive|disabled|deleted|archived|error|failure|closed lost|absent|damaged|retired|discontinued|resigned|spam|on strike|frozen|dormant|maintenance|out of order|out of service|out of stock|sold out|unavailable|broken|partially refunded", Phase::failed, 6},
    {"lost|stolen|banned|fired|dismissed|defaulted|disputed|chargeback|bounced|deceased|blacklisted|reversed|written off|missing", Phase::failed, 2},
    // not states of a process, but with frequencies of their own
    {"available|in stock|normal|standard|regular|full time|permanent|basic|good|low risk|single|adult|individual|user|customer|member|public|personal", Phase::none, 50},
    {"medium|moderate|fair|silver|premium|staff|employee|business|private|economy|intermediate", Phase::none, 30},
    {"low|minor|excellent|bronze|beginner|monthly|mobile|online|credit card|card", Phase::none, 28},
    {"high|major|gold|poor|worn|part time|advanced|debit card|yearly|annual|cash", Phase::none, 17},
    {"urgent|critical|emergency|vip|platinum|diamond|admin|administrator|manager|owner|first class|first|intern|contract|contractor|temporary|freelance|like new|moderator|editor|librarian|super admin|root|guest|system", Phase::none, 6},
    {"other|unknown|non binary|nonbinary|prefer not to say|none|n a|undisclosed|unspecified|not specified|x", Phase::none, 3},
};

bool begins_or_ends(const Words& words, std::string_view alternative) {
    Words pattern;
    for (const std::string_view word : split(alternative, ' ')) pattern.emplace_back(word);
    if (pattern.size() > words.size()) return false;
    return std::equal(pattern.begin(), pattern.end(), words.begin()) || ends_with(words, pattern);
}

// Labels are single words far more often than names are; nothing is spelt out or made singular.
Words words_of_label(std::string_view label) {
    Words words;
    std::string word;
    for (std::size_t i = 0; i <= label.size(); ++i) {
        const char c = i < label.size() ? label[i] : ' ';
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        const bool hump = i > 0 && i < label.size() && c >= 'A' && c <= 'Z' && label[i - 1] >= 'a' && label[i - 1] <= 'z';
        if ((!letter || hump) && !word.empty()) {
            words.push_back(word == "canceled" ? "cancelled" : word);
            word.clear();
        }
        if (letter) word += lower_ascii(c);
    }
    return words;
}

double weight_of_rating(const std::vector<std::string>& labels, std::size_t index) {
    // A J-shape: most are pleased, the middle is rare, a few are angry.
    const double position = static_cast<double>(index) / static_cast<double>(std::max<std::size_t>(labels.size() - 1, 1));
    return 5 + 8 * position + 40 * position * position * position;
}

bool is_yes(const Words& words) { return words.size() == 1 && (words[0] == "y" || words[0] == "yes" || words[0] == "t" || words[0] == "true" || words[0] == "1" || words[0] == "on"); }
bool is_no(const Words& words) { return words.size() == 1 && (words[0] == "n" || words[0] == "no" || words[0] == "f" || words[0] == "false" || words[0] == "0" || words[0] == "off"); }

double share_of_yes(std::string_view role) {
    if (role == "flag_on" || role == "flag_verified" || role == "flag_mostly") return 0.86;
    if (role == "flag_done") return 0.72;
    if (role == "flag_off") return 0.06;
    if (role == "flag_rare") return 0.12;
    return 0.4;
}

}  // namespace

State state_of(std::string_view label) {
    const Words words = words_of_label(label);
    State best;
    std::size_t longest = 0;
    for (const Entry& entry : entries) {
        for (const std::string_view alternative : split(entry.words, '|')) {
            if (alternative.size() > longest && begins_or_ends(words, alternative)) {
                longest = alternative.size();
                best = {entry.phase, entry.weight};
            }
        }
    }
    if (longest == 0) best.weight = 10;
    return best;
}

std::vector<double> weights_of(const std::vector<std::string>& labels, std::string_view role, std::string_view default_value) {
    std::vector<double> weights;
    if (role == "rating" || role == "performance") {
        for (std::size_t i = 0; i < labels.size(); ++i) weights.push_back(weight_of_rating(labels, i));
        return weights;
    }
    if (role == "gender") {
        for (const std::string& label : labels) {
            const std::string word = lower_ascii(label);
            weights.push_back(word == "m" || word == "male" || word == "man" ? 48 : word == "f" || word == "female" || word == "woman" ? 49 : 2);
        }
        return weights;
    }
    if (labels.size() == 2 && ((is_yes(words_of_label(labels[0])) && is_no(words_of_label(labels[1]))) ||
                               (is_no(words_of_label(labels[0])) && is_yes(words_of_label(labels[1]))))) {
        for (const std::string& label : labels) weights.push_back(100 * (is_yes(words_of_label(label)) ? share_of_yes(role) : 1 - share_of_yes(role)));
        return weights;
    }
    bool any_known = false;
    for (const std::string& label : labels) {
        const State state = state_of(label);
        any_known |= state.phase != Phase::none || state.weight != 10;
        weights.push_back(state.weight);
    }
    if (!any_known) {
        // Kinds of which nothing is known are seldom alike: some order, not a steep one.
        for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = 10 + 14.0 / static_cast<double>(i + 1);
        for (double& weight : weights) weight = static_cast<double>(static_cast<int>(weight));
    }
    // Of deals more are lost than won.
    const auto says = [](std::string_view word) { return [word](const std::string& label) { return begins_or_ends(words_of_label(label), word); }; };
    const auto lost = std::find_if(labels.begin(), labels.end(), says("lost"));
    if (lost != labels.end() && std::any_of(labels.begin(), labels.end(), says("won"))) {
        constexpr double lost_deals = 70;
        weights[static_cast<std::size_t>(lost - labels.begin())] = lost_deals;
    }
    const auto at = std::find(labels.begin(), labels.end(), default_value);
    if (at != labels.end()) {
        const auto index = static_cast<std::size_t>(at - labels.begin());
        const double most = *std::max_element(weights.begin(), weights.end());
        const bool passing = state_of(default_value).phase == Phase::waiting && most > weights[index];
        const double others = std::accumulate(weights.begin(), weights.end(), 0.0) - weights[index];
        constexpr double passing_share = 0.15;  // of the others: rows wait for a while, but each of them begins here
        weights[index] = std::max(weights[index], passing ? std::max(18.0, std::floor(others * passing_share)) : most);
    }
    return weights;
}

}  // namespace confab::planner
