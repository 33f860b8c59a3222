#include "cli/prepare.hpp"

#include <algorithm>

#include <unistd.h>

#include <fmt/format.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "ddl/with_source.hpp"
#include "gate/screen.hpp"
#include "planner/planner.hpp"

namespace confab::cli {

namespace {

constexpr std::size_t most_schema_bytes = 64U << 20U;
constexpr std::size_t most_plan_bytes = 64U << 20U;

Result<std::string> read_input(const std::string& path, std::size_t max_bytes) {
    return path == "-" ? read_descriptor(STDIN_FILENO, "<stdin>", max_bytes) : read_file(path, max_bytes);
}

std::string shown_name(const std::string& path) { return path == "-" ? "<stdin>" : path; }

std::string foreign_key_name(const schema::Table& table, const schema::ForeignKey& key) {
    return key.columns.size() == 1 ? table.columns[key.columns[0]].name : key.name;
}

// The foreign key of TABLE=M/PARENT: the one to the table PARENT, or the one of that name or column.
Result<std::string> find_parent(const schema::Schema& schema, schema::TableId child, const RowsArgument& argument) {
    const schema::Table& table = schema.tables[child];
    std::vector<std::string> to_parent;
    std::vector<std::string> all;
    for (const schema::ForeignKey& key : table.foreign_keys) {
        const std::string name = foreign_key_name(table, key);
        const std::string parent = schema::display(schema.tables[key.parent].name);
        if (name == argument.parent || key.name == argument.parent) return name;
        if (equal_ignoring_case(parent, argument.parent)) to_parent.push_back(name);
        all.push_back(parent);
    }
    if (to_parent.size() == 1) return to_parent[0];
    const std::string what = fmt::format("--rows {}={}/{}", argument.table, argument.mean, argument.parent);
    if (to_parent.size() > 1) {
        return Error(ErrorKind::invalid_input, fmt::format("{}: {} references {} more than once", printable(what),
                                                           printable(argument.table), printable(argument.parent)))
            .note(fmt::format("name the column instead: {}", enumerate(to_parent, "or")));
    }
    Error error(ErrorKind::invalid_input, fmt::format("{}: {} has no foreign key to {}", printable(what),
                                                      printable(argument.table), printable(argument.parent)));
    return all.empty() ? std::move(error) : std::move(error).note(nearest_note(argument.parent, all));
}

Result<std::vector<std::pair<std::string, plan::RowCount>>> table_rows(const schema::Schema& schema, const Arguments& arguments) {
    std::vector<std::pair<std::string, plan::RowCount>> counts;
    for (const RowsArgument& argument : arguments.table_rows) {
        CONFAB_TRY(const schema::TableId id, find_table(schema, argument.table, "--rows"));
        const std::string name = schema::display(schema.tables[id].name);
        const auto same = [&](const auto& count) { return count.first == name; };
        if (std::any_of(counts.begin(), counts.end(), same)) {
            return Error(ErrorKind::invalid_input, fmt::format("--rows gives the rows of {} twice", printable(name)));
        }
        plan::RowCount count;
        if (argument.parent.empty()) {
            count.rows = argument.rows;
            count.exact = true;
        } else {
            plan::PerParent per_parent;
            CONFAB_TRY(per_parent.foreign_key, find_parent(schema, id, argument));
            per_parent.mean = argument.mean;
            count.per_parent = std::move(per_parent);
        }
        counts.emplace_back(name, std::move(count));
    }
    return counts;
}

Result<planner::Options> planner_options(const schema::Schema& schema, const Arguments& arguments) {
    planner::Options options;
    if (arguments.seed) options.seed = *arguments.seed;
    if (arguments.as_of) options.as_of = *arguments.as_of;
    if (arguments.locale) options.locale = *arguments.locale;
    if (arguments.rows) options.rows = *arguments.rows;
    CONFAB_TRY(options.table_rows, table_rows(schema, arguments));
    for (const std::string& name : arguments.tables) {
        CONFAB_TRY(const schema::TableId id, find_table(schema, name, "--tables"));
        options.tables.push_back(schema::display(schema.tables[id].name));
    }
    return options;
}

// What the command line says beside a given plan wins over the plan.
Status apply_arguments(plan::Plan& plan, const schema::Schema& schema, const Arguments& arguments) {
    if (arguments.seed) plan.seed = *arguments.seed;
    if (arguments.as_of) plan.as_of = *arguments.as_of;
    if (arguments.rows) {
        for (plan::TablePlan& table : plan.tables) {
            if (table.rows.rows && !table.rows.exact) table.rows.rows = *arguments.rows;
        }
    }
    CONFAB_TRY(const auto counts, table_rows(schema, arguments));
    for (const auto& [name, count] : counts) {
        plan::TablePlan* table = plan.find(name);
        if (table == nullptr) {
            return Error(ErrorKind::invalid_input, fmt::format("--rows {}: the plan has no such table", printable(name)));
        }
        table->rows = count;
    }
    return {};
}

Status read_plan(const Arguments& arguments, Prepared& prepared) {
    CONFAB_TRY(const std::string text, read_input(arguments.plan_file, most_plan_bytes));
    CONFAB_TRY(prepared.plan, plan::read(text, shown_name(arguments.plan_file), prepared.schema));
    CONFAB_CHECK(apply_arguments(prepared.plan, prepared.schema, arguments));
    prepared.planned_offline = false;
    if (arguments.prompt.empty()) return {};
    CONFAB_TRY(planner::Planned planned, planner::edit_plan(prepared.schema, std::move(prepared.plan), arguments.prompt));
    prepared.plan = std::move(planned.plan);
    prepared.notes = std::move(planned.notes);
    prepared.understood = std::move(planned.understood);
    prepared.refused = std::move(planned.refused);
    prepared.not_understood = std::move(planned.not_understood);
    return {};
}

}  // namespace

Result<schema::TableId> find_table(const schema::Schema& schema, const std::string& name, const std::string& option) {
    if (const auto id = schema.find_table(name)) return *id;
    std::vector<std::string> names;
    std::vector<schema::TableId> alike;
    for (schema::TableId id = 0; id < schema.tables.size(); ++id) {
        names.push_back(schema::display(schema.tables[id].name));
        if (fold_case(names.back()) == fold_case(name)) alike.push_back(id);
    }
    if (alike.size() == 1) return alike[0];
    return Error(ErrorKind::invalid_input, fmt::format("{}: there is no table {}", option, printable(name)))
        .note(nearest_note(name, names));
}

static Result<schema::Schema> read_schema(const ddl::Source& source, const Arguments& arguments, std::string& dialect) {
    ddl::Options options;
    options.dialect = arguments.dialect;
    CONFAB_TRY(ddl::Document document, ddl::read(source, options));
    dialect = fmt::format("{}{}", ddl::name_of(document.dialect), document.dialect_was_detected ? " (detected)" : "");
    return gate::screen(std::move(document.schema));
}

Result<Prepared> prepare(const Arguments& arguments) {
    Prepared prepared;
    ddl::Source source{shown_name(arguments.input), {}};
    CONFAB_TRY(source.bytes, read_input(arguments.input, most_schema_bytes));
    CONFAB_TRY(prepared.schema, read_schema(source, arguments, prepared.dialect));
    if (!arguments.plan_file.empty()) {
        CONFAB_CHECK(read_plan(arguments, prepared));
        return prepared;
    }
    CONFAB_TRY(const planner::Options options, planner_options(prepared.schema, arguments));
    Result<planner::Planned> planned = planner::make_plan(prepared.schema, arguments.prompt, options);
    if (!planned) return ddl::with_source(std::move(planned).error(), source);
    prepared.plan = std::move(planned->plan);
    prepared.notes = std::move(planned->notes);
    prepared.understood = std::move(planned->understood);
    prepared.refused = std::move(planned->refused);
    prepared.not_understood = std::move(planned->not_understood);
    return prepared;
}

}  // namespace confab::cli
