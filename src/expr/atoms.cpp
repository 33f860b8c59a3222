#include "expr/atoms.hpp"

#include <bit>

namespace confab::expr {

using schema::TypeKind;

namespace {

using Form_ = std::optional<std::vector<Conjunction>>;

class Spreader {
  public:
    Spreader(const Program& program, std::size_t most) : program_(program), most_(most) {}

    Form_ spread(const Node& node, bool negated) {
        switch (node.op) {
            case Op::conjunction: return negated ? any(node, true) : all(node, false);
            case Op::disjunction: return negated ? all(node, true) : any(node, false);
            case Op::negation: return spread(*node.args[0], !negated);
            case Op::is_null: return one({&program_, &without_coercions(*node.args[0]), node.inverted != negated, true});
            case Op::is_truth:
                if (node.name == "UNKNOWN") {
                    return one({&program_, &without_coercions(*node.args[0]), node.inverted != negated, true});
                }
                return spread(*node.args[0], (node.name == "TRUE") == (node.inverted != negated));
            case Op::conditional: return cases(node, negated);
            case Op::compare: return comparison(node, negated);
            default: return one({&program_, &node, negated, false});
        }
    }

  private:
    static Form_ one(Atom atom) { return std::vector<Conjunction>{{atom}}; }

    Form_ all(const Node& node, bool negated) {
        std::vector<Conjunction> form{{}};
        for (const NodePtr& arg : node.args) {
            const Form_ part = spread(*arg, negated);
            Form_ joined = part ? both(form, *part, most_) : std::nullopt;
            if (!joined) return {};
            form = *std::move(joined);
        }
        return form;
    }

    Form_ any(const Node& node, bool negated) {
        std::vector<Conjunction> form;
        for (const NodePtr& arg : node.args) {
            Form_ part = spread(*arg, negated);
            if (!part || form.size() + part->size() > most_) return {};
            for (Conjunction& conjunction : *part) form.push_back(std::move(conjunction));
        }
        return form;
    }

    // CASE WHEN c THEN r ELSE e END: c AND r, or NOT c AND e.
    Form_ cases(const Node& node, bool negated) {
        std::vector<Conjunction> form;
        std::vector<Conjunction> before{{}};
        for (std::size_t i = 0; i + 1 < node.args.size(); i += 2) {
            const Form_ when = spread(*node.args[i], false);
            const Form_ unless = spread(*node.args[i], true);
            const Form_ then = spread(*node.args[i + 1], negated);
            if (!when || !unless || !then) return {};
            Form_ taken = both(before, *when, most_);
            if (taken) taken = both(*taken, *then, most_);
            Form_ rest = both(before, *unless, most_);
            if (!taken || !rest || form.size() + taken->size() > most_) return {};
            for (Conjunction& conjunction : *taken) form.push_back(std::move(conjunction));
            before = *std::move(rest);
        }
        const Form_ otherwise = spread(*node.args.back(), negated);
        const Form_ last = otherwise ? both(before, *otherwise, most_) : std::nullopt;
        if (!last || form.size() + last->size() > most_) return {};
        for (const Conjunction& conjunction : *last) form.push_back(conjunction);
        return form;
    }

    static bool is_condition(const Node& node) {
        return node.type.kind == TypeKind::boolean && node.op != Op::literal && node.op != Op::input;
    }

