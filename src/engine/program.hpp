// The compiled form of schema + plan: what `compile` makes and the evaluator reads. Immutable once made.
//
// A table has columns, and for each foreign key a *pick*: the hidden row number of the parent that a row refers
// to. Everything is a pure function of (table, row, attempt): a column asks its inputs, an input behind a foreign
// key is the parent's column at the picked rows.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/bijection.hpp"
#include "engine/engine.hpp"
#include "engine/event_time.hpp"
#include "engine/kernel.hpp"
#include "engine/layout.hpp"
#include "engine/row_index.hpp"
#include "expr/expr.hpp"

namespace confab::engine {

constexpr std::size_t none = static_cast<std::size_t>(-1);

// A value that a formula reads for each row of its table.
struct Read {
    enum class Kind : std::uint8_t {
        column,     // `index` is a column of the table where the path ends
        base,       // an own column before its overrides
        aggregate,  // `index` is one of TableProgram::aggregates of the table where the path ends
        as_of,      // the plan's day, or so many (`index`) days later
        parent_row, // `index` is a foreign key of the table where the path ends: the row that it refers to
    };
    Kind kind = Kind::column;
    std::vector<std::size_t> path;  // foreign keys, each of the table that the one before leads to
    std::size_t index = 0;
    bool operator==(const Read&) const = default;
};

// An expression with what it reads: positions in TableProgram::reads, parallel to the program's inputs.
struct Formula {
    std::shared_ptr<const expr::Program> program;
    std::vector<std::size_t> reads;
    explicit operator bool() const { return program != nullptr; }
};

// Numbers that make the members of a unique key differ: number = permutation(row), or, with a layout parent,
// permutation_of_that_parent(position within the parent). Members take mixed-radix digits of it. A redraw moves
// on by the count of rows, so that numbers stay distinct; beyond the capacity the attempt is spent.
struct KeyNumbers {
    std::string key;               // its name
    bool per_parent = false;
    std::uint64_t capacity = 0;
    std::uint64_t stream = 0;
    Bijection permutation;         // of the whole table
    std::size_t group = none;      // of its members
};

// One digit of a KeyNumbers: (number / divisor) % radix.
struct Digit {
    std::size_t numbers = none;    // position in TableProgram::key_numbers; none = not part of a key
    std::uint64_t divisor = 1;
    std::uint64_t radix = 1;
};

struct OverrideProgram {
    Formula when;                  // empty = always
    Formula value;
    std::uint64_t limit = UINT64_MAX;  // rows whose permuted rank is below it
    Bijection rank;
};

struct Rescue {
    std::unique_ptr<Kernel> kernel;    // null = the plan's own values
    bool null = false;                 // this branch wants NULL
};

struct ColumnProgram {
    enum class Source : std::uint8_t { nothing, sequence, draw, pick, derived, formula, ordinal, event_time };
    Source source = Source::nothing;
    schema::Type type;             // domains taken off
    Physical physical = Physical::int64;
    int scale = 0;
    std::uint64_t stream = 0;      // of values
    // sequence, ordinal: start + step × number, in the vector's scale
    std::int64_t start = 1;
    std::int64_t step = 1;
    // draw, pick
    std::unique_ptr<Kernel> kernel;
    std::vector<Formula> inputs;
    Digit digit;
    // derived: parent_column of the row that foreign key `pick` refers to, or `formula` that casts it
    std::size_t pick = none;
    schema::ColumnId parent_column = 0;
    bool keeps_value = false;      // also where the key is NULL: it is so by other columns of it
    Formula formula;
    EventTime event_time;
    bool events_redrawn = false;   // the order of the rows gives way to the clauses of the group
    // nulls
    std::uint64_t null_limit = 0;  // NULL when the stream's bits are below it
    std::uint64_t null_stream = 0;
    bool not_null = false;
    std::vector<OverrideProgram> overrides;
    // Used for some of the later attempts, when what the plan says is not accepted: made from the checks, one a
    // branch of theirs. Empty = none.
    std::vector<Rescue> rescues;
    std::size_t group = none;      // position in TableProgram::groups
    std::string generator;         // kind, for messages
};

// How a row finds the parent that a foreign key refers to.
struct PickProgram {
    enum class Source : std::uint8_t {
        skewed,       // any parent, some more often
        same_row,     // row r refers to row r: identifying circles
        ascending,    // each parent at most once, in their order
        permuted,     // each parent at most once; rows without one are NULL
        layout,       // the table is laid out by this parent
        digit,        // part of a unique key
        forest,       // an earlier row of the own table
        chain,        // the row before, in the own table: each is referred to at most once
        ring,         // likewise where NULL is not allowed
        restricted,   // among the parents that agree with this row in some values
        implied,      // the row that another reference's parent refers to: `implied`
    };
    Source source = Source::skewed;
    schema::TableId parent = 0;
    std::uint64_t parents = 0;         // rows of the parent
    std::uint64_t stream = 0;
    std::uint32_t skew = 0;            // of 2^16
    Bijection popularity;              // rank → row
    Digit digit;
    std::uint64_t roots = 0;           // forest: the first rows refer to nobody
    std::uint64_t null_limit = 0;
    std::uint64_t null_stream = 0;
    bool may_be_null = false;          // roots and rows without a candidate are NULL
    bool mixed = false;                // likewise, but some columns of the key may not be NULL: those keep a value
    // restricted: parents whose `parent_reads` equal this row's `own_reads`
    std::vector<std::size_t> own_reads;     // of this table
    std::vector<std::size_t> parent_reads;  // of the parent's table
    std::size_t index = none;               // position in Program::State::indexes
    bool found_or_null = false;             // without a candidate a column of its own becomes NULL, and all is well
    bool or_any = false;                    // without a candidate: NULL where that is allowed, else any parent
    bool seeks = false;                     // a row without a candidate is drawn again so many times before that:
    std::uint32_t seeking_attempts = 16;
    bool by_preference = false;             // restricted by what the plan prefers alone
    bool own_candidates = false;            // no parent is a candidate of two rows
    Formula preferred;                      // over the parent's table: candidates that come first
    std::size_t preferred_index = none;     // likewise
    bool smaller_rows_only = false;         // restricted self-reference: earlier rows only
    std::uint64_t root_share = 0;           // of those, of 2^64
    bool no_roots = false;                  // of the own table, where no row may refer to itself: the first two rows
                                            // refer to each other
    // event tables: only parents whose event time is not later than this row's column
    Formula existed_at;                     // over this table
    schema::ColumnId parent_event = 0;
    std::int64_t time_multiply = 1, time_divide = 1;  // this row's time in the parent's unit
    std::size_t implied = none;             // a Read of kind parent_row
    // Every parent has a row: of as many rows as there are parents each belongs to one of its own. Skewed only.
    bool covers = false;
    Bijection cover;                        // row → rank; below the count of parents it is the parent
    std::size_t group = none;
};

// Aggregate over the rows of a child table.
struct AggregateProgram {
    expr::Hop child;
    expr::Aggregate function = expr::Aggregate::count;
    Formula argument;                  // over the child's rows; empty = count(*)
    Formula filter;
    schema::Type type;
    Physical physical = Physical::int64;
    int scale = 0;
    bool by_layout = false;            // children are a range; else `prepared` holds a value a parent
    std::shared_ptr<const Vector> prepared;
    std::string text;                  // for messages
};

// A condition that every row has to satisfy.
struct Clause {
    std::string name;                  // constraint, or the rule's text
    std::string kind;                  // "check", "rule", "not null", …
    Formula condition;                 // or …
    std::size_t value_column = none;   // VALUE of a domain's check is this column
    std::size_t not_null = none;       // … this column is not NULL, or …
    std::size_t found_parent = none;   // … this pick found a parent
    bool null_holds = true;
    bool preferred = false;            // given up for a row when a few attempts do not satisfy it
};

// Key values that must differ from row to row, settled by a preparing pass.
struct DistinctKey {
    std::string name;
    std::string kind;
    std::vector<std::size_t> reads;      // plain members, or …
    std::vector<Formula> formulas;       // … expressions
    Formula predicate;                   // of a partial index
    bool nulls_distinct = true;
    // Exclusion constraints: rows with equal members must not overlap in this range.
    Formula ranges;
    std::uint64_t capacity = 0;          // 0 = not known
};

// Columns and picks that are drawn together until their clauses hold.
struct Group {
    std::vector<schema::ColumnId> columns;  // in the order in which they can be evaluated
    std::vector<std::size_t> picks;
    std::vector<Clause> clauses;
    std::vector<DistinctKey> keys;
    // Rows that begin at another attempt than 0: settled by the preparing pass.
    std::unordered_map<std::uint64_t, std::uint32_t> exceptions;
    std::uint32_t attempt_limit = 1U << 20U;
    // Attempts of a row, from its first, that also have to satisfy the preferred clauses; then the first attempt
    // that satisfies the others is taken.
    static constexpr std::uint32_t preferred_attempts = 200;
};

struct LayoutProgram {
    std::size_t foreign_key = none;
    Layout layout;
    // Parents that have children at all, where not every row may; empty = all.
    std::vector<std::uint64_t> parents;
};

struct TableProgram {
    schema::TableId id = 0;
    std::string name;
    std::uint64_t rows = 0;
    std::vector<ColumnProgram> columns;   // parallel to schema::Table::columns
    std::vector<PickProgram> picks;       // parallel to schema::Table::foreign_keys
    std::vector<Read> reads;
    std::vector<AggregateProgram> aggregates;
    std::vector<KeyNumbers> key_numbers;
    std::vector<Group> groups;
    std::optional<LayoutProgram> layout;
    std::vector<OutputColumn> output;
    bool present = false;                 // asked for, or referred to

    // The position of a read, which is added when it is new.
    std::size_t intern(const Read& read);
};

struct Program::State {
    schema::Schema schema;
    plan::Plan plan;
    std::int64_t as_of = 0;
    std::vector<TableProgram> tables;     // parallel to schema.tables
    std::vector<schema::TableId> order;
    std::vector<RowIndex> indexes;        // of restricted picks
    std::vector<ClauseOutcome> outcomes;
    std::vector<std::string> warnings;
};

// Messages: `orders.status`.
std::string column_name(const Program::State& state, schema::TableId table, schema::ColumnId column);

}  // namespace confab::engine
