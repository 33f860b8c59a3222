#include "ddl/indexes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/expressions.hpp"
#include "pgtree/pgtree.hpp"

namespace confab::ddl {
namespace {

// The name that an expression gives to an index's column, as PostgreSQL's FigureIndexColname finds it.
std::string name_of_expression(const PgQuery__Node& node) {
    switch (node.node_case) {
        case PG_QUERY__NODE__NODE_COLUMN_REF: {
            const PgQuery__ColumnRef& reference = *node.column_ref;
            return reference.n_fields > 0 ? std::string(string_of(*reference.fields[reference.n_fields - 1])) : "";
        }
        case PG_QUERY__NODE__NODE_FUNC_CALL:
            return name_of_parts(node.func_call->funcname, node.func_call->n_funcname).name;
        case PG_QUERY__NODE__NODE_TYPE_CAST: {
            const std::string inner = name_of_expression(*node.type_cast->arg);
            return inner.empty() ? name_of_parts(node.type_cast->type_name->names, node.type_cast->type_name->n_names).name
                                 : inner;
        }
        case PG_QUERY__NODE__NODE_COLLATE_CLAUSE: return name_of_expression(*node.collate_clause->arg);
        case PG_QUERY__NODE__NODE_COALESCE_EXPR: return "coalesce";
        case PG_QUERY__NODE__NODE_CASE_EXPR: {
            const std::string inner =
                node.case_expr->defresult != nullptr ? name_of_expression(*node.case_expr->defresult) : "";
            return inner.empty() ? "case" : inner;
        }
        case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
            return node.min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least";
        default: return {};
    }
}

std::string operator_class_of(PgQuery__Node* const* names, std::size_t count) {
    const WrittenName name = name_of_parts(names, count);
    if (name.name.empty()) return {};
    const std::string space = name.space == "pg_catalog" ? "" : SchemaDraft::normal_space(name.space);
    return schema::quoted({space, name.name});
}

}  // namespace

Result<schema::IndexMember> read_index_member(const Context& context, const schema::Table& table,
                                              const PgQuery__IndexElem& element, std::int64_t location) {
    schema::IndexMember member;
    if (element.expr != nullptr) {
        const ExpressionScope scope{context.draft, &table};
        CONFAB_TRY(ReadExpression expression, read_expression(scope, context.text, *element.expr));
        member.sql = std::move(expression.sql);
    } else {
        CONFAB_TRY(member.column, context.require_column(table, element.name, location));
    }
    member.operator_class = operator_class_of(element.opclass, element.n_opclass);
    const WrittenName collation = name_of_parts(element.collation, element.n_collation);
    member.collation = {collation.space == "pg_catalog" ? "" : SchemaDraft::normal_space(collation.space), collation.name};
    member.descending = element.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    if (element.nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST) member.nulls_first = true;
    if (element.nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST) member.nulls_first = false;
    return member;
}

std::string joined_members(const schema::Table& table, const std::vector<schema::IndexMember>& members) {
    std::vector<std::string> names;
    for (const schema::IndexMember& member : members) {
        std::string name;
        if (member.column) {
            name = table.columns[*member.column].name;
        } else if (auto parsed = pgtree::parse_expression(member.sql);
                   const auto* expression = std::get_if<pgtree::ParsedExpression>(&parsed)) {
            name = name_of_expression(*expression->node);
        }
        if (name.empty()) name = "expr";
        const std::string first = name;
        for (int number = 1; std::find(names.begin(), names.end(), name) != names.end(); ++number) {
            name = make_object_name(first, "", "").substr(0, 63 - std::to_string(number).size()) + std::to_string(number);
        }
        names.push_back(std::move(name));
    }
    return join(names, "_");
}

Status create_index(const Context& context, const PgQuery__IndexStmt& statement) {
    const WrittenName relation = name_of(*statement.relation);
    if (context.draft.is_rowless(relation.space, relation.name)) {
        context.draft.pass_over("CREATE INDEX on what holds no rows", context.text.position(-1));
        return {};
    }
    CONFAB_TRY(const TableId id, context.require_table(relation, statement.relation->location));
    schema::Table& table = context.draft.tables[id].table;
    schema::Index index;
    index.name = statement.idxname;
    index.method = statement.access_method[0] != '\0' ? statement.access_method : "btree";
    index.unique = statement.unique != 0;
    index.nulls_not_distinct = statement.nulls_not_distinct != 0;
    index.position = context.text.position(-1);
    CONFAB_CHECK(context.check_name(index.name, -1));
    for (std::size_t i = 0; i < statement.n_index_params; ++i) {
        CONFAB_TRY(schema::IndexMember member, read_index_member(context, table, *statement.index_params[i]->index_elem,
                                                                 statement.relation->location));
        index.members.push_back(std::move(member));
    }
    for (std::size_t i = 0; i < statement.n_index_including_params; ++i) {
        CONFAB_TRY(const ColumnId column,
                   context.require_column(table, statement.index_including_params[i]->index_elem->name,
                                          statement.relation->location));
        index.include.push_back(column);
    }
    if (statement.where_clause != nullptr) {
        const ExpressionScope scope{context.draft, &table};
        CONFAB_TRY(ReadExpression where, read_expression(scope, context.text, *statement.where_clause));
        index.where_sql = std::move(where.sql);
    }
    const std::string& space = table.name.space;
    if (index.name.empty()) {
        std::vector<schema::IndexMember> all = index.members;
        for (const ColumnId column : index.include) all.emplace_back().column = column;
        index.name = context.draft.choose_relation_name(space, table.name.name, joined_members(table, all), "idx", false);
    } else if (context.draft.relation_exists({space, index.name})) {
        if (statement.if_not_exists != 0) return {};
        if (!context.draft.ignores_case()) {
            return context.error(-1, fmt::format("relation `{}` already exists", printable(index.name)));
        }
        index.name = context.draft.choose_relation_name(space, table.name.name, index.name, "idx", false);
    } else {
        context.draft.claim_relation({space, index.name});
    }
    table.indexes.push_back(std::move(index));
    return {};
}

}  // namespace confab::ddl
