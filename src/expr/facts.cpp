// Atoms → facts. Whatever is not understood leaves no fact and makes the branch incomplete.
#include "expr/facts.hpp"

#include <algorithm>

#include "base/dates.hpp"
#include "base/text.hpp"
#include "expr/arithmetic.hpp"
#include "expr/coerce.hpp"
#include "expr/compare.hpp"
#include "expr/compiler.hpp"
#include "expr/match.hpp"
#include "expr/text_form.hpp"

namespace confab::expr {

using schema::ColumnId;
using schema::TypeKind;

namespace {

std::string mirrored(const std::string& name) {
    if (name == "<") return ">";
    if (name == "<=") return ">=";
    if (name == ">") return "<";
    if (name == ">=") return "<=";
    return name;
}

std::string opposite(const std::string& name) {
    if (name == "=") return "<>";
    if (name == "<>") return "=";
    if (name == "<") return ">=";
    if (name == "<=") return ">";
    if (name == ">") return "<=";
    return "<";
}

std::string text_of(const schema::Type& type, const std::vector<std::string>& labels, const Vector& value) {
    ValueType writer;
    writer.type = type;
    writer.labels = labels;
    std::string text;
    write_value(writer, value, 0, text);
    // A numeric that was brought to another's scale: its zeros at the end say nothing.
    if (type.kind == TypeKind::numeric && value.scale() > 0) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with('.')) text.pop_back();
    }
    return text;
}

bool is_call(const Node& node, std::string_view name, std::size_t args) {
    return node.op == Op::call && node.form != Form::implicit && node.name == name && node.args.size() == args;
}

bool reads_column(const Program& program, const Node& node, ColumnId id) {
    if (node.op == Op::input) {
        const Input& input = program.inputs()[node.input];
        return input.kind == InputKind::column && input.path.empty() && input.column == id;
    }
    return std::any_of(node.args.begin(), node.args.end(),
                       [&](const NodePtr& arg) { return reads_column(program, *arg, id); });
}

// Only the clock and literals below: constant as of a day.
bool reads_clock_alone(const Program& program, const Node& node) {
    if (node.op == Op::input) return program.inputs()[node.input].kind == InputKind::as_of;
    return std::all_of(node.args.begin(), node.args.end(),
                       [&](const NodePtr& arg) { return reads_clock_alone(program, *arg); });
}

void keep_smaller(std::optional<std::int64_t>& bound, std::int64_t value) {
    if (!bound || value < *bound) bound = value;
}
void keep_larger(std::optional<std::int64_t>& bound, std::int64_t value) {
    if (!bound || value > *bound) bound = value;
}

std::string quoted_regex(std::string_view text) { return RE2::QuoteMeta({text.data(), text.size()}); }

// The bound that is stricter, by the order of the type.
void tighten(const schema::Schema& schema, const schema::Type& type, std::optional<Bound>& bound, Bound with,
             bool is_lower) {
    if (!bound) {
        bound = std::move(with);
        return;
    }
    const ValueType reader(schema, type);
    Vector values[2];
    const std::string* texts[2] = {&bound->text, &with.text};
    for (int i = 0; i < 2; ++i) {
        values[i].reset(reader.shape.physical, 1, reader.shape.scale);
        if (read_value(reader, *texts[i], values[i], 0, true) != ReadOutcome::read) return;
    }
    const int order = compare_elements(values[1], 0, values[0], 0) * (is_lower ? 1 : -1);
    if (order > 0 || (order == 0 && !with.inclusive)) bound = std::move(with);
}

}  // namespace

std::optional<ColumnId> Collector::own_column(const Atom& atom, const Node& node) {
    const Node& seen = without_coercions(node);
    if (seen.op != Op::input) return {};
    const Input& input = atom.program->inputs()[seen.input];
    if (input.kind != InputKind::column || !input.path.empty()) return {};
    types_[input.column] = input.type;
    if (seen.name == "VALUE") is_domain_ = true;
    return input.column;
}

