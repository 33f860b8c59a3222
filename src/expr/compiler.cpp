#include "expr/compiler.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "expr/coerce.hpp"
#include "expr/compare.hpp"
#include "expr/functions.hpp"
#include "expr/operators.hpp"
#include "expr/type_names.hpp"
#include "expr/value_type.hpp"

namespace confab::expr {

using schema::Type;
using schema::TypeKind;

namespace {

constexpr int most_levels = 400;          // of nesting: binding, evaluation and analysis recurse
constexpr std::size_t most_nodes = 100'000;  // BETWEEN and CASE bind their operand more than once

Type plain(TypeKind kind) {
    Type type;
    type.kind = kind;
    return type;
}

const Type boolean_type = plain(TypeKind::boolean);

std::string operator_name(const PgQuery__AExpr& expression) {
    std::string name;
    for (std::size_t i = 0; i < expression.n_name; ++i) {
        if (expression.name[i]->node_case == PG_QUERY__NODE__NODE_STRING) name = expression.name[i]->string->sval;
    }
    return name;
}

NodePtr make_node(Op op, const Type& type) {
    auto node = std::make_unique<Node>();
    node->op = op;
    node->type = type;
    set_shape(*node, shape_of(type));
    return node;
}

NodePtr make_boolean(bool value) {
    NodePtr node = make_node(Op::literal, boolean_type);
    node->value.reset(Physical::boolean, 1);
    *node->value.data<std::uint8_t>() = value ? 1 : 0;
    return node;
}

NodePtr make_negation(NodePtr arg) {
    NodePtr node = make_node(Op::negation, boolean_type);
    node->may_fail = arg->may_fail;
    node->args.push_back(std::move(arg));
    return fold(std::move(node));
}

NodePtr make_junction(Op op, std::vector<NodePtr> args) {
    // One constant may decide: the others are then not evaluated at all, whatever they would fail at.
    for (NodePtr& arg : args) {
        if (!arg->is_literal() || arg->is_null_literal() || arg->physical != Physical::boolean) continue;
        if ((*arg->value.data<std::uint8_t>() != 0) == (op == Op::disjunction)) return std::move(arg);
    }
    NodePtr node = make_node(op, boolean_type);
    for (NodePtr& arg : args) {
        node->may_fail = node->may_fail || arg->may_fail;
        // `a AND (b AND c)`: one list.
        if (arg->op == op) {
            for (NodePtr& inner : arg->args) node->args.push_back(std::move(inner));
        } else {
            node->args.push_back(std::move(arg));
        }
    }
    return fold(std::move(node));
}

Result<NodePtr> not_known(std::string what) {
    return Error(ErrorKind::not_supported, std::move(what) + " is not known here");
}

}  // namespace

Result<NodePtr> Compiler::bind(const PgQuery__Node& node) {
    if (depth_ >= most_levels) return not_known("an expression nested so deeply");
    if (++nodes_ > most_nodes) return not_known("an expression of this size");
    ++depth_;
    auto result = bind_inner(node);
    --depth_;
    return result;
}

Result<NodePtr> Compiler::bind_inner(const PgQuery__Node& node) {
    switch (node.node_case) {
        case PG_QUERY__NODE__NODE_A_CONST: return bind_constant(*node.a_const);
        case PG_QUERY__NODE__NODE_COLUMN_REF: return bind_name(*node.column_ref);
        case PG_QUERY__NODE__NODE_A_EXPR: return bind_operator(*node.a_expr);
        case PG_QUERY__NODE__NODE_BOOL_EXPR: return bind_junction(*node.bool_expr);
        case PG_QUERY__NODE__NODE_FUNC_CALL: return bind_function(*node.func_call);
        case PG_QUERY__NODE__NODE_CASE_EXPR: return bind_case(*node.case_expr);
        case PG_QUERY__NODE__NODE_TYPE_CAST: {
            CONFAB_TRY(const Type type, type_of(scope_.schema, *node.type_cast->type_name));
            CONFAB_TRY(NodePtr arg, bind(*node.type_cast->arg));
            return coerce(scope_.schema, std::move(arg), type, Coercion::explicit_cast);
        }
        case PG_QUERY__NODE__NODE_COLLATE_CLAUSE: return bind(*node.collate_clause->arg);
        case PG_QUERY__NODE__NODE_NULL_TEST: {
            CONFAB_TRY(NodePtr arg, bind(*node.null_test->arg));
            NodePtr test = make_node(Op::is_null, boolean_type);
            test->inverted = node.null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL;
            test->may_fail = arg->may_fail;
            test->args.push_back(std::move(arg));
            return fold(std::move(test));
        }
        case PG_QUERY__NODE__NODE_BOOLEAN_TEST: {
            CONFAB_TRY(NodePtr arg, bind_boolean(*node.boolean_test->arg, "IS TRUE"));
            NodePtr test = make_node(Op::is_truth, boolean_type);
            switch (node.boolean_test->booltesttype) {
                case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE: test->inverted = true; [[fallthrough]];
                case PG_QUERY__BOOL_TEST_TYPE__IS_TRUE: test->name = "TRUE"; break;
                case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE: test->inverted = true; [[fallthrough]];
                case PG_QUERY__BOOL_TEST_TYPE__IS_FALSE: test->name = "FALSE"; break;
                case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_UNKNOWN: test->inverted = true; [[fallthrough]];
                default: test->name = "UNKNOWN"; break;
            }
            test->may_fail = arg->may_fail;
            test->args.push_back(std::move(arg));
            return fold(std::move(test));
        }
        case PG_QUERY__NODE__NODE_COALESCE_EXPR:
            return bind_list(Op::coalesce, false, "COALESCE", node.coalesce_expr->args, node.coalesce_expr->n_args);
        case PG_QUERY__NODE__NODE_MIN_MAX_EXPR: {
            const bool least = node.min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_LEAST;
            return bind_list(Op::extremum, least, least ? "LEAST" : "GREATEST", node.min_max_expr->args,
                             node.min_max_expr->n_args);
        }
        case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
            switch (node.sqlvalue_function->op) {
                case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
                    return bind_clock("CURRENT_DATE", TypeKind::date);
                case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
                case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
                    return bind_clock("CURRENT_TIMESTAMP", TypeKind::timestamp_tz);
                case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
                case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
                    return bind_clock("LOCALTIMESTAMP", TypeKind::timestamp);
                case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
                case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
                    return bind_clock("LOCALTIME", TypeKind::time);
                default: return not_known("current_user (or the like)");
            }
        case PG_QUERY__NODE__NODE_A_ARRAY_EXPR: return not_known("ARRAY[…] outside of ANY and ALL");
        case PG_QUERY__NODE__NODE_A_INDIRECTION: return not_known("a subscript or a field of a value");
        case PG_QUERY__NODE__NODE_SUB_LINK: return not_known("a subquery");
        case PG_QUERY__NODE__NODE_ROW_EXPR: return not_known("a row outside of a comparison");
        default: return not_known("this kind of expression");
    }
}

Result<NodePtr> Compiler::bind_constant(const PgQuery__AConst& constant) {
    if (constant.isnull) {
        NodePtr node = make_unknown("");
        node->value.set_null(0);
        return node;
    }
    switch (constant.val_case) {
        case PG_QUERY__A__CONST__VAL_IVAL: return make_integer(constant.ival->ival);
        case PG_QUERY__A__CONST__VAL_BOOLVAL: return make_boolean(constant.boolval->boolval);
        case PG_QUERY__A__CONST__VAL_SVAL: return make_unknown(constant.sval->sval);
        case PG_QUERY__A__CONST__VAL_FVAL: {
            // Too large for integer: bigint where it fits, else numeric.
            const std::string_view text = constant.fval->fval;
            if (const auto whole = parse_integer(text)) return make_integer(*whole);
            NodePtr node = make_unknown(text);
            auto number = coerce(scope_.schema, std::move(node), plain(TypeKind::numeric), Coercion::implicit);
            if (!number) return not_known(fmt::format("a number like {}", printable(text, 60)));
            return number;
        }
        default: return not_known("a bit string");
    }
}

Result<NodePtr> Compiler::bind_boolean(const PgQuery__Node& node, std::string_view where) {
    CONFAB_TRY(NodePtr arg, bind(node));
    if (arg->unknown) return coerce(scope_.schema, std::move(arg), boolean_type, Coercion::implicit);
    if (arg->type.kind != TypeKind::boolean || arg->type.is_array()) {
        return Error(ErrorKind::invalid_input,
                     fmt::format("argument of {} must be boolean, not {}", where, name_of(*arg)));
    }
    return arg;
}

Result<NodePtr> Compiler::bind_junction(const PgQuery__BoolExpr& expression) {
    std::vector<NodePtr> args;
    const bool negated = expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR;
    const bool is_and = expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    for (std::size_t i = 0; i < expression.n_args; ++i) {
        CONFAB_TRY(NodePtr arg, bind_boolean(*expression.args[i], negated ? "NOT" : is_and ? "AND" : "OR"));
        args.push_back(std::move(arg));
    }
    if (negated) return make_negation(std::move(args[0]));
    return make_junction(is_and ? Op::conjunction : Op::disjunction, std::move(args));
}

Result<NodePtr> Compiler::bind_binary(std::string_view name, const PgQuery__Node& left, const PgQuery__Node& right) {
    if (left.node_case == PG_QUERY__NODE__NODE_ROW_EXPR && right.node_case == PG_QUERY__NODE__NODE_ROW_EXPR) {
        return bind_row_comparison(name, *left.row_expr, *right.row_expr);
    }
    CONFAB_TRY(NodePtr a, bind(left));
    CONFAB_TRY(NodePtr b, bind(right));
    return make_operator(scope_.schema, name, std::move(a), std::move(b));
}

Result<NodePtr> Compiler::bind_row_comparison(std::string_view name, const PgQuery__RowExpr& left,
                                              const PgQuery__RowExpr& right) {
    if (name == "!=") name = "<>";
    if (left.n_args != right.n_args || left.n_args == 0) {
        return Error(ErrorKind::invalid_input, "rows of different lengths are compared");
    }
    std::vector<NodePtr> parts;
    if (name == "=" || name == "<>") {
        for (std::size_t i = 0; i < left.n_args; ++i) {
            CONFAB_TRY(NodePtr part, bind_binary(name, *left.args[i], *right.args[i]));
            parts.push_back(std::move(part));
        }
        if (parts.size() == 1) return std::move(parts[0]);
        return make_junction(name == "=" ? Op::conjunction : Op::disjunction, std::move(parts));
    }
    if (name.empty() || (name[0] != '<' && name[0] != '>')) return not_known(fmt::format("{} on rows", name));
    // (a, b) < (c, d) is a < c OR (a = c AND b < d).
    const std::string strict(1, name[0]);
    for (std::size_t i = 0; i < left.n_args; ++i) {
        std::vector<NodePtr> together;
        for (std::size_t k = 0; k < i; ++k) {
            CONFAB_TRY(NodePtr same, bind_binary("=", *left.args[k], *right.args[k]));
            together.push_back(std::move(same));
        }
        const bool last = i + 1 == left.n_args;
        CONFAB_TRY(NodePtr order, bind_binary(last ? name : strict, *left.args[i], *right.args[i]));
        if (together.empty()) {
            parts.push_back(std::move(order));
        } else {
            together.push_back(std::move(order));
            parts.push_back(make_junction(Op::conjunction, std::move(together)));
        }
    }
    if (parts.size() == 1) return std::move(parts[0]);
    return make_junction(Op::disjunction, std::move(parts));
}

Result<NodePtr> Compiler::bind_operator(const PgQuery__AExpr& expression) {
    const std::string name = operator_name(expression);
    switch (expression.kind) {
        case PG_QUERY__A__EXPR__KIND__AEXPR_OP: {
            if (expression.lexpr == nullptr) {
                // PostgreSQL reads -2147483648 as the negation of a bigint; as a literal it is what was meant.
                CONFAB_TRY(NodePtr arg, bind(*expression.rexpr));
                return make_operator(scope_.schema, name, nullptr, std::move(arg));
            }
            if (name == "~" || name == "~*" || name == "!~" || name == "!~*" || name == "~~" || name == "!~~" ||
                name == "~~*" || name == "!~~*") {
                CONFAB_TRY(NodePtr text, bind(*expression.lexpr));
                CONFAB_TRY(NodePtr pattern, bind(*expression.rexpr));
                return make_match(scope_.schema, name, std::move(text), std::move(pattern), '\\');
            }
            if (name == "^") {
                std::vector<NodePtr> args(2);
                CONFAB_TRY(args[0], bind(*expression.lexpr));
                CONFAB_TRY(args[1], bind(*expression.rexpr));
                return make_function(scope_.schema, "power", std::move(args));
            }
            return bind_binary(name, *expression.lexpr, *expression.rexpr);
        }
        case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
        case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL: return bind_any_all(expression);
        case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
        case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT: return bind_distinct(expression);
        case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF: return bind_nullif(expression);
        case PG_QUERY__A__EXPR__KIND__AEXPR_IN: return bind_in(expression);
        case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
        case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
        case PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR: return bind_like(expression, name);
        default: return bind_between(expression);
    }
}

// x BETWEEN a AND b is x >= a AND x <= b; SYMMETRIC allows both orders.
Result<NodePtr> Compiler::bind_between(const PgQuery__AExpr& expression) {
    const PgQuery__List& bounds = *expression.rexpr->list;
    const auto range = [&](const PgQuery__Node& low, const PgQuery__Node& high) -> Result<NodePtr> {
        std::vector<NodePtr> parts(2);
        CONFAB_TRY(parts[0], bind_binary(">=", *expression.lexpr, low));
        CONFAB_TRY(parts[1], bind_binary("<=", *expression.lexpr, high));
        return make_junction(Op::conjunction, std::move(parts));
    };
    CONFAB_TRY(NodePtr node, range(*bounds.items[0], *bounds.items[1]));
    const bool symmetric = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM ||
                           expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM;
    if (symmetric) {
        std::vector<NodePtr> either(2);
        either[0] = std::move(node);
        CONFAB_TRY(either[1], range(*bounds.items[1], *bounds.items[0]));
        node = make_junction(Op::disjunction, std::move(either));
    }
    const bool negated = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN ||
                         expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM;
    return negated ? make_negation(std::move(node)) : std::move(node);
}

// `nodes` are the needle and the list.
static Result<NodePtr> make_membership(const schema::Schema& schema, std::vector<NodePtr> nodes, bool inverted) {
    CONFAB_CHECK(unify(schema, "IN", nodes));
    NodePtr node = make_node(Op::membership, boolean_type);
    node->inverted = inverted;
    bool constant = true;
    std::vector<const Vector*> literals;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        node->may_fail = node->may_fail || nodes[i]->may_fail;
        if (i == 0) continue;
        constant = constant && nodes[i]->is_literal();
        literals.push_back(&nodes[i]->value);
    }
    const Physical kind = nodes[0]->physical;
    node->kernel = comparison_kernel(kind, "=");
    if (constant) node->prepared = std::make_shared<ConstantSet>(kind, literals);
    node->args = std::move(nodes);
    return fold(std::move(node));
}

