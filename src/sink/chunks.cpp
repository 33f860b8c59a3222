#include "sink/chunks.hpp"

#include <algorithm>

namespace confab::sink {

namespace {

// About 1 MiB of text: large enough to compress well and to make locks rare, small enough for a cache and for
// tables of a thousand columns.
std::uint64_t rows_a_chunk(std::size_t columns) {
    constexpr std::uint64_t cells = 131'072;
    const std::uint64_t rows = std::clamp<std::uint64_t>(cells / std::max<std::size_t>(columns, 1), 64, 16'384);
    return rows < engine::batch_rows ? rows : rows / engine::batch_rows * engine::batch_rows;
}

}  // namespace

ChunkMap::ChunkMap(const engine::Program& program) : spans_(1) {
    for (const schema::TableId table : program.tables()) add(program, table, {0, program.rows(table)});
}

ChunkMap::ChunkMap(const engine::Program& program, schema::TableId table, engine::RowRange rows) : spans_(1) {
    add(program, table, rows);
}

void ChunkMap::add(const engine::Program& program, schema::TableId table, engine::RowRange rows) {
    Span& span = spans_.back();
    span.table = table;
    span.rows = rows;
    span.rows_a_chunk = rows_a_chunk(program.output(table).size());
    const std::uint64_t count = rows.to - rows.from;
    const std::uint64_t chunks = std::max<std::uint64_t>(1, (count + span.rows_a_chunk - 1) / span.rows_a_chunk);
    const std::uint64_t next = span.first_chunk + chunks;
    spans_.push_back({});
    spans_.back().first_chunk = next;
    rows_ += count;
}

Chunk ChunkMap::operator[](std::uint64_t number) const {
    const auto after = std::upper_bound(spans_.begin(), spans_.end(), number,
                                        [](std::uint64_t chunk, const Span& span) { return chunk < span.first_chunk; });
    const Span& span = *(after - 1);
    const std::uint64_t from = span.rows.from + (number - span.first_chunk) * span.rows_a_chunk;
    return {span.table, {from, std::min(span.rows.to, from + span.rows_a_chunk)}, number == span.first_chunk,
            number + 1 == after->first_chunk};
}

}  // namespace confab::sink
