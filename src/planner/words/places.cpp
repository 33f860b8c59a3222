// Where people, companies and addresses are: countries by the vocabulary's locales, states and cities by its
// places.
#include <algorithm>
#include <fmt/format.h>

#include "vocabulary/vocabulary.hpp"

#include "base/text.hpp"
#include "planner/words/clause.hpp"

namespace confab::planner::words {

namespace {

struct Country {
    std::string_view words, name, code, locale;
};

// An empty locale: no names and places of it are known here, its name alone can be written.
constexpr Country countries[] = {
    {"germany|german|deutschland|germans", "Germany", "DE", "de_DE"},
    {"france|french", "France", "FR", "fr_FR"},
    {"spain|spanish", "Spain", "ES", "es_ES"},
    {"italy|italian", "Italy", "IT", "it_IT"},
    {"brazil|brazilian|portuguese", "Brazil", "BR", "pt_BR"},
    {"netherlands|dutch|holland", "Netherlands", "NL", "nl_NL"},
    {"poland|polish", "Poland", "PL", "pl_PL"},
    {"japan|japanese", "Japan", "JP", "ja_JP"},
    {"uk|britain|england|british|english|united kingdom|great britain", "United Kingdom", "GB", "en_GB"},
    {"usa|us|america|american|united states", "United States", "US", "en_US"},
    {"india|indian", "India", "IN", ""},
    {"canada|canadian", "Canada", "CA", ""},
    {"mexico|mexican", "Mexico", "MX", ""},
    {"australia|australian", "Australia", "AU", ""},
    {"china|chinese", "China", "CN", ""},
    {"sweden|swedish", "Sweden", "SE", ""},
    {"norway|norwegian", "Norway", "NO", ""},
    {"denmark|danish", "Denmark", "DK", ""},
    {"austria|austrian", "Austria", "AT", ""},
    {"switzerland|swiss", "Switzerland", "CH", ""},
    {"belgium|belgian", "Belgium", "BE", ""},
    {"portugal", "Portugal", "PT", ""},
    {"ireland|irish", "Ireland", "IE", ""},
    {"turkey|turkish", "Turkey", "TR", ""},
    {"greece|greek", "Greece", "GR", ""},
    {"argentina", "Argentina", "AR", ""}};

// A country, or states and cities of one.
struct Place {
    const Country* country = nullptr;
    std::vector<std::string> within;
    bool several = false;  // countries
};

// The words of `name` at token i; returns the position behind them.
std::size_t spelt_at(const Clause& clause, std::size_t i, std::string_view name) {
    for (const std::string_view word : split(name, ' ')) {
        if (i >= clause.tokens.size() || fold_case(clause.tokens[i].text) != fold_case(word)) return 0;
        ++i;
    }
    return i;
}

const Country* country_at(const Clause& clause, std::size_t i, std::size_t& end) {
    for (const Country& each : countries) {
        for (const std::string_view name : split(each.words, '|')) {
            const std::size_t behind = spelt_at(clause, i, name);
            if (behind == 0 || (name == "us" && clause.tokens[i].text != "US")) continue;
            end = behind;
            return &each;
        }
    }
    return nullptr;
}

// A state or a city, by name, of the country: those that a plan's `in` knows.
bool is_place_of(const Clause& clause, std::size_t i, std::string_view country, std::size_t& end) {
    end = 0;
    for (const std::string_view field : {"state", "city"}) {
        const vocabulary::List names = vocabulary::find(fmt::format("place.{}.{}", country, field));
        for (std::size_t n = 0; n < names.size(); ++n) end = std::max(end, spelt_at(clause, i, names[n]));
    }
    const vocabulary::List codes = vocabulary::find(fmt::format("place.{}.code", country));
    const bool capitals =
        clause.tokens[i].text.size() == 2 && clause.tokens[i].text == upper_ascii(clause.tokens[i].text);
    for (std::size_t n = 0; capitals && end == 0 && n < codes.size(); ++n)
        end = codes[n] == clause.tokens[i].text ? i + 1 : 0;
    return end > 0;
}

const Country* country_of_locale(std::string_view locale) {
    const auto found = std::find_if(std::begin(countries), std::end(countries),
                                    [&](const Country& each) { return each.locale == locale; });
    return found == std::end(countries) ? nullptr : found;
}

std::optional<Place> place_in(Clause& clause, const std::string& locale) {
    Place place;
    std::vector<const Country*> order = {country_of_locale(locale)};
    for (const Country& each : countries)
        if (!each.locale.empty()) order.push_back(&each);
    for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
        if (clause.in_table(i)) continue;
        std::size_t end = 0;
        const Country* country = country_at(clause, i, end);
        if (country != nullptr) {
            place.several |= place.country != nullptr && place.country != country;
            place.country = country;
            clause.use({i, end});
            i = end - 1;
            continue;
        }
        // Names of places are written with a capital: "Reading" is a city, "reading" is none.
        const bool capital = clause.tokens[i].text[0] >= 'A' && clause.tokens[i].text[0] <= 'Z';
        if (!capital || clause.tokens[i].number || (i == 0 && is_filler(clause.tokens[i].word))) continue;
        for (const Country* each : order) {
            if (each == nullptr || (place.country != nullptr && each != place.country) ||
                !is_place_of(clause, i, each->code, end))
                continue;
            std::string name;
            for (std::size_t n = i; n < end; ++n) name += (name.empty() ? "" : " ") + clause.tokens[n].text;
            place.country = each;
            place.within.push_back(name);
            clause.use({i, end});
            i = end - 1;
            break;
        }
    }
    return place.country == nullptr ? std::nullopt : std::optional(place);
}

bool is_of_places(std::string_view kind) {
    return kind == "address";
}
bool is_of_people(std::string_view kind) {
    return kind == "person";
}
bool has_locale(std::string_view kind) {
    return is_of_places(kind) || is_of_people(kind) || kind == "company" || kind == "finance" ||
           kind == "vehicle";
}

// Sets locale and place in a generator and in those inside of it.
void move_to(Json& json, const Place& place, bool people_only) {
    if (!json.is_object()) return;
    const std::string kind = json.value("generator", "");
    if (has_locale(kind) && !place.country->locale.empty() && (!people_only || is_of_people(kind))) {
        json["locale"] = std::string(place.country->locale);
        json.erase("spread");
    }
    if (is_of_places(kind) && !people_only) {
        json.erase("in");
        if (!place.within.empty()) json["in"] = place.within;
    }
    for (auto& [key, value] : json.items()) {
        if (value.is_object()) move_to(value, place, people_only);
        if (value.is_array())
            for (auto& each : value) move_to(each, place, people_only);
    }
}

void move_to(plan::Generator& generator, const Place& place, bool people_only) {
    Json json = to_json(generator);
    move_to(json, place, people_only);
    generator.parameters = Json::object();
    for (const auto& [key, value] : json.items())
        if (key != "generator") generator.parameters[key] = value;
}

bool move_table(Editing& editing, schema::TableId id, const Place& place, bool people_only) {
    plan::TablePlan& table = planned_table(editing, id);
    bool changed = false;
    for (plan::ColumnPlan& column : table.columns) {
        const auto found = editing.draft.tables[id].declared->find_column(column.column);
        const plan::Generator before = column.generator;
        move_to(column.generator, place, people_only);
        if (found && !people_only) {
            const ColumnDraft& draft = column_of(editing, id, *found);
            const bool free = draft.type_class == 't' && draft.foreign_keys.empty() &&
                              allowed_values(editing.draft, draft).empty();
            const bool own = column.generator.kind == "address" && !place.country->locale.empty();
            if (free && draft.role == "country" && !own)
                column.generator = {"constant",
                                    {{"value", std::string(draft.base.length == 2 ? place.country->code
                                                                                  : place.country->name)}}};
            if (free && draft.role == "country_code" && draft.base.length != 3 && !own)
                column.generator = {"constant", {{"value", std::string(place.country->code)}}};
        }
        changed |= !(before == column.generator);
    }
    return changed;
}

std::string said(const Place& place) {
    return place.within.empty()
               ? std::string(place.country->name)
               : enumerate(place.within, "or") + " (" + std::string(place.country->name) + ")";
}

}  // namespace

