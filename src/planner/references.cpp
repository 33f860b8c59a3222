// References: how skewed, how often NULL, which lay out their table, which paths to one ancestor must agree.
#include <algorithm>
#include <array>
#include <span>

#include "plan/foreign_key.hpp"
#include "planner/draft.hpp"
#include "planner/paths.hpp"

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
    const auto in_primary = [&](auto column) {
        return std::find(primary->columns.begin(), primary->columns.end(), column) != primary->columns.end();
    };
    if (!std::all_of(key.columns.begin(), key.columns.end(), in_primary)) return false;
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

// A check wants an amount or a count above zero, which a document without lines may not have.
bool cannot_be_empty(const TableDraft& document) {
    return std::any_of(document.columns.begin(), document.columns.end(), [](const ColumnDraft& column) {
        const bool number = column.type_class == 'n' || column.type_class == 'i' || column.type_class == 'f';
        return number && !column.in_key && column.foreign_keys.empty() && column.facts.lower && *column.facts.lower > 0;
    });
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
    // With hardly more lines than documents some have several, and so others none, unless they cannot be empty.
    const TableDraft& parent = draft.parent_of(key);
    const auto lines = static_cast<double>(draft.rows_of(table));
    const auto documents = static_cast<double>(draft.rows_of(parent));
    const bool plenty = lines >= 1.5 * documents;
    layout.minimum = plenty || (lines >= documents && cannot_be_empty(parent)) ? 1 : 0;
    layout.spread = plenty ? 0.35 : 0.25;
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

// Ownership, not description: of a lookup (a country, a category) two paths need not agree.
bool belongs(const TableDraft& table, std::size_t key, const TableDraft& parent) {
    return parent.entity->kind != EntityKind::lookup && !parent.junction && plain_reference(table, key, parent);
}

// Is it certain that rows of `middle` belong to the end: a table of staff or members, somebody's own things?
bool is_member(const TableDraft& middle, std::size_t key, const TableDraft& end) {
    return plain_reference(middle, key, end) && !key_column(middle, key).nullable();
}

// Whoever does something for a row is of the same company, branch or department: an order's waiter, a project's lead,
// the one who wrote a ticket down.
bool is_colleague(const TableDraft& middle, std::size_t key, const TableDraft& end) {
    return middle.entity->kind == EntityKind::person && is_organization(end) && is_member(middle, key, end);
}

// People bid on, like and book what is somebody else's: a row that says so does not tie a thing to its owner.
bool crosses_owners(const TableDraft& table, const TableDraft& middle, const TableDraft& end) {
    static constexpr std::array<std::string_view, 22> dealings = {"review", "rating", "like", "favorite", "favourite", "bid", "vote", "follow", "booking", "reservation", "wishlist",
                                                                  "view", "offer", "comment", "report", "share", "bookmark", "rental", "purchase", "message", "application", "reaction"};
    static constexpr std::array<std::string_view, 8> private_things = {"address", "card", "account", "method", "wallet", "cart", "basket", "device"};
    const auto names = [](const Words& words, std::span<const std::string_view> any) {
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return std::find(any.begin(), any.end(), word) != any.end(); });
    };
    const bool deals = table.entity->kind == EntityKind::writing || names(table.words, dealings);
    return end.entity->kind == EntityKind::person && deals && !names(middle.words, private_things);
}

// An order's shipping address is one of its customer's; money may well go to somebody else's account.
bool is_possession(const TableDraft& table, std::size_t first, const TableDraft& middle, std::size_t key, const TableDraft& end) {
    static constexpr std::array<std::string_view, 9> of_others = {"to", "target", "destination", "receiver", "recipient", "payee", "counterparty", "other", "referred"};
    const Words words = role_of_reference(table, first);
    const bool own = std::none_of(words.begin(), words.end(), [](const std::string& word) { return std::find(of_others.begin(), of_others.end(), word) != of_others.end(); });
    const EntityKind kind = middle.entity->kind;
    const bool held = kind == EntityKind::place || kind == EntityKind::thing || kind == EntityKind::unknown;
    return own && held && end.entity->kind == EntityKind::person && is_member(middle, key, end);
}

