// What the checks themselves say about a column, as kernels: used for every other attempt once the plan's own
// generators have failed a few times. A plan that ignores a CHECK costs quality that way, never validity.
//
// Each branch of an OR has kernels of its own; rows and attempts go through the branches in turn. What analysis does
// not understand is tried with probes (see probes.hpp): conditions over one column say which of them hold.
#include <algorithm>

#include "base/dates.hpp"
#include "base/random.hpp"
#include "engine/compiler.hpp"
#include "engine/probes.hpp"
#include "expr/analysis.hpp"

namespace confab::engine {

namespace {

using schema::TypeKind;
using plan::Json;

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

constexpr std::size_t samples = 512;

// Which values of a column the group's conditions over it alone accept.
class Judge {
  public:
    Judge(const Program::State& state, const TableProgram& table, const Group& group, schema::ColumnId column)
        : state_(state), type_(table.columns[column].type) {
        as_of_.reset(Physical::int64, samples);
        std::fill_n(as_of_.data<std::int64_t>(), samples, state.as_of);
        for (const Clause& clause : group.clauses) {
            if (!clause.condition) continue;
            bool reads = false;
            const bool alone = std::all_of(clause.condition.reads.begin(), clause.condition.reads.end(), [&](std::size_t index) {
                const Read& read = table.reads[index];
                if (read.kind == Read::Kind::as_of) return true;
                const bool own = read.kind == Read::Kind::column && read.path.empty() && read.index == column;
                reads = reads || own;
                return own;
            });
            if (!alone) {
                const bool touches = std::any_of(clause.condition.reads.begin(), clause.condition.reads.end(), [&](std::size_t index) {
                    return table.reads[index].path.empty() && table.reads[index].index == column;
                });
                if (touches) collect_literals(state.schema, *clause.condition.program, literals_);
                continue;
            }
            if (!reads) continue;
            clauses_.push_back(&clause);
            collect_literals(state.schema, *clause.condition.program, literals_);
        }
    }

    bool decides() const { return !clauses_.empty(); }

    // Of `samples` drawn values, how many are accepted.
    std::size_t accepted(const Kernel& kernel) {
        std::vector<std::uint64_t> entropy(samples);
        for (std::size_t i = 0; i < samples; ++i) entropy[i] = mix(i + 1, 77);
        Vector drawn;
        kernel.draw(entropy, {}, drawn);
        return count(drawn, samples);
    }

    // Candidates that hold; all that are values of the type where no condition decides.
    std::vector<std::string> probes() {
        constexpr std::size_t most = 256;
        std::vector<std::string> kept;
        for (std::string& text : probes_of(type_, literals_, state_.as_of)) {
            Vector value;
            if (!expr::parse_literal(state_.schema, type_, text, value) || count(value, 1) == 0) continue;
            kept.push_back(std::move(text));
            if (kept.size() == most) break;
        }
        return kept;
    }

  private:
    

    std::size_t count(const Vector& values, std::size_t rows) {
        std::vector<bool> holds(rows, true);
        Vector result;
        for (const Clause* clause : clauses_) {
            std::vector<const Vector*> inputs;
            for (const expr::Input& input : clause->condition.program->inputs()) {
                inputs.push_back(input.kind == expr::InputKind::as_of ? &as_of_ : &values);
            }
            scratch_.errors.assign(rows, 0);
            scratch_.any_error = false;
            clause->condition.program->run(inputs, rows, scratch_, result);
            for (std::size_t i = 0; i < rows; ++i) {
                const bool ok = result.is_null(i) ? clause->null_holds : result.data<std::uint8_t>()[i] != 0;
                holds[i] = holds[i] && ok && scratch_.errors[i] == 0;
            }
        }
        return static_cast<std::size_t>(std::count(holds.begin(), holds.end(), true));
    }

    const Program::State& state_;
    const schema::Type& type_;
    std::vector<const Clause*> clauses_;
    std::set<std::string> literals_;
    Vector as_of_;
    expr::Scratch scratch_;
};

}  // namespace

// The kernel that the column's own conditions accept most of; the first where none decides. Null when there is none.
std::unique_ptr<Kernel> Compiler::best_kernel(TableId id, ColumnId column, const std::vector<plan::Generator>& generators,
                                              const std::function<std::size_t(const Kernel&)>& accepted) {
    constexpr std::size_t good_enough = samples / 8;
    std::unique_ptr<Kernel> best;
    std::size_t most = 0;
    for (const plan::Generator& generator : generators) {
        Result<std::unique_ptr<Kernel>> made = kernel(id, column, generator, false);
        if (!made || !(*made)->inputs().empty()) continue;
        const std::size_t share = accepted(**made);
        if (best == nullptr || share > most) {
            best = std::move(*made);
            most = share;
        }
        if (most >= good_enough) break;
    }
    return best;
}

Status Compiler::add_rescues(TableId id, std::size_t index) {
    TableProgram& table = state_.tables[id];
    Group& group = table.groups[index];
    for (const ColumnId column : group.columns) {
        if (!table.columns[column].rescues.empty()) return {};  // made before
    }
    std::vector<const expr::Program*> conditions;
    std::vector<expr::ColumnFact> of_values;  // of domain checks: VALUE is a column here
    for (const Clause& clause : group.clauses) {
        if (!clause.condition || clause.preferred) continue;
        if (clause.value_column == none) {
            conditions.push_back(clause.condition.program.get());
            continue;
        }
        const expr::Facts facts = clock_facts(state_.schema, {clause.condition.program.get()}, state_.as_of);
        if (facts.branches.empty()) continue;
        for (expr::ColumnFact fact : facts.branches.front().columns) {
            fact.column = clause.value_column;
            of_values.push_back(std::move(fact));
        }
    }
    expr::Facts facts;
    if (!conditions.empty()) facts = clock_facts(state_.schema, conditions, state_.as_of);
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
        Judge judge(state_, table, group, column);
        const auto accepted = [&](const Kernel& kernel) { return judge.decides() ? judge.accepted(kernel) : samples; };
        const std::vector<std::string> candidates = judge.probes();
        std::vector<plan::Generator> probing;
        if (!candidates.empty()) probing.push_back({"choice", {{"values", candidates}}});
        const bool own_is_hopeless = judge.decides() && made.inputs.empty() && judge.accepted(*made.kernel) == 0;
        // One more than there are branches: probes alone.
        made.rescues.resize(branches.size() + 1);
        made.rescues.back().kernel = best_kernel(id, column, probing, accepted);
        for (std::size_t b = 0; b < branches.size(); ++b) {
            const auto fact = std::find_if(branches[b].begin(), branches[b].end(), [&](const auto& other) { return other.column == column; });
            if (fact != branches[b].end() && fact->is_null) {
                made.rescues[b].null = true;
                continue;
            }
            std::vector<plan::Generator> generators;
            if (fact != branches[b].end()) generators = generators_of(*fact, made.type);
            if (judge.decides() && (own_is_hopeless || !generators.empty())) {
                generators.insert(generators.end(), probing.begin(), probing.end());
            }
            made.rescues[b].kernel = best_kernel(id, column, generators, accepted);
        }
    }
    return {};
}

}  // namespace confab::engine
