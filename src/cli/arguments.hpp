// The command line as data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "ddl/ddl.hpp"
#include "sink/sink.hpp"

namespace confab::cli {

enum class Command : std::uint8_t { generate, plan, report };

// One --rows: `1000`, `orders=1000`, `order_items=3/orders`. Names are looked up when the schema is known.
struct RowsArgument {
    std::string table;   // empty = every table
    std::int64_t rows = 0;
    std::string parent;  // not empty: `mean` rows for each row of it
    double mean = 0;
};

// --range: rows `from` up to, but without, `to`, counted from 0.
struct RangeArgument {
    std::string table;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
};

struct Arguments {
    Command command = Command::generate;
    std::string input;  // a schema, or for `report` also an archive or a folder; `-` = standard input
    std::optional<ddl::Dialect> dialect;

    // What to plan.
    std::optional<std::int64_t> rows;
    std::vector<RowsArgument> table_rows;
    std::vector<std::string> tables;
    std::string prompt;
    std::optional<std::uint64_t> seed;
    std::optional<std::string> as_of;
    std::optional<std::string> locale;
    std::string plan_file;  // empty = the offline planner

    // What to write.
    std::string out;  // archive, folder or `-`
    std::string table;
    std::optional<RangeArgument> range;
    sink::Compression compression = sink::Compression::fast;
    unsigned threads = 1;
    bool force = false;
    bool quiet = false;
};

// The command is known, or what was to be said has been said: help, the version, a usage error.
using Parsed = std::variant<Arguments, int /* exit status */>;
Parsed parse(int argc, char** argv);

// FILE.zip; any other name is a folder's.
bool names_archive(std::string_view path);

// The values of --rows and --range; errors say what is wrong with them.
Result<RowsArgument> parse_rows(const std::string& text);
Result<RangeArgument> parse_range(const std::string& text);

}  // namespace confab::cli
