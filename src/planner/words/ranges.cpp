// Between what and what: "between 40k and 120k", "under $20", "at least 3", "aged 18 to 65", "around 60k".
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "base/text.hpp"
#include "planner/fallbacks.hpp"
#include "planner/words/clause.hpp"

namespace confab::planner::words {

namespace {

struct Bounds {
    std::optional<double> low, high, mean;
    bool percent = false;
    bool empty() const { return !low && !high && !mean; }
};

enum class Side { none, low, high, mean };

// What a word before or behind a number says of it.
Side side_of(std::string_view word) {
    static constexpr std::string_view lows[] = {"over",    "above",   "more",      "greater", "least",
                                                "minimum", "min",     "exceeding", "exceed",  "starting",
                                                "higher",  "upwards", "larger",    "older",   ">"};
    static constexpr std::string_view highs[] = {"under",   "below",   "less",    "fewer", "most",
                                                 "maximum", "max",     "cheaper", "lower", "within",
                                                 "smaller", "younger", "<"};
    static constexpr std::string_view means[] = {
        "around", "about", "average", "averaging", "averages", "mean", "approximately", "roughly", "circa"};
    const auto among = [&](auto& words) {
        return std::find(std::begin(words), std::end(words), word) != std::end(words);
    };
    return among(lows) ? Side::low : among(highs) ? Side::high : among(means) ? Side::mean : Side::none;
}

Side opposite(Side side) {
    return side == Side::low ? Side::high : side == Side::high ? Side::low : side;
}

class BoundsReader {
  public:
    explicit BoundsReader(Clause& clause) : clause_(clause) {
        for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
            const bool universal = clause.word_at(i, {"all", "every"});
            if (clause.tokens[i].number && !clause.tokens[i].quoted && !clause.in_table(i) && !universal)
                at_.push_back(i);
        }
    }

    std::optional<Bounds> read() {
        if (at_.empty() || at_.size() > 2) return std::nullopt;
        Bounds bounds;
        bounds.percent = clause_.tokens[at_.back()].percent;
        if (at_.size() == 2 && is_pair()) {
            bounds.low = number(0);
            bounds.high = number(1);
            // "40-120k": the unit of the second is that of the first, too.
            const bool thousands =
                clause_.tokens[at_[1]].word.ends_with('k') && !clause_.tokens[at_[0]].word.ends_with('k');
            if (thousands && *bounds.low < 1000) *bounds.low *= 1000;
            if (*bounds.low > *bounds.high) return std::nullopt;
            clause_.use({at_[0], at_[1] + 1});
            clause_.use_words({"between", "from", "range", "ranging", "ranges"});
        } else {
            for (std::size_t i = 0; i < at_.size(); ++i) {
                const Side side = side_at(at_[i], i == 0 ? 0 : at_[i - 1] + 1);
                std::optional<double>* bound = side == Side::low    ? &bounds.low
                                               : side == Side::high ? &bounds.high
                                               : side == Side::mean ? &bounds.mean
                                                                    : nullptr;
                if (bound == nullptr || *bound) return std::nullopt;
                *bound = number(i);
                clause_.use(at_[i]);
            }
        }
        use_units();
        if (bounds.mean) clause_.use_words({"average", "averages", "mean", "on", "usual"});
        if (bounds.low && bounds.high && *bounds.low > *bounds.high) return std::nullopt;
        return bounds;
    }

    // Was the word taken for one that says on which side of a number the values lie ("average", "age over")?
    bool turns(std::size_t i) const {
        return std::find(turning_.begin(), turning_.end(), i) != turning_.end();
    }

  private:
    double number(std::size_t i) const { return *clause_.tokens[at_[i]].number; }

    bool is_pair() const {
        if (at_[1] != at_[0] + 2) return false;
        if (clause_.word_at(at_[0] + 1, {"to", "-"})) return true;
        return clause_.word_at(at_[0] + 1, "and") && clause_.has_any({"between", "range", "ranging"});
    }

