#include "planner/fallbacks.hpp"
#include "planner/states.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "base/text.hpp"

namespace confab::planner {

namespace {

using schema::TypeKind;

constexpr int short_text = 12;

Json number(double value) {
    if (value == std::floor(value) && std::abs(value) < 9e15) return Json(static_cast<std::int64_t>(value));
    return Json(value);
}

Generator code_of_length(int length) {
    static const std::string letters = "AAA", digits = "######";
    if (length <= 1) return {"template", {{"template", "{A}"}}};
    if (length <= 3) return {"template", {{"template", "{" + std::string(static_cast<std::size_t>(length), 'A') + "}"}}};
    const auto count = static_cast<std::size_t>(std::min(length - 2, 6));
    return {"template", {{"template", "{AA}{" + digits.substr(0, count) + "}"}}};
}

Generator text_of(const TableDraft& table, const ColumnDraft& column) {
    const int length = length_of(column);
    const auto last_is = [&](std::string_view word) { return !column.words.empty() && column.words.back() == word; };
    if (column.alone_in_key || (length > 0 && length <= short_text) || last_is("code") || last_is("number") || last_is("id") || last_is("key"))
        return code_of_length(length < 0 ? 8 : length);
    if (last_is("name") || last_is("title") || last_is("label")) return fallback_name(table, column);
    if (length > 0 && length <= 60) return fallback_name(table, column);
    return {"text", {{"about", std::string(table.entity->prose)}, {"maximum", length > 0 && length <= 255 ? 1 : 3}}};
}

Generator json_of() {
    return {"json", {{"fields", {{"source", {{"generator", "choice"}, {"values", {"web", "mobile", "import", "api"}}, {"weights", {50, 30, 8, 12}}}},
                                 {"version", {{"generator", "integer"}, {"min", 1}, {"max", 5}}},
                                 {"tags", {{"generator", "array"}, {"of", {{"generator", "vocabulary"}, {"list", "tags"}}}, {"max", 3}}}}}}};
}

}  // namespace

std::pair<double, double> number_bounds(const ColumnDraft& column) {
    double least = -9e15, most = 9e15;
    switch (column.base.kind) {
        case TypeKind::smallint: least = -32768; most = 32767; break;
        case TypeKind::integer: least = -2147483648.0; most = 2147483647; break;
        case TypeKind::oid: least = 0; most = 4294967295.0; break;
        case TypeKind::numeric:
            if (column.base.precision >= 0) {
                most = std::pow(10.0, column.base.precision - column.base.scale) - (column.base.scale > 0 ? std::pow(10.0, -column.base.scale) : 1);
                most = std::min(most, 9e15);
                least = -most;
            }
            break;
        default: break;
    }
    if (lower_ascii(column.declared->declared_type).find("unsigned") != std::string::npos) least = 0;
    const double lower = std::max(least, column.facts.lower.value_or(least));
    const double upper = std::min(most, column.facts.upper.value_or(most));
    // Checks that leave nothing are for the engine to refuse, by name.
    if (lower > upper) return {least, most};
    return {lower, upper};
}

void take_scale(ColumnDraft& column) {
    if (!column.facts.upper || column.type_class == 't') return;
    const double best = *column.facts.upper;
    Json& p = column.generator.parameters;
    if (column.role == "rating" && column.generator.kind == "choice" && best > 5 && best <= 10) {
        const auto worst = static_cast<std::int64_t>(std::ceil(column.facts.lower.value_or(1)));
        std::vector<std::string> values;
        p = {{"values", Json::array()}, {"weights", Json::array()}};
        for (std::int64_t value = worst; value <= static_cast<std::int64_t>(best); ++value) {
            p["values"].push_back(value);
            values.push_back(std::to_string(value));
        }
        for (const double weight : weights_of(values, "rating", {})) p["weights"].push_back(static_cast<std::int64_t>(weight));
        return;
    }
    const double usual = column.role == "score" ? 100 : 5;
    if (best == usual || (column.role == "rating" && best <= 10)) return;
    if (column.role != "rating" && column.role != "average_rating" && column.role != "score") return;
    const double scale = best / 100;
    p = {{"min", number(35 * scale)}, {"max", number(best)}, {"distribution", "normal"}, {"mean", number(79 * scale)}, {"deviation", number(12 * scale)}};
    if (column.type_class != 'i' && best <= 20) p["step"] = 0.1;
    column.generator.kind = column.type_class == 'i' ? "integer" : "decimal";
}

void bound_numbers(ColumnDraft& column) {
    Json& p = column.generator.parameters;
    const auto [least, most] = number_bounds(column);
    double low = p.contains("min") && p["min"].is_number() ? p["min"].get<double>() : (column.facts.lower ? least : 0);
    double high = p.contains("max") && p["max"].is_number() ? p["max"].get<double>() : (column.facts.upper ? most : std::max(low, least) + 1000);
    const bool was_within = low >= least && high <= most;
    low = std::clamp(low, least, most);
    high = std::clamp(high, least, most);
    // The checks speak of another scale than the name does (a discount of 0 to 1, a rating of 1 to 10): theirs counts.
    if (high <= low) {
        low = least > -9e15 ? least : std::min(0.0, most - 1000);
        high = most;
        if (column.facts.lower && !column.facts.upper) high = std::min(most, low + std::max(1000.0, std::abs(low)));
        p.erase("mean");
        p.erase("deviation");
        p.erase("distribution");
        p.erase("step");
        p.erase("endings");
    } else if (!was_within) {
        if (p.contains("mean") && (p["mean"].get<double>() <= low || p["mean"].get<double>() >= high)) p["mean"] = number(low + (high - low) * 0.3);
        if (column.type_class == 'i' && column.base.kind != TypeKind::numeric) {
            low = std::ceil(low);
            high = std::floor(high);
        }
    }
    p["min"] = number(low);
    p["max"] = number(high);
    if (column.type_class == 'i') {
        column.generator.kind = "integer";
        p["min"] = number(std::ceil(low));
        p["max"] = number(std::floor(high));
        p.erase("endings");
        if (p.contains("step") && (p["step"].get<double>() < 1 || p["step"].get<double>() != std::floor(p["step"].get<double>()))) p.erase("step");
    } else if (column.type_class == 'f') {
        column.generator.kind = "float";
    } else {
        column.generator.kind = "decimal";
        if (column.base.kind == TypeKind::numeric && column.base.precision >= 0 && column.base.scale < 2) p.erase("endings");
        if (column.base.kind == TypeKind::numeric && column.base.precision >= 0 && p.contains("step") &&
            p["step"].get<double>() < std::pow(10.0, -column.base.scale)) p.erase("step");
    }
}

int length_of(const ColumnDraft& column) {
    int length = column.base.length;
    if (column.facts.maximum_length && (length < 0 || *column.facts.maximum_length < length)) length = static_cast<int>(*column.facts.maximum_length);
    return length;
}

void fit_length(ColumnDraft& column) {
    const int length = length_of(column);
    if (length <= 0 || column.type_class != 't') return;
    const auto limit = static_cast<std::size_t>(length);
    Json& p = column.generator.parameters;
    if (column.generator.kind == "template" && !p.contains("fields")) {
        std::size_t characters = 0;
        for (const char c : p["template"].get<std::string>()) characters += c == '{' || c == '}' ? 0 : 1;
        if (characters > limit) column.generator = code_of_length(length);
        return;
    }
    constexpr std::size_t longest_seat = 4;  // 32F
    if (column.role == "seat" && limit >= longest_seat) return;
    if (column.generator.kind == "template" && limit < 12) {
        column.generator = code_of_length(length);
        return;
    }
    if (column.generator.kind != "choice") return;
    bool fits = true;
    for (const Json& value : p["values"]) fits &= !value.is_string() || character_count(value.get_ref<const std::string&>()) <= limit;
    if (fits) return;
    Json values = Json::array(), weights = Json::array();
    // Labels that fit are enough where there are several of them.
    for (std::size_t i = 0; i < p["values"].size(); ++i) {
        if (!p["values"][i].is_string() || character_count(p["values"][i].get_ref<const std::string&>()) > limit) continue;
        values.push_back(p["values"][i]);
        weights.push_back(p.contains("weights") ? p["weights"][i] : Json(1));
    }
    if (values.size() >= 2) {
        p["values"] = values;
        p["weights"] = weights;
        return;
    }
    values = weights = Json::array();
    for (std::size_t i = 0; i < p["values"].size(); ++i) {
        Json shorter(upper_ascii(first_characters(p["values"][i].get<std::string>(), limit)));
        if (std::find(values.begin(), values.end(), shorter) != values.end()) continue;
        values.push_back(shorter);
        weights.push_back(p.contains("weights") ? p["weights"][i] : Json(1));
    }
    p = {{"values", values}, {"weights", weights}};
}

Generator fallback_name(const TableDraft& table, const ColumnDraft& column) {
    const Json thing = {{"generator", "title"}, {"of", "thing"}};
    constexpr int room_for_kind = 40;
    const int length = length_of(column);
    const bool own = !table.words.empty() && !column.words.empty() && (column.words.back() == "name" || column.words.back() == "title") &&
                     (column.words.size() == 1 || column.words.front() == table.words.back());
    // A mill's name says that it is one; of a junction or a log nothing is known.
    if (!own || column.alone_in_key || table.entity->kind != EntityKind::unknown || (length > 0 && length < room_for_kind)) return {"title", {{"of", "thing"}}};
    std::string kind = table.words.back();
    kind.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(kind.front())));
    return {"template", {{"template", "{name} " + kind}, {"fields", {{"name", thing}}}}};
}

