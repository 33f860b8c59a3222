#include "ddl/statement_text.hpp"

#include <algorithm>

#include "ddl/position.hpp"

namespace confab::ddl {

std::size_t StatementText::source_offset(std::int64_t location) const {
    if (location < 0 || statement_->mappings.empty()) return statement_->source_offset;
    const auto offset = static_cast<std::size_t>(location);
    const auto after = std::upper_bound(statement_->mappings.begin(), statement_->mappings.end(), offset,
                                        [](std::size_t at, const Mapping& mapping) { return at < mapping.output_offset; });
    if (after == statement_->mappings.begin()) return statement_->source_offset;
    const Mapping& from = *(after - 1);
    std::size_t result = from.source_offset + (offset - from.output_offset);
    if (after != statement_->mappings.end()) {
        // A piece that was spelt anew may be longer than what it stands for.
        result = std::min(result, std::max(from.source_offset, after->source_offset));
    }
    return std::min(result, source_->text.size());
}

schema::Position StatementText::position(std::int64_t location) const {
    return lines_->position(source_offset(location));
}

Error StatementText::error(std::int64_t location, std::string message) const {
    return error_at_source(source_offset(location), std::move(message));
}

Error StatementText::error_at_source(std::size_t offset, std::string message) const {
    return error_at(source_->text, offset, source_->name, std::move(message));
}

Error StatementText::error_at_position(schema::Position position, std::string message) const {
    return error_at_source(lines_->offset(position), std::move(message));
}

}  // namespace confab::ddl