std::optional<Collector::Constant> Collector::constant(const Atom& atom, const Node& node) const {
    if (!node.is_literal() && !(as_of_ && reads_clock_alone(*atom.program, node))) return {};
    // An aligned literal is evaluated anew: it owns its value.
    Vector day;
    day.reset(Physical::int64, 1);
    *day.data<std::int64_t>() = as_of_.value_or(0);
    const std::vector<const Vector*> inputs(atom.program->inputs().size(), &day);
    Scratch scratch;
    scratch.errors.assign(1, 0);
    Context context(scratch, inputs, 1);
    const Operand result = evaluate(node, context);
    if (scratch.any_error || result.is_null(0)) return {};
    auto value = std::make_shared<Vector>();
    value->reset(node.physical, 1, node.scale);
    if (node.physical == Physical::text) {
        *value->data<std::string_view>() = value->arena().store(result.at<std::string_view>(0));
    } else {
        std::memcpy(value->data<std::byte>(), result.vector->data<std::byte>(), element_size(node.physical));
    }
    return Constant{node.type, std::move(value)};
}

void Collector::add(const Atom& atom) {
    if (atom.null_test) return add_null_test(atom);
    switch (atom.node->op) {
        case Op::compare: return add_comparison(atom);
        case Op::membership: return add_membership(atom);
        case Op::is_distinct: return add_distinct(atom);
        case Op::literal: {
            if (atom.node->is_null_literal()) return;
            const bool holds = (*atom.node->value.data<std::uint8_t>() != 0) != atom.negated;
            contradictory_ = contradictory_ || !holds;
            return;
        }
        case Op::input: return add_truth(atom);
        case Op::call:
            if (dynamic_cast<const Match*>(atom.node->prepared.get()) != nullptr) return add_match(atom);
            if (is_call(*atom.node, "starts_with", 2) && !atom.negated) {
                const auto id = own_column(atom, *atom.node->args[0]);
                const auto start = constant(atom, *atom.node->args[1]);
                if (id && start) {
                    column(*id).fact.patterns.push_back("^" + quoted_regex(*start->value->data<std::string_view>()));
                    return;
                }
            }
            break;
        default: break;
    }
    complete_ = false;
}

void Collector::add_null_test(const Atom& atom) {
    const auto id = own_column(atom, *atom.node);
    if (!id) {
        // An expression is NULL or not: nothing follows that is simple, but for strict calls that are not NULL.
        complete_ = false;
        return;
    }
    if (atom.negated) {
        column(*id).fact.not_null = true;
    } else {
        column(*id).fact.is_null = true;
    }
}

void Collector::add_truth(const Atom& atom) {
    const auto id = own_column(atom, *atom.node);
    if (!id) {
        complete_ = false;
        return;
    }
    restrict_to(*id, {atom.negated ? "false" : "true"});
}

void Collector::restrict_to(ColumnId id, const std::vector<std::string>& values) {
    CollectedColumn& collected = column(id);
    std::vector<std::string> kept;
    for (const std::string& value : values) {
        const bool allowed = !collected.has_one_of || std::find(collected.fact.one_of.begin(), collected.fact.one_of.end(),
                                                                value) != collected.fact.one_of.end();
        if (allowed && std::find(kept.begin(), kept.end(), value) == kept.end()) kept.push_back(value);
    }
    collected.fact.one_of = std::move(kept);
    collected.has_one_of = true;
}

