// One column at a time: key, type, enum and check first, then the meaning of its name, then its comment.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "engine/kernel.hpp"
#include "plan/foreign_key.hpp"
#include "planner/draft.hpp"
#include "planner/fallbacks.hpp"
#include "planner/paths.hpp"
#include "planner/states.hpp"
#include "planner/trade_values.hpp"
#include "schema/extensions.hpp"
#include "schema/type_names.hpp"

namespace confab::planner {

namespace {

using schema::TypeKind;

Generator simple(std::string kind, Json parameters = Json::object()) { return {std::move(kind), std::move(parameters)}; }

Json scalar_of(const ColumnDraft& column, const std::string& text) {
    const bool number = column.type_class == 'i' || column.type_class == 'n' || column.type_class == 'f';
    if (column.type_class == 'b') return Json(text == "true" || text == "t" || text == "1");
    if (!number) return Json(text);
    const double value = std::strtod(text.c_str(), nullptr);
    if (value == std::floor(value) && std::abs(value) < 9e15) return Json(static_cast<std::int64_t>(value));
    return Json(value);
}

Generator choice_of(const ColumnDraft& column, std::vector<std::string> values) {
    // Bounds of another check narrow the list.
    if (column.type_class == 'i' || column.type_class == 'n' || column.type_class == 'f') {
        std::erase_if(values, [&](const std::string& text) {
            const double value = std::strtod(text.c_str(), nullptr);
            return (column.facts.lower && value < *column.facts.lower) || (column.facts.upper && value > *column.facts.upper);
        });
    }
    Json list = Json::array(), weights = Json::array();
    for (const std::string& value : values) list.push_back(scalar_of(column, value));
    for (const double weight : weights_of(values, column.role, column.facts.default_value.value_or("")))
        weights.push_back(static_cast<std::int64_t>(weight));
    return simple("choice", {{"values", list}, {"weights", weights}});
}

// The entity of `author_name` is an author, whatever the table is about.
const Entity& subject_of(const TableDraft& table, const ColumnDraft& column) {
    if (!column.understood.qualifier.empty()) {
        if (const Entity* entity = find_entity(column.understood.qualifier); entity != nullptr && !entity->name.empty()) return *entity;
    }
    return *table.entity;
}

Generator states_of(const Entity& entity) {
    Json values = Json::array(), weights = Json::array();
    const std::string_view states = entity.statuses.empty() ? std::string_view("active 84|inactive 16") : entity.statuses;
    for (const std::string_view each : split(states, '|')) {
        const std::size_t space = each.rfind(' ');
        values.push_back(std::string(each.substr(0, space)));
        weights.push_back(std::strtol(std::string(each.substr(space + 1)).c_str(), nullptr, 10));
    }
    return simple("choice", {{"values", values}, {"weights", weights}});
}

Generator prose_about(std::string_view subject) { return simple("text", {{"about", std::string(subject)}}); }

Generator type_of(const Draft& draft, const TableDraft& table) {
    // `type` in `payments` is a payment's type: the vocabulary of "<entity> type", where there is one.
    Words words = table.words;
    words.emplace_back("type");
    if (const Entity* entity = find_entity(words); entity != nullptr && !entity->name.empty() && entity->words.find(' ') != std::string_view::npos)
        return generator_of(draft, entity->name);
    return simple("choice", {{"values", {"standard", "premium", "basic", "special"}}, {"weights", {52, 22, 18, 8}}});
}

// What was measured of a person stands in a table of its own, too: `measurement.weight_kg`.
const Meaning* of_body(const Draft& draft, const TableDraft& table, const ColumnDraft& column) {
    if (draft.trade != Trade::medical || column.understood.meaning == nullptr) return nullptr;
    if (column.understood.meaning->role != "weight" && column.understood.meaning->role != "dimension") return nullptr;
    const auto& keys = table.declared->foreign_keys;
    const bool of_person = std::any_of(keys.begin(), keys.end(), [&](const schema::ForeignKey& key) {
        return draft.parent_of(key).entity->kind == EntityKind::person;
    });
    Entity person;
    person.kind = EntityKind::person;
    return of_person ? understand(column.words, column.type_class, person).meaning : nullptr;
}

Generator from_meaning(const Draft& draft, const TableDraft& table, ColumnDraft& column, const Meaning& meaning) {
    if (meaning.role == "name" && !meaning.generator.starts_with("@")) {
        if (const auto known = name_in_trade(draft, table)) return *known;
    }
    if (meaning.generator == "@name") {
        const Entity& entity = subject_of(table, column);
        if (const auto known = entity.kind == table.entity->kind ? name_in_trade(draft, table) : std::nullopt) return *known;
        if (!entity.name.empty()) {
            if (entity.kind == EntityKind::person) column.role = "full_name";
            if (entity.kind == EntityKind::company) column.role = "company";
            return generator_of(draft, entity.name);
        }
        return fallback_name(table, column);
    }
    if (meaning.generator == "@prose") return prose_about(table.entity->prose);
    const std::string_view prose = table.entity->prose;
    if (meaning.generator == "@review" && prose == "viewing") return prose_about(prose);
    if (meaning.generator == "@review" && (prose == "feedback" || prose == "appraisal")) return prose_about(prose);
    if (meaning.generator == "@review") {
        const bool judged = table.by_role("rating") != nullptr || table.by_role("average_rating") != nullptr || table.entity->prose == "review";
        return prose_about(judged ? "review" : table.entity->kind == EntityKind::writing ? table.entity->prose : "comment");
    }
    if (meaning.generator == "@note") return simple("text", {{"about", table.entity->kind == EntityKind::document ? std::string(table.entity->prose) : "note"}, {"maximum", 1}});
    if (auto known = value_in_trade(draft, table, meaning.role)) return *std::move(known);
    if (meaning.generator == "@status") return states_of(subject_of(table, column));
    if (meaning.generator == "@type") return type_of(draft, table);
    return generator_of(draft, meaning.generator);
}

void infer_key(const Draft& draft, const TableDraft& table, ColumnDraft& column) {
    const bool whole = !column.base.is_array() && (column.type_class == 'i' || (column.type_class == 'n' && column.base.precision < 0));
    const schema::Key* primary = table.declared->primary_key();
    const bool sole_primary = primary != nullptr && primary->columns.size() == 1 && primary->columns[0] == column.id;
    const bool drawn = column.declared->identity != schema::IdentityKind::none || column.declared->sequence_name.has_value();
    if (!column.foreign_keys.empty()) {
        column.fixed = true;
        column.role = "reference";
        column.generator = simple("reference");
        if (column.foreign_keys.size() > 1)
            column.generator.parameters["foreign_key"] = table.declared->foreign_keys[column.foreign_keys.front()].name;
    } else if (drawn || (whole && sole_primary && column.facts.one_of.empty())) {
        column.fixed = true;
        column.role = "id";
        column.generator = simple("sequence");
        if (!drawn && column.facts.lower && *column.facts.lower > 1) column.generator.parameters["start"] = static_cast<std::int64_t>(*column.facts.lower);
    } else if (column.base.kind == TypeKind::uuid && !column.base.is_array()) {
        column.fixed = true;
        column.role = sole_primary ? "id" : "uuid";
        column.generator = simple("uuid");
    } else if (whole && column.alone_in_key && !column.words.empty() && (column.words.back() == "number" || column.words.back() == "code" || column.words.back() == "id")) {
        column.fixed = true;
        column.role = "number";
        column.generator = simple("sequence", {{"start", std::max<std::int64_t>(1001, column.facts.lower ? static_cast<std::int64_t>(*column.facts.lower) : 0)}});
        if (column.facts.upper && *column.facts.upper < 100000) column.generator.parameters["start"] = column.facts.lower ? static_cast<std::int64_t>(*column.facts.lower) : 1;
    }
    (void)draft;
}

void infer_values(const Draft& draft, const TableDraft& table, ColumnDraft& column) {
    if (column.base.is_array()) return;
    if (column.base.kind == TypeKind::enumeration) {
        const schema::Enumeration* labels = draft.schema->find_enumeration(column.base.user_type);
        if (labels == nullptr || labels->labels.empty()) return;
        std::vector<std::string> values = labels->labels;
        if (!column.facts.one_of.empty()) std::erase_if(values, [&](const std::string& each) { return std::find(column.facts.one_of.begin(), column.facts.one_of.end(), each) == column.facts.one_of.end(); });
        if (!values.empty()) column.generator = choice_of(column, values);
        column.fixed = !values.empty();
    } else if (!column.facts.one_of.empty()) {
        column.generator = choice_of(column, column.facts.one_of);
        column.fixed = true;
    }
    (void)table;
}

// Do the checks leave room for all that the record's field usually is? Then it stays.
bool has_room(const ColumnDraft& column) {
    struct Usual {
        std::string_view kind, field;
        double least, most;
    };
    static constexpr Usual usual[] = {{"address", "latitude", -60, 72}, {"address", "longitude", -180, 180}, {"book", "pages", 24, 1000},
                                      {"book", "year", 1951, 2025},     {"dish", "calories", 60, 1600},      {"person", "age", 18, 85},
                                      {"company", "founded_year", 1934, 2024}, {"vehicle", "year", 2006, 2026}, {"vehicle", "mileage", 0, 350000}};
    const std::string field = column.generator.parameters.value("field", "");
    for (const Usual& each : usual) {
        if (each.kind != column.generator.kind || each.field != field) continue;
        return column.facts.lower.value_or(each.least) <= each.least && column.facts.upper.value_or(each.most) >= each.most;
    }
    return false;
}

// A name says what; the type and the checks say how much of it: numbers are brought within their bounds.
void keep_in_bounds(ColumnDraft& column) {
    take_scale(column);
    Json& p = column.generator.parameters;
    if (column.generator.kind == "integer" || column.generator.kind == "decimal" || column.generator.kind == "float") {
        bound_numbers(column);
    } else if (column.generator.kind == "choice" && p.contains("values") && p["values"][0].is_number()) {
        Json values = Json::array(), weights = Json::array();
        const auto [least, most] = number_bounds(column);
        for (std::size_t i = 0; i < p["values"].size(); ++i) {
            const double value = p["values"][i].get<double>();
            if (value < least || value > most) continue;
            if (column.type_class == 'i' && value != std::floor(value)) continue;
            values.push_back(p["values"][i]);
            weights.push_back(p.contains("weights") ? p["weights"][i] : Json(1));
        }
        if (!values.empty()) {
            p["values"] = values;
            p["weights"] = weights;
        } else {
            column.generator = simple(column.type_class == 'i' ? "integer" : "decimal");
            bound_numbers(column);
        }
    } else if (column.type_class == 'i' || column.type_class == 'n' || column.type_class == 'f') {
        // A record's number (a salary, a price) against a check that is narrower than the trade's usual range.
        const auto [least, most] = number_bounds(column);
        const bool takes_bounds = (column.generator.kind == "job" || column.generator.kind == "product" || column.generator.kind == "dish") &&
                                  (column.role == "salary" || column.role == "hourly_rate" || column.role == "price");
        if (column.facts.lower || column.facts.upper) {
            if (takes_bounds) {
                if (column.facts.lower && *column.facts.lower > 1) p["min"] = least;
                if (column.facts.upper) p["max"] = most;
            } else if (column.generator.kind != "sequence" && column.generator.kind != "reference" && column.generator.kind != "expression" && !has_room(column)) {
                const bool tight = (column.facts.upper && *column.facts.upper < 10000) || (column.facts.lower && *column.facts.lower > 1);
                if (tight) {
                    column.generator = simple(column.type_class == 'i' ? "integer" : "decimal");
                    bound_numbers(column);
                }
            }
        }
    }
}

// `^[A-Z]{2}$` says what the whole value is; `@` or `^A` only a part of it.
bool is_whole_pattern(std::string_view pattern) {
    if (pattern.starts_with("(?")) pattern.remove_prefix(std::min(pattern.find(')'), pattern.size() - 1) + 1);
    return pattern.starts_with("^") && pattern.ends_with("$") && pattern.find(".*") == std::string_view::npos;
}

bool can_be_made(const Draft& draft, const TableDraft& table, const ColumnDraft& column, const Generator& generator) {
    plan::Plan plan;
    plan.locale = draft.options.locale;
    const engine::KernelContext context{*draft.schema, table.id, column.id, column.base, plan, draft.as_of, 0, false};
    return static_cast<bool>(engine::make_kernel(generator, context));
}

// What a check says of the whole value, where strings can be made from it.
std::optional<Generator> form_of(const Draft& draft, const TableDraft& table, const ColumnDraft& column) {
    for (const std::string& pattern : column.facts.patterns) {
        Generator regex = simple("regex", {{"pattern", pattern}});
        if (is_whole_pattern(pattern) && can_be_made(draft, table, column, regex)) return regex;
    }
    return std::nullopt;
}

// `referee`, `stadium`: what would be a table of its own elsewhere is a name here.
std::optional<Generator> named_like_a_table(const Draft& draft, const ColumnDraft& column) {
    constexpr int shortest_name = 20;
    if (column.type_class != 't' || column.alone_in_key || (column.base.length > 0 && column.base.length < shortest_name)) return std::nullopt;
    const Entity* entity = find_entity(column.words);
    if (entity == nullptr || entity->name.empty()) return std::nullopt;
    if (entity->kind != EntityKind::person && entity->kind != EntityKind::company && entity->kind != EntityKind::place) return std::nullopt;
    Generator named = generator_of(draft, entity->name);
    // Nobody that the rest of the row speaks of.
    if (named.kind == "person" || named.kind == "company" || named.kind == "address") named.parameters["group"] = column.name();
    return named;
}

void infer_meaning(const Draft& draft, const TableDraft& table, ColumnDraft& column) {
    if (column.generator.kind.empty() && !column.facts.patterns.empty() && column.type_class == 't' && column.base.length < 1000) {
        // A CHECK with a pattern decides the form; a known meaning keeps its generator and lets the engine choose.
        if (column.understood.meaning == nullptr) {
            if (const auto form = form_of(draft, table, column)) {
                column.generator = *form;
                return;
            }
        }
    }
    if (!column.generator.kind.empty()) return;
    if (column.base.is_array()) {
        column.generator = fallback_array(draft, table, column);
        return;
    }
    if (const Meaning* body = of_body(draft, table, column)) column.understood.meaning = body;
    if (column.understood.meaning != nullptr) column.generator = from_meaning(draft, table, column, *column.understood.meaning);
    else column.generator = named_like_a_table(draft, column).value_or(fallback(draft, table, column));
    // The form of a code is what the check says, not what codes usually look like.
    if (column.generator.kind == "template") column.generator = form_of(draft, table, column).value_or(column.generator);
    keep_in_bounds(column);
    fit_length(column);
}

double nulls_of(const TableDraft& table, const ColumnDraft& column) {
    if (!column.nullable()) return 0;
    if (column.generator.kind == "null") return 0;
    if (column.role == "id" || (column.generator.kind == "sequence")) return 0;
    if (column.role == "reference") return column.in_key ? 0 : 0.12;
    if (column.in_key && !column.alone_in_key) return 0;
    if (column.understood.meaning != nullptr) return column.understood.meaning->nulls;
    // Nothing is known: shares that differ from column to column, by its name.
    std::uint64_t hash = 1469598103934665603ULL;
    for (const char c : table.name() + "." + column.name()) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return static_cast<double>(4 + hash % 23) / 100;
}

Error error_of(const ColumnDraft& column, ErrorKind kind, std::string message) {
    Error error(kind, std::move(message));
    const schema::Position at = column.declared->position;
    if (at.line > 0) error.location = Location{"", at.line, at.column, ""};
    return error;
}

Status check_extension(const Draft& draft, const TableDraft& table, ColumnDraft& column) {
    if (column.base.kind != TypeKind::extension || column.type_class == 't' || !column.foreign_keys.empty()) return {};
    if (column.facts.default_value) {
        column.generator = simple("constant", {{"value", *column.facts.default_value}});
    } else if (schema::extension_of_type(column.base.user_type.name)) {
        return {};
    } else if (column.nullable()) {
        column.generator = simple("null");
    } else {
        Error error = error_of(column, ErrorKind::not_supported,
                               "the type of \"" + table.name() + "." + column.name() + "\", " +
                                   schema::to_sql(column.declared->type) +
                                   ", is not known here, and the column is NOT NULL without a constant DEFAULT");
        const auto nearest = schema::nearest_type_name(*draft.schema, schema::display(column.base.user_type));
        if (nearest) error.notes.push_back("did you mean `" + *nearest + "`?");
        return std::move(error).note(
            "a plan can supply its values: print one with `confab plan` on a copy of the schema where the column may be "
            "NULL, and give the column a generator such as {\"generator\": \"constant\", \"value\": \"…\"} or "
            "{\"generator\": \"choice\", \"values\": […]}");
    }
    column.fixed = true;
    return {};
}

// An enumeration may be declared before its labels are added; as long as it has none, NULL is all there is.
Status check_enumeration(const Draft& draft, const TableDraft& table, ColumnDraft& column) {
    if (column.base.kind != TypeKind::enumeration || column.base.is_array()) return {};
    const schema::Enumeration* enumeration = draft.schema->find_enumeration(column.base.user_type);
    if (enumeration == nullptr || !enumeration->labels.empty()) return {};
    if (!column.nullable()) {
        return error_of(column, ErrorKind::unsatisfiable,
                        "\"" + table.name() + "." + column.name() + "\" is NOT NULL, and its type " +
                            schema::display(enumeration->name) + " is an enumeration without labels: no row can exist")
            .note("give the enumeration at least one label, or let the column be NULL");
    }
    column.generator = simple("null");
    column.fixed = true;
    return {};
}

}  // namespace

void infer_roles(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        for (ColumnDraft& column : table.columns) {
            column.understood = understand(column.words, column.type_class, *table.entity);
            if (column.understood.meaning == nullptr && !column.declared->comment.empty()) {
                const Words comment = words_of_text(column.declared->comment);
                constexpr std::size_t longest = 6;  // a title, not a paragraph
                if (comment.size() <= longest) column.understood = understand(comment, column.type_class, *table.entity);
            }
            // The title of an employee is a position, that of a customer Ms. or Mr.
            constexpr int room_for_position = 12;
            const bool long_enough = column.base.length <= 0 || column.base.length >= room_for_position;
            if (column.words == Words{"title"} && long_enough && is_staff(draft, table)) {
                static const Words position = {"job", "title"};
                column.understood = understand(position, column.type_class, *table.entity);
            }
            if (column.understood.meaning != nullptr) column.role = column.understood.meaning->role;
            // A rented car is picked up and dropped off at both ends of a time, a passenger at both ends of a way.
            static constexpr std::array<std::string_view, 4> lent = {"rental", "booking", "reservation", "hire"};
            const bool is_lent = !table.words.empty() && std::find(lent.begin(), lent.end(), table.words.back()) != lent.end();
            if (is_lent && column.role == "departure" && column.words.front().starts_with("pick")) column.role = "start";
            if (is_lent && column.role == "arrival" && column.words.front().starts_with("drop")) column.role = "end";
            // Beside an actual return, the return date is the day that was agreed.
            const auto actual = [](const ColumnDraft& other) { return other.words.size() > 1 && other.words.front() == "actual" && other.words[1].starts_with("return"); };
            if (column.role == "returned" && !actual(column) && std::any_of(table.columns.begin(), table.columns.end(), actual)) column.role = "due";
            const bool moment = column.type_class == 'm' || column.type_class == 'd';
            if (moment && column.declared->has_on_update_now) column.role = "updated";
            else if (moment && column.role.empty() && column.facts.default_is_now) column.role = "created";
        }
    }
}

Status infer_columns(Draft& draft) {
    infer_roles(draft);
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        for (ColumnDraft& column : table.columns) {
            if (column.generated()) continue;
            CONFAB_CHECK(check_extension(draft, table, column));
            CONFAB_CHECK(check_enumeration(draft, table, column));
            if (column.fixed) continue;
            infer_key(draft, table, column);
            if (column.fixed) continue;
            infer_values(draft, table, column);
            infer_meaning(draft, table, column);
        }
        for (ColumnDraft& column : table.columns) {
            column.nulls = nulls_of(table, column);
            column.alone = column.generator;
        }
    }
    return {};
}

}  // namespace confab::planner