Result<NodePtr> Compiler::bind_in(const PgQuery__AExpr& expression) {
    const bool inverted = operator_name(expression) == "<>";
    const PgQuery__List& list = *expression.rexpr->list;
    if (expression.lexpr->node_case == PG_QUERY__NODE__NODE_ROW_EXPR) {
        std::vector<NodePtr> either;
        for (std::size_t i = 0; i < list.n_items; ++i) {
            CONFAB_TRY(NodePtr same, bind_binary("=", *expression.lexpr, *list.items[i]));
            either.push_back(std::move(same));
        }
        NodePtr node = either.size() == 1 ? std::move(either[0]) : make_junction(Op::disjunction, std::move(either));
        return inverted ? make_negation(std::move(node)) : std::move(node);
    }
    std::vector<NodePtr> nodes;
    CONFAB_TRY(NodePtr needle, bind(*expression.lexpr));
    nodes.push_back(std::move(needle));
    for (std::size_t i = 0; i < list.n_items; ++i) {
        CONFAB_TRY(NodePtr item, bind(*list.items[i]));
        nodes.push_back(std::move(item));
    }
    return make_membership(scope_.schema, std::move(nodes), inverted);
}

namespace {

// Elements of `{a,"b c",NULL}` as unknown literals.
Result<std::vector<NodePtr>> read_array(std::string_view text) {
    const Error bad(ErrorKind::invalid_input, fmt::format("'{}' is not an array", printable(text)));
    text = trim(text);
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') return bad;
    std::vector<NodePtr> elements;
    std::size_t i = 1;
    const std::size_t end = text.size() - 1;
    while (i < end) {
        while (i < end && text[i] == ' ') ++i;
        std::string element;
        bool quoted = false;
        if (i < end && text[i] == '"') {
            quoted = true;
            for (++i; i < end && text[i] != '"'; ++i) {
                if (text[i] == '\\' && i + 1 < end) ++i;
                element += text[i];
            }
            if (i >= end) return bad;
            ++i;
            while (i < end && text[i] == ' ') ++i;
        } else {
            for (; i < end && text[i] != ','; ++i) {
                if (text[i] == '{' || text[i] == '}') return bad;
                if (text[i] == '\\' && i + 1 < end) ++i;
                element += text[i];
            }
            element = trim(element);
            if (element.empty()) return bad;
        }
        if (i < end && text[i] != ',') return bad;
        ++i;
        NodePtr node = make_unknown(element);
        if (!quoted && equal_ignoring_case(element, "null")) node->value.set_null(0);
        elements.push_back(std::move(node));
    }
    return elements;
}

}  // namespace

