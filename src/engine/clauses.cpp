// What must hold for every row: checks, rules and preferences, domains, partition bounds, keys that must find somebody.
#include <algorithm>
#include <cctype>

#include "base/text.hpp"
#include "engine/compiler.hpp"
#include "engine/generators/domain_values.hpp"
#include "expr/analysis.hpp"

namespace confab::engine {

namespace {

std::string member_sql(const schema::Table& table, const schema::IndexMember& member) {
    return member.column ? schema::quoted_identifier(table.columns[*member.column].name) : "(" + member.sql + ")";
}

// `(members) >= from` and `(members) < to`, member by member as PostgreSQL compares them.
std::string from_bound(const std::vector<std::string>& members, const std::vector<std::string>& from, std::size_t at) {
    if (at == members.size()) return "true";
    if (from[at] == "MINVALUE") return "true";
    if (from[at] == "MAXVALUE") return "false";
    std::string text = members[at] + " > " + from[at] + " OR (" + members[at] + " = " + from[at] + " AND (";
    if (at + 1 == members.size()) return members[at] + " >= " + from[at];
    return text + from_bound(members, from, at + 1) + "))";
}

std::string to_bound(const std::vector<std::string>& members, const std::vector<std::string>& to, std::size_t at) {
    if (at == members.size()) return "false";
    if (to[at] == "MAXVALUE") return "true";
    if (to[at] == "MINVALUE") return "false";
    if (at + 1 == members.size()) return members[at] + " < " + to[at];
    return members[at] + " < " + to[at] + " OR (" + members[at] + " = " + to[at] + " AND (" +
           to_bound(members, to, at + 1) + "))";
}

// Does the SQL name the identifier outside of its literals?
bool mentions(const std::string& sql, const std::string& identifier) {
    const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '"' || c == '$'; };
    bool literal = false;
    for (std::size_t at = 0; at < sql.size(); ++at) {
        if (sql[at] == '\'') literal = !literal;
        if (literal || sql.compare(at, identifier.size(), identifier) != 0) continue;
        const std::size_t end = at + identifier.size();
        if ((at == 0 || !is_word(sql[at - 1])) && (end >= sql.size() || !is_word(sql[end]))) return true;
    }
    return false;
}

// What a row must satisfy to fit one of the partitions of `parent`; empty = any row fits.
std::string partition_condition(const schema::Schema& schema, schema::TableId parent, int depth) {
    const schema::Table& table = schema.tables[parent];
    std::vector<std::string> members;
    for (const schema::IndexMember& member : table.partitioning->members) members.push_back(member_sql(table, member));
    std::string any;
    double hash_share = 0;
    for (schema::TableId id = 0; id < schema.tables.size(); ++id) {
        const schema::Table& partition = schema.tables[id];
        if (partition.partition_of != parent || !partition.bound) continue;
        const schema::PartitionBound& bound = *partition.bound;
        std::string inner;
        if (partition.partitioning && depth < 16) inner = partition_condition(schema, id, depth + 1);
        if (bound.is_default && inner.empty()) return {};
        std::string fits;
        if (bound.is_default) {
            fits = "true";
        } else if (table.partitioning->strategy == schema::PartitionStrategy::list) {
            std::vector<std::string> literals;
            bool null_fits = false;
            for (const std::string& literal : bound.list) {
                if (equal_ignoring_case(literal, "NULL")) null_fits = true;
                else literals.push_back(literal);
            }
            if (!literals.empty()) fits = members.front() + " IN (" + join(literals, ", ") + ")";
            if (null_fits) fits += std::string(fits.empty() ? "" : " OR ") + members.front() + " IS NULL";
        } else if (table.partitioning->strategy == schema::PartitionStrategy::range) {
            if (bound.from.size() != members.size() || bound.to.size() != members.size()) continue;
            fits = "(" + from_bound(members, bound.from, 0) + ") AND (" + to_bound(members, bound.to, 0) + ")";
        } else {
            if (bound.modulus > 0) hash_share += 1.0 / static_cast<double>(bound.modulus);
            continue;
        }
        if (!inner.empty()) fits = "(" + fits + ") AND (" + inner + ")";
        any += std::string(any.empty() ? "" : " OR ") + "(" + fits + ")";
    }
    if (table.partitioning->strategy == schema::PartitionStrategy::hash) return hash_share > 0.999 ? std::string() : "hash";
    return any.empty() ? "false" : any;
}

}  // namespace

Status Compiler::compile_clauses() {
    for (TableId id = 0; id < state_.tables.size(); ++id) {
        if (!state_.tables[id].present) continue;
        CONFAB_CHECK(compile_table_clauses(id));
        CONFAB_CHECK(refuse_contradictions(id));
        CONFAB_CHECK(make_groups(id));
    }
    return {};
}

