#include "planner/trade.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace confab::planner {

namespace {

template <std::size_t Size>
std::size_t tables_of(std::span<const Words> tables, const std::array<std::string_view, Size>& telling) {
    return static_cast<std::size_t>(std::count_if(tables.begin(), tables.end(), [&](const Words& words) {
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
            return std::find(telling.begin(), telling.end(), word) != telling.end();
        });
    }));
}

constexpr std::array<std::string_view, 12> medical = {"patient",   "physician",    "doctor",  "nurse",
                                                      "diagnosis", "prescription", "clinic",  "hospital",
                                                      "ward",      "vaccination",  "surgeon", "medication"};
constexpr std::array<std::string_view, 9> academic = {"student",    "professor", "faculty",
                                                      "enrollment", "semester",  "course",
                                                      "lecturer",   "lecture",   "university"};

constexpr std::array<std::string_view, 6> fitness = {"gym", "workout", "fitness", "yoga", "trainer", "exercise"};
constexpr std::array<std::string_view, 6> of_clubs = {"member", "membership", "class", "studio", "coach", "attendance"};

constexpr std::array<std::string_view, 6> veterinary = {"pet", "veterinarian", "vet", "animal", "breed", "species"};
constexpr std::array<std::string_view, 6> construction = {"construction", "contractor", "subcontractor", "blueprint", "site", "material"};

}  // namespace

Trade trade_of(std::span<const Words> tables) {
    if (tables_of(tables, veterinary) >= 2) return Trade::veterinary;
    const std::size_t of_medicine = tables_of(tables, medical), of_learning = tables_of(tables, academic);
    if (of_medicine >= 1 && of_medicine >= of_learning) return Trade::medical;
    if (of_learning >= 2) return Trade::academic;
    if (tables_of(tables, construction) >= 2) return Trade::construction;
    const std::size_t of_fitness = tables_of(tables, fitness);
    return of_fitness >= 2 || (of_fitness == 1 && tables_of(tables, of_clubs) >= 2) ? Trade::fitness : Trade::general;
}

}  // namespace confab::planner