// x = ANY (ARRAY[…]) is IN; other operators become a chain of OR (ANY) or AND (ALL).
Result<NodePtr> Compiler::bind_any_all(const PgQuery__AExpr& expression) {
    const bool any = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY;
    std::string name = operator_name(expression);
    if (name == "!=") name = "<>";
    const PgQuery__Node* array = expression.rexpr;
    std::optional<Type> element_type;
    while (array->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        CONFAB_TRY(Type type, type_of(scope_.schema, *array->type_cast->type_name));
        if (!type.is_array()) return not_known("ANY or ALL of what is not an array");
        if (!element_type) {
            type.dimensions = 0;
            element_type = type;
        }
        array = array->type_cast->arg;
    }
    std::vector<NodePtr> elements;
    if (array->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR) {
        for (std::size_t i = 0; i < array->a_array_expr->n_elements; ++i) {
            CONFAB_TRY(NodePtr element, bind(*array->a_array_expr->elements[i]));
            elements.push_back(std::move(element));
        }
    } else if (array->node_case == PG_QUERY__NODE__NODE_A_CONST &&
               array->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL) {
        CONFAB_TRY(elements, read_array(array->a_const->sval->sval));
    } else {
        return not_known("ANY or ALL of an array that is not a constant");
    }
    if (elements.empty()) return make_boolean(!any);
    if (element_type) {
        for (NodePtr& element : elements) {
            CONFAB_TRY(element, coerce(scope_.schema, std::move(element), *element_type, Coercion::explicit_cast));
            element->form = Form::implicit;
        }
    }
    if ((any && name == "=") || (!any && name == "<>")) {
        std::vector<NodePtr> nodes;
        CONFAB_TRY(NodePtr needle, bind(*expression.lexpr));
        nodes.push_back(std::move(needle));
        for (NodePtr& element : elements) nodes.push_back(std::move(element));
        return make_membership(scope_.schema, std::move(nodes), !any);
    }
    std::vector<NodePtr> parts;
    for (NodePtr& element : elements) {
        CONFAB_TRY(NodePtr left, bind(*expression.lexpr));
        const bool match = name.find('~') != std::string::npos;
        auto part = match ? make_match(scope_.schema, name, std::move(left), std::move(element), '\\')
                          : make_operator(scope_.schema, name, std::move(left), std::move(element));
        if (!part) return std::move(part).error();
        parts.push_back(*std::move(part));
    }
    if (parts.size() == 1) return std::move(parts[0]);
    return make_junction(any ? Op::disjunction : Op::conjunction, std::move(parts));
}

