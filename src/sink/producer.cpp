#include "sink/producer.hpp"

#include <map>
#include <optional>

#include "base/parallel.hpp"
#include "sink/csv.hpp"
#include "sink/deflate.hpp"

namespace confab::sink {

namespace {

// The buffers of one chunk in flight, used again for a later one.
struct Slot {
    Chunk chunk;
    ByteBuffer text;
    ByteBuffer packed;
    std::uint32_t crc = 0;
    std::uint64_t redraws = 0;
};

// What one thread keeps from chunk to chunk.
struct Maker {
    Maker(const engine::Program& program, Packing packing) : worker(program) {
        if (packing == Packing::fast) deflater.emplace(Compression::fast);
        if (packing == Packing::small) deflater.emplace(Compression::small);
    }
    engine::Worker worker;
    engine::Batch batch;
    std::optional<Deflater> deflater;
};

class Producer {
  public:
    Producer(const engine::Program& program, const ChunkMap& chunks, const ProduceOptions& produce_options,
             const RunOptions& options)
        : program_(program), chunks_(chunks), produce_options_(produce_options), options_(options),
          formatters_(program.schema().tables.size()), makers_(std::max(1U, options.threads)),
          slots_(slots_for(options.threads)) {
        for (const schema::TableId table : program.tables()) {
            formatters_[table].emplace(program.schema(), program.schema().tables[table], program.output(table));
        }
    }

    Status make(unsigned thread, std::uint64_t number, std::size_t slot_number) {
        auto& maker = makers_[thread];
        if (!maker) maker = std::make_unique<Maker>(program_, produce_options_.packing);
        Slot& slot = slots_[slot_number];
        slot.chunk = chunks_[number];
        slot.text.clear();
        slot.packed.clear();
        const schema::TableId table = slot.chunk.table;
        const CsvFormatter& formatter = *formatters_[table];
        if (slot.chunk.first && produce_options_.header) slot.text.append(formatter.header());
        const std::uint64_t redraws_before = maker->worker.redraws(table);
        for (std::uint64_t row = slot.chunk.rows.from; row < slot.chunk.rows.to; row += engine::batch_rows) {
            if (options_.cancel != nullptr && options_.cancel->load(std::memory_order_relaxed)) return cancelled_error();
            const engine::RowRange rows{row, std::min(slot.chunk.rows.to, row + engine::batch_rows)};
            CONFAB_CHECK(maker->worker.fill(table, rows, maker->batch));
            formatter.append(maker->batch, slot.text);
        }
        slot.redraws = maker->worker.redraws(table) - redraws_before;
        if (produce_options_.packing == Packing::none) return {};
        slot.crc = crc32(slot.text.view());
        return maker->deflater ? maker->deflater->pack(slot.text.view(), slot.packed) : Status();
    }

    MadeChunk made(std::size_t slot_number) const {
        const Slot& slot = slots_[slot_number];
        const bool is_packed = produce_options_.packing == Packing::fast || produce_options_.packing == Packing::small;
        return {slot.chunk, slot.text.view(), is_packed ? slot.packed.view() : slot.text.view(), slot.crc};
    }
    std::uint64_t redraws(std::size_t slot_number) const { return slots_[slot_number].redraws; }

  private:
    const engine::Program& program_;
    const ChunkMap& chunks_;
    const ProduceOptions& produce_options_;
    const RunOptions& options_;
    std::vector<std::optional<CsvFormatter>> formatters_;  // by table
    std::vector<std::unique_ptr<Maker>> makers_;           // by thread
    std::vector<Slot> slots_;
};

}  // namespace

Result<std::vector<std::uint64_t>> produce(const engine::Program& program, const ChunkMap& chunks,
                                           const ProduceOptions& produce_options, const RunOptions& options,
                                           const std::function<Status(const MadeChunk&)>& take) {
    Producer producer(program, chunks, produce_options, options);
    std::vector<std::uint64_t> redraws(program.schema().tables.size());
    Progress progress;
    progress.rows_total = chunks.rows();
    PipelineOptions pipeline;
    pipeline.threads = options.threads;
    pipeline.tasks = chunks.size();
    pipeline.cancel = options.cancel;
    if (options.progress) pipeline.tick = [&] { options.progress(progress); };
    CONFAB_CHECK(run_ordered(
        pipeline,
        [&](unsigned thread, std::uint64_t number, std::size_t slot) { return producer.make(thread, number, slot); },
        [&](std::uint64_t, std::size_t slot) -> Status {
            const MadeChunk made = producer.made(slot);
            if (made.chunk.first) progress.table = schema::display(program.schema().tables[made.chunk.table].name);
            CONFAB_CHECK(take(made));
            redraws[made.chunk.table] += producer.redraws(slot);
            progress.rows_done += made.chunk.rows.to - made.chunk.rows.from;
            progress.bytes += made.text.size();
            return {};
        }));
    if (options.progress) options.progress(progress);
    return redraws;
}

engine::Report report_of_run(const engine::Program& program, const std::vector<std::uint64_t>& redraws) {
    engine::Report report = program.report();
    std::map<std::string, std::uint64_t> by_name;
    for (schema::TableId table = 0; table < redraws.size(); ++table) {
        by_name[schema::display(program.schema().tables[table].name)] = redraws[table];
    }
    for (engine::TableOutcome& table : report.tables) table.redraws += by_name[table.table];
    return report;
}

}  // namespace confab::sink
