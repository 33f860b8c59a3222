// References: how skewed, how often NULL, which lay out their table, which paths to one ancestor must agree.
#include <algorithm>
#include <array>

#include "plan/foreign_key.hpp"
#include "planner/draft.hpp"

namespace confab::planner {

namespace {

// How uneven the children of a parent are: some customers order a lot, every category has about its share.
double skew_of(const TableDraft& parent) {
    switch (parent.entity->kind) {
        case EntityKind::person: return 0.55;
        case EntityKind::thing: return 0.6;
        case EntityKind::company: return 0.5;
        case EntityKind::lookup: return 0.4;
        case EntityKind::place: return 0.5;
        case EntityKind::document:
        case EntityKind::line: return 0.1;
        case EntityKind::writing: return 0.6;
        default: return 0.4;
    }
}

// Words of a nullable reference that say how often it is missing.
double nulls_of(const TableDraft& table, const ColumnDraft& column, const TableDraft& parent) {
    struct Share { std::string_view word; double nulls; };
    static constexpr std::array<Share, 26> shares = {{
        {"parent", 0.35}, {"manager", 0.08}, {"supervisor", 0.08}, {"approved", 0.25}, {"approver", 0.25}, {"deleted", 0.95}, {"cancelled", 0.92},
        {"coupon", 0.78}, {"promotion", 0.75}, {"discount", 0.75}, {"voucher", 0.8}, {"referrer", 0.72}, {"referred", 0.72}, {"assigned", 0.15},
        {"assignee", 0.15}, {"reviewer", 0.3}, {"resolved", 0.4}, {"closed", 0.4}, {"reply", 0.55}, {"secondary", 0.7}, {"driver", 0.2}, {"head", 0.08},
        {"updated", 0.2}, {"original", 0.85}, {"replaced", 0.9}, {"previous", 0.6}}};
    for (const Share& share : shares) {
        if (std::find(column.words.begin(), column.words.end(), share.word) != column.words.end()) return share.nulls;
    }
    if (parent.id == table.id) return 0.12;
    if (parent.entity->kind == EntityKind::lookup) return 0.04;
    if (parent.entity->kind == EntityKind::person && table.entity->kind == EntityKind::document) return 0.06;
    return 0.09;
}

bool has_ordinal_key(const TableDraft& table, const schema::ForeignKey& key) {
    const schema::Key* primary = table.declared->primary_key();
    if (primary == nullptr || primary->columns.size() != key.columns.size() + 1) return false;
    std::size_t own = 0;
    for (const schema::ColumnId column : primary->columns) {
        if (std::find(key.columns.begin(), key.columns.end(), column) == key.columns.end() && table.columns[column].foreign_keys.empty() && table.columns[column].type_class == 'i') ++own;
    }
    return own == 1;
}

// The document that a line belongs to: the key to the document, or to a parent whose name begins this table's.
std::optional<std::size_t> document_of(const Draft& draft, const TableDraft& table) {
    std::optional<std::size_t> best;
    int best_score = 0;
    for (std::size_t i = 0; i < table.declared->foreign_keys.size(); ++i) {
        const schema::ForeignKey& key = table.declared->foreign_keys[i];
        const TableDraft& parent = draft.parent_of(key);
        if (parent.id == table.id) continue;
        int score = 0;
        if (has_ordinal_key(table, key)) score += 4;
        if (table.entity->kind == EntityKind::line && parent.entity->kind == EntityKind::document) score += 3;
        if (table.entity->kind == EntityKind::line && !table.words.empty() && !parent.words.empty() && table.words.front() == parent.words.front()) score += 2;
        // A price and a quantity of something else, in a table that refers to a document: lines, whatever they are called.
        const bool bears_amounts = table.by_role("quantity") != nullptr && (table.by_role("price") != nullptr || table.by_role("subtotal") != nullptr);
        if (bears_amounts && parent.entity->kind == EntityKind::document && table.declared->foreign_keys.size() >= 2) score += 3;
        bool all_set = true;
        for (const schema::ColumnId column : key.columns) all_set &= !table.columns[column].nullable();
        if (!all_set) score = 0;
        if (score >= 3 && score > best_score) {
            best = i;
            best_score = score;
        }
    }
    return best;
}

void lay_out(Draft& draft, TableDraft& table) {
    if (table.rows.per_parent) return;
    const auto document = document_of(draft, table);
    if (!document) return;
    const schema::ForeignKey& key = table.declared->foreign_keys[*document];
    // One child each at most: nothing to lay out.
    for (const schema::Key& unique : table.declared->keys) {
        if (unique.columns == key.columns) return;
    }
    plan::Layout layout;
    layout.foreign_key = plan::name_of_foreign_key(*table.declared, *document);
    layout.minimum = draft.rows_of(table) >= draft.rows_of(draft.parent_of(key)) ? 1 : 0;
    layout.spread = 0.35;
    table.layout = layout;
}

// The number of a line within its document.
void number_lines(Draft& draft, TableDraft& table) {
    std::optional<std::size_t> by;
    if (table.layout || table.rows.per_parent) {
        const std::string& name = table.layout ? table.layout->foreign_key : table.rows.per_parent->foreign_key;
        if (const auto key = plan::find_foreign_key(*draft.schema, table.id, name)) by = *key;
    }
    if (!by) return;
    const schema::Key* primary = table.declared->primary_key();
    for (ColumnDraft& column : table.columns) {
        if (column.type_class != 'i' || !column.foreign_keys.empty() || column.generated() || column.declared->identity != schema::IdentityKind::none) continue;
        const bool in_primary = primary != nullptr && primary->columns.size() > 1 && std::find(primary->columns.begin(), primary->columns.end(), column.id) != primary->columns.end();
        const bool positional = column.role == "position" && !column.alone_in_key;
        if (!in_primary && !positional) continue;
        column.generator = {"ordinal", Json::object()};
        column.role = "position";
        column.fixed = true;
        column.nulls = 0;
        return;
    }
}

// Rows from which two paths lead to one table: the second has to arrive where the first does.
struct Path {
    std::vector<std::size_t> keys;       // positions in foreign_keys, the row's own table first
    std::vector<const TableDraft*> via;  // where each leads
};

void collect(const Draft& draft, const TableDraft& table, Path path, std::vector<Path>& out) {
    constexpr std::size_t longest = 3;
    if (path.keys.size() >= longest) return;
    for (std::size_t i = 0; i < table.declared->foreign_keys.size(); ++i) {
        const schema::ForeignKey& key = table.declared->foreign_keys[i];
        const TableDraft& parent = draft.parent_of(key);
        if (key.columns.size() != 1 || parent.id == table.id) continue;
        if (std::find(path.via.begin(), path.via.end(), &parent) != path.via.end()) continue;
        Path longer = path;
        longer.keys.push_back(i);
        longer.via.push_back(&parent);
        out.push_back(longer);
        collect(draft, parent, longer, out);
    }
}

std::string path_sql(const Draft& draft, const TableDraft& table, const Path& path) {
    std::string sql;
    const TableDraft* at = &table;
    for (std::size_t i = 0; i < path.keys.size(); ++i) {
        sql += (i > 0 ? "." : "") + schema::quoted_identifier(plan::name_of_foreign_key(*at->declared, path.keys[i]));
        at = path.via[i];
    }
    (void)draft;
    return sql;
}

// Does the column qualify what it refers to (`billing_address_id`, `previous_owner_id`)? Then another row may be meant.
bool plain_reference(const TableDraft& table, std::size_t key, const TableDraft& parent) {
    const schema::ForeignKey& declared = table.declared->foreign_keys[key];
    std::size_t same_parent = 0;
    for (const schema::ForeignKey& other : table.declared->foreign_keys) same_parent += other.parent == declared.parent ? 1 : 0;
    if (same_parent > 1) return false;
    Words words = table.columns[declared.columns[0]].words;
    static constexpr std::array<std::string_view, 6> endings = {"id", "key", "code", "number", "uuid", "fk"};
    while (!words.empty() && std::find(endings.begin(), endings.end(), words.back()) != endings.end()) words.pop_back();
    return words.empty() || ends_with(parent.words, words) || ends_with(words, {parent.words.data() + (parent.words.empty() ? 0 : parent.words.size() - 1), parent.words.empty() ? 0U : 1U});
}

bool belongs(const TableDraft& table, std::size_t key, const TableDraft& parent) {
    // Ownership, not description: of a lookup (a country, a category) two paths need not agree.
    const EntityKind kind = parent.entity->kind;
    if (kind == EntityKind::lookup || parent.junction) return false;
    return plain_reference(table, key, parent);
}

void tie_diamonds(Draft& draft, TableDraft& table) {
    std::vector<Path> paths;
    collect(draft, table, {}, paths);
    std::vector<std::size_t> restricted;
    for (const Path& longer : paths) {
        if (longer.keys.size() != 2) continue;
        const TableDraft& end = *longer.via.back();
        const TableDraft& middle = *longer.via.front();
        if (!belongs(middle, longer.keys[1], end) || !plain_reference(table, longer.keys[0], middle)) continue;
        for (const Path& other : paths) {
            if (other.keys.size() > 2 || other.via.back() != &end || other.keys[0] == longer.keys[0]) continue;
            if (other.keys.size() == 2 && (other.keys[0] > longer.keys[0] || !belongs(*other.via.front(), other.keys[1], end) || !plain_reference(table, other.keys[0], *other.via.front()))) continue;
            if (other.keys.size() == 1 && !plain_reference(table, other.keys[0], end)) continue;
            if (std::find(restricted.begin(), restricted.end(), longer.keys[0]) != restricted.end()) continue;
            // The middle row follows the end only where there are several for each end: a room of the hotel, a dish of
            // the restaurant. A person and an order of the same city are no such pair.
            const EntityKind kind = middle.entity->kind;
            const bool contained = kind == EntityKind::thing || kind == EntityKind::place || kind == EntityKind::document || kind == EntityKind::activity ||
                                   kind == EntityKind::line || kind == EntityKind::unknown || (kind == EntityKind::person && end.entity->kind != EntityKind::place);
            if (!contained) continue;
            const std::string key_column = end.columns[middle.declared->foreign_keys[longer.keys[1]].parent_columns[0]].name();
            (void)key_column;
            const std::string left = path_sql(draft, table, {{longer.keys[0]}, {longer.via[0]}}) + "." + sql_name(middle.columns[middle.declared->foreign_keys[longer.keys[1]].columns[0]]);
            std::string right;
            if (other.keys.size() == 1) right = sql_name(table.columns[table.declared->foreign_keys[other.keys[0]].columns[0]]);
            else right = path_sql(draft, table, {{other.keys[0]}, {other.via[0]}}) + "." + sql_name(other.via[0]->columns[other.via[0]->declared->foreign_keys[other.keys[1]].columns[0]]);
            const auto may_be_null = [&](const TableDraft& owner, std::size_t key) { return owner.columns[owner.declared->foreign_keys[key].columns[0]].nullable(); };
            // A rule holds only when it is true: a reference that may be missing on either side cannot be asked to agree.
            if (may_be_null(table, longer.keys[0]) || may_be_null(middle, longer.keys[1]) || may_be_null(table, other.keys[0]) ||
                (other.keys.size() == 2 && may_be_null(*other.via[0], other.keys[1]))) continue;
            table.rules.push_back(left + " = " + right);
            restricted.push_back(longer.keys[0]);
            // Every restaurant has a dish, so that every order of it can have lines.
            TableDraft& contained_table = draft.tables[middle.id];
            if (!contained_table.layout && !contained_table.rows.per_parent && draft.rows_of(middle) >= draft.rows_of(end) &&
                (kind == EntityKind::thing || kind == EntityKind::place || kind == EntityKind::person))
                contained_table.layout = plan::Layout{plan::name_of_foreign_key(*middle.declared, longer.keys[1]), 1, std::nullopt, 0.3};
        }
    }
}

// A manager is of the same department or company.
void tie_trees(const Draft& draft, TableDraft& table) {
    for (std::size_t i = 0; i < table.declared->foreign_keys.size(); ++i) {
        const schema::ForeignKey& key = table.declared->foreign_keys[i];
        if (draft.parent_of(key).id != table.id || key.columns.size() != 1) continue;
        ColumnDraft& column = table.columns[key.columns[0]];
        const bool boss = column.words.size() > 0 && (std::find(column.words.begin(), column.words.end(), "manager") != column.words.end() ||
                                                       std::find(column.words.begin(), column.words.end(), "supervisor") != column.words.end() ||
                                                       std::find(column.words.begin(), column.words.end(), "boss") != column.words.end() ||
                                                       std::find(column.words.begin(), column.words.end(), "report") != column.words.end() ||
                                                       std::find(column.words.begin(), column.words.end(), "lead") != column.words.end());
        const bool tree = std::find(column.words.begin(), column.words.end(), "parent") != column.words.end();
        const bool reply = std::find(column.words.begin(), column.words.end(), "reply") != column.words.end() || table.entity->kind == EntityKind::writing;
        column.generator.parameters["roots"] = boss ? 0.06 : reply ? 0.6 : tree ? 0.25 : 0.12;
        column.generator.parameters["skew"] = boss ? 0.7 : 0.4;
        column.nulls = 0;
        // Of the same department, company, post, restaurant…: whatever else both must belong to.
        for (std::size_t other = 0; other < table.declared->foreign_keys.size(); ++other) {
            const schema::ForeignKey& group = table.declared->foreign_keys[other];
            const TableDraft& parent = draft.parent_of(group);
            if (group.columns.size() != 1 || parent.id == table.id) continue;
            const ColumnDraft& own = table.columns[group.columns[0]];
            if (own.nullable()) continue;
            const bool groups_people = boss && (parent.entity->prose == "department" || parent.entity->kind == EntityKind::company || parent.entity->kind == EntityKind::place);
            const bool groups_writing = reply && !boss && (parent.entity->kind == EntityKind::writing || parent.entity->kind == EntityKind::activity || parent.entity->kind == EntityKind::thing);
            if (!groups_people && !groups_writing) continue;
            const std::string path = schema::quoted_identifier(plan::name_of_foreign_key(*table.declared, i)) + "." + sql_name(own);
            if (column.nullable()) {
                table.rules.push_back(path + " = " + sql_name(own));
                break;
            }
        }
    }
}

}  // namespace

void relate_references(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        for (ColumnDraft& column : table.columns) {
            if (column.generator.kind != "reference" || column.foreign_keys.empty()) continue;
            const schema::ForeignKey& key = table.declared->foreign_keys[column.foreign_keys.front()];
            const TableDraft& parent = draft.parent_of(key);
            if (column.id == key.columns.front()) column.generator.parameters["skew"] = skew_of(parent);
            if (column.nullable() && !column.in_key) column.nulls = nulls_of(table, column, parent);
        }
        tie_trees(draft, table);
        lay_out(draft, table);
        number_lines(draft, table);
        tie_diamonds(draft, table);
    }
}

}  // namespace confab::planner
