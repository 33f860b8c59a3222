// What equipment costs and who makes it, by what it is: a chair is no laptop. The kind is read from a column of the row
// (`type`, `category`, a name from a list of equipment).
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "planner/draft.hpp"
#include "planner/facts.hpp"
#include "planner/fallbacks.hpp"

namespace confab::planner {

namespace {

struct Asset {
    std::string_view words;   // alternatives by `|`, as a regular expression finds them
    double low, high;         // of the price, in the currency's units
    std::string_view brands;  // by `|`; empty = nothing is said
};

constexpr Asset assets[] = {
    {"laptop|notebook|desktop|workstation", 650, 2800, "Dell|Lenovo|HP|Apple|ASUS|Acer"},
    {"monitor|display", 140, 850, "Dell|LG|Samsung|HP|BenQ|ASUS"},
    {"phone", 220, 1250, "Apple|Samsung|Google|Motorola|Nokia"},
    {"tablet", 250, 1300, "Apple|Samsung|Lenovo|Microsoft"},
    {"printer|scanner|copier", 130, 900, "HP|Brother|Canon|Epson|Xerox"},
    {"headset|headphone|webcam|keyboard|mouse|docking|accessor", 25, 260, "Logitech|Jabra|Sony|Microsoft|Dell"},
    {"projector", 350, 2200, "Epson|BenQ|Sony|Optoma"},
    {"server", 1800, 14000, "Dell|HPE|Lenovo|Supermicro"},
    {"router|switch|firewall", 60, 1900, "Cisco|Netgear|TP-Link|Juniper|Ubiquiti"},
    {"chair|seat", 90, 950, "Herman Miller|Steelcase|IKEA|Haworth"},
    {"desk|cabinet|whiteboard|shelf|furniture|table", 110, 1400, "Steelcase|IKEA|Haworth|HON"},
    {"camera", 220, 3200, "Canon|Nikon|Sony|Panasonic"},
    {"vehicle|truck|pickup|van", 16000, 62000, "Ford|Toyota|Volkswagen|Renault|Mercedes-Benz"},
    {"forklift|crane|conveyor", 9000, 78000, ""},
    {"refrigerator|freezer|chiller|fridge", 900, 9500, ""},
    {"oven|range|griddle|grill|broiler|fryer|dishwasher|ice machine|smoker|espresso|hood", 1100, 9000, ""},
    {"mixer|slicer|bain-marie|prep|proofing|steam", 350, 3200, ""},
    {"processor|blender|cooker|sealer|lamp|circulator|burner|shredder|label", 70, 850, ""},
    {"treadmill|elliptical|rower|bike|trainer|climber", 900, 7500, "Life Fitness|Precor|Technogym|Matrix|Concept2"},
    {"press|rack|machine|pulldown|bench|station|pulley", 350, 4800, "Life Fitness|Hammer Strength|Technogym|Rogue"},
    {"dumbbell|kettlebell|barbell|plate|ball|mat|rope|band|roller", 15, 420, "Rogue|York|Eleiko"},
    {"microscope|centrifuge|oscilloscope|cutter|compressor|generator|3d printer", 900, 16000, ""},
};

bool fits(const Asset& asset, std::string_view label) {
    const std::string text = lower_ascii(label);
    const auto words = split(asset.words, '|');
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

struct Case {
    std::string when;
    const Asset* asset = nullptr;
};

// Conditions under which a row is an asset of a kind; none when the column does not tell.
std::vector<Case> cases_of(const ColumnDraft& column) {
    std::vector<Case> cases;
    if (column.type_class != 't' || column.base.is_array() || column.nullable()) return cases;
    const Json& p = column.generator.parameters;
    if (column.generator.kind == "vocabulary" && p.value("list", "").ends_with("equipment")) {
        for (const Asset& asset : assets) {
            cases.push_back({sql_name(column) + "::text ~* '" + std::string(asset.words) + "'", &asset});
        }
        return cases;
    }
    if (column.generator.kind != "choice") return cases;
    std::size_t known = 0;
    for (const Asset& asset : assets) {
        std::vector<std::string> labels;
        for (const Json& value : p["values"]) {
            if (!value.is_string() || !fits(asset, value.get<std::string>())) continue;
            labels.push_back(value);
            ++known;
        }
        if (!labels.empty()) cases.push_back({in_list(column, labels), &asset});
    }
    // Two words of a list that speaks of something else are no inventory.
    if (known < 2 || known * 2 < p["values"].size()) cases.clear();
    return cases;
}

bool is_price(const ColumnDraft& column) {
    static constexpr std::array<std::string_view, 3> words = {"price", "cost", "value"};
    const bool number = column.type_class == 'i' || column.type_class == 'n' || column.type_class == 'f';
    const bool drawn = column.generator.kind == "decimal" || column.generator.kind == "integer" || column.generator.kind == "float";
    return number && drawn && !column.base.is_array() && !column.generated() && !column.in_key && !column.words.empty() &&
           std::find(words.begin(), words.end(), column.words.back()) != words.end();
}

Json with_cases(const ColumnDraft& column, const std::vector<Case>& cases, const auto& generator_of_asset) {
    Json list = Json::array();
    for (const Case& each : cases) {
        const Json then = generator_of_asset(*each.asset);
        if (!then.is_null()) list.push_back({{"when", each.when}, {"then", then}});
    }
    return {{"cases", list}, {"else", to_json(column.generator)}};
}

void price_by_kind(ColumnDraft& column, const std::vector<Case>& cases) {
    const Json parameters = with_cases(column, cases, [&](const Asset& asset) -> Json {
        const double low = std::max(asset.low, column.facts.lower.value_or(asset.low));
        const double high = std::min(asset.high, column.facts.upper.value_or(asset.high));
        if (low >= high) return nullptr;
        Json then = to_json(column.generator);
        then["min"] = low;
        then["max"] = high;
        then["distribution"] = "lognormal";
        then["mean"] = std::round(std::sqrt(low * high));
        then["deviation"] = 0.45;
        return then;
    });
    if (!parameters["cases"].empty()) column.generator = {"case", parameters};
}

void brand_by_kind(ColumnDraft& column, const std::vector<Case>& cases) {
    const int limit = length_of(column);
    const Json parameters = with_cases(column, cases, [&](const Asset& asset) -> Json {
        Json values = Json::array();
        for (const std::string_view brand : split(asset.brands, '|')) {
            if (!brand.empty() && (limit <= 0 || brand.size() <= static_cast<std::size_t>(limit))) values.push_back(brand);
        }
        if (values.empty()) return nullptr;
        return {{"generator", "choice"}, {"values", values}};
    });
    if (!parameters["cases"].empty()) column.generator = {"case", parameters};
}

}  // namespace

void relate_assets(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        for (const ColumnDraft& kind : table.columns) {
            const std::vector<Case> cases = cases_of(kind);
            if (cases.empty()) continue;
            for (ColumnDraft& column : table.columns) {
                if (is_price(column)) price_by_kind(column, cases);
                if (column.role == "brand" && !column.fixed && !column.in_key && column.generator.kind == "product") brand_by_kind(column, cases);
            }
            break;
        }
    }
}

}  // namespace confab::planner
