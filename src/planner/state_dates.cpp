// States and dates agree: what is still pending has no delivery date, what was returned has a return date, what
// lies ahead is not completed, and a flag says what its date says.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>

#include "base/text.hpp"
#include "planner/draft.hpp"
#include "planner/states.hpp"

namespace confab::planner {

namespace {

struct Label {
    std::string text;
    State state;
    double weight = 1;
};

std::vector<Label> labels_of(const ColumnDraft& column) {
    std::vector<Label> labels;
    if (column.generator.kind != "choice" || column.type_class != 't' || column.base.is_array()) return labels;
    const Json& p = column.generator.parameters;
    for (std::size_t i = 0; i < p["values"].size(); ++i) {
        if (!p["values"][i].is_string()) return {};
        Label label{p["values"][i].get<std::string>(), {}, 1};
        label.state = state_of(label.text);
        if (p.contains("weights")) label.weight = p["weights"][i].get<double>();
        labels.push_back(std::move(label));
    }
    return labels;
}

bool has(const std::vector<Label>& labels, Phase phase) {
    return std::any_of(labels.begin(), labels.end(), [&](const Label& label) { return label.state.phase == phase; });
}

// A process has an end: some labels say done, some say not yet.
bool is_process(const std::vector<Label>& labels) {
    return has(labels, Phase::done) && (has(labels, Phase::waiting) || has(labels, Phase::running) || has(labels, Phase::shipped));
}

std::string as_of_like(const ColumnDraft& column) {
    if (column.type_class == 'd') return "as_of";
    return column.base.kind == schema::TypeKind::timestamp_tz ? "as_of::timestamptz" : "as_of::timestamp";
}

bool mentions(std::string_view label, std::string_view stem) { return lower_ascii(label).find(stem) != std::string::npos; }

// Has it happened, whatever the date's role, to a row of this state? Nothing = the state says nothing about it.
std::optional<bool> happened(std::string_view role, const Label& label) {
    const Phase phase = label.state.phase;
    const bool known = phase != Phase::none;
    struct Own { std::string_view role, stem; };
    static constexpr std::array<Own, 4> own = {{{"cancelled", "cancel"}, {"refunded", "refund"}, {"deleted", "delet"}, {"termination", "terminat"}}};
    for (const Own& each : own) {
        if (role != each.role) continue;
        if (role == "termination") return phase == Phase::failed && !mentions(label.text, "suspend") && !mentions(label.text, "inactive") ? std::optional(true) : known ? std::optional(false) : std::nullopt;
        return mentions(label.text, each.stem) || (role == "cancelled" && (mentions(label.text, "void") || mentions(label.text, "reject")));
    }
    if (!known) return std::nullopt;
    if (role == "published") return !(phase == Phase::waiting || mentions(label.text, "draft"));
    if (role == "approved") return phase != Phase::waiting && !(phase == Phase::failed && mentions(label.text, "reject"));
    if (role == "shipped") return phase == Phase::shipped || phase == Phase::done;
    if (role == "paid") return phase == Phase::done || phase == Phase::shipped || (phase == Phase::running && !mentions(label.text, "partial")) || mentions(label.text, "refund");
    if (role == "returned") return phase == Phase::done;
    if (role == "delivered" || role == "completed" || role == "actual_arrival" || role == "read") return phase == Phase::done || (role == "completed" && mentions(label.text, "closed"));
    if (role == "actual_departure") return phase == Phase::done || phase == Phase::running || phase == Phase::shipped;
    return std::nullopt;
}

Json weighted(const std::vector<Label>& labels, const std::function<double(const Label&)>& factor) {
    Json values = Json::array(), weights = Json::array();
    for (const Label& label : labels) {
        const double weight = std::round(label.weight * factor(label) * 100) / 100;
        if (weight <= 0) continue;
        values.push_back(label.text);
        weights.push_back(weight == static_cast<double>(static_cast<std::int64_t>(weight)) ? Json(static_cast<std::int64_t>(weight)) : Json(weight));
    }
    if (values.empty()) {
        for (const Label& label : labels) {
            values.push_back(label.text);
            weights.push_back(1);
        }
    }
    return {{"generator", "choice"}, {"values", values}, {"weights", weights}};
}

double in_future(const Label& label) {
    switch (label.state.phase) {
        case Phase::waiting: return 6;
        case Phase::running: return mentions(label.text, "progress") || mentions(label.text, "check") ? 0 : 3;
        case Phase::failed: return mentions(label.text, "cancel") ? 0.6 : 0;
        case Phase::none: return 1;
        default: return 0;
    }
}
double recently(const Label& label) {
    switch (label.state.phase) {
        case Phase::waiting: return 4;
        case Phase::running: return 3;
        case Phase::shipped: return 3;
        case Phase::done: return 0.25;
        case Phase::late: return 0;
        default: return 1;
    }
}
double long_ago(const Label& label) {
    switch (label.state.phase) {
        case Phase::waiting: return mentions(label.text, "draft") ? 0.7 : 0;  // drafts are forgotten, not finished
        case Phase::running: return 0.1;
        case Phase::shipped: return 0.03;
        case Phase::late: return 1;
        default: return 1;
    }
}
double past_due(const Label& label) {
    return label.state.phase == Phase::waiting || label.state.phase == Phase::running || label.state.phase == Phase::shipped ? 0 : 1;
}
double before_due(const Label& label) {
    switch (label.state.phase) {
        case Phase::late: return 0;
        case Phase::done: return 0.35;
        case Phase::failed: return 0.3;
        default: return 4;
    }
}

double before_end(const Label& label) {
    return label.state.phase == Phase::done || label.state.phase == Phase::late || mentions(label.text, "fail") ? 0 : 1;
}

// An enrollment does not come to its end before its course.
Json cases_of_parents(const Draft& draft, const TableDraft& table, const std::vector<Label>& labels) {
    static constexpr std::array<std::string_view, 6> taking_part = {"enrollment", "enrolment", "registration", "participation", "result", "grade"};
    Json cases = Json::array();
    if (table.words.empty() || std::find(taking_part.begin(), taking_part.end(), table.words.back()) == taking_part.end()) return cases;
    for (std::size_t key = 0; key < table.declared->foreign_keys.size(); ++key) {
        const TableDraft& parent = draft.parent_of(table.declared->foreign_keys[key]);
        const ColumnDraft* end = parent.by_role("end");
        if (parent.id == table.id || end == nullptr || !is_moment(*end) || end->nullable()) continue;
        cases.push_back({{"when", sql_path(table, key, *end) + " >= " + as_of_like(*end)}, {"then", weighted(labels, before_end)}});
    }
    return cases;
}

int least_days(TableDraft& table) {
    const ColumnDraft* end = table.by_role("end");
    if (end == nullptr || end->generator.kind != "after") return 0;
    const std::string minimum = end->generator.parameters.value("minimum", std::string());
    int days = 0;
    std::from_chars(minimum.data(), minimum.data() + minimum.size(), days);
    return minimum.find("day") != std::string::npos ? days : 0;
}

// The state follows from where the row stands in time.
void place_in_time(const Draft& draft, TableDraft& table, ColumnDraft& status, const std::vector<Label>& labels) {
    const auto moment = [&](std::initializer_list<std::string_view> roles) -> ColumnDraft* {
        for (const std::string_view role : roles) {
            for (ColumnDraft& column : table.columns) {
                if (column.role == role && is_moment(column) && !column.nullable()) return &column;
            }
        }
        return nullptr;
    };
    Json cases = cases_of_parents(draft, table, labels);
    ColumnDraft* due = moment({"due"});
    ColumnDraft* event = table.event ? &table.columns[*table.event] : moment({"scheduled", "departure", "start", "occurred", "created"});
    ColumnDraft* ahead = moment({"scheduled", "checkin", "departure", "start"});
    if (due != nullptr && has(labels, Phase::late)) {
        cases.push_back({{"when", sql_name(*due) + " >= " + as_of_like(*due)}, {"then", weighted(labels, before_due)}});
        status.generator = {"case", {{"cases", cases}, {"else", weighted(labels, past_due)}}};
        return;
    }
    if (event == nullptr) return;
    const ColumnDraft& when = ahead != nullptr ? *ahead : *event;
    if (ahead != nullptr) cases.push_back({{"when", sql_name(when) + " > " + as_of_like(when)}, {"then", weighted(labels, in_future)}});
    // What takes at least so many days is not over before.
    if (const int days = least_days(table); days > 0 && ahead != nullptr) {
        const std::string since = when.type_class == 'd' ? " - " + std::to_string(days) : " - interval '" + std::to_string(days) + " days'";
        const auto still_open = [](const Label& label) { return label.state.phase == Phase::failed ? 0 : before_end(label) * recently(label); };
        cases.push_back({{"when", sql_name(when) + " > " + as_of_like(when) + since}, {"then", weighted(labels, still_open)}});
    }
    const bool long_running = table.entity->kind == EntityKind::activity;
    const std::string window = long_running ? "90" : "6";
    cases.push_back({{"when", sql_name(when) + " > " + as_of_like(when) + (when.type_class == 'd' ? " - " + window : " - interval '" + window + " days'")}, {"then", weighted(labels, recently)}});
    status.generator = {"case", {{"cases", cases}, {"else", weighted(labels, long_ago)}}};
}

// What runs until an agreed day is over after it, and not before: loans paid off, memberships expired.
bool follow_term(TableDraft& table, ColumnDraft& status, const std::vector<Label>& labels) {
    const auto expires = [](const Label& label) { return mentions(label.text, "expire") || mentions(label.text, "lapse") || mentions(label.text, "matured"); };
    const auto is_over = [&](const Label& label) { return label.state.phase == Phase::done || expires(label); };
    const auto goes_on = [](const Label& label) { return label.state.phase == Phase::waiting || label.state.phase == Phase::running; };
    if (std::none_of(labels.begin(), labels.end(), is_over) || std::none_of(labels.begin(), labels.end(), goes_on)) return false;
    for (const ColumnDraft& column : table.columns) {
        if ((column.role != "end" && column.role != "expires") || !is_moment(column) || column.generated()) continue;
        const bool agreed = column.generator.kind == "expression";
        if (!agreed && std::none_of(labels.begin(), labels.end(), expires)) continue;
        constexpr double mostly = 8;
        const Json over = weighted(labels, [&](const Label& label) { return goes_on(label) ? 0.0 : is_over(label) ? mostly : 1.0; });
        const Json open = weighted(labels, [&](const Label& label) { return is_over(label) ? 0.0 : goes_on(label) ? mostly : 1.0; });
        status.generator = {"case", {{"cases", {{{"when", sql_name(column) + " < " + as_of_like(column)}, {"then", over}}}}, {"else", open}}};
        return true;
    }
    return false;
}

void clear_dates(TableDraft& table, const ColumnDraft& status, const std::vector<Label>& labels) {
    for (ColumnDraft& column : table.columns) {
        if (!is_moment(column) || column.fixed || column.generated() || !column.nullable() || column.in_key) continue;
        std::vector<std::string> not_yet;
        bool ever = false;
        for (const Label& label : labels) {
            const std::optional<bool> has_happened = happened(column.role, label);
            if (has_happened && !*has_happened) not_yet.push_back(label.text);
            ever |= has_happened && *has_happened;
        }
        if (not_yet.empty()) continue;
        if (ever) {
            // Where it has happened there is a date.
            column.nulls = 0;
            if (column.generator.kind == "after" && column.generator.parameters.contains("otherwise")) column.generator.parameters["otherwise"] = "minimum";
            else if (column.generator.kind == "timestamp" || column.generator.kind == "date") column.nulls = 0;
        }
        table.overrides.push_back({in_list(status, not_yet), {{column.name(), "NULL"}}, std::nullopt});
    }
}

// An end lies behind where the state says done, and ahead where it does not.
void place_ends(TableDraft& table, const ColumnDraft& status, const std::vector<Label>& labels) {
    for (ColumnDraft& column : table.columns) {
        if (column.role != "end" || !is_moment(column) || column.fixed || column.generator.kind != "after") continue;
        std::vector<std::string> over;
        for (const Label& label : labels) {
            if (label.state.phase == Phase::done || label.state.phase == Phase::failed) over.push_back(label.text);
        }
        if (over.empty()) continue;
        Json past = to_json(column.generator);
        past["until"] = "as_of";
        past["otherwise"] = "minimum";
        Json coming = to_json(column.generator);
        coming["of"] = "greatest(" + coming["of"].get<std::string>() + ", " + as_of_like(column) + ")";
        column.generator = {"case", {{"cases", {{{"when", in_list(status, over)}, {"then", past}}}}, {"else", coming}}};
        if (!column.nullable()) continue;
        const double open = std::max(column.nulls, 0.25);
        column.nulls = 0;
        table.overrides.push_back({"NOT (" + in_list(status, over) + ")", {{column.name(), "NULL"}}, std::min(open, 0.6)});
    }
}

// A second state (`payment_status` beside `status`) goes along with the first.
void follow_state(TableDraft& table, const ColumnDraft& status, const std::vector<Label>& labels) {
    std::vector<std::string> waiting, failed;
    for (const Label& label : labels) {
        if (label.state.phase == Phase::waiting) waiting.push_back(label.text);
        if (label.state.phase == Phase::failed) failed.push_back(label.text);
    }
    for (ColumnDraft& column : table.columns) {
        if (&column == &status || (column.role != "payment_status" && column.role != "shipment_status")) continue;
        const std::vector<Label> others = labels_of(column);
        if (!is_process(others)) continue;
        Json cases = Json::array();
        const auto only = [&](std::initializer_list<Phase> phases) {
            return weighted(others, [&](const Label& label) { return std::find(phases.begin(), phases.end(), label.state.phase) != phases.end() ? 1.0 : 0.0; });
        };
        if (!waiting.empty()) cases.push_back({{"when", in_list(status, waiting)}, {"then", only({Phase::waiting})}});
        if (!failed.empty() && has(others, Phase::failed)) cases.push_back({{"when", in_list(status, failed)}, {"then", only({Phase::failed, Phase::waiting})}});
        column.generator = {"case", {{"cases", cases}, {"else", only({Phase::done, Phase::shipped, Phase::running})}}};
    }
}

// `is_returned` beside `returned_at`: the flag is what the date says.
void tie_flags(TableDraft& table) {
    struct Tie { std::string_view word, role; bool when_set; };
    static constexpr std::array<Tie, 20> ties = {{
        {"returned", "returned", true}, {"paid", "paid", true}, {"completed", "completed", true}, {"complete", "completed", true}, {"delivered", "delivered", true}, {"shipped", "shipped", true},
        {"resolved", "completed", true}, {"closed", "completed", true}, {"read", "read", true}, {"deleted", "deleted", true}, {"archived", "deleted", true}, {"published", "published", true},
        {"cancelled", "cancelled", true}, {"verified", "approved", true}, {"approved", "approved", true}, {"confirmed", "approved", true}, {"terminated", "termination", true},
        {"active", "deleted", false}, {"active", "termination", false}, {"current", "end", false}}};
    for (ColumnDraft& flag : table.columns) {
        if (flag.type_class != 'b' || flag.generated() || flag.words.empty() || flag.base.is_array() || flag.in_key) continue;
        for (const Tie& tie : ties) {
            if (flag.words.back() != tie.word) continue;
            const ColumnDraft* date = nullptr;
            for (const ColumnDraft& column : table.columns) {
                if (column.role == tie.role && is_moment(column) && column.nullable()) date = &column;
            }
            if (date == nullptr) continue;
            flag.generator = {"expression", {{"sql", sql_name(*date) + (tie.when_set ? " IS NOT NULL" : " IS NULL")}}};
            flag.nulls = 0;
            break;
        }
    }
}

// Where the state is a boolean's or no process's affair: who is not active has an end.
void tie_membership(TableDraft& table, const ColumnDraft& status, const std::vector<Label>& labels) {
    std::vector<std::string> still, gone;
    for (const Label& label : labels) {
        const bool left = label.state.phase == Phase::failed && !mentions(label.text, "suspend") && !mentions(label.text, "leave");
        (left ? gone : still).push_back(label.text);
    }
    if (gone.empty() || still.empty()) return;
    for (ColumnDraft& column : table.columns) {
        if (column.role != "termination" || !is_moment(column) || !column.nullable() || column.fixed) continue;
        column.nulls = 0;
        if (column.generator.kind == "after") column.generator.parameters["otherwise"] = "minimum";
        table.overrides.push_back({in_list(status, still), {{column.name(), "NULL"}}, std::nullopt});
    }
}

}  // namespace

void relate_states(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        ColumnDraft* status = nullptr;
        for (const std::string_view role : {"status", "shipment_status", "payment_status"}) {
            for (ColumnDraft& column : table.columns) {
                if (status == nullptr && column.role == role && !column.generated() && !column.in_key && is_process(labels_of(column))) status = &column;
            }
        }
        if (status != nullptr) {
            const std::vector<Label> labels = labels_of(*status);
            const bool agreed = follow_term(table, *status, labels);
            if (!agreed) place_in_time(draft, table, *status, labels);
            clear_dates(table, *status, labels);
            // Whether something is paid says nothing about whether it is over.
            if (!agreed && status->role == "status") place_ends(table, *status, labels);
            follow_state(table, *status, labels);
        } else if (ColumnDraft* member = table.by_role("status"); member != nullptr && !member->generated()) {
            const std::vector<Label> labels = labels_of(*member);
            if (!labels.empty() && !member->in_key && !follow_term(table, *member, labels)) tie_membership(table, *member, labels);
        }
        tie_flags(table);
    }
}

}  // namespace confab::planner
