#include "ddl/nodes.hpp"

#include "base/text.hpp"

namespace confab::ddl {

std::string_view string_of(const PgQuery__Node& node) {
    return node.node_case == PG_QUERY__NODE__NODE_STRING ? std::string_view(node.string->sval) : std::string_view();
}

std::vector<std::string> strings_of(PgQuery__Node* const* nodes, std::size_t count) {
    std::vector<std::string> strings;
    for (std::size_t i = 0; i < count; ++i) strings.emplace_back(string_of(*nodes[i]));
    return strings;
}

WrittenName name_of_parts(PgQuery__Node* const* nodes, std::size_t count) {
    WrittenName name;
    if (count > 0) name.name = string_of(*nodes[count - 1]);
    if (count > 1) name.space = string_of(*nodes[count - 2]);
    return name;
}

WrittenName name_of(const PgQuery__RangeVar& relation) { return {relation.schemaname, relation.relname}; }

std::vector<std::string> parts_of_object(const PgQuery__Node& node) {
    switch (node.node_case) {
        case PG_QUERY__NODE__NODE_LIST: return strings_of(node.list->items, node.list->n_items);
        case PG_QUERY__NODE__NODE_TYPE_NAME: return strings_of(node.type_name->names, node.type_name->n_names);
        case PG_QUERY__NODE__NODE_STRING: return {std::string(string_of(node))};
        default: return {};
    }
}

std::optional<std::int64_t> integer_of(const PgQuery__Node* node) {
    if (node == nullptr) return std::nullopt;
    switch (node->node_case) {
        case PG_QUERY__NODE__NODE_INTEGER: return node->integer->ival;
        case PG_QUERY__NODE__NODE_FLOAT: return parse_integer(node->float_->fval);  // too large for 32 bits
        case PG_QUERY__NODE__NODE_A_CONST:
            if (node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL) return node->a_const->ival->ival;
            if (node->a_const->val_case == PG_QUERY__A__CONST__VAL_FVAL) return parse_integer(node->a_const->fval->fval);
            return std::nullopt;
        default: return std::nullopt;
    }
}

std::optional<std::string> string_constant(const PgQuery__Node* node) {
    while (node != nullptr && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) node = node->type_cast->arg;
    if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_A_CONST) return std::nullopt;
    if (node->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL) return std::nullopt;
    return std::string(node->a_const->sval->sval);
}

bool is_null_constant(const PgQuery__Node& node) {
    const PgQuery__Node* at = &node;
    while (at != nullptr && at->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) at = at->type_cast->arg;
    return at != nullptr && at->node_case == PG_QUERY__NODE__NODE_A_CONST && at->a_const->isnull;
}

}  // namespace confab::ddl
