// The language of books, films and articles: nine in ten are in the language of the data's country, or in the
// one that the schema gives as DEFAULT. What people speak, and what is translated, is as varied as it was.
#include <algorithm>
#include <array>
#include <vector>

#include "vocabulary/vocabulary.hpp"

#include "base/text.hpp"
#include "planner/draft.hpp"

namespace confab::planner {

namespace {

constexpr double own_share = 0.9;

// What stands for the language of a locale (en_US): its code, its name, and both with the country.
std::vector<std::string> names_of_language(const std::string& locale) {
    const std::string code = locale.substr(0, locale.find('_'));
    std::vector<std::string> names = {code, locale};
    std::string tag = locale;
    std::replace(tag.begin(), tag.end(), '_', '-');
    names.push_back(tag);
    const vocabulary::List codes = vocabulary::find("list.languages.code");
    const vocabulary::List words = vocabulary::find("list.languages.name");
    for (std::size_t i = 0; i < std::min(codes.size(), words.size()); ++i) {
        if (codes[i] == code) names.emplace_back(words[i]);
    }
    return names;
}

std::optional<std::size_t> place_of(const Json& values, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i].is_string()) continue;
        const std::string value = values[i].get<std::string>();
        const auto same = [&](const std::string& name) { return equal_ignoring_case(value, name); };
        if (std::any_of(names.begin(), names.end(), same)) return i;
    }
    return std::nullopt;
}

// Gives one of the values nine in ten, and the others what is left in their proportions.
void prefer(Json& parameters, std::size_t own) {
    std::vector<double> weights(parameters["values"].size(), 1);
    double others = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (parameters.contains("weights")) weights[i] = parameters["weights"][i].get<double>();
        if (i != own) others += weights[i];
    }
    if (others <= 0) return;
    Json shares = Json::array();
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double share = i == own ? own_share : (1 - own_share) * weights[i] / others;
        shares.push_back(static_cast<std::int64_t>(share * 1000 + 0.5));
    }
    parameters["weights"] = shares;
}

bool is_translated(const TableDraft& table, const ColumnDraft& column) {
    static constexpr std::array<std::string_view, 9> words = {"translation", "localization", "localisation",
                                                              "subtitle",    "target",       "source",
                                                              "from",        "to",           "second"};
    const auto says = [](const Words& all) {
        return std::any_of(all.begin(), all.end(), [](const std::string& word) {
            return std::find(words.begin(), words.end(), word) != words.end();
        });
    };
    return says(table.words) || says(column.words);
}

}  // namespace

void relate_languages(Draft& draft) {
    const std::vector<std::string> of_locale =
        names_of_language(draft.options.locale.empty() ? "en_US" : draft.options.locale);
    for (TableDraft& table : draft.tables) {
        const EntityKind kind = table.entity->kind;
        if (!table.planned || kind == EntityKind::person || kind == EntityKind::lookup) continue;
        for (ColumnDraft& column : table.columns) {
            const bool language = column.role == "language" || column.role == "language_code";
            if (!language || column.generator.kind != "choice" || column.in_key || column.generated() ||
                is_translated(table, column))
                continue;
            const std::string given = column.facts.default_value.value_or("");
            const Json& values = column.generator.parameters["values"];
            std::optional<std::size_t> own = place_of(values, {given});
            if (!own && given.empty()) own = place_of(values, of_locale);
            if (own) prefer(column.generator.parameters, *own);
        }
    }
}

}  // namespace confab::planner
