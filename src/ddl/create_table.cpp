#include "ddl/create_table.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/columns.hpp"
#include "ddl/constraints.hpp"
#include "ddl/expressions.hpp"
#include "ddl/indexes.hpp"
#include "ddl/read_type.hpp"
#include "pgtree/pgtree.hpp"

namespace confab::ddl {
namespace {

// What LIKE … INCLUDING names. Source: PostgreSQL 15, TableLikeOption.
constexpr std::uint32_t like_comments = 1U << 0U, like_constraints = 1U << 2U, like_defaults = 1U << 3U,
                        like_generated = 1U << 4U, like_identity = 1U << 5U, like_indexes = 1U << 6U;

constexpr std::size_t max_columns = 1600;

class TableCollector {
  public:
    TableCollector(const Context& context, PgQuery__CreateStmt& statement, TableId id)
        : context_(context), statement_(statement), id_(id), constraints_(context, id) {}

    Status collect() {
        CONFAB_CHECK(take_parents());
        CONFAB_CHECK(take_type());
        for (std::size_t i = 0; i < statement_.n_table_elts; ++i) CONFAB_CHECK(take_element(*statement_.table_elts[i]));
        if (table().columns.size() > max_columns) {
            return context_.error(statement_.relation->location,
                                  fmt::format("table `{}` has {} columns; PostgreSQL allows {}",
                                              printable(schema::display(table().name)), table().columns.size(), max_columns));
        }
        for (ColumnId id = 0; id < table().columns.size(); ++id) {
            const schema::Column& column = table().columns[id];
            if (column.identity == schema::IdentityKind::serial && !column.sequence_name && !column.inherited) {
                name_implicit_sequence(context_, id_, id);
            }
        }
        // All columns are known now: checks and generated columns may name later ones.
        for (std::size_t i = 0; i < statement_.n_table_elts; ++i) CONFAB_CHECK(take_constraints(*statement_.table_elts[i]));
        for (std::size_t i = 0; i < statement_.n_constraints; ++i) {
            CONFAB_CHECK(constraints_.table(*statement_.constraints[i]->constraint));
        }
        CONFAB_CHECK(constraints_.finish());
        for (schema::Index& index : like_indexes_) {
            index.name = context_.draft.choose_relation_name(table().name.space, table().name.name,
                                                             joined_members(table(), index.members), "idx", false);
            table().indexes.push_back(std::move(index));
        }
        if (statement_.partspec != nullptr) CONFAB_CHECK(take_partitioning(*statement_.partspec));
        return {};
    }

  private:
    schema::Table& table() const { return context_.draft.tables[id_].table; }

    Status take_parents() {
        for (std::size_t i = 0; i < statement_.n_inh_relations; ++i) {
            const PgQuery__RangeVar& relation = *statement_.inh_relations[i]->range_var;
            CONFAB_TRY(const TableId parent, context_.require_table(name_of(relation), relation.location));
            if (statement_.partbound != nullptr) {
                if (!context_.draft.tables[parent].table.partitioning) {
                    return context_.error(relation.location, fmt::format("table `{}` is not partitioned",
                                                                         printable(schema::display(context_.draft.tables[parent].table.name))));
                }
                CONFAB_TRY(schema::PartitionBound bound, read_bound(context_, *statement_.partbound));
                table().partition_of = parent;
                table().bound = std::move(bound);
            } else {
                table().inherits.push_back(parent);
            }
            CONFAB_CHECK(inherit(context_, id_, parent, relation.location));
        }
        return {};
    }

    // CREATE TABLE … OF type.
    Status take_type() {
        if (statement_.of_typename == nullptr) return {};
        CONFAB_TRY(const ReadType type, read_type(context_.draft, context_.text, *statement_.of_typename));
        const schema::Composite* composite = context_.draft.schema.find_composite(type.type.user_type);
        if (composite == nullptr) {
            return context_.error(statement_.of_typename->location,
                                  fmt::format("type `{}` is not a composite type", printable(type.declared)));
        }
        for (schema::Column column : composite->fields) table().columns.push_back(std::move(column));
        return {};
    }

    Status take_element(const PgQuery__Node& element) {
        if (element.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF) return take_column(*element.column_def);
        if (element.node_case == PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE) return take_like(*element.table_like_clause);
        return {};
    }