Result<NodePtr> Compiler::bind_distinct(const PgQuery__AExpr& expression) {
    std::vector<NodePtr> pair(2);
    CONFAB_TRY(pair[0], bind(*expression.lexpr));
    CONFAB_TRY(pair[1], bind(*expression.rexpr));
    CONFAB_CHECK(unify(scope_.schema, "comparison", pair));
    NodePtr node = make_node(Op::is_distinct, boolean_type);
    node->inverted = expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT;
    node->kernel = comparison_kernel(pair[0]->physical, "=");
    node->may_fail = pair[0]->may_fail || pair[1]->may_fail;
    node->args = std::move(pair);
    return fold(std::move(node));
}

Result<NodePtr> Compiler::bind_nullif(const PgQuery__AExpr& expression) {
    std::vector<NodePtr> pair(2);
    CONFAB_TRY(pair[0], bind(*expression.lexpr));
    CONFAB_TRY(pair[1], bind(*expression.rexpr));
    // The result is the first operand as `=` sees it: promoted where there is no operator for both types as they are.
    const Type own = pair[0]->type;
    const bool unknown = pair[0]->unknown;
    CONFAB_CHECK(unify(scope_.schema, "comparison", pair));
    CONFAB_TRY(NodePtr value, bind(*expression.lexpr));
    const TypeKind common = pair[0]->type.kind;
    if (unknown || (own.kind != common && (common == TypeKind::numeric || schema::is_character(common)))) {
        CONFAB_TRY(value, coerce(scope_.schema, std::move(value), pair[0]->type, Coercion::implicit));
    }
    NodePtr node = make_node(Op::nullif, value->type);
    set_shape(*node, {value->physical, value->scale, value->digits});
    node->kernel = comparison_kernel(pair[0]->physical, "=");
    node->may_fail = pair[0]->may_fail || pair[1]->may_fail;
    node->args = std::move(pair);
    node->args.push_back(std::move(value));
    return fold(std::move(node));
}

