// Groups of people (or of anything) and who leads them: a department's manager is one of its own employees, and an
// employee's manager is of the same department.
//
// A reference from a table to one whose rows belong to it, directly or over a table in between, means one of its own:
// `departments.manager_id → employees.department_id → departments`. Both directions follow from row numbers and counts,
// so that no circle of values arises.
#include <algorithm>
#include <array>
#include <optional>

#include "plan/foreign_key.hpp"
#include "planner/draft.hpp"
#include "planner/paths.hpp"

namespace confab::planner {

namespace {

struct Head {
    TableDraft* group = nullptr;
    std::size_t key = 0;          // of the group: who leads it
    TableDraft* members = nullptr;
    Path membership;              // from the members to the group
};

bool contains(const Words& words, std::initializer_list<std::string_view> any) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return std::find(any.begin(), any.end(), word) != any.end(); });
}

// A reference to the own table that leads to who is above: a manager, a supervisor.
bool is_superior(const ColumnDraft& column) {
    return contains(column.words, {"manager", "supervisor", "boss", "report", "reports", "lead", "leader", "superior", "senior", "chief", "head"});
}

// The shortest way from members to the group along references that mean belonging; nothing when there is none.
std::optional<Path> membership_of(const Draft& draft, const TableDraft& members, const TableDraft& group) {
    std::optional<Path> best;
    for (const Path& path : paths_from(draft, members)) {
        constexpr std::size_t most = 2;
        if (path.via.back() != &group || path.keys.size() > most) continue;
        bool plain = true;
        const TableDraft* at = &members;
        for (std::size_t i = 0; i < path.keys.size(); ++i) {
            plain = plain && plain_reference(*at, path.keys[i], *path.via[i]);
            at = path.via[i];
        }
        if (plain && (!best || path.keys.size() < best->keys.size())) best = path;
    }
    return best;
}

// Is the column named for the other table and for nothing else: user_id, not owner_user_id?
bool is_namesake(const TableDraft& table, std::size_t key, const TableDraft& parent) {
    const Words words = role_of_reference(table, key);
    return words.empty() || ends_with(parent.words, words);
}

std::vector<Head> heads_of(Draft& draft) {
    std::vector<Head> heads;
    for (TableDraft& group : draft.tables) {
        if (!group.planned) continue;
        for (std::size_t key = 0; key < group.declared->foreign_keys.size(); ++key) {
            const schema::ForeignKey& declared = group.declared->foreign_keys[key];
            TableDraft& members = draft.parent_of(declared);
            if (declared.columns.size() != 1 || members.id == group.id) continue;
            const ColumnDraft& column = key_column(group, key);
            // A column of two keys says in its entry which of them it speaks of: none is tied.
            if (column.generator.kind != "reference" || column.foreign_keys.size() != 1) continue;
            if (column.generator.parameters.contains("agrees")) continue;
            const auto membership = membership_of(draft, members, group);
            if (!membership) continue;
            // Where either could belong to the other, a group is what may be without its head.
            const bool may_belong = is_namesake(group, key, members);
            if (may_belong && (!column.nullable() || key_column(members, membership->keys.front()).nullable())) continue;
            heads.push_back({&group, key, &members, *membership});
        }
    }
    return heads;
}

// The state or post that says the same as the reference: `Head Chef` of head_chef_id.
std::optional<std::string> post_of(const Words& head, const ColumnDraft& column) {
    const plan::Json& parameters = column.generator.parameters;
    if (column.generator.kind != "choice" || column.type_class != 't' || column.in_key || !parameters.contains("values")) return std::nullopt;
    std::optional<std::string> near;
    for (const plan::Json& value : parameters["values"]) {
        if (!value.is_string()) continue;
        const Words words = words_of_text(value.get<std::string>());
        if (words == head) return value.get<std::string>();
        if (!near && !head.empty() && ends_with(words, {&head.back(), 1})) near = value.get<std::string>();
    }
    return near;
}

std::string quoted_text(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
    return quoted + "'";
}

// Who leads the group is still there.
std::string still_there(const TableDraft& members, const std::string& reference) {
    std::string condition;
    for (const ColumnDraft& column : members.columns) {
        const bool leaves = column.role == "termination" || column.role == "deleted" || column.role == "end" ||
                            contains(column.words, {"left", "leaving", "terminated", "resigned", "retired", "departed"});
        if (!leaves || !column.nullable() || (column.type_class != 'd' && column.type_class != 'm')) continue;
        condition += (condition.empty() ? "" : " AND ") + reference + "." + sql_name(column) + " IS NULL";
    }
    return condition;
}

bool is_checked(const TableDraft& table, const ColumnDraft& column) {
    return std::any_of(table.declared->checks.begin(), table.declared->checks.end(),
                       [&](const schema::Check& check) { return check.sql.find(column.name()) != std::string::npos; });
}

