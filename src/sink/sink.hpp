// Batches → bytes: CSV files, a ZIP archive, a stream.
//
// Workers own chunks of rows: each fills batches, formats them and (for ZIP) compresses them; one writer puts the
// chunks in order. Bytes do not depend on the number of threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/engine.hpp"

namespace confab::sink {

struct Progress {
    std::uint64_t rows_done = 0;
    std::uint64_t rows_total = 0;
    std::uint64_t bytes = 0;
    std::string table;
};

struct RunOptions {
    unsigned threads = 1;
    const std::atomic<bool>* cancel = nullptr;
    std::function<void(const Progress&)> progress;  // called by one thread, at most ten times a second
};

enum class Compression : std::uint8_t { none, fast, small };

// Writes CSV files, schema.sql, load.sql, plan.json, manifest.json, report.json (and left_out.sql) into a new folder.
Result<engine::Report> write_directory(const engine::Program& program, const std::string& path, bool replace,
                                       const RunOptions& options);

// The same as a ZIP archive. Appears under its name only when whole.
Result<engine::Report> write_zip(const engine::Program& program, const std::string& path, bool replace,
                                 Compression compression, const RunOptions& options);

// CSV of some rows of one table to a file descriptor; with `header` the first line names the columns.
Result<engine::Report> write_stream(const engine::Program& program, schema::TableId table, engine::RowRange range,
                                    bool header, int file_descriptor, const RunOptions& options);

}  // namespace confab::sink