// The pattern of LIKE … ESCAPE and SIMILAR TO is wrapped in a function call by the grammar.
Result<NodePtr> Compiler::bind_like(const PgQuery__AExpr& expression, std::string_view name) {
    CONFAB_TRY(NodePtr text, bind(*expression.lexpr));
    const PgQuery__Node* pattern = expression.rexpr;
    char escape = '\\';
    if (pattern->node_case == PG_QUERY__NODE__NODE_FUNC_CALL && pattern->func_call->n_args >= 1) {
        const PgQuery__FuncCall& wrapped = *pattern->func_call;
        if (wrapped.n_funcname == 0 || wrapped.funcname[wrapped.n_funcname - 1]->node_case != PG_QUERY__NODE__NODE_STRING) {
            return not_known("this pattern");
        }
        const std::string_view function = wrapped.funcname[wrapped.n_funcname - 1]->string->sval;
        if (function == "like_escape" || function == "similar_to_escape") {
            pattern = wrapped.args[0];
            if (wrapped.n_args == 2) {
                CONFAB_TRY(NodePtr node, bind(*wrapped.args[1]));
                if (!node->unknown || node->is_null_literal() || node->name.size() > 1) {
                    return not_known("an ESCAPE that is not one character");
                }
                escape = node->name.empty() ? '\0' : node->name[0];
            }
        }
    }
    CONFAB_TRY(NodePtr bound, bind(*pattern));
    if (expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR) {
        name = name == "!~" ? "not similar to" : "similar to";
    }
    return make_match(scope_.schema, name, std::move(text), std::move(bound), escape);
}