// column (name) value.
bool Collector::bound_column(const Atom& atom, ColumnId id, const std::string& name, const Constant& value) {
    (void)atom;
    const schema::Type type = types_[id];
    CollectedColumn& collected = column(id);
    if (has_lattice(type)) {
        const auto place = on_lattice(type, value.type, *value.value);
        if (!place) return false;
        const std::string text = lattice_text(type, place->floor);
        const auto at_least = [&](Int128 number) {
            if (!collected.range.lower || *collected.range.lower < number) collected.range.lower = number;
        };
        const auto at_most = [&](Int128 number) {
            if (!collected.range.upper || *collected.range.upper > number) collected.range.upper = number;
        };
        if (name == "=") {
            restrict_to(id, place->exact ? std::vector<std::string>{text} : std::vector<std::string>{});
        } else if (name == "<>") {
            if (place->exact) collected.fact.none_of.push_back(text);
        } else if (name == "<") {
            at_most(place->exact ? place->floor - 1 : place->floor);
        } else if (name == "<=") {
            at_most(place->floor);
        } else if (name == ">") {
            at_least(place->floor + 1);
        } else {
            at_least(place->exact ? place->floor : place->floor + 1);
        }
        return true;
    }
    const ValueType known(schema_, type);
    if (type.kind == TypeKind::enumeration && !type.is_array() && value.value->kind() == Physical::text) {
        // Compared as text: equality says which label, order says nothing of labels.
        const std::string label(*value.value->data<std::string_view>());
        if (name == "=") {
            restrict_to(id, {label});
        } else if (name == "<>") {
            collected.fact.none_of.push_back(label);
        }
        return name == "=" || name == "<>";
    }
    if (type.kind == TypeKind::enumeration && !type.is_array()) {
        const std::int64_t ordinal = *value.value->data<std::int64_t>();
        std::vector<std::string> labels;
        for (std::size_t i = 0; i < known.labels.size(); ++i) {
            const auto at = static_cast<std::int64_t>(i);
            const bool holds = name == "="    ? at == ordinal
                               : name == "<>" ? at != ordinal
                               : name == "<"  ? at < ordinal
                               : name == "<=" ? at <= ordinal
                               : name == ">"  ? at > ordinal
                                              : at >= ordinal;
            if (holds) labels.push_back(known.labels[i]);
        }
        restrict_to(id, labels);
        return true;
    }
    const std::string text = text_of(value.type, known.labels, *value.value);
    if (name == "=") {
        restrict_to(id, {text});
        return true;
    }
    if (name == "<>") {
        if (type.kind == TypeKind::boolean) {
            restrict_to(id, {text == "true" ? "false" : "true"});
            return true;
        }
        collected.fact.none_of.push_back(text);
        if (text.empty() && schema::is_character(type.kind)) keep_larger(collected.fact.min_length, 1);
        return true;
    }
    const bool is_lower = name[0] == '>';
    tighten(schema_, type, is_lower ? collected.fact.lower : collected.fact.upper, {text, name.size() == 2}, is_lower);
    return true;
}

void Collector::add_comparison(const Atom& atom) {
    const Node& left = *atom.node->args[0];
    const Node& right = *atom.node->args[1];
    const std::string name = atom.negated ? opposite(atom.node->name) : atom.node->name;
    bool understood = false;
    if (const auto value = constant(atom, right)) {
        understood = compare_column(atom, without_coercions(left), name, *value);
    } else if (const auto other = constant(atom, left)) {
        understood = compare_column(atom, without_coercions(right), mirrored(name), *other);
    } else {
        if (name == "=") {
            define(atom, left, right);
            define(atom, right, left);
        }
        understood = compare_columns(atom, without_coercions(left), name, without_coercions(right));
    }
    complete_ = complete_ && understood;
}

// column = expression of other columns.
void Collector::define(const Atom& atom, const Node& left, const Node& right) {
    const auto id = own_column(atom, left);
    if (!id || reads_column(*atom.program, right, *id)) return;
    definitions_.push_back({*id, write_sql(right)});
}

