#include "gate/expressions.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "gate/allowlists.hpp"
#include "pgtree/pgtree.hpp"
#include "pgtree/walk.hpp"
#include "schema/extensions.hpp"

namespace confab::gate {
namespace {

using schema::TypeKind;

// Nodes that hold no power of their own: constants, operators' frames, conditions, lists.
constexpr std::array harmless_nodes = {
    &pg_query__node__descriptor,          &pg_query__a__const__descriptor,      &pg_query__integer__descriptor,
    &pg_query__float__descriptor,         &pg_query__boolean__descriptor,       &pg_query__string__descriptor,
    &pg_query__bit_string__descriptor,    &pg_query__list__descriptor,          &pg_query__bool_expr__descriptor,
    &pg_query__null_test__descriptor,     &pg_query__boolean_test__descriptor,  &pg_query__case_expr__descriptor,
    &pg_query__case_when__descriptor,     &pg_query__coalesce_expr__descriptor, &pg_query__min_max_expr__descriptor,
    &pg_query__a__array_expr__descriptor, &pg_query__row_expr__descriptor,      &pg_query__a__indices__descriptor,
    &pg_query__named_arg_expr__descriptor, &pg_query__sqlvalue_function__descriptor,
};

std::string_view text_of(const PgQuery__Node* node) {
    return node != nullptr && node->node_case == PG_QUERY__NODE__NODE_STRING ? std::string_view(node->string->sval)
                                                                             : std::string_view();
}

struct Name {
    std::string_view space;
    std::string_view name;
};

Name last_name(PgQuery__Node* const* parts, std::size_t count) {
    return {count > 1 ? text_of(parts[count - 2]) : std::string_view(), count > 0 ? text_of(parts[count - 1]) : std::string_view()};
}

class ExpressionScreen {
  public:
    ExpressionScreen(const schema::Schema& schema, Names names, const schema::Table* table)
        : schema_(schema), names_(names), table_(table) {}

    Screened run(std::string_view sql) {
        auto parsed = pgtree::parse_expression(sql);
        if (const auto* error = std::get_if<pgtree::SyntaxError>(&parsed)) {
            result_.refused = "it does not parse: " + error->message;
            return std::move(result_);
        }
        PgQuery__Node* node = std::get<pgtree::ParsedExpression>(parsed).node;
        pgtree::walk(node->base, [&](const ProtobufCMessage& message) {
            if (!result_.refused) look(message);
            return !result_.refused;
        });
        if (result_.refused) return std::move(result_);
        if (!changed_) {
            result_.sql = sql;
        } else if (Result<std::string> written = pgtree::deparse_expression(*node)) {
            result_.sql = *std::move(written);
        } else {
            result_.refused = written.error().message;
        }
        return std::move(result_);
    }

  private:
    void refuse(std::string why) { result_.refused = std::move(why); }

    void look(const ProtobufCMessage& message) {
        if (const auto* reference = pgtree::as<PgQuery__ColumnRef>(message, pg_query__column_ref__descriptor)) {
            look_at_column(*reference);
        } else if (const auto* call = pgtree::as<PgQuery__FuncCall>(message, pg_query__func_call__descriptor)) {
            look_at_call(*call);
        } else if (const auto* operation = pgtree::as<PgQuery__AExpr>(message, pg_query__a__expr__descriptor)) {
            look_at_operator(*operation);
        } else if (const auto* type = pgtree::as<PgQuery__TypeName>(message, pg_query__type_name__descriptor)) {
            look_at_type(*type);
        } else if (const auto* cast = pgtree::as<PgQuery__TypeCast>(message, pg_query__type_cast__descriptor)) {
            look_at_cast(*cast);
        } else if (const auto* collate = pgtree::as<PgQuery__CollateClause>(message, pg_query__collate_clause__descriptor)) {
            const Name name = last_name(collate->collname, collate->n_collname);
            if (!is_portable_collation(name.name)) refuse(fmt::format("the collation {} is not on every server", name.name));
        } else if (const auto* indirection = pgtree::as<PgQuery__AIndirection>(message, pg_query__a__indirection__descriptor)) {
            look_at_indirection(*indirection);
        } else if (const auto* xml = pgtree::as<PgQuery__XmlExpr>(message, pg_query__xml_expr__descriptor)) {
            if (xml->op != PG_QUERY__XML_EXPR_OP__IS_DOCUMENT) refuse("it makes XML");
        } else if (pgtree::as<PgQuery__SubLink>(message, pg_query__sub_link__descriptor) != nullptr) {
            refuse("it holds a query of its own");
        } else if (std::find(harmless_nodes.begin(), harmless_nodes.end(), message.descriptor) == harmless_nodes.end()) {
            refuse(fmt::format("{} is not allowed", message.descriptor->short_name));
        }
    }

