#include "planner/paths.hpp"

#include <algorithm>
#include <array>

#include "plan/foreign_key.hpp"

namespace confab::planner {

namespace {

// Words that say which of several is meant, and not that the row belongs to it.
constexpr std::array<std::string_view, 36> another_one = {
    "favorite", "favourite", "home",     "preferred", "default",  "billing", "shipping", "delivery", "pickup",
    "dropoff",  "return",    "previous", "former",    "last",     "first",   "next",     "original", "alternate",
    "secondary", "other",    "related",  "old",       "new",      "from",    "to",       "source",   "target",
    "origin",   "destination", "birth",  "recommended", "visited", "parent", "emergency", "backup",  "temporary"};

void collect(const Draft& draft, const TableDraft& table, const Path& path, std::vector<Path>& out) {
    constexpr std::size_t longest = 3;
    if (path.keys.size() >= longest) return;
    for (std::size_t i = 0; i < table.declared->foreign_keys.size(); ++i) {
        const schema::ForeignKey& key = table.declared->foreign_keys[i];
        const TableDraft& parent = draft.parent_of(key);
        if (parent.id == table.id) continue;
        if (std::find(path.via.begin(), path.via.end(), &parent) != path.via.end()) continue;
        Path longer = path;
        longer.keys.push_back(i);
        longer.via.push_back(&parent);
        out.push_back(longer);
        collect(draft, parent, longer, out);
    }
}

}  // namespace

std::vector<Path> paths_from(const Draft& draft, const TableDraft& table) {
    std::vector<Path> paths;
    collect(draft, table, {}, paths);
    return paths;
}

std::vector<Path> simple_paths_from(const Draft& draft, const TableDraft& table) {
    std::vector<Path> paths = paths_from(draft, table);
    std::erase_if(paths, [&](const Path& path) {
        const TableDraft* at = &table;
        for (std::size_t i = 0; i < path.keys.size(); ++i) {
            if (at->declared->foreign_keys[path.keys[i]].columns.size() != 1) return true;
            at = path.via[i];
        }
        return false;
    });
    return paths;
}

std::string path_sql(const TableDraft& table, const Path& path) {
    std::string sql;
    const TableDraft* at = &table;
    for (std::size_t i = 0; i < path.keys.size(); ++i) {
        sql += (i > 0 ? "." : "") + schema::quoted_identifier(plan::name_of_foreign_key(*at->declared, path.keys[i]));
        at = path.via[i];
    }
    return sql;
}

Words role_of_reference(const TableDraft& table, std::size_t key) {
    Words words = key_column(table, key).words;
    static constexpr std::array<std::string_view, 6> endings = {"id", "key", "code", "number", "uuid", "fk"};
    while (!words.empty() && std::find(endings.begin(), endings.end(), words.back()) != endings.end()) words.pop_back();
    return words;
}

bool plain_reference(const TableDraft& table, std::size_t key, const TableDraft& parent) {
    const schema::ForeignKey& declared = table.declared->foreign_keys[key];
    std::size_t same_parent = 0;
    for (const schema::ForeignKey& other : table.declared->foreign_keys) same_parent += other.parent == declared.parent ? 1 : 0;
    if (same_parent > 1) return false;
    if (declared.columns.size() > 1) return true;  // carries its parent's own key
    const Words words = role_of_reference(table, key);
    if (words.empty() || ends_with(parent.words, words)) return true;
    if (parent.words.empty() || words.back() != parent.words.back()) return false;
    return std::none_of(words.begin(), words.end(), [](const std::string& word) {
        return std::find(another_one.begin(), another_one.end(), word) != another_one.end();
    });
}

ColumnDraft& key_column(TableDraft& table, std::size_t key) {
    return table.columns[table.declared->foreign_keys[key].columns.front()];
}
const ColumnDraft& key_column(const TableDraft& table, std::size_t key) {
    return table.columns[table.declared->foreign_keys[key].columns.front()];
}

std::string name_through_key(const Draft& draft, const TableDraft& table, std::string_view entity_word) {
    for (std::size_t i = 0; i < table.declared->foreign_keys.size(); ++i) {
        const schema::ForeignKey& key = table.declared->foreign_keys[i];
        const TableDraft& parent = draft.parent_of(key);
        if (parent.id == table.id ||
            std::find(parent.words.begin(), parent.words.end(), entity_word) == parent.words.end())
            continue;
        for (const ColumnDraft& column : parent.columns) {
            const bool named =
                column.role == "name" || column.role == entity_word || column.role == "cuisine";
            if (named && column.type_class == 't' && column.base.kind != schema::TypeKind::enumeration)
                return sql_path(table, i, column);
        }
    }
    return {};
}

bool is_staff(const Draft& draft, const TableDraft& table) {
    static constexpr std::array<std::string_view, 12> staff = {"employee",   "staff",     "worker",     "personnel", "engineer",  "developer",
                                                               "consultant", "executive", "supervisor", "director",  "recruiter", "analyst"};
    static constexpr std::array<std::string_view, 5> with_a_company = {"contact", "user", "representative", "manager", "person"};
    if (table.entity->kind != EntityKind::person || table.words.empty()) return false;
    if (std::find(staff.begin(), staff.end(), table.words.back()) != staff.end()) return true;
    if (std::find(with_a_company.begin(), with_a_company.end(), table.words.back()) == with_a_company.end()) return false;
    return std::any_of(table.declared->foreign_keys.begin(), table.declared->foreign_keys.end(), [&](const schema::ForeignKey& key) {
        return draft.parent_of(key).entity->kind == EntityKind::company;
    });
}

bool is_organization(const TableDraft& table) {
    const Entity& entity = *table.entity;
    if (entity.kind == EntityKind::company || entity.prose == "department") return true;
    return entity.kind == EntityKind::place && (entity.statuses.starts_with("open") || entity.statuses.starts_with("active 9"));
}

}  // namespace confab::planner
