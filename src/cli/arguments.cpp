#include "cli/arguments.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/dates.hpp"
#include "base/text.hpp"
#include "base/version.hpp"

namespace confab::cli {

namespace {

constexpr const char* generate_examples = R"(Examples:
  confab generate shop.sql                               shop.zip with 1,000 rows a table
  confab generate shop.sql --rows 100000 --out shop.zip
  confab generate shop.sql --rows customers=500 --rows orders=4/customers
  confab generate shop.sql --prompt "30% of orders are cancelled, customers from Germany"
  confab generate shop.sql --out shop/                   a folder of CSV files
  confab generate shop.sql --table orders --out -        CSV on standard output
  confab generate shop.sql --plan edited.json --out shop.zip
  pg_dump --schema-only shop | confab generate - --out shop.zip
Load it into an empty database:
  unzip shop.zip -d shop && cd shop && psql -d DATABASE -f load.sql)";

constexpr const char* plan_examples = R"(Examples:
  confab plan shop.sql > plan.json          what would fill each column: edit it, then
  confab generate shop.sql --plan plan.json
  confab plan shop.sql --plan plan.json --prompt "ratings mostly 4 or 5" > better.json)";

constexpr const char* report_examples = R"(Examples:
  confab report shop.zip                    of an archive or a folder that was made
  confab report shop.sql                    what would hold, and how, without making rows)";

// What the options leave as text, before it is checked.
struct RawArguments {
    std::string dialect;
    std::vector<std::string> rows;
    std::vector<std::string> tables;
    std::string seed;
    std::string as_of;
    std::string locale;
    std::string threads;
    std::string compress = "fast";
    std::string range;
};

void add_planning_options(CLI::App& app, Arguments& arguments, RawArguments& raw) {
    app.add_option("SCHEMA", arguments.input, "A file with the schema in SQL; - reads standard input")->required();
    app.add_option("--rows", raw.rows,
                   "N: rows of every table (default 1000), fewer where a key allows fewer. TABLE=N: exactly that "
                   "many. TABLE=M/PARENT: about M for each row of PARENT. May be given several times")
        ->type_name("N|TABLE=N|TABLE=M/PARENT")
        ->take_all();
    app.add_option("--tables", raw.tables, "Only these tables and what they reference, separated by commas")
        ->type_name("A,B,...")
        ->delimiter(',');
    app.add_option("--prompt", arguments.prompt, "What the data should be like, in plain words");
    app.add_option("--seed", raw.seed, "Another number gives other data (default 1)")->type_name("NUMBER");
    app.add_option("--plan", arguments.plan_file, "Use this plan instead of planning anew")->type_name("FILE");
    app.add_option("--as-of", raw.as_of, "The day that counts as today (default 2026-01-01)")->type_name("YYYY-MM-DD");
    app.add_option("--locale", raw.locale, "Of people, places and words (default en_US)")->type_name("LOCALE");
    app.add_option("--dialect", raw.dialect, "postgresql, mysql, sqlite, mssql or oracle (default: detected)")
        ->type_name("NAME");
    app.add_flag("--quiet", arguments.quiet, "Nothing on standard error but errors");
}

void add_generate_options(CLI::App& app, Arguments& arguments, RawArguments& raw) {
    add_planning_options(app, arguments, raw);
    app.add_option("--out", arguments.out,
                   "FILE.zip, a folder, or - for the CSV of one table on standard output (default: SCHEMA's name.zip)")
        ->type_name("FILE.zip|DIR|-");
    app.add_option("--table", arguments.table, "With --out -: the table")->type_name("TABLE");
    app.add_option("--range", raw.range,
                   "With --out -: rows FROM up to, but without, TO, counted from 0, without a header")
        ->type_name("TABLE=FROM:TO");
    app.add_option("--compress", raw.compress, "none, fast or small (default fast)")->type_name("HOW");
    app.add_option("--threads", raw.threads, "Threads to use (default: one for each core); the bytes are the same")
        ->type_name("N");
    app.add_flag("--force", arguments.force, "Replace the output when it exists");
}

