#include "plan/foreign_key.hpp"

#include "plan/describe.hpp"

namespace confab::plan {

namespace {

std::string describe(const schema::Schema& schema, const schema::Table& table, const schema::ForeignKey& key) {
    std::string columns;
    for (const schema::ColumnId column : key.columns) columns += (columns.empty() ? "" : ", ") + table.columns[column].name;
    return "\"" + key.name + "\" (" + columns + " to " + schema::display(schema.tables[key.parent].name) + ")";
}

}  // namespace

Result<std::size_t> find_foreign_key(const schema::Schema& schema, schema::TableId table_id, std::string_view name) {
    const schema::Table& table = schema.tables[table_id];
    std::vector<std::size_t> by_column;
    for (std::size_t i = 0; i < table.foreign_keys.size(); ++i) {
        const schema::ForeignKey& key = table.foreign_keys[i];
        if (key.columns.size() == 1 && table.columns[key.columns[0]].name == name) by_column.push_back(i);
    }
    if (by_column.size() == 1) return by_column.front();
    for (std::size_t i = 0; i < table.foreign_keys.size(); ++i) {
        if (!name.empty() && table.foreign_keys[i].name == name) return i;
    }
    const std::string quoted = "\"" + std::string(name) + "\"";
    if (by_column.size() > 1) {
        Error error(ErrorKind::invalid_input, quoted + " is in several foreign keys; name one of them: " +
                                                  describe(schema, table, table.foreign_keys[by_column[0]]) + ", " +
                                                  describe(schema, table, table.foreign_keys[by_column[1]]));
        return error;
    }
    std::vector<std::string> valid;
    for (std::size_t i = 0; i < table.foreign_keys.size(); ++i) valid.push_back(name_of_foreign_key(table, i));
    return Error(ErrorKind::invalid_input, "no foreign key " + quoted + " in \"" + schema::display(table.name) + "\"" +
                                               suggestion(name, valid));
}

std::string name_of_foreign_key(const schema::Table& table, std::size_t foreign_key) {
    const schema::ForeignKey& key = table.foreign_keys[foreign_key];
    if (key.columns.size() != 1) return key.name;
    std::size_t users = 0;
    for (const schema::ForeignKey& other : table.foreign_keys)
        users += other.columns.size() == 1 && other.columns[0] == key.columns[0] ? 1 : 0;
    return users == 1 ? table.columns[key.columns[0]].name : key.name;
}

}  // namespace confab::plan
