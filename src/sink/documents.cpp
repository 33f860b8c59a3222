#include "sink/documents.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/version.hpp"

namespace confab::sink {

namespace {

using plan::Json;

constexpr int report_version = 1;
constexpr int manifest_version = 1;

// Text from a schema is UTF-8 by then; should it not be, the mark for broken text is better than an exception.
std::string dump(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

std::string comment(std::string_view text) {
    std::string lines;
    for (const std::string_view line : split(text, '\n')) lines += fmt::format("-- {}\n", line);
    return lines;
}

}  // namespace

std::string_view name_of(engine::Held held) {
    switch (held) {
        case engine::Held::by_construction: return "by construction";
        case engine::Held::by_retry: return "by retry";
        case engine::Held::by_postgresql_only: return "by PostgreSQL only";
        case engine::Held::not_enforced: return "not enforced";
    }
    return "";
}

std::string manifest_json(const engine::Program& program, const std::vector<std::string>& file_names,
                          const std::vector<FileRecord>& files) {
    const plan::Plan& plan = program.plan();
    Json manifest;
    manifest["confab_manifest"] = manifest_version;
    manifest["confab"] = version;
    manifest["engine"] = engine::engine_version;
    manifest["plan"] = plan::plan_version;
    manifest["seed"] = plan.seed;
    manifest["as_of"] = plan.as_of;
    manifest["locale"] = plan.locale;
    manifest["dialect"] = program.schema().dialect;
    Json tables = Json::array();
    for (const schema::TableId id : program.tables()) {
        const schema::Table& table = program.schema().tables[id];
        Json columns = Json::array();
        for (const engine::OutputColumn& column : program.output(id)) {
            columns.push_back(table.columns[column.column].name);
        }
        tables.push_back({{"table", schema::display(table.name)},
                          {"file", file_names[id]},
                          {"rows", program.rows(id)},
                          {"columns", std::move(columns)}});
    }
    manifest["tables"] = std::move(tables);
    Json listed = Json::array();
    for (const FileRecord& file : files) {
        listed.push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    }
    manifest["files"] = std::move(listed);
    return dump(manifest);
}

plan::Json report_json(const engine::Report& report, const schema::Schema& schema) {
    Json json;
    json["confab_report"] = report_version;
    json["engine"] = engine::engine_version;
    Json tables = Json::array();
    for (const engine::TableOutcome& table : report.tables) {
        tables.push_back({{"table", table.table}, {"rows", table.rows}, {"redraws", table.redraws}});
    }
    json["tables"] = std::move(tables);
    Json clauses = Json::array();
    for (const engine::ClauseOutcome& clause : report.clauses) {
        Json entry{{"table", clause.table}, {"kind", clause.kind}, {"clause", clause.clause}, {"held", name_of(clause.held)}};
        if (!clause.note.empty()) entry["note"] = clause.note;
        clauses.push_back(std::move(entry));
    }
    // What was left out is a clause that is not enforced, with its reason.
    for (const schema::LeftOut& clause : schema.left_out) {
        clauses.push_back({{"table", clause.table},
                           {"kind", "left out"},
                           {"clause", clause.clause},
                           {"held", name_of(engine::Held::not_enforced)},
                           {"note", clause.reason}});
    }
    json["clauses"] = std::move(clauses);
    Json passed_over = Json::array();
    for (const schema::PassedOver& statement : schema.passed_over) {
        passed_over.push_back({{"statement", statement.kind}, {"count", statement.count}, {"first_line", statement.first.line}});
    }
    json["passed_over"] = std::move(passed_over);
    Json warnings = Json::array();
    for (const std::string& warning : schema.warnings) warnings.push_back(warning);
    for (const std::string& warning : report.warnings) warnings.push_back(warning);
    json["warnings"] = std::move(warnings);
    return json;
}

Result<std::string> report_text(const plan::Json& report) {
    try {
        std::string text;
        std::vector<std::string> told;
        for (const Json& table : report.at("tables")) {
            const auto name = table.at("table").get<std::string>();
            const auto redraws = table.at("redraws").get<std::uint64_t>();
            text += fmt::format("{}: {}", printable(name), counted(table.at("rows").get<std::uint64_t>(), "row"));
            if (redraws > 0) text += fmt::format(", {} drawn again", grouped(redraws));
            text += "\n";
            for (const Json& clause : report.at("clauses")) {
                if (clause.at("table") != name) continue;
                text += fmt::format("  {:<19} {} {}\n", clause.at("held").get<std::string>(),
                                    clause.at("kind").get<std::string>(), printable(clause.at("clause").get<std::string>(), 400));
                if (clause.contains("note")) {
                    text += fmt::format("  {:<19}   {}\n", "", printable(clause.at("note").get<std::string>(), 400));
                }
            }
            told.push_back(name);
        }
        bool titled = false;
        for (const Json& clause : report.at("clauses")) {
            const auto name = clause.at("table").get<std::string>();
            if (std::find(told.begin(), told.end(), name) != told.end()) continue;
            if (!std::exchange(titled, true)) text += "elsewhere\n";
            text += fmt::format("  {:<19} {} {} {}\n", clause.at("held").get<std::string>(), printable(name),
                                clause.at("kind").get<std::string>(), printable(clause.at("clause").get<std::string>(), 400));
            if (clause.contains("note")) {
                text += fmt::format("  {:<19}   {}\n", "", printable(clause.at("note").get<std::string>(), 400));
            }
        }
        if (!report.at("passed_over").empty()) text += "passed over, having nothing to do with rows\n";
        for (const Json& statement : report.at("passed_over")) {
            text += fmt::format("  {} × {}, first on line {}\n", grouped(statement.at("count").get<std::uint64_t>()),
                                statement.at("statement").get<std::string>(), statement.at("first_line").get<int>());
        }
        if (!report.at("warnings").empty()) text += "warnings\n";
        for (const Json& warning : report.at("warnings")) text += fmt::format("  {}\n", printable(warning.get<std::string>(), 400));
        return text;
    } catch (const Json::exception& failure) {
        return Error(ErrorKind::invalid_input, fmt::format("this is not a report of Confab: {}", failure.what()));
    }
}

std::string left_out_sql(const schema::Schema& schema) {
    if (schema.left_out.empty()) return {};
    std::string sql =
        "-- Clauses that the rows were not made for and that no script of Confab runs: each with the reason.\n"
        "-- Run them yourself, where you trust them and what they need exists.\n";
    for (const schema::LeftOut& clause : schema.left_out) {
        sql += "\n" + comment(clause.table.empty() ? clause.clause : clause.table + ": " + clause.clause) + comment(clause.reason);
        sql += clause.sql.empty() ? "-- (no statement can say it)\n" : clause.sql + ";\n";
    }
    return sql;
}

}  // namespace confab::sink
