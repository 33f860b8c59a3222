// Chunks of rows → chunks of CSV, by any number of threads, taken in order by one writer.
#pragma once

#include <cstdint>
#include <functional>

#include "base/result.hpp"
#include "engine/engine.hpp"
#include "sink/chunks.hpp"
#include "sink/sink.hpp"

namespace confab::sink {

// A chunk, made: valid during the call it is given to.
struct MadeChunk {
    Chunk chunk;
    std::string_view text;    // the CSV, with the header in a table's first chunk if that was asked for
    std::string_view packed;  // see sink/deflate.hpp; the text itself without compression
    std::uint32_t crc = 0;    // of the text, when it was to be packed
};

enum class Packing : std::uint8_t { none, checked /* CRC only */, fast, small };

struct ProduceOptions {
    bool header = true;
    Packing packing = Packing::none;
};

// Makes all chunks and gives them to `take` in order. The result counts redraws (by table of the schema).
Result<std::vector<std::uint64_t>> produce(const engine::Program& program, const ChunkMap& chunks,
                                           const ProduceOptions& produce_options, const RunOptions& options,
                                           const std::function<Status(const MadeChunk&)>& take);

// The program's report with the redraws of a run.
engine::Report report_of_run(const engine::Program& program, const std::vector<std::uint64_t>& redraws);

}  // namespace confab::sink
