// When: a year, a month, a quarter, a span between two of them, the last so many days.
#include "base/dates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

#include "base/text.hpp"
#include "planner/words/clause.hpp"

namespace confab::planner::words {

namespace {

struct Period {
    std::int64_t from = 0, to = 0;  // days since 1970-01-01, both included
};

struct ReadPeriod {
    Period period;
    Span span;
    int month_only = 0;  // a month without its year
};

int month_of(std::string_view word) {
    static constexpr std::array<std::string_view, 12> months = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (months[i] == word || ((word.size() == 3 || word == "sept") && months[i].starts_with(word)))
            return static_cast<int>(i) + 1;
    }
    return 0;
}

std::optional<std::int64_t> year_at(const Clause& clause, std::size_t i) {
    if (i >= clause.tokens.size()) return std::nullopt;
    const Token& token = clause.tokens[i];
    if (!token.number || token.percent || token.quoted || token.text.size() != 4 || clause.in_table(i))
        return std::nullopt;
    const double year = *token.number;
    return year >= 1900 && year <= 2100 && year == std::floor(year)
               ? std::optional(static_cast<std::int64_t>(year))
               : std::nullopt;
}

Period months_of(std::int64_t year, int first, int count) {
    const int last = first + count;
    const std::int64_t next =
        last > 12 ? days_from_civil({year + 1, last - 12, 1}) : days_from_civil({year, last, 1});
    return {days_from_civil({year, first, 1}), next - 1};
}

// A quarter or a season by its word, as its first month; 0 when it is none.
int quarter_of(std::string_view word) {
    if (word.size() == 2 && word[0] == 'q' && word[1] >= '1' && word[1] <= '4')
        return 3 * (word[1] - '1') + 1;
    return word == "spring" ? 3 : word == "summer" ? 6 : word == "autumn" ? 9 : 0;
}

// "2023-05-01", "5 May 2024", "May 5, 2024", "March 2024", "March", "Q1 2024", "2024", "the 1990s".
std::optional<ReadPeriod> period_at(const Clause& clause, std::size_t at) {
    const Token& token = clause.tokens[at];
    if (token.quoted) return std::nullopt;
    if (token.date) {
        const std::int64_t day = *parse_date(token.text);
        return ReadPeriod{{day, day}, {at, at + 1}};
    }
    const auto day_number = [&](std::size_t i) -> int {
        if (i >= clause.tokens.size() || clause.tokens[i].percent) return 0;
        const int day = std::atoi(clause.tokens[i].text.c_str());
        return day >= 1 && day <= 31 ? day : 0;
    };
    if (const int day = day_number(at); day > 0 && at + 2 < clause.tokens.size()) {
        const int month = month_of(clause.tokens[at + 1].word);
        const auto year = year_at(clause, at + 2);
        if (month > 0 && year &&
            day <= static_cast<int>(months_of(*year, month, 1).to - months_of(*year, month, 1).from) + 1) {
            const std::int64_t exact = days_from_civil({*year, month, day});
            return ReadPeriod{{exact, exact}, {at, at + 3}};
        }
    }
    const int month = month_of(token.word);
    const int quarter = quarter_of(token.word);
    if (month > 0 || quarter > 0) {
        std::size_t next = at + 1;
        const int day = month > 0 && !year_at(clause, next) ? day_number(next) : 0;
        if (day > 0) ++next;
        if (clause.word_at(next, {",", "of"})) ++next;
        if (const auto year = year_at(clause, next)) {
            const Period whole = month > 0 ? months_of(*year, month, 1) : months_of(*year, quarter, 3);
            if (day == 0) return ReadPeriod{whole, {at, next + 1}};
            if (day <= static_cast<int>(whole.to - whole.from) + 1)
                return ReadPeriod{{whole.from + day - 1, whole.from + day - 1}, {at, next + 1}};
        }
        // "may" and "mar" are words, too: a month alone is written out, with a capital.
        const bool sure = month > 0 && token.word.size() > 3 && token.text[0] >= 'A' && token.text[0] <= 'Z';
        if (sure && day == 0) return ReadPeriod{{}, {at, at + 1}, month};
        return std::nullopt;
    }
    if (token.number && token.word.size() == 4 && clause.word_at(at + 1, "s") && year_at(clause, at)) {
        const std::int64_t decade = *year_at(clause, at);
        return ReadPeriod{{days_from_civil({decade, 1, 1}), days_from_civil({decade + 9, 12, 31})},
                          {at, at + 2}};
    }
    if (const auto year = year_at(clause, at)) return ReadPeriod{months_of(*year, 1, 12), {at, at + 1}};
    return std::nullopt;
}

std::int64_t days_of_unit(std::string_view word) {
    if (word.starts_with("year")) return 365;
    if (word.starts_with("quarter")) return 91;
    if (word.starts_with("month")) return 30;
    if (word.starts_with("week")) return 7;
    return word == "day" || word == "days" ? 1 : 0;
}

// "last 2 years", "the past month", "this year", "next 30 days".
std::optional<Period> relative_period(Clause& clause, std::int64_t as_of) {
    for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
        if (!clause.word_at(i, {"last", "past", "next", "this", "previous", "coming", "recent"})) continue;
        const std::string word = clause.tokens[i].word;
        double count = 1;
        std::size_t unit = i + 1;
        if (clause.word_at(unit, {"few", "couple"})) return std::nullopt;
        if (unit < clause.tokens.size() && clause.tokens[unit].number) count = *clause.tokens[unit++].number;
        if (unit >= clause.tokens.size()) continue;
        const std::int64_t days = days_of_unit(clause.tokens[unit].word);
        if (days == 0) continue;
        clause.use({i, unit + 1});
        const auto length = static_cast<std::int64_t>(std::lround(static_cast<double>(days) * count));
        const Civil today = civil_from_days(as_of);
        if (word == "this" && days == 365)
            return Period{days_from_civil({today.year, 1, 1}),
                          std::max(as_of, days_from_civil({today.year, 1, 2}))};
        if (word == "this" && days == 30)
            return Period{days_from_civil({today.year, today.month, 1}),
                          std::max(as_of, days_from_civil({today.year, today.month, 2}))};
        if (word == "next" || word == "coming") return Period{as_of, as_of + length};
        return Period{as_of - length, as_of - 1};
    }
    return std::nullopt;
}

