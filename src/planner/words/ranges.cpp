// Between what and what: numbers, dates, lists; and places.
#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "base/dates.hpp"
#include "base/text.hpp"
#include "planner/words/clause.hpp"

namespace confab::planner::words {

namespace {

struct Bounds {
    std::optional<double> low, high;
};

bool below_word(const Clause& clause) { return clause.has_any({"under", "below", "less", "most", "maximum", "max", "cheaper", "<", "lower", "upto", "within"}) || (clause.has("up") && clause.has("to")); }
bool above_word(const Clause& clause) { return clause.has_any({"over", "above", "more", "least", "minimum", "min", ">", "higher", "exceeding"}); }

std::optional<Bounds> bounds_of(const Clause& clause) {
    const std::vector<std::size_t> at = clause.numbers(false);
    Bounds bounds;
    if (at.size() == 2) {
        bounds.low = *clause.tokens[at[0]].number;
        bounds.high = *clause.tokens[at[1]].number;
        // "40-120k", "between 40 and 120k": the unit of the second is that of the first.
        if (*bounds.low < 1000 && *bounds.high >= 1000 && clause.tokens[at[1]].text.ends_with('k') && !clause.tokens[at[0]].text.ends_with('k')) *bounds.low *= 1000;
        if (*bounds.low > *bounds.high) std::swap(bounds.low, bounds.high);
        const bool tied = clause.has_any({"between", "from", "to", "-", "range", "and"});
        return tied ? std::optional(bounds) : std::nullopt;
    }
    if (at.size() != 1) return std::nullopt;
    if (below_word(clause)) bounds.high = *clause.tokens[at[0]].number;
    else if (above_word(clause)) bounds.low = *clause.tokens[at[0]].number;
    else return std::nullopt;
    return bounds;
}

Json number_json(double value) {
    if (value == std::floor(value) && std::abs(value) < 9e15) return Json(static_cast<std::int64_t>(value));
    return Json(value);
}

bool is_year(const Token& token) { return token.number && !token.percent && *token.number >= 1900 && *token.number <= 2100 && *token.number == std::floor(*token.number) && token.text.size() == 4; }

constexpr std::array<std::string_view, 12> months = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};

int month_of(std::string_view word) {
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (months[i] == word || (word.size() == 3 && months[i].substr(0, 3) == word)) return static_cast<int>(i) + 1;
    }
    return 0;
}

struct Period { std::int64_t from, to; };

// The period that a token stands for: a day, a month of a year, a year.
std::optional<Period> period_at(const std::vector<Token>& tokens, std::size_t at) {
    if (tokens[at].date) {
        const auto day = parse_date(tokens[at].text);
        return Period{*day, *day};
    }
    if (!is_year(tokens[at])) return std::nullopt;
    const auto year = static_cast<std::int64_t>(*tokens[at].number);
    if (at > 0) {
        if (const int month = month_of(tokens[at - 1].word); month > 0) {
            const std::int64_t from = days_from_civil({year, month, 1});
            const std::int64_t next = month == 12 ? days_from_civil({year + 1, 1, 1}) : days_from_civil({year, month + 1, 1});
            return Period{from, next - 1};
        }
    }
    return Period{days_from_civil({year, 1, 1}), days_from_civil({year, 12, 31})};
}