Error usage(std::string message) { return {ErrorKind::invalid_input, std::move(message)}; }

Status check_rows(Arguments& arguments, const RawArguments& raw) {
    for (const std::string& text : raw.rows) {
        CONFAB_TRY(RowsArgument rows, parse_rows(text));
        if (!rows.table.empty()) {
            arguments.table_rows.push_back(std::move(rows));
        } else if (arguments.rows) {
            return usage("--rows gives the rows of every table twice");
        } else {
            arguments.rows = rows.rows;
        }
    }
    return {};
}

Status check_planning(Arguments& arguments, const RawArguments& raw) {
    CONFAB_CHECK(check_rows(arguments, raw));
    for (const std::string& table : raw.tables) {
        if (const std::string_view name = trim(table); !name.empty()) arguments.tables.emplace_back(name);
    }
    if (!raw.tables.empty() && arguments.tables.empty()) return usage("--tables names no table");
    if (!raw.seed.empty()) {
        std::uint64_t seed = 0;
        const auto [end, code] = std::from_chars(raw.seed.data(), raw.seed.data() + raw.seed.size(), seed);
        if (code != std::errc() || end != raw.seed.data() + raw.seed.size()) {
            return usage(fmt::format("--seed {} is not a whole number from 0 to 18,446,744,073,709,551,615", printable(raw.seed)));
        }
        arguments.seed = seed;
    }
    if (!raw.as_of.empty()) {
        if (!parse_date(raw.as_of)) return usage(fmt::format("--as-of {} is not a day, as in 2026-01-31", printable(raw.as_of)));
        arguments.as_of = raw.as_of;
    }
    if (!raw.locale.empty()) arguments.locale = raw.locale;
    if (!raw.dialect.empty()) {
        arguments.dialect = ddl::dialect_of(raw.dialect);
        if (!arguments.dialect) {
            const std::vector<std::string> names{"postgresql", "mysql", "sqlite", "mssql", "oracle"};
            return usage(fmt::format("--dialect {} is unknown", printable(raw.dialect))).note(nearest_note(raw.dialect, names));
        }
    }
    if (!arguments.plan_file.empty() && !arguments.tables.empty()) {
        return usage("--tables and --plan exclude each other: take tables out of the plan instead");
    }
    if (!arguments.plan_file.empty() && arguments.locale) {
        return usage("--locale and --plan exclude each other: the plan says its locale");
    }
    if (arguments.plan_file == "-" && arguments.input == "-") return usage("the schema and the plan cannot both come from standard input");
    return {};
}

Status check_output(Arguments& arguments, const RawArguments& raw) {
    if (arguments.out.empty()) {
        const std::string stem = std::filesystem::path(arguments.input).stem().string();
        arguments.out = (arguments.input == "-" || stem.empty() ? "confab" : stem) + ".zip";
    }
    if (!raw.range.empty()) {
        CONFAB_TRY(arguments.range, parse_range(raw.range));
        if (arguments.out != "-") return usage("--range writes to standard output: say --out -");
        if (!arguments.table.empty() && arguments.table != arguments.range->table) {
            return usage("--table and --range name different tables");
        }
        arguments.table = arguments.range->table;
    }
    if (arguments.out == "-" && arguments.table.empty()) {
        return usage("--out - writes the CSV of one table: name it with --table TABLE");
    }
    if (arguments.out != "-" && !arguments.table.empty()) {
        return usage("--table goes with --out -; to make some tables only, say --tables");
    }
    const std::string extension = lower_ascii(std::filesystem::path(arguments.out).extension().string());
    if (extension == ".csv") {
        return usage(fmt::format("--out {}: a CSV file holds one table", printable(arguments.out)))
            .note("say --table TABLE --out - > FILE.csv, or --out FOLDER, or --out FILE.zip");
    }
    const std::vector<std::string> compressions{"none", "fast", "small"};
    const auto compression = std::find(compressions.begin(), compressions.end(), raw.compress);
    if (compression == compressions.end()) {
        return usage(fmt::format("--compress {} is unknown: expected none, fast or small", printable(raw.compress)));
    }
    arguments.compression = static_cast<sink::Compression>(compression - compressions.begin());
    arguments.threads = std::clamp(std::thread::hardware_concurrency(), 1U, 256U);
    if (!raw.threads.empty()) {
        const auto threads = parse_integer(raw.threads);
        if (!threads || *threads < 1 || *threads > 256) {
            return usage(fmt::format("--threads {} is not a number from 1 to 256", printable(raw.threads)));
        }
        arguments.threads = static_cast<unsigned>(*threads);
    }
    return {};
}

