#include "planner/lifetimes.hpp"

#include <algorithm>
#include <array>

#include "plan/foreign_key.hpp"

namespace confab::planner {

namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

template <std::size_t size>
bool mentions_any(const TableDraft& table, const std::array<std::string_view, size>& words) {
    return std::any_of(table.words.begin(), table.words.end(), [&](const std::string& word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    });
}

// What is announced before it takes place, and who speaks for a place in it beforehand.
constexpr std::array<std::string_view, 25> announced = {
    "flight", "event", "concert", "show", "course", "class", "tour", "session", "workshop", "training", "screening",
    "match", "game", "conference", "cruise", "lesson", "webinar", "festival", "performance", "schedule", "departure",
    "section", "showtime", "lecture", "sailing"};
constexpr std::array<std::string_view, 14> spoken_for = {
    "booking", "ticket", "registration", "enrollment", "enrolment", "reservation", "signup", "order", "sale",
    "passenger", "rsvp", "application", "invitation", "participant"};

constexpr std::array<std::string_view, 18> begin_roles = {
    "hire", "created", "acquired", "occurred", "start", "checkin", "departure", "scheduled", "published", "released",
    "shipped", "paid", "delivered", "founded_year", "publication_year", "model_year", "year", "birth"};

const ColumnDraft* comparable(const TableDraft& table, std::string_view role) {
    for (const ColumnDraft& column : table.columns) {
        if (column.role == role && kind_of_moment(column)) return &column;
    }
    return nullptr;
}

std::string cast(const std::string& sql, Bound::Kind from, const ColumnDraft& like) {
    const bool day = like.type_class == 'd';
    if (day) return from == Bound::Kind::day ? sql : "(" + sql + ")::date";
    if (like.base.kind == schema::TypeKind::timestamp_tz) return "(" + sql + ")::timestamptz";
    return "(" + sql + ")::timestamp";
}

std::string joined_in(const char* function, const ColumnDraft& column, const std::vector<Bound>& bounds) {
    std::vector<std::string> parts;
    for (const Bound& bound : bounds) {
        if (bound.kind != Bound::Kind::year) parts.push_back(cast(bound.sql, bound.kind, column));
    }
    if (parts.empty()) return {};
    if (parts.size() == 1) return parts.front();
    std::string sql = std::string(function) + "(";
    for (std::size_t i = 0; i < parts.size(); ++i) sql += (i > 0 ? ", " : "") + parts[i];
    return sql + ")";
}

std::string compared(const ColumnDraft& column, const std::string& sign, const Bound& bound) {
    using Kind = Bound::Kind;
    const std::string name = sql_name(column);
    const Kind own = *kind_of_moment(column);
    if (own == Kind::year) {
        return name + sign + (bound.kind == Kind::year ? bound.sql : "extract(year from " + bound.sql + ")");
    }
    if (bound.kind == Kind::year) return "extract(year from " + name + ")" + sign + bound.sql;
    if (own == Kind::moment && bound.kind == Kind::moment) return name + sign + cast(bound.sql, bound.kind, column);
    return (own == Kind::day ? name : name + "::date") + sign + (bound.kind == Kind::day ? bound.sql : "(" + bound.sql + ")::date");
}

Bound bound_of(const TableDraft& owner, const std::string& path, const ColumnDraft& column) {
    std::string sql = path + sql_name(column);
    const Bound::Kind kind = *kind_of_moment(column);
    if (column.role == "birth") {
        const int days = least_age(owner) * 365 + least_age(owner) / 4 + 1;
        sql = (kind == Bound::Kind::day ? sql : sql + "::date") + " + " + std::to_string(days);
        return {Bound::Kind::day, sql};
    }
    return {kind, sql};
}

void add_ends(const TableDraft& child, const TableDraft& parent, const std::string& path, Lifetime& life) {
    const EntityKind kind = parent.entity->kind;
    const bool after_all = child.entity->kind == EntityKind::document || child.entity->kind == EntityKind::writing;
    for (const ColumnDraft& column : parent.columns) {
        if (!kind_of_moment(column)) continue;
        bool ends = is_one_of(column.role, {"termination", "deleted"});
        if (column.role == "end") ends = kind == EntityKind::person || (kind == EntityKind::activity && !after_all);
        if (column.role == "completed") {
            ends = kind == EntityKind::place || kind == EntityKind::company || (kind == EntityKind::activity && !after_all);
        }
        if (column.role == "death") ends = kind == EntityKind::person;
        if (ends) life.ends.push_back({*kind_of_moment(column), path + sql_name(column)});
    }
}

void collect(const Draft& draft, const TableDraft& child, const TableDraft& at, const std::string& path, int hops, Lifetime& life) {
    const ColumnDraft* begin = begin_of(at);
    if (begin != nullptr) {
        const Bound bound = bound_of(at, path, *begin);
        const bool lies_ahead = is_one_of(begin->role, {"start", "departure", "scheduled", "occurred", "checkin"}) &&
                                mentions_any(at, announced) && mentions_any(child, spoken_for);
        if (lies_ahead) life.ends.push_back(bound);
        else life.begins.push_back(bound);
    }
    add_ends(child, at, path, life);
    constexpr int most_hops = 2;
    if (begin != nullptr || hops >= most_hops) return;
    for (std::size_t key = 0; key < at.declared->foreign_keys.size(); ++key) {
        const TableDraft& next = draft.parent_of(at.declared->foreign_keys[key]);
        const auto& columns = at.declared->foreign_keys[key].columns;
        const bool set = std::none_of(columns.begin(), columns.end(), [&](auto column) { return at.columns[column].nullable(); });
        if (next.id == at.id || next.id == child.id || !set || next.depth >= at.depth) continue;
        collect(draft, child, next, path + schema::quoted_identifier(plan::name_of_foreign_key(*at.declared, key)) + ".", hops + 1, life);
    }
}

bool reaches(const Draft& draft, schema::TableId from, schema::TableId to) {
    std::vector<bool> seen(draft.tables.size(), false);
    std::vector<schema::TableId> open{from};
    while (!open.empty()) {
        const schema::TableId at = open.back();
        open.pop_back();
        if (at == to) return true;
        if (seen[at]) continue;
        seen[at] = true;
        for (const schema::ForeignKey& key : draft.tables[at].declared->foreign_keys) open.push_back(draft.parent_of(key).id);
    }
    return false;
}

}  // namespace