bool Collector::compare_column(const Atom& atom, const Node& left, std::string name, const Constant& value) {
    if (const auto id = own_column(atom, left)) return bound_column(atom, *id, name, value);
    if (left.op == Op::coalesce && left.args.size() == 2) {
        // coalesce(x, c) >= v: x is so where it is not NULL, and it is not NULL unless c is so too.
        const auto id = own_column(atom, *left.args[0]);
        const auto otherwise = constant(atom, *left.args[1]);
        if (!id || !otherwise || otherwise->value->kind() != value.value->kind() ||
            otherwise->value->scale() != value.value->scale()) {
            return false;
        }
        const int order = compare_elements(*otherwise->value, 0, *value.value, 0);
        const bool holds = name == "="    ? order == 0
                           : name == "<>" ? order != 0
                           : name == "<"  ? order < 0
                           : name == "<=" ? order <= 0
                           : name == ">"  ? order > 0
                                          : order >= 0;
        if (!bound_column(atom, *id, name, value)) return false;
        if (!holds) column(*id).fact.not_null = true;
        return true;
    }
    if (left.op != Op::call) return false;
    if (const auto id = day_of_column(atom, left); id && value.type.kind == TypeKind::date) {
        return bound_day(atom, *id, name, value);
    }
    if (left.name == "length" || left.name == "char_length" || left.name == "character_length" ||
        left.name == "octet_length") {
        return compare_length(atom, left, name, value);
    }
    if (left.form == Form::infix && (left.name == "-" || left.name == "+") && left.args.size() == 2) {
        return compare_difference(atom, left, name, value);
    }
    return compare_function(atom, left, name, value);
}

// The column of `moment::date`.
std::optional<ColumnId> Collector::day_of_column(const Atom& atom, const Node& node) {
    if (node.op != Op::call || node.form != Form::cast || node.args.size() != 1 || node.type.is_array() ||
        node.type.kind != TypeKind::date) {
        return {};
    }
    const TypeKind from = node.args[0]->type.kind;
    if (from != TypeKind::timestamp && from != TypeKind::timestamp_tz) return {};
    return own_column(atom, *node.args[0]);
}

// moment::date (name) day, as bounds on the moment.
bool Collector::bound_day(const Atom& atom, ColumnId id, const std::string& name, const Constant& day) {
    Constant next = day;
    next.value = std::make_shared<Vector>();
    next.value->reset(Physical::int64, 1);
    *next.value->data<std::int64_t>() = *day.value->data<std::int64_t>() + 1;
    if (name == "<") return bound_column(atom, id, "<", day);
    if (name == "<=") return bound_column(atom, id, "<", next);
    if (name == ">") return bound_column(atom, id, ">=", next);
    if (name == ">=") return bound_column(atom, id, ">=", day);
    return name == "=" && bound_column(atom, id, ">=", day) && bound_column(atom, id, "<", next);
}

bool Collector::compare_length(const Atom& atom, const Node& call, const std::string& name, const Constant& value) {
    const auto place = value.value->kind() == Physical::int64 && value.value->scale() == 0
                           ? std::optional(*value.value->data<std::int64_t>())
                           : std::nullopt;
    if (!place) return false;
    const Node* text = &without_coercions(*call.args[0]);
    // The length of what is left after trimming: the text itself is at least as long.
    const bool trimmed = text->op == Op::call && text->args.size() == 1 &&
                         (text->name == "btrim" || text->name == "ltrim" || text->name == "rtrim");
    if (trimmed) text = &without_coercions(*text->args[0]);
    const auto id = own_column(atom, *text);
    if (!id) return false;
    ColumnFact& fact = column(*id).fact;
    const bool bytes = call.name == "octet_length";
    const bool lower = name == "=" || name == ">" || name == ">=";
    const bool upper = name == "=" || name == "<" || name == "<=";
    const std::int64_t least = name == ">" ? *place + 1 : *place;
    const std::int64_t most = name == "<" ? *place - 1 : *place;
    if (lower && !bytes) keep_larger(fact.min_length, least);
    if (upper && !trimmed) keep_smaller(fact.max_length, most);
    if (name == "<>" && *place == 0) {
        keep_larger(fact.min_length, 1);
        return !trimmed;
    }
    if (trimmed && lower && !upper && least <= 1) {
        if (least == 1) fact.patterns.emplace_back("[^ ]");
        return true;
    }
    return !trimmed && !bytes && name != "<>";
}