std::optional<Period> window_of(const Clause& clause, std::int64_t as_of, bool& open_from, bool& open_to) {
    open_from = open_to = false;
    const auto unit_days = [&](std::string_view word) -> std::int64_t {
        if (word.starts_with("year")) return 365;
        if (word.starts_with("month")) return 30;
        if (word.starts_with("week")) return 7;
        return word.starts_with("day") ? 1 : 0;
    };
    for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
        const std::string& word = clause.tokens[i].word;
        if (word != "last" && word != "past" && word != "next" && word != "this") continue;
        std::int64_t count = 1;
        std::size_t unit = i + 1;
        if (unit < clause.tokens.size() && clause.tokens[unit].number) count = static_cast<std::int64_t>(*clause.tokens[unit++].number);
        if (unit >= clause.tokens.size()) continue;
        const std::int64_t days = unit_days(clause.tokens[unit].word);
        if (days == 0) continue;
        const Civil today = civil_from_days(as_of);
        if (word == "this" && days == 365) return Period{days_from_civil({today.year, 1, 1}), std::max(as_of, days_from_civil({today.year, 1, 2}))};
        if (word == "next") return Period{as_of, as_of + days * count};
        return Period{as_of - days * count, as_of - 1};
    }
    std::vector<Period> periods;
    for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
        if (const auto period = period_at(clause.tokens, i)) periods.push_back(*period);
    }
    if (periods.size() == 2) {
        if (periods[0].from > periods[1].from) std::swap(periods[0], periods[1]);
        return Period{periods[0].from, periods[1].to};
    }
    if (periods.size() != 1) return std::nullopt;
    if (clause.has_any({"after", "since", "from", "later"})) {
        open_to = true;
        return Period{clause.has("after") && periods[0].from != periods[0].to ? periods[0].to + 1 : periods[0].from, std::max(as_of - 1, periods[0].to + 365)};
    }
    if (clause.has_any({"before", "until", "earlier"})) {
        open_from = true;
        return Period{periods[0].from - 5 * 365, periods[0].from - 1};
    }
    return clause.has_any({"in", "during", "on", "of", "only"}) || !clause.tables.empty() ? std::optional(periods[0]) : std::nullopt;
}

struct CountryName { std::string_view words, country, code, locale; };
constexpr std::array<CountryName, 26> countries = {{
    {"germany|german|deutschland", "Germany", "DE", "de_DE"}, {"france|french", "France", "FR", "fr_FR"}, {"spain|spanish", "Spain", "ES", "es_ES"}, {"italy|italian", "Italy", "IT", "it_IT"},
    {"brazil|brazilian|portuguese", "Brazil", "BR", "pt_BR"}, {"netherlands|dutch|holland", "Netherlands", "NL", "nl_NL"}, {"poland|polish", "Poland", "PL", "pl_PL"}, {"japan|japanese", "Japan", "JP", "ja_JP"},
    {"uk|britain|england|british|united kingdom", "United Kingdom", "GB", "en_GB"}, {"usa|us|america|american|united states", "United States", "US", "en_US"},
    {"india|indian", "India", "IN", ""}, {"canada|canadian", "Canada", "CA", ""}, {"mexico|mexican", "Mexico", "MX", ""}, {"australia|australian", "Australia", "AU", ""}, {"china|chinese", "China", "CN", ""},
    {"sweden|swedish", "Sweden", "SE", ""}, {"norway|norwegian", "Norway", "NO", ""}, {"denmark|danish", "Denmark", "DK", ""}, {"austria|austrian", "Austria", "AT", ""}, {"switzerland|swiss", "Switzerland", "CH", ""},
    {"belgium|belgian", "Belgium", "BE", ""}, {"portugal", "Portugal", "PT", ""}, {"ireland|irish", "Ireland", "IE", ""}, {"turkey|turkish", "Turkey", "TR", ""}, {"greece|greek", "Greece", "GR", ""}, {"argentina", "Argentina", "AR", ""}}};

const CountryName* country_in(const Clause& clause) {
    const std::string text = " " + lower_ascii(clause.text) + " ";
    for (const CountryName& each : countries) {
        for (const std::string_view word : split(each.words, '|')) {
            const std::size_t at = text.find(" " + std::string(word));
            if (at == std::string::npos) continue;
            const char after = text[at + 1 + word.size()];
            if ((after >= 'a' && after <= 'z')) continue;
            if (word == "us" && clause.text.find("US") == std::string::npos) continue;
            return &each;
        }
    }
    return nullptr;
}

void set_locale(Json& json, const std::string& locale) {
    if (!json.is_object()) return;
    const std::string kind = json.value("generator", "");
    if (kind == "person" || kind == "address" || kind == "company" || kind == "finance" || kind == "vehicle") {
        json["locale"] = locale;
        json.erase("spread");
    }
    for (auto& [key, value] : json.items()) {
        if (value.is_object()) set_locale(value, locale);
        if (value.is_array()) for (auto& each : value) if (each.is_object()) set_locale(each, locale);
    }
}

