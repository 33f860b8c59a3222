// What the checks themselves say about a column, as kernels: used for every other attempt once the plan's own
// generators have failed a few times. A plan that ignores a CHECK costs quality that way, never validity.
//
// Each branch of an OR has kernels of its own; rows and attempts go through the branches in turn.
#include <algorithm>

#include "engine/compiler.hpp"
#include "expr/analysis.hpp"

namespace confab::engine {

namespace {

using schema::TypeKind;
using plan::Json;

Json number_json(const std::string& text) {
    Json number = Json::parse(text, nullptr, false);
    return number.is_number() ? number : Json(text);
}

// A pattern that the whole value has to match.
std::string whole_pattern(std::string pattern) {
    if (pattern.starts_with("^")) pattern.erase(0, 1);
    if (pattern.ends_with("$") && !pattern.ends_with("\\$")) pattern.pop_back();
    return pattern;
}

// Generators that could satisfy the fact, the most specific first.
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
        const char* kind = type.kind == TypeKind::date ? "date" : type.kind == TypeKind::time ? "time" : "timestamp";
        add(kind, bounds);
        // Times of day are cut off a bound: dates are understood everywhere.
        for (auto& [name, value] : bounds.items()) value = value.get<std::string>().substr(0, 10);
        add(kind, bounds);
    }
    if (schema::is_character(type.kind)) {
        for (const std::string& pattern : fact.patterns) add("regex", {{"pattern", whole_pattern(pattern)}});
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

}  // namespace

Status Compiler::add_rescues(TableId id, std::size_t index) {
    TableProgram& table = state_.tables[id];
    Group& group = table.groups[index];
    for (const ColumnId column : group.columns) {
        if (!table.columns[column].rescues.empty()) return {};  // made before
    }
    std::vector<const expr::Program*> conditions;
    std::vector<expr::ColumnFact> of_values;  // of domain checks: VALUE is a column here
    for (const Clause& clause : group.clauses) {
        if (!clause.condition) continue;
        if (clause.value_column == none) {
            conditions.push_back(clause.condition.program.get());
            continue;
        }
        const expr::Facts facts = expr::analyse(state_.schema, *clause.condition.program, state_.as_of);
        if (facts.branches.empty()) continue;
        for (expr::ColumnFact fact : facts.branches.front().columns) {
            fact.column = clause.value_column;
            of_values.push_back(std::move(fact));
        }
    }
    expr::Facts facts;
    if (!conditions.empty()) facts = expr::analyse(state_.schema, conditions, state_.as_of);
    std::vector<std::vector<expr::ColumnFact>> branches;
    for (const expr::Branch& branch : facts.branches) branches.push_back(branch.columns);
    if (branches.empty()) branches.emplace_back();
    constexpr std::size_t most_branches = 16;
    if (branches.size() > most_branches) branches.resize(most_branches);
    for (std::vector<expr::ColumnFact>& branch : branches) {
        for (const expr::ColumnFact& fact : of_values) {
            const bool known = std::any_of(branch.begin(), branch.end(), [&](const auto& other) { return other.column == fact.column; });
            if (!known) branch.push_back(fact);
        }
    }
    for (const ColumnId column : group.columns) {
        ColumnProgram& made = table.columns[column];
        if (made.source != ColumnProgram::Source::draw) continue;
        made.rescues.resize(branches.size());
        for (std::size_t b = 0; b < branches.size(); ++b) {
            const auto fact = std::find_if(branches[b].begin(), branches[b].end(), [&](const auto& other) { return other.column == column; });
            if (fact == branches[b].end()) continue;
            if (fact->is_null) {
                made.rescues[b].null = true;
                continue;
            }
            for (const plan::Generator& generator : generators_of(*fact, made.type)) {
                Result<std::unique_ptr<Kernel>> kernel_made = kernel(id, column, generator, false);
                if (!kernel_made || !(*kernel_made)->inputs().empty()) continue;
                made.rescues[b].kernel = std::move(*kernel_made);
                break;
            }
        }
    }
    return {};
}

}  // namespace confab::engine
