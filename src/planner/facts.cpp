#include "planner/facts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/text.hpp"
#include "expr/analysis.hpp"
#include "expr/expr.hpp"

namespace confab::planner {

namespace {

std::optional<double> as_number(const std::string& text) {
    if (text.empty()) return std::nullopt;
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (end != text.c_str() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

// The smallest difference of two values: bounds that exclude their end move by it.
double step_of(const schema::Type& type) {
    if (schema::is_integer(type.kind)) return 1;
    if (type.kind == schema::TypeKind::money) return 0.01;
    if (type.kind != schema::TypeKind::numeric) return 1e-6;
    if (type.precision < 0) return 0.01;
    double step = 1;
    for (int i = 0; i < type.scale; ++i) step /= 10;
    return step;
}

// Facts that hold in every branch, for one column: bounds widen, sets unite, and what one branch leaves open is open.
void add_branches(const std::vector<const expr::ColumnFact*>& branches, const schema::Type& type, Facts& facts) {
    const auto all = [&](auto predicate) { return std::all_of(branches.begin(), branches.end(), [&](const auto* each) { return each != nullptr && predicate(*each); }); };
    if (all([](const expr::ColumnFact& fact) { return fact.lower.has_value(); })) {
        std::optional<double> least;
        for (const expr::ColumnFact* fact : branches) {
            const std::optional<double> number = as_number(fact->lower->text);
            if (number) least = std::min(least.value_or(*number + 1e300), *number + (fact->lower->inclusive ? 0 : step_of(type)));
            else facts.lower_text = fact->lower->text;
        }
        if (least && (!facts.lower || *least > *facts.lower)) facts.lower = least;
    }
    if (all([](const expr::ColumnFact& fact) { return fact.upper.has_value(); })) {
        std::optional<double> most;
        for (const expr::ColumnFact* fact : branches) {
            const std::optional<double> number = as_number(fact->upper->text);
            if (number) most = std::max(most.value_or(*number - 1e300), *number - (fact->upper->inclusive ? 0 : step_of(type)));
            else facts.upper_text = fact->upper->text;
        }
        if (most && (!facts.upper || *most < *facts.upper)) facts.upper = most;
    }
    if (all([](const expr::ColumnFact& fact) { return !fact.one_of.empty(); })) {
        std::vector<std::string> values;
        for (const expr::ColumnFact* fact : branches) {
            for (const std::string& value : fact->one_of) {
                if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
            }
        }
        if (facts.one_of.empty()) facts.one_of = values;
        else std::erase_if(facts.one_of, [&](const std::string& value) { return std::find(values.begin(), values.end(), value) == values.end(); });
    }
    if (branches.size() == 1 && branches[0] != nullptr) {
        const expr::ColumnFact& fact = *branches[0];
        if (fact.min_length) facts.minimum_length = std::max(facts.minimum_length.value_or(0), *fact.min_length);
        if (fact.max_length) facts.maximum_length = std::min(facts.maximum_length.value_or(*fact.max_length), *fact.max_length);
        facts.patterns.insert(facts.patterns.end(), fact.patterns.begin(), fact.patterns.end());
        facts.lower_case |= fact.lower_case;
        facts.upper_case |= fact.upper_case;
        std::erase_if(facts.one_of, [&](const std::string& value) { return std::find(fact.none_of.begin(), fact.none_of.end(), value) != fact.none_of.end(); });
    }
    if (all([](const expr::ColumnFact& fact) { return fact.not_null; })) facts.not_null = true;
}

const expr::ColumnFact* fact_of(const expr::Branch& branch, schema::ColumnId column) {
    const auto at = std::find_if(branch.columns.begin(), branch.columns.end(), [&](const auto& fact) { return fact.column == column; });
    return at == branch.columns.end() ? nullptr : &*at;
}

void add_domain(const schema::Schema& schema, schema::TableId table, const schema::Type& declared, Facts& facts) {
    const schema::Type* type = &declared;
    while (type->kind == schema::TypeKind::domain && !type->is_array()) {
        const schema::Domain* domain = schema.find_domain(type->user_type);
        if (domain == nullptr) return;
        facts.not_null |= domain->not_null;
        if (domain->default_sql && !facts.default_value) facts.default_value = constant_of(*domain->default_sql);
        const schema::Type base = schema.base_type(domain->base);
        for (const schema::Check& check : domain->checks) {
            const auto program = expr::compile(schema, table, check.sql, expr::Want::boolean, &base);
            if (!program) continue;
            const expr::Facts found = expr::analyse(schema, *program);
            std::vector<const expr::ColumnFact*> branches;
            for (const expr::Branch& branch : found.branches) branches.push_back(branch.columns.empty() ? nullptr : &branch.columns.front());
            if (!branches.empty()) add_branches(branches, base, facts);
        }
        type = &domain->base;
    }
}

bool reads_the_clock(const std::string& sql) {
    const std::string text = lower_ascii(sql);
    for (const char* form : {"now()", "current_timestamp", "current_date", "localtimestamp", "current_time", "statement_timestamp()", "clock_timestamp()", "transaction_timestamp()"}) {
        if (text.find(form) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

std::vector<Facts> facts_of(const schema::Schema& schema, schema::TableId table_id) {
    const schema::Table& table = schema.tables[table_id];
    std::vector<Facts> all(table.columns.size());
    for (schema::ColumnId i = 0; i < table.columns.size(); ++i) {
        const schema::Column& column = table.columns[i];
        all[i].not_null = column.not_null;
        if (column.default_sql) {
            all[i].default_value = constant_of(*column.default_sql);
            all[i].default_is_now = !all[i].default_value && reads_the_clock(*column.default_sql);
        }
        add_domain(schema, table_id, column.type, all[i]);
    }
    for (const schema::Check& check : table.checks) {
        const auto program = expr::compile(schema, table_id, check.sql, expr::Want::boolean);
        if (!program) continue;
        const expr::Facts found = expr::analyse(schema, *program);
        for (const schema::ColumnId column : program->columns()) {
            std::vector<const expr::ColumnFact*> branches;
            for (const expr::Branch& branch : found.branches) branches.push_back(fact_of(branch, column));
            if (!branches.empty()) add_branches(branches, schema.base_type(table.columns[column].type), all[column]);
        }
    }
    for (Facts& facts : all) {
        // Bounds that leave nothing are for the engine to refuse by the clause's name.
        if (facts.lower && facts.upper && *facts.lower > *facts.upper) facts.lower = facts.upper = std::nullopt;
    }
    return all;
}

std::optional<std::string> constant_of(const std::string& default_sql) {
    std::string_view text = trim(default_sql);
    while (text.size() > 1 && text.front() == '(' && text.back() == ')') text = trim(text.substr(1, text.size() - 2));
    if (text.starts_with("E'") || text.starts_with("e'")) return std::nullopt;
    if (text.starts_with("CAST(") || text.starts_with("cast(")) {
        text = text.substr(5);
        const std::size_t as = lower_ascii(text).find(" as ");
        if (as == std::string::npos) return std::nullopt;
        text = trim(text.substr(0, as));
    }
    if (text.starts_with('\'')) {
        std::string value;
        std::size_t i = 1;
        for (; i < text.size(); ++i) {
            if (text[i] == '\'' && i + 1 < text.size() && text[i + 1] == '\'') ++i;
            else if (text[i] == '\'') break;
            value += text[i];
        }
        const std::string_view rest = i < text.size() ? trim(text.substr(i + 1)) : std::string_view();
        // `'a'::text` is a constant, `'a' || x` is not.
        if (!rest.empty() && !rest.starts_with("::")) return std::nullopt;
        return value;
    }
    if (const std::size_t cast = text.find("::"); cast != std::string_view::npos) text = trim(text.substr(0, cast));
    while (text.size() > 1 && text.front() == '(' && text.back() == ')') text = trim(text.substr(1, text.size() - 2));
    const std::string word = lower_ascii(text);
    if (word == "true" || word == "false") return word;
    if (as_number(word) && word.find_first_not_of("0123456789.-+e") == std::string::npos) return word;
    return std::nullopt;
}

}  // namespace confab::planner