    // The nearest words before the number say on which side the values lie; else those right behind it.
    Side side_at(std::size_t at, std::size_t from) {
        for (std::size_t i = at; i-- > from;) {
            const std::string& word = clause_.tokens[i].word;
            if (clause_.word_at(i, {"than", "at", "of", "a", "the", "is", "=", "by"})) continue;
            if (clause_.word_at(i, {"from", "or", "equal"})) {
                clause_.use(i);
                continue;
            }
            if (word == "to" && i > from && clause_.word_at(i - 1, "up")) {
                clause_.use({i - 1, i + 1});
                return denied(i - 1, from) ? Side::none : Side::high;
            }
            const Side side = side_of(word);
            if (side == Side::none) break;
            clause_.use({i, at});
            turning_.push_back(i);
            return denied(i, from) ? opposite(side) : side;
        }
        const std::size_t next = at + 1;
        if (clause_.word_at(next, {"or", "and"}) &&
            clause_.word_at(next + 1, {"more", "above", "higher", "up", "over", "upwards", "older"})) {
            clause_.use({next, next + 2});
            return Side::low;
        }
        if (clause_.word_at(next, {"or", "and"}) &&
            clause_.word_at(next + 1, {"less", "below", "lower", "fewer", "under", "younger"})) {
            clause_.use({next, next + 2});
            return Side::high;
        }
        if (clause_.word_at(next, {"max", "maximum", "min", "minimum"})) {
            clause_.use(next);
            return side_of(clause_.tokens[next].word);
        }
        if (clause_.word_at(next, "at") && clause_.word_at(next + 1, {"most", "least"})) {
            clause_.use({next, next + 2});
            return side_of(clause_.tokens[next + 1].word);
        }
        return Side::none;
    }

    bool denied(std::size_t i, std::size_t from) {
        for (std::size_t back = 0; back < 2 && i > from; ++back) {
            --i;
            if (clause_.word_at(i, {"no", "not", "never", "nothing", "none"})) {
                clause_.use(i);
                return true;
            }
            if (!is_filler(clause_.tokens[i].word)) return false;
        }
        return false;
    }

    void use_units() {
        for (const std::size_t at : at_) {
            for (std::size_t i = at + 1; i < clause_.tokens.size() && i <= at + 2; ++i) {
                if (clause_.word_at(i,
                                    {"dollar", "dollars", "usd",    "euro",   "euros",    "eur",     "pounds",
                                     "gbp",    "bucks",   "year",   "years",  "minute",   "minutes", "hour",
                                     "hours",  "days",    "kg",     "g",      "km",       "cm",      "m",
                                     "stars",  "star",    "points", "yearly", "annually", "each"}))
                    clause_.use(i);
                else
                    break;
            }
        }
    }