bool Collector::compare_function(const Atom& atom, const Node& call, const std::string& name, const Constant& value) {
    const auto text = [&]() -> std::string {
        return value.value->kind() == Physical::text ? std::string(*value.value->data<std::string_view>()) : "";
    };
    if (call.args.empty()) return false;
    // trim(x) <> ''
    if ((call.name == "btrim" || call.name == "ltrim" || call.name == "rtrim") && call.args.size() == 1 &&
        name == "<>" && text().empty()) {
        const auto id = own_column(atom, *call.args[0]);
        if (!id) return false;
        keep_larger(column(*id).fact.min_length, 1);
        column(*id).fact.patterns.emplace_back("[^ ]");
        return true;
    }
    // position('@' in x) > 0
    if ((call.name == "position" || call.name == "strpos") && value.value->kind() == Physical::int64) {
        const auto id = own_column(atom, *call.args[0]);
        const auto part = constant(atom, *call.args[1]);
        if (!id || !part) return false;
        const std::int64_t place = *value.value->data<std::int64_t>();
        const bool found = (name == ">" && place >= 0) || (name == ">=" && place >= 1) ||
                           (name == "<>" && place == 0) || (name == "=" && place >= 1);
        if (!found) return false;
        column(*id).fact.patterns.push_back(quoted_regex(*part->value->data<std::string_view>()));
        return (name == ">" && place == 0) || (name == ">=" && place == 1) || name == "<>";
    }
    // left(x, n) = 'text'
    if (call.name == "left" && name == "=" && value.value->kind() == Physical::text) {
        const auto id = own_column(atom, *call.args[0]);
        const auto count = constant(atom, *call.args[1]);
        if (!id || !count) return false;
        const auto length = static_cast<std::int64_t>(character_count(text()));
        column(*id).fact.patterns.push_back("^" + quoted_regex(text()));
        return *count->value->data<std::int64_t>() == length;
    }
    // lower(x) = 'text'
    if ((call.name == "lower" || call.name == "upper") && name == "=" && value.value->kind() == Physical::text) {
        const auto id = own_column(atom, *call.args[0]);
        if (!id) return false;
        column(*id).fact.patterns.push_back("(?i)^" + quoted_regex(text()) + "$");
        return false;
    }
    if (call.name == "age") {
        return value.value->kind() == Physical::interval &&
               compare_age(atom, call, name, *value.value->data<Interval>(), 0);
    }
    // extract(year from x) and date_part('year', x)
    if ((call.name == "extract" || call.name == "date_part") && call.args.size() == 2) {
        const auto field = constant(atom, *call.args[0]);
        const Node& of = without_coercions(*call.args[1]);
        if (!field || *field->value->data<std::string_view>() != "year") return false;
        if (of.op == Op::call && of.name == "age") {
            schema::Type whole;
            whole.kind = TypeKind::integer;
            const auto years = on_lattice(whole, value.type, *value.value);
            if (!years || !years->exact || years->floor < 0 || years->floor > 1000) return false;
            return compare_age(atom, of, name, {static_cast<std::int32_t>(years->floor) * 12, 0, 0}, 1);
        }
        schema::Type integer;
        integer.kind = TypeKind::integer;
        const auto year = on_lattice(integer, value.type, *value.value);
        if (!year || !year->exact || year->floor < 1 || year->floor > 9998) return false;
        const auto id = own_column(atom, of);
        if (!id) return false;
        schema::Type date;
        date.kind = TypeKind::date;
        const auto first_of = [&](std::int64_t of_year) {
            auto day = std::make_shared<Vector>();
            day->reset(Physical::int64, 1);
            *day->data<std::int64_t>() = days_from_civil({of_year, 1, 1});
            return Constant{date, std::move(day)};
        };
        const auto this_year = static_cast<std::int64_t>(year->floor);
        if (name == "<") return bound_column(atom, *id, "<", first_of(this_year));
        if (name == "<=") return bound_column(atom, *id, "<", first_of(this_year + 1));
        if (name == ">") return bound_column(atom, *id, ">=", first_of(this_year + 1));
        if (name == ">=") return bound_column(atom, *id, ">=", first_of(this_year));
        if (name != "=") return false;
        return bound_column(atom, *id, ">=", first_of(this_year)) &&
               bound_column(atom, *id, "<", first_of(this_year + 1));
    }
    return false;
}

