// Which generators there are and what each takes: the one description from which strict reading, the JSON
// Schema and the reference in docs/plan.md are made. Adding a generator = an entry here and a kernel in
// engine/generators.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace confab::plan {

enum class ParameterKind : std::uint8_t {
    integer, number, share /* 0 to 1 */, boolean, text,
    date,          // YYYY-MM-DD, or a timestamp
    duration,      // PostgreSQL interval text: "3 days", "2 hours"
    word,          // one of `words`
    expression,    // SQL over the row: columns, paths through foreign keys
    column,        // a column of the same table
    value,         // a JSON scalar, or null
    values,        // a list of scalars
    weights,       // a list of numbers ≥ 0, as long as `values`
    pool,          // a name under "pools"
    generator,     // a nested generator object
    generators,    // a list of them
    cases,         // [{"when": expression, "then": generator}, …]
    fields,        // {"name": generator, …}
    any,           // checked by the generator itself
};

struct Parameter {
    std::string_view name;
    ParameterKind kind;
    bool required = false;
    std::string_view summary;
    std::span<const std::string_view> words = {};  // ParameterKind::word
};

struct GeneratorEntry {
    std::string_view kind;
    std::string_view summary;
    std::span<const Parameter> parameters;
};

// All generators, by family, in the order of the documentation.
std::span<const GeneratorEntry> catalog();
const GeneratorEntry* find_generator(std::string_view kind);

}  // namespace confab::plan