    Clause& clause_;
    std::vector<std::size_t> at_;
    std::vector<std::size_t> turning_;
};

// Words that name a number without its name: "employees earning …", "products that cost …".
std::string_view role_of_verb(const Clause& clause) {
    struct Verb {
        std::string_view word, role;
    };
    static constexpr Verb verbs[] = {{"earn", "salary"},  {"earning", "salary"}, {"earns", "salary"},
                                     {"cost", "price"},   {"costs", "price"},    {"costing", "price"},
                                     {"priced", "price"}, {"weigh", "weight"},   {"weighing", "weight"},
                                     {"aged", "age"},     {"old", "age"},        {"older", "age"},
                                     {"younger", "age"},  {"age", "age"},        {"ages", "age"}};
    for (const Verb& verb : verbs) {
        if (clause.has(verb.word)) return verb.role;
    }
    return {};
}

void use_verbs(Clause& clause) {
    clause.use_words({"earn", "earning", "earns", "cost", "costs", "costing", "priced", "weigh", "weighing",
                      "aged", "old", "older", "younger", "age", "ages"});
}

std::vector<ColumnMention> columns_by_role(const Editing& editing, const Clause& clause,
                                           std::string_view role) {
    std::vector<ColumnMention> found;
    const std::optional<schema::TableId> within = clause.table() ? clause.table() : editing.about;
    for (const bool all : {false, true}) {
        for (const TableDraft& table : editing.draft.tables) {
            if (!table.planned || (!all && (!within || table.id != *within)) || (all && clause.table()))
                continue;
            if (const ColumnDraft* column = table.by_role(role))
                found.push_back({table.id, column->id, {}, 1});
        }
        if (!found.empty()) break;
    }
    return found;
}

// A record's own price or salary keeps to its thing, within the limits; anything else becomes a plain
// distribution.
bool keeps_kind(const plan::Generator& generator) {
    const std::string field = generator.parameters.value("field", "");
    if (generator.kind == "job") return field == "salary" || field == "hourly_rate";
    if (generator.kind == "product" || generator.kind == "dish") return field == "price";
    return false;
}

bool narrow_choice(Json& parameters, const Bounds& bounds, bool single_is_good) {
    Json values = Json::array(), weights = Json::array();
    for (std::size_t i = 0; i < parameters["values"].size(); ++i) {
        const Json& each = parameters["values"][i];
        if (!each.is_number()) return false;
        const double value = each.get<double>();
        if ((bounds.low && value < *bounds.low) || (bounds.high && value > *bounds.high)) continue;
        values.push_back(each);
        weights.push_back(parameters.contains("weights") ? parameters["weights"][i] : Json(1));
    }
    if (values.empty() || (values.size() == 1 && !single_is_good)) return false;
    parameters = {{"values", values}, {"weights", weights}};
    return true;
}

void set_distribution(plan::ColumnPlan& planned, const ColumnDraft& column, const Bounds& bounds) {
    Json& old = planned.generator.parameters;
    const std::string kind = planned.generator.kind;
    const auto [least, most] = number_bounds(column);
    const double floor = column.facts.lower.value_or(0);
    const double old_low = old.contains("min") && old["min"].is_number() ? old["min"].get<double>() : floor;
    const bool beyond = old_low >= bounds.high.value_or(bounds.mean.value_or(old_low + 1));
    double low = bounds.low.value_or(beyond ? std::min(floor, bounds.high.value_or(floor)) : old_low);
    const double reach = bounds.mean.value_or(low) * 3 + 100;
    const double old_high = old.contains("max") && old["max"].is_number() ? old["max"].get<double>() : reach;
    double high = bounds.high.value_or(old_high > bounds.mean.value_or(low) ? old_high : reach);
    low = std::clamp(low, least, most);
    high = std::clamp(high, least, most);
    if (kind != "integer" && kind != "decimal" && kind != "float") {
        planned.generator = {column.type_class == 'i'   ? "integer"
                             : column.type_class == 'f' ? "float"
                                                        : "decimal",
                             Json::object()};
        planned.generator.parameters["distribution"] = "lognormal";
        planned.generator.parameters["mean"] = number_json(std::floor(low + (high - low) * 0.4));
        if (column.role == "salary" && high - low >= 5000) planned.generator.parameters["step"] = 100;
    }
    Json& made = planned.generator.parameters;
    made["min"] = number_json(low);
    made["max"] = number_json(high);
    if (bounds.mean) {
        made["mean"] = number_json(*bounds.mean);
        if (!made.contains("distribution") || made["distribution"] == "uniform")
            made["distribution"] = "normal";
        if (made.contains("deviation") && made["distribution"] == "normal") made.erase("deviation");
    }
    // A step that was sane for the old range may leave nothing of the new one: hourly pay has none of a
    // salary's hundreds.
    if (made.contains("step") && made["step"].is_number() && made["step"].get<double>() * 10 > high - low) {
        if (column.type_class == 'n' && high - low >= 2.5)
            made["step"] = 0.25;
        else
            made.erase("step");
    }
    const bool off =
        made.contains("mean") && (made["mean"].get<double>() <= low || made["mean"].get<double>() >= high);
    if (off) made["mean"] = number_json(std::floor((low + (high - low) * 0.4) * 100) / 100);
    if (made.contains("mean") && (made["mean"].get<double>() <= low || made["mean"].get<double>() >= high)) {
        made.erase("mean");
        made.erase("distribution");
        made.erase("deviation");
    }
}

std::string said(Bounds bounds, bool years = false) {
    const auto shown = [&](double value) {
        return years ? fmt::format("{}", static_cast<std::int64_t>(value)) : words::shown(value);
    };
    if (bounds.mean && !bounds.low && !bounds.high) return "around " + shown(*bounds.mean);
    if (!bounds.low) return "at most " + shown(*bounds.high);
    if (!bounds.high) return "at least " + shown(*bounds.low);
    return shown(*bounds.low) + " to " + shown(*bounds.high);
}

bool is_year(const ColumnDraft& column) {
    return !column.words.empty() && column.words.back() == "year";
}

// False when the column cannot have such values; a note says why.
bool apply_to(Editing& editing, const ColumnMention& mention, Bounds bounds) {
    plan::ColumnPlan* planned = planned_column(editing, mention.table, mention.column);
    if (planned == nullptr) return false;
    const ColumnDraft& column = column_of(editing, mention.table, mention.column);
    const std::string name = name_of(editing, mention.table, mention.column);
    const auto [least, most] = number_bounds(column);
    if (bounds.percent && column.facts.upper && *column.facts.upper <= 1) {
        for (std::optional<double>* each : {&bounds.low, &bounds.high, &bounds.mean})
            if (*each) **each /= 100;
    }
    if ((bounds.low && *bounds.low > most) || (bounds.high && *bounds.high < least) ||
        (bounds.mean && (*bounds.mean > most || *bounds.mean < least))) {
        const bool checked = column.facts.lower || column.facts.upper;
        editing.refused.push_back(name + ": the range is outside what its " + (checked ? "CHECK" : "type") +
                                  " allows");
        return false;
    }
    const std::vector<std::string> allowed = allowed_values(editing.draft, column);
    if (planned->generator.kind == "choice" && !bounds.mean &&
        narrow_choice(planned->generator.parameters, bounds, !allowed.empty())) {
        // Narrowed.
    } else if (!allowed.empty()) {
        editing.refused.push_back(name + " has only the values " + enumerate(allowed, "and"));
        return false;
    } else if (keeps_kind(planned->generator) && !bounds.mean) {
        Json& parameters = planned->generator.parameters;
        if (bounds.low) parameters["min"] = number_json(*bounds.low);
        if (bounds.high) parameters["max"] = number_json(*bounds.high);
        if (parameters.contains("min") && parameters.contains("max") &&
            parameters["min"].get<double>() > parameters["max"].get<double>()) {
            if (bounds.low)
                parameters.erase("max");
            else
                parameters.erase("min");
        }
    } else {
        set_distribution(*planned, column, bounds);
    }
    forget_overrides(planned_table(editing, mention.table), column.name());
    editing.understood.push_back(name + ": " + said(bounds, is_year(column)));
    return true;
}

// Ages where the table has a birth date.
bool set_ages(Editing& editing, const Clause& clause, const Bounds& bounds) {
    const std::vector<ColumnMention> columns = columns_by_role(editing, clause, "birth");
    bool any = false;
    for (const ColumnMention& each : columns) {
        plan::ColumnPlan* planned = planned_column(editing, each.table, each.column);
        if (planned == nullptr) continue;
        // An age is that of today, not the one at which somebody was registered.
        if (planned->generator.kind == "before") planned->generator = {"person", {{"field", "birth_date"}}};
        if (planned->generator.kind != "person") continue;
        if (bounds.low) planned->generator.parameters["min_age"] = static_cast<std::int64_t>(*bounds.low);
        if (bounds.high) planned->generator.parameters["max_age"] = static_cast<std::int64_t>(*bounds.high);
        const std::int64_t oldest = planned->generator.parameters.value("max_age", std::int64_t{85});
        if (planned->generator.parameters.value("min_age", std::int64_t{18}) > oldest)
            planned->generator.parameters["min_age"] = oldest > 18 ? 18 : 0;
        editing.understood.push_back(name_of(editing, each.table, each.column) + ": " + said(bounds) +
                                     " years ago");
        editing.about = each.table;
        any = true;
    }
    return any;
}

}  // namespace

bool set_range(Editing& editing, Clause& clause) {
    BoundsReader reader(clause);
    const auto bounds = reader.read();
    if (!bounds || bounds->empty()) return false;
    clause.use_tables();
    clause.use_universal();
    const std::string_view role = role_of_verb(clause);
    std::vector<ColumnMention> columns = named_columns(editing, clause, "inf");
    std::erase_if(columns, [&](const ColumnMention& each) { return reader.turns(each.span.from); });
    if (columns.empty() && !role.empty()) columns = columns_by_role(editing, clause, role);
    for (const ColumnMention& each : columns) use_column(editing, clause, each);
    if (!role.empty()) use_verbs(clause);
    if (!clause.accounted()) return false;
    if (columns.empty()) return role == "age" && set_ages(editing, clause, *bounds);
    bool any = false;
    for (const ColumnMention& each : columns)
        any |= !is_derived(editing, each) && apply_to(editing, each, *bounds);
    if (any && columns.size() == 1) editing.about = columns.front().table;
    return true;
}

}  // namespace confab::planner::words
