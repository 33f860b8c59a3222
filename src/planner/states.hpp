// Words for states (`pending`, `shipped`, `returned`): how often they come and where in a life they stand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace confab::planner {

enum class Phase : std::uint8_t {
    none,       // not a state of a process: `gold`, `male`
    waiting,    // before anything happened: pending, new, draft, scheduled
    running,    // under way: processing, active, in progress, on loan
    shipped,    // sent and not yet there: shipped, in transit
    late,       // under way and past its time: overdue
    done,       // came to its good end: completed, delivered, returned, paid
    failed,     // came to a bad end: cancelled, rejected, expired, void
};

struct State {
    Phase phase = Phase::none;
    double weight = 1;  // how often, among others of its list
};

State state_of(std::string_view label);

// Weights for the values of a column that are known beforehand (an enum's labels, a CHECK's list): by what the
// words mean; `default_value` comes at least as often as the most frequent other one when it is no passing state.
std::vector<double> weights_of(const std::vector<std::string>& labels, std::string_view role, std::string_view default_value);

}  // namespace confab::planner
