#include "expr/analysis.hpp"

#include <algorithm>

#include <re2/re2.h>

#include "base/text.hpp"
#include "expr/compare.hpp"
#include "expr/facts.hpp"

namespace confab::expr {

using schema::TypeKind;

namespace {
constexpr std::size_t most_branches = 64;
}

// Whether one of the values of `one_of` is also allowed by everything else.
bool Collector::value_fits(const schema::Type& type, const CollectedColumn& collected, const std::string& text) const {
    const ColumnFact& fact = collected.fact;
    if (std::find(fact.none_of.begin(), fact.none_of.end(), text) != fact.none_of.end()) return false;
    const ValueType reader(schema_, type);
    Vector value;
    value.reset(reader.shape.physical, 1, reader.shape.scale);
    if (read_value(reader, text, value, 0, false) != ReadOutcome::read) return false;
    if (has_lattice(type)) {
        const auto place = on_lattice(type, type, value);
        if (!place) return true;
        return (!collected.range.lower || place->floor >= *collected.range.lower) &&
               (!collected.range.upper || place->floor <= *collected.range.upper);
    }
    const auto within = [&](const std::optional<Bound>& bound, int side) {
        if (!bound) return true;
        Vector limit;
        limit.reset(reader.shape.physical, 1, reader.shape.scale);
        if (read_value(reader, bound->text, limit, 0, true) != ReadOutcome::read) return true;
        const int order = compare_elements(value, 0, limit, 0) * side;
        return order > 0 || (order == 0 && bound->inclusive);
    };
    if (!within(fact.lower, 1) || !within(fact.upper, -1)) return false;
    if (!schema::is_character(type.kind) || type.is_array()) return true;
    const auto length = static_cast<std::int64_t>(character_count(text));
    if ((fact.min_length && length < *fact.min_length) || (fact.max_length && length > *fact.max_length)) return false;
    if (type.kind == TypeKind::character) return true;
    const auto matches = [&](const std::string& pattern) { return RE2::PartialMatch(text, pattern); };
    return std::all_of(fact.patterns.begin(), fact.patterns.end(), matches) &&
           std::none_of(fact.not_patterns.begin(), fact.not_patterns.end(), matches) &&
           (!fact.lower_case || lower_ascii(text) == text) && (!fact.upper_case || upper_ascii(text) == text);
}

// Intersects what is known of one column; false when no value is left.
bool Collector::settle_values(const schema::Type& type, CollectedColumn& collected) const {
    ColumnFact& fact = collected.fact;
    std::sort(fact.none_of.begin(), fact.none_of.end());
    fact.none_of.erase(std::unique(fact.none_of.begin(), fact.none_of.end()), fact.none_of.end());
    const auto excluded = [&](Int128 number) {
        return std::binary_search(fact.none_of.begin(), fact.none_of.end(), lattice_text(type, number));
    };
    LatticeRange& range = collected.range;
    while (range.lower && (!range.upper || *range.lower <= *range.upper) && excluded(*range.lower)) ++*range.lower;
    while (range.upper && (!range.lower || *range.lower <= *range.upper) && excluded(*range.upper)) --*range.upper;
    if (range.lower && range.upper && *range.lower > *range.upper) return false;
    const LatticeRange limits = lattice_limits(type);
    if (range.lower && limits.upper && *range.lower > *limits.upper) return false;
    if (range.upper && limits.lower && *range.upper < *limits.lower) return false;
    if (range.lower) fact.lower = Bound{lattice_text(type, *range.lower), true};
    if (range.upper) fact.upper = Bound{lattice_text(type, *range.upper), true};
    if (collected.has_one_of) {
        std::erase_if(fact.one_of, [&](const std::string& text) { return !value_fits(type, collected, text); });
        return !fact.one_of.empty();
    }
    if (type.kind == TypeKind::enumeration && !type.is_array()) {
        const ValueType known(schema_, type);
        return std::any_of(known.labels.begin(), known.labels.end(),
                           [&](const std::string& label) { return value_fits(type, collected, label); });
    }
    if (fact.min_length && fact.max_length && *fact.min_length > *fact.max_length) return false;
    const bool limited = (type.kind == TypeKind::varchar || type.kind == TypeKind::character) && type.length >= 0;
    if (limited && fact.min_length && *fact.min_length > type.length && !type.is_array()) return false;
    if (fact.max_length && *fact.max_length < 0) return false;
    if (!has_lattice(type) && fact.lower && fact.upper) {
        const ValueType reader(schema_, type);
        Vector lower, upper;
        lower.reset(reader.shape.physical, 1, reader.shape.scale);
        upper.reset(reader.shape.physical, 1, reader.shape.scale);
        if (read_value(reader, fact.lower->text, lower, 0, true) == ReadOutcome::read &&
            read_value(reader, fact.upper->text, upper, 0, true) == ReadOutcome::read) {
            const int order = compare_elements(lower, 0, upper, 0);
            if (order > 0 || (order == 0 && !(fact.lower->inclusive && fact.upper->inclusive))) return false;
        }
    }
    return true;
}

// Differences of columns on lattices, and their bounds, as a graph: a cycle of negative length has no solution.
bool Collector::relations_hold() const {
    struct Edge {
        std::size_t from, to;  // value(to) ≤ value(from) + length
        Int128 length;
    };
    std::map<schema::ColumnId, std::size_t> places;
    std::vector<Edge> edges;
    const auto place = [&](schema::ColumnId id) {
        const auto [found, added] = places.try_emplace(id, places.size() + 1);  // 0 is the origin
        if (added) {
            if (const auto column = columns_.find(id); column != columns_.end()) {
                const LatticeRange& range = column->second.range;
                if (range.upper) edges.push_back({0, found->second, *range.upper});
                if (range.lower) edges.push_back({found->second, 0, -*range.lower});
            }
        }
        return found->second;
    };
    for (const CollectedRelation& relation : relations_) {
        if (!relation.steps || relation.fact.relation == Relation::not_equal) continue;
        const std::size_t left = place(relation.fact.left);
        const std::size_t right = place(relation.fact.right);
        const bool strict = relation.fact.relation == Relation::less;
        edges.push_back({right, left, *relation.steps - (strict ? 1 : 0)});
        if (relation.fact.relation == Relation::equal) edges.push_back({left, right, -*relation.steps});
    }
    constexpr std::size_t most_edges = 2000;
    if (edges.size() > most_edges) return true;
    std::vector<Int128> distance(places.size() + 1, 0);
    for (std::size_t round = 0; round <= places.size() + 1; ++round) {
        bool changed = false;
        for (const Edge& edge : edges) {
            if (distance[edge.from] + edge.length < distance[edge.to]) {
                distance[edge.to] = distance[edge.from] + edge.length;
                changed = true;
            }
        }
        if (!changed) return true;
    }
    return false;
}

std::optional<Branch> Collector::finish(schema::TableId table) {
    if (contradictory_) return {};
    Branch branch;
    for (auto& [id, collected] : columns_) {
        ColumnFact& fact = collected.fact;
        const bool not_null = !is_domain_ && table < schema_.tables.size() &&
                              id < schema_.tables[table].columns.size() && schema_.tables[table].columns[id].not_null;
        if (fact.is_null && (fact.not_null || not_null)) return {};
        if (!settle_values(types_[id], collected) && !fact.is_null) return {};
        branch.columns.push_back(fact);
    }
    if (!relations_hold()) return {};
    for (CollectedRelation& relation : relations_) branch.relations.push_back(std::move(relation.fact));
    branch.definitions = definitions_;
    branch.complete = complete_;
    return branch;
}

Facts analyse(const schema::Schema& schema, const Program& condition, std::optional<std::int64_t> as_of) {
    return analyse(schema, std::vector<const Program*>{&condition}, as_of);
}

Facts analyse(const schema::Schema& schema, const std::vector<const Program*>& conditions,
              std::optional<std::int64_t> as_of) {
    // Conditions with few branches first: what does not fit is left out.
    std::vector<std::vector<Conjunction>> forms;
    bool all = true;
    schema::TableId table = 0;
    for (const Program* condition : conditions) {
        for (const Input& input : condition->inputs()) {
            if (input.path.empty()) table = input.table;
        }
        if (auto form = disjunctive_form(*condition, most_branches)) {
            forms.push_back(*std::move(form));
        } else {
            all = false;
        }
    }
    std::stable_sort(forms.begin(), forms.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    std::vector<Conjunction> joined{{}};
    for (const std::vector<Conjunction>& form : forms) {
        if (auto next = both(joined, form, most_branches)) {
            joined = *std::move(next);
        } else {
            all = false;
        }
    }
    Facts facts;
    for (const Conjunction& conjunction : joined) {
        Collector collector(schema, as_of);
        for (const Atom& atom : conjunction) collector.add(atom);
        auto branch = collector.finish(table);
        if (!branch) continue;
        branch->complete = branch->complete && all;
        facts.branches.push_back(*std::move(branch));
    }
    facts.contradictory = facts.branches.empty();
    if (facts.branches.size() == 1) facts.definitions = facts.branches[0].definitions;
    return facts;
}

}  // namespace confab::expr