    Status take_column(const PgQuery__ColumnDef& definition) {
        CONFAB_TRY(schema::Column column, read_column(context_, definition));
        const std::optional<ColumnId> before = context_.draft.find_column(table(), column.name);
        if (definition.type_name == nullptr) {  // of a partition or a typed table: only its constraints count
            if (before) return {};
            return context_.error(definition.location, fmt::format("there is no column `{}` in what table `{}` is made from",
                                                                   printable(column.name), printable(schema::display(table().name))));
        }
        if (before) {
            schema::Column& inherited = table().columns[*before];
            if (!inherited.inherited) {
                return context_.error(definition.location, fmt::format("column `{}` is declared twice in table `{}`",
                                                                       printable(column.name), printable(schema::display(table().name))));
            }
            if (inherited.type != column.type) {
                return context_.error(definition.location,
                                      fmt::format("column `{}` is inherited with type {}, and declared as {}",
                                                  printable(column.name), schema::to_sql(inherited.type), schema::to_sql(column.type)));
            }
            inherited.inherited = false;
            inherited.not_null = inherited.not_null || column.not_null;
            inherited.declared_type = column.declared_type;
            inherited.position = column.position;
            return {};
        }
        table().columns.push_back(std::move(column));
        return {};
    }

    Status take_like(const PgQuery__TableLikeClause& clause) {
        CONFAB_TRY(const TableId source_id, context_.require_table(name_of(*clause.relation), clause.relation->location));
        const std::uint32_t options = clause.options;
        const std::size_t first = table().columns.size();
        const std::size_t count = context_.draft.tables[source_id].table.columns.size();
        for (ColumnId i = 0; i < count; ++i) CONFAB_CHECK(take_like_column(source_id, i, options, clause));
        const schema::Table& source = context_.draft.tables[source_id].table;

        if ((options & like_constraints) != 0U) {
            for (schema::Check check : source.checks) {
                check.inherited = false;
                context_.draft.claim_constraint({table().name.space, check.name});
                constraints_.add_check(std::move(check));
            }
        }
        if ((options & like_indexes) == 0U) return {};
        const auto moved = [&](std::vector<ColumnId> columns) {
            for (ColumnId& id : columns) id += first;
            return columns;
        };
        const auto moved_members = [&](std::vector<schema::IndexMember> members) {
            for (schema::IndexMember& member : members) {
                if (member.column) *member.column += first;
            }
            return members;
        };
        for (schema::Key key : source.keys) {
            key.name.clear();
            key.columns = moved(key.columns);
            key.include = moved(key.include);
            constraints_.add_key(std::move(key));
        }
        for (schema::Exclusion exclusion : source.exclusions) {
            exclusion.name.clear();
            exclusion.members = moved_members(exclusion.members);
            constraints_.add_exclusion(std::move(exclusion));
        }
        for (schema::Index index : source.indexes) {
            index.members = moved_members(index.members);
            index.include = moved(index.include);
            like_indexes_.push_back(std::move(index));
        }
        return {};
    }

    Status take_like_column(TableId source_id, ColumnId i, std::uint32_t options, const PgQuery__TableLikeClause& clause) {
        schema::Column column = context_.draft.tables[source_id].table.columns[i];
        if (context_.draft.find_column(table(), column.name)) {
            return context_.error(clause.relation->location, fmt::format("column `{}` of LIKE is there already",
                                                                         printable(column.name)));
        }
        if (column.identity == schema::IdentityKind::serial && (options & like_defaults) != 0U && !column.sequence_name) {
            // Both draw from one sequence from now on, which needs a name.
            const schema::Table& source = context_.draft.tables[source_id].table;
            if (const schema::Sequence* sequence = context_.draft.require_sequence(
                    source.name.space.empty() ? "public" : source.name.space,
                    make_object_name(source.name.name, column.name, "seq"))) {
                column.sequence_name = sequence->name;
            }
        }
        const bool keeps_default = (options & like_defaults) != 0U;
        if (!keeps_default) column.default_sql.reset();
        if ((options & like_generated) == 0U) column.generated_sql.reset();
        if ((options & like_comments) == 0U) column.comment.clear();
        const bool is_serial = column.identity == schema::IdentityKind::serial;
        const bool keeps_identity = is_serial ? keeps_default : (options & like_identity) != 0U;
        if (!keeps_identity) {
            column.identity = schema::IdentityKind::none;
            column.sequence_name.reset();
            column.sequence = {};
        } else if (!is_serial) {
            column.sequence_name.reset();
        }
        column.inherited = false;
        column.position = context_.text.position(clause.relation->location);
        table().columns.push_back(std::move(column));
        return {};
    }

    Status take_constraints(const PgQuery__Node& element) {
        if (element.node_case == PG_QUERY__NODE__NODE_CONSTRAINT) return constraints_.table(*element.constraint);
        if (element.node_case != PG_QUERY__NODE__NODE_COLUMN_DEF) return {};
        const PgQuery__ColumnDef& definition = *element.column_def;
        return constraints_.column(*context_.draft.find_column(table(), definition.colname), definition.constraints,
                                   definition.n_constraints);
    }