// A check that cannot be evaluated here: it holds when it is NULL, as it mostly is when what it reads is.
std::string Compiler::leave_null(TableId id, const std::string& sql) {
    const schema::Table& table = state_.schema.tables[id];
    std::vector<std::string> left;
    for (ColumnId column = 0; column < table.columns.size(); ++column) {
        ColumnProgram& made = state_.tables[id].columns[column];
        const std::string name = schema::quoted_identifier(table.columns[column].name);
        if (needed_[id][column] || made.not_null || made.source != ColumnProgram::Source::draw) continue;
        if (!made.overrides.empty() || !mentions(sql, name)) continue;
        const auto clauses = std::count_if(table.checks.begin(), table.checks.end(),
                                           [&](const schema::Check& check) { return mentions(check.sql, name); });
        if (clauses > 1) continue;  // another one may need a value
        made.null_limit = UINT64_MAX;
        left.push_back(table.columns[column].name);
    }
    return left.empty() ? std::string() : "; " + join(left, ", ") + " is left NULL for it";
}

Status Compiler::add_check(TableId id, const std::string& name, const std::string& kind, const std::string& sql,
                           const schema::Type* value_type, ColumnId value_column, bool null_holds, bool preferred) {
    Result<expr::Program> compiled = expr::compile(state_.schema, id, sql, expr::Want::boolean, value_type);
    if (!compiled) {
        if ((kind == "rule" || preferred) && compiled.error().kind != ErrorKind::not_supported) {
            Error error = std::move(compiled).error();
            error.message = state_.tables[id].name + ": " + kind + " \"" + name + "\": " + error.message;
            return error;
        }
        if (kind == "rule" || preferred) {
            report(id, name, kind, Held::not_enforced, compiled.error().message);
        } else {
            const std::string nulls = value_type == nullptr ? leave_null(id, sql) : std::string();
            report(id, name, kind, Held::by_postgresql_only, compiled.error().message + nulls);
        }
        return {};
    }
    for (const ColumnId column : value_type != nullptr ? std::vector<ColumnId>{} : compiled->columns()) {
        if (!unevaluated_.contains({id, column})) continue;
        report(id, name, kind, Held::by_postgresql_only, "rests on a generated column that only PostgreSQL computes");
        return {};
    }
    Clause clause;
    clause.name = name;
    clause.kind = kind;
    clause.null_holds = null_holds;
    clause.preferred = preferred;
    if (value_type != nullptr) {
        // VALUE is the column itself.
        clause.value_column = value_column;
        clause.condition.program = std::make_shared<const expr::Program>(std::move(*compiled));
        const std::size_t read = state_.tables[id].intern({Read::Kind::column, {}, value_column});
        const std::size_t as_of = state_.tables[id].intern({Read::Kind::as_of, {}, 0});
        for (const expr::Input& input : clause.condition.program->inputs()) {
            clause.condition.reads.push_back(input.kind == expr::InputKind::as_of ? as_of : read);
        }
    } else {
        CONFAB_TRY(clause.condition, bind(id, std::move(*compiled)));
    }
    if (kind != "rule") add_later_day(id, clause);
    clauses_[id].clauses.push_back(std::move(clause));
    report(id, name, kind, Held::by_retry, preferred ? "where a limited number of attempts finds it" : "");
    return {};
}

// PostgreSQL reads the clock when the rows are loaded, which is later than the plan's day: what gets stricter by then
// (`valid_until >= current_date`) has to hold some years later as well, where it can.
void Compiler::add_later_day(TableId id, const Clause& clause) {
    TableProgram& program = state_.tables[id];
    const auto reads_clock = [&](std::size_t read) { return program.reads[read].kind == Read::Kind::as_of; };
    if (std::none_of(clause.condition.reads.begin(), clause.condition.reads.end(), reads_clock)) return;
    if (later_facts(state_.schema, {clause.condition.program.get()}, state_.as_of).contradictory) return;
    Clause later;
    later.name = clause.name;
    later.kind = clause.kind;
    later.null_holds = clause.null_holds;
    later.value_column = clause.value_column;
    later.condition = clause.condition;
    const std::size_t later_day = program.intern({Read::Kind::as_of, {}, later_days});
    for (std::size_t& read : later.condition.reads) {
        if (reads_clock(read)) read = later_day;
    }
    clauses_[id].clauses.push_back(std::move(later));
}

