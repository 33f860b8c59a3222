// A project's lead is of the project's department. Where many departments have no employee at all, the department is the
// lead's: picking the department first would leave projects that nobody could lead.
#include <algorithm>

#include "planner/draft.hpp"

namespace confab::planner {

namespace {

bool is_plain_reference(const ColumnDraft& column) {
    return column.generator.kind == "reference" && !column.in_key && column.foreign_keys.size() == 1 &&
           !column.generator.parameters.contains("agrees");
}

// Does another column of the table, or its layout, depend on how this one is picked?
bool is_needed(const TableDraft& table, const ColumnDraft& group, const ColumnDraft& member) {
    if (table.layout && table.layout->foreign_key == group.name()) return true;
    if (table.rows.per_parent && table.rows.per_parent->foreign_key == group.name()) return true;
    return std::any_of(table.columns.begin(), table.columns.end(), [&](const ColumnDraft& other) {
        const std::string agrees = other.generator.parameters.value("agrees", "");
        return &other != &member && other.generator.kind == "reference" && agrees.ends_with("= " + sql_name(group));
    });
}

// Is there a value at the end of `branch_id.company_id`, whatever the row?
bool always_there(const TableDraft& members, const std::string& path) {
    const std::size_t dot = path.find('.');
    if (dot == std::string::npos || path.find('.', dot + 1) != std::string::npos) return false;
    return std::any_of(members.columns.begin(), members.columns.end(), [&](const ColumnDraft& column) {
        return sql_name(column) == path.substr(dot + 1) && !column.nullable();
    });
}

}  // namespace

void follow_members(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        for (ColumnDraft& member : table.columns) {
            if (member.generator.kind != "reference" || member.nullable() || member.foreign_keys.size() != 1) continue;
            const std::string agrees = member.generator.parameters.value("agrees", "");
            for (ColumnDraft& group : table.columns) {
                if (!is_plain_reference(group) || is_needed(table, group, member) || !agrees.ends_with(" = " + sql_name(group))) continue;
                const std::string own = agrees.substr(0, agrees.size() - sql_name(group).size() - 3);
                const TableDraft& groups = draft.parent_of(table.declared->foreign_keys[group.foreign_keys.front()]);
                const TableDraft& members = draft.parent_of(table.declared->foreign_keys[member.foreign_keys.front()]);
                if (draft.rows_of(groups) * 3 < draft.rows_of(members)) continue;
                if (!group.nullable() && !always_there(members, own)) continue;
                group.generator = {"expression", {{"sql", own}}};
                group.nulls = 0;
                member.generator.parameters.erase("agrees");
                break;
            }
        }
    }
}

}  // namespace confab::planner
