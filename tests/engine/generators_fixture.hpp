// A table of one column and a kernel for it: what the tests of generators share.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "base/value_text.hpp"
#include "engine/generators/text_column.hpp"
#include "engine/generators/value_form.hpp"
#include "engine/kernel.hpp"

namespace confab::engine::testing {

inline schema::Type type_of(schema::TypeKind kind, int length = -1, int precision = -1, int scale = 0) {
    schema::Type type;
    type.kind = kind;
    type.length = length;
    type.precision = precision;
    type.scale = scale;
    return type;
}

struct Bench {
    schema::Schema schema;
    plan::Plan plan;
    bool unique = false;
    std::uint64_t rows = 1000;

    Bench() {
        schema::Table table;
        table.name.name = "t";
        schema.tables.push_back(table);
        plan.locale = "en_US";
        plan.as_of = "2026-01-01";
        plan.tables.push_back({});
        plan.tables[0].table = "t";
    }

    // Adds a column and its plan; the generator as it stands in a plan.
    std::size_t add(const std::string& name, const schema::Type& type, const std::string& generator) {
        schema::Column column;
        column.name = name;
        column.type = type;
        schema.tables[0].columns.push_back(column);
        plan::Json json = plan::Json::parse(generator);
        plan::ColumnPlan planned;
        planned.column = name;
        planned.generator.kind = json["generator"].get<std::string>();
        json.erase("generator");
        planned.generator.parameters = json;
        plan.tables[0].columns.push_back(planned);
        return schema.tables[0].columns.size() - 1;
    }

    Result<std::unique_ptr<Kernel>> make(std::size_t column) {
        const KernelContext context{schema, 0, column, schema.base_type(schema.tables[0].columns[column].type), plan, 20454, rows, unique};
        return make_kernel(plan.tables[0].columns[column].generator, context);
    }

    std::string text(std::size_t column, const Vector& vector, std::size_t i) const {
        if (vector.is_null(i)) return "NULL";
        const schema::Type type = schema.base_type(schema.tables[0].columns[column].type);
        if (type.kind == schema::TypeKind::enumeration && !type.is_array()) {
            return schema.find_enumeration(type.user_type)->labels[static_cast<std::size_t>(vector.data<std::int64_t>()[i])];
        }
        return element_text(value_form(type), vector, i);
    }

    std::vector<std::string> draw(std::size_t column, std::size_t count) {
        Result<std::unique_ptr<Kernel>> kernel = make(column);
        EXPECT_TRUE(kernel) << (kernel ? "" : to_text(kernel.error()));
        std::vector<std::string> values;
        if (!kernel) return values;
        std::vector<std::uint64_t> entropy;
        for (std::size_t i = 0; i < count; ++i) entropy.push_back(mix(i + 1));
        Vector out;
        (*kernel)->draw(entropy, {}, out);
        for (std::size_t i = 0; i < count; ++i) values.push_back(text(column, out, i));
        return values;
    }

    // Values of the numbers 0, stride, 2 × stride, …
    std::vector<std::string> pick(std::size_t column, std::size_t count, std::uint64_t stride = 1) {
        Result<std::unique_ptr<Kernel>> kernel = make(column);
        EXPECT_TRUE(kernel) << (kernel ? "" : to_text(kernel.error()));
        std::vector<std::string> values;
        if (!kernel) return values;
        std::vector<std::uint64_t> numbers;
        for (std::size_t i = 0; i < count; ++i) numbers.push_back(i * stride);
        EXPECT_LE((count - 1) * stride, std::max((*kernel)->capacity(), (*kernel)->records()));
        Vector out;
        (*kernel)->pick(numbers, {}, out);
        for (std::size_t i = 0; i < count; ++i) values.push_back(text(column, out, i));
        return values;
    }
};

inline std::vector<std::string> draw_one(const schema::Type& type, const std::string& generator, std::size_t count) {
    Bench bench;
    return bench.draw(bench.add("c", type, generator), count);
}

inline std::set<std::string> as_set(const std::vector<std::string>& values) { return {values.begin(), values.end()}; }

}  // namespace confab::engine::testing
