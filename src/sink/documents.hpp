// The small files beside the CSV: manifest.json, report.json, left_out.sql; and the report for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.hpp"
#include "plan/plan.hpp"

namespace confab::sink {

// A file of the output, as it is after unpacking.
struct FileRecord {
    std::string name;
    std::uint64_t bytes = 0;
    std::string sha256;
};

// What was made, of what, and how to tell that it is unchanged.
std::string manifest_json(const engine::Program& program, const std::vector<std::string>& file_names,
                          const std::vector<FileRecord>& files);

// The clause report: for each constraint and rule how it is made to hold, with what was passed over and left out.
plan::Json report_json(const engine::Report& report, const schema::Schema& schema);
// The same to be read; from the JSON, so that a report of an earlier run reads alike.
Result<std::string> report_text(const plan::Json& report);

// The clauses that were left out, as SQL with the reasons. Empty when there are none.
std::string left_out_sql(const schema::Schema& schema);

std::string_view name_of(engine::Held held);

}  // namespace confab::sink
