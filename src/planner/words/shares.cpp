// Which part of the rows has a value, and values changed by a factor.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "vocabulary/vocabulary.hpp"

#include "base/text.hpp"
#include "planner/words/clause.hpp"

namespace confab::planner::words {

namespace {

void remove_value(Json& parameters, const Json& value) {
    if (parameters.contains("values") && parameters["values"].is_array()) {
        Json values = Json::array(), weights = Json::array();
        for (std::size_t i = 0; i < parameters["values"].size(); ++i) {
            if (parameters["values"][i] == value) continue;
            values.push_back(parameters["values"][i]);
            if (parameters.contains("weights")) weights.push_back(parameters["weights"][i]);
        }
        if (!values.empty()) {
            parameters["values"] = values;
            if (parameters.contains("weights")) parameters["weights"] = weights;
        }
    }
    if (parameters.contains("cases"))
        for (Json& each : parameters["cases"]) remove_value(each["then"], value);
    if (parameters.contains("else")) remove_value(parameters["else"], value);
}

struct FlagMention {
    ColumnMention column;
    bool value = true;
};

// "active", "inactive", "verified": a word that says true or false of a boolean column.
std::optional<FlagMention> flag_in(const Editing& editing, const Clause& clause) {
    std::optional<schema::TableId> within = clause.table() ? clause.table() : editing.about;
    for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
        if (clause.tokens[i].quoted || clause.in_table(i)) continue;
        std::string word = clause.tokens[i].word;
        for (const bool value : {true, false}) {
            for (const TableDraft& table : editing.draft.tables) {
                if (!table.planned || (within && table.id != *within)) continue;
                for (const ColumnDraft& column : table.columns) {
                    if (column.type_class != 'b' || column.words.empty() || column.generated()) continue;
                    if (column.words.back() == word || column.words.back() == singular(word))
                        return FlagMention{{table.id, column.id, {i, i + 1}, 10}, value};
                }
            }
            if (word.size() <= 4 || !(word.starts_with("in") || word.starts_with("un"))) break;
            word = word.substr(2);
        }
    }
    return std::nullopt;
}

// How many of the rows: a number, "mostly", "never"; all of them when nothing is said.
struct Portion {
    double share = 1;
    bool stated = false;
    bool denied = false;
};

std::optional<Portion> portion_in(Clause& clause) {
    struct Adverb {
        std::string_view word;
        double share;
    };
    static constexpr Adverb adverbs[] = {{"mostly", 0.85},    {"mainly", 0.85},        {"usually", 0.85},
                                         {"typically", 0.85}, {"predominantly", 0.85}, {"often", 0.6},
                                         {"sometimes", 0.2},  {"occasionally", 0.1},   {"rarely", 0.05},
                                         {"seldom", 0.05},    {"always", 1},           {"only", 1}};
    Portion portion;
    for (const std::size_t at : clause.numbers(true)) {
        if (portion.stated) return std::nullopt;
        portion = {*clause.tokens[at].number / 100, true, false};
        clause.use(at);
    }
    for (const Adverb& adverb : adverbs) {
        if (!clause.use_words({adverb.word})) continue;
        if (portion.stated && adverb.share < 1) return std::nullopt;
        if (!portion.stated) portion = {adverb.share, true, false};
    }
    portion.denied = clause.use_words({"no", "not", "never", "without", "non", "avoid"});
    if (portion.denied) portion.share = portion.stated && portion.share < 1 ? 1 - portion.share : 0;
    if (clause.use_words({"each"})) portion.stated = true;
    return portion.share >= 0 && portion.share <= 1 ? std::optional(portion) : std::nullopt;
}

std::string percent_of(double share) {
    return shown(share * 100) + " %";
}

void set_flag(Editing& editing, const FlagMention& flag, double share) {
    plan::ColumnPlan* planned = planned_column(editing, flag.column.table, flag.column.column);
    if (planned == nullptr) return;
    forget_overrides(planned_table(editing, flag.column.table), planned->column);
    planned->generator = {"boolean", {{"true", flag.value ? share : 1 - share}}};
    planned->nulls = 0;
    editing.understood.push_back(fmt::format("{}: {} in {} of the rows",
                                             name_of(editing, flag.column.table, flag.column.column),
                                             flag.value ? "true" : "false", percent_of(share)));
    editing.about = flag.column.table;
}

// The value that follows a column: "status lost", "with status 'on hold'".
bool set_named_value(Editing& editing, Clause& clause, const Portion& portion) {
    const auto named = best_column(editing, clause, "t", clause.table_spans());
    if (!named) return false;
    use_column(editing, clause, *named);
    std::string text;
    std::size_t words = 0;
    for (std::size_t i = named->span.to; i < clause.tokens.size(); ++i) {
        const Token& token = clause.tokens[i];
        if (clause.used(i) || (!token.quoted && is_filler(token.word)) || clause.in_table(i)) continue;
        if (token.number && !token.quoted) return false;
        text += (text.empty() ? "" : " ") + token.text;
        clause.use(i);
        ++words;
    }
    const ColumnDraft& column = column_of(editing, named->table, named->column);
    const bool quoted = std::any_of(clause.tokens.begin(), clause.tokens.end(),
                                    [](const Token& token) { return token.quoted; });
    if (text.empty() || !clause.accounted() ||
        (words > 1 && !quoted && allowed_values(editing.draft, column).empty()))
        return false;
    std::string why;
    const auto made = value_for(editing, column, text, why);
    if (!made)
        editing.refused.push_back(name_of(editing, named->table, named->column) + ": " + why);
    else
        pin_share(editing, *named, *made, portion.share);
    editing.about = named->table;
    return true;
}

}  // namespace