void tie_head(const Head& head) {
    TableDraft& group = *head.group;
    TableDraft& members = *head.members;
    ColumnDraft& column = key_column(group, head.key);
    const std::string reference = schema::quoted_identifier(plan::name_of_foreign_key(*group.declared, head.key));
    const TableDraft& last = head.membership.via.size() > 1 ? *head.membership.via[head.membership.via.size() - 2] : members;
    const schema::ForeignKey& belongs = last.declared->foreign_keys[head.membership.keys.back()];
    Path before = head.membership;
    before.keys.pop_back();
    before.via.pop_back();
    const std::string middle = before.keys.empty() ? std::string() : "." + path_sql(members, before);
    std::string equalities;
    for (std::size_t i = 0; i < belongs.columns.size(); ++i) {
        equalities += (i > 0 ? " AND " : "") + reference + middle + "." + sql_name(last.columns[belongs.columns[i]]) + " = " +
                  sql_name(group.columns[belongs.parent_columns[i]]);
    }
    column.generator.parameters["agrees"] = equalities;
    if (const std::string present = still_there(members, reference); !present.empty()) column.generator.parameters["preferred"] = present;

    const schema::ForeignKey& leads = group.declared->foreign_keys[head.key];
    const std::string is_head = path_sql(members, head.membership) + "." + sql_name(column) + " = " +
                                sql_name(members.columns[leads.parent_columns.front()]);
    const Words words = role_of_reference(group, head.key);
    for (ColumnDraft& post : members.columns) {
        const auto value = post_of(words, post);
        if (!value) continue;
        members.overrides.push_back({is_head, {{post.name(), quoted_text(*value)}}, std::nullopt});
        break;
    }
    // Nobody in the group is above who leads it.
    for (std::size_t key = 0; key < members.declared->foreign_keys.size(); ++key) {
        if (members.declared->foreign_keys[key].parent != members.id) continue;
        ColumnDraft& above = key_column(members, key);
        const auto agrees = above.generator.parameters.find("agrees");
        if (!is_superior(above) || agrees == above.generator.parameters.end() || !above.nullable() || above.in_key || is_checked(members, above)) continue;
        members.overrides.push_back({is_head, {{above.name(), "NULL"}}, std::nullopt});
        above.generator.parameters["roots"] = 0.01;
    }
}

// What both a row and the one above it belong to: the department, the company, the post that is commented on, the
// project of a task.
std::optional<std::size_t> group_of_tree(const Draft& draft, const TableDraft& table, bool people) {
    std::optional<std::size_t> found;
    for (std::size_t key = 0; key < table.declared->foreign_keys.size(); ++key) {
        const schema::ForeignKey& declared = table.declared->foreign_keys[key];
        const TableDraft& parent = draft.parent_of(declared);
        if (declared.columns.size() != 1 || parent.id == table.id || !plain_reference(table, key, parent)) continue;
        const EntityKind kind = parent.entity->kind;
        const bool led = membership_of(draft, table, parent).has_value() &&
                         std::any_of(parent.declared->foreign_keys.begin(), parent.declared->foreign_keys.end(),
                                     [&](const schema::ForeignKey& back) { return draft.parent_of(back).id == table.id; });
        if (people && led) return key;
        const bool groups_people = people && (is_organization(parent) || kind == EntityKind::place);
        const bool groups_things = kind != EntityKind::lookup && kind != EntityKind::person &&
                                   !key_column(table, key).nullable() && !parent.junction;
        if (!found && (groups_people || groups_things)) found = key;
    }
    return found;
}

void tie_tree(const Draft& draft, TableDraft& table, std::size_t key) {
    ColumnDraft& column = key_column(table, key);
    const bool boss = is_superior(column);
    const bool tree = contains(column.words, {"parent"});
    const bool reply = contains(column.words, {"reply"}) || table.entity->kind == EntityKind::writing;
    column.generator.parameters["roots"] = boss ? 0.06 : reply ? 0.6 : tree ? 0.25 : 0.12;
    column.generator.parameters["skew"] = boss ? 0.7 : 0.4;
    column.nulls = 0;
    if (!column.nullable() || column.in_key || column.foreign_keys.size() != 1) return;
    if (!boss && !tree && !reply) return;
    const auto group = group_of_tree(draft, table, boss);
    if (!group) return;
    const std::string own = sql_name(key_column(table, *group));
    column.generator.parameters["agrees"] = schema::quoted_identifier(plan::name_of_foreign_key(*table.declared, key)) + "." + own + " = " + own;
}

}  // namespace

void relate_groups(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        for (std::size_t key = 0; table.planned && key < table.declared->foreign_keys.size(); ++key) {
            const schema::ForeignKey& declared = table.declared->foreign_keys[key];
            if (draft.parent_of(declared).id == table.id && declared.columns.size() == 1) tie_tree(draft, table, key);
        }
    }
    for (const Head& head : heads_of(draft)) tie_head(head);
}

}  // namespace confab::planner