Status Compiler::compile_table_clauses(TableId id) {
    const schema::Table& table = state_.schema.tables[id];
    TableProgram& program = state_.tables[id];
    const auto label = [](const schema::Check& check) { return check.name.empty() ? check.sql : check.name; };
    for (const schema::Check& check : table.checks) {
        if (never_itself(id, check.sql)) {
            report(id, label(check), "check", Held::by_construction, "rows refer to earlier rows");
            continue;
        }
        CONFAB_CHECK(add_check(id, label(check), "check", check.sql, nullptr, none, true));
    }
    for (ColumnId column = 0; column < table.columns.size(); ++column) {
        schema::Type type = table.columns[column].type;
        ColumnProgram& made = program.columns[column];
        for (int depth = 0; type.kind == schema::TypeKind::domain && depth < 32; ++depth) {
            const schema::Domain* domain = state_.schema.find_domain(type.user_type);
            if (domain == nullptr) break;
            if (type.is_array()) {
                constexpr std::string_view of_whole_arrays[] = {"case", "choice", "constant", "record", "expression"};
                const bool whole = std::find(std::begin(of_whole_arrays), std::end(of_whole_arrays), made.generator) != std::end(of_whole_arrays);
                type.dimensions = 0;
                if (has_domain_checks(state_.schema, type)) {
                    report(id, column_name(state_, id, column), "domain check", whole ? Held::by_postgresql_only : Held::by_construction,
                           whole ? "of the elements of an array" : "the elements are chosen among values that it accepts");
                }
                break;
            }
            if (domain->not_null) made.not_null = true;
            // A reference takes over what its parent's column of the same domain holds already.
            const bool inherited = made.source == ColumnProgram::Source::derived &&
                                   state_.schema.tables[program.picks[made.pick].parent].columns[made.parent_column].type.user_type ==
                                       type.user_type;
            if (!inherited) {
                const schema::Type value = state_.schema.base_type(type);
                for (const schema::Check& check : domain->checks) {
                    CONFAB_CHECK(add_check(id, table.columns[column].name + ": " + label(check), "domain check", check.sql, &value,
                                           column, true));
                }
            }
            type = domain->base;
        }
        if (made.not_null) made.null_limit = 0;
    }
    for (const std::string& rule : plans_[id]->rules) {
        if (held_rules_[id].contains(rule)) continue;
        CONFAB_CHECK(add_check(id, rule, "rule", rule, nullptr, none, false));
    }
    for (const std::string& preference : plans_[id]->preferences) {
        if (held_rules_[id].contains(preference)) continue;
        if (findings_.without_preferences.contains(id)) {
            report(id, preference, "preference", Held::not_enforced, "conditions would tie values together in a circle");
            continue;
        }
        CONFAB_CHECK(add_check(id, preference, "preference", preference, nullptr, none, true, true));
    }
    for (const std::size_t index : matched_in_full_[id]) {
        const schema::ForeignKey& key = table.foreign_keys[index];
        const auto is_null = [&](ColumnId column) { return "(" + schema::quoted_identifier(table.columns[column].name) + " IS NULL)"; };
        std::string condition;
        for (std::size_t i = 1; i < key.columns.size(); ++i) {
            condition += (i > 1 ? " AND " : "") + is_null(key.columns[0]) + " = " + is_null(key.columns[i]);
        }
        CONFAB_CHECK(add_check(id, key.name, "foreign key", condition, nullptr, none, false));
    }
    CONFAB_CHECK(add_partition_bounds(id));
    const auto add_not_null = [&](ColumnId column) {
        Clause clause;
        clause.name = table.columns[column].name;
        clause.kind = "not null";
        clause.not_null = column;
        clauses_[id].clauses.push_back(std::move(clause));
    };
    for (ColumnId column = 0; column < table.columns.size(); ++column) {
        const ColumnProgram& made = program.columns[column];
        if (!made.not_null) continue;
        bool possible = !made.overrides.empty() || made.source == ColumnProgram::Source::formula;
        if (made.source == ColumnProgram::Source::derived) {
            const PickProgram& pick = program.picks[made.pick];
            const bool lost = (pick.source == PickProgram::Source::restricted && !pick.or_any) || pick.source == PickProgram::Source::implied;
            possible = possible || !needed_[pick.parent][made.parent_column] || (lost && !pick.may_be_null);
        }
        if (made.source == ColumnProgram::Source::draw || made.source == ColumnProgram::Source::pick) {
            // Kinds that can come out NULL by what they read.
            for (const char* kind : {"case", "after", "before", "record", "between", "ratio", "template"}) {
                possible = possible || made.generator == kind;
            }
            possible = possible || !made.inputs.empty();
        }
        if (possible) add_not_null(column);
    }
    for (std::size_t pick = 0; pick < program.picks.size(); ++pick) {
        PickProgram& made = program.picks[pick];
        if (made.source != PickProgram::Source::restricted || (made.found_or_null && !made.seeks)) continue;
        made.null_limit = 0;
        Clause clause;
        clause.name = table.foreign_keys[pick].name;
        clause.kind = "foreign key";
        clause.found_parent = pick;
        clauses_[id].clauses.push_back(std::move(clause));
    }
    for (std::size_t pick = 0; pick < program.picks.size(); ++pick) {
        using Source = PickProgram::Source;
        const PickProgram& made = program.picks[pick];
        std::string note;
        if (made.source == Source::restricted) note = "picked among the rows that agree";
        if (made.source == Source::implied) note = "follows from another reference";
        if (made.source == Source::layout) note = "rows are laid out by it";
        if (made.source == Source::same_row) note = "rows of the circle have the same number";
        report(id, table.foreign_keys[pick].name, "foreign key", Held::by_construction, note);
    }
    return {};
}

