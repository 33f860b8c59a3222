// Orders that the schema's own checks state (`hired_on >= licensed_on`) and that no role explains: one side is made
// from the other, instead of being drawn until it fits.
#include <algorithm>
#include <charconv>

#include "expr/analysis.hpp"
#include "expr/expr.hpp"
#include "planner/draft.hpp"

namespace confab::planner {

namespace {

bool stands_alone(const TableDraft& table, const ColumnDraft& column) {
    const std::string& kind = column.generator.kind;
    const bool drawn = kind == "date" || kind == "timestamp" || kind == "integer" || kind == "decimal" || kind == "float";
    return drawn && !column.fixed && !column.generated() && !column.in_key && !(table.event && *table.event == column.id);
}

bool tied(const ColumnDraft& column, const ColumnDraft& other) { return column.generator.parameters.dump().find(sql_name(other)) != std::string::npos; }

constexpr std::int64_t day = 86400;

// Seconds in an offset: a number of days, or an interval. A month counts as so many days as `month` says.
std::optional<std::int64_t> seconds_of(std::string_view offset, std::int64_t month) {
    if (offset.empty()) return 0;
    const bool interval = offset.starts_with("interval '") && offset.ends_with("'");
    if (interval) offset = offset.substr(10, offset.size() - 11);
    std::int64_t total = 0;
    while (!offset.empty()) {
        std::string_view word = offset.substr(0, offset.find(' '));
        offset.remove_prefix(std::min(offset.size(), word.size() + 1));
        const bool negative = word.starts_with('-');
        if (negative || word.starts_with('+')) word.remove_prefix(1);
        std::int64_t seconds = 0;
        std::int64_t part = 0;
        const auto read = [&]() {
            const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), part);
            if (failed != std::errc()) return false;
            word.remove_prefix(static_cast<std::size_t>(end - word.data()));
            return true;
        };
        if (!read()) return std::nullopt;
        if (word.starts_with(':')) {  // hours:minutes:seconds
            for (const std::int64_t unit : {3600, 60, 1}) {
                seconds += part * unit;
                if (!word.starts_with(':')) break;
                word.remove_prefix(1);
                if (!read()) return std::nullopt;
            }
        } else if (word.empty()) {
            const std::string_view unit = interval ? offset.substr(0, offset.find(' ')) : "day";
            if (interval) offset.remove_prefix(std::min(offset.size(), unit.size() + 1));
            if (unit.starts_with("day")) seconds = part * day;
            else if (unit.starts_with("mon")) seconds = part * month * day;
            else if (unit.starts_with("year")) seconds = part * 12 * month * day + 5 * day;
            else return std::nullopt;
        }
        total += negative ? -seconds : seconds;
    }
    return total;
}

// In seconds: how far `later` may lie after `earlier`, by all the facts about the two.
struct Distance {
    std::optional<std::int64_t> least, most;
};

Distance distance_of(const expr::Branch& branch, const ColumnDraft& earlier, const ColumnDraft& later) {
    constexpr std::int64_t longest_month = 31, shortest_month = 28;
    Distance distance;
    for (const expr::RelationFact& fact : branch.relations) {
        if (fact.relation != expr::Relation::less && fact.relation != expr::Relation::less_equal) continue;
        const std::int64_t strict = fact.relation == expr::Relation::less_equal ? 0 : earlier.type_class == 'd' ? day : 1;
        if (fact.left == earlier.id && fact.right == later.id) {
            const auto offset = seconds_of(fact.offset, longest_month);
            if (offset) distance.least = std::max(distance.least.value_or(INT64_MIN), strict - *offset);
        } else if (fact.left == later.id && fact.right == earlier.id) {
            const auto offset = seconds_of(fact.offset, shortest_month);
            if (offset) distance.most = std::min(distance.most.value_or(INT64_MAX), *offset - strict);
        }
    }
    return distance;
}