Result<NodePtr> Compiler::bind_case(const PgQuery__CaseExpr& expression) {
    std::vector<NodePtr> conditions;
    std::vector<NodePtr> results;
    for (std::size_t i = 0; i < expression.n_args; ++i) {
        const PgQuery__CaseWhen& when = *expression.args[i]->case_when;
        if (expression.arg != nullptr) {
            CONFAB_TRY(NodePtr condition, bind_binary("=", *expression.arg, *when.expr));
            conditions.push_back(std::move(condition));
        } else {
            CONFAB_TRY(NodePtr condition, bind_boolean(*when.expr, "CASE WHEN"));
            conditions.push_back(std::move(condition));
        }
        CONFAB_TRY(NodePtr result, bind(*when.result));
        results.push_back(std::move(result));
    }
    if (expression.defresult != nullptr) {
        CONFAB_TRY(NodePtr otherwise, bind(*expression.defresult));
        results.push_back(std::move(otherwise));
    } else {
        NodePtr otherwise = make_unknown("");
        otherwise->value.set_null(0);
        results.push_back(std::move(otherwise));
    }
    // The type of ELSE is looked at first.
    std::rotate(results.begin(), results.end() - 1, results.end());
    CONFAB_CHECK(unify(scope_.schema, "CASE", results));
    std::rotate(results.begin(), results.begin() + 1, results.end());
    NodePtr node = make_node(Op::conditional, results[0]->type);
    set_shape(*node, {results[0]->physical, results[0]->scale, results[0]->digits});
    for (const NodePtr& result : results) node->digits = std::max(node->digits, result->digits);
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (i < conditions.size()) {
            node->may_fail = node->may_fail || conditions[i]->may_fail;
            node->args.push_back(std::move(conditions[i]));
        }
        node->may_fail = node->may_fail || results[i]->may_fail;
        node->args.push_back(std::move(results[i]));
    }
    return fold(std::move(node));
}

Result<NodePtr> Compiler::bind_list(Op op, bool inverted, std::string_view name, PgQuery__Node* const* args,
                                    std::size_t count) {
    std::vector<NodePtr> nodes;
    for (std::size_t i = 0; i < count; ++i) {
        CONFAB_TRY(NodePtr node, bind(*args[i]));
        nodes.push_back(std::move(node));
    }
    CONFAB_CHECK(unify(scope_.schema, name, nodes));
    NodePtr list = make_node(op, nodes[0]->type);
    set_shape(*list, {nodes[0]->physical, nodes[0]->scale, nodes[0]->digits});
    list->inverted = inverted;
    list->name = name;
    list->kernel = comparison_kernel(list->physical, inverted ? "<" : ">");
    for (NodePtr& node : nodes) {
        list->digits = std::max(list->digits, node->digits);
        list->may_fail = list->may_fail || node->may_fail;
        list->args.push_back(std::move(node));
    }
    return fold(std::move(list));
}

Result<NodePtr> Compiler::bind_count_nulls(const PgQuery__FuncCall& call, bool inverted) {
    NodePtr node = make_node(Op::count_nulls, plain(TypeKind::integer));
    node->inverted = inverted;
    for (std::size_t i = 0; i < call.n_args; ++i) {
        CONFAB_TRY(NodePtr arg, bind(*call.args[i]));
        node->may_fail = node->may_fail || arg->may_fail;
        node->args.push_back(std::move(arg));
    }
    return fold(std::move(node));
}