// age(today, x) (name) interval, or its years. Months of an age are of different lengths: the bounds leave a few
// days at each side, and are not the whole condition. `years`: 1 where whole years are counted.
bool Collector::compare_age(const Atom& atom, const Node& call, const std::string& name, const Interval& interval,
                            int years) {
    constexpr std::int64_t slack_days = 10;
    const auto today = constant(atom, *call.args[0]);
    const auto id = own_column(atom, *call.args[1]);
    if (!today || !id) return false;
    const auto bound = [&](const std::string& relation, int more_years, std::int64_t days) {
        const Interval back{-interval.months - 12 * more_years, -interval.days, -interval.microseconds};
        Constant limit = *today;
        limit.value = std::make_shared<Vector>();
        limit.value->reset(Physical::int64, 1);
        std::int64_t moment = 0;
        if (!add_interval(*today->value->data<std::int64_t>(), back, moment)) return;
        *limit.value->data<std::int64_t>() = moment + days * microseconds_per_day;
        bound_column(atom, *id, relation, limit);
    };
    if (name == ">" || name == ">=" || name == "=") bound("<=", name == ">" ? years : 0, slack_days);
    if (name == "<" || name == "<=" || name == "=") bound(">=", name == "<" ? 0 : years, -slack_days);
    return false;
}

// x - y (name) value, x + c (name) value, x - c (name) value.
bool Collector::compare_difference(const Atom& atom, const Node& call, const std::string& name, const Constant& value) {
    const bool minus = call.name == "-";
    const auto left = own_column(atom, *call.args[0]);
    if (!left) return false;
    if (const auto right = own_column(atom, *call.args[1])) {
        if (!minus) return false;
        // A difference of timestamps is compared by its length, in which months do not occur.
        if (value.type.kind == TypeKind::interval && value.value->data<Interval>()->months != 0) return false;
        add_relation(atom, *left, name, *right, &value, false);
        return true;
    }
    // A step aside on a line of numbers or days.
    const auto step = constant(atom, *call.args[1]);
    const schema::Type type = types_[*left];
    if (!step || !has_lattice(type) || step->value->kind() == Physical::float64 ||
        step->value->kind() == Physical::interval) {
        return false;
    }
    const bool is_date = type.kind == TypeKind::date;
    schema::Type integer;
    integer.kind = TypeKind::integer;
    const schema::Type& step_type = is_date ? integer : type;
    const auto place = on_lattice(type, value.type, *value.value);
    const auto shift = on_lattice(step_type, step->type, *step->value);
    if (!place || !place->exact || !shift || !shift->exact) return false;
    auto moved = std::make_shared<Vector>();
    moved->reset(Physical::wide, 1, type.kind == TypeKind::numeric ? std::max(type.scale, 0) : 0);
    const Int128 number = minus ? place->floor + shift->floor : place->floor - shift->floor;
    if (schema::is_temporal(type.kind)) {
        moved->reset(Physical::int64, 1);
        *moved->data<std::int64_t>() = static_cast<std::int64_t>(number);
    } else {
        *moved->data<Int128>() = number;
    }
    return bound_column(atom, *left, name, {type, std::move(moved)});
}