    // (a IS NULL) = (b IS NULL), num_nonnulls(a, b) = 1, and CASE results that are compared with a constant.
    Form_ comparison(const Node& node, bool negated) {
        const Node& left = *node.args[0];
        const Node& right = *node.args[1];
        const bool equality = node.name == "=" || node.name == "<>";
        if (equality && (is_condition(left) || is_condition(right)) && !left.is_literal() && !right.is_literal()) {
            const bool same = (node.name == "=") != negated;
            const Form_ parts[4] = {spread(left, false), spread(right, !same), spread(left, true), spread(right, same)};
            if (!parts[0] || !parts[1] || !parts[2] || !parts[3]) return {};
            Form_ form = both(*parts[0], *parts[1], most_);
            const Form_ other = both(*parts[2], *parts[3], most_);
            if (!form || !other || form->size() + other->size() > most_) return {};
            for (const Conjunction& conjunction : *other) form->push_back(conjunction);
            return form;
        }
        if (equality && is_condition(left) && right.is_literal() && !right.is_null_literal()) {
            const bool wanted = (*right.value.data<std::uint8_t>() != 0) == (node.name == "=");
            return spread(left, wanted == negated);
        }
        const Node& counted = without_coercions(left);
        if (counted.op == Op::count_nulls && right.is_literal() && !right.is_null_literal() &&
            right.physical == Physical::int64 && right.scale == 0) {
            if (Form_ form = counts(counted, node, *right.value.data<std::int64_t>(), negated)) return form;
        }
        return one({&program_, &node, negated, false});
    }

    Form_ counts(const Node& counted, const Node& comparison, std::int64_t wanted, bool negated) {
        const std::size_t columns = counted.args.size();
        constexpr std::size_t most_columns = 6;
        if (columns > most_columns) return {};
        std::vector<Conjunction> form;
        for (unsigned nulls = 0; nulls < 1U << columns; ++nulls) {
            const int count = counted.inverted ? static_cast<int>(columns) - std::popcount(nulls) : std::popcount(nulls);
            const std::string& name = comparison.name;
            const bool holds = name == "="    ? count == wanted
                               : name == "<>" ? count != wanted
                               : name == "<"  ? count < wanted
                               : name == "<=" ? count <= wanted
                               : name == ">"  ? count > wanted
                                              : count >= wanted;
            if (holds == negated) continue;
            Conjunction conjunction;
            for (std::size_t i = 0; i < columns; ++i) {
                const bool null = (nulls >> i & 1U) != 0;
                conjunction.push_back({&program_, &without_coercions(*counted.args[i]), !null, true});
            }
            form.push_back(std::move(conjunction));
        }
        if (form.size() > most_) return {};
        return form;
    }

    const Program& program_;
    std::size_t most_;
};

}  // namespace

namespace {

bool keeps_values(const schema::Type& from, const schema::Type& to) {
    if (from.is_array() || to.is_array()) return false;
    if (schema::is_character(to.kind)) {
        return to.length < 0 && (schema::is_character(from.kind) || from.kind == TypeKind::enumeration);
    }
    const bool whole = from.kind == TypeKind::smallint || from.kind == TypeKind::integer;
    if (to.kind == TypeKind::bigint || to.kind == TypeKind::integer) return whole && to.kind >= from.kind;
    if (to.kind == TypeKind::numeric) {
        return to.precision <= 0 && (whole || from.kind == TypeKind::bigint || from.kind == TypeKind::numeric);
    }
    const bool is_stamp = to.kind == TypeKind::timestamp || to.kind == TypeKind::timestamp_tz;
    return is_stamp && to.precision < 0 &&
           (from.kind == TypeKind::date || from.kind == TypeKind::timestamp || from.kind == TypeKind::timestamp_tz);
}

}  // namespace

const Node& without_coercions(const Node& node) {
    const Node* seen = &node;
    while (seen->op == Op::call && seen->args.size() == 1 &&
           (seen->form == Form::implicit ||
            (seen->form == Form::cast && keeps_values(seen->args[0]->type, seen->type)))) {
        seen = seen->args[0].get();
    }
    return *seen;
}

std::optional<std::vector<Conjunction>> both(const std::vector<Conjunction>& a, const std::vector<Conjunction>& b,
                                             std::size_t most) {
    if (a.size() * b.size() > most) return {};
    std::vector<Conjunction> form;
    for (const Conjunction& left : a) {
        for (const Conjunction& right : b) {
            Conjunction& joined = form.emplace_back(left);
            joined.insert(joined.end(), right.begin(), right.end());
        }
    }
    return form;
}

std::optional<std::vector<Conjunction>> disjunctive_form(const Program& program, std::size_t most) {
    return Spreader(program, most).spread(program.root(), false);
}

}  // namespace confab::expr
