// What comes after what. Each table has at most one column that says when its rows came about (ascending); the other
// dates of the row follow it or each other by their roles, and a child's come after its parent's.
#include <algorithm>
#include <array>

#include "base/dates.hpp"
#include "plan/foreign_key.hpp"
#include "planner/ages.hpp"
#include "planner/draft.hpp"
#include "planner/lengths.hpp"
#include "planner/lifetimes.hpp"
#include "planner/times.hpp"

namespace confab::planner {

namespace {

bool is_free(const ColumnDraft& column) { return is_moment(column) && !column.fixed && !column.generated() && column.foreign_keys.empty(); }

// Which role is the row's own coming about, the surest first.
constexpr std::array<std::string_view, 12> event_roles = {
    "occurred", "hire", "created", "start", "checkin", "departure", "shipped", "paid", "scheduled", "acquired", "published", "delivered"};

// How one date follows another in a row: `role` comes after the first of `after` that the row has.
struct Stage {
    std::string_view role;
    std::string_view after;       // roles, most fitting first
    std::string_view minimum, maximum;
    std::string_view distribution = "exponential";
    std::string_view otherwise = {};
    bool past = true;             // has happened by as_of
};

constexpr Stage stages[] = {
    {"hire", "birth", "7000 days", "14000 days", "uniform", "", true},
    {"created", "occurred|hire", "0 days", "6 hours", "exponential", "", true},
    {"start", "occurred|created", "0 days", "30 days", "exponential", "", false},
    {"scheduled", "occurred|created", "1 day", "45 days", "exponential", "", false},
    {"checkin", "occurred|created", "0 days", "60 days", "exponential", "", false},
    {"departure", "occurred|created", "1 day", "90 days", "exponential", "", false},
    {"approved", "occurred|created|start", "0 days", "10 days", "exponential", "null", true},
    {"paid", "occurred|created|start", "0 days", "14 days", "exponential", "null", true},
    {"due", "start|occurred|created|checkin|acquired", "7 days", "35 days", "uniform", "", false},
    {"expected_delivery", "occurred|created|start|shipped", "2 days", "12 days", "uniform", "", false},
    {"shipped", "paid|occurred|created|start", "4 hours", "6 days", "exponential", "null", true},
    {"delivered", "shipped|occurred|created", "1 day", "9 days", "exponential", "null", true},
    {"checkout", "checkin|occurred|created", "1 day", "12 days", "exponential", "", false},
    {"actual_departure", "departure", "0 minutes", "2 hours", "exponential", "null", true},
    {"arrival", "departure|occurred|created", "45 minutes", "11 hours", "normal", "", false},
    {"actual_arrival", "actual_departure|arrival|departure", "45 minutes", "11 hours", "normal", "null", true},
    {"end", "start|checkin|scheduled|occurred|created|hire", "1 day", "400 days", "exponential", "", false},
    {"returned", "start|checkin|delivered|shipped|occurred|created", "1 day", "40 days", "normal", "null", true},
    {"completed", "delivered|paid|start|scheduled|occurred|created", "1 day", "60 days", "exponential", "null", true},
    {"cancelled", "occurred|created|start", "1 hour", "10 days", "exponential", "null", true},
    {"refunded", "paid|returned|delivered|occurred|created", "1 day", "20 days", "exponential", "null", true},
    {"termination", "hire|start|created", "60 days", "4000 days", "uniform", "null", true},
    {"expires", "start|acquired|occurred|created|hire", "180 days", "1100 days", "uniform", "", false},
    {"read", "occurred|created|delivered", "1 minute", "5 days", "exponential", "null", true},
    {"published", "created|occurred", "0 days", "60 days", "exponential", "null", true},
    {"last_seen", "hire|created|occurred|start|acquired", "1 hour", "900 days", "uniform", "minimum", true},
    {"next", "occurred|scheduled|start|created|last_seen", "7 days", "180 days", "uniform", "", false},
    {"updated", "completed|delivered|returned|shipped|paid|cancelled|occurred|created|hire|start", "0 days", "400 days", "exponential", "minimum", true},
    {"deleted", "updated|created|occurred|start|hire", "1 day", "700 days", "uniform", "null", true},
};

ColumnDraft* moment_by_role(TableDraft& table, std::string_view role) {
    for (ColumnDraft& column : table.columns) {
        if (column.role == role && is_moment(column)) return &column;
    }
    return nullptr;
}

std::vector<std::string_view> roles_of(std::string_view list) {
    std::vector<std::string_view> roles;
    while (!list.empty()) {
        const std::size_t bar = list.find('|');
        roles.push_back(list.substr(0, bar));
        list = bar == std::string_view::npos ? std::string_view() : list.substr(bar + 1);
    }
    return roles;
}

const char* shape_of(const TableDraft& table) {
    switch (table.entity->kind) {
        case EntityKind::document: return "growth_and_season";
        case EntityKind::writing:
        case EntityKind::person:
        case EntityKind::record: return "growth";
        default: return "growth";
    }
}

// How many days before as_of a table's first rows came about, as far as nothing above it says otherwise.
std::int64_t default_opening(const TableDraft& table, const ColumnDraft& event) {
    constexpr std::int64_t year = 365;
    if (event.role == "hire") return 14 * year;
    // Shops and stations open long before what happens in them; what is bought stays for some years.
    static constexpr std::array<std::string_view, 7> openings = {"opened", "opening", "founded", "established", "launched", "inaugurated", "commissioned"};
    for (const std::string& word : event.words) {
        if (std::find(openings.begin(), openings.end(), word) != openings.end() && table.entity->kind != EntityKind::document &&
            table.entity->kind != EntityKind::record && table.entity->kind != EntityKind::activity) return 22 * year;
    }
    if (event.role == "acquired") return 10 * year;
    switch (table.entity->kind) {
        case EntityKind::company:
        case EntityKind::place: return 22 * year;
        case EntityKind::lookup: return 18 * year;
        case EntityKind::thing: return event.role == "acquired" ? 9 * year : 8 * year;
        case EntityKind::person: return 7 * year;
        case EntityKind::record: return 3 * year;
        case EntityKind::writing: return 4 * year;
        default: return 5 * year;
    }
}

// The first day that a range partition of the table takes, where the column decides about it.
std::string first_partition_day(const Draft& draft, const TableDraft& table, const ColumnDraft& column, bool last) {
    std::string best;
    const auto& partitioning = table.declared->partitioning;
    if (!partitioning || partitioning->strategy != schema::PartitionStrategy::range || partitioning->members.empty()) return best;
    if (partitioning->members.front().column != column.id) return best;
    for (const schema::Table& partition : draft.schema->tables) {
        if (partition.partition_of != table.id || !partition.bound) continue;
        if (partition.bound->is_default) continue;
        const auto& bound = last ? partition.bound->to : partition.bound->from;
        // A literal: 'YYYY-MM-DD…', whatever type it is cast to.
        const std::size_t quote = bound.empty() ? std::string::npos : bound.front().find('\'');
        if (quote == std::string::npos || bound.front().size() < quote + 12) continue;
        const std::string day = bound.front().substr(quote + 1, 10);
        if (best.empty() || (last ? day > best : day < best)) best = day;
    }
    return best;
}

// Parents that came about at a moment, by a key that is set: the row cannot be older.
struct ParentEvent {
    std::size_t key = 0;
    const TableDraft* parent = nullptr;
    const ColumnDraft* event = nullptr;
};

std::vector<ParentEvent> parents_with_events(const Draft& draft, const TableDraft& table) {
    std::vector<ParentEvent> found;
    for (std::size_t i = 0; i < table.declared->foreign_keys.size(); ++i) {
        const TableDraft& parent = draft.parent_of(table.declared->foreign_keys[i]);
        if (parent.id == table.id || !parent.event) continue;
        found.push_back({i, &parent, &parent.columns[*parent.event]});
    }
    return found;
}

bool follows_closely(const TableDraft& table, const TableDraft& parent, bool laid_out) {
    const EntityKind kind = parent.entity->kind;
    // What a person, a place or a thing has come to in the course of years does not follow its beginning closely.
    const bool lasting = kind == EntityKind::person || kind == EntityKind::place || kind == EntityKind::company ||
                         kind == EntityKind::thing || kind == EntityKind::lookup;
    if (laid_out && !lasting) return true;
    if (kind == EntityKind::document || kind == EntityKind::line) return true;
    if (kind == EntityKind::writing) return table.entity->kind == EntityKind::writing || table.entity->kind == EntityKind::record;
    return kind == EntityKind::activity && table.entity->kind != EntityKind::document;
}

bool key_is_set(const TableDraft& table, std::size_t key) {
    const auto& columns = table.declared->foreign_keys[key].columns;
    return std::all_of(columns.begin(), columns.end(), [&](auto column) { return !table.columns[column].nullable(); });
}

std::optional<std::size_t> layout_key(const Draft& draft, const TableDraft& table) {
    std::string name;
    if (table.layout) name = table.layout->foreign_key;
    else if (table.rows.per_parent) name = table.rows.per_parent->foreign_key;
    else return std::nullopt;
    const auto key = plan::find_foreign_key(*draft.schema, table.id, name);
    return key ? std::optional(*key) : std::nullopt;
}

// A key that a sequence makes unique leaves its other columns free.
bool free_in_keys(const TableDraft& table, const ColumnDraft& column) {
    return std::all_of(table.declared->keys.begin(), table.declared->keys.end(), [&](const schema::Key& key) {
        if (std::find(key.columns.begin(), key.columns.end(), column.id) == key.columns.end()) return true;
        return std::any_of(key.columns.begin(), key.columns.end(), [&](auto member) { return table.columns[member].generator.kind == "sequence"; });
    });
}

// A date of which nothing is known but that every row has it, the only one of the table: when the row came about.
void name_the_only_date(TableDraft& table) {
    ColumnDraft* only = nullptr;
    for (ColumnDraft& column : table.columns) {
        if (!is_free(column)) continue;
        if (!column.role.empty() && column.role != "birth" && column.role != "updated") return;
        if (!column.role.empty() || column.nullable()) continue;
        if (only != nullptr) return;
        only = &column;
    }
    if (only == nullptr) return;
    const EntityKind kind = table.entity->kind;
    only->role = kind == EntityKind::thing || kind == EntityKind::place || kind == EntityKind::company ? "acquired" : "occurred";
}

ColumnDraft* choose_event(TableDraft& table) {
    for (const std::string_view role : event_roles) {
        ColumnDraft* column = moment_by_role(table, role);
        if (column == nullptr || !is_free(*column) || column->alone_in_key) continue;
        // The coming about of a book is not that of its row.
        if (role == "published" && table.entity->kind != EntityKind::writing) continue;
        if (role == "delivered" && table.entity->kind != EntityKind::document) continue;
        // What has not happened yet in some rows says little about when they came about, unless all else is later still.
        const bool first = role == "shipped" && moment_by_role(table, "delivered") != nullptr;
        if ((role == "paid" || role == "shipped") && !first && column->nullable() && column->nulls > 0.1) continue;
        return column;
    }
    return nullptr;
}

// Does a key make the engine lay the rows out by one of their parents, or give each parent one row?
bool laid_out_by_key(const TableDraft& table) {
    return std::any_of(table.declared->keys.begin(), table.declared->keys.end(), [&](const schema::Key& key) {
        const bool numbered = std::any_of(key.columns.begin(), key.columns.end(), [&](auto member) { return table.columns[member].generator.kind == "sequence"; });
        if (numbered) return false;
        return std::any_of(table.declared->foreign_keys.begin(), table.declared->foreign_keys.end(), [&](const schema::ForeignKey& reference) {
            return std::all_of(reference.columns.begin(), reference.columns.end(), [&](auto column) {
                return std::find(key.columns.begin(), key.columns.end(), column) != key.columns.end();
            });
        });
    });
}

void make_event(const Draft& draft, TableDraft& table, ColumnDraft& column, std::int64_t opening) {
    const bool hire = column.role == "hire";
    const bool scheduled = column.role == "scheduled" || column.role == "checkin" || column.role == "departure" || column.role == "start";
    const bool ahead = scheduled && !is_logged(table) && (table.entity->kind == EntityKind::document || table.entity->kind == EntityKind::activity);
    const bool early = table.entity->kind == EntityKind::company || table.entity->kind == EntityKind::place;
    Json p = {{"from", draft.day(-opening)}, {"to", draft.day(ahead ? 45 : early ? -365 : -1)}};
    const auto raise = [&](const std::string& day) { if (day.size() >= 10 && day.substr(0, 10) > p["from"].get<std::string>()) p["from"] = day.substr(0, 10); };
    const auto lower = [&](const std::string& day) { if (day.size() >= 10 && day.substr(0, 10) < p["to"].get<std::string>()) p["to"] = day.substr(0, 10); };
    raise(column.facts.lower_text);
    lower(column.facts.upper_text);
    // All partitions have rows, as far as they lie in the past.
    if (const std::string first = first_partition_day(draft, table, column, false); !first.empty()) p["from"] = first;
    // The end of a partition is the first day that it does not take.
    if (const auto end = parse_date(first_partition_day(draft, table, column, true))) lower(format_date(*end - 1));
    if (p["from"].get<std::string>() >= p["to"].get<std::string>()) return;
    p["shape"] = shape_of(table);
    const std::string hours = hours_of(table);
    const bool office = hire || hours == "office";
    p["weekdays"] = office ? (hire ? "working" : "mostly_working") : "any";
    if (column.type_class == 'm') p["hours"] = hours;
    if (const std::string_view precision = precision_of(table); column.type_class == 'm' && scheduled && !precision.empty()) p["precision"] = precision;
    if (p["weekdays"] == "any") p.erase("weekdays");
    column.generator = {"event_time", p};
    column.nulls = 0;
    table.event = column.id;
}

// The parents' lifetimes, all taken together.
Lifetime lifetime_of_parents(const Draft& draft, const Descent& descent, const TableDraft& table) {
    Lifetime all;
    for (std::size_t key = 0; key < table.declared->foreign_keys.size(); ++key) {
        if (!descent.upwards[table.id][key]) continue;
        const Lifetime life = lifetime_through(draft, table, key);
        all.begins.insert(all.begins.end(), life.begins.begin(), life.begins.end());
        all.ends.insert(all.ends.end(), life.ends.begin(), life.ends.end());
    }
    return all;
}

// `least(as_of, …)` of the parents' ends.
std::string until_of(const ColumnDraft& column, const Lifetime& life) {
    Lifetime with = life;
    with.ends.insert(with.ends.begin(), {Bound::Kind::day, "as_of"});
    return life.ends.empty() ? "as_of" : earliest_of(column, with.ends);
}

// Rows that a parent lays out come about any time in its life.
bool spread_over_life(const Draft& draft, TableDraft& table, ColumnDraft& column, Lifetime life) {
    if (life.begins.empty()) return false;
    // What partitions and checks allow comes first.
    const std::string first = std::max(first_partition_day(draft, table, column, false), column.facts.lower_text.substr(0, 10));
    std::string last = first_partition_day(draft, table, column, true);
    if (!last.empty()) last = "date '" + last + "' - 1";
    else if (column.facts.upper_text.size() >= 10) last = "date '" + column.facts.upper_text.substr(0, 10) + "'";
    if (first.size() == 10) life.begins.push_back({Bound::Kind::day, "date '" + first + "'"});
    if (!last.empty()) life.ends.push_back({Bound::Kind::day, last});
    std::string of = latest_of(column, life.begins);
    if (of.empty()) return false;
    if (!last.empty()) of = earliest_of(column, {{Bound::Kind::day, last}, {*kind_of_moment(column), of}});
    const bool hire = column.role == "hire";
    Json p = {{"of", of}, {"minimum", "0 days"}, {"maximum", hire ? "6000 days" : "1800 days"}, {"distribution", "uniform"}};
    p["until"] = until_of(column, life);
    p["otherwise"] = "minimum";
    if (hire || hours_of(table) == std::string("office")) p["weekdays"] = "working";
    if (column.type_class == 'm') p["hours"] = hours_of(table);
    column.generator = {"after", p};
    column.nulls = 0;
    table.event = column.id;
    return true;
}

// What the parents' lifetimes ask of the row, where references and dates are drawn apart.
void prefer_lifetimes(TableDraft& table, const ColumnDraft& column, const Lifetime& life) {
    const auto prefer = [&](const std::string& sql) {
        if (std::find(table.preferences.begin(), table.preferences.end(), sql) == table.preferences.end()) table.preferences.push_back(sql);
    };
    for (const Bound& begin : life.begins) prefer(not_before(column, begin));
    for (const Bound& end : life.ends) prefer(not_after(column, end));
}

// The event of a child that follows a document: some days after it, not ascending by itself.
bool follow_parent(const Draft& draft, TableDraft& table, ColumnDraft& column, const Lifetime& life) {
    const std::optional<std::size_t> laid_out = layout_key(draft, table);
    const ParentEvent* best = nullptr;
    const std::vector<ParentEvent> parents = parents_with_events(draft, table);
    for (const ParentEvent& each : parents) {
        const bool by_layout = laid_out && *laid_out == each.key;
        if (!key_is_set(table, each.key) || !follows_closely(table, *each.parent, by_layout)) continue;
        if (best == nullptr || by_layout) best = &each;
    }
    if (best == nullptr) return false;
    const bool line = table.entity->kind == EntityKind::line;
    const bool pays = table.entity->prose == "payment";
    Json p = {{"of", sql_path(table, best->key, *best->event)}, {"minimum", line ? "0 minutes" : "0 days"}, {"maximum", line ? "10 minutes" : pays ? "5 days" : "30 days"}};
    p["until"] = until_of(column, life);
    if (column.type_class == 'm' && !line) p["hours"] = "waking";
    column.generator = {"after", p};
    column.nulls = column.nullable() ? std::min(column.nulls, 0.02) : 0;
    return true;
}

void tie_references(const Draft& draft, TableDraft& table, const ColumnDraft& event) {
    for (const ParentEvent& each : parents_with_events(draft, table)) {
        const schema::ForeignKey& key = table.declared->foreign_keys[each.key];
        if (each.event->generator.kind != "event_time") continue;
        ColumnDraft& column = table.columns[key.columns.front()];
        if (column.generator.kind != "reference" || column.in_key) continue;
        const std::optional<std::size_t> laid_out = layout_key(draft, table);
        if (laid_out && *laid_out == each.key) continue;
        column.generator.parameters["existed_at"] = sql_name(event);
    }
}

void chain(TableDraft& table, bool food) {
    const Length* length = length_of(table);
    for (const Stage& stage : stages) {
        for (ColumnDraft& column : table.columns) {
            if (column.role != stage.role || !is_free(column)) continue;
            if (table.event && *table.event == column.id) continue;
            if (column.generator.kind == "after" && column.generator.parameters["of"].get<std::string>().find('.') != std::string::npos) continue;
            ColumnDraft* base = nullptr;
            for (const std::string_view role : roles_of(stage.after)) {
                base = moment_by_role(table, role);
                if (base == &column) base = nullptr;
                // A base that may be NULL takes this one along: where this one may not be, a surer base.
                if (base != nullptr && base->nullable() && base->nulls > 0.3 && (stage.role == "updated" || !column.nullable())) base = nullptr;
                if (base != nullptr) break;
            }
            if (base == nullptr) continue;
            std::string minimum(stage.minimum), maximum(stage.maximum);
            static constexpr std::array<std::string_view, 4> lent_by_day = {"rental", "booking", "reservation", "hire"};
            const bool by_day = !table.words.empty() && std::find(lent_by_day.begin(), lent_by_day.end(), table.words.back()) != lent_by_day.end();
            if ((stage.role == "end" || (by_day && (stage.role == "due" || stage.role == "returned"))) && length != nullptr) {
                minimum = length->minimum;
                maximum = length->maximum;
                // Days cannot hold minutes.
                if (column.type_class == 'd' && minimum.find("day") == std::string::npos) { minimum = "0 days"; maximum = "2 days"; }
            }
            static constexpr std::array<std::string_view, 4> open_for_days = {"offer", "quote", "proposal", "bid"};
            const bool for_days = !table.words.empty() && std::find(open_for_days.begin(), open_for_days.end(), table.words.back()) != open_for_days.end();
            if (stage.role == "end" && !column.words.empty() && (column.words.front() == "contract" || column.words.front() == "lease")) {
                minimum = "365 days";
                maximum = "1460 days";
            }
            if (stage.role == "expires" && for_days) {
                minimum = "2 days";
                maximum = "21 days";
            } else if (stage.role == "expires" && table.entity->words.find("coupon") != std::string_view::npos) {
                maximum = "180 days";
            }
            // Food is there within the hour, not after days.
            if (food && (stage.role == "delivered" || stage.role == "shipped" || stage.role == "expected_delivery") && column.type_class == 'm') {
                minimum = stage.role == "shipped" ? "8 minutes" : "18 minutes";
                maximum = stage.role == "shipped" ? "35 minutes" : "95 minutes";
            }
            std::string of = sql_name(*base);
            if (base->nullable() && !column.nullable()) of = "coalesce(" + of + ", as_of)";
            Json p = {{"of", of}, {"minimum", minimum}, {"maximum", maximum}, {"distribution", std::string(stage.distribution)}};
            if (stage.past) {
                p["until"] = "as_of";
                p["otherwise"] = stage.otherwise == "null" && column.nullable() ? "null" : "minimum";
            }
            // After a day there is no time of day to count hours from.
            if (column.type_class == 'm' && base->type_class == 'd' && maximum.find("day") == std::string::npos) p["maximum"] = maximum = "1 day";
            if (column.type_class == 'm' && maximum.find("day") != std::string::npos) p["hours"] = hours_of(table);
            static constexpr std::array<std::string_view, 5> planned_roles = {"scheduled", "start", "end", "departure", "arrival"};
            const std::string_view precision = precision_of(table);
            const bool agreed = std::find(planned_roles.begin(), planned_roles.end(), stage.role) != planned_roles.end();
            if (column.type_class == 'm' && agreed && !precision.empty()) p["precision"] = precision;
            column.generator = {"after", p};
            if (!column.nullable()) column.nulls = 0;
        }
    }
}

void tie_death(TableDraft& table) {
    ColumnDraft* birth = moment_by_role(table, "birth");
    ColumnDraft* death = moment_by_role(table, "death");
    if (birth == nullptr || death == nullptr || !is_free(*death)) return;
    death->generator = {"after", {{"of", sql_name(*birth)}, {"minimum", "18000 days"}, {"maximum", "33000 days"}, {"distribution", "normal"}, {"until", "as_of"}, {"otherwise", death->nullable() ? "null" : "minimum"}}};
}

// The days before as_of at which the youngest of a table's parents began; 0 = they say nothing.
std::int64_t opening_above(const Draft& draft, const Descent& descent, const TableDraft& table, const std::vector<std::int64_t>& openings) {
    std::int64_t above = 0;
    for (std::size_t key = 0; key < table.declared->foreign_keys.size(); ++key) {
        if (!descent.upwards[table.id][key]) continue;
        const std::int64_t opening = openings[draft.parent_of(table.declared->foreign_keys[key]).id];
        if (opening > 0 && (above == 0 || opening < above)) above = opening;
    }
    return above;
}

// The days before as_of at which a table's rows begin: some time after those of its parents, so that the first rows
// have somebody to refer to.
std::int64_t opening_of(const Draft& draft, const Descent& descent, const TableDraft& table, const ColumnDraft& event, const std::vector<std::int64_t>& openings) {
    std::int64_t opening = default_opening(table, event);
    const std::int64_t above = opening_above(draft, descent, table, openings);
    if (above > 0) opening = std::min(opening, above * 4 / 5);
    return std::max<std::int64_t>(opening, 200);
}

}  // namespace

bool is_logged(const TableDraft& table) {
    static constexpr std::array<std::string_view, 13> logged = {"ride", "session", "call", "run", "job", "attendance", "loan", "login", "workout", "drive", "execution", "admission", "checkout"};
    return !table.words.empty() && std::find(logged.begin(), logged.end(), table.words.back()) != logged.end();
}

bool ends_soon(const TableDraft& table) {
    const Length* length = is_logged(table) ? length_of(table) : nullptr;
    return length != nullptr && length->maximum.find("day") == std::string_view::npos;
}

void relate_times(Draft& draft) {
    bool food = false;
    for (const TableDraft& table : draft.tables) {
        for (const ColumnDraft& column : table.columns) food |= table.planned && column.generator.kind == "dish" && !column.generated();
    }
    const Descent descent = descent_of(draft);
    std::vector<std::int64_t> openings(draft.tables.size(), 0);
    // Parents first: a child looks at its parents' events.
    for (TableDraft* table : descent.tables) {
        name_the_only_date(*table);
        ColumnDraft* event = choose_event(*table);
        if (event == nullptr) openings[table->id] = opening_above(draft, descent, *table, openings);
        const Lifetime life = lifetime_of_parents(draft, descent, *table);
        if (event != nullptr) {
            openings[table->id] = opening_of(draft, descent, *table, *event, openings);
            const bool laid_out = layout_key(draft, *table) || laid_out_by_key(*table);
            const bool bound = !free_in_keys(*table, *event);
            if (!bound && follow_parent(draft, *table, *event, life)) table->event = event->id;
            else if ((!laid_out && !bound) || !spread_over_life(draft, *table, *event, life)) {
                if (!bound) make_event(draft, *table, *event, openings[table->id]);
            }
            tie_references(draft, *table, *event);
        }
        for (ColumnDraft& column : table->columns) {
            const bool agreed = column.role == "scheduled" || column.role == "start" || column.role == "departure";
            const std::string_view precision = precision_of(*table);
            if (agreed && column.generator.kind == "timestamp" && !precision.empty()) column.generator.parameters["precision"] = precision;
        }
        tie_death(*table);
        tie_birth(*table);
        chain(*table, food);
        const ColumnDraft* begin = begin_of(*table);
        if (begin != nullptr && begin->role != "birth" && !begin->generated()) prefer_lifetimes(*table, *begin, life);
    }
}

}  // namespace confab::planner