void set_locale(plan::Generator& generator, const std::string& locale) {
    Json json = to_json(generator);
    set_locale(json, locale);
    generator.parameters = Json::object();
    for (const auto& [key, value] : json.items()) if (key != "generator") generator.parameters[key] = value;
}

}  // namespace

bool set_dates(Editing& editing, const Clause& clause) {
    bool open_from = false, open_to = false;
    const auto window = window_of(clause, editing.draft.as_of, open_from, open_to);
    if (!window) return false;
    std::optional<schema::TableId> table = clause.table() ? clause.table() : editing.about;
    std::optional<schema::ColumnId> column;
    if (const auto named = best_column(editing, clause, "dm", clause.table_spans())) {
        table = named->table;
        column = named->column;
    } else if (const auto whole = best_column(editing, clause, "dm")) {
        if (!clause.table() || whole->table == *clause.table()) {
            table = whole->table;
            if (whole->score > 6) column = whole->column;
        }
    }
    if (!table) return false;
    const TableDraft& draft = editing.draft.tables[*table];
    if (!column) {
        // The table's own time: what ascends, else the first date by which its rows are told apart.
        for (const plan::ColumnPlan& each : planned_table(editing, *table).columns) {
            if (each.generator.kind == "event_time") column = draft.declared->find_column(each.column);
        }
        static constexpr std::array<std::string_view, 7> roles = {"occurred", "start", "scheduled", "checkin", "created", "hire", "paid"};
        for (const std::string_view role : roles) {
            if (!column) if (const ColumnDraft* each = draft.by_role(role); each != nullptr && (each->type_class == 'd' || each->type_class == 'm')) column = each->id;
        }
    }
    if (!column) return false;
    plan::ColumnPlan* planned = planned_column(editing, *table, *column);
    if (planned == nullptr) return false;
    const std::string from = format_date(window->from), to = format_date(window->to);
    std::string& kind = planned->generator.kind;
    if (kind == "event_time" || kind == "date" || kind == "timestamp") {
        planned->generator.parameters["from"] = from;
        planned->generator.parameters["to"] = to;
    } else {
        kind = column_of(editing, *table, *column).type_class == 'd' ? "date" : "timestamp";
        planned->generator.parameters = {{"from", from}, {"to", to}};
    }
    // Rows cannot be older than what they refer to: parents begin earlier.
    for (const schema::ForeignKey& key : draft.declared->foreign_keys) {
        plan::TablePlan* parent = editing.plan.find(editing.draft.parent_of(key).name());
        if (parent == nullptr || editing.draft.parent_of(key).id == *table) continue;
        for (plan::ColumnPlan& each : parent->columns) {
            if (each.generator.kind != "event_time" || !each.generator.parameters.contains("from")) continue;
            const std::string before = format_date(window->from - 365);
            if (each.generator.parameters["from"].get<std::string>() > before) each.generator.parameters["from"] = before;
        }
    }
    editing.about = *table;
    return true;
}