Result<NodePtr> Compiler::bind_function(const PgQuery__FuncCall& call) {
    std::vector<std::string> path;
    for (std::size_t i = 0; i < call.n_funcname; ++i) {
        if (call.funcname[i]->node_case == PG_QUERY__NODE__NODE_STRING) path.emplace_back(call.funcname[i]->string->sval);
    }
    if (path.size() == 2 && path[0] == "pg_catalog") path.erase(path.begin());
    const std::string name = join(path, ".");
    if (call.over != nullptr || call.agg_within_group || call.func_variadic) {
        return not_known(fmt::format("a window, WITHIN GROUP or VARIADIC with {}", name));
    }
    constexpr std::pair<std::string_view, Aggregate> aggregates[] = {
        {"count", Aggregate::count},       {"sum", Aggregate::sum},         {"min", Aggregate::min},
        {"max", Aggregate::max},           {"avg", Aggregate::avg},         {"bool_and", Aggregate::bool_and},
        {"bool_or", Aggregate::bool_or},   {"every", Aggregate::bool_and}};
    for (const auto& [text, aggregate] : aggregates) {
        if (name == text) return bind_aggregate(call, aggregate);
    }
    if (call.agg_filter != nullptr || call.agg_distinct || call.agg_star || call.n_agg_order > 0) {
        return not_known(fmt::format("the aggregate {}", name));
    }
    if (call.n_args == 0) {
        if (name == "now" || name == "transaction_timestamp" || name == "statement_timestamp" ||
            name == "clock_timestamp") {
            return bind_clock(name + "()", TypeKind::timestamp_tz);
        }
    }
    if (name == "num_nulls" || name == "num_nonnulls") return bind_count_nulls(call, name == "num_nonnulls");
    if (name == "overlaps") return bind_overlaps(call);
    std::vector<NodePtr> args;
    for (std::size_t i = 0; i < call.n_args; ++i) {
        if (call.args[i]->node_case == PG_QUERY__NODE__NODE_NAMED_ARG_EXPR) {
            return not_known(fmt::format("a named argument of {}", name));
        }
        CONFAB_TRY(NodePtr arg, bind(*call.args[i]));
        args.push_back(std::move(arg));
    }
    // The age as of today's midnight.
    if (name == "age" && args.size() == 1) {
        CONFAB_TRY(NodePtr today, bind_clock("CURRENT_DATE", TypeKind::date));
        args.insert(args.begin(), std::move(today));
    }
    // The same function under the name that takes plain arguments.
    return make_function(scope_.schema, name == "position" ? "strpos" : name, std::move(args));
}

// (s1, e1) OVERLAPS (s2, e2): each pair is put in order, an end may be an interval, and a pair of equal ends is
// a moment. With NULL among the four PostgreSQL sometimes still knows; here it is NULL.
Result<NodePtr> Compiler::bind_overlaps(const PgQuery__FuncCall& call) {
    if (call.n_args != 4) return not_known("OVERLAPS with other than two pairs");
    const auto end_of = [&](std::size_t pair, bool later) -> Result<NodePtr> {
        std::vector<NodePtr> ends(2);
        CONFAB_TRY(ends[0], bind(*call.args[pair]));
        CONFAB_TRY(ends[1], bind(*call.args[pair + 1]));
        if (ends[1]->type.kind == TypeKind::interval) {
            CONFAB_TRY(NodePtr start, bind(*call.args[pair]));
            CONFAB_TRY(ends[1], make_operator(scope_.schema, "+", std::move(start), std::move(ends[1])));
        }
        CONFAB_CHECK(unify(scope_.schema, "OVERLAPS", ends));
        NodePtr node = make_node(Op::extremum, ends[0]->type);
        node->inverted = !later;
        node->name = later ? "GREATEST" : "LEAST";
        node->kernel = comparison_kernel(node->physical, later ? ">" : "<");
        node->may_fail = ends[0]->may_fail || ends[1]->may_fail;
        node->args = std::move(ends);
        return node;
    };
    const auto compare = [&](std::string_view name, std::size_t left, bool left_later, std::size_t right,
                             bool right_later) -> Result<NodePtr> {
        CONFAB_TRY(NodePtr a, end_of(left, left_later));
        CONFAB_TRY(NodePtr b, end_of(right, right_later));
        return make_operator(scope_.schema, name, std::move(a), std::move(b));
    };
    std::vector<NodePtr> ways;
    std::vector<NodePtr> apart(2);
    CONFAB_TRY(apart[0], compare("<", 0, false, 2, true));
    CONFAB_TRY(apart[1], compare("<", 2, false, 0, true));
    ways.push_back(make_junction(Op::conjunction, std::move(apart)));
    CONFAB_TRY(NodePtr same_start, compare("=", 0, false, 2, false));
    ways.push_back(std::move(same_start));
    return make_junction(Op::disjunction, std::move(ways));
}

// ---- names ---------------------------------------------------------------------------------------------------

