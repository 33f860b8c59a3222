#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "engine/generators/factories.hpp"
#include "engine/generators/record_families.hpp"

namespace confab::engine {

namespace {

struct Entry {
    std::string_view kind;
    Factory make;
};

constexpr Entry entries[] = {
    {"address", make_address},
    {"after", make_distance},
    {"any", make_any},
    {"array", make_array},
    {"before", make_distance},
    {"between", make_between},
    {"bits", make_bits},
    {"book", make_book},
    {"boolean", make_boolean},
    {"bytes", make_bytes},
    {"case", make_case},
    {"choice", make_choice},
    {"code", make_code},
    {"company", make_company},
    {"constant", make_constant},
    {"date", make_date},
    {"decimal", make_number},
    {"dish", make_dish},
    {"finance", make_finance},
    {"float", make_number},
    {"geometric", make_geometric},
    {"grammar", make_grammar},
    {"hash", make_hash},
    {"integer", make_number},
    {"internet", make_internet},
    {"interval", make_interval},
    {"job", make_job},
    {"json", make_json},
    {"network", make_network},
    {"null", make_null},
    {"person", make_person},
    {"product", make_product},
    {"range", make_range},
    {"ratio", make_ratio},
    {"record", make_record},
    {"regex", make_regex},
    {"template", make_template},
    {"text", make_prose},
    {"time", make_time},
    {"timestamp", make_date},
    {"title", make_title},
    {"uuid", make_uuid},
    {"vehicle", make_vehicle},
    {"vocabulary", make_vocabulary},
    {"xml", make_xml},
};

}  // namespace

void Kernel::pick(std::span<const std::uint64_t> numbers, const KernelInputs& inputs, Vector& out) const {
    assert(capacity() == 0 && "a kernel that counts its values must pick them");
    draw(numbers, inputs, out);
}

Result<std::unique_ptr<Kernel>> make_kernel(const plan::Generator& generator, const KernelContext& context) {
    const auto found = std::find_if(std::begin(entries), std::end(entries), [&](const Entry& entry) { return entry.kind == generator.kind; });
    if (found == std::end(entries)) return Error(ErrorKind::invalid_input, fmt::format("generator `{}` makes no values by itself", generator.kind));
    // Of an array column a generator of single values makes the elements.
    constexpr std::string_view of_whole_arrays[] = {"any", "array", "case", "choice", "constant", "null", "record"};
    const bool whole = std::find(std::begin(of_whole_arrays), std::end(of_whole_arrays), generator.kind) != std::end(of_whole_arrays);
    if (context.type.is_array() && !whole) {
        plan::Json element = {{"generator", generator.kind}};
        for (const auto& [name, value] : generator.parameters.items()) element[name] = value;
        return make_array({"array", {{"of", element}, {"min", 1}, {"max", 3}}}, context);
    }
    return found->make(generator, context);
}

}  // namespace confab::engine