bool set_range(Editing& editing, const Clause& clause) {
    const auto bounds = bounds_of(clause);
    if (!bounds) return false;
    const auto named = best_column(editing, clause, "inf");
    if (!named) return false;
    plan::ColumnPlan* planned = planned_column(editing, named->table, named->column);
    if (planned == nullptr) return false;
    const ColumnDraft& column = column_of(editing, named->table, named->column);
    if ((bounds->low && column.facts.upper && *bounds->low > *column.facts.upper) || (bounds->high && column.facts.lower && *bounds->high < *column.facts.lower)) {
        editing.notes.push_back(name_of(editing, named->table, named->column) + ": the range is outside what its CHECK allows");
        editing.refused = true;
        return true;
    }
    const std::vector<std::string> allowed = allowed_values(editing.draft, column);
    Json& p = planned->generator.parameters;
    const std::string kind = planned->generator.kind;
    const bool bounded_kind = kind == "integer" || kind == "decimal" || kind == "float" || ((kind == "product" || kind == "dish" || kind == "job") && p.contains("field"));
    if (kind == "choice") {
        Json values = Json::array(), weights = Json::array();
        for (std::size_t i = 0; i < p["values"].size(); ++i) {
            if (!p["values"][i].is_number()) continue;
            const double value = p["values"][i].get<double>();
            if ((bounds->low && value < *bounds->low) || (bounds->high && value > *bounds->high)) continue;
            values.push_back(p["values"][i]);
            weights.push_back(p.contains("weights") ? p["weights"][i] : Json(1));
        }
        if (!values.empty() && (!allowed.empty() || values.size() > 1)) {
            p = {{"values", values}, {"weights", weights}};
            editing.about = named->table;
            return true;
        }
    }
    if (!allowed.empty()) {
        editing.notes.push_back(name_of(editing, named->table, named->column) + " has only the values " + enumerate(allowed, "and"));
        editing.refused = true;
        return true;
    }
    const double old_low = p.contains("min") && p["min"].is_number() ? p["min"].get<double>() : column.facts.lower.value_or(0);
    double low = bounds->low.value_or(bounds->high && old_low >= *bounds->high ? column.facts.lower.value_or(0) : old_low);
    const double old_high = p.contains("max") && p["max"].is_number() ? p["max"].get<double>() : low * 3 + 100;
    double high = bounds->high.value_or(old_high > low ? old_high : low * 3 + 100);
    if (column.facts.lower) low = std::max(low, *column.facts.lower);
    if (column.facts.upper) high = std::min(high, *column.facts.upper);
    if (!bounded_kind || kind == "job" || kind == "product" || kind == "dish") {
        // A record's own price range need not reach into the one that is wanted: a plain distribution does.
        planned->generator = {column.type_class == 'i' ? "integer" : column.type_class == 'f' ? "float" : "decimal", Json::object()};
        planned->generator.parameters["distribution"] = "lognormal";
        planned->generator.parameters["mean"] = number_json(std::floor(low + (high - low) * 0.4));
        if (column.role == "salary") planned->generator.parameters["step"] = 100;
    }
    Json& made = planned->generator.parameters;
    made["min"] = number_json(low);
    made["max"] = number_json(high);
    // A step that was sane for the old range may leave nothing of the new one: hourly pay has none of a salary's hundreds.
    if (made.contains("step") && made["step"].is_number() && made["step"].get<double>() * 10 > high - low) {
        const double quarter = 0.25;
        if (column.type_class == 'n' && quarter * 10 <= high - low) made["step"] = quarter;
        else made.erase("step");
    }
    if (made.contains("mean") && (made["mean"].get<double>() <= low || made["mean"].get<double>() >= high)) made["mean"] = number_json(std::floor((low + (high - low) * 0.4) * 100) / 100);
    forget_overrides(planned_table(editing, named->table), column.name());
    editing.about = named->table;
    return true;
}

