// The rows of a run, cut into chunks: what one worker makes, formats and packs at a time.
//
// Chunks are numbered through all tables. Where they are cut depends on the tables alone, never on the threads.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/engine.hpp"

namespace confab::sink {

struct Chunk {
    schema::TableId table = 0;
    engine::RowRange rows;
    bool first = false;  // of its table
    bool last = false;
};

class ChunkMap {
  public:
    // All rows of a program's tables. A table without rows has one chunk: its file has a header.
    explicit ChunkMap(const engine::Program& program);
    // Some rows of one table.
    ChunkMap(const engine::Program& program, schema::TableId table, engine::RowRange rows);

    std::uint64_t size() const { return spans_.back().first_chunk; }
    std::uint64_t rows() const { return rows_; }
    Chunk operator[](std::uint64_t number) const;

  private:
    struct Span {
        schema::TableId table = 0;
        engine::RowRange rows;
        std::uint64_t rows_a_chunk = 1;
        std::uint64_t first_chunk = 0;
    };
    void add(const engine::Program& program, schema::TableId table, engine::RowRange rows);

    std::vector<Span> spans_;  // and one past the last
    std::uint64_t rows_ = 0;
};

}  // namespace confab::sink
