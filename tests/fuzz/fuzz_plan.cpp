// Any bytes as a plan for one schema: an error, or a plan that is written back as it was read, and compiles or says why not.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ddl/ddl.hpp"
#include "engine/engine.hpp"
#include "plan/plan.hpp"

namespace {

using namespace confab;

const schema::Schema& shop() {
    static const schema::Schema schema = [] {
        auto document = ddl::read({"shop.sql",
                                   "create table customers (id serial primary key, name text not null, born date);"
                                   "create table orders (id serial primary key, customer_id integer not null references customers,"
                                   " state text check (state in ('new', 'paid')), placed_at timestamp, total numeric(8, 2));"});
        if (!document) std::abort();
        return std::move(document->schema);
    }();
    return schema;
}

void try_plan(std::string_view text) {
    const auto plan = plan::read(text, "plan.json", shop());
    if (!plan) return;
    const auto again = plan::read(plan::write(*plan), "again.json", shop());
    if (!again || !(*again == *plan)) std::abort();
    plan::Plan small = *plan;
    for (plan::TablePlan& table : small.tables) {
        if (table.rows.rows && *table.rows.rows > 100) return;
    }
    const auto program = engine::compile(shop(), small, {});
    if (!program) return;
    engine::Worker worker(*program);
    engine::Batch batch;
    for (const schema::TableId table : program->tables()) {
        if (program->rows(table) > 1000) return;
        if (!worker.fill(table, {0, program->rows(table)}, batch)) return;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size <= 50'000) try_plan({reinterpret_cast<const char*>(data), size});
    return 0;
}
