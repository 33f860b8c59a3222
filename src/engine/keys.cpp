// How each key is unique: docs/decisions/0004-unique-keys.md.
//
// A key's columns fall into units: a foreign key of which all columns are in the key, or a column by itself. In
// order of preference:
//
//   1 a unit is unique by itself (a sequence, a one-to-one reference): nothing to do
//   2 one unit: a bijection over its values (a column) or its parents (a reference)
//   3 the layout parent and an ordinal
//   4 the layout parent and others: for each parent a bijection over the others' product; fan-out is capped
//   5 several units: a bijection over their product
//   6 a preparing pass that finds the rows which clash and draws them again
//
// A unit takes part in 2, 4 or 5 once: two keys that share units leave the second to the pass.
#include <algorithm>

#include "base/text.hpp"
#include "engine/compiler.hpp"
#include "engine/range_call.hpp"

namespace confab::engine {

struct Compiler::KeyWanted {
    std::string name;
    std::string kind;
    std::vector<ColumnId> columns;
    std::vector<std::string> expressions;
    std::string predicate;
    bool nulls_distinct = true;
    bool ranges = false;
    std::vector<std::string> operators;
};

namespace {

constexpr std::uint64_t unlimited = UINT64_MAX;

std::uint64_t multiply(std::uint64_t a, std::uint64_t b) {
    return b != 0 && a > unlimited / b ? unlimited : a * b;
}

}  // namespace

std::uint64_t Compiler::capacity_of_column(TableId id, ColumnId column) const {
    const ColumnProgram& made = state_.tables[id].columns[column];
    if (made.kernel != nullptr) {
        const std::uint64_t capacity = made.kernel->capacity();
        return capacity == 0 ? unlimited : capacity;
    }
    if (made.type.kind == schema::TypeKind::boolean && made.type.dimensions == 0) return 2;
    return unlimited;
}

Status Compiler::compile_keys() {
    for (TableId id = 0; id < state_.tables.size(); ++id) {
        if (state_.tables[id].present) CONFAB_CHECK(compile_table_keys(id));
    }
    return {};
}

Status Compiler::compile_table_keys(TableId id) {
    const schema::Table& table = state_.schema.tables[id];
    std::vector<KeyWanted> wanted;
    for (const schema::Key& key : table.keys) {
        wanted.push_back({key.name, key.primary ? "primary key" : "unique", key.columns, {}, {}, !key.nulls_not_distinct, false, {}});
    }
    for (const schema::Index& index : table.indexes) {
        if (!index.unique) continue;
        KeyWanted key{index.name, "unique index", {}, {}, index.where_sql.value_or(""), !index.nulls_not_distinct, false, {}};
        for (const schema::IndexMember& member : index.members) {
            if (member.column) key.columns.push_back(*member.column);
            else key.expressions.push_back(member.sql);
        }
        wanted.push_back(std::move(key));
    }
    for (const plan::ColumnPlan& entry : plans_[id]->columns) {
        const auto column = table.find_column(entry.column);
        if (entry.unique && column) wanted.push_back({entry.column, "unique in the plan", {*column}, {}, {}, true, false, {}});
    }
    for (const schema::Exclusion& exclusion : table.exclusions) {
        KeyWanted key{exclusion.name, "exclusion", {}, {}, exclusion.where_sql.value_or(""), true, true, {}};
        for (const schema::IndexMember& member : exclusion.members) {
            key.operators.push_back(member.exclusion_operator);
            key.expressions.push_back(member.column ? schema::quoted_identifier(table.columns[*member.column].name) : member.sql);
        }
        wanted.push_back(std::move(key));
    }
    // Keys on one unit first: the others often follow from them.
    std::stable_sort(wanted.begin(), wanted.end(), [](const KeyWanted& a, const KeyWanted& b) {
        const auto rank = [](const KeyWanted& key) {
            return key.columns.size() + (key.expressions.empty() && key.predicate.empty() ? 0 : 100);
        };
        return rank(a) < rank(b);
    });
    for (const KeyWanted& key : wanted) CONFAB_CHECK(hold_key(id, key));
    return {};
}

Status Compiler::hold_by_pass(TableId id, const KeyWanted& key, const std::string& why) {
    DistinctKey made;
    made.name = key.name;
    made.kind = key.kind;
    made.nulls_distinct = key.nulls_distinct;
    std::uint64_t capacity = 1;
    bool nullable = !key.predicate.empty() || !key.expressions.empty();
    std::vector<std::size_t> counted_picks;
    for (const ColumnId column : key.columns) {
        if (unevaluated_.contains({id, column})) {
            report(id, key.name, key.kind, Held::by_postgresql_only, "rests on a generated column that only PostgreSQL computes");
            return {};
        }
        made.reads.push_back(state_.tables[id].intern({Read::Kind::column, {}, column}));
        nullable = nullable || !needed_[id][column];
        const ColumnProgram& member = state_.tables[id].columns[column];
        if (member.source == ColumnProgram::Source::derived) {
            if (std::find(counted_picks.begin(), counted_picks.end(), member.pick) != counted_picks.end()) continue;
            counted_picks.push_back(member.pick);
            capacity = multiply(capacity, state_.tables[id].picks[member.pick].parents);
        } else {
            capacity = multiply(capacity, capacity_of_column(id, column));
        }
    }
    // Members of an exclusion constraint that are left out leave a stricter one: rows conflict in all members.
    std::string left_out;
    for (std::size_t i = 0; i < key.expressions.size(); ++i) {
        const bool overlap = key.ranges && key.operators[i] == "&&";
        if (key.ranges && ((!overlap && key.operators[i] != "=") || (overlap && made.ranges))) {
            left_out = "a member WITH " + key.operators[i];
            continue;
        }
        Result<expr::Program> compiled = expr::compile(state_.schema, id, key.expressions[i], expr::Want::any);
        if (const auto range = compiled || !overlap ? std::nullopt : parse_range_call(key.expressions[i])) {
            compiled = expr::compile(state_.schema, id, range->text_sql(), expr::Want::any);
            // PostgreSQL refuses to make a range that ends before it begins.
            if (compiled) {
                CONFAB_CHECK(add_check(id, key.name, key.kind, range->ordered_sql(), nullptr, none, true));
            }
        }
        if (!compiled) {
            if (key.ranges) {
                left_out = key.expressions[i];
                continue;
            }
            report(id, key.name, key.kind, Held::by_postgresql_only, compiled.error().message);
            return {};
        }
        CONFAB_TRY(Formula formula, bind(id, std::move(*compiled)));
        if (overlap) made.ranges = std::move(formula);
        else made.formulas.push_back(std::move(formula));
    }
    if (key.ranges && !made.ranges && made.formulas.empty()) {
        report(id, key.name, key.kind, Held::by_construction, "a single row cannot conflict; not evaluated: " + left_out);
        return limit_rows(id, 1, key.name + " cannot be evaluated (" + left_out + "), so that only one row is sure to satisfy it");
    }
    if (!key.predicate.empty()) {
        Result<expr::Program> compiled = expr::compile(state_.schema, id, key.predicate, expr::Want::boolean);
        if (compiled) {
            CONFAB_TRY(made.predicate, bind(id, std::move(*compiled)));
        }
        // Else all rows are held to it, not only those of the predicate.
    }
    made.capacity = nullable || capacity == unlimited ? 0 : capacity;
    if (made.capacity != 0) {
        CONFAB_CHECK(limit_rows(id, made.capacity, key.name + " allows " + counted(made.capacity, "distinct row")));
    }
    report(id, key.name, key.kind, Held::by_construction,
           "a preparing pass finds the rows that clash (" + why + "); about 16 bytes a row while it runs" +
               (left_out.empty() ? "" : "; held without " + left_out));
    clauses_[id].keys.push_back(std::move(made));
    return {};
}

Status Compiler::hold_key(TableId id, const KeyWanted& key) {
    const schema::Table& table = state_.schema.tables[id];
    TableProgram& program = state_.tables[id];
    if (!key.nulls_distinct) {
        // Two NULLs would clash: no NULLs is the simple way to keep them apart.
        for (const ColumnId column : key.columns) {
            if (always_null_[id].contains(column)) continue;  // of the only row
            program.columns[column].null_limit = 0;
            if (program.columns[column].source == ColumnProgram::Source::derived) {
                program.picks[program.columns[column].pick].null_limit = 0;
            }
        }
    }
    if (!key.expressions.empty()) return hold_by_pass(id, key, "it is on an expression");

    struct Unit {
        std::size_t pick = none;
        ColumnId column = 0;
        bool drivable = false;
        bool unique = false;
        bool nullable = false;
        std::uint64_t capacity = unlimited;
        std::vector<ColumnId> group;  // columns that share the unit's entropy, itself included
    };
    std::vector<Unit> units;
    for (const ColumnId column : key.columns) {
        const ColumnProgram& made = program.columns[column];
        Unit unit;
        unit.column = column;
        unit.nullable = !needed_[id][column];
        const bool plain = made.overrides.empty();
        if (made.source == ColumnProgram::Source::derived) {
            const schema::ForeignKey& reference = table.foreign_keys[made.pick];
            const bool whole = std::all_of(reference.columns.begin(), reference.columns.end(), [&](ColumnId member) {
                return std::find(key.columns.begin(), key.columns.end(), member) != key.columns.end() &&
                       owner_[id][member] == made.pick;
            });
            const bool known = std::any_of(units.begin(), units.end(), [&](const Unit& other) { return other.pick == made.pick; });
            // A key of the parent alone tells its rows apart as well, but not those in which it is NULL.
            const schema::Table& parent = state_.schema.tables[reference.parent];
            const bool set = key.nulls_distinct ||
                             std::all_of(reference.parent_columns.begin(), reference.parent_columns.end(),
                                         [&](ColumnId theirs) { return needed_[reference.parent][theirs]; });
            const bool tells = (whole && set) || std::any_of(parent.keys.begin(), parent.keys.end(), [&](const schema::Key& other) {
                return other.columns.size() == 1 && other.columns.front() == made.parent_column &&
                       parent.columns[made.parent_column].not_null;
            });
            if (whole && known) continue;
            using Source = PickProgram::Source;
            const PickProgram& pick = program.picks[made.pick];
            unit.pick = made.pick;
            unit.capacity = pick.parents;
            unit.unique = plain && tells &&
                          (pick.source == Source::same_row || pick.source == Source::ascending || pick.source == Source::permuted ||
                           pick.source == Source::chain || pick.source == Source::ring || pick.own_candidates);
            unit.drivable = plain && tells && (pick.source == Source::skewed || (pick.source == Source::forest && key.columns.size() == reference.columns.size()));
            if (program.layout && program.layout->foreign_key == made.pick) unit.drivable = plain && tells;
        } else {
            unit.capacity = capacity_of_column(id, column);
            unit.unique = plain && (made.source == ColumnProgram::Source::sequence ||
                                    (made.source == ColumnProgram::Source::pick && made.digit.radix == unlimited &&
                                     made.kernel->capacity() >= program.key_numbers[made.digit.numbers].capacity));
            if (made.source == ColumnProgram::Source::draw && plain && unit.capacity != unlimited) {
                unit.drivable = true;
                unit.group.push_back(column);
                const std::string group = made.kernel->group();
                for (ColumnId other = 0; other < program.columns.size() && !group.empty(); ++other) {
                    const ColumnProgram& sibling = program.columns[other];
                    if (other == column || sibling.kernel == nullptr || sibling.kernel->group() != group) continue;
                    unit.group.push_back(other);
                    // All of the record get its numbers; one that is unique as well bounds how many there are.
                    unit.drivable = unit.drivable && sibling.source == ColumnProgram::Source::draw &&
                                    sibling.kernel->records() >= unit.capacity;
                    const std::uint64_t distinct = sibling.kernel->capacity();
                    if (unique_columns_[id][other] && distinct >= program.rows) unit.capacity = std::min(unit.capacity, distinct);
                }
            }
        }
        units.push_back(std::move(unit));
    }
    if (std::any_of(units.begin(), units.end(), [](const Unit& unit) { return unit.unique; })) {
        report(id, key.name, key.kind, Held::by_construction, "one of its members never repeats");
        return {};
    }
    if (findings_.by_pass.contains({id, key.name})) return hold_by_pass(id, key, "its values are redrawn too often for a permutation");
    if (!key.predicate.empty() &&
        (units.size() != 1 || units.front().pick != none || !units.front().drivable || units.front().capacity < program.rows)) {
        return hold_by_pass(id, key, "it is partial");
    }
    const auto allows = [&](std::uint64_t most) { return key.name + " allows " + counted(most, "distinct row"); };

    if (units.size() == 1) {
        Unit& unit = units.front();
        if (!unit.drivable && unit.pick != none && program.picks[unit.pick].source == PickProgram::Source::layout) unit.drivable = true;
        if (!unit.drivable) return hold_by_pass(id, key, "its values are not drawn from a known set");
        if (unit.pick != none) {
            PickProgram& pick = program.picks[unit.pick];
            if (program.layout && program.layout->foreign_key == unit.pick) {
                fan_out_[id] = 1;
                CONFAB_CHECK(limit_rows(id, pick.parents, allows(pick.parents)));
                report(id, key.name, key.kind, Held::by_construction, "laid out by the parent, one row each");
                return {};
            }
            if (pick.parent == id) {
                pick.source = pick.may_be_null ? PickProgram::Source::chain : PickProgram::Source::ring;
                pick.null_limit = 0;
                report(id, key.name, key.kind, Held::by_construction, "a chain of rows");
                return {};
            }
            if (pick.may_be_null && (pick.null_limit != 0 || program.rows > pick.parents)) {
                pick.source = PickProgram::Source::permuted;
            } else {
                CONFAB_CHECK(limit_rows(id, pick.parents, allows(pick.parents)));
                pick.source = PickProgram::Source::ascending;
            }
            report(id, key.name, key.kind, Held::by_construction, "each parent at most once");
            return {};
        }
        if (!unit.nullable || program.columns[unit.column].null_limit == 0) {
            CONFAB_CHECK(limit_rows(id, unit.capacity, allows(unit.capacity)));
        }
        if (unit.capacity < program.rows) return hold_by_pass(id, key, "it has fewer values than rows, the rest is NULL");
        KeyNumbers numbers;
        numbers.key = key.name;
        numbers.capacity = unit.capacity;
        numbers.stream = program.columns[unit.column].stream;
        numbers.permutation = Bijection(unit.capacity, numbers.stream);
        for (const ColumnId member : unit.group) {
            ColumnProgram& made = program.columns[member];
            made.source = ColumnProgram::Source::pick;
            made.digit = {program.key_numbers.size(), 1, unlimited};
        }
        program.key_numbers.push_back(std::move(numbers));
        report(id, key.name, key.kind, Held::by_construction,
               "a permutation of " + counted(unit.capacity, "value"));
        return {};
    }

    // The layout parent's part of the key, and whether an ordinal completes it.
    const auto layout_unit = [&] {
        return std::find_if(units.begin(), units.end(), [&](const Unit& unit) {
            return unit.pick != none && program.layout && program.layout->foreign_key == unit.pick && unit.drivable;
        });
    };
    for (const Unit& unit : units) {
        if (layout_unit() != units.end() && program.columns[unit.column].source == ColumnProgram::Source::ordinal &&
            program.columns[unit.column].overrides.empty()) {
            report(id, key.name, key.kind, Held::by_construction, "the layout parent and the position within it");
            return {};
        }
    }
    const bool all_drivable = std::all_of(units.begin(), units.end(), [](const Unit& unit) { return unit.drivable; });
    if (!all_drivable) return hold_by_pass(id, key, "its members are not all drawn from known sets");
    if (!program.layout) {
        // Lay the table out by the first reference that may not be NULL: its children then differ in the rest.
        for (const Unit& unit : units) {
            if (unit.pick == none || program.picks[unit.pick].source != PickProgram::Source::skewed || unit.nullable) continue;
            if (program.picks[unit.pick].parent == id || unit.capacity < 2) continue;
            program.layout.emplace();
            program.layout->foreign_key = unit.pick;
            program.picks[unit.pick].source = PickProgram::Source::layout;
            program.picks[unit.pick].null_limit = 0;
            laid_out_for_key_.insert(id);
            break;
        }
    }
    const auto by_layout = layout_unit();
    KeyNumbers numbers;
    numbers.key = key.name;
    numbers.capacity = 1;
    numbers.stream = stream(id, key.name, "key");
    numbers.per_parent = by_layout != units.end();
    for (auto unit = units.begin(); unit != units.end(); ++unit) {
        if (unit == by_layout) continue;
        // Of members with very many values only so many are used that the product stays within 62 bits.
        constexpr std::uint64_t most_product = 1ULL << 62U;
        const std::uint64_t capacity =
            std::clamp<std::uint64_t>(unit->capacity, 1, std::max<std::uint64_t>(most_product / numbers.capacity, 1));
        const Digit digit{program.key_numbers.size(), numbers.capacity, capacity};
        numbers.capacity = multiply(numbers.capacity, capacity);
        if (unit->pick != none) {
            program.picks[unit->pick].source = PickProgram::Source::digit;
            program.picks[unit->pick].digit = digit;
        } else {
            for (const ColumnId member : unit->group) {
                program.columns[member].source = ColumnProgram::Source::pick;
                program.columns[member].digit = digit;
            }
        }
    }
    std::uint64_t most = numbers.capacity;
    if (numbers.per_parent) {
        fan_out_[id] = std::min(fan_out_[id], numbers.capacity);
        most = multiply(numbers.capacity, by_layout->capacity);
    }
    CONFAB_CHECK(limit_rows(id, most, allows(most)));
    numbers.permutation = Bijection(numbers.capacity, numbers.stream);
    report(id, key.name, key.kind, Held::by_construction,
           numbers.per_parent ? "for each parent a permutation of " + counted(numbers.capacity, "combination")
                              : "a permutation of " + counted(most, "combination"));
    program.key_numbers.push_back(std::move(numbers));
    return {};
}

Status Compiler::make_layouts() {
    for (TableId id = 0; id < state_.tables.size(); ++id) {
        TableProgram& program = state_.tables[id];
        if (!program.present || !program.layout) continue;
        const plan::TablePlan& plan = *plans_[id];
        PickProgram& pick = program.picks[program.layout->foreign_key];
        pick.source = PickProgram::Source::layout;
        pick.null_limit = 0;
        LayoutShape shape;
        shape.parents = pick.parents;
        shape.children = program.rows;
        shape.maximum = fan_out_[id];
        shape.key = mix(pick.stream, 2);
        std::int64_t minimum = 0;
        std::optional<std::int64_t> maximum;
        if (plan.rows.per_parent) {
            minimum = plan.rows.per_parent->minimum;
            maximum = plan.rows.per_parent->maximum;
            shape.spread = plan.rows.per_parent->spread;
        } else if (plan.layout) {
            minimum = plan.layout->minimum;
            maximum = plan.layout->maximum;
            shape.spread = plan.layout->spread;
        }
        shape.minimum = static_cast<std::uint64_t>(std::max<std::int64_t>(minimum, 0));
        if (maximum) shape.maximum = std::min(shape.maximum, static_cast<std::uint64_t>(std::max<std::int64_t>(*maximum, 0)));
        if (pick.covers) shape.minimum = std::max<std::uint64_t>(shape.minimum, 1);
        // Fewer rows than the minimum asks for, or parents than the maximum allows: what there is is shared out.
        if (shape.parents == 0 && program.rows > 0) {
            CONFAB_CHECK(limit_rows(id, 0, "its rows are laid out by " + state_.tables[pick.parent].name + ", which has none"));
        }
        if (shape.parents > 0) shape.minimum = std::min({shape.minimum, program.rows / shape.parents, shape.maximum});
        if (shape.maximum != unlimited) {
            const std::uint64_t most = multiply(shape.maximum, shape.parents);
            CONFAB_CHECK(limit_rows(id, most, "\"" + state_.schema.tables[id].foreign_keys[program.layout->foreign_key].name +
                                                  "\" allows " + counted(shape.maximum, "row") + " for each of " +
                                                  counted(shape.parents, "parent") + ", " + grouped(most) + " in all"));
        }
        program.layout->layout = Layout(shape);
    }
    return {};
}

}  // namespace confab::engine