// Between two columns, one of which may be a constant step aside.
bool Collector::compare_columns(const Atom& atom, const Node& left, const std::string& name, const Node& right) {
    const auto a = own_column(atom, left);
    const auto b = own_column(atom, right);
    if (a && b) {
        if (*a == *b) return false;
        add_relation(atom, *a, name, *b, nullptr, false);
        return true;
    }
    // moment::date beside a date: midnights settle it.
    const auto day_relation = [&](std::optional<ColumnId> moment, const std::string& relation,
                                  std::optional<ColumnId> day) {
        if (!moment || !day || types_[*day].kind != TypeKind::date) return false;
        Constant one;
        one.type.kind = TypeKind::interval;
        one.value = std::make_shared<Vector>();
        one.value->reset(Physical::interval, 1);
        *one.value->data<Interval>() = {0, 1, 0};
        if (relation == "<" || relation == ">=") add_relation(atom, *moment, relation, *day, nullptr, false);
        if (relation == "<=") add_relation(atom, *moment, "<", *day, &one, false);
        if (relation == ">") add_relation(atom, *moment, ">=", *day, &one, false);
        if (relation == "=") {
            add_relation(atom, *moment, ">=", *day, nullptr, false);
            add_relation(atom, *moment, "<", *day, &one, false);
        }
        return relation != "<>";
    };
    if (day_relation(day_of_column(atom, left), name, b) || day_relation(day_of_column(atom, right), mirrored(name), a)) {
        return true;
    }
    // x = lower(x)
    const auto cased = [&](std::optional<ColumnId> id, const Node& call) {
        if (!id || name != "=" || call.op != Op::call || call.args.size() != 1) return false;
        if (call.name != "lower" && call.name != "upper") return false;
        const auto of = own_column(atom, *call.args[0]);
        if (!of || *of != *id) return false;
        (call.name == "lower" ? column(*id).fact.lower_case : column(*id).fact.upper_case) = true;
        return true;
    };
    if (cased(a, right) || cased(b, left)) return true;
    const auto stepped = [&](std::optional<ColumnId> id, const Node& call, const std::string& relation) {
        if (!id || call.op != Op::call || call.form != Form::infix || call.args.size() != 2) return false;
        if (call.name != "+" && call.name != "-") return false;
        auto of = own_column(atom, *call.args[0]);
        auto step = constant(atom, *call.args[1]);
        if (call.name == "+" && !of) {
            of = own_column(atom, *call.args[1]);
            step = constant(atom, *call.args[0]);
        }
        if (!of || *of == *id || !step) return false;
        add_relation(atom, *id, relation, *of, &*step, call.name == "-");
        return true;
    };
    return stepped(a, right, name) || stepped(b, left, mirrored(name));
}

// left (name) right ± offset; `>` and `>=` are turned round.
void Collector::add_relation(const Atom& atom, ColumnId left, std::string name, ColumnId right, const Constant* offset,
                             bool negative) {
    (void)atom;
    CollectedRelation relation;
    if (name == ">" || name == ">=") {
        std::swap(left, right);
        name = mirrored(name);
        negative = !negative;
        if (offset != nullptr && offset->type.kind == TypeKind::interval &&
            offset->value->data<Interval>()->months != 0) {
            // A month forth and back is not where one was: nothing that is both sound and simple follows.
            complete_ = false;
            return;
        }
    }
    relation.fact.left = left;
    relation.fact.right = right;
    relation.fact.relation = name == "<"    ? Relation::less
                             : name == "<=" ? Relation::less_equal
                             : name == "="  ? Relation::equal
                                            : Relation::not_equal;
    const schema::Type& type = types_[left];
    const bool same_lattice = has_lattice(type) && shape_of(type).scale == shape_of(types_[right]).scale &&
                              (type.kind == types_[right].kind ||
                               (schema::is_numeric(type.kind) && schema::is_numeric(types_[right].kind)));
    if (offset == nullptr) {
        if (same_lattice) relation.steps = 0;
    } else if (offset->type.kind == TypeKind::interval) {
        Interval interval = *offset->value->data<Interval>();
        if (negative) interval = {-interval.months, -interval.days, -interval.microseconds};
        relation.fact.offset = "interval '" + interval_text(interval) + "'";
        const Int128 length = interval_length(interval);
        if (same_lattice && interval.months == 0) {
            const bool is_date = type.kind == TypeKind::date;
            if (!is_date) relation.steps = length;
            if (is_date && interval.microseconds == 0) relation.steps = interval.days;
        }
    } else {
        std::string text = text_of(offset->type, {}, *offset->value);
        if (negative) text = text.starts_with('-') ? text.substr(1) : text == "0" ? text : "-" + text;
        schema::Type step_type = type;
        if (type.kind == TypeKind::date) step_type.kind = TypeKind::integer;
        const auto steps = same_lattice ? on_lattice(step_type, offset->type, *offset->value) : std::nullopt;
        if (steps && steps->exact) relation.steps = negative ? -steps->floor : steps->floor;
        relation.fact.offset = std::move(text);
    }
    relations_.push_back(std::move(relation));
}

