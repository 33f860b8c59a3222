// What names mean: columns, paths along foreign keys, child tables.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "expr/compiler.hpp"

namespace confab::expr {

namespace {

constexpr std::size_t most_meanings = 8;  // listed in an error

std::string join(const std::vector<std::string>& fields) {
    std::string text;
    for (const std::string& field : fields) text += (text.empty() ? "" : ".") + field;
    return text;
}

const schema::Table& table_of(const schema::Schema& schema, schema::TableId table) { return schema.tables[table]; }

// Keys of `table` that `name` names: by their one column, or by the constraint.
std::vector<Hop> hops_named(const schema::Schema& schema, schema::TableId table, const std::string& name) {
    std::vector<Hop> hops;
    const schema::Table& holder = table_of(schema, table);
    for (std::size_t i = 0; i < holder.foreign_keys.size(); ++i) {
        const schema::ForeignKey& key = holder.foreign_keys[i];
        const bool by_column = key.columns.size() == 1 && holder.columns[key.columns[0]].name == name;
        if (by_column || key.name == name) hops.push_back({table, i});
    }
    return hops;
}

// How many fields name this table at the start: its name, or namespace and name; 0 = none.
std::size_t table_prefix(const schema::Table& table, const std::vector<std::string>& fields) {
    if (!fields.empty() && fields[0] == table.name.name) return 1;
    const std::string space = table.name.space.empty() ? "public" : table.name.space;
    if (fields.size() > 1 && fields[0] == space && fields[1] == table.name.name) return 2;
    return 0;
}

void collect_columns(const schema::Schema& schema, schema::TableId table, const std::vector<std::string>& fields,
                     std::size_t at, std::vector<Hop>& path, std::vector<ColumnPath>& found) {
    if (found.size() >= most_meanings) return;
    if (at + 1 == fields.size()) {
        if (const auto column = table_of(schema, table).find_column(fields[at])) {
            found.push_back({path, table, *column});
        }
        return;
    }
    for (const Hop& hop : hops_named(schema, table, fields[at])) {
        path.push_back(hop);
        collect_columns(schema, table_of(schema, table).foreign_keys[hop.foreign_key].parent, fields, at + 1, path,
                        found);
        path.pop_back();
    }
}

std::string describe(const schema::Schema& schema, const ColumnPath& meaning) {
    std::string text;
    for (const Hop& hop : meaning.path) {
        const schema::Table& holder = table_of(schema, hop.table);
        text += holder.foreign_keys[hop.foreign_key].name + " → ";
    }
    const schema::Table& table = table_of(schema, meaning.table);
    return text + schema::display(table.name) + "." + table.columns[meaning.column].name;
}

// Names that could stand at the place where the lookup stops.
std::vector<std::string> candidates_at(const schema::Schema& schema, schema::TableId table, bool as_hop) {
    std::vector<std::string> names;
    const schema::Table& holder = table_of(schema, table);
    if (!as_hop) {
        for (const schema::Column& column : holder.columns) names.push_back(column.name);
        return names;
    }
    for (const schema::ForeignKey& key : holder.foreign_keys) {
        if (key.columns.size() == 1) names.push_back(holder.columns[key.columns[0]].name);
        names.push_back(key.name);
    }
    return names;
}

Error unknown_name(const schema::Schema& schema, schema::TableId table, const std::vector<std::string>& fields) {
    // Follow the path as far as it goes, for the message.
    std::size_t at = 0;
    while (at + 1 < fields.size()) {
        const auto hops = hops_named(schema, table, fields[at]);
        if (hops.empty()) break;
        table = table_of(schema, table).foreign_keys[hops[0].foreign_key].parent;
        ++at;
    }
    const bool as_hop = at + 1 < fields.size();
    const std::string where = schema::display(table_of(schema, table).name);
    Error error(ErrorKind::invalid_input,
                as_hop ? fmt::format("\"{}\" is not a foreign key of {} (in {})", fields[at], where, join(fields))
                       : fmt::format("column \"{}\" does not exist in {}", fields[at], where));
    const std::string note = nearest_note(fields[at], candidates_at(schema, table, as_hop));
    return note.empty() ? error : std::move(error).note(note);
}

struct ChildMeaning {
    ChildPath path;
    std::string text;
};

void collect_children(const schema::Schema& schema, schema::TableId table, const std::vector<std::string>& fields,
                      std::size_t at, std::vector<Hop>& path, std::vector<ChildMeaning>& found) {
    if (at >= fields.size() || found.size() >= most_meanings) return;
    const std::vector<std::string> rest(fields.begin() + static_cast<std::ptrdiff_t>(at), fields.end());
    for (schema::TableId child = 0; child < schema.tables.size(); ++child) {
        const schema::Table& holder = schema.tables[child];
        const std::size_t by_table = table_prefix(holder, rest);
        for (std::size_t i = 0; i < holder.foreign_keys.size(); ++i) {
            const schema::ForeignKey& key = holder.foreign_keys[i];
            if (key.parent != table || !holder.holds_rows()) continue;
            const std::size_t used = by_table != 0 ? by_table : key.name == rest[0] ? 1 : 0;
            if (used == 0) continue;
            found.push_back({{path, table, {child, i}, at + used},
                             fmt::format("{} by {}", schema::display(holder.name), key.name)});
        }
    }
    for (const Hop& hop : hops_named(schema, table, fields[at])) {
        path.push_back(hop);
        collect_children(schema, table_of(schema, table).foreign_keys[hop.foreign_key].parent, fields, at + 1, path,
                         found);
        path.pop_back();
    }
}

}  // namespace

std::vector<std::string> fields_of(const PgQuery__ColumnRef& reference) {
    std::vector<std::string> fields;
    for (std::size_t i = 0; i < reference.n_fields; ++i) {
        const PgQuery__Node& field = *reference.fields[i];
        fields.emplace_back(field.node_case == PG_QUERY__NODE__NODE_STRING ? field.string->sval : "*");
    }
    return fields;
}

Result<ColumnPath> resolve_column(const schema::Schema& schema, schema::TableId table,
                                  const std::vector<std::string>& fields) {
    std::vector<ColumnPath> found;
    std::vector<Hop> path;
    collect_columns(schema, table, fields, 0, path, found);
    if (const std::size_t own = table_prefix(table_of(schema, table), fields); own != 0 && fields.size() > own) {
        const std::vector<std::string> rest(fields.begin() + static_cast<std::ptrdiff_t>(own), fields.end());
        collect_columns(schema, table, rest, 0, path, found);
    }
    if (found.size() == 1) return found[0];
    if (found.empty()) return unknown_name(schema, table, fields);
    Error error(ErrorKind::invalid_input, fmt::format("{} can mean two things", join(fields)));
    for (const ColumnPath& meaning : found) error.notes.push_back(describe(schema, meaning));
    return error;
}

Result<ChildPath> resolve_child(const schema::Schema& schema, schema::TableId table,
                                const std::vector<std::string>& fields) {
    std::vector<ChildMeaning> found;
    std::vector<Hop> path;
    collect_children(schema, table, fields, 0, path, found);
    if (found.size() == 1) return found[0].path;
    if (found.empty()) {
        Error error(ErrorKind::invalid_input,
                    fmt::format("{}: inside an aggregate a name starts with a table that refers to {}", join(fields),
                                schema::display(table_of(schema, table).name)));
        std::vector<std::string> names;
        for (const schema::Table& child : schema.tables) {
            for (const schema::ForeignKey& key : child.foreign_keys) {
                if (key.parent == table) names.push_back(schema::display(child.name));
            }
        }
        const std::string note = fields.empty() ? "" : nearest_note(fields[0], names);
        return note.empty() ? error : std::move(error).note(note);
    }
    Error error(ErrorKind::invalid_input, fmt::format("{} can mean two things", join(fields)));
    for (const ChildMeaning& meaning : found) error.notes.push_back(meaning.text);
    return error;
}

}  // namespace confab::expr
