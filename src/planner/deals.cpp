// What is paid for what: a house costs more than a book, an offer for it is near its price, an installment is what the
// contract says.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "planner/draft.hpp"
#include "planner/paths.hpp"

namespace confab::planner {

namespace {

// Drawn from a range, and nothing else decided about it.
bool is_open(const ColumnDraft& column) {
    const std::string& kind = column.generator.kind;
    const bool own = is_number(column) && !column.generated() && !column.fixed && !column.in_key && column.foreign_keys.empty();
    return own && (kind == "decimal" || kind == "integer" || kind == "float" || kind == "product" || kind == "ratio");
}

// Things of which each has a price of its own, in another league than goods have.
struct Level {
    std::string_view words;  // last words of a table, alternatives by `|`
    double low, high, typical, step;
};
constexpr std::array<Level, 3> levels = {{
    {"property|house|home|condo|villa|townhouse|estate|land|parcel|building", 65000, 4800000, 340000, 500},
    {"car|vehicle|automobile|truck|van|motorcycle|boat|aircraft", 3500, 88000, 21000, 50},
    {"horse|painting|artwork|instrument", 400, 45000, 3600, 10},
}};

const Level* level_of(const TableDraft& table) {
    if (table.words.empty()) return nullptr;
    for (const Level& level : levels) {
        const auto words = split(level.words, '|');
        if (std::find(words.begin(), words.end(), table.words.back()) != words.end()) return &level;
    }
    return nullptr;
}

// What the thing is sold for, not what a night or a day of it costs.
bool is_price_of_sale(const ColumnDraft& column) {
    static constexpr std::array<std::string_view, 5> roles = {"price", "old_price", "nightly_price", "cost", "purchase_price"};
    static constexpr std::array<std::string_view, 6> of_time = {"night", "nightly", "day", "daily", "hour", "hourly"};
    static constexpr std::array<std::string_view, 3> words = {"price", "value", "cost"};
    if (column.words.empty() || std::find(roles.begin(), roles.end(), column.role) == roles.end()) return false;
    if (std::find(words.begin(), words.end(), column.words.back()) == words.end()) return false;
    return std::none_of(column.words.begin(), column.words.end(),
                        [&](const std::string& word) { return std::find(of_time.begin(), of_time.end(), word) != of_time.end(); });
}

void price_things(TableDraft& table) {
    const Level* level = level_of(table);
    if (level == nullptr) return;
    ColumnDraft* first = nullptr;
    for (ColumnDraft& column : table.columns) {
        if (!is_open(column) || !is_price_of_sale(column)) continue;
        if (first != nullptr && !(first->nullable() && !column.nullable())) {
            column.generator = {"ratio", {{"of", sql_name(*first)}, {"min", 0.86}, {"max", 0.99}, {"endings", {0}}}};
            continue;
        }
        const double high = std::min(level->high, column.facts.upper.value_or(level->high));
        const double low = std::max(level->low, column.facts.lower.value_or(level->low));
        if (low >= high || level->typical >= high) continue;
        column.generator.kind = column.type_class == 'i' ? "integer" : "decimal";
        column.generator.parameters = {{"min", low}, {"max", high}, {"distribution", "lognormal"}, {"mean", level->typical}, {"deviation", 0.55}, {"step", level->step}};
        column.role = "price";
        first = &column;
    }
}

// A sum that is set beforehand, of the table that the row refers to.
const ColumnDraft* agreed_sum(const TableDraft& parent, std::initializer_list<std::string_view> roles) {
    for (const std::string_view role : roles) {
        for (const ColumnDraft& column : parent.columns) {
            if (column.role == role && is_number(column)) return &column;
        }
    }
    return nullptr;
}

std::string path_to(const TableDraft& table, const Path& path, const ColumnDraft& theirs) { return path_sql(table, path) + "." + sql_name(theirs); }

bool always_there(const TableDraft& table, const Path& path, const ColumnDraft& theirs) {
    const TableDraft* at = &table;
    for (std::size_t i = 0; i < path.keys.size(); ++i) {
        if (key_column(*at, path.keys[i]).nullable()) return false;
        at = path.via[i];
    }
    return !theirs.nullable();
}

// Offers for a house, the price that a car was sold at: near what it is listed for.
void price_deals(const Draft& draft, TableDraft& table) {
    if (table.entity->kind == EntityKind::thing || table.entity->kind == EntityKind::place || table.entity->kind == EntityKind::line) return;
    static constexpr std::array<std::string_view, 7> words = {"price", "amount", "offer", "bid", "total", "value", "valuation"};
    for (const Path& path : simple_paths_from(draft, table)) {
        if (path.keys.size() > 1 || level_of(*path.via.back()) == nullptr) continue;
        const ColumnDraft* listed = agreed_sum(*path.via.back(), {"price"});
        if (listed == nullptr || level_of(*path.via.back())->low > listed->generator.parameters.value("max", 0.0)) continue;
        static constexpr std::array<std::string_view, 8> not_for_sale = {"rent", "rental", "lease", "booking", "reservation", "service", "repair", "maintenance"};
        if (!table.words.empty() && std::find(not_for_sale.begin(), not_for_sale.end(), table.words.back()) != not_for_sale.end()) continue;
        for (ColumnDraft& column : table.columns) {
            const bool deals = !column.words.empty() && std::find(words.begin(), words.end(), column.words.back()) != words.end();
            if (!deals || !is_open(column) || column.role == "tax" || column.role == "deposit" || column.role == "discount_amount") continue;
            std::string of = path_to(table, path, *listed);
            if (!always_there(table, path, *listed) && !column.nullable())
                of = "coalesce(" + of + ", " + std::to_string(static_cast<std::int64_t>(level_of(*path.via.back())->typical)) + ")";
            column.generator = {"ratio", {{"of", of}, {"min", 0.9}, {"max", 1.04}, {"endings", {0}}}};
            column.role = "price";
        }
        return;
    }
}

void share_of_price(TableDraft& table) {
    ColumnDraft* commission = table.by_role("commission");
    const ColumnDraft* price = agreed_sum(table, {"price", "total", "amount"});
    if (commission == nullptr || price == nullptr || !is_open(*commission) || (price->nullable() && !commission->nullable())) return;
    commission->generator = {"ratio", {{"of", sql_name(*price)}, {"min", 0.02}, {"max", 0.03}}};
}

// What is paid again and again is what the contract, or the plan that it is for, asks.
void pay_what_is_agreed(const Draft& draft, TableDraft& table) {
    if (table.entity->prose != "payment" || table.entity->kind != EntityKind::document) return;
    ColumnDraft* amount = nullptr;
    for (const std::string_view role : {"amount", "total"}) {
        if (ColumnDraft* column = table.by_role(role); amount == nullptr && column != nullptr && is_open(*column)) amount = column;
    }
    if (amount == nullptr) return;
    std::vector<Path> paths = simple_paths_from(draft, table);
    std::stable_sort(paths.begin(), paths.end(), [](const Path& a, const Path& b) { return a.keys.size() < b.keys.size(); });
    for (const Path& path : paths) {
        const TableDraft& parent = *path.via.back();
        const bool contract = parent.by_role("installment") != nullptr || parent.by_role("rent") != nullptr || parent.by_role("premium") != nullptr;
        const bool offer = path.keys.size() <= 2 && parent.entity->kind == EntityKind::lookup;
        if (!contract && !offer) continue;
        const ColumnDraft* due = agreed_sum(parent, {"installment", "rent", "premium", "fee", "price", "monthly_price"});
        if (due == nullptr) continue;
        std::string sql = path_to(table, path, *due);
        if (!always_there(table, path, *due) && !amount->nullable()) sql = "coalesce(" + sql + ", 49.00)";
        amount->generator = {"expression", {{"sql", sql}}};
        amount->nulls = 0;
        return;
    }
}

// An insurer approves at most what was claimed.
void settle_claims(TableDraft& table) {
    ColumnDraft* approved = table.by_role("approved_amount");
    const ColumnDraft* claimed = agreed_sum(table, {"claimed", "coverage", "amount"});
    if (approved == nullptr || claimed == nullptr || !is_open(*approved) || (claimed->nullable() && !approved->nullable())) return;
    approved->generator = {"ratio", {{"of", sql_name(*claimed)}, {"min", 0.45}, {"max", 1.0}}};
}

// What a campaign has raised is what it was given, or some of what it asks for.
void raise_funds(const Draft& draft, TableDraft& table) {
    ColumnDraft* raised = table.by_role("raised_amount");
    const ColumnDraft* goal = table.by_role("goal_amount");
    if (raised == nullptr || !is_open(*raised)) return;
    for (const TableDraft& child : draft.tables) {
        if (!child.planned || child.id == table.id || child.entity->prose != "payment") continue;
        const ColumnDraft* amount = agreed_sum(child, {"amount", "total"});
        const auto refers = std::count_if(child.declared->foreign_keys.begin(), child.declared->foreign_keys.end(), [&](const auto& key) { return draft.parent_of(key).id == table.id; });
        if (amount == nullptr || refers != 1) continue;
        raised->generator = {"expression", {{"sql", "coalesce(sum(" + schema::quoted(child.declared->name) + "." + sql_name(*amount) + "), 0)"}}};
        raised->nulls = 0;
        return;
    }
    if (goal != nullptr && (!goal->nullable() || raised->nullable()))
        raised->generator = {"ratio", {{"of", sql_name(*goal)}, {"min", 0.15}, {"max", 1.15}}};
}

}  // namespace

void relate_deals(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (table.planned) price_things(table);
    }
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        price_deals(draft, table);
        share_of_price(table);
        pay_what_is_agreed(draft, table);
        settle_claims(table);
        raise_funds(draft, table);
    }
}

}  // namespace confab::planner
