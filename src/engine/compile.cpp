#include <algorithm>

#include "base/dates.hpp"
#include "base/text.hpp"
#include "engine/compiler.hpp"
#include "engine/generators/record_numbers.hpp"

namespace confab::engine {

std::size_t TableProgram::intern(const Read& read) {
    const auto found = std::find(reads.begin(), reads.end(), read);
    if (found != reads.end()) return static_cast<std::size_t>(found - reads.begin());
    reads.push_back(read);
    return reads.size() - 1;
}

std::string column_name(const Program::State& state, schema::TableId table, schema::ColumnId column) {
    return state.tables[table].name + "." + state.schema.tables[table].columns[column].name;
}

Program::Program(std::unique_ptr<State> state) : state_(std::move(state)) {}
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
Program::~Program() = default;

const schema::Schema& Program::schema() const { return state_->schema; }
const plan::Plan& Program::plan() const { return state_->plan; }
const std::vector<schema::TableId>& Program::tables() const { return state_->order; }
std::uint64_t Program::rows(schema::TableId table) const { return state_->tables[table].rows; }
const std::vector<OutputColumn>& Program::output(schema::TableId table) const { return state_->tables[table].output; }

Report Program::report() const {
    Report report;
    for (const schema::TableId table : state_->order) {
        report.tables.push_back({state_->tables[table].name, state_->tables[table].rows, 0});
    }
    report.clauses = state_->outcomes;
    report.warnings = state_->warnings;
    return report;
}

Compiler::Compiler(Program::State& state, Findings& findings, const CompileOptions& options)
    : state_(state), findings_(findings), options_(options) {}

void Compiler::report(TableId table, std::string clause, std::string kind, Held held, std::string note) {
    state_.outcomes.push_back({state_.tables[table].name, std::move(clause), std::move(kind), held, std::move(note)});
}

std::uint64_t Compiler::stream(TableId table, std::string_view column, std::string_view purpose) const {
    return stream_key(state_.plan.seed, state_.tables[table].name, column, purpose);
}

Status Compiler::run() {
    using Step = Status (Compiler::*)();
    constexpr Step steps[] = {
        &Compiler::find_tables,        &Compiler::count_rows,      &Compiler::compile_references,
        &Compiler::compile_columns,    &Compiler::compile_keys,    &Compiler::make_layouts,
        &Compiler::compile_existed_at, &Compiler::compile_clauses, &Compiler::order_nodes,
        &Compiler::prepare,
    };
    for (const Step step : steps) {
        Status done = (this->*step)();
        if (findings_.changed) return {};
        CONFAB_CHECK(std::move(done));
        if (cancelled()) return Error(ErrorKind::cancelled, "stopped");
    }
    return {};
}

Result<Program> compile(const schema::Schema& schema, const plan::Plan& plan, const CompileOptions& options) {
    const std::optional<std::int64_t> as_of = parse_date(plan.as_of);
    if (!as_of) return Error(ErrorKind::invalid_input, "as_of \"" + plan.as_of + "\" is not a date (YYYY-MM-DD)");
    if (plan.engine != 0 && plan.engine != engine_version) {
        // Other bytes than those of the version it was written for: said, not refused.
    }
    Findings findings;
    findings.ceilings.resize(schema.tables.size());
    findings.records = std::make_shared<RecordCache>();
    constexpr int most_rounds = 200;
    for (int round = 0; round < most_rounds; ++round) {
        auto state = std::make_unique<Program::State>();
        state->schema = schema;
        state->plan = plan;
        state->as_of = *as_of;
        findings.changed = false;
        if (plan.engine != 0 && plan.engine != engine_version) {
            state->warnings.push_back("the plan was written for engine version " + std::to_string(plan.engine) +
                                      ", this is version " + std::to_string(engine_version) +
                                      ": other values will come out of it");
        }
        Compiler compiler(*state, findings, options);
        CONFAB_CHECK(compiler.run());
        if (!findings.changed) return Program(std::move(state));
    }
    return Error(ErrorKind::internal, "the row counts of this plan do not settle");
}

}  // namespace confab::engine
