// What is used for some days or miles: at the rate of what is used, for as long as it is out.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "planner/draft.hpp"
#include "planner/paths.hpp"

namespace confab::planner {

namespace {

bool is_open(const ColumnDraft& column) {
    return is_number(column) && !column.generated() && !column.fixed && !column.in_key && column.foreign_keys.empty() &&
           column.generator.kind != "expression" && column.generator.kind != "ratio";
}

constexpr std::array<std::string_view, 6> rates = {"daily_price", "nightly_price", "hourly_price", "rent", "fare", "price"};

const ColumnDraft* rate_of(const TableDraft& table) {
    for (const std::string_view role : rates) {
        const ColumnDraft* column = table.by_role(role);
        if (column != nullptr && is_number(*column)) return column;
    }
    return nullptr;
}

// `daily_rate` of a rental is the car's, `price` of a ticket that of the show.
void copy_rates(const Draft& draft, TableDraft& table) {
    const bool ticket = !table.words.empty() && table.words.back() == "ticket";
    if (table.entity->kind != EntityKind::document && !ticket) return;
    for (ColumnDraft& column : table.columns) {
        const bool rate = std::find(rates.begin(), rates.end(), column.role) != rates.end();
        if (!rate || !is_open(column)) continue;
        for (std::size_t key = 0; key < table.declared->foreign_keys.size(); ++key) {
            const TableDraft& parent = draft.parent_of(table.declared->foreign_keys[key]);
            if (parent.id == table.id || parent.entity->kind == EntityKind::person) continue;
            const auto same = std::find_if(parent.columns.begin(), parent.columns.end(), [&](const ColumnDraft& other) {
                const bool asked = ticket && std::find(rates.begin(), rates.end(), other.role) != rates.end();
                return is_number(other) && ((other.words == column.words && other.role == column.role) || asked);
            });
            if (same == parent.columns.end()) continue;
            std::string sql = sql_path(table, key, *same);
            const bool sure = !same->nullable() && !key_column(table, key).nullable();
            if (!sure && !column.nullable()) sql = "coalesce(" + sql + ", 25)";
            column.generator = {"expression", {{"sql", sql}}};
            column.nulls = 0;
            break;
        }
    }
}

const ColumnDraft* moment_of(const TableDraft& table, std::initializer_list<std::string_view> roles) {
    for (const std::string_view role : roles) {
        for (const ColumnDraft& column : table.columns) {
            if (column.role == role && is_moment(column)) return &column;
        }
    }
    return nullptr;
}

// The days at the rate of a day: what a rental or a stay costs in all.
void total_of_days(const Draft& draft, TableDraft& table) {
    ColumnDraft* total = nullptr;
    for (ColumnDraft& column : table.columns) {
        const bool sum = column.role == "total" || column.role == "amount" || (column.role == "cost" && column.words.front() == "total");
        if (total == nullptr && sum && is_open(column)) total = &column;
    }
    const ColumnDraft* from = moment_of(table, {"checkin", "start"});
    const ColumnDraft* to = moment_of(table, {"checkout", "end", "returned", "due"});
    if (total == nullptr || from == nullptr || to == nullptr || from->nullable()) return;
    std::string rate;
    if (const ColumnDraft* own = rate_of(table); own != nullptr && (own->role == "daily_price" || own->role == "nightly_price")) rate = sql_name(*own);
    for (const Path& path : simple_paths_from(draft, table)) {
        if (!rate.empty() || path.keys.size() > 2) break;
        for (const std::string_view role : {"daily_price", "nightly_price"}) {
            const ColumnDraft* theirs = path.via.back()->by_role(role);
            if (rate.empty() && theirs != nullptr && is_number(*theirs)) rate = path_sql(table, path) + "." + sql_name(*theirs);
        }
    }
    if (rate.empty()) return;
    std::string days = sql_name(*to) + "::date - " + sql_name(*from) + "::date";
    if (to->nullable()) days = "coalesce(" + days + ", 3)";
    total->generator = {"expression", {{"sql", "coalesce(" + rate + ", 60) * greatest(" + days + ", 1)"}}};
    total->nulls = 0;
}

// The hours, rounded up, at the rate of an hour: what parking costs.
void total_of_hours(const Draft& draft, TableDraft& table) {
    const ColumnDraft* from = moment_of(table, {"start", "occurred", "created"});
    const ColumnDraft* to = moment_of(table, {"end"});
    if (from == nullptr || to == nullptr || from->type_class != 'm' || to->type_class != 'm') return;
    for (ColumnDraft& column : table.columns) {
        const bool sum = column.role == "fee" || column.role == "total" || column.role == "amount";
        if (!sum || !is_open(column) || !column.nullable()) continue;
        for (std::size_t key = 0; key < table.declared->foreign_keys.size(); ++key) {
            const TableDraft& parent = draft.parent_of(table.declared->foreign_keys[key]);
            const ColumnDraft* rate = parent.by_role("hourly_price") != nullptr ? parent.by_role("hourly_price") : parent.by_role("hourly_rate");
            if (rate == nullptr || !is_number(*rate) || parent.entity->kind == EntityKind::person) continue;
            const std::string hours = "ceil(extract(epoch from (" + sql_name(*to) + " - " + sql_name(*from) + ")) / 3600)";
            column.generator = {"expression", {{"sql", "(" + hours + " * " + sql_path(table, key, *rate) + ")::numeric"}}};
            column.nulls = 0;
            return;
        }
    }
}

// What was spent of a budget in the end.
void cost_of_budget(TableDraft& table) {
    const ColumnDraft* budget = table.by_role("budget");
    for (ColumnDraft& column : table.columns) {
        const bool actual = column.role == "cost" && !column.words.empty() && column.words.front() == "actual";
        if (!actual || budget == nullptr || !is_open(column) || (budget->nullable() && !column.nullable())) continue;
        column.generator = {"ratio", {{"of", sql_name(*budget)}, {"min", 0.62}, {"max", 1.18}}};
    }
}

// `start_mileage` and `end_mileage`: what was driven in between.
void odometers(TableDraft& table) {
    static constexpr std::array<std::string_view, 5> first = {"start", "begin", "starting", "initial", "out"};
    static constexpr std::array<std::string_view, 5> last = {"end", "final", "ending", "return", "in"};
    const auto word_of = [](const ColumnDraft& column, const auto& list) {
        return std::find_if(column.words.begin(), column.words.end(), [&](const std::string& word) { return std::find(list.begin(), list.end(), word) != list.end(); });
    };
    const auto rest = [](const ColumnDraft& column, auto at) {
        Words words(column.words.begin(), column.words.end());
        words.erase(words.begin() + (at - column.words.begin()));
        return words;
    };
    for (ColumnDraft& high : table.columns) {
        const auto end = word_of(high, last);
        if (high.role != "mileage" || !is_number(high) || high.generated() || high.in_key || end == high.words.end()) continue;
        for (const ColumnDraft& low : table.columns) {
            const auto start = word_of(low, first);
            if (&low == &high || low.role != "mileage" || !is_number(low) || start == low.words.end() || rest(low, start) != rest(high, end)) continue;
            if (low.nullable() && !high.nullable()) continue;
            high.generator = {"between", {{"lower", sql_name(low) + " + 15"}, {"upper", sql_name(low) + " + 1400"}, {"distribution", "exponential"}}};
            break;
        }
    }
}

}  // namespace

void relate_rates(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        copy_rates(draft, table);
        total_of_days(draft, table);
        total_of_hours(draft, table);
        cost_of_budget(table);
        odometers(table);
    }
}

}  // namespace confab::planner
