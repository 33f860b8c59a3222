#include "base/text.hpp"
#include "engine/evaluator.hpp"

namespace confab::engine {

struct Worker::State {
    explicit State(const Program::State& program_state) : program(program_state), evaluator(program_state) {}
    const Program::State& program;
    Evaluator evaluator;
    Frame* frame = nullptr;
};

Worker::Worker(const Program& program) : state_(std::make_unique<State>(program.state())) {}
Worker::~Worker() = default;

Status Worker::fill(schema::TableId table, RowRange range, Batch& batch) {
    Evaluator& evaluator = state_->evaluator;
    const TableProgram& program = state_->program.tables[table];
    if (range.to > program.rows || range.from > range.to) {
        return Error(ErrorKind::invalid_input, program.name + " has " + counted(program.rows, "row") + ", asked for " +
                                                   grouped(range.from) + " to " + grouped(range.to));
    }
    if (state_->frame != nullptr) evaluator.close(*state_->frame);
    Frame& frame = evaluator.open(table, range);
    state_->frame = &frame;
    batch.table = table;
    batch.rows = range;
    batch.columns.clear();
    for (const OutputColumn& output : program.output) {
        const Vector& values = evaluator.column(frame, output.column);
        batch.columns.push_back(&values);
        // What could not be drawn says more than the NULL that it left.
        if (evaluator.failure()) return evaluator.failure()->error;
        if (!program.columns[output.column].not_null || !values.has_nulls()) continue;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!values.is_null(i)) continue;
            return Error(ErrorKind::unsatisfiable,
                         column_name(state_->program, table, output.column) + ": NULL in row " +
                             grouped(range.from + i + 1) + " of a column that is NOT NULL");
        }
    }
    if (evaluator.failure()) return evaluator.failure()->error;
    return {};
}

std::uint64_t Worker::redraws(schema::TableId table) const { return state_->evaluator.redraws(table); }

}  // namespace confab::engine