std::string duration(std::int64_t seconds) {
    if (seconds % day != 0) return std::to_string(seconds) + " seconds";
    return std::to_string(seconds / day) + (seconds == day ? " day" : " days");
}

void order_moments(const Draft& draft, TableDraft& table, const expr::Branch& branch, ColumnDraft& low, ColumnDraft& high) {
    const Distance distance = distance_of(branch, low, high);
    if (!distance.least || *distance.least < 0 || (distance.most && *distance.most < *distance.least)) return;
    const std::int64_t least = std::max(*distance.least, std::min(day, distance.most.value_or(day)));
    const auto between = [&](const char* kind, const std::string& of, std::int64_t usual) -> Generator {
        return {kind, {{"of", of}, {"minimum", duration(least)}, {"maximum", duration(distance.most.value_or(least + usual * day))}, {"distribution", "exponential"}}};
    };
    if (stands_alone(table, high) && !(low.nullable() && !high.nullable())) {
        high.generator = between("after", sql_name(low), 900);
    } else if (stands_alone(table, low) && !(high.nullable() && !low.nullable())) {
        low.generator = between("before", sql_name(high), 1800);
        return;
    }
    // What the other is made from may be missing: some day stands for it.
    const auto or_some_day = [&](const ColumnDraft& column) {
        return "coalesce(" + sql_name(column) + ", " + (column.type_class == 'd' ? "date" : "timestamp") + " '" + draft.day(-200) + "')";
    };
    if (tied(low, high) || tied(high, low)) return;
    if (stands_alone(table, high)) high.generator = between("after", or_some_day(low), 900);
    else if (stands_alone(table, low)) low.generator = between("before", or_some_day(high), 1800);
}

// A distance that its role suggested keeps to what the check allows.
void narrow(const expr::Branch& branch, const ColumnDraft& low, ColumnDraft& high) {
    const Distance distance = distance_of(branch, low, high);
    if (high.generator.kind != "after" || !distance.most || *distance.most < distance.least.value_or(0)) return;
    high.generator.parameters["minimum"] = duration(std::min(std::max<std::int64_t>(distance.least.value_or(0), day), *distance.most));
    high.generator.parameters["maximum"] = duration(*distance.most);
}

void order_pair(const Draft& draft, TableDraft& table, const expr::Branch& branch, const expr::RelationFact& fact) {
    if (fact.relation != expr::Relation::less && fact.relation != expr::Relation::less_equal) return;
    ColumnDraft& low = table.columns[fact.left];
    ColumnDraft& high = table.columns[fact.right];
    if (is_moment(low) && is_moment(high) && tied(high, low)) narrow(branch, low, high);
    if (tied(low, high) || tied(high, low)) return;
    if (is_moment(low) && is_moment(high)) {
        order_moments(draft, table, branch, low, high);
        return;
    }
    const bool offset = !fact.offset.empty() && fact.offset != "0";
    const auto is_number = [](const ColumnDraft& column) { return column.type_class == 'i' || column.type_class == 'n'; };
    if (offset || !is_number(low) || !is_number(high) || fact.relation == expr::Relation::less) return;
    if (!stands_alone(table, low) || (high.nullable() && !low.nullable())) return;
    const double least = std::max(0.0, low.facts.lower.value_or(0));
    low.generator = {"between", {{"lower", std::to_string(static_cast<std::int64_t>(least))}, {"upper", sql_name(high)}}};
}

}  // namespace

void relate_checks(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        for (const schema::Check& check : table.declared->checks) {
            const auto program = expr::compile(*draft.schema, table.id, check.sql, expr::Want::boolean);
            if (!program) continue;
            const expr::Facts facts = expr::analyse(*draft.schema, *program);
            for (const expr::Branch& branch : facts.branches) {
                for (const expr::RelationFact& fact : branch.relations) order_pair(draft, table, branch, fact);
            }
        }
    }
}

}  // namespace confab::planner
