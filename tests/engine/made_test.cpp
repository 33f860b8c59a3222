#include "made.hpp"

#include <gtest/gtest.h>

#include "base/value_text.hpp"
#include "engine/values.hpp"

namespace confab::engine::test {

Made::Made(std::string_view ddl, const std::string& tables, std::uint64_t seed) {
    Result<ddl::Document> document = ddl::read({"test.sql", std::string(ddl)}, {ddl::Dialect::postgresql});
    if (!document) {
        error_ = to_text(document.error());
        return;
    }
    schema_ = document->schema;
    const std::string text = R"({"confab_plan": 1, "seed": )" + std::to_string(seed) +
                             R"(, "as_of": "2026-01-01", "locale": "en_US", "tables": {)" + tables + "}}";
    Result<plan::Plan> plan = plan::read(text, "test.json", schema_);
    if (!plan) {
        error_ = to_text(plan.error());
        return;
    }
    Result<Program> program = compile(schema_, *plan, {});
    if (!program) error_ = to_text(program.error());
    else program_.emplace(std::move(*program));
}

schema::TableId Made::id(const std::string& table) const { return schema_.find_table(table).value(); }

Rows Made::rows(const std::string& table, std::uint64_t from, std::uint64_t to) const {
    Rows rows;
    Worker worker(*program_);
    Batch batch;
    const auto& output = program_->output(id(table));
    for (; from < to; from += batch_rows) {
        const std::uint64_t end = std::min<std::uint64_t>(to, from + batch_rows);
        if (const Status status = worker.fill(id(table), {from, end}, batch); !status) {
            fill_error_ = to_text(status.error());
            return rows;
        }
        for (std::uint64_t row = from; row < end; ++row) {
            rows.emplace_back();
            for (std::size_t i = 0; i < output.size(); ++i) {
                rows.back().push_back(value_text(schema_, output[i].type, *batch.columns[i], row - from));
            }
        }
    }
    return rows;
}

std::vector<std::string> Made::column(const std::string& table, const std::string& name) const {
    const auto& output = program_->output(id(table));
    std::vector<std::string> values;
    for (std::size_t i = 0; i < output.size(); ++i) {
        if (schema_.tables[id(table)].columns[output[i].column].name != name) continue;
        for (const auto& row : rows(table)) values.push_back(row[i]);
    }
    return values;
}

}  // namespace confab::engine::test