bool set_list(Editing& editing, const Clause& clause) {
    // "cuisine only Italian or Thai", "ratings mostly 4 or 5", "status is one of open, closed", "role must be admin".
    const auto named = best_column(editing, clause, "tinf", {});
    if (!named) return false;
    const bool mostly = clause.has_any({"mostly", "mainly", "usually", "often", "primarily", "typically"});
    const bool only = clause.has_any({"only", "one", "must", "always", "either", "should", "limited", "just"}) || clause.has("all");
    if (!mostly && !only && !clause.has("or")) return false;
    const ColumnDraft& column = column_of(editing, named->table, named->column);
    plan::ColumnPlan* planned = planned_column(editing, named->table, named->column);
    if (planned == nullptr) return false;
    std::vector<std::string> wanted;
    std::string value;
    const auto flush = [&] {
        if (!value.empty()) wanted.push_back(value);
        value.clear();
    };
    static constexpr std::array<std::string_view, 30> frame = {"only", "mostly", "mainly", "usually", "often", "primarily", "typically", "must", "be", "is", "are", "should", "always", "either", "of", "limited", "to",
                                                               "just", "the", "a", "an", "in", "have", "has", "with", "can", "stars", "star", "all", ":"};
    const std::vector<Span> tables = clause.table_spans();
    for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
        const Token& token = clause.tokens[i];
        const bool in_table = std::any_of(tables.begin(), tables.end(), [&](const Span& span) { return span.contains(i); });
        const bool one_of = token.word == "one" && i + 1 < clause.tokens.size() && clause.tokens[i + 1].word == "of";
        if (token.word == "or" || token.word == "and" || token.word == ",") {
            flush();
        } else if (!token.quoted && (named->span.contains(i) || in_table || one_of || std::find(frame.begin(), frame.end(), token.word) != frame.end())) {
            flush();
        } else {
            value += (value.empty() ? "" : " ") + token.text;
        }
    }
    flush();
    if (wanted.empty()) return false;
    Json values = Json::array();
    for (const std::string& each : wanted) {
        std::string why;
        const auto made = value_for(editing, column, each, why);
        if (!made) {
            editing.notes.push_back(name_of(editing, named->table, named->column) + ": " + why);
            editing.refused = true;
            return true;
        }
        values.push_back(*made);
    }
    Json weights = Json::array();
    for (std::size_t i = 0; i < values.size(); ++i) weights.push_back(85.0 / static_cast<double>(values.size()));
    if (mostly) {
        Json others = Json::array();
        const Json& p = planned->generator.parameters;
        if (planned->generator.kind == "choice") for (const Json& each : p["values"]) if (std::find(values.begin(), values.end(), each) == values.end()) others.push_back(each);
        const bool stars = planned->generator.kind != "choice" && column.type_class == 'i' && (column.role == "rating" || (column.facts.lower && column.facts.upper && *column.facts.upper - *column.facts.lower <= 10));
        if (stars) for (auto star = static_cast<std::int64_t>(column.facts.lower.value_or(1)); star <= static_cast<std::int64_t>(column.facts.upper.value_or(5)); ++star) if (std::find(values.begin(), values.end(), Json(star)) == values.end()) others.push_back(star);
        for (const Json& each : others) {
            values.push_back(each);
            weights.push_back(15.0 / static_cast<double>(others.size()));
        }
    }
    planned->generator = {"choice", {{"values", values}, {"weights", weights}}};
    if (!mostly) planned->generator.parameters.erase("weights");
    forget_overrides(planned_table(editing, named->table), column.name());
    editing.about = named->table;
    return true;
}

bool set_place(Editing& editing, const Clause& clause) {
    const CountryName* country = country_in(clause);
    if (country == nullptr) return false;
    const bool language = clause.has_any({"language", "names", "name", "speaking", "locale"}) || (clause.tables.empty() && clause.has("in"));
    if (clause.tables.empty() && !language) return false;
    // A cuisine or a language of the table may be what is meant: those are lists.
    if (!clause.tables.empty() && !clause.has_any({"from", "in", "based", "living", "located", "live"})) return false;
    const std::string locale(country->locale);
    if (clause.tables.empty()) {
        if (locale.empty()) return false;
        editing.plan.locale = locale;
        return true;
    }
    bool changed = false;
    for (const TableMention& mention : clause.tables) {
        plan::TablePlan& table = planned_table(editing, mention.table);
        for (plan::ColumnPlan& column : table.columns) {
            const ColumnDraft* draft = const_cast<TableDraft&>(editing.draft.tables[mention.table]).find(column.column);
            const plan::Generator before = column.generator;
            if (!locale.empty()) set_locale(column.generator, locale);
            if (draft != nullptr && draft->type_class == 't' && draft->foreign_keys.empty()) {
                if (draft->role == "country") column.generator = {"constant", {{"value", draft->base.length == 2 ? std::string(country->code) : std::string(country->country)}}};
                if (draft->role == "country_code" && draft->base.length != 3) column.generator = {"constant", {{"value", std::string(country->code)}}};
            }
            changed |= !(before == column.generator);
        }
        editing.about = mention.table;
    }
    return changed;
}

