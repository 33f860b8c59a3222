#include "planner/planner.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "plan/foreign_key.hpp"
#include "planner/draft.hpp"
#include "planner/words/words.hpp"
#include "vocabulary/vocabulary.hpp"

namespace confab::planner {

namespace {

std::vector<std::string> names_of(const schema::Schema& schema) {
    std::vector<std::string> names;
    for (const schema::Table& table : schema.tables) {
        if (table.holds_rows()) names.push_back(schema::display(table.name));
    }
    return names;
}

// Also where no column needs it: a locale that nothing is known of is a slip of the pen.
Status check_locale(const std::string& locale) {
    const vocabulary::List known = vocabulary::find("locale.locale");
    std::vector<std::string> names;
    for (std::size_t i = 0; i < known.size(); ++i) names.emplace_back(known[i]);
    if (std::find(names.begin(), names.end(), locale) != names.end()) return {};
    return Error(ErrorKind::invalid_input, "there is no vocabulary for the locale " + printable(locale))
        .note("there are " + enumerate(names));
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

// A count that changed may leave a layout with fewer children than it promises each parent.
void settle_layouts(const schema::Schema& schema, plan::Plan& plan) {
    const auto rows_of = [&](const plan::TablePlan& table) { return table.rows.rows; };
    for (plan::TablePlan& table : plan.tables) {
        if (!table.layout || table.layout->minimum == 0 || !rows_of(table)) continue;
        const auto id = schema.find_table(table.table);
        if (!id) continue;
        const auto key = plan::find_foreign_key(schema, *id, table.layout->foreign_key);
        if (!key) continue;
        const plan::TablePlan* parent = plan.find(schema::display(schema.tables[schema.tables[*id].foreign_keys[*key].parent].name));
        if (parent != nullptr && rows_of(*parent) && *rows_of(*parent) * table.layout->minimum > *rows_of(table)) table.layout->minimum = 0;
    }
}

}  // namespace

Result<Planned> make_plan(const schema::Schema& schema, std::string_view instruction, const Options& options) {
    CONFAB_CHECK(check_locale(options.locale));
    CONFAB_CHECK(check_names(schema, options));
    Draft draft = start_draft(schema, options);
    set_rows(draft);
    CONFAB_CHECK(infer_columns(draft));
    relate_languages(draft);
    relate_lookups(draft);
    relate_people(draft);
    relate_things(draft);
    relate_employers(draft);
    relate_prose(draft);
    relate_references(draft);
    follow_members(draft);
    relate_scopes(draft);
    relate_times(draft);
    relate_terms(draft);
    relate_ages(draft);
    relate_states(draft);
    relate_outcomes(draft);
    relate_assets(draft);
    relate_deals(draft);
    relate_rates(draft);
    relate_numbers(draft);
    relate_checks(draft);
    relate_defaults(draft);
    break_circles(draft);
    Planned planned;
    planned.plan = finished(draft);
    planned.notes = draft.notes;
    if (trim(instruction).empty()) return planned;
    CONFAB_TRY(Planned edited, edit_plan(schema, std::move(planned.plan), instruction));
    edited.notes.insert(edited.notes.begin(), planned.notes.begin(), planned.notes.end());
    return edited;
}

Result<Planned> edit_plan(const schema::Schema& schema, plan::Plan plan, std::string_view instruction) {
    Planned planned;
    planned.plan = std::move(plan);
    if (trim(instruction).empty()) return planned;
    Options options;
    options.as_of = planned.plan.as_of;
    options.locale = planned.plan.locale;
    for (const plan::TablePlan& table : planned.plan.tables) options.tables.push_back(table.table);
    Draft draft = start_draft(schema, options);
    infer_roles(draft);
    words::Outcome outcome = words::apply_instruction(draft, planned.plan, instruction);
    settle_layouts(schema, planned.plan);
    planned.refused = std::move(outcome.refused);
    planned.understood = std::move(outcome.understood);
    planned.not_understood = std::move(outcome.not_understood);
    return planned;
}

}  // namespace confab::planner
