// schema + plan → Program::State, in steps that each have a file of their own:
//
//   tables      which tables hold rows, and how many
//   references  how each foreign key finds its parent; which columns derive from which key
//   columns     a source for every column; expressions bound to what they read
//   keys        how each key is unique: by construction where possible
//   clauses     checks, rules and what else must hold; the groups of columns that they tie together
//   graph       the order of evaluation; circles are refused
//   prepare     passes over rows: indexes, totals, keys that nothing else settles; samples of acceptance
//
// A step that finds that a table can have fewer rows than wanted, or that a choice does not work, notes it in
// `Findings`, and the compilation starts again with them: counts only fall, choices are made once, so it ends.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/program.hpp"
#include "expr/analysis.hpp"

namespace confab::engine {

struct Findings {
    struct Ceiling {
        std::uint64_t rows = UINT64_MAX;
        std::string reason;  // `uq_status allows 5 distinct rows`
    };
    std::vector<Ceiling> ceilings;                                 // by table
    std::set<std::pair<schema::TableId, std::string>> wide;        // clauses that redraw all that they depend on
    std::set<std::pair<schema::TableId, std::string>> by_pass;     // keys to be settled by a preparing pass
    // What agreements may cost: with `seek` rows without a candidate are drawn again a few times; where that ties
    // columns together in a circle they are not, and where the agreements themselves do there are none.
    enum class Agreements : std::uint8_t { seek, keep, ignore } agreements = Agreements::seek;
    std::set<schema::TableId> without_preferences;                 // tables whose preferences would make a circle
    std::set<std::pair<schema::TableId, schema::ColumnId>> moved_events;  // event times that have to be redrawn
    bool changed = false;                                          // in this round
    std::shared_ptr<RecordCache> records;                          // the plan is the same in all rounds
};

// Checks that read the clock are held from the plan's day until so many days later.
constexpr std::int64_t later_days = 5 * 365;
// What the conditions say on the plan's day and later, together; of the plan's day alone where later nothing is left.
expr::Facts clock_facts(const schema::Schema& schema, const std::vector<const expr::Program*>& conditions, std::int64_t as_of);
// What they say on both days; contradictory where they cannot hold on both.
expr::Facts later_facts(const schema::Schema& schema, const std::vector<const expr::Program*>& conditions, std::int64_t as_of);

class Compiler {
  public:
    Compiler(Program::State& state, Findings& findings, const CompileOptions& options);
    // Returns early, with findings.changed set, when the compilation has to start again.
    Status run();

  private:
    using TableId = schema::TableId;
    using ColumnId = schema::ColumnId;

    // tables.cpp
    Status find_tables();
    void find_needed();
    Status count_rows();
    void warn_of_fewer_rows(TableId table);
    // Notes that a table can have no more rows. An error when more were asked for by name.
    Status limit_rows(TableId table, std::uint64_t most, const std::string& what);

    // references.cpp
    Status compile_references();
    Status compile_reference_table(TableId table);
    bool leave_alone(TableId table, std::size_t foreign_key);
    void cover_scopes(TableId table);
    Status break_identifying_circles();
    std::vector<std::size_t> reference_order(TableId table) const;
    bool find_implied(TableId table, std::size_t foreign_key);
    Status set_popularity();

    // agreements.cpp
    // Rules and preferences that are equalities of what two references lead to: one of the two chooses among the rows
    // that agree.
    Status restrict_by_rules(TableId table);
    Status restrict_by_agreement(TableId table, std::size_t foreign_key);
    Status compile_preference(TableId table, std::size_t foreign_key, const std::string& sql);
    void cover_parents(TableId table, std::size_t foreign_key, const expr::Input& theirs, ColumnId own);
    bool never_itself(TableId table, const std::string& condition);
    // What the plan says of a foreign key, at any of its columns; null when it says nothing.
    const plan::Generator* reference_of(TableId table, std::size_t foreign_key) const;

    // columns.cpp
    Status compile_columns();
    Status compile_column(TableId table, ColumnId column);

    // bounds.cpp
    Status compile_sequence(TableId table, ColumnId column, const plan::Generator& generator);
    // What the table's checks say together, of those that can be compiled.
    const expr::Facts& facts_of_checks(TableId table);
    // Narrows `from` and `to` to what the table's checks allow.
    Status bound_by_checks(TableId table, ColumnId column, plan::Generator& shape);

    // columns.cpp again
    Status compile_event_time(TableId table, ColumnId column, const plan::Generator& generator);
    Status compile_overrides(TableId table);
    Status compile_existed_at();
    Result<Formula> bind(TableId table, expr::Program program, ColumnId base_column = none);
    Result<Formula> bind(TableId table, std::shared_ptr<const expr::Program> program, ColumnId base_column = none);
    Result<Read> bind_input(TableId table, const expr::Input& input, ColumnId base_column);
    KernelContext context_of(TableId table, ColumnId column, bool unique) const;
    Result<std::unique_ptr<Kernel>> kernel(TableId table, ColumnId column, const plan::Generator& generator, bool unique);
    // The generator that the plan gives a column, or what any column of its type can have.
    plan::Generator generator_of(TableId table, ColumnId column) const;
    const plan::ColumnPlan* plan_of(TableId table, ColumnId column) const;