Result<NodePtr> Compiler::add_input(Input input, std::string written) {
    const Type type = input.type;
    std::size_t position = 0;
    const auto sql_of = [](const std::shared_ptr<const Program>& program) {
        return program ? program->sql() : std::string();
    };
    for (; position < inputs_.size(); ++position) {
        const Input& other = inputs_[position];
        if (other.kind == input.kind && other.path == input.path && other.table == input.table &&
            other.column == input.column && other.child == input.child && other.aggregate == input.aggregate &&
            sql_of(other.argument) == sql_of(input.argument) && sql_of(other.filter) == sql_of(input.filter) &&
            (other.argument != nullptr) == (input.argument != nullptr)) {
            break;
        }
    }
    if (position == inputs_.size()) inputs_.push_back(std::move(input));
    NodePtr node = make_node(Op::input, type);
    node->input = position;
    node->name = std::move(written);
    return node;
}

Result<NodePtr> Compiler::bind_clock(std::string_view written, TypeKind kind) {
    Input input;
    input.kind = InputKind::as_of;
    input.table = scope_.table;
    input.type = plain(TypeKind::date);
    CONFAB_TRY(NodePtr day, add_input(std::move(input), "as_of"));
    if (kind == TypeKind::date) {
        day->name = written;
        return day;
    }
    CONFAB_TRY(NodePtr moment, coerce(scope_.schema, std::move(day), plain(TypeKind::timestamp_tz), Coercion::implicit));
    if (kind != TypeKind::timestamp_tz) {
        CONFAB_TRY(moment, coerce(scope_.schema, std::move(moment), plain(kind), Coercion::assignment));
    }
    moment->form = Form::verbatim;
    moment->name = written;
    return moment;
}

Result<NodePtr> Compiler::bind_column(schema::TableId table, const std::vector<Hop>& path, schema::ColumnId column) {
    Input input;
    input.kind = InputKind::column;
    input.path = path;
    input.table = table;
    input.column = column;
    input.type = scope_.schema.base_type(scope_.schema.tables[table].columns[column].type);
    std::string written;
    for (const Hop& hop : path) {
        const schema::Table& holder = scope_.schema.tables[hop.table];
        const schema::ForeignKey& key = holder.foreign_keys[hop.foreign_key];
        // The column where it names this key alone, else the constraint.
        std::string step = key.name;
        if (key.columns.size() == 1) {
            const std::string& by_column = holder.columns[key.columns[0]].name;
            const auto named = std::count_if(
                holder.foreign_keys.begin(), holder.foreign_keys.end(), [&](const schema::ForeignKey& other) {
                    return other.name == by_column ||
                           (other.columns.size() == 1 && other.columns[0] == key.columns[0]);
                });
            if (named == 1) step = by_column;
        }
        written += schema::quoted_identifier(step) + ".";
    }
    written += schema::quoted_identifier(scope_.schema.tables[table].columns[column].name);
    return add_input(std::move(input), std::move(written));
}

Result<NodePtr> Compiler::bind_name(const PgQuery__ColumnRef& reference) {
    std::vector<std::string> fields = fields_of(reference);
    constexpr std::size_t most_fields = 16;
    if (fields.size() > most_fields) return not_known("a name of so many parts");
    if (!scope_.prefix.empty()) {
        if (fields.size() <= scope_.prefix.size() ||
            !std::equal(scope_.prefix.begin(), scope_.prefix.end(), fields.begin())) {
            return Error(ErrorKind::invalid_input,
                         fmt::format("{}: inside this aggregate names start with {}", join(fields, "."),
                                     join(scope_.prefix, ".")));
        }
        fields.erase(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(scope_.prefix.size()));
    }
    if (fields.back() == "*") {
        return Error(ErrorKind::invalid_input, "* stands for a row: only count(child.*) takes one");
    }
    if (fields.size() == 1) {
        if (scope_.value_type != nullptr && equal_ignoring_case(fields[0], "value")) {
            Input input;
            input.kind = InputKind::column;
            input.table = scope_.table;
            input.type = scope_.schema.base_type(*scope_.value_type);
            return add_input(std::move(input), "VALUE");
        }
        const bool is_column = scope_.table < scope_.schema.tables.size() &&
                               scope_.schema.tables[scope_.table].find_column(fields[0]).has_value();
        if (fields[0] == "as_of" && !is_column) return bind_clock("as_of", TypeKind::date);
    }
    if (scope_.value_type != nullptr || scope_.table >= scope_.schema.tables.size()) {
        return Error(ErrorKind::invalid_input, fmt::format("{}: a domain's check knows only VALUE", join(fields, ".")));
    }
    CONFAB_TRY(const ColumnPath found, resolve_column(scope_.schema, scope_.table, fields));
    return bind_column(found.table, found.path, found.column);
}

}  // namespace confab::expr
