#include "sink/load_script.hpp"

#include <map>

#include <fmt/format.h>

#include "schema/write.hpp"

namespace confab::sink {

namespace {

using schema::quoted;
using schema::quoted_identifier;
using schema::quoted_literal;

// One transaction locks every table, index and sequence it makes until its end; a server of default settings
// has room for 6,400 locks.
constexpr std::size_t most_statements_in_one_transaction = 2000;

void append(std::string& script, std::string_view title, const std::vector<std::string>& statements) {
    if (statements.empty()) return;
    script += fmt::format("\n-- {}\n", title);
    for (const std::string& statement : statements) script += statement + ";\n";
}

std::string copy_command(const schema::Table& table, const std::vector<engine::OutputColumn>& columns,
                         const std::string& file_name) {
    std::string names;
    for (const engine::OutputColumn& column : columns) {
        if (!names.empty()) names += ", ";
        names += quoted_identifier(table.columns[column.column].name);
    }
    return fmt::format("\\copy {} ({}) FROM '{}' WITH (FORMAT csv, HEADER)\n", quoted(table.name), names, file_name);
}

// A table without columns to copy into: rows come from nothing.
std::string insert_command(const schema::Table& table, std::uint64_t rows) {
    return table.columns.empty()
               ? fmt::format("INSERT INTO {} SELECT FROM generate_series(1, {});\n", quoted(table.name), rows)
               : fmt::format("DO $$ BEGIN FOR i IN 1..{} LOOP INSERT INTO {} DEFAULT VALUES; END LOOP; END $$;\n", rows,
                             quoted(table.name));
}

bool holds_integers(const schema::Schema& schema, const schema::Column& column) {
    const schema::TypeKind kind = schema.base_type(column.type).kind;
    return !column.type.is_array() && (schema::is_integer(kind) || kind == schema::TypeKind::numeric);
}

std::string class_of(const schema::QualifiedName& sequence) { return quoted_literal(quoted(sequence)) + "::regclass"; }

// The declared sequences that a default calls nextval for, somewhere inside.
std::vector<std::string> sequences_in(const schema::Schema& schema, const std::string& default_sql) {
    std::vector<std::string> found;
    if (default_sql.find("nextval(") == std::string::npos) return found;
    for (const schema::Sequence& sequence : schema.sequences) {
        const std::string& space = sequence.name.space;
        const schema::QualifiedName full{space.empty() ? "public" : space, sequence.name.name};
        for (const schema::QualifiedName& name : {sequence.name, full}) {
            if (default_sql.find("nextval(" + quoted_literal(quoted(name))) == std::string::npos) continue;
            found.push_back(class_of(sequence.name));
            break;
        }
    }
    return found;
}

// The sequences that a column's values come from when a row does not give them.
std::vector<std::string> sequences_of(const schema::Schema& schema, const schema::Table& table,
                                      const schema::Column& column) {
    if (!holds_integers(schema, column)) return {};
    // A sequence that no column owns is known by its name alone.
    if (column.identity == schema::IdentityKind::serial && column.sequence_name) return {class_of(*column.sequence_name)};
    if (column.identity != schema::IdentityKind::none) {
        return {fmt::format("pg_get_serial_sequence({}, {})::regclass", quoted_literal(quoted(table.name)),
                            quoted_literal(column.name))};
    }
    return column.default_sql ? sequences_in(schema, *column.default_sql) : std::vector<std::string>();
}

// Which sequence feeds which columns.
std::map<std::string, std::vector<std::string>> sequence_sources(const schema::Schema& schema) {
    std::map<std::string, std::vector<std::string>> sources;
    for (const schema::Table& table : schema.tables) {
        if (!table.holds_rows()) continue;
        for (const schema::Column& column : table.columns) {
            for (const std::string& sequence : sequences_of(schema, table, column)) {
                sources[sequence].push_back(
                    fmt::format("SELECT {}::bigint AS v FROM {}", quoted_identifier(column.name), quoted(table.name)));
            }
        }
    }
    return sources;
}

// Past the highest value for a sequence that counts up, past the lowest for one that counts down; within its bounds.
// An empty table leaves the sequence where it starts. `\gset` keeps the answer off the screen.
std::string set_sequence(const std::string& sequence, const std::vector<std::string>& sources) {
    return fmt::format(
        "SELECT count(setval(s.seqrelid::regclass, least(greatest(CASE WHEN s.seqincrement > 0 THEN r.highest ELSE "
        "r.lowest END, s.seqmin), s.seqmax))) AS confab_set\n"
        "  FROM pg_sequence AS s, (SELECT min(v) AS lowest, max(v) AS highest FROM ({}) AS u) AS r\n"
        " WHERE s.seqrelid = {} AND r.highest IS NOT NULL \\gset\n",
        fmt::join(sources, " UNION ALL "), sequence);
}

}  // namespace

std::string load_script(const engine::Program& program, const std::vector<std::string>& file_names) {
    const schema::Schema& schema = program.schema();
    const schema::Statements statements = schema::write_statements(schema);
    const std::size_t count = statements.prelude.size() + statements.tables.size() + statements.keys.size() +
                              statements.checks.size() + statements.references.size() + statements.indexes.size();
    const bool in_one_transaction = count <= most_statements_in_one_transaction;

    std::string script =
        "-- Loads the CSV files of this folder into an empty PostgreSQL database, constraints included:\n"
        "--   psql -d DATABASE -f load.sql\n"
        "\\set ON_ERROR_STOP on\n"
        "\\set QUIET on\n"
        "SET client_encoding = 'UTF8';\n"
        "SET datestyle = 'ISO, YMD';\n"
        "SET timezone = 'UTC';\n"
        "SET lc_monetary = 'C';\n"
        "SET client_min_messages = warning;\n";
    if (in_one_transaction) script += "BEGIN;\n";
    append(script, "namespaces, types, sequences", statements.prelude);
    append(script, "tables", statements.tables);
    script += "\n-- rows\n";
    for (const schema::TableId id : program.tables()) {
        const schema::Table& table = schema.tables[id];
        const auto& columns = program.output(id);
        if (columns.empty()) {
            if (program.rows(id) > 0) script += insert_command(table, program.rows(id));
        } else {
            script += copy_command(table, columns, file_names[id]);
        }
    }
    append(script, "keys", statements.keys);
    append(script, "checks", statements.checks);
    append(script, "references", statements.references);
    append(script, "indexes", statements.indexes);
    append(script, "comments", statements.comments);
    const auto sources = sequence_sources(schema);
    if (!sources.empty()) script += "\n-- sequences\n";
    for (const auto& [sequence, columns] : sources) script += set_sequence(sequence, columns);
    if (in_one_transaction) script += "\nCOMMIT;\n";
    // Of tables that are not the user's own the server would say that it passes over them.
    script += "SET client_min_messages = error;\nANALYZE;\n";
    return script;
}

}  // namespace confab::sink