// Periods named in the clause, months without a year given that of the other one.
std::vector<ReadPeriod> periods_in(const Clause& clause, std::int64_t as_of) {
    std::vector<ReadPeriod> periods;
    for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
        const auto period = period_at(clause, i);
        if (!period) continue;
        periods.push_back(*period);
        i = period->span.to - 1;
    }
    std::int64_t year = civil_from_days(as_of - 1).year;
    for (const ReadPeriod& each : periods) {
        if (each.month_only == 0) year = civil_from_days(each.period.from).year;
    }
    for (ReadPeriod& each : periods) {
        if (each.month_only > 0) each.period = months_of(year, each.month_only, 1);
    }
    return periods;
}

std::optional<Period> window_in(Clause& clause, std::int64_t as_of) {
    if (const auto relative = relative_period(clause, as_of)) return relative;
    const std::vector<ReadPeriod> periods = periods_in(clause, as_of);
    if (periods.empty() || periods.size() > 2) return std::nullopt;
    for (const ReadPeriod& each : periods) clause.use(each.span);
    const std::size_t first = periods[0].span.from;
    if (periods.size() == 2) {
        const std::size_t between = periods[0].span.to;
        if (!clause.word_at(between, {"to", "and", "-", "until", "till", "through"}) ||
            between + 1 < periods[1].span.from)
            return std::nullopt;
        if (clause.word_at(between, "and") && !clause.has("between")) return std::nullopt;
        clause.use(between);
        clause.use_words({"between", "from"});
        if (periods[1].period.to < periods[0].period.from) return std::nullopt;
        return Period{periods[0].period.from, periods[1].period.to};
    }
    const Period period = periods[0].period;
    const auto leads = [&](std::initializer_list<std::string_view> words) {
        for (std::size_t i = 0; i < first; ++i) {
            if (clause.word_at(i, words)) {
                clause.use(i);
                return true;
            }
        }
        return false;
    };
    if (leads({"after"})) return Period{period.to + 1, std::max(as_of - 1, period.to + 366)};
    if (leads({"since"})) return Period{period.from, std::max(as_of - 1, period.from + 365)};
    if (leads({"before", "until", "till"})) return Period{period.from - 5 * 365, period.from - 1};
    if (clause.use_words({"onwards", "onward", "later", "on"}) && leads({"from"}))
        return Period{period.from, std::max(as_of - 1, period.from + 365)};
    leads({"from", "during", "within"});
    return period;
}

// The column that the clause speaks of: one that it names, else the table's own time.
std::optional<ColumnMention> time_column(const Editing& editing, const Clause& clause) {
    if (const auto named = best_column(editing, clause, "dm", clause.table_spans())) return named;
    const std::optional<schema::TableId> table = clause.table() ? clause.table() : editing.about;
    if (!table) return std::nullopt;
    const TableDraft& draft = editing.draft.tables[*table];
    const plan::TablePlan* planned = editing.plan.find(draft.name());
    if (planned == nullptr) return std::nullopt;
    for (const plan::ColumnPlan& each : planned->columns) {
        if (each.generator.kind != "event_time") continue;
        if (const auto column = draft.declared->find_column(each.column))
            return ColumnMention{*table, *column, {}, 1};
    }
    static constexpr std::string_view roles[] = {"occurred", "start", "scheduled", "checkin",
                                                 "created",  "hire",  "paid"};
    for (const std::string_view role : roles) {
        const ColumnDraft* each = draft.by_role(role);
        if (each != nullptr && (each->type_class == 'd' || each->type_class == 'm'))
            return ColumnMention{*table, each->id, {}, 1};
    }
    return std::nullopt;
}