Generator fallback(const Draft& draft, const TableDraft& table, const ColumnDraft& column) {
    switch (column.type_class) {
        case 't': return text_of(table, column);
        case 'i': {
            ColumnDraft bounded = column;
            bounded.generator = {"integer", {{"min", 1}, {"max", 1000}, {"distribution", "lognormal"}, {"mean", 60}}};
            if (column.facts.lower || column.facts.upper) bounded.generator.parameters = Json::object();
            bound_numbers(bounded);
            return bounded.generator;
        }
        case 'n':
        case 'f': {
            ColumnDraft bounded = column;
            bounded.generator = {"decimal", {{"min", 0}, {"max", 1000}, {"distribution", "lognormal"}, {"mean", 80}}};
            if (column.facts.lower || column.facts.upper) bounded.generator.parameters = Json::object();
            bound_numbers(bounded);
            return bounded.generator;
        }
        case 'b': return {"boolean", {{"true", column.facts.default_value == "true" ? 0.82 : column.facts.default_value == "false" ? 0.16 : 0.42}}};
        case 'd': return {"date", {{"from", draft.day(-3 * 365)}, {"shape", "growth"}}};
        case 'm': return {"timestamp", {{"from", draft.day(-3 * 365)}, {"shape", "growth"}, {"hours", "waking"}}};
        case 'h': if (column.alone_in_key) return {"time", {{"from", "00:00"}, {"to", "23:59:59"}, {"precision", "1 second"}}};
            return {"time", {{"from", "07:00"}, {"to", "21:00"}, {"precision", "15 minutes"}}};
        case 'v': if (column.alone_in_key) return {"interval", {{"min", "1 second"}, {"max", "60 days"}, {"precision", "1 second"}}};
            return {"interval", {{"min", "15 minutes"}, {"max", "8 hours"}, {"precision", "15 minutes"}}};
        case 'u': return {"uuid", Json::object()};
        case 'j': return json_of();
        default: return {"any", Json::object()};
    }
}

Generator fallback_array(const Draft& draft, const TableDraft& table, const ColumnDraft& column) {
    ColumnDraft element = column;
    element.base.dimensions = 0;
    element.declared = column.declared;
    if (element.base.kind == TypeKind::enumeration) {
        const schema::Enumeration* labels = draft.schema->find_enumeration(element.base.user_type);
        Json values = Json::array();
        if (labels != nullptr) for (const std::string& label : labels->labels) values.push_back(label);
        if (!values.empty()) return {"array", {{"of", {{"generator", "choice"}, {"values", values}}}, {"max", 3}}};
    }
    Generator inner;
    if (column.understood.meaning != nullptr && !column.understood.meaning->generator.starts_with('@')) inner = generator_of(draft, column.understood.meaning->generator);
    else if (element.type_class == 't') inner = {"vocabulary", {{"list", "tags"}}};
    else inner = fallback(draft, table, element);
    if (inner.kind == "text") inner.parameters["maximum"] = 1;
    return {"array", {{"of", to_json(inner)}, {"min", column.nullable() ? 0 : 1}, {"max", 4}}};
}

}  // namespace confab::planner