void pin_share(Editing& editing, const ColumnMention& column, const Json& value, double share) {
    plan::ColumnPlan* planned = planned_column(editing, column.table, column.column);
    if (planned == nullptr) return;
    const std::string name = name_of(editing, column.table, column.column);
    auto& shares = editing.shares[{column.table, column.column}];
    std::erase_if(shares, [&](const PinnedShare& each) { return each.value == value; });
    double sum = share;
    for (const PinnedShare& each : shares) sum += each.share;
    if (sum > 1.0001) {
        if (share >= 1) {
            shares.clear();
        } else {
            editing.refused.push_back(fmt::format("{}: the shares add up to {}", name, percent_of(sum)));
            return;
        }
    }
    shares.push_back({value, share});
    plan::TablePlan& table = planned_table(editing, column.table);
    forget_overrides(table, planned->column);
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    editing.understood.push_back(fmt::format("{}: {} in {} of the rows", name, text, percent_of(share)));
    if (share >= 1) {
        planned->generator = {"constant", {{"value", value}}};
        planned->nulls = 0;
        return;
    }
    for (const PinnedShare& each : shares) remove_value(planned->generator.parameters, each.value);
    if (sum > 0.999 && shares.size() > 1) {
        Json values = Json::array(), weights = Json::array();
        for (const PinnedShare& each : shares) {
            values.push_back(each.value);
            weights.push_back(each.share * 100);
        }
        planned->generator = {"choice", {{"values", values}, {"weights", weights}}};
        planned->nulls = 0;
        return;
    }
    // A later override takes its part of all rows, also of those that an earlier one set: these start with
    // more.
    double later = 1;
    std::vector<plan::Override> overrides;
    for (auto each = shares.rbegin(); each != shares.rend(); ++each) {
        if (each->share <= 0) continue;
        overrides.push_back(
            {"", {{planned->column, literal_of(each->value)}}, std::min(1.0, each->share / later)});
        later -= each->share;
    }
    table.overrides.insert(table.overrides.end(), overrides.rbegin(), overrides.rend());
}

