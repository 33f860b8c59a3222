#include "planner/planner.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "planner/draft.hpp"

namespace confab::planner {

namespace {

std::vector<std::string> names_of(const schema::Schema& schema) {
    std::vector<std::string> names;
    for (const schema::Table& table : schema.tables) {
        if (table.holds_rows()) names.push_back(schema::display(table.name));
    }
    return names;
}

Status check_names(const schema::Schema& schema, const Options& options) {
    std::vector<std::string> asked = options.tables;
    for (const auto& [table, count] : options.table_rows) asked.push_back(table);
    for (const std::string& name : asked) {
        if (schema.find_table(name)) continue;
        Error error(ErrorKind::invalid_input, "no table \"" + name + "\" in the schema");
        if (const std::string note = nearest_note(name, names_of(schema)); !note.empty()) error.notes.push_back(note);
        return error;
    }
    return {};
}

void set_rows(Draft& draft) {
    for (const auto& [name, count] : draft.options.table_rows) {
        const auto id = draft.schema->find_table(name);
        if (!id) continue;
        TableDraft& table = draft.tables[draft.schema->tables[*id].partition_of.value_or(*id)];
        table.rows = count;
        table.rows.exact = true;
    }
}

}  // namespace

Result<Planned> make_plan(const schema::Schema& schema, std::string_view instruction, const Options& options) {
    CONFAB_CHECK(check_names(schema, options));
    Draft draft = start_draft(schema, options);
    set_rows(draft);
    CONFAB_CHECK(infer_columns(draft));
    Planned planned;
    planned.plan = finished(draft);
    planned.notes = draft.notes;
    if (trim(instruction).empty()) return planned;
    CONFAB_TRY(Planned edited, edit_plan(schema, std::move(planned.plan), instruction));
    edited.notes.insert(edited.notes.begin(), planned.notes.begin(), planned.notes.end());
    return edited;
}

Result<Planned> edit_plan(const schema::Schema& schema, plan::Plan plan, std::string_view instruction) {
    (void)schema;
    Planned planned;
    planned.plan = std::move(plan);
    if (!trim(instruction).empty()) planned.not_understood.emplace_back(trim(instruction));
    return planned;
}

}  // namespace confab::planner