    // keys.cpp
    struct KeyWanted;
    Status compile_keys();
    Status compile_table_keys(TableId table);
    Status hold_key(TableId table, const KeyWanted& key);
    Status hold_by_pass(TableId table, const KeyWanted& key, const std::string& why);
    std::uint64_t capacity_of_column(TableId table, ColumnId column) const;
    Status make_layouts();

    // clauses.cpp
    Status compile_clauses();
    Status compile_table_clauses(TableId table);
    // An error when checks and rules of the table cannot hold together, found without drawing a row.
    Status refuse_contradictions(TableId table) const;
    Status add_check(TableId table, const std::string& name, const std::string& kind, const std::string& sql,
                     const schema::Type* value_type, ColumnId value_column, bool null_holds,
                     bool preferred = false);
    // Answers a note for the report.
    std::string leave_null(TableId table, const std::string& sql);
    void add_later_day(TableId table, const Clause& clause);
    Status add_partition_bounds(TableId table);

    // groups.cpp
    Status make_groups(TableId table);
    Status cut_trees(TableId table);
    std::vector<std::size_t> own_inputs(TableId table, std::size_t element) const;
    std::vector<std::size_t> read_elements(TableId table, const std::vector<std::size_t>& reads) const;
    bool is_random(TableId table, std::size_t element) const;

    // graph.cpp
    // A restricted reference whose restriction depends on the layout parent alone: parents without a candidate must
    // have no rows.
    bool follows_layout(TableId table, std::size_t foreign_key) const;
    Status order_nodes();

    // prepare.cpp
    Status prepare();
    Status prepare_index(TableId table, std::size_t foreign_key);
    // Says how an agreement is held; of a reference that may not be missing, how many rows no candidate agrees with.
    Status report_agreement(TableId table, std::size_t foreign_key);
    Status prepare_layout(TableId table);
    Status prepare_aggregate(TableId table, std::size_t aggregate);
    Status prepare_group(TableId table, std::size_t group);
    Status sample_group(TableId table, std::size_t group);
    // The times of events that a group's clauses rest on are redrawn from now on; false when all were.
    bool move_events(TableId table, std::size_t group);
    // rescue.cpp
    Status add_rescues(TableId table, std::size_t group);
    std::unique_ptr<Kernel> best_kernel(TableId table, ColumnId column, const std::vector<plan::Generator>& generators,
                                        const std::function<std::size_t(const Kernel&)>& accepted);
    bool cancelled() const { return options_.cancel != nullptr && options_.cancel->load(); }

    void report(TableId table, std::string clause, std::string kind, Held held, std::string note = {});
    std::uint64_t stream(TableId table, std::string_view column, std::string_view purpose) const;

    // A thing that is computed: what the dependency graph is made of.
    struct Node {
        enum class Kind : std::uint8_t { column, pick, aggregate, group, index } kind = Kind::column;
        TableId table = 0;
        std::size_t index = 0;
        auto operator<=>(const Node&) const = default;
    };
    std::vector<Node> inputs_of(const Node& node, bool with_groups) const;
    void add_reads(TableId table, const std::vector<std::size_t>& reads, std::vector<Node>& out) const;
    std::string node_name(const Node& node) const;
    // A circle of conditions was found: the next compilation asks less of what may be given up, the least loss
    // first. False when there is nothing left to give up.
    bool ask_less(std::span<const Node> circle);
    // Rows without a candidate of their group are drawn again no more; false when none were.
    bool stop_seeking();
    // Every row of the other table will do; false when that is so already.
    bool ignore_agreements();
    // The table of a group with preferred clauses has to do without them; false when it has none.
    bool drop_preferences(const Node& node);

    Program::State& state_;
    Findings& findings_;
    const CompileOptions& options_;
    std::vector<const plan::TablePlan*> plans_;       // by table; null = no rows
    std::vector<std::vector<std::size_t>> owner_;     // by table and column: the foreign key that it derives from
    std::vector<std::vector<bool>> needed_;           // by table and column: NOT NULL, or referred to by one that is
    std::map<TableId, std::set<std::size_t>> matched_in_full_;  // keys of which all columns are NULL, or none
    std::map<TableId, std::set<ColumnId>> always_null_;
    std::vector<std::set<ColumnId>> own_generator_;   // by table: key columns that generate for themselves
    std::vector<std::vector<bool>> unique_columns_;   // by table and column: no value twice
    std::vector<std::set<std::size_t>> key_columns_;  // by table: columns that a key needs to differ
    std::vector<std::uint64_t> fan_out_;              // by table: most children of a layout parent
    struct TableClauses {
        std::vector<Clause> clauses;
        std::vector<DistinctKey> keys;
    };
    std::vector<TableClauses> clauses_;
    std::vector<std::set<std::string>> held_rules_;   // by table: rules that a reference holds
    std::set<std::pair<TableId, ColumnId>> unevaluated_;  // generated columns that only PostgreSQL can compute
    std::set<TableId> laid_out_for_key_;              // not by the plan's wish
    std::map<TableId, expr::Facts> check_facts_;          // see facts_of_checks
    std::vector<Node> order_;                         // prepared things after what they need
};

}  // namespace confab::engine
