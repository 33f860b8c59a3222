// How long what is agreed upon lasts: a loan of so many months, a lesson of an hour.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "planner/draft.hpp"
#include "planner/paths.hpp"

namespace confab::planner {

namespace {

bool is_exact(const ColumnDraft& column) { return is_number(column) && column.type_class != 'f'; }

bool is_drawn(const ColumnDraft& column) { return !column.generated() && !column.fixed && !column.in_key && column.foreign_keys.empty(); }

// The months that a row is agreed for: its own, or those of the plan or product that it refers to.
std::string months_of(const Draft& draft, const TableDraft& table) {
    const ColumnDraft* own = table.by_role("months");
    if (own != nullptr && is_exact(*own)) return own->nullable() ? "coalesce(" + sql_name(*own) + ", 12)" : sql_name(*own);
    for (const Path& path : simple_paths_from(draft, table)) {
        if (path.keys.size() > 1) continue;
        const TableDraft& parent = *path.via.back();
        const ColumnDraft* theirs = parent.by_role("months");
        const bool offers = parent.entity->kind == EntityKind::lookup || parent.entity->kind == EntityKind::thing;
        if (theirs == nullptr || !is_exact(*theirs) || !offers) continue;
        const bool sure = !theirs->nullable() && !key_column(table, path.keys.front()).nullable();
        const std::string sql = path_sql(table, path) + "." + sql_name(*theirs);
        return sure ? sql : "coalesce(" + sql + ", 12)";
    }
    return {};
}

void end_after_months(const Draft& draft, TableDraft& table) {
    const std::string months = months_of(draft, table);
    if (months.empty()) return;
    for (const std::string_view from : {"start", "occurred", "created"}) {
        const ColumnDraft* begin = table.by_role(from);
        if (begin == nullptr || (begin->type_class != 'd' && begin->type_class != 'm')) continue;
        for (const std::string_view to : {"end", "expires"}) {
            ColumnDraft* end = table.by_role(to);
            if (end == nullptr || end->type_class != begin->type_class || !is_drawn(*end) || (begin->nullable() && !end->nullable())) continue;
            const std::string sum = "(" + sql_name(*begin) + " + " + months + " * interval '1 month')";
            end->generator = {"expression", {{"sql", end->type_class == 'd' ? sum + "::date" : sum}}};
            end->nulls = std::min(end->nulls, 0.04);
            return;
        }
        return;
    }
}

// What is paid each month pays a loan off: the principal in equal parts, and interest on half of it on average.
void monthly_installment(TableDraft& table) {
    const ColumnDraft* principal = table.by_role("principal");
    const ColumnDraft* rate = table.by_role("interest_rate");
    const ColumnDraft* months = table.by_role("months");
    ColumnDraft* installment = table.by_role("installment");
    if (principal == nullptr || months == nullptr || installment == nullptr) return;
    if (!is_exact(*months) || !is_drawn(*installment) || installment->type_class == 'i') return;
    const bool known = !principal->nullable() && !months->nullable();
    if (!known && !installment->nullable()) return;
    const std::string p = sql_name(*principal), n = sql_name(*months);
    std::string sql = p + " / " + n;
    if (rate != nullptr && rate->type_class != 't') sql += " + " + p + " * coalesce(" + sql_name(*rate) + ", 5) / 2400 * (" + n + " + 1) / " + n;
    installment->generator = {"expression", {{"sql", "round((" + sql + ")::numeric, 2)"}}};
    installment->nulls = 0;
}

// Claims are made some days after what they are for.
void happen_before(TableDraft& table) {
    ColumnDraft* incident = table.by_role("incident");
    if (incident == nullptr || !is_drawn(*incident)) return;
    for (const std::string_view role : {"occurred", "created"}) {
        const ColumnDraft* told = table.by_role(role);
        if (told == nullptr || (told->type_class != 'd' && told->type_class != 'm') || (told->nullable() && !incident->nullable())) continue;
        incident->generator = {"before", {{"of", sql_name(*told)}, {"minimum", "0 days"}, {"maximum", "45 days"}, {"distribution", "exponential"}}};
        return;
    }
}

// Houses are paid off in decades, not in months.
void loan_terms(TableDraft& table) {
    ColumnDraft* months = table.by_role("months");
    if (months == nullptr || table.by_role("principal") == nullptr || months->generator.kind != "choice" || months->facts.upper) return;
    months->generator.parameters = {{"values", {12, 24, 36, 48, 60, 72, 84, 120, 180, 240, 360}}, {"weights", {5, 9, 18, 14, 22, 8, 4, 5, 6, 2, 7}}};
}

// Upkeep comes up again after months, and costs more than a cup of coffee.
void upkeep(TableDraft& table) {
    if (table.entity->prose != "maintenance") return;
    for (ColumnDraft& column : table.columns) {
        if (!is_drawn(column)) continue;
        Json& p = column.generator.parameters;
        if (column.role == "next" && column.generator.kind == "after") {
            p["minimum"] = "60 days";
            p["maximum"] = "400 days";
            p["distribution"] = "uniform";
        }
        if (column.role == "cost" && (column.generator.kind == "decimal" || column.generator.kind == "integer") && !column.facts.upper)
            p = {{"min", 35}, {"max", 4800}, {"distribution", "lognormal"}, {"mean", 260}, {"deviation", 0.8}, {"step", column.type_class == 'i' ? 1.0 : 0.5}};
    }
}

// A month's pay: a twelfth of the salary, less the tax, soon after the month.
void pay_periods(const Draft& draft, TableDraft& table) {
    ColumnDraft* gross = table.by_role("gross_pay");
    ColumnDraft* net = table.by_role("net_pay");
    if (gross == nullptr || net == nullptr) return;
    ColumnDraft* start = table.by_role("start");
    ColumnDraft* end = table.by_role("end");
    if (start != nullptr && end != nullptr && start->type_class == 'd' && end->type_class == 'd' && is_drawn(*end) && (!start->nullable() || end->nullable()))
        end->generator = {"expression", {{"sql", "(" + sql_name(*start) + " + interval '1 month')::date - 1"}}};
    if (ColumnDraft* paid = table.by_role("paid"); end != nullptr && paid != nullptr && is_drawn(*paid) && paid->type_class == end->type_class && paid->nullable())
        paid->generator = {"after", {{"of", sql_name(*end)}, {"minimum", "0 days"}, {"maximum", "5 days"}, {"until", "as_of"}, {"otherwise", "null"}}};
    for (const Path& path : simple_paths_from(draft, table)) {
        const ColumnDraft* salary = path.via.back()->by_role("salary");
        if (salary == nullptr || salary->type_class == 't' || path.keys.size() > 1 || !is_drawn(*gross)) continue;
        gross->generator = {"expression", {{"sql", "round(coalesce(" + path_sql(table, path) + "." + sql_name(*salary) + ", 54000) / 12, 2)"}}};
        gross->nulls = 0;
        break;
    }
    if (gross->nullable() && !net->nullable()) return;
    std::string sql = sql_name(*gross);
    if (ColumnDraft* tax = table.by_role("tax"); tax != nullptr && tax->type_class == 'n' && is_drawn(*tax)) {
        tax->generator = {"expression", {{"sql", "round(" + sql_name(*gross) + " * 0.22, 2)"}}};
        tax->nulls = 0;
        sql += " - " + sql_name(*tax);
    }
    if (const ColumnDraft* deductions = table.by_role("deductions"); deductions != nullptr) sql += " - coalesce(" + sql_name(*deductions) + ", 0)";
    if (!is_drawn(*net)) return;
    net->generator = {"expression", {{"sql", "round((" + sql + ")::numeric, 2)"}}};
    net->nulls = 0;
}

struct Hours {
    std::string_view words;  // last words of a table, alternatives by `|`
    std::string_view minimum, maximum, precision;
};
constexpr std::array<Hours, 5> usual_hours = {{
    {"class|lesson|lecture|course|seminar|workshop|training|exam|section", "45 minutes", "2 hours", "15 minutes"},
    {"shift|roster|attendance|timesheet|timecard", "4 hours", "9 hours", "30 minutes"},
    {"appointment|consultation|slot|visit|showing|viewing", "15 minutes", "1 hour", "15 minutes"},
    {"meeting|session|booking|reservation|interview|call", "30 minutes", "2 hours", "15 minutes"},
    {"schedule|timetable|event|match|practice|rehearsal|availability", "1 hour", "3 hours", "15 minutes"},
}};

void end_within_hours(TableDraft& table) {
    ColumnDraft* start = nullptr;
    ColumnDraft* end = nullptr;
    for (ColumnDraft& column : table.columns) {
        if (column.type_class != 'h' || !is_drawn(column) || column.generator.kind != "time") continue;
        if (column.role == "start_time" || column.role == "checkin") start = &column;
        if (column.role == "end_time" || column.role == "checkout") end = &column;
    }
    if (start == nullptr || end == nullptr || table.words.empty() || (start->nullable() && !end->nullable())) return;
    for (const Hours& each : usual_hours) {
        const auto words = split(each.words, '|');
        if (std::find(words.begin(), words.end(), table.words.back()) == words.end()) continue;
        const bool shift = each.words.starts_with("shift");
        const bool of_a_day = shift && table.words.back() != "shift" && table.words.back() != "roster";
        start->generator.parameters["to"] = of_a_day ? "10:00" : shift ? "14:00" : "19:30";
        end->generator = {"after", {{"of", sql_name(*start)}, {"minimum", std::string(each.minimum)}, {"maximum", std::string(each.maximum)},
                                    {"distribution", "uniform"}, {"until", "time '23:45'"}, {"precision", std::string(each.precision)}}};
        if (ColumnDraft* hours = table.by_role("hours"); hours != nullptr && is_drawn(*hours) && hours->type_class == 'n' && hours->nullable()) {
            hours->generator = {"expression", {{"sql", "round((extract(epoch from (" + sql_name(*end) + " - " + sql_name(*start) + ")) / 3600)::numeric, 2)"}}};
            hours->nulls = 0;
        }
        return;
    }
}

}  // namespace

void relate_terms(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        loan_terms(table);
        end_after_months(draft, table);
        happen_before(table);
        upkeep(table);
        pay_periods(draft, table);
        monthly_installment(table);
        end_within_hours(table);
    }
}

}  // namespace confab::planner