void Collector::add_membership(const Atom& atom) {
    const Node& node = *atom.node;
    const bool inverted = node.inverted != atom.negated;
    const Node& needle = without_coercions(*node.args[0]);
    auto id = own_column(atom, needle);
    const bool cased = !id && needle.op == Op::call && needle.args.size() == 1 &&
                       (needle.name == "lower" || needle.name == "upper") && !inverted;
    if (cased) id = own_column(atom, *needle.args[0]);
    std::vector<std::string> values;
    for (std::size_t i = 1; i < node.args.size() && id; ++i) {
        if (node.args[i]->is_null_literal()) {
            // x NOT IN (…, NULL) is never true, and of x IN the NULL adds nothing.
            if (inverted) complete_ = false;
            continue;
        }
        const auto value = constant(atom, *node.args[i]);
        if (!value) {
            complete_ = false;
            return;
        }
        const schema::Type type = types_[*id];
        if (const auto place = on_lattice(type, value->type, *value->value); place && !cased) {
            if (place->exact) values.push_back(lattice_text(type, place->floor));
        } else {
            values.push_back(text_of(value->type, ValueType(schema_, type).labels, *value->value));
        }
    }
    if (!id) {
        complete_ = false;
        return;
    }
    if (cased) {
        std::string any;
        for (const std::string& value : values) any += (any.empty() ? "" : "|") + quoted_regex(value);
        column(*id).fact.patterns.push_back("(?i)^(?:" + any + ")$");
        complete_ = false;
        return;
    }
    if (inverted) {
        auto& none_of = column(*id).fact.none_of;
        none_of.insert(none_of.end(), values.begin(), values.end());
        const bool is_text = schema::is_character(types_[*id].kind);
        if (is_text && std::find(values.begin(), values.end(), "") != values.end()) {
            keep_larger(column(*id).fact.min_length, 1);
        }
        return;
    }
    restrict_to(*id, values);
}

void Collector::add_match(const Atom& atom) {
    const auto& match = static_cast<const Match&>(*atom.node->prepared);
    const Node* text = &without_coercions(*atom.node->args[0]);
    const bool cased = text->op == Op::call && text->args.size() == 1 && (text->name == "lower" || text->name == "upper");
    if (cased) text = &without_coercions(*text->args[0]);
    const auto id = own_column(atom, *text);
    const bool inverted = match.inverted != atom.negated;
    if (!id || match.regex.empty() || (cased && inverted)) {
        complete_ = false;
        return;
    }
    ColumnFact& fact = column(*id).fact;
    // `.` is any character, a line's end too.
    std::string regex = match.regex.starts_with("(?i)") ? "(?is)" + match.regex.substr(4) : "(?s)" + match.regex;
    if (match.regex.find('.') == std::string::npos) regex = match.regex;
    if (cased) {
        fact.patterns.push_back(regex.starts_with("(?i") ? regex : "(?i)" + regex);
        complete_ = false;
        return;
    }
    (inverted ? fact.not_patterns : fact.patterns).push_back(std::move(regex));
    // A padded text is matched with its padding.
    if (types_[*id].kind == TypeKind::character) complete_ = false;
}

void Collector::add_distinct(const Atom& atom) {
    const bool same = atom.node->inverted != atom.negated;
    const auto id = own_column(atom, *atom.node->args[0]);
    if (id && atom.node->args[1]->is_null_literal()) {
        (same ? column(*id).fact.is_null : column(*id).fact.not_null) = true;
        return;
    }
    if (const auto value = constant(atom, *atom.node->args[1]); id && value) {
        if (same) column(*id).fact.not_null = true;
        complete_ = bound_column(atom, *id, same ? "=" : "<>", *value) && complete_;
        return;
    }
    const auto other = own_column(atom, *atom.node->args[1]);
    if (id && other && *id != *other) add_relation(atom, *id, same ? "=" : "<>", *other, nullptr, false);
    complete_ = false;
}

}  // namespace confab::expr