int usage_error(const Error& error, const std::string& command) {
    fmt::print(stderr, "{}\n  see {} --help\n", to_text(error), command);
    return 2;
}

// `--rows -1` is a value, not an option called 1: the number is joined to its option.
std::vector<std::string> with_joined_numbers(int argc, char** argv) {
    std::vector<std::string> words;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool is_number = word.size() > 1 && word[0] == '-' && word[1] >= '0' && word[1] <= '9';
        if (is_number && !words.empty() && words.back().starts_with("--") && words.back().find('=') == std::string::npos) {
            words.back() += "=" + word;
        } else {
            words.push_back(word);
        }
    }
    return words;
}

}  // namespace

bool names_archive(std::string_view path) {
    return path.size() > 4 && equal_ignoring_case(path.substr(path.size() - 4), ".zip");
}

Parsed parse(int argc, char** argv) {
    CLI::App app("Fabricates relational data from a SQL schema: consistent, valid, with every constraint of the schema.", "confab");
    app.set_version_flag("--version", fmt::format("confab {}", version));
    app.require_subcommand(1);
    Arguments generate_arguments;
    RawArguments generate_raw;
    CLI::App* generate = app.add_subcommand("generate", "Make rows for every table: a ZIP archive or a folder of CSV files, with scripts that load them");
    add_generate_options(*generate, generate_arguments, generate_raw);
    generate->footer(generate_examples);
    Arguments plan_arguments;
    RawArguments plan_raw;
    CLI::App* plan = app.add_subcommand("plan", "Print the plan: how each column would be filled");
    add_planning_options(*plan, plan_arguments, plan_raw);
    plan->footer(plan_examples);
    Arguments report_arguments;
    RawArguments report_raw;
    CLI::App* report = app.add_subcommand("report", "Say for each constraint and rule how it is made to hold");
    add_planning_options(*report, report_arguments, report_raw);
    report->footer(report_examples);
    app.footer("Each command has examples: confab generate --help");

    std::string command = "confab";
    try {
        std::vector<std::string> words = with_joined_numbers(argc, argv);
        std::reverse(words.begin(), words.end());  // as CLI11 takes them
        app.parse(words);
    } catch (const CLI::Success& answer) {  // --help, --version
        return app.exit(answer);
    } catch (const CLI::ParseError& failure) {
        for (const CLI::App* sub : {generate, plan, report}) {
            if (sub->parsed()) command += " " + sub->get_name();
        }
        return usage_error(usage(failure.what()), command);
    }
    const bool is_generate = generate->parsed();
    const bool is_plan = plan->parsed();
    Arguments& arguments = is_generate ? generate_arguments : is_plan ? plan_arguments : report_arguments;
    const RawArguments& raw = is_generate ? generate_raw : is_plan ? plan_raw : report_raw;
    arguments.command = is_generate ? Command::generate : is_plan ? Command::plan : Command::report;
    command += is_generate ? " generate" : is_plan ? " plan" : " report";
    if (const Status status = check_planning(arguments, raw); !status) return usage_error(status.error(), command);
    if (is_generate) {
        if (const Status status = check_output(arguments, raw); !status) return usage_error(status.error(), command);
    }
    return arguments;
}

}  // namespace confab::cli
