// A source for every column, and expressions bound to what they read.
#include <algorithm>

#include "base/dates.hpp"
#include "base/text.hpp"
#include "engine/compiler.hpp"
#include "engine/generators/domain_values.hpp"
#include "expr/analysis.hpp"
#include "expr/value_type.hpp"
#include "plan/foreign_key.hpp"

namespace confab::engine {

namespace {

using schema::TypeKind;

std::uint64_t share_of_64(double share) {
    if (share <= 0) return 0;
    if (share >= 1) return UINT64_MAX;
    return static_cast<std::uint64_t>(share * 4294967296.0) << 32U;
}

// May values of one type stand for the other's as they lie in a vector?
bool same_values(const schema::Type& from, const schema::Type& to, Physical from_kind, Physical to_kind) {
    if (from_kind != to_kind || from.dimensions != to.dimensions) return false;
    if (from_kind == Physical::text) return true;
    const auto whole = [](const schema::Type& type) {
        return schema::is_integer(type.kind) || (type.kind == TypeKind::numeric && type.precision >= 0 && type.scale == 0);
    };
    if (whole(from) && whole(to)) return true;
    if (from.kind == TypeKind::numeric && to.kind == TypeKind::numeric) {
        return (from.precision >= 0) == (to.precision >= 0) && from.scale == to.scale;
    }
    return from.kind == to.kind && from.user_type == to.user_type;
}

// Does the formula of a column read the other one, directly or through other formulas?
bool is_made_from(const TableProgram& table, schema::ColumnId column, schema::ColumnId other) {
    const ColumnProgram& made = table.columns[column];
    return std::any_of(made.formula.reads.begin(), made.formula.reads.end(), [&](std::size_t index) {
        const Read& read = table.reads[index];
        if (read.kind != Read::Kind::column || !read.path.empty()) return false;
        return read.index == other || is_made_from(table, read.index, other);
    });
}

// The SQL that a check or rule defines a column by, as `subtotal = quantity * unit_price` does; empty when none
// does, or when what it reads is itself made from this column.
std::string definition_of(const Program::State& state, const plan::TablePlan& plan, schema::TableId id, schema::ColumnId index) {
    const schema::Table& table = state.schema.tables[id];
    const std::string& name = table.columns[index].name;
    std::vector<std::string> conditions = plan.rules;
    for (const schema::Check& check : table.checks) conditions.push_back(check.sql);
    for (const std::string& condition : conditions) {
        if (condition.find('=') == std::string::npos || condition.find(name) == std::string::npos) continue;
        const Result<expr::Program> compiled = expr::compile(state.schema, id, condition, expr::Want::boolean);
        if (!compiled) continue;
        for (const expr::Definition& definition : expr::analyse(state.schema, *compiled, state.as_of).definitions) {
            if (definition.column != index) continue;
            const Result<expr::Program> value = expr::compile(state.schema, id, definition.sql, expr::Want::any);
            if (!value || value->inputs().empty()) continue;
            const bool free = std::all_of(value->inputs().begin(), value->inputs().end(), [&](const expr::Input& input) {
                if (input.kind != expr::InputKind::column || !input.path.empty() || input.column == index) return false;
                const plan::ColumnPlan* other = plan.find(table.columns[input.column].name);
                if (is_made_from(state.tables[id], input.column, index)) return false;
                return other != nullptr && other->generator.kind != "expression" && other->generator.parameters.dump().find(name) == std::string::npos;
            });
            if (free) return definition.sql;
        }
    }
    return {};
}

// Does an exclusion constraint speak of the column?
bool is_excluded(const schema::Table& table, schema::ColumnId index) {
    const std::string& name = table.columns[index].name;
    return std::any_of(table.exclusions.begin(), table.exclusions.end(), [&](const schema::Exclusion& exclusion) {
        return std::any_of(exclusion.members.begin(), exclusion.members.end(), [&](const schema::IndexMember& member) {
            return member.column ? *member.column == index : member.sql.find(name) != std::string::npos;
        });
    });
}

}  // namespace

const plan::ColumnPlan* Compiler::plan_of(TableId table, ColumnId column) const {
    return plans_[table]->find(state_.schema.tables[table].columns[column].name);
}

plan::Generator Compiler::generator_of(TableId table, ColumnId column) const {
    const plan::ColumnPlan* entry = plan_of(table, column);
    if (entry != nullptr && !entry->generator.kind.empty()) return entry->generator;
    plan::Generator any;
    any.kind = "any";
    return any;
}

Result<Read> Compiler::bind_input(TableId table, const expr::Input& input, ColumnId base_column) {
    Read read;
    for (const expr::Hop& hop : input.path) read.path.push_back(hop.foreign_key);
    switch (input.kind) {
        case expr::InputKind::as_of: read.kind = Read::Kind::as_of; read.path.clear(); break;
        case expr::InputKind::column:
            read.kind = input.path.empty() && input.column == base_column ? Read::Kind::base : Read::Kind::column;
            read.index = input.column;
            break;
        case expr::InputKind::aggregate: {
            const TableId at = input.path.empty() ? table : input.table;
            AggregateProgram aggregate;
            aggregate.child = input.child;
            aggregate.function = input.aggregate;
            aggregate.type = state_.schema.base_type(input.type);
            const expr::Shape shape = expr::shape_of(aggregate.type);
            aggregate.physical = shape.physical;
            aggregate.scale = shape.scale;
            if (!state_.tables[input.child.table].present) {
                return Error(ErrorKind::invalid_input, "\"" + state_.tables[input.child.table].name + "\" is not in the plan");
            }
            if (input.argument != nullptr) {
                CONFAB_TRY(aggregate.argument, bind(input.child.table, input.argument));
                aggregate.text = input.argument->sql();
            }
            if (input.filter != nullptr) {
                CONFAB_TRY(aggregate.filter, bind(input.child.table, input.filter));
                aggregate.text += " where " + input.filter->sql();
            }
            const std::optional<LayoutProgram>& layout = state_.tables[input.child.table].layout;
            aggregate.by_layout = layout && layout->foreign_key == input.child.foreign_key;
            auto& known = state_.tables[at].aggregates;
            const auto same = std::find_if(known.begin(), known.end(), [&](const AggregateProgram& other) {
                return other.child == aggregate.child && other.function == aggregate.function && other.text == aggregate.text;
            });
            read.kind = Read::Kind::aggregate;
            read.index = static_cast<std::size_t>(same - known.begin());
            if (same == known.end()) known.push_back(std::move(aggregate));
            break;
        }
    }
    return read;
}

Result<Formula> Compiler::bind(TableId table, std::shared_ptr<const expr::Program> program, ColumnId base_column) {
    Formula formula;
    formula.program = std::move(program);
    for (const expr::Input& input : formula.program->inputs()) {
        CONFAB_TRY(const Read read, bind_input(table, input, base_column));
        formula.reads.push_back(state_.tables[table].intern(read));
    }
    return formula;
}

Result<Formula> Compiler::bind(TableId table, expr::Program program, ColumnId base_column) {
    return bind(table, std::make_shared<const expr::Program>(std::move(program)), base_column);
}

KernelContext Compiler::context_of(TableId table, ColumnId column, bool unique) const {
    return {state_.schema, table,        column, state_.tables[table].columns[column].type,
            state_.plan,   state_.as_of, state_.tables[table].rows, unique,
            findings_.records.get()};
}

Result<std::unique_ptr<Kernel>> Compiler::kernel(TableId table, ColumnId column, const plan::Generator& generator,
                                                 bool unique) {
    Result<std::unique_ptr<Kernel>> made = make_kernel(generator, context_of(table, column, unique));
    if (!made) {
        Error error = std::move(made).error();
        error.message = column_name(state_, table, column) + ": " + error.message;
        return error;
    }
    return made;
}

Status Compiler::compile_columns() {
    for (TableId id = 0; id < state_.tables.size(); ++id) {
        if (!state_.tables[id].present) continue;
        const schema::Table& table = state_.schema.tables[id];
        TableProgram& program = state_.tables[id];
        for (ColumnId column = 0; column < table.columns.size(); ++column) {
            ColumnProgram& made = program.columns[column];
            made.type = state_.schema.base_type(table.columns[column].type);
            const expr::Shape shape = expr::shape_of(made.type);
            made.physical = shape.physical;
            made.scale = shape.scale;
            made.not_null = table.columns[column].not_null;
        }
        // Which columns a key rests on alone: their kernels are asked for many values.
        for (const schema::Key& key : table.keys) {
            key_columns_[id].insert(key.columns.begin(), key.columns.end());
            if (key.columns.size() == 1) unique_columns_[id][key.columns.front()] = true;
        }
        for (const schema::Index& index : table.indexes) {
            if (!index.unique) continue;
            for (const schema::IndexMember& member : index.members) {
                if (!member.column) continue;
                key_columns_[id].insert(*member.column);
                if (index.members.size() == 1) unique_columns_[id][*member.column] = true;
            }
        }
    }
    for (TableId id = 0; id < state_.tables.size(); ++id) {
        if (!state_.tables[id].present) continue;
        for (ColumnId column = 0; column < state_.tables[id].columns.size(); ++column) {
            CONFAB_CHECK(compile_column(id, column));
        }
        CONFAB_CHECK(compile_overrides(id));
        const schema::Table& table = state_.schema.tables[id];
        for (ColumnId column = 0; column < table.columns.size(); ++column) {
            if (table.columns[column].generated_sql) continue;
            const ColumnProgram& made = state_.tables[id].columns[column];
            const schema::Enumeration* labels =
                made.type.kind == TypeKind::enumeration && made.type.dimensions == 0
                    ? state_.schema.find_enumeration(made.type.user_type) : nullptr;
            state_.tables[id].output.push_back({column, made.type, labels});
        }
    }
    return {};
}

Status Compiler::compile_column(TableId id, ColumnId index) {
    const schema::Column& column = state_.schema.tables[id].columns[index];
    TableProgram& program = state_.tables[id];
    ColumnProgram& made = program.columns[index];
    made.null_stream = stream(id, column.name, "null");
    if (column.generated_sql) {
        Result<expr::Program> compiled = expr::compile_as(state_.schema, id, *column.generated_sql, made.type);
        if (!compiled) {
            // Computed by PostgreSQL; whatever rests on it here says so itself.
            report(id, column.name, "generated column", Held::by_postgresql_only, compiled.error().message);
            made.source = ColumnProgram::Source::nothing;
            made.not_null = false;
            unevaluated_.insert({id, index});
            return {};
        }
        made.source = ColumnProgram::Source::formula;
        CONFAB_TRY(made.formula, bind(id, std::move(*compiled)));
        return {};
    }
    if (made.source == ColumnProgram::Source::derived) {
        const schema::ForeignKey& key = state_.schema.tables[id].foreign_keys[made.pick];
        const ColumnProgram& from = state_.tables[key.parent].columns[made.parent_column];
        if (!same_values(from.type, made.type, from.physical, made.physical)) {
            const std::string name = plan::name_of_foreign_key(state_.schema.tables[id], made.pick);
            const std::string path = schema::quoted_identifier(name) + "." +
                                     schema::quoted_identifier(state_.schema.tables[key.parent].columns[made.parent_column].name);
            CONFAB_TRY(expr::Program cast, expr::compile_as(state_.schema, id, path, made.type));
            CONFAB_TRY(made.formula, bind(id, std::move(cast)));
        }
        if (made.keeps_value && key.parent == id) {
            Result<std::unique_ptr<Kernel>> own = kernel(id, index, generator_of(id, made.parent_column), false);
            if (!own || !(*own)->inputs().empty()) own = kernel(id, index, {"any", {}}, false);
            if (own) made.kernel = accepted_by_domain(std::move(*own), column.type, context_of(id, index, false));
        }
        return {};
    }
    const plan::ColumnPlan* entry = plan_of(id, index);
    plan::Generator generator = generator_of(id, index);
    if (entry != nullptr && !needed_[id][index]) made.null_limit = share_of_64(entry->nulls);
    if (always_null_[id].contains(index)) generator = {"null", {}};
    if (generator.kind == "reference") {
        // A key column that no foreign key fills: the part of a reference to the own table that every row keeps.
        const bool counts = schema::is_integer(made.type.kind) && unique_columns_[id][index];
        generator = {};
        generator.kind = counts ? "sequence" : "any";
    }
    made.generator = generator.kind;
    if (generator.kind == "sequence") return compile_sequence(id, index, generator);
    if (generator.kind == "ordinal") {
        if (!program.layout) {
            return Error(ErrorKind::invalid_input, column_name(state_, id, index) +
                                                       ": ordinal counts the rows of a layout parent, and the table has no layout");
        }
        made.source = ColumnProgram::Source::ordinal;
        const auto& parameters = generator.parameters;
        made.start = parameters.value("start", std::int64_t{1});
        made.step = parameters.value("increment", std::int64_t{1});
        return {};
    }
    if (generator.kind == "event_time") return compile_event_time(id, index, generator);
    const bool computed = generator.kind == "expression";
    const bool fixed = generator.kind == "null" || generator.kind == "constant" || key_columns_[id].contains(index);
    const std::string definition = computed || fixed ? std::string() : definition_of(state_, *plans_[id], id, index);
    if (computed || !definition.empty()) {
        const std::string sql = computed ? generator.parameters.value("sql", std::string()) : definition;
        Result<expr::Program> compiled = expr::compile_as(state_.schema, id, sql, made.type);
        if (!compiled) {
            Error error = std::move(compiled).error();
            error.message = column_name(state_, id, index) + ": " + error.message;
            return error;
        }
        made.source = ColumnProgram::Source::formula;
        CONFAB_TRY(made.formula, bind(id, std::move(*compiled)));
        return {};
    }
    if (schema::is_temporal(made.type.kind) && (generator.kind == "date" || generator.kind == "timestamp")) {
        CONFAB_CHECK(bound_by_checks(id, index, generator));
    }
    CONFAB_TRY(made.kernel, kernel(id, index, generator, unique_columns_[id][index]));
    made.source = ColumnProgram::Source::draw;
    const std::string group = made.kernel->group();
    made.stream = stream(id, group.empty() ? column.name : group, group.empty() ? "value" : "group");
    for (const Kernel::Input& input : made.kernel->inputs()) {
        Result<expr::Program> compiled = input.type ? expr::compile_as(state_.schema, id, input.sql, *input.type)
                                                    : expr::compile(state_.schema, id, input.sql, expr::Want::any);
        if (!compiled) {
            Error error = std::move(compiled).error();
            error.message = column_name(state_, id, index) + ": " + error.message;
            return error;
        }
        CONFAB_TRY(Formula formula, bind(id, std::move(*compiled)));
        program.columns[index].inputs.push_back(std::move(formula));
    }
    return {};
}

Status Compiler::compile_event_time(TableId id, ColumnId index, const plan::Generator& generator) {
    ColumnProgram& made = state_.tables[id].columns[index];
    const bool date = made.type.kind == TypeKind::date;
    if (!date && made.type.kind != TypeKind::timestamp && made.type.kind != TypeKind::timestamp_tz) {
        return Error(ErrorKind::invalid_input, column_name(state_, id, index) + ": event_time of " + schema::to_sql(made.type));
    }
    plan::Generator shape = generator;
    shape.kind = date ? "date" : "timestamp";
    if (date) shape.parameters.erase("hours");
    CONFAB_CHECK(bound_by_checks(id, index, shape));
    CONFAB_TRY(std::unique_ptr<Kernel> volume, kernel(id, index, shape, false));
    if (!volume->inputs().empty()) {
        return Error(ErrorKind::invalid_input, column_name(state_, id, index) + ": event_time cannot depend on the row");
    }
    made.stream = stream(id, state_.schema.tables[id].columns[index].name, "value");
    if (is_excluded(state_.schema.tables[id], index)) {
        // Times that must not overlap have to be free to be drawn again: they do not ascend then.
        made.kernel = std::move(volume);
        made.source = ColumnProgram::Source::draw;
        return {};
    }
    made.source = ColumnProgram::Source::event_time;
    made.event_time = EventTime(*volume, date ? 1 : std::int64_t{86'400'000'000}, state_.tables[id].rows, made.stream);
    made.events_redrawn = findings_.moved_events.contains({id, index});
    return {};
}

Status Compiler::compile_overrides(TableId id) {
    const schema::Table& table = state_.schema.tables[id];
    TableProgram& program = state_.tables[id];
    std::size_t number = 0;
    for (const plan::Override& change : plans_[id]->overrides) {
        ++number;
        for (const auto& [name, sql] : change.set) {
            const std::optional<ColumnId> column = table.find_column(name);
            if (!column) return Error(ErrorKind::invalid_input, program.name + ": override of unknown column \"" + name + "\"");
            ColumnProgram& made = program.columns[*column];
            const auto failed = [&](Error error) {
                error.message = column_name(state_, id, *column) + ": override: " + error.message;
                return error;
            };
            OverrideProgram compiled;
            if (!change.when.empty()) {
                Result<expr::Program> when = expr::compile(state_.schema, id, change.when, expr::Want::boolean);
                if (!when) return failed(std::move(when).error());
                CONFAB_TRY(compiled.when, bind(id, std::move(*when), *column));
            }
            Result<expr::Program> value = expr::compile_as(state_.schema, id, sql, made.type);
            if (!value) return failed(std::move(value).error());
            CONFAB_TRY(compiled.value, bind(id, std::move(*value), *column));
            if (change.share) {
                const double share = std::clamp(*change.share, 0.0, 1.0);
                compiled.limit = static_cast<std::uint64_t>(share * static_cast<double>(program.rows) + 0.5);
                compiled.rank = Bijection(std::max<std::uint64_t>(program.rows, 1),
                                          stream(id, change.when + "#" + std::to_string(number), "override"));
            }
            made.overrides.push_back(std::move(compiled));
        }
    }
    return {};
}

Status Compiler::compile_existed_at() {
    for (TableId id = 0; id < state_.tables.size(); ++id) {
        if (!state_.tables[id].present) continue;
        const schema::Table& table = state_.schema.tables[id];
        for (std::size_t index = 0; index < table.foreign_keys.size(); ++index) {
            PickProgram& pick = state_.tables[id].picks[index];
            const bool restricted = pick.source == PickProgram::Source::restricted && !pick.smaller_rows_only;
            if (pick.source != PickProgram::Source::skewed && !restricted) continue;
            for (const ColumnId column : table.foreign_keys[index].columns) {
                const plan::ColumnPlan* entry = plan_of(id, column);
                if (entry == nullptr || entry->generator.kind != "reference") continue;
                const auto sql = entry->generator.parameters.find("existed_at");
                if (sql == entry->generator.parameters.end()) continue;
                const TableProgram& parent = state_.tables[pick.parent];
                const auto event = std::find_if(parent.columns.begin(), parent.columns.end(), [](const ColumnProgram& other) {
                    return other.source == ColumnProgram::Source::event_time && other.overrides.empty();
                });
                if (event == parent.columns.end()) continue;
                Result<expr::Program> compiled =
                    expr::compile(state_.schema, id, sql->get<std::string>(), expr::Want::any);
                if (!compiled) {
                    Error error = std::move(compiled).error();
                    error.message = column_name(state_, id, column) + ": existed_at: " + error.message;
                    return error;
                }
                const TypeKind kind = compiled->type().kind;
                const bool own_date = kind == TypeKind::date;
                if (!own_date && kind != TypeKind::timestamp && kind != TypeKind::timestamp_tz) {
                    return Error(ErrorKind::invalid_input,
                                 column_name(state_, id, column) + ": existed_at is not a date or a timestamp");
                }
                const bool parent_date = event->type.kind == TypeKind::date;
                if (own_date && !parent_date) pick.time_multiply = 86'400'000'000;
                if (!own_date && parent_date) pick.time_divide = 86'400'000'000;
                pick.parent_event = static_cast<ColumnId>(event - parent.columns.begin());
                CONFAB_TRY(Formula formula, bind(id, std::move(*compiled)));
                pick.existed_at = std::move(formula);
            }
        }
    }
    return set_popularity();
}

}  // namespace confab::engine
