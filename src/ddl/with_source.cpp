#include "ddl/with_source.hpp"

#include "ddl/decode.hpp"
#include "ddl/line_table.hpp"
#include "ddl/position.hpp"

namespace confab::ddl {

Error with_source(Error error, const Source& source) {
    if (!error.location || !error.location->file.empty()) return error;
    const Result<std::string> text = decode(source, source.bytes.size());
    if (!text) return error;
    const schema::Position position{error.location->line, error.location->column};
    error.location = locate(*text, LineTable(*text).offset(position), source.name);
    return error;
}

}  // namespace confab::ddl
