#include "plan/catalog.hpp"

#include <algorithm>
#include <vector>

#include "plan/catalog_core.hpp"
#include "plan/catalog_values.hpp"

namespace confab::plan {

std::span<const GeneratorEntry> catalog() {
    static const std::vector<GeneratorEntry> all = [] {
        std::vector<GeneratorEntry> joined;
        for (const auto family : {core_generators(), value_generators(), record_generators()})
            joined.insert(joined.end(), family.begin(), family.end());
        return joined;
    }();
    return all;
}

const GeneratorEntry* find_generator(std::string_view kind) {
    const std::span<const GeneratorEntry> all = catalog();
    const auto at = std::find_if(all.begin(), all.end(), [&](const GeneratorEntry& entry) { return entry.kind == kind; });
    return at == all.end() ? nullptr : &*at;
}

}  // namespace confab::plan
