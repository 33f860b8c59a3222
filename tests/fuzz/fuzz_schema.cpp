// Any bytes as an uploaded schema: an error, or a schema that can be written, planned, compiled and filled.
// What must not happen is a crash, a hang, or memory that grows without bound.
#include <cstdint>
#include <string>

#include "ddl/ddl.hpp"
#include "engine/engine.hpp"
#include "gate/screen.hpp"
#include "planner/planner.hpp"
#include "schema/write.hpp"

namespace {

constexpr std::uint64_t rows = 20;

void try_schema(std::string bytes) {
    using namespace confab;
    auto document = ddl::read({"fuzz.sql", std::move(bytes)});
    if (!document) return;
    auto schema = gate::screen(std::move(document->schema));
    if (!schema) return;
    planner::Options options;
    options.rows = rows;
    const auto planned = planner::make_plan(*schema, "", options);
    if (!planned) return;
    const auto program = engine::compile(*schema, planned->plan, {});
    if (!program) return;
    engine::Worker worker(*program);
    engine::Batch batch;
    for (const schema::TableId table : program->tables()) {
        if (!worker.fill(table, {0, program->rows(table)}, batch)) return;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size <= 100'000) try_schema(std::string(reinterpret_cast<const char*>(data), size));
    return 0;
}
