#include "probe.hpp"

#include "base/dates.hpp"
#include "base/text.hpp"
#include "expr/analysis.hpp"
#include "expr/value_type.hpp"

namespace confab::expr::test {

Probe::Probe() { schema_.tables.emplace_back().name.name = "probe"; }

bool Probe::take(std::string_view line) {
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return false;
    const std::string_view word = line.substr(0, space);
    const std::string_view rest = line.substr(space + 1);
    if (word == "as_of") {
        as_of_ = rest;
        return true;
    }
    if (word == "row") {
        std::vector<std::string> values;
        for (const std::string_view value : split(rest, '\t')) values.emplace_back(value);
        rows_.push_back(std::move(values));
        return rows_.back().size() == schema_.tables[0].columns.size();
    }
    const std::size_t end = rest.find(' ');
    if (end == std::string_view::npos) return false;
    if (word == "enum") {
        schema::Enumeration& type = schema_.enumerations.emplace_back();
        type.name.name = rest.substr(0, end);
        for (const std::string_view label : split(rest.substr(end + 1), ',')) type.labels.emplace_back(label);
        return true;
    }
    if (word != "column") return false;
    auto program = compile(schema_, 0, "NULL::" + std::string(rest.substr(end + 1)), Want::any);
    if (!program) return false;
    schema::Column column;
    column.name = rest.substr(0, end);
    column.type = program->type();
    schema_.tables[0].columns.push_back(std::move(column));
    return true;
}

std::vector<std::string> Probe::values(std::string_view sql) const {
    auto program = compile(schema_, 0, sql, Want::any);
    if (!program) return {"error: " + program.error().message};
    std::vector<std::unique_ptr<Vector>> inputs;
    std::vector<const Vector*> pointers;
    for (const Input& input : program->inputs()) {
        auto vector = std::make_unique<Vector>();
        const ValueType type(schema_, input.type);
        vector->reset(type.shape.physical, rows_.size(), type.shape.scale);
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const std::string& text = input.kind == InputKind::as_of ? as_of_ : rows_[i][input.column];
            if (text == "\\N") {
                vector->set_null(i);
            } else if (read_value(type, text, *vector, i, false) != ReadOutcome::read) {
                return {"error: bad row value " + text};
            }
        }
        pointers.push_back(vector.get());
        inputs.push_back(std::move(vector));
    }
    Scratch scratch;
    Vector out;
    program->run(pointers, rows_.size(), scratch, out);
    // What is written anew must mean the same.
    auto again = compile(schema_, 0, program->sql(), Want::any);
    if (!again) return {"error: its own SQL " + program->sql() + ": " + again.error().message};
    if (again->sql() != program->sql()) return {"error: not stable: " + program->sql() + " / " + again->sql()};
    const ValueType type(schema_, program->type());
    std::vector<std::string> values;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        std::string& text = values.emplace_back();
        if (scratch.errors[i] != 0) {
            text = "!";
        } else if (out.is_null(i)) {
            text = "\\N";
        } else {
            write_value(type, out, i, text);
            // As a cast to text does.
            if (program->type().kind == schema::TypeKind::character) text.erase(text.find_last_not_of(' ') + 1);
        }
    }
    return values;
}

namespace {

std::string describe(const schema::Table& table, const ColumnFact& fact) {
    std::string text = table.columns[fact.column].name;
    if (fact.lower) text += (fact.lower->inclusive ? " >= " : " > ") + fact.lower->text;
    if (fact.upper) text += (fact.upper->inclusive ? " <= " : " < ") + fact.upper->text;
    if (!fact.one_of.empty()) text += " in {" + join(fact.one_of, ",") + "}";
    if (!fact.none_of.empty()) text += " not in {" + join(fact.none_of, ",") + "}";
    if (fact.min_length) text += " length >= " + std::to_string(*fact.min_length);
    if (fact.max_length) text += " length <= " + std::to_string(*fact.max_length);
    for (const std::string& pattern : fact.patterns) text += " ~ " + pattern;
    for (const std::string& pattern : fact.not_patterns) text += " !~ " + pattern;
    if (fact.lower_case) text += " lower";
    if (fact.upper_case) text += " upper";
    if (fact.not_null) text += " not null";
    if (fact.is_null) text += " null";
    return text;
}

}  // namespace

std::string Probe::facts(std::string_view conditions) const {
    const schema::Table& table = schema_.tables[0];
    std::vector<Program> programs;
    std::vector<const Program*> pointers;
    for (std::size_t at = 0; at <= conditions.size();) {
        const std::size_t end = std::min(conditions.find(";;", at), conditions.size());
        auto program = compile(schema_, 0, conditions.substr(at, end - at), Want::boolean);
        if (!program) return "error: " + program.error().message;
        programs.push_back(*std::move(program));
        at = end + 2;
    }
    for (const Program& program : programs) pointers.push_back(&program);
    const Facts facts = analyse(schema_, pointers, parse_date(as_of_));
    if (facts.contradictory) return "contradictory";
    std::string text;
    for (const Branch& branch : facts.branches) {
        if (!text.empty()) text += " || ";
        std::vector<std::string> parts;
        for (const ColumnFact& fact : branch.columns) parts.push_back(describe(table, fact));
        for (const RelationFact& relation : branch.relations) {
            constexpr std::string_view names[] = {"<", "<=", "=", "<>"};
            std::string part = table.columns[relation.left].name + " ";
            part += names[static_cast<std::size_t>(relation.relation)];
            part += " " + table.columns[relation.right].name;
            if (!relation.offset.empty()) part += " + " + relation.offset;
            parts.push_back(std::move(part));
        }
        text += join(parts, "; ") + (branch.complete ? "" : " ...");
    }
    for (const Definition& definition : facts.definitions) {
        text += " | " + table.columns[definition.column].name + " := " + definition.sql;
    }
    return text;
}

}  // namespace confab::expr::test