    Status take_partitioning(const PgQuery__PartitionSpec& specification) {
        schema::Partitioning partitioning;
        const std::string strategy = lower_ascii(std::string_view(specification.strategy));
        if (strategy == "list") partitioning.strategy = schema::PartitionStrategy::list;
        else if (strategy == "range") partitioning.strategy = schema::PartitionStrategy::range;
        else if (strategy == "hash") partitioning.strategy = schema::PartitionStrategy::hash;
        else return context_.error(specification.location, fmt::format("there is no partitioning by `{}`", printable(strategy)))
                     .note("expected LIST, RANGE or HASH");
        for (std::size_t i = 0; i < specification.n_part_params; ++i) {
            const PgQuery__PartitionElem& element = *specification.part_params[i]->partition_elem;
            PgQuery__IndexElem member = PG_QUERY__INDEX_ELEM__INIT;
            member.name = element.name;
            member.expr = element.expr;
            member.collation = element.collation;
            member.n_collation = element.n_collation;
            member.opclass = element.opclass;
            member.n_opclass = element.n_opclass;
            CONFAB_TRY(schema::IndexMember read, read_index_member(context_, table(), member, element.location));
            partitioning.members.push_back(std::move(read));
        }
        table().partitioning = std::move(partitioning);
        return {};
    }

    const Context& context_;
    PgQuery__CreateStmt& statement_;
    TableId id_;
    ConstraintReader constraints_;
    std::vector<schema::Index> like_indexes_;
};

Result<std::vector<std::string>> read_bound_values(const Context& context, PgQuery__Node* const* nodes, std::size_t count) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < count; ++i) {
        const PgQuery__Node& node = *nodes[i];
        if (node.node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node.column_ref->n_fields == 1) {
            const std::string word = upper_ascii(string_of(*node.column_ref->fields[0]));
            if (word == "MINVALUE" || word == "MAXVALUE") {
                values.push_back(word);
                continue;
            }
        }
        const ExpressionScope scope{context.draft};
        CONFAB_TRY(ReadExpression value, read_expression(scope, context.text, *nodes[i]));
        values.push_back(std::move(value.sql));
    }
    return values;
}

}  // namespace

Result<schema::PartitionBound> read_bound(const Context& context, const PgQuery__PartitionBoundSpec& specification) {
    schema::PartitionBound bound;
    bound.is_default = specification.is_default != 0;
    bound.modulus = specification.modulus;
    bound.remainder = specification.remainder;
    CONFAB_TRY(bound.list, read_bound_values(context, specification.listdatums, specification.n_listdatums));
    CONFAB_TRY(bound.from, read_bound_values(context, specification.lowerdatums, specification.n_lowerdatums));
    CONFAB_TRY(bound.to, read_bound_values(context, specification.upperdatums, specification.n_upperdatums));
    return bound;
}

Status inherit(const Context& context, TableId child, TableId parent, std::int64_t location) {
    context.draft.tables[parent].has_children = true;
    const schema::Table above = context.draft.tables[parent].table;
    schema::Table& table = context.draft.tables[child].table;
    for (const schema::Column& column : above.columns) {
        CONFAB_CHECK(merge_inherited_column(context, table, column, location));
    }
    for (schema::Check check : above.checks) {
        if (check.no_inherit) continue;
        const auto own = std::find_if(table.checks.begin(), table.checks.end(),
                                      [&](const schema::Check& one) { return one.name == check.name; });
        if (own != table.checks.end()) {
            own->inherited = true;
            continue;
        }
        check.inherited = true;
        table.checks.push_back(std::move(check));
    }
    return {};
}

Status create_table(const Context& context, PgQuery__CreateStmt& statement) {
    const PgQuery__RangeVar& relation = *statement.relation;
    const QualifiedName name = context.creation_name(name_of(relation));
    CONFAB_CHECK(context.check_name(name.name, relation.location));
    CONFAB_CHECK(context.check_name(name.space, relation.location));
    if (relation.relpersistence[0] == 't') {
        context.draft.add_rowless(name);
        context.draft.pass_over("CREATE TEMPORARY TABLE", context.text.position(-1));
        return {};
    }
    if (const std::optional<TableId> before = context.draft.find_table(name.space.empty() ? "public" : name.space, name.name)) {
        if (statement.if_not_exists != 0) return {};
        return context.error(relation.location, fmt::format("table `{}` is declared twice", printable(schema::display(name))))
            .note(fmt::format("it was declared before at line {}", context.draft.tables[*before].table.position.line));
    }
    if (context.draft.relation_exists(name)) {
        if (statement.if_not_exists != 0) return {};
        return context.error(relation.location, fmt::format("relation `{}` already exists", printable(schema::display(name))));
    }
    TableDraft draft;
    draft.table.name = name;
    draft.table.unlogged = relation.relpersistence[0] == 'u';
    draft.table.position = context.text.position(relation.location);
    draft.source_offset = context.text.source_offset(relation.location);
    const TableId id = context.draft.add_table(std::move(draft));
    return TableCollector(context, statement, id).collect();
}

}  // namespace confab::ddl