bool set_place(Editing& editing, Clause& clause) {
    const auto place = place_in(clause, editing.plan.locale);
    if (!place) return false;
    const bool names = clause.use_words({"names", "name"});
    const bool language = clause.use_words({"language", "locale", "speaking", "everything"});
    const bool placed = clause.use_words({"from", "in", "based", "living", "located", "live", "situated",
                                          "within", "near", "come", "born", "to"});
    const bool people = clause.use_words({"people", "persons"});
    clause.use_words(
        {"addresses", "address", "cities", "city", "state", "or", "phones", "inhabitants", "residents"});
    clause.use_universal();
    clause.use_tables();
    const bool them = clause.use_words({"them", "they", "all"});
    if (!clause.accounted()) return false;
    if (place->several) {
        editing.refused.push_back("people and places are of one country at a time");
        return true;
    }
    if (clause.tables.empty() && them && placed && editing.about)
        clause.tables.push_back({*editing.about, {}});
    if (clause.tables.empty()) {
        if (!names && !language && !placed && !people) return false;
        bool changed = false;
        for (plan::TablePlan& table : editing.plan.tables) {
            if (const auto id = editing.draft.schema->find_table(table.table))
                changed |= move_table(editing, *id, *place, names);
        }
        if (!names && !place->country->locale.empty()) {
            changed |= editing.plan.locale != place->country->locale || place->country->locale == "en_US";
            editing.plan.locale = std::string(place->country->locale);
        }
        if (changed)
            editing.understood.push_back((names ? "people's names: " : "people and places: ") + said(*place));
        return changed;
    }
    for (const TableMention& mention : clause.tables) {
        std::vector<schema::TableId> targets = {mention.table};
        // Orders from Germany are those of customers from Germany.
        const TableDraft& draft = editing.draft.tables[mention.table];
        bool changed = move_table(editing, mention.table, *place, names);
        for (const schema::ForeignKey& key : draft.declared->foreign_keys) {
            const TableDraft& parent = editing.draft.parent_of(key);
            if (changed || parent.entity->kind != EntityKind::person || parent.id == mention.table) continue;
            changed = move_table(editing, parent.id, *place, names);
            targets = {parent.id};
        }
        if (!changed) return false;
        editing.understood.push_back(editing.draft.tables[targets.front()].name() + ": " +
                                     (names ? "names as in " : "in ") + said(*place));
        editing.about = mention.table;
    }
    return true;
}

}  // namespace confab::planner::words