namespace {

// First names and titles follow a gender that is no longer the person's own.
void tell_gender(Editing& editing, const ColumnMention& gender) {
    const ColumnDraft& column = column_of(editing, gender.table, gender.column);
    if (column.role != "gender") return;
    for (plan::ColumnPlan& each : planned_table(editing, gender.table).columns) {
        const std::string field = each.generator.parameters.value("field", "");
        const bool told = field == "first_name" || field == "title" || field == "full_name";
        if (each.generator.kind == "person" && told && !each.generator.parameters.contains("gender"))
            each.generator.parameters["gender"] = sql_name(column) + "::text";
    }
}

}  // namespace

bool set_share(Editing& editing, Clause& clause) {
    const auto portion = portion_in(clause);
    if (!portion) return false;
    clause.use_tables();
    const std::optional<schema::TableId> within = clause.table() ? clause.table() : editing.about;
    std::vector<ValueMention> values = values_in(editing.draft, editing.plan, clause.tokens, within, {});
    if (values.empty() && !clause.table())
        values = values_in(editing.draft, editing.plan, clause.tokens, std::nullopt, {});
    // Something must say that this is about values: a share, a table, a column; "delivered" alone says
    // nothing.
    const bool about_rows = portion->stated || portion->denied || !clause.tables.empty();
    for (const ValueMention& value : values) {
        const ColumnDraft& draft = column_of(editing, value.table, value.column);
        if (draft.role == "reference") continue;
        clause.use(value.span);
        bool named = false;
        for (const ColumnMention& each :
             columns_in(editing.draft, clause.tokens, value.table, {value.span})) {
            if (each.column != value.column) continue;
            clause.use(each.span);
            named = true;
        }
        if (!clause.accounted() || !(about_rows || named)) return false;
        pin_share(editing, {value.table, value.column, value.span, 10}, value.value, portion->share);
        tell_gender(editing, {value.table, value.column, value.span, 10});
        editing.about = value.table;
        return true;
    }
    if (const auto flag = flag_in(editing, clause)) {
        clause.use(flag->column.span);
        if (!clause.accounted() || !about_rows) return false;
        set_flag(editing, *flag, portion->share);
        return true;
    }
    const bool says = portion->stated || portion->denied || clause.has_any({"is", "are", "be", "=", ":"});
    return says && set_named_value(editing, clause, *portion);
}

namespace {

bool is_listed(const std::string& list, const std::string& name) {
    const vocabulary::List words = vocabulary::find(list);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == name) return true;
    }
    return false;
}

// Does the generator make this name? Of what it makes nothing is known, it may.
bool can_be(const Editing& editing, schema::TableId table, const ColumnDraft& column,
            const std::string& name) {
    const plan::TablePlan* planned_table = editing.plan.find(editing.draft.tables[table].name());
    const plan::ColumnPlan* planned = planned_table == nullptr ? nullptr : planned_table->find(column.name());
    if (planned == nullptr) return false;
    const Json& parameters = planned->generator.parameters;
    const std::string field = parameters.value("field", "");
    if (planned->generator.kind == "constant") return parameters.value("value", Json()) == Json(name);
    if (planned->generator.kind == "vocabulary")
        return is_listed("list." + parameters.value("list", "") + ".name", name);
    if (planned->generator.kind == "dish" || planned->generator.kind == "product")
        return is_listed(planned->generator.kind + "." + field, name);
    if (planned->generator.kind != "address") return planned->generator.kind == "text";
    const std::string locale = parameters.value("locale", editing.plan.locale);
    const std::string country =
        parameters.value("spread", "") == "world" ? "world" : locale.substr(locale.find('_') + 1);
    return is_listed("place." + country + "." + (field == "state_code" ? "code" : field), name);
}

