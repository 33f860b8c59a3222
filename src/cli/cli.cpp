#include "cli/cli.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include <unistd.h>

#include <fmt/format.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/arguments.hpp"
#include "cli/prepare.hpp"
#include "cli/progress.hpp"
#include "cli/stop.hpp"
#include "cli/summary.hpp"
#include "engine/engine.hpp"
#include "sink/documents.hpp"
#include "sink/sink.hpp"
#include "sink/zip_reader.hpp"

namespace confab::cli {

namespace {

constexpr std::uint64_t most_report_bytes = 256U << 20U;
constexpr std::size_t most_notes = 8;

using Clock = std::chrono::steady_clock;

// Told before anything is made that the output would be refused.
Status check_place(const Arguments& arguments) {
    if (arguments.out == "-" || !names_archive(arguments.out)) return {};
    CONFAB_TRY(const OutputFile probe, OutputFile::create(arguments.out, arguments.force ? Overwrite::yes : Overwrite::no));
    return {};
}

Result<engine::Report> write(const engine::Program& program, const Arguments& arguments, const sink::RunOptions& options) {
    if (arguments.out != "-") {
        return names_archive(arguments.out)
                   ? sink::write_zip(program, arguments.out, arguments.force, arguments.compression, options)
                   : sink::write_directory(program, arguments.out, arguments.force, options);
    }
    CONFAB_TRY(const schema::TableId table, find_table(program.schema(), arguments.table, "--table"));
    const auto& made = program.tables();
    if (std::find(made.begin(), made.end(), table) == made.end()) {
        return Error(ErrorKind::invalid_input, fmt::format("--table: {} is not among the tables that are made", printable(arguments.table)));
    }
    engine::RowRange range{0, program.rows(table)};
    if (arguments.range) {
        if (arguments.range->to > range.to) {
            return Error(ErrorKind::invalid_input, fmt::format("--range: {} has {}, {} was asked for", printable(arguments.table),
                                                               counted(range.to, "row"), grouped(arguments.range->to)));
        }
        range = {arguments.range->from, arguments.range->to};
    }
    return sink::write_stream(program, table, range, !arguments.range, STDOUT_FILENO, options);
}

std::string bytes_text(std::uint64_t bytes) {
    if (bytes < 1000) return fmt::format("{} bytes", bytes);
    if (bytes < 1'000'000) return fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3);
    if (bytes < 1'000'000'000) return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
    return fmt::format("{:.2f} GB", static_cast<double>(bytes) / 1e9);
}

std::string outcome_line(const Arguments& arguments, const engine::Program& program, std::uint64_t rows, double seconds) {
    const std::string took = fmt::format("in {:.2f} s", seconds);
    if (arguments.out == "-") return fmt::format("{}: {} {}\n", printable(arguments.table), counted(rows, "row"), took);
    std::error_code code;
    const std::uintmax_t bytes = names_archive(arguments.out) ? std::filesystem::file_size(arguments.out, code) : 0;
    return fmt::format("{}: {}, {}{} {}\n", printable(arguments.out), counted(program.tables().size(), "table"),
                       counted(rows, "row"), bytes > 0 && !code ? ", " + bytes_text(bytes) : "", took);
}

Status generate(const Arguments& arguments, const StopSignals& stop) {
    const auto start = Clock::now();
    CONFAB_CHECK(check_place(arguments));
    CONFAB_TRY(const Prepared prepared, prepare(arguments));
    CONFAB_TRY(const engine::Program program, engine::compile(prepared.schema, prepared.plan, {arguments.threads, &stop.requested()}));
    ProgressBar bar(!arguments.quiet);
    std::uint64_t rows = 0;
    sink::RunOptions options;
    options.threads = arguments.threads;
    options.cancel = &stop.requested();
    options.progress = [&](const sink::Progress& progress) {
        rows = progress.rows_done;
        bar.show(progress);
    };
    CONFAB_TRY(const engine::Report report, write(program, arguments, options));
    bar.wipe();
    if (arguments.quiet) return {};
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    fmt::print(stderr, "{}{}{}", outcome_line(arguments, program, rows, seconds), planning_summary(prepared, most_notes),
               warning_summary(prepared.schema, report));
    return {};
}

Status print_plan(const Arguments& arguments) {
    CONFAB_TRY(const Prepared prepared, prepare(arguments));
    CONFAB_CHECK(write_all(STDOUT_FILENO, plan::write(prepared.plan), "standard output"));
    if (!arguments.quiet) {
        fmt::print(stderr, "{}{}", planning_summary(prepared, prepared.notes.size()), warning_summary(prepared.schema, {}));
    }
    return {};
}

Result<plan::Json> stored_report(const Arguments& arguments) {
    std::string text;
    if (names_archive(arguments.input)) {
        CONFAB_TRY(text, sink::read_zip_entry(arguments.input, "report.json", most_report_bytes));
    } else {
        CONFAB_TRY(text, read_file(arguments.input + "/report.json", most_report_bytes));
    }
    plan::Json json = plan::Json::parse(text, nullptr, false);
    if (json.is_discarded()) return Error(ErrorKind::invalid_input, fmt::format("the report in {} is not JSON", printable(arguments.input)));
    return json;
}

Result<plan::Json> new_report(const Arguments& arguments, const StopSignals& stop) {
    CONFAB_TRY(const Prepared prepared, prepare(arguments));
    CONFAB_TRY(const engine::Program program, engine::compile(prepared.schema, prepared.plan, {arguments.threads, &stop.requested()}));
    return sink::report_json(program.report(), prepared.schema);
}

Status print_report(const Arguments& arguments, const StopSignals& stop) {
    std::error_code code;
    const bool is_stored = names_archive(arguments.input) || std::filesystem::is_directory(arguments.input, code);
    CONFAB_TRY(const plan::Json report, is_stored ? stored_report(arguments) : new_report(arguments, stop));
    CONFAB_TRY(const std::string text, sink::report_text(report));
    return write_all(STDOUT_FILENO, text, "standard output");
}

Status run_command(const Arguments& arguments, const StopSignals& stop) {
    switch (arguments.command) {
        case Command::generate: return generate(arguments, stop);
        case Command::plan: return print_plan(arguments);
        case Command::report: return print_report(arguments, stop);
    }
    return {};
}

}  // namespace

int run(int argc, char** argv) {
    const Parsed parsed = parse(argc, argv);
    if (const int* status = std::get_if<int>(&parsed)) return *status;
    const Arguments& arguments = std::get<Arguments>(parsed);
    // A reader that has gone away is an error of writing like any other.
    std::signal(SIGPIPE, SIG_IGN);
    const StopSignals stop([&] {
        if (!arguments.out.empty() && arguments.out != "-") remove_partial(arguments.out);
    });
    Status status = run_command(arguments, stop);
    if (status) return 0;
    fmt::print(stderr, "{}\n", to_text(status.error()));
    return 1;
}

}  // namespace confab::cli