bool set_relative(Editing& editing, const Clause& clause) {
    // "London prices 10 % higher", "raise salaries by 5 %", "double the prices", "prices in Rome 20 % lower".
    const auto percents = clause.numbers(true);
    const bool up = clause.has_any({"higher", "more", "increase", "raise", "up", "expensive", "increased", "raised", "above", "larger", "greater"});
    const bool down = clause.has_any({"lower", "less", "decrease", "reduce", "down", "cheaper", "decreased", "reduced", "below", "smaller"});
    double factor = 0;
    if (clause.has_any({"double", "twice", "doubled"})) factor = 2;
    else if (clause.has_any({"triple", "tripled"})) factor = 3;
    else if (clause.has_any({"halve", "halved"})) factor = 0.5;
    else if (percents.size() == 1 && (up || down)) factor = 1 + (up ? 1 : -1) * *clause.tokens[percents[0]].number / 100;
    if (factor <= 0) return false;
    const auto named = best_column(editing, clause, "inf");
    if (!named) return false;
    const ColumnDraft& column = column_of(editing, named->table, named->column);
    plan::TablePlan& table = planned_table(editing, named->table);
    std::string when;
    // Of which rows: a value of an enum or list, or a capitalised word that is a place or a name of the row.
    const std::vector<ValueMention> values = values_in(editing.draft, editing.plan, clause.tokens, named->table, {named->span});
    if (!values.empty()) {
        const ColumnDraft& by = column_of(editing, values[0].table, values[0].column);
        when = sql_name(by) + " = " + literal_of(by, values[0].value);
    } else {
        std::string proper;
        for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
            const Token& token = clause.tokens[i];
            const bool capital = !token.text.empty() && token.text[0] >= 'A' && token.text[0] <= 'Z';
            const bool first = i == 0 && (is_filler(token.word) || token.word == "increase" || token.word == "raise" || token.word == "reduce" || token.word == "decrease" || token.word == "double" || token.word == "triple" || token.word == "halve" || token.word == "lower");
            const bool in_table = std::any_of(clause.tables.begin(), clause.tables.end(), [&](const TableMention& each) { return each.span.contains(i); });
            if ((capital || token.quoted) && !first && !named->span.contains(i) && !in_table) proper += (proper.empty() ? "" : " ") + token.text;
        }
        if (!proper.empty()) {
            const TableDraft& draft = editing.draft.tables[named->table];
            const std::string literal = schema::quoted_literal(proper);
            const auto could_be = [&](const ColumnDraft* by) {
                return by != nullptr && by->type_class == 't' && !by->base.is_array() && allowed_values(editing.draft, *by).empty();
            };
            // A proper name is a place before it is anything else, the row's own or its parent's.
            static constexpr std::array<std::string_view, 3> places = {"city", "state", "country"};
            static constexpr std::array<std::string_view, 6> others = {"cuisine", "category", "department", "brand", "name", "company"};
            const auto look = [&](std::span<const std::string_view> roles) {
                for (const std::string_view role : roles) {
                    if (when.empty() && could_be(draft.by_role(role))) when = sql_name(*draft.by_role(role)) + " = " + literal;
                }
                for (std::size_t key = 0; when.empty() && key < draft.declared->foreign_keys.size(); ++key) {
                    const TableDraft& parent = editing.draft.parent_of(draft.declared->foreign_keys[key]);
                    for (const std::string_view role : roles) {
                        if (when.empty() && could_be(parent.by_role(role))) when = sql_path(draft, key, *parent.by_role(role)) + " = " + literal;
                    }
                }
            };
            look(places);
            look(others);
            if (when.empty()) return false;
        }
    }
    const int scale = column.type_class == 'i' ? 0 : column.base.kind == schema::TypeKind::numeric && column.base.precision >= 0 ? column.base.scale : 2;
    std::string number = std::to_string(factor);
    while (number.ends_with('0')) number.pop_back();
    if (number.ends_with('.')) number.pop_back();
    const std::string sql = column.type_class == 'f' ? sql_name(column) + " * " + number : "round(" + sql_name(column) + " * " + number + ", " + std::to_string(scale) + ")";
    table.overrides.push_back({when, {{column.name(), sql}}, std::nullopt});
    editing.about = named->table;
    return true;
}

}  // namespace confab::planner::words
