// The engine: schema + plan → batches of rows, any range, any thread, the same bytes.
//
//   CONFAB_TRY(const engine::Program program, engine::compile(schema, plan, {}));
//   engine::Worker worker(program);                     // one per thread: scratch memory
//   engine::Batch batch;
//   CONFAB_CHECK(worker.fill(table, {first, last}, batch));   // ≤ engine::batch_rows rows at once
//
// `compile` does everything that can fail on the schema or the plan alone: validation, capacities of keys,
// contradictions, circles between columns. A Program is immutable; workers share it without locks.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/vector.hpp"
#include "plan/plan.hpp"
#include "schema/schema.hpp"

namespace confab::engine {

// Raised by every release that changes bytes for the same plan.
constexpr int engine_version = 3;
constexpr std::size_t batch_rows = 2048;

struct RowRange {
    std::uint64_t from = 0;  // first row, counted from 0
    std::uint64_t to = 0;    // one past the last
};

// How a constraint or rule is made to hold.
enum class Held : std::uint8_t { by_construction, by_retry, by_postgresql_only, not_enforced };

struct ClauseOutcome {
    std::string table;
    std::string clause;  // the constraint's name, or the rule's text
    std::string kind;    // "primary key", "foreign key", "check", "rule", …
    Held held = Held::by_construction;
    std::string note;    // how, or why not; prepared state with its size
};

struct TableOutcome {
    std::string table;
    std::uint64_t rows = 0;
    std::uint64_t redraws = 0;  // rows drawn again, attempts counted
};

struct Report {
    std::vector<TableOutcome> tables;
    std::vector<ClauseOutcome> clauses;
    std::vector<std::string> warnings;  // a smaller count and the key that caused it, …
};

struct CompileOptions {
    unsigned threads = 1;                       // of preparing passes
    const std::atomic<bool>* cancel = nullptr;  // looked at between batches
};

// A column that leaves the engine: generated columns stay inside.
struct OutputColumn {
    schema::ColumnId column = 0;
    schema::Type type;         // the value's, domains taken off
    const schema::Enumeration* labels = nullptr;  // for enums: the vector holds positions among them
};

class Program {
  public:
    Program(Program&&) noexcept;
    Program& operator=(Program&&) noexcept;
    ~Program();

    const schema::Schema& schema() const;
    const plan::Plan& plan() const;
    // Tables that hold rows and were asked for, parents first where there is an order.
    const std::vector<schema::TableId>& tables() const;
    std::uint64_t rows(schema::TableId table) const;
    const std::vector<OutputColumn>& output(schema::TableId table) const;
    // What is known now; counts of redraws are added by the workers of a run.
    Report report() const;

    struct State;
    const State& state() const { return *state_; }
    explicit Program(std::unique_ptr<State> state);

  private:
    std::unique_ptr<State> state_;
};

// The schema and the plan are copied. The plan must be valid (plan::validate).
Result<Program> compile(const schema::Schema& schema, const plan::Plan& plan, const CompileOptions& options);

// Values of the output columns for a range of rows: columns[i] belongs to Program::output(table)[i].
struct Batch {
    schema::TableId table = 0;
    RowRange rows;
    std::vector<const Vector*> columns;  // owned by the worker, valid until its next fill
};

class Worker {
  public:
    explicit Worker(const Program& program);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // Fails when a row cannot be made to satisfy a check or rule: the clause, the table, the failing row.
    Status fill(schema::TableId table, RowRange range, Batch& batch);
    std::uint64_t redraws(schema::TableId table) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace confab::engine
