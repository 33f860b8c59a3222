#include "ddl/context.hpp"

#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"

namespace confab::ddl {

Status Context::check_name(std::string_view name, std::int64_t location) const {
    for (std::size_t offset = 0; offset < name.size();) {
        const char32_t character = next_character(name, offset);
        const bool is_control = character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x2028 ||
                                character == 0x2029;
        if (is_control) {
            return error(location, fmt::format("the name `{}` holds a control character", printable(name)))
                .note("names with line breaks and other control characters are refused");
        }
    }
    return {};
}

QualifiedName Context::creation_name(const WrittenName& name) const {
    return {name.space.empty() ? draft.creation_space() : SchemaDraft::normal_space(name.space), name.name};
}

Result<TableId> Context::require_table(const WrittenName& name, std::int64_t location) const {
    if (const std::optional<TableId> id = draft.find_table(name.space, name.name)) return *id;
    const std::string shown = name.space.empty() ? name.name : name.space + "." + name.name;
    return error(location, fmt::format("there is no table `{}`", printable(shown)))
        .note(nearest_note(shown, draft.table_names()));
}

Result<ColumnId> Context::require_column(const schema::Table& table, std::string_view name,
                                         std::int64_t location) const {
    if (const std::optional<ColumnId> id = draft.find_column(table, name)) return *id;
    std::vector<std::string> names;
    for (const schema::Column& column : table.columns) names.push_back(column.name);
    return error(location, fmt::format("there is no column `{}` in table `{}`", printable(name),
                                       printable(schema::display(table.name))))
        .note(nearest_note(name, names));
}

}  // namespace confab::ddl
