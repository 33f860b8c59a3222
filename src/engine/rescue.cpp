// What the checks themselves say about a column, as kernels: used for every other attempt once the plan's own
// generators have failed a few times. A plan that ignores a CHECK costs quality that way, never validity.
//
// Each branch of an OR has kernels of its own; rows and attempts go through the branches in turn. What analysis does
// not understand is tried with probes (see probes.hpp): conditions over one column say which of them hold.
#include <algorithm>

#include "base/dates.hpp"
#include "base/random.hpp"
#include "engine/compiler.hpp"
#include "engine/fact_generators.hpp"
#include "engine/probes.hpp"
#include "expr/analysis.hpp"

namespace confab::engine {

namespace {

using schema::TypeKind;
using plan::Json;

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
    // What both a check and a domain say of a column is for the better of the two to find.
    for (std::vector<expr::ColumnFact>& branch : branches) branch.insert(branch.end(), of_values.begin(), of_values.end());
    for (const ColumnId column : group.columns) {
        ColumnProgram& made = table.columns[column];
        if (made.source != ColumnProgram::Source::draw && !made.events_redrawn) continue;
        if (always_null_[id].contains(column)) continue;
        Judge judge(state_, table, group, column);
        const auto accepted = [&](const Kernel& kernel) { return judge.decides() ? judge.accepted(kernel) : samples; };
        const std::vector<std::string> candidates = judge.probes();
        std::vector<plan::Generator> probing;
        if (!candidates.empty()) probing.push_back({"choice", {{"values", candidates}}});
        const bool own_is_hopeless = judge.decides() && made.kernel != nullptr && made.inputs.empty() && judge.accepted(*made.kernel) == 0;
        // One more than there are branches: probes alone.
        made.rescues.resize(branches.size() + 1);
        made.rescues.back().kernel = best_kernel(id, column, probing, accepted);
        for (std::size_t b = 0; b < branches.size(); ++b) {
            std::vector<plan::Generator> generators;
            for (const expr::ColumnFact& fact : branches[b]) {
                if (fact.column != column) continue;
                made.rescues[b].null = made.rescues[b].null || fact.is_null;
                for (plan::Generator& each : generators_of(fact, made.type)) generators.push_back(std::move(each));
            }
            if (made.rescues[b].null) continue;
            if (judge.decides() && (own_is_hopeless || !generators.empty())) {
                generators.insert(generators.end(), probing.begin(), probing.end());
            }
            made.rescues[b].kernel = best_kernel(id, column, generators, accepted);
        }
    }
    return {};
}

}  // namespace confab::engine
