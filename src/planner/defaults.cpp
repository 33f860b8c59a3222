// A constant DEFAULT is what most rows have that nobody thought about: it appears often.
#include <algorithm>
#include <array>

#include "planner/draft.hpp"

namespace confab::planner {

namespace {

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// A DEFAULT of nothing there is only the absence of a value, not a frequent one.
constexpr std::array<std::string_view, 30> never_nought = {
    "price", "total", "subtotal", "amount", "salary", "cost", "balance", "stock", "quantity", "capacity", "total_count", "available", "revenue", "budget",
    "nightly_price", "daily_price", "rating", "average_rating", "pages", "year", "score", "hourly_rate", "rent", "population", "name", "full_name",
    "credit_limit", "position", "principal", "premium"};
constexpr std::array<std::string_view, 16> made_elsewhere = {
    "expression", "sequence", "event_time", "after", "before", "between", "ratio", "case", "reference", "ordinal", "constant", "null", "json", "array", "uuid", "any"};

Json value_of(const ColumnDraft& column, const std::string& text) {
    if (column.type_class != 'i' && column.type_class != 'n' && column.type_class != 'f') return Json(text);
    const double number = std::strtod(text.c_str(), nullptr);
    if (number == static_cast<double>(static_cast<std::int64_t>(number))) return Json(static_cast<std::int64_t>(number));
    return Json(number);
}

void raise_choice(ColumnDraft& column, const std::string& value) {
    Json& p = column.generator.parameters;
    if (!p.contains("weights")) {
        p["weights"] = Json::array();
        for (std::size_t i = 0; i < p["values"].size(); ++i) p["weights"].push_back(10);
    }
    double sum = 0, most = 0;
    for (const Json& weight : p["weights"]) {
        sum += weight.get<double>();
        most = std::max(most, weight.get<double>());
    }
    const Json wanted = value_of(column, value);
    for (std::size_t i = 0; i < p["values"].size(); ++i) {
        if (p["values"][i] != wanted) continue;
        if (p["weights"][i].get<double>() * 4 < sum) p["weights"][i] = static_cast<std::int64_t>(std::max(most, sum / 4));
        return;
    }
    p["values"].push_back(wanted);
    p["weights"].push_back(static_cast<std::int64_t>(std::max(1.0, sum * 0.6)));
}

void apply(TableDraft& table, ColumnDraft& column) {
    const std::string& value = *column.facts.default_value;
    const std::string& kind = column.generator.kind;
    const bool number = column.type_class == 'i' || column.type_class == 'n' || column.type_class == 'f';
    const bool nought = value.empty() || (number && std::strtod(value.c_str(), nullptr) == 0);
    if (kind == "boolean") {
        Json& p = column.generator.parameters;
        const double share = p.value("true", 0.5);
        const bool on = value == "true" || value == "t" || value == "1";
        if (on && share < 0.5) p["true"] = 0.72;
        if (!on && share > 0.5) p["true"] = column.role.starts_with("flag_done") ? 0.6 : 0.3;
        return;
    }
    if (nought && (among(never_nought, column.role) || (value.empty() && !column.role.empty()))) return;
    if (kind == "choice") {
        if (!column.fixed) raise_choice(column, value);
        return;
    }
    // Cities and postal codes of the row are of its generator's country.
    if (column.role == "country" && column.generator.kind == "address" && table.by_role("city") != nullptr) return;
    if (column.role == "country" && column.type_class == 't') {
        column.generator = {"constant", {{"value", value}}};
        return;
    }
    double share = number ? (nought ? 0.4 : 0.35) : 0.55;
    if (column.role == "body" || column.role == "description" || column.role == "biography") share = 0.1;
    const std::string literal = number ? value : schema::quoted_literal(value);
    table.overrides.push_back({"", {{column.name(), literal}}, share});
}

}  // namespace

void relate_defaults(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        for (ColumnDraft& column : table.columns) {
            if (!column.facts.default_value || column.generated() || column.in_key || !column.foreign_keys.empty()) continue;
            if (column.generator.kind == "dish" && column.type_class == 'b') continue;  // the dish's own truth
            if (column.unique || column.base.is_array() || among(made_elsewhere, column.generator.kind)) continue;
            if (std::string_view("tinfb").find(column.type_class) == std::string_view::npos) continue;
            if (column.base.kind == schema::TypeKind::enumeration || !column.facts.one_of.empty()) continue;
            apply(table, column);
        }
    }
}

}  // namespace confab::planner
