// What the schema's checks say of a column before a row is drawn: where a sequence begins and ends, between which
// days dates are drawn.
#include <algorithm>

#include "base/dates.hpp"
#include "base/text.hpp"
#include "engine/compiler.hpp"
#include "expr/analysis.hpp"

namespace confab::engine {

namespace {

using schema::TypeKind;

// Largest number of a type's sequence; the smallest is its negative, about.
std::int64_t largest_of(const schema::Type& type) {
    const auto of_digits = [](int digits) {
        std::int64_t power = 1;
        for (int i = 0; i < std::min(digits, 18); ++i) power *= 10;
        return power - 1;
    };
    switch (type.kind) {
        case TypeKind::smallint: return INT16_MAX;
        case TypeKind::integer: return INT32_MAX;
        case TypeKind::oid: return UINT32_MAX;
        case TypeKind::numeric: return type.precision < 0 ? INT64_MAX : of_digits(type.precision - type.scale);
        case TypeKind::real: return 1 << 24;
        case TypeKind::double_precision: return std::int64_t{1} << 53;
        case TypeKind::varchar:
        case TypeKind::character: return type.length < 0 ? INT64_MAX : of_digits(type.length);
        default: return INT64_MAX;
    }
}

// Of a bound's text, rounded into the column's whole numbers; nothing for what is no number of 64 bits.
std::optional<std::int64_t> whole_bound(const expr::Bound& bound, bool is_lower) {
    char* end = nullptr;
    errno = 0;
    const std::int64_t number = std::strtoll(bound.text.c_str(), &end, 10);
    if (end == bound.text.c_str() || errno != 0) return std::nullopt;
    const bool fraction = *end == '.' && std::string_view(end + 1).find_first_not_of('0') != std::string_view::npos;
    if (*end != '\0' && *end != '.') return std::nullopt;
    const bool negative = bound.text.front() == '-';
    if (is_lower && ((fraction && !negative) || (!fraction && !bound.inclusive))) return number + 1;
    if (!is_lower && ((fraction && negative) || (!fraction && !bound.inclusive))) return number - 1;
    return number;
}

// What holds for the values that are not NULL in every branch, as a range of whole numbers.
struct WholeRange {
    std::optional<std::int64_t> lower, upper;