    // `t.f` calls a function f as well as it names a column: only plain columns pass.
    void look_at_column(const PgQuery__ColumnRef& reference) {
        const std::string_view name = reference.n_fields == 1 ? text_of(reference.fields[0]) : std::string_view();
        if (name.empty()) return refuse("it names a whole row, or what is not a column of the table");
        const bool known = names_ == Names::any_column ||
                           (names_ == Names::own_columns && table_->find_column(name).has_value()) ||
                           (names_ == Names::value && name == "value");
        if (!known) refuse(fmt::format("`{}` is no column here", printable(name)));
    }

    void look_at_call(const PgQuery__FuncCall& call) {
        const Name name = last_name(call.funcname, call.n_funcname);
        if (call.agg_star != 0 || call.agg_distinct != 0 || call.over != nullptr || call.agg_filter != nullptr ||
            call.n_agg_order > 0 || call.agg_within_group != 0) {
            return refuse(fmt::format("{} is called as an aggregate", printable(name.name)));
        }
        if (call.n_funcname > 2) return refuse(fmt::format("function {} has a name of three parts", printable(name.name)));
        const bool in_catalog = name.space.empty() || name.space == "pg_catalog";
        if (in_catalog && name.name == "nextval") return look_at_nextval(call);
        if (in_catalog && is_allowed_function(name.name)) return;
        if (const auto extension = schema::extension_of_function(name.name); extension && name.space != "pg_catalog") {
            // Wherever the upload had it, here it will be where the search path finds it.
            result_.extensions.emplace(*extension);
            if (call.n_funcname > 1) {
                auto& mutable_call = const_cast<PgQuery__FuncCall&>(call);
                mutable_call.funcname[0] = mutable_call.funcname[call.n_funcname - 1];
                mutable_call.n_funcname = 1;
                changed_ = true;
            }
            return;
        }
        const std::string shown = name.space.empty() ? std::string(name.name) : fmt::format("{}.{}", name.space, name.name);
        refuse(fmt::format("it calls the function {}, which is not on the list of those that only compute", printable(shown)));
    }

    void look_at_nextval(const PgQuery__FuncCall& call) {
        const PgQuery__Node* argument = call.n_args == 1 ? call.args[0] : nullptr;
        while (argument != nullptr && argument->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) argument = argument->type_cast->arg;
        if (argument == nullptr || argument->node_case != PG_QUERY__NODE__NODE_A_CONST ||
            argument->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL) {
            return refuse("it draws from a sequence that is not named by a constant");
        }
        const std::string_view named = argument->a_const->sval->sval;
        const bool own = std::any_of(schema_.sequences.begin(), schema_.sequences.end(), [&](const schema::Sequence& sequence) {
            return named == schema::quoted(sequence.name) || named == schema::display(sequence.name) ||
                   (sequence.name.space.empty() && named == "public." + schema::quoted_identifier(sequence.name.name));
        });
        if (!own) refuse(fmt::format("it draws from the sequence {}, which the schema does not declare", printable(named)));
    }

    void look_at_operator(const PgQuery__AExpr& operation) {
        // The names of BETWEEN, IN and their like are keywords; the parser makes no other ones.
        switch (operation.kind) {
            case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
            case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
            case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
            case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
            case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
            case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
            case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
            case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
            case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
            case PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR: break;
            default: return;
        }
        const Name name = last_name(operation.name, operation.n_name);
        if (operation.n_name > 2 || (!name.space.empty() && name.space != "pg_catalog") || !is_allowed_operator(name.name)) {
            refuse(fmt::format("the operator {} is not PostgreSQL's own", printable(name.name)));
        }
    }

    void look_at_type(const PgQuery__TypeName& type) {
        const Name name = last_name(type.names, type.n_names);
        if (name.space.empty() || name.space == "pg_catalog") {
            const std::string_view element = name.name.size() > 1 && name.name[0] == '_' ? name.name.substr(1) : name.name;
            if (const auto kind = schema::builtin_kind(element)) {
                // What names an object of the catalog (regclass and its like) is let through by look_at_cast alone.
                if (*kind == TypeKind::other_builtin && element != "jsonpath" && element != "regclass" &&
                    element != "regconfig" && element != "regdictionary") {
                    refuse(fmt::format("it casts to {}", element));
                }
                return;
            }
        }
        const std::string space(name.space == "public" ? std::string_view() : name.space);
        const schema::QualifiedName full{space, std::string(name.name)};
        if (schema_.find_enumeration(full) != nullptr || schema_.find_domain(full) != nullptr ||
            schema_.find_composite(full) != nullptr || schema_.find_range_type(full) != nullptr) {
            return;
        }
        if (const auto extension = schema::extension_of_type(name.name)) {
            result_.extensions.emplace(*extension);
            if (type.n_names > 1) {
                auto& mutable_type = const_cast<PgQuery__TypeName&>(type);
                mutable_type.names[0] = mutable_type.names[type.n_names - 1];
                mutable_type.n_names = 1;
                changed_ = true;
            }
            return;
        }
        refuse(fmt::format("the type {} is neither PostgreSQL's own nor declared", printable(name.name)));
    }