std::optional<Bound::Kind> kind_of_moment(const ColumnDraft& column) {
    if (column.base.is_array()) return std::nullopt;
    if (column.type_class == 'd') return Bound::Kind::day;
    if (column.type_class == 'm') return Bound::Kind::moment;
    const bool year = is_one_of(column.role, {"year", "founded_year", "publication_year", "model_year"});
    if (column.type_class == 'i' && year && !column.generated()) return Bound::Kind::year;
    return std::nullopt;
}

const ColumnDraft* begin_of(const TableDraft& table) {
    if (table.event) return &table.columns[*table.event];
    for (const std::string_view role : begin_roles) {
        const ColumnDraft* column = comparable(table, role);
        if (column == nullptr || (column->nullable() && column->nulls > 0.5)) continue;
        const EntityKind kind = table.entity->kind;
        if (role == "year" && (kind == EntityKind::document || kind == EntityKind::record || kind == EntityKind::activity)) continue;
        return column;
    }
    return nullptr;
}

std::string not_before(const ColumnDraft& column, const Bound& bound) { return compared(column, " >= ", bound); }
std::string not_after(const ColumnDraft& column, const Bound& bound) { return compared(column, " <= ", bound); }
std::string latest_of(const ColumnDraft& column, const std::vector<Bound>& bounds) { return joined_in("greatest", column, bounds); }
std::string earliest_of(const ColumnDraft& column, const std::vector<Bound>& bounds) { return joined_in("least", column, bounds); }

Lifetime lifetime_through(const Draft& draft, const TableDraft& table, std::size_t foreign_key) {
    Lifetime life;
    const TableDraft& parent = draft.parent_of(table.declared->foreign_keys[foreign_key]);
    collect(draft, table, parent, schema::quoted_identifier(plan::name_of_foreign_key(*table.declared, foreign_key)) + ".", 1, life);
    return life;
}

Descent descent_of(Draft& draft) {
    Descent descent;
    const auto nullable = [&](const TableDraft& table, const schema::ForeignKey& key) {
        return std::any_of(key.columns.begin(), key.columns.end(), [&](auto column) { return table.columns[column].nullable(); });
    };
    enum : std::uint8_t { unseen, open, done };
    std::vector<std::uint8_t> state(draft.tables.size(), unseen);
    descent.upwards.resize(draft.tables.size());
    for (const TableDraft& table : draft.tables) descent.upwards[table.id].assign(table.declared->foreign_keys.size(), false);
    struct Visit { TableDraft* table; std::vector<std::size_t> keys; std::size_t next = 0; };
    for (TableDraft& start : draft.tables) {
        if (!start.planned || state[start.id] != unseen) continue;
        std::vector<Visit> path;
        const auto enter = [&](TableDraft& table) {
            state[table.id] = open;
            Visit visit{&table, {}, 0};
            // References that must be set are followed first; one that may be missing closes no circle.
            for (const bool optional : {false, true}) {
                for (std::size_t key = 0; key < table.declared->foreign_keys.size(); ++key) {
                    const schema::ForeignKey& declared = table.declared->foreign_keys[key];
                    const TableDraft& parent = draft.parent_of(declared);
                    if (nullable(table, declared) != optional || parent.id == table.id || !parent.planned) continue;
                    if (optional && reaches(draft, parent.id, table.id)) continue;
                    visit.keys.push_back(key);
                }
            }
            path.push_back(std::move(visit));
        };
        enter(start);
        while (!path.empty()) {
            Visit& at = path.back();
            if (at.next == at.keys.size()) {
                state[at.table->id] = done;
                descent.tables.push_back(at.table);
                for (const std::size_t key : at.keys) {
                    const TableDraft& parent = draft.parent_of(at.table->declared->foreign_keys[key]);
                    descent.upwards[at.table->id][key] = state[parent.id] == done;
                }
                path.pop_back();
                continue;
            }
            TableDraft& parent = draft.parent_of(at.table->declared->foreign_keys[at.keys[at.next++]]);
            if (state[parent.id] == unseen) enter(parent);
        }
    }
    return descent;
}

int least_age(const TableDraft& table) {
    struct Age { std::string_view who; int years; };
    static constexpr std::array<Age, 22> ages = {{
        {"patient", 0}, {"child", 0}, {"baby", 0}, {"pet", 0}, {"animal", 0}, {"insured", 0}, {"dependent", 0}, {"resident", 0},
        {"citizen", 0}, {"passenger", 1}, {"pupil", 5}, {"member", 6}, {"player", 7}, {"student", 16}, {"employee", 17}, {"staff", 17},
        {"worker", 17}, {"teacher", 22}, {"professor", 26}, {"doctor", 25}, {"physician", 25}, {"author", 18}}};
    for (auto word = table.words.rbegin(); word != table.words.rend(); ++word) {
        for (const Age& age : ages) {
            if (age.who == *word) return age.years;
        }
    }
    return 16;
}

}  // namespace confab::planner