Status Compiler::refuse_contradictions(TableId id) const {
    const TableProgram& program = state_.tables[id];
    if (program.rows == 0) return {};
    // A check also holds when it is NULL: only clauses over columns that cannot be NULL are sure to bind.
    std::vector<const Clause*> binding;
    for (const Clause& clause : clauses_[id].clauses) {
        if (!clause.condition || clause.preferred) continue;
        const auto& reads = clause.condition.reads;
        const bool binds = !clause.null_holds || std::all_of(reads.begin(), reads.end(), [&](std::size_t index) {
            const Read& read = program.reads[index];
            return read.kind == Read::Kind::as_of ||
                   (read.kind == Read::Kind::column && read.path.empty() && program.columns[read.index].not_null);
        });
        if (binds) binding.push_back(&clause);
    }
    const auto contradict = [&](const std::vector<const Clause*>& clauses) {
        std::vector<const expr::Program*> conditions;
        for (const Clause* clause : clauses) conditions.push_back(clause->condition.program.get());
        const expr::Facts facts = expr::analyse(state_.schema, conditions, state_.as_of);
        if (facts.contradictory) return true;
        // Texts that would have to be longer than their column.
        const auto too_long = [&](const expr::ColumnFact& fact) {
            const std::size_t value = clauses.front()->value_column;
            const ColumnProgram& column = program.columns[value == none ? fact.column : value];
            return schema::is_character(column.type.kind) && !column.type.is_array() && column.not_null && column.type.length > 0 &&
                   fact.min_length && *fact.min_length > column.type.length;
        };
        return !facts.branches.empty() && std::all_of(facts.branches.begin(), facts.branches.end(), [&](const expr::Branch& branch) {
            return std::any_of(branch.columns.begin(), branch.columns.end(), too_long);
        });
    };
    const auto refuse = [&](const std::vector<const Clause*>& clauses) {
        std::vector<std::string> names;
        for (const Clause* clause : clauses) names.push_back(clause->kind + " " + clause->name);
        return Error(ErrorKind::unsatisfiable, program.name + ": no row can satisfy " + join(names, " and "))
            .note("ask for no rows of the table, or change what contradicts itself");
    };
    std::vector<const Clause*> own;
    for (const Clause* clause : binding) {
        if (contradict({clause})) return refuse({clause});
        // VALUE of a domain is another column in each of its clauses.
        if (clause->value_column == none) own.push_back(clause);
    }
    if (own.size() < 2 || !contradict(own)) return {};
    for (std::size_t first = 0; first < own.size(); ++first) {
        for (std::size_t second = first + 1; second < own.size(); ++second) {
            if (contradict({own[first], own[second]})) return refuse({own[first], own[second]});
        }
    }
    return refuse(own);
}

Status Compiler::add_partition_bounds(TableId id) {
    const schema::Table& table = state_.schema.tables[id];
    if (!table.partitioning) return {};
    const std::string condition = partition_condition(state_.schema, id, 0);
    if (condition.empty()) return {};
    if (condition == "hash") {
        // Which rows have a home only PostgreSQL's own hash functions know: nothing that it may refuse is published.
        return Error(ErrorKind::unsatisfiable,
                          state_.tables[id].name + ": its hash partitions leave remainders without a partition: rows that hash "
                                                   "there have no home\n  add the partitions that are missing");
    }
    if (condition == "false") return {};  // no partition at all: the table can hold nothing, see tables
    return add_check(id, "partition bounds", "partition", condition, nullptr, none, false);
}

}  // namespace confab::engine