// Rows cannot be older than what they refer to: parents begin earlier.
void start_parents_before(Editing& editing, const TableDraft& table, std::int64_t day) {
    const std::string before = format_date(day - 365);
    for (const schema::ForeignKey& key : table.declared->foreign_keys) {
        const TableDraft& parent_draft = editing.draft.parent_of(key);
        plan::TablePlan* parent = editing.plan.find(parent_draft.name());
        if (parent == nullptr || parent_draft.id == table.id) continue;
        for (plan::ColumnPlan& each : parent->columns) {
            Json& parameters = each.generator.parameters;
            if (each.generator.kind != "event_time" || !parameters.contains("from")) continue;
            if (parameters["from"].get<std::string>() > before) parameters["from"] = before;
        }
    }
}

// A table without a date of its own may have a year: "books published after 1990".
bool set_years(Editing& editing, Clause& clause, const Period& window) {
    const std::optional<schema::TableId> table = clause.table() ? clause.table() : editing.about;
    if (!table) return false;
    for (const ColumnDraft& column : editing.draft.tables[*table].columns) {
        if (column.type_class != 'i' || column.words.empty() || column.words.back() != "year" ||
            !column.facts.one_of.empty())
            continue;
        plan::ColumnPlan* planned = planned_column(editing, *table, column.id);
        if (planned == nullptr || planned->generator.kind == "expression") return false;
        for (const std::string& word : column.words) clause.use_words({word});
        clause.use_words({"published", "released", "founded", "established", "built", "made", "from",
                          "written", "year", "years", "in"});
        if (!clause.accounted()) return false;
        const std::int64_t last = civil_from_days(editing.draft.as_of).year;
        const std::int64_t low = civil_from_days(window.from).year,
                           high = std::min(last, civil_from_days(window.to).year);
        const std::string name = name_of(editing, *table, column.id);
        editing.about = table;
        if ((column.facts.upper && static_cast<double>(low) > *column.facts.upper) ||
            (column.facts.lower && static_cast<double>(high) < *column.facts.lower)) {
            editing.refused.push_back(name + ": the years are outside what its CHECK allows");
            return true;
        }
        const auto least = static_cast<std::int64_t>(column.facts.lower.value_or(static_cast<double>(low)));
        const auto most = static_cast<std::int64_t>(column.facts.upper.value_or(static_cast<double>(high)));
        planned->generator = {"integer", {{"min", std::max(low, least)}, {"max", std::min(high, most)}}};
        editing.understood.push_back(
            fmt::format("{}: {} to {}", name, std::max(low, least), std::min(high, most)));
        return true;
    }
    return false;
}

}  // namespace

bool set_dates(Editing& editing, Clause& clause) {
    const auto window = window_in(clause, editing.draft.as_of);
    if (!window) return false;
    clause.use_tables();
    clause.use_universal();
    const auto column = time_column(editing, clause);
    if (!column) return set_years(editing, clause, *window);
    clause.use(column->span);
    clause.use_words({"placed",    "made",     "dated",  "created", "happening", "happened", "ordered",
                      "submitted", "taken",    "done",   "given",   "booked",    "bought",   "written",
                      "started",   "starting", "took",   "place",   "date",      "dates",    "in",
                      "on",        "from",     "within", "during",  "between",   "year",     "month"});
    if (!clause.accounted()) return false;
    plan::ColumnPlan* planned = planned_column(editing, column->table, column->column);
    if (planned == nullptr) return false;
    const ColumnDraft& draft = column_of(editing, column->table, column->column);
    const std::string from = format_date(window->from), to = format_date(window->to);
    const std::string& lower = draft.facts.lower_text;
    const std::string& upper = draft.facts.upper_text;
    editing.about = column->table;
    if ((lower.size() >= 10 && to < lower.substr(0, 10)) ||
        (upper.size() >= 10 && from > upper.substr(0, 10))) {
        editing.refused.push_back(name_of(editing, column->table, column->column) +
                                  ": the dates are outside what its CHECK allows");
        return true;
    }
    std::string& kind = planned->generator.kind;
    if (kind == "event_time" || kind == "date" || kind == "timestamp") {
        planned->generator.parameters["from"] = from;
        planned->generator.parameters["to"] = to;
    } else {
        kind = draft.type_class == 'd' ? "date" : "timestamp";
        planned->generator.parameters = {{"from", from}, {"to", to}};
    }
    start_parents_before(editing, editing.draft.tables[column->table], window->from);
    editing.understood.push_back(
        fmt::format("{}: {} to {}", name_of(editing, column->table, column->column), from, to));
    return true;
}

}  // namespace confab::planner::words