// Are there several such rows for each end, which nobody else shares: a room of the hotel, a dish of the restaurant?
// A person and an order of the same city are no such pair.
bool is_contained(const TableDraft& middle, const TableDraft& end) {
    switch (middle.entity->kind) {
        case EntityKind::thing:
        case EntityKind::place:
        case EntityKind::document:
        case EntityKind::activity:
        case EntityKind::line:
        case EntityKind::unknown: return true;
        case EntityKind::person: return end.entity->kind != EntityKind::place || is_organization(end);
        default: return false;
    }
}

bool may_be_null(const TableDraft& table, const Path& path) {
    const TableDraft* at = &table;
    for (std::size_t i = 0; i < path.keys.size(); ++i) {
        if (key_column(*at, path.keys[i]).nullable()) return true;
        at = path.via[i];
    }
    return false;
}

// The key column with which a path arrives, as SQL: `order_id.shop_id`.
std::string arrival_sql(const TableDraft& table, const Path& path) {
    Path before = path;
    before.keys.pop_back();
    before.via.pop_back();
    const TableDraft& last = before.via.empty() ? table : *before.via.back();
    const std::string prefix = before.keys.empty() ? std::string() : path_sql(table, before) + ".";
    return prefix + sql_name(key_column(last, path.keys.back()));
}

// Every restaurant has a dish, so that every order of it can have lines.
void give_each_one(Draft& draft, const TableDraft& middle, std::size_t key, const TableDraft& end) {
    TableDraft& contained = draft.tables[middle.id];
    const EntityKind kind = middle.entity->kind;
    if (contained.layout || contained.rows.per_parent || draft.rows_of(middle) < draft.rows_of(end)) return;
    if (kind != EntityKind::thing && kind != EntityKind::place) return;
    contained.layout = plan::Layout{plan::name_of_foreign_key(*middle.declared, key), 1, std::nullopt, 0.3};
}

// Rows from which two paths lead to one table: the longer has to arrive where the other does.
void tie_diamonds(Draft& draft, TableDraft& table) {
    const std::vector<Path> paths = simple_paths_from(draft, table);
    std::vector<std::size_t> restricted;
    for (const Path& longer : paths) {
        if (longer.keys.size() != 2 || longer.via.back() == &table) continue;
        const std::size_t first = longer.keys[0];
        if (key_column(table, first).foreign_keys.size() != 1) continue;
        const TableDraft& middle = *longer.via.front();
        const TableDraft& end = *longer.via.back();
        const std::size_t second = longer.keys[1];
        const bool owned = belongs(middle, second, end) && is_contained(middle, end) && plain_reference(table, first, middle);
        const bool colleague = is_colleague(middle, second, end);
        if (!owned && !colleague && !is_possession(table, first, middle, second, end)) continue;
        if (crosses_owners(table, middle, end)) continue;
        for (const Path& other : paths) {
            if (other.keys.size() > 2 || other.via.back() != &end || other.keys[0] == first) continue;
            const bool direct = other.keys.size() == 1;
            if (direct && !plain_reference(table, other.keys[0], end)) continue;
            if (!direct && (other.keys[0] > first || !belongs(*other.via.front(), other.keys[1], end) ||
                            !plain_reference(table, other.keys[0], *other.via.front()))) {
                continue;
            }
            if (std::find(restricted.begin(), restricted.end(), first) != restricted.end()) continue;
            const std::string equality = arrival_sql(table, longer) + " = " + arrival_sql(table, other);
            // A rule holds only when it is true: a reference that may be missing can only agree where it is there.
            if (!owned || may_be_null(table, longer) || may_be_null(table, other)) {
                key_column(table, first).generator.parameters["agrees"] = equality;
            } else {
                table.rules.push_back(equality);
                give_each_one(draft, middle, second, end);
            }
            restricted.push_back(first);
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
        lay_out(draft, table);
        number_lines(draft, table);
        tie_diamonds(draft, table);
    }
    relate_groups(draft);
}

}  // namespace confab::planner
