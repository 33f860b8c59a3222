// evaluate(table, columns, rows): the one primitive of the engine. Output, references, look-ups of a parent's
// column, sums over children and preparing passes are all this.
//
// A Frame is a list of rows of one table with what has been computed for them so far. A column asks for its inputs
// in the same frame; a value behind a foreign key is asked for in the frame of the picked parents. All memory is
// reused from batch to batch: frames go back to a pool.
//
// One evaluator a thread; the program is shared.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/aggregates.hpp"
#include "engine/distinct.hpp"
#include "engine/program.hpp"

namespace confab::engine {

// One computed column, pick, read or list of key numbers of a frame.
struct Slot {
    enum class Status : std::uint8_t { empty, busy, ready };
    Status status = Status::empty;
    Vector vector;
    const Vector* source = nullptr;  // of a read that needs no copy: where the values are
};

struct Frame {
    const TableProgram* table = nullptr;
    std::vector<std::uint64_t> rows;
    bool consecutive = false;                      // rows ascend by one
    std::vector<Slot> columns, bases, picks, reads, aggregates, numbers;
    std::vector<Frame*> parents;                   // by foreign key; null = not opened
    std::vector<Frame*> retired;                   // frames of picks that were drawn again: texts may point there
    // Attempts of each group: empty = 0 for all rows.
    std::vector<std::vector<std::uint32_t>> attempts;
    std::vector<Slot::Status> groups;              // ready = the clauses hold
    std::vector<std::uint8_t> spent;               // rows whose attempt has no key number left; empty = none
    // Layout: place of each row, filled on demand.
    std::vector<std::uint64_t> place_parent, place_ordinal, place_count;
    bool placed = false;
};

// A row that no attempt could make satisfy its group's clauses.
struct Failure {
    Error error;
    schema::TableId table = 0;
    std::size_t group = 0;
    bool spent = false;  // a unique key had no numbers left for further attempts
};

class Evaluator {
  public:
    explicit Evaluator(const Program::State& state);
    Evaluator(const Evaluator&) = delete;
    Evaluator& operator=(const Evaluator&) = delete;
    ~Evaluator();

    // A frame of these rows, with nothing computed.
    Frame& open(schema::TableId table, RowRange range);
    Frame& open(schema::TableId table, const std::vector<std::uint64_t>& rows);
    // Gives a frame and all that were opened from it back.
    void close(Frame& frame);

    const Vector& column(Frame& frame, schema::ColumnId column);
    const Vector& read(Frame& frame, std::size_t read);
    // Row numbers of parents; NULL where the row refers to nobody.
    const Vector& pick(Frame& frame, std::size_t foreign_key);
    void run(Frame& frame, const Formula& formula, Vector& out);

    // Draws a group until its clauses hold for every row.
    void resolve(Frame& frame, std::size_t group);
    // Computes a group at the attempts that the frame has, and finds the rows where a clause does not hold.
    // failed[i] is 1 + the position of the clause, or 0; unmet[i] whether a preferred clause does not hold.
    void attempt(Frame& frame, std::size_t group, std::vector<std::uint32_t>& failed,
                 std::vector<std::uint8_t>* unmet = nullptr);
    // A failed code: the key has no number left for the attempt.
    static constexpr std::uint32_t spent_attempt = UINT32_MAX;
    // Takes over a row's members, drawn in another frame at a later attempt.
    void adopt(Frame& frame, std::size_t position, Frame& drawn, std::size_t drawn_position, std::size_t group);
    // After rows were adopted: frames of the members' parents are to be opened anew.
    void forget_parents(Frame& frame, std::size_t group);
    // Adds rows of a child table to the totals of the groups that they belong to (`none` = to nobody's).
    void add_children(Frame& children, const AggregateProgram& program, const std::vector<std::size_t>& groups,
                      Totals& totals);
    // The values of a distinct key.
    void key_values(Frame& frame, const DistinctKey& key, DistinctValues::Batch& values);
    // One hash for the values of some reads; 0 = one of them is NULL.
    void hash_reads(Frame& frame, const std::vector<std::size_t>& reads, bool nulls_too,
                    std::vector<std::uint64_t>& hashes);

    // What went wrong first, if anything did: the values of the batch are then of no use.
    const std::optional<Failure>& failure() const { return failure_; }
    std::uint64_t redraws(schema::TableId table) const { return redraws_[table]; }
    // The values of a row, for messages: `quantity = 3, price = 0.50`.
    std::string row_text(Frame& frame, std::size_t group, std::size_t position);

  private:
    struct Pool {
        std::vector<std::unique_ptr<Frame>> all;
        std::vector<Frame*> free;
    };
    Frame& fresh(schema::TableId table, std::size_t rows);
    Frame& parent_frame(Frame& frame, std::size_t foreign_key);
    const Vector& base(Frame& frame, schema::ColumnId column);
    const Vector& aggregate(Frame& frame, std::size_t aggregate);
    const std::uint64_t* key_numbers(Frame& frame, std::size_t numbers);
    void place(Frame& frame);
    const std::uint32_t* attempts_of(const Frame& frame, std::size_t group) const;

    void compute_base(Frame& frame, schema::ColumnId column, Vector& out);
    void compute_kernel(Frame& frame, const ColumnProgram& program, Vector& out);
    // Replaces the values of later attempts by what the checks say; entropy_ is that of the rows.
    void rescue(const Frame& frame, const ColumnProgram& program, const std::uint32_t* attempts, Vector& out);
    void compute_derived(Frame& frame, const ColumnProgram& program, Vector& out);
    void apply_overrides(Frame& frame, schema::ColumnId column, Vector& out);
    void compute_pick(Frame& frame, std::size_t foreign_key, Vector& out);
    void pick_restricted(Frame& frame, const PickProgram& program, Vector& out);
    void pick_existing(Frame& frame, const PickProgram& program, Vector& out);
    // existing_[i] = how many of the parents exist at the row's time: the first ones.
    void find_existing(Frame& frame, const PickProgram& program);
    void cover_parents(Frame& frame, const PickProgram& program, Vector& out);
    void compute_aggregate(Frame& frame, const AggregateProgram& program, Vector& out);
    void find_unmet(Frame& frame, const Clause& clause, std::vector<std::uint8_t>& unmet);
    // Draws the rows again that failed, and for a while those whose preferred clauses are not met.
    void redraw(Frame& frame, std::size_t group, const std::vector<std::uint32_t>& failed,
                const std::vector<std::uint8_t>& unmet);
    void give_up(Frame& drawn, std::size_t group, std::size_t position, std::uint32_t code, std::uint32_t attempts,
                 bool spent);
    void entropy(const Frame& frame, std::uint64_t stream, const std::uint32_t* attempts);

    const Program::State& state_;
    std::vector<Pool> pools_;             // by table
    std::vector<Layout::Cursor> cursors_; // by table
    std::vector<std::uint64_t> redraws_;
    expr::Scratch scratch_;
    std::vector<const Vector*> inputs_;   // a stack
    std::vector<std::unique_ptr<Vector>> kernel_inputs_;  // a stack likewise
    std::size_t kernel_inputs_top_ = 0;
    std::vector<std::uint64_t> entropy_;
    std::vector<std::uint64_t> existing_;
    Vector rescued_;
    std::optional<Failure> failure_;
};

// out[i] = bits_of(stream, rows[i], attempts[i]), attempts may be null. The hot loop of every column.
void draw_bits(std::uint64_t stream, const std::uint64_t* rows, const std::uint32_t* attempts, std::size_t count,
               std::uint64_t* out);

}  // namespace confab::engine
