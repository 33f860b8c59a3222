#include "planner/ages.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "planner/lifetimes.hpp"

namespace confab::planner {

namespace {

const ColumnDraft* find_moment(const TableDraft& table, std::string_view role) {
    for (const ColumnDraft& column : table.columns) {
        if (column.role == role && (column.type_class == 'd' || column.type_class == 'm') && !column.base.is_array()) return &column;
    }
    return nullptr;
}

std::string days(int years) { return std::to_string(years * 365 + years / 4 + 1) + " days"; }

// Ages, in whole years, that a word among a column's labels stands for.
struct AgeClass { std::string_view words; int from, to; };
constexpr AgeClass age_classes[] = {
    {"infant|baby|newborn", 0, 2}, {"toddler", 1, 4}, {"child|kid|children|minor", 0, 18}, {"junior|youth|u18|under 18", 6, 18},
    {"teen|teenager|adolescent", 13, 20}, {"student|young adult", 16, 30}, {"adult", 18, 200},
    {"senior|pensioner|elder|elderly|retired|retiree", 62, 200}};

const AgeClass* age_class_of(std::string_view label) {
    const Words words = words_of_text(label);
    const AgeClass* found = nullptr;
    for (const AgeClass& each : age_classes) {
        for (const std::string_view alternative : split(each.words, '|')) {
            Words pattern;
            for (const std::string_view word : split(alternative, ' ')) pattern.emplace_back(word);
            if (words == pattern) found = &each;
        }
    }
    return found;
}

// The labels that a person of so many years can have, those made for that age above all.
Json labels_at(const Json& choice, int years) {
    Json values = Json::array(), weights = Json::array();
    const auto distance = [&](const Json& label) {
        const AgeClass* age = age_class_of(label.get<std::string>());
        return age == nullptr ? 0 : years < age->from ? age->from - years : years >= age->to ? years - age->to + 1 : 0;
    };
    int nearest = 1000;
    for (const Json& label : choice["values"]) nearest = std::min(nearest, distance(label));
    for (std::size_t i = 0; i < choice["values"].size(); ++i) {
        const double weight = choice.contains("weights") ? choice["weights"][i].get<double>() : 1;
        if (distance(choice["values"][i]) > nearest || weight <= 0) continue;
        // A narrow class is more telling than a wide one: most who are 70 and may be seniors are.
        const AgeClass* age = age_class_of(choice["values"][i].get<std::string>());
        const bool telling = age != nullptr && (age->from > 50 || age->to < 100);
        values.push_back(choice["values"][i]);
        weights.push_back(telling ? weight + 60 : weight);
    }
    if (values.empty()) return choice;
    return {{"generator", "choice"}, {"values", values}, {"weights", weights}};
}

void tie_age_labels(TableDraft& table, ColumnDraft& column, const ColumnDraft& birth) {
    const Json choice = to_json(column.generator);
    
    std::vector<int> steps;  // ages at which the labels change
    for (const Json& value : choice["values"]) {
        if (!value.is_string()) return;
        const AgeClass* age = age_class_of(value.get<std::string>());
        if (age == nullptr) continue;
        steps.insert(steps.end(), {age->from, age->to});
    }
    // One word alone (`senior` beside `intermediate`) may mean something else.
    if (steps.size() < 4) return;
    std::sort(steps.begin(), steps.end());
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
    const ColumnDraft* begin = begin_of(table);
    const bool own = begin != nullptr && begin->role != "birth" && kind_of_moment(*begin) != Bound::Kind::year;
    const std::string when = !own ? "as_of" : begin->type_class == 'd' ? sql_name(*begin) : sql_name(*begin) + "::date";
    const std::string born = birth.type_class == 'd' ? sql_name(birth) : sql_name(birth) + "::date";
    Json cases = Json::array();
    int reached = 0;
    for (const int step : steps) {
        if (step <= reached || step > 120) continue;
        const int length = step * 365 + step / 4;
        cases.push_back({{"when", when + " - " + born + " < " + std::to_string(length)}, {"then", labels_at(choice, reached)}});
        reached = step;
    }
    column.generator = {"case", {{"cases", cases}, {"else", labels_at(choice, std::max(reached, 40))}}};
}

}  // namespace

void tie_birth(TableDraft& table) {
    ColumnDraft* birth = nullptr;
    for (ColumnDraft& column : table.columns) {
        if (&column == find_moment(table, "birth")) birth = &column;
    }
    if (birth == nullptr || birth->generated() || birth->in_key || !table.event) return;
    const ColumnDraft& event = table.columns[*table.event];
    if (table.entity->kind != EntityKind::person || (event.role != "hire" && event.role != "created" && event.role != "occurred")) return;
    const int least = std::max(least_age(table), event.role == "hire" ? 17 : 0);
    Json p = {{"of", sql_name(event)}, {"minimum", days(least)}};
    const bool student = std::find(table.words.begin(), table.words.end(), "student") != table.words.end() ||
                         std::find(table.words.begin(), table.words.end(), "pupil") != table.words.end();
    p["maximum"] = days(event.role == "hire" ? 54 : student ? least + 14 : 84);
    p["distribution"] = event.role == "hire" || student ? "lognormal" : "normal";
    if (birth->facts.lower_text.size() >= 10) p["from"] = "date '" + birth->facts.lower_text.substr(0, 10) + "'";
    birth->generator = {"before", p};
}

void relate_ages(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        const ColumnDraft* birth = find_moment(table, "birth");
        if (birth == nullptr) continue;
        for (ColumnDraft& column : table.columns) {
            if (column.generator.kind != "choice" || column.type_class != 't' || column.generated() || column.in_key || column.base.is_array()) continue;
            tie_age_labels(table, column, *birth);
        }
    }
}

}  // namespace confab::planner
