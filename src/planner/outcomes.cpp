// What only the end of something brings: a mark goes with having passed or failed, and what is still under way has
// no place of arrival, no distance and no fare yet.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "planner/draft.hpp"
#include "planner/times.hpp"

namespace confab::planner {

namespace {

bool is_settable(const ColumnDraft& column) { return !column.fixed && !column.generated() && !column.in_key; }

// The part of a mark's values from `low` to `high`, as shares of the range; no value of it is in the next part.
Json part_of_range(const ColumnDraft& mark, double low, double high, double mean) {
    const double from = mark.facts.lower.value_or(0), to = mark.facts.upper.value_or(mark.generator.parameters["max"].get<double>());
    const bool whole = mark.type_class == 'i' || to - from > 20;
    const auto at = [&](double share) {
        const double value = from + (to - from) * share;
        return whole ? std::floor(value) : std::floor(value * 10) / 10;
    };
    Json part = to_json(mark.generator);
    part["min"] = at(low);
    part["max"] = high < 1 ? at(high) - (whole ? 1 : 0.1) : to;
    part["distribution"] = "normal";
    part["mean"] = at(mean);
    part["deviation"] = (to - from) * (high - low) / 4;
    return part;
}

// Of an examination: passed with a good mark, failed with a bad one, and none before it was held.
void mark_by_outcome(const ColumnDraft& status, ColumnDraft& mark) {
    if (!mark.generator.parameters.contains("max")) return;
    const auto& parameters = status.generator.parameters;
    const Json& choice = status.generator.kind == "case" ? parameters["else"] : parameters;
    if (!choice.contains("values")) return;
    std::vector<std::string> passed, failed;
    for (const Json& value : choice["values"]) {
        if (!value.is_string()) return;
        const std::string label = lower_ascii(value.get<std::string>());
        if (label.find("pass") != std::string::npos) passed.push_back(value);
        else if (label.find("fail") != std::string::npos) failed.push_back(value);
    }
    if (passed.empty() || failed.empty()) return;
    constexpr double enough = 0.5;
    const Json none = mark.nullable() ? Json{{"generator", "null"}} : to_json(mark.generator);
    mark.generator = {"case",
                      {{"cases",
                        {{{"when", in_list(status, passed)}, {"then", part_of_range(mark, enough, 1, 0.75)}},
                         {{"when", in_list(status, failed)}, {"then", part_of_range(mark, 0, enough, 0.35)}}}},
                       {"else", none}}};
    mark.nulls = 0;
}

template <std::size_t N>
bool has_word(const ColumnDraft& column, const std::array<std::string_view, N>& words) {
    return std::any_of(column.words.begin(), column.words.end(),
                       [&](const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); });
}

// A ride or a session without an end is under way: it began just now, and what its end brings is not there yet.
void leave_open(TableDraft& table) {
    ColumnDraft* end = table.by_role("end");
    if (end == nullptr || !end->nullable() || !is_settable(*end) || end->generator.kind != "after" || !ends_soon(table)) return;
    end->generator.parameters["until"] = "as_of";
    end->generator.parameters["otherwise"] = "null";
    end->nulls = 0;
    static constexpr std::array<std::string_view, 14> of_the_end = {"to", "end", "ended", "final", "dropoff", "drop", "destination", "arrival", "arrived", "distance", "duration", "fare", "total", "minute"};
    const std::string open = sql_name(*end) + " IS NULL";
    for (ColumnDraft& column : table.columns) {
        if (&column == end || column.generated() || column.in_key || !has_word(column, of_the_end)) continue;
        if (column.nullable()) {
            column.nulls = std::min(column.nulls, 0.02);
            table.overrides.push_back({open, {{column.name(), "NULL"}}, std::nullopt});
        } else if (is_number(column) && column.facts.default_value && *column.facts.default_value == "0" && column.foreign_keys.empty()) {
            table.overrides.push_back({open, {{column.name(), "0"}}, std::nullopt});
        }
    }
}

// As far as one gets in the time.
void tie_distance(const Draft& draft, TableDraft& table) {
    const ColumnDraft* end = table.by_role("end");
    if (end == nullptr || !table.event || !ends_soon(table)) return;
    const ColumnDraft& start = table.columns[*table.event];
    static constexpr std::array<std::string_view, 6> slow = {"bike", "bicycle", "scooter", "walk", "run", "hike"};
    bool slowly = false;
    for (const TableDraft& other : draft.tables) {
        slowly |= std::any_of(other.words.begin(), other.words.end(), [](const std::string& word) { return std::find(slow.begin(), slow.end(), word) != slow.end(); });
    }
    for (ColumnDraft& column : table.columns) {
        if (!is_settable(column) || !is_number(column) || column.words.empty()) continue;
        static constexpr std::array<std::string_view, 3> distances = {"distance", "mileage", "km"};
        if (!has_word(column, distances) || column.generator.kind == "expression") continue;
        const std::string hours = "extract(epoch from " + sql_name(*end) + " - " + sql_name(start) + ") / 3600";
        const auto bound = [&](int speed) { return "coalesce(" + hours + " * " + std::to_string(speed) + ", 0.5)"; };
        column.generator = {"between", {{"lower", bound(slowly ? 5 : 12)}, {"upper", bound(slowly ? 17 : 55)}}};
    }
}

// A fine is for the days that something came back late, up to a limit.
void tie_fine(TableDraft& table) {
    ColumnDraft* fine = table.by_role("fine");
    const ColumnDraft* due = table.by_role("due");
    const ColumnDraft* back = table.by_role("returned");
    const auto is_moment = [](const ColumnDraft* column) { return column != nullptr && (column->type_class == 'd' || column->type_class == 'm'); };
    if (fine == nullptr || !is_number(*fine) || !is_settable(*fine) || !is_moment(due) || !is_moment(back)) return;
    const auto day = [](const ColumnDraft& column) { return column.type_class == 'd' ? sql_name(column) : sql_name(column) + "::date"; };
    const double most = std::min(20.0, fine->facts.upper.value_or(20.0));
    const std::string late = "greatest(coalesce(" + day(*back) + ", as_of) - " + day(*due) + ", 0)";
    const std::string sum = "least(" + late + " * 0.25, " + std::to_string(static_cast<int>(most)) + ")";
    fine->generator = {"expression", {{"sql", fine->type_class == 'i' ? "floor(" + sum + ")::integer" : "round(" + sum + ", 2)"}}};
    fine->nulls = 0;
}

// A senior engineer is no intern, nobody is one for years, and an intern is not paid like the others.
void tie_employment(TableDraft& table) {
    ColumnDraft* type = table.by_role("employment_type");
    const ColumnDraft* title = table.by_role("job_title");
    if (type == nullptr || type->generator.kind != "choice" || type->generated() || type->in_key) return;
    const Json& p = type->generator.parameters;
    Json values = Json::array(), weights = Json::array();
    std::vector<std::string> interns;
    for (std::size_t i = 0; i < p["values"].size(); ++i) {
        if (!p["values"][i].is_string()) return;
        const std::string label = lower_ascii(p["values"][i].get<std::string>());
        if (label.starts_with("intern") || label.starts_with("trainee") || label.starts_with("apprentice")) {
            interns.push_back(p["values"][i]);
        } else {
            values.push_back(p["values"][i]);
            weights.push_back(p.contains("weights") ? p["weights"][i] : Json(1));
        }
    }
    if (interns.empty() || values.empty()) return;
    const std::string is_intern = in_list(*type, interns);
    if (title != nullptr && title->generator.kind == "job") {
        constexpr const char* experienced = "senior|lead|manager|director|head|chief|principal|president|architect|counsel|partner";
        const Json others = {{"generator", "choice"}, {"values", values}, {"weights", weights}};
        std::string when = sql_name(*title) + "::text ~* '" + experienced + "'";
        if (const ColumnDraft* hire = table.by_role("hire"); hire != nullptr && !hire->nullable() && (hire->type_class == 'd' || hire->type_class == 'm')) {
            when += " OR " + sql_name(*hire) + " < " + (hire->type_class == 'd' ? "as_of - 400" : "as_of::timestamp - interval '400 days'");
        }
        type->generator = {"case", {{"cases", {{{"when", when}, {"then", others}}}}, {"else", to_json(type->generator)}}};
    }
    ColumnDraft* salary = table.by_role("salary");
    if (salary == nullptr || !is_number(*salary) || !is_settable(*salary) || salary->generator.kind != "job") return;
    const std::string least = std::to_string(static_cast<std::int64_t>(std::ceil(salary->facts.lower.value_or(0))));
    const std::string share = "round(" + sql_name(*salary) + " * 0.4, -2)";
    table.overrides.push_back({is_intern, {{salary->name(), "greatest(" + least + ", " + share + ")"}}, std::nullopt});
}

// Nothing is approved of a claim that is still being looked at, or that was denied.
void approve_when_decided(const ColumnDraft& status, TableDraft& table) {
    for (ColumnDraft& column : table.columns) {
        if (column.role != "approved_amount" || !column.nullable() || !is_settable(column) || status.type_class != 't') continue;
        table.overrides.push_back({text_of(status) + " !~* '(approv|paid|settle|closed|complete)'", {{column.name(), "NULL"}}, std::nullopt});
        column.nulls = 0;
    }
}

}  // namespace

void relate_outcomes(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        const ColumnDraft* status = table.by_role("status");
        if (status == nullptr) status = table.by_role("result");
        for (ColumnDraft& column : table.columns) {
            if (status != nullptr && column.role == "score" && is_number(column) && is_settable(column)) mark_by_outcome(*status, column);
        }
        if (status != nullptr) approve_when_decided(*status, table);
        tie_distance(draft, table);
        tie_fine(table);
        tie_employment(table);
        leave_open(table);
    }
}

}  // namespace confab::planner