    void intersect(const WholeRange& other) {
        if (other.lower && (!lower || *lower < *other.lower)) lower = other.lower;
        if (other.upper && (!upper || *upper > *other.upper)) upper = other.upper;
    }
};

WholeRange range_of(const expr::ColumnFact& fact) {
    WholeRange range;
    if (fact.lower) range.lower = whole_bound(*fact.lower, true);
    if (fact.upper) range.upper = whole_bound(*fact.upper, false);
    for (const std::string& value : fact.one_of) {
        const auto number = whole_bound({value, true}, true);
        if (!number) return {};
        range.lower = std::min(range.lower.value_or(*number), *number);
        range.upper = std::max(range.upper.value_or(*number), *number);
    }
    return range;
}

WholeRange range_of(const expr::Facts& facts, std::optional<schema::ColumnId> column) {
    WholeRange hull;
    bool first = true;
    for (const expr::Branch& branch : facts.branches) {
        const auto fact = std::find_if(branch.columns.begin(), branch.columns.end(),
                                       [&](const expr::ColumnFact& each) { return !column || each.column == *column; });
        if (fact == branch.columns.end()) return {};
        if (fact->is_null) continue;
        const WholeRange range = range_of(*fact);
        if (first) hull = range;
        else {
            hull.lower = hull.lower && range.lower ? std::optional(std::min(*hull.lower, *range.lower)) : std::nullopt;
            hull.upper = hull.upper && range.upper ? std::optional(std::max(*hull.upper, *range.upper)) : std::nullopt;
        }
        first = false;
    }
    return hull;
}

// Of the checks of the column's domains.
WholeRange range_of_domain(const Program::State& state, schema::TableId id, schema::Type type) {
    WholeRange range;
    const schema::Type value = state.schema.base_type(type);
    for (int depth = 0; type.kind == TypeKind::domain && !type.is_array() && depth < 32; ++depth) {
        const schema::Domain* domain = state.schema.find_domain(type.user_type);
        if (domain == nullptr) break;
        for (const schema::Check& check : domain->checks) {
            const auto compiled = expr::compile(state.schema, id, check.sql, expr::Want::boolean, &value);
            if (compiled) range.intersect(range_of(expr::analyse(state.schema, *compiled, state.as_of), std::nullopt));
        }
        type = domain->base;
    }
    return range;
}

}  // namespace

expr::Facts later_facts(const schema::Schema& schema, const std::vector<const expr::Program*>& conditions,
                        std::int64_t as_of) {
    expr::Facts facts = expr::analyse(schema, conditions, as_of);
    const expr::Facts later = expr::analyse(schema, conditions, as_of + later_days);
    if (later.contradictory || facts.branches.size() != later.branches.size()) {
        facts.contradictory = true;
        return facts;
    }
    // The same conditions give the same branches: only their days differ, and the later of two lower bounds is stricter.
    for (std::size_t b = 0; b < facts.branches.size(); ++b) {
        for (expr::ColumnFact& fact : facts.branches[b].columns) {
            for (const expr::ColumnFact& then : later.branches[b].columns) {
                const bool stricter = then.column == fact.column && then.lower && fact.lower && then.lower->text > fact.lower->text;
                if (!stricter) continue;
                fact.lower = then.lower;
                facts.contradictory = facts.contradictory || (fact.upper && fact.lower->text > fact.upper->text);
            }
        }
    }
    return facts;
}

expr::Facts clock_facts(const schema::Schema& schema, const std::vector<const expr::Program*>& conditions,
                        std::int64_t as_of) {
    const auto reads_clock = [](const expr::Program* condition) {
        return std::any_of(condition->inputs().begin(), condition->inputs().end(),
                           [](const expr::Input& input) { return input.kind == expr::InputKind::as_of; });
    };
    if (std::any_of(conditions.begin(), conditions.end(), reads_clock)) {
        expr::Facts facts = later_facts(schema, conditions, as_of);
        if (!facts.contradictory) return facts;
    }
    return expr::analyse(schema, conditions, as_of);
}

const expr::Facts& Compiler::facts_of_checks(TableId id) {
    const auto known = check_facts_.find(id);
    if (known != check_facts_.end()) return known->second;
    std::vector<expr::Program> programs;
    for (const schema::Check& check : state_.schema.tables[id].checks) {
        Result<expr::Program> compiled = expr::compile(state_.schema, id, check.sql, expr::Want::boolean);
        if (compiled) programs.push_back(std::move(*compiled));
    }
    std::vector<const expr::Program*> conditions;
    for (const expr::Program& program : programs) conditions.push_back(&program);
    expr::Facts facts;
    if (!conditions.empty()) facts = clock_facts(state_.schema, conditions, state_.as_of);
    return check_facts_.emplace(id, std::move(facts)).first->second;
}

Status Compiler::compile_sequence(TableId id, ColumnId index, const plan::Generator& generator) {
    const schema::Column& column = state_.schema.tables[id].columns[index];
    ColumnProgram& made = state_.tables[id].columns[index];
    made.source = ColumnProgram::Source::sequence;
    made.null_limit = 0;
    made.start = generator.parameters.value("start", column.sequence.start.value_or(1));
    made.step = generator.parameters.value("increment", column.sequence.increment.value_or(1));
    if (made.physical == Physical::boolean || made.physical == Physical::interval || made.type.kind == TypeKind::enumeration) {
        return Error(ErrorKind::invalid_input, column_name(state_, id, index) + ": a sequence of " + schema::to_sql(made.type));
    }
    if (made.step == 0) return Error(ErrorKind::invalid_input, column_name(state_, id, index) + ": a sequence that stands still");
    WholeRange allowed{-largest_of(made.type), largest_of(made.type)};
    if (column.sequence.maximum) allowed.upper = std::min(*allowed.upper, *column.sequence.maximum);
    if (column.sequence.minimum && made.step < 0) allowed.lower = std::max(*allowed.lower, *column.sequence.minimum);
    allowed.intersect(range_of(facts_of_checks(id), index));
    allowed.intersect(range_of_domain(state_, id, column.type));
    // A check moves where it begins, and leaves room for all rows where the other end is open.
    const auto length = static_cast<std::int64_t>(std::min<std::uint64_t>(state_.tables[id].rows, INT32_MAX)) - 1;
    if (made.step > 0) {
        if (made.start > *allowed.upper) made.start = *allowed.upper - std::max<std::int64_t>(length, 0) * made.step;
        made.start = std::max(made.start, *allowed.lower);
    } else {
        if (made.start < *allowed.lower) made.start = *allowed.lower - std::max<std::int64_t>(length, 0) * made.step;
        made.start = std::min(made.start, *allowed.upper);
    }
    const std::int64_t end = made.step > 0 ? *allowed.upper : *allowed.lower;
    const Int128 room = (static_cast<Int128>(end) - made.start) / made.step + 1;
    const bool reachable = made.step > 0 ? made.start <= end : made.start >= end;
    const auto most = reachable ? static_cast<std::uint64_t>(room) : 0;
    return limit_rows(id, most, "\"" + column.name + "\" (" + schema::to_sql(made.type) + ") counts " +
                                    counted(most, "value"));
}

Status Compiler::bound_by_checks(TableId id, ColumnId index, plan::Generator& shape) {
    const expr::Facts& facts = facts_of_checks(id);
    if (facts.branches.size() != 1) return {};
    for (const expr::ColumnFact& fact : facts.branches.front().columns) {
        if (fact.column != index) continue;
        // Of `from` and `to` as the plan gives them, and the five years that stand for a missing one.
        const auto day = [&](const char* name) -> std::optional<std::int64_t> {
            const auto given = shape.parameters.find(name);
            if (given == shape.parameters.end() || !given->is_string()) return std::nullopt;
            return parse_date(given->get<std::string>().substr(0, 10));
        };
        const auto day_of = [](const std::optional<expr::Bound>& bound) -> std::optional<std::int64_t> {
            return bound ? parse_date(std::string_view(bound->text).substr(0, 10)) : std::nullopt;
        };
        constexpr std::int64_t five_years = 5 * 365;
        const std::optional<std::int64_t> least = day_of(fact.lower);
        const std::optional<std::int64_t> most = day_of(fact.upper);
        std::int64_t to = day("to").value_or(std::max(state_.as_of, day("from").value_or(state_.as_of)));
        std::int64_t from = day("from").value_or(to - five_years);
        const bool late = least && to < *least;
        const bool early = most && from > *most;
        const bool lifted = least && from < *least;
        const bool lowered = most && to > *most;
        if (late) to = most ? *most : *least + five_years;
        if (early) from = least ? *least : *most - five_years;
        if (lifted || (early && least)) shape.parameters["from"] = fact.lower->text;
        else if (early) shape.parameters["from"] = format_date(from);
        if (lowered || (late && most)) shape.parameters["to"] = fact.upper->text;
        else if (late) shape.parameters["to"] = format_date(to);
    }
    return {};
}

}  // namespace confab::engine