// The condition under which a proper name means rows: a place before anything else, the row's own or its
// parent's.
std::string condition_of(const Editing& editing, schema::TableId id, const std::string& proper) {
    const TableDraft& table = editing.draft.tables[id];
    const std::string literal = schema::quoted_literal(proper);
    const auto could_be = [&](schema::TableId of, const ColumnDraft* by) {
        return by != nullptr && by->type_class == 't' && !by->base.is_array() &&
               can_be(editing, of, *by, proper);
    };
    for (const std::string_view role :
         {"city", "state", "country", "cuisine", "category", "department", "brand"}) {
        if (could_be(id, table.by_role(role))) return sql_name(*table.by_role(role)) + " = " + literal;
        for (std::size_t key = 0; key < table.declared->foreign_keys.size(); ++key) {
            const TableDraft& parent = editing.draft.parent_of(table.declared->foreign_keys[key]);
            if (could_be(parent.id, parent.by_role(role)))
                return sql_path(table, key, *parent.by_role(role)) + " = " + literal;
        }
    }
    return {};
}

std::optional<double> factor_in(Clause& clause) {
    const auto percents = clause.numbers(true);
    if (clause.use_words({"double", "twice", "doubled"})) return 2;
    if (clause.use_words({"triple", "tripled"})) return 3;
    if (clause.use_words({"halve", "halved"})) return 0.5;
    if (percents.size() != 1) return std::nullopt;
    const bool up = clause.use_words({"higher", "more", "increase", "raise", "up", "expensive", "increased",
                                      "raised", "above", "larger", "greater", "bigger"});
    const bool down = clause.use_words({"lower", "less", "decrease", "reduce", "down", "cheaper", "decreased",
                                        "reduced", "below", "smaller", "cut"});
    if (up == down) return std::nullopt;
    clause.use(percents[0]);
    const double factor = 1 + (up ? 1 : -1) * *clause.tokens[percents[0]].number / 100;
    return factor > 0 ? std::optional(factor) : std::nullopt;
}

}  // namespace

bool set_relative(Editing& editing, Clause& clause) {
    // "London prices 10 % higher", "raise salaries by 5 %", "double the prices", "prices in Rome 20 % lower".
    const auto factor = factor_in(clause);
    if (!factor) return false;
    const auto named = best_column(editing, clause, "inf");
    if (!named) return false;
    clause.use(named->span);
    clause.use_tables();
    clause.use_universal();
    clause.use_words({"than", "average", "others", "elsewhere", "usual"});
    std::string when;
    const std::vector<ValueMention> values =
        values_in(editing.draft, editing.plan, clause.tokens, named->table, {named->span});
    if (!values.empty()) {
        clause.use(values[0].span);
        when = sql_name(column_of(editing, values[0].table, values[0].column)) + " = " +
               literal_of(values[0].value);
    } else {
        std::string proper;
        for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
            const Token& token = clause.tokens[i];
            const bool capital = !token.text.empty() && token.text[0] >= 'A' && token.text[0] <= 'Z';
            if (clause.used(i) || !(capital || token.quoted) || (!token.quoted && is_filler(token.word)))
                continue;
            proper += (proper.empty() ? "" : " ") + token.text;
            clause.use(i);
        }
        if (!proper.empty()) {
            when = condition_of(editing, named->table, proper);
            if (when.empty()) {
                if (!clause.accounted()) return false;
                editing.refused.push_back(fmt::format("{}: nothing that goes with it is ever \"{}\"",
                                                      name_of(editing, named->table, named->column), proper));
                return true;
            }
        }
    }
    if (!clause.accounted()) return false;
    editing.about = named->table;
    const ColumnDraft& column = column_of(editing, named->table, named->column);
    const schema::Type& type = column.base;
    const int scale = column.type_class == 'i'                                        ? 0
                      : type.kind == schema::TypeKind::numeric && type.precision >= 0 ? type.scale
                                                                                      : 2;
    const std::string number = fmt::format("{}", std::round(*factor * 1e6) / 1e6);
    const std::string product = sql_name(column) + " * " + number;
    const std::string sql = column.type_class == 'f' ? product : fmt::format("round({}, {})", product, scale);
    planned_table(editing, named->table).overrides.push_back({when, {{column.name(), sql}}, std::nullopt});
    editing.understood.push_back(fmt::format("{}: times {}{}", name_of(editing, named->table, named->column),
                                             number, when.empty() ? "" : " where " + when));
    return true;
}

}  // namespace confab::planner::words