    // 'x'::regclass asks the catalog whether x exists; a text search configuration is a name that functions need.
    void look_at_cast(const PgQuery__TypeCast& cast) {
        const std::string_view name = last_name(cast.type_name->names, cast.type_name->n_names).name;
        const bool constant = cast.arg->node_case == PG_QUERY__NODE__NODE_A_CONST;
        if (name == "regclass" && !inside_nextval(cast)) refuse("it casts to regclass");
        if ((name == "regconfig" || name == "regdictionary") && !constant) refuse(fmt::format("it casts to {}", name));
    }

    // A constant that names a sequence of the schema: look_at_nextval has seen the call around it.
    bool inside_nextval(const PgQuery__TypeCast& cast) const {
        const PgQuery__Node* argument = cast.arg;
        while (argument != nullptr && argument->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) argument = argument->type_cast->arg;
        if (argument == nullptr || argument->node_case != PG_QUERY__NODE__NODE_A_CONST) return false;
        if (argument->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL) return false;
        const std::string_view named = argument->a_const->sval->sval;
        return std::any_of(schema_.sequences.begin(), schema_.sequences.end(), [&](const schema::Sequence& sequence) {
            return named == schema::quoted(sequence.name) || named == schema::display(sequence.name) ||
                   (sequence.name.space.empty() && named == "public." + schema::quoted_identifier(sequence.name.name));
        });
    }

    // Subscripts pass. A field passes when it is one of a column's composite type: `(x).f` calls functions too.
    void look_at_indirection(const PgQuery__AIndirection& indirection) {
        const schema::Composite* composite = composite_of(indirection.arg);
        for (std::size_t i = 0; i < indirection.n_indirection; ++i) {
            const PgQuery__Node& step = *indirection.indirection[i];
            if (step.node_case == PG_QUERY__NODE__NODE_A_INDICES) continue;
            const std::string_view field = text_of(&step);
            const auto found = composite == nullptr
                                   ? std::vector<schema::Column>::const_iterator()
                                   : std::find_if(composite->fields.begin(), composite->fields.end(),
                                                  [&](const schema::Column& one) { return one.name == field; });
            if (field.empty() || composite == nullptr || found == composite->fields.end()) {
                return refuse(fmt::format("`{}` is no field of a composite type here", printable(field)));
            }
            composite = schema_.find_composite(schema_.base_type(found->type).user_type);
        }
    }

    const schema::Composite* composite_of(const PgQuery__Node* node) const {
        if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF || table_ == nullptr) return nullptr;
        const PgQuery__ColumnRef& reference = *node->column_ref;
        if (reference.n_fields != 1) return nullptr;
        const auto column = table_->find_column(text_of(reference.fields[0]));
        return column ? schema_.find_composite(schema_.base_type(table_->columns[*column].type).user_type) : nullptr;
    }

    const schema::Schema& schema_;
    Names names_;
    const schema::Table* table_;
    Screened result_;
    bool changed_ = false;
};

}  // namespace

Screened screen_expression(const schema::Schema& schema, std::string_view sql, Names names, const schema::Table* table) {
    return ExpressionScreen(schema, names, table).run(sql);
}

std::optional<std::string> refuse_type(const schema::Schema& schema, const schema::Type& type,
                                       std::set<std::string>& extensions) {
    if (type.kind == TypeKind::domain) {
        const schema::Domain* domain = schema.find_domain(type.user_type);
        return domain != nullptr ? refuse_type(schema, domain->base, extensions) : std::nullopt;
    }
    if (type.kind != TypeKind::extension) return std::nullopt;
    if (const auto extension = schema::extension_of_type(type.user_type.name)) {
        extensions.emplace(*extension);
        return std::nullopt;
    }
    return fmt::format("the type {} is neither PostgreSQL's own nor declared", printable(schema::display(type.user_type)));
}

}  // namespace confab::gate
