#include "planner/trade_values.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace confab::planner {

namespace {

Generator one_of(const char* list) { return {"vocabulary", {{"list", list}}}; }

// Is the table about one of these? Alternatives by `|`.
bool is_about(const TableDraft& table, std::string_view alternatives) {
    if (table.words.empty()) return false;
    const auto words = split(alternatives, '|');
    return std::find(words.begin(), words.end(), table.words.back()) != words.end();
}

constexpr std::string_view films = "movie|film|showtime|screening|showing";

std::optional<Generator> genre_of(const TableDraft& table) {
    if (is_about(table, "movie|film|show|series|episode")) return one_of("movie_genres");
    if (is_about(table, "song|track|album|artist|band|concert|playlist")) return one_of("music_genres");
    if (is_about(table, "game")) return one_of("game_genres");
    return std::nullopt;
}

// What a specialist knows best.
Generator specialty_of(const Draft& draft, const TableDraft& table) {
    if (draft.trade == Trade::medical || is_about(table, "physician|doctor|surgeon|dentist")) return one_of("medical_specialties");
    if (draft.trade == Trade::veterinary) return one_of("vet_specialties");
    if (draft.trade == Trade::academic) return one_of("fields_of_study");
    if (draft.trade == Trade::fitness) return one_of("fitness_specialties");
    return one_of("skills");
}

Generator money(std::int64_t low, std::int64_t high, std::int64_t mean, double deviation, std::int64_t step) {
    return {"decimal", {{"min", low}, {"max", high}, {"distribution", "lognormal"}, {"mean", mean}, {"deviation", deviation}, {"step", step}}};
}

}  // namespace

std::optional<Generator> name_in_trade(const Draft& draft, const TableDraft& table) {
    if (draft.trade == Trade::construction && is_about(table, "material|supply|stock|inventory")) return one_of("building_materials");
    if (draft.trade != Trade::fitness) return std::nullopt;
    if (is_about(table, "class|session|course|activity")) return one_of("fitness_classes");
    if (is_about(table, "exercise|workout")) return one_of("gym_exercises");
    if (is_about(table, "equipment|machine|asset")) return one_of("gym_equipment");
    return std::nullopt;
}

std::optional<Generator> value_in_trade(const Draft& draft, const TableDraft& table, std::string_view role) {
    if (role == "specialty") return specialty_of(draft, table);
    if (role == "genre") return genre_of(table);
    if (role == "reason" && draft.trade == Trade::medical && table.entity->prose == "appointment") return one_of("visit_reasons");
    if (role == "capacity" && is_about(table, "screen|hall|auditorium|theater|theatre|cinema|stage|venue|club"))
        return Generator{"choice", {{"values", {24, 30, 40, 60, 80, 120, 150, 180, 220, 300}}, {"weights", {4, 6, 8, 10, 14, 16, 14, 10, 8, 4}}}};
    if (role == "fare" && is_about(table, films))
        return Generator{"decimal", {{"min", 7.5}, {"max", 24}, {"distribution", "normal"}, {"mean", 13}, {"deviation", 2.6}, {"step", 0.5}}};
    if (role == "budget" && is_about(table, films)) return money(400000, 420000000, 21000000, 1.1, 1000);
    if (role == "revenue" && is_about(table, films)) return money(250000, 900000000, 48000000, 1.1, 1000);
    if (draft.trade == Trade::veterinary && role == "reason") return one_of("vet_reasons");
    if (draft.trade == Trade::veterinary && role == "diagnosis") return one_of("vet_diagnoses");
    if (role == "species" && is_about(table, "livestock|herd|farm animal")) return one_of("livestock_species");
    if (role == "cost" && is_about(table, "visit|appointment|treatment|procedure|surgery")) return money(45, 3800, 165, 0.7, 1);
    if ((role == "hourly_rate" || role == "hourly_price") && is_about(table, "lot|garage|space|parking|spot"))
        return Generator{"choice", {{"values", {1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8}}, {"weights", {6, 10, 18, 16, 16, 10, 10, 7, 4, 3}}}};
    if (role == "company" && is_about(table, "contractor|subcontractor")) return Generator{"company", {{"field", "name"}, {"sector", "construction"}}};
    if (role == "seconds" && is_about(table, "song|track|recording"))
        return Generator{"integer", {{"min", 95}, {"max", 540}, {"distribution", "normal"}, {"mean", 222}, {"deviation", 48}}};
    if (role == "price" && is_about(table, "album|record|vinyl"))
        return Generator{"choice", {{"values", {7.99, 8.99, 9.99, 10.99, 11.99, 12.99, 14.99, 19.99}}, {"weights", {6, 8, 26, 14, 16, 14, 10, 6}}}};
    if (role == "model" && is_about(table, "device|sensor|equipment|machine|appliance|printer|router|meter|gateway|instrument"))
        return Generator{"template", {{"template", "{AA}-{###}"}}};
    if (role == "model" && is_about(table, "bike|bicycle")) return one_of("bike_models");
    if (role == "price" && is_about(table, "bike|bicycle")) {
        Generator price = money(240, 6500, 980, 0.5, 1);
        price.parameters.erase("step");
        price.parameters["endings"] = {0.0, 0.0, 0.99};
        return price;
    }
    if (role == "hourly_rate" && is_about(table, "physician|doctor|surgeon|dentist|consultant|lawyer|attorney"))
        return Generator{"decimal", {{"min", 85}, {"max", 260}, {"distribution", "normal"}, {"mean", 140}, {"deviation", 28}, {"step", 0.25}}};
    return std::nullopt;
}

}  // namespace confab::planner
