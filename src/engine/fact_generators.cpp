#include "engine/fact_generators.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/dates.hpp"

namespace confab::engine {

namespace {

using plan::Json;
using schema::TypeKind;

Json number_json(const std::string& text) {
    Json number = Json::parse(text, nullptr, false);
    return number.is_number() ? number : Json(text);
}

// Patterns that the whole value has to match: what is open at an end gets some letters there, and `.*` stands for
// texts of several lengths.
std::vector<std::string> whole_patterns(std::string pattern, std::int64_t least) {
    std::string flags;
    if (pattern.starts_with("(?")) {
        const std::size_t end = pattern.find(')');
        if (end != std::string::npos && pattern.find_first_not_of("isU", 2) == end) {
            flags = pattern.substr(0, end + 1);
            pattern.erase(0, end + 1);
        }
    }
    const bool begins = pattern.starts_with("^");
    if (begins) pattern.erase(0, 1);
    const bool ends = pattern.ends_with("$") && !pattern.ends_with("\\$");
    if (ends) pattern.pop_back();
    std::vector<std::string> made{flags + pattern};
    std::vector<std::int64_t> lengths{0, 1, 2, 4, 8};
    for (std::int64_t length = least; length > 0 && length + 6 > least; --length) lengths.push_back(length);
    for (const std::int64_t length : lengths) {
        const std::string letters = "[a-z]{" + std::to_string(length) + "}";
        std::string filled;
        for (std::size_t at = 0; at < pattern.size();) {
            const bool any = pattern.compare(at, 2, ".*") == 0 && (at == 0 || pattern[at - 1] != '\\');
            filled += any ? letters : pattern.substr(at, 1);
            at += any ? 2 : 1;
        }
        if (!begins || !ends) filled = "(?:" + filled + ")";
        made.push_back(flags + (begins ? "" : letters) + filled + (ends ? "" : letters));
    }
    return made;
}

}  // namespace

std::vector<plan::Generator> generators_of(const expr::ColumnFact& fact, const schema::Type& type) {
    std::vector<plan::Generator> made;
    const auto add = [&](std::string kind, Json parameters) { made.push_back({std::move(kind), std::move(parameters)}); };
    if (!fact.one_of.empty()) {
        Json texts = Json::array();
        Json numbers = Json::array();
        for (const std::string& value : fact.one_of) {
            texts.push_back(value);
            numbers.push_back(number_json(value));
        }
        add("choice", {{"values", texts}});
        add("choice", {{"values", numbers}});
        return made;
    }
    if (type.is_array()) return made;
    if (schema::is_numeric(type.kind) && (fact.lower || fact.upper)) {
        const bool whole = schema::is_integer(type.kind);
        const auto value = [](const std::string& text) { return std::strtod(text.c_str(), nullptr); };
        constexpr double width = 1000;
        double low = fact.lower ? value(fact.lower->text) : std::min(0.0, value(fact.upper->text) - width);
        double high = fact.upper ? value(fact.upper->text) : std::max(low, 0.0) + width;
        if (fact.upper && !fact.lower && value(fact.upper->text) > 0) low = 0;
        if (type.kind == TypeKind::numeric && type.precision >= 0 && !fact.upper) {
            double most = 1;
            for (int digit = 0; digit < type.precision - type.scale; ++digit) most *= 10;
            double unit = 1;
            for (int digit = 0; digit < type.scale; ++digit) unit /= 10;
            high = std::min(high, most - unit);
        }
        if (type.kind == TypeKind::smallint && !fact.upper) high = std::min(high, 32767.0);
        if (whole) {
            std::int64_t first = fact.lower ? std::strtoll(fact.lower->text.c_str(), nullptr, 10) : static_cast<std::int64_t>(low);
            std::int64_t last = fact.upper ? std::strtoll(fact.upper->text.c_str(), nullptr, 10) : static_cast<std::int64_t>(high);
            if (fact.lower && !fact.lower->inclusive) ++first;
            if (fact.upper && !fact.upper->inclusive) --last;
            if (first <= last) add("integer", {{"min", first}, {"max", last}});
        } else {
            add("decimal", {{"min", fact.lower ? number_json(fact.lower->text) : Json(low)},
                            {"max", fact.upper ? number_json(fact.upper->text) : Json(high)}});
            add("decimal", {{"min", low}, {"max", high}});
        }
    }
    if (schema::is_temporal(type.kind) && (fact.lower || fact.upper)) {
        Json bounds = Json::object();
        if (fact.lower) bounds["from"] = fact.lower->text;
        if (fact.upper) bounds["to"] = fact.upper->text;
        // An end that is open: some years of room.
        constexpr std::int64_t room_days = 4 * 365;
        const auto day_of = [](const expr::Bound& bound) { return parse_date(std::string_view(bound.text).substr(0, 10)); };
        if (type.kind != TypeKind::time && !fact.upper && day_of(*fact.lower)) bounds["to"] = format_date(*day_of(*fact.lower) + room_days);
        if (type.kind != TypeKind::time && !fact.lower && day_of(*fact.upper)) bounds["from"] = format_date(*day_of(*fact.upper) - room_days);
        const char* kind = type.kind == TypeKind::date ? "date" : type.kind == TypeKind::time ? "time" : "timestamp";
        add(kind, bounds);
        // Times of day are cut off a bound: dates are understood everywhere.
        for (auto& [name, value] : bounds.items()) value = value.get<std::string>().substr(0, 10);
        add(kind, bounds);
    }
    if (schema::is_character(type.kind)) {
        for (const std::string& pattern : fact.patterns) {
            const std::int64_t length = std::min<std::int64_t>(fact.min_length.value_or(fact.max_length.value_or(0)), 200);
            for (std::string& whole : whole_patterns(pattern, length)) add("regex", {{"pattern", std::move(whole)}});
        }
        std::int64_t least = fact.min_length.value_or(1);
        std::int64_t most = fact.max_length.value_or(std::max<std::int64_t>(least, 12));
        if (type.length > 0) most = std::min<std::int64_t>(most, type.length);
        least = std::max<std::int64_t>(std::min(least, most), 1);
        most = std::min<std::int64_t>(most, least + 200);
        add("regex", {{"pattern", std::string(fact.upper_case ? "[A-Z]" : "[a-z]") + "{" + std::to_string(least) + "," +
                                      std::to_string(std::max(least, most)) + "}"}});
    }
    return made;
}

}  // namespace confab::engine
