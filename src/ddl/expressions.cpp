#include "ddl/expressions.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/nodes.hpp"
#include "ddl/sequences.hpp"
#include "pgtree/pgtree.hpp"
#include "pgtree/scan.hpp"
#include "pgtree/walk.hpp"

namespace confab::ddl {
namespace {

class ExpressionReader {
  public:
    ExpressionReader(const ExpressionScope& scope, const StatementText& text) : scope_(scope), text_(text) {}

    Result<ReadExpression> read(PgQuery__Node& node) {
        pgtree::walk(node.base, [&](const ProtobufCMessage& message) {
            if (failure_) return false;
            if (pgtree::as<PgQuery__SubLink>(message, pg_query__sub_link__descriptor) != nullptr) {
                result_.names_columns_only = false;  // its names are other tables' too
                return false;
            }
            if (const auto* type = pgtree::as<PgQuery__TypeName>(message, pg_query__type_name__descriptor)) {
                name_type_in_full(const_cast<PgQuery__TypeName&>(*type));
                return true;
            }
            if (const auto* call = pgtree::as<PgQuery__FuncCall>(message, pg_query__func_call__descriptor)) {
                name_sequence_in_full(*call);
                return true;
            }
            const auto* reference = pgtree::as<PgQuery__ColumnRef>(message, pg_query__column_ref__descriptor);
            if (reference == nullptr) return true;
            // The tree is ours: it was parsed for this statement alone.
            read_column(const_cast<PgQuery__ColumnRef&>(*reference));
            return false;
        });
        if (failure_) return *std::move(failure_);
        CONFAB_TRY(result_.sql, pgtree::deparse_expression(node));
        return std::move(result_);
    }

  private:
    void read_column(PgQuery__ColumnRef& reference) {
        const std::size_t count = reference.n_fields;
        const PgQuery__Node& last = *reference.fields[count - 1];
        if (last.node_case != PG_QUERY__NODE__NODE_STRING) {  // t.*
            result_.names_columns_only = false;
            return;
        }
        const std::string name(string_of(last));
        if (scope_.table == nullptr) {
            if (scope_.allows_value && count == 1 && name == "value") return;
            failure_ = text_.error(reference.location, fmt::format("`{}` names a column, which this expression cannot",
                                                                   printable(name)));
            return;
        }
        const WrittenName table = name_of_parts(reference.fields, count - 1);
        const std::optional<ColumnId> column =
            count == 1 || is_own_table(table) ? scope_.draft.find_column(*scope_.table, name) : std::nullopt;
        if (!column) {
            if (count == 1 && is_own_table({"", name})) {  // the row as a whole
                result_.names_columns_only = false;
                return;
            }
            std::vector<std::string> names;
            for (const schema::Column& one : scope_.table->columns) names.push_back(one.name);
            failure_ = text_.error(reference.location, fmt::format("there is no column `{}` in table `{}`", printable(name),
                                                                   printable(schema::display(scope_.table->name))))
                           .note(nearest_note(name, names));
            return;
        }
        if (std::find(result_.columns.begin(), result_.columns.end(), *column) == result_.columns.end()) {
            result_.columns.push_back(*column);
        }
        PgQuery__Node* only = reference.fields[count - 1];
        // Found without regard to case, it takes the name that the column has. The draft outlives the tree's use.
        only->string->sval = const_cast<char*>(scope_.table->columns[*column].name.c_str());
        reference.fields[0] = only;
        reference.n_fields = 1;
    }

    void name_type_in_full(PgQuery__TypeName& type) {
        const WrittenName written = name_of_parts(type.names, type.n_names);
        if (written.space == "pg_catalog" || (written.space.empty() && schema::builtin_kind(written.name))) return;
        const auto found = scope_.draft.find_type(written.space, written.name);
        if (!found) return;
        const std::string space = found->name.space.empty() ? "public" : found->name.space;
        // A declared type may have a built-in one's name: then only the namespace tells them apart.
        const bool needs_space = !found->name.space.empty() || schema::builtin_kind(found->name.name).has_value();
        auto& parts = names_.emplace_back();
        type.n_names = 0;
        if (needs_space) parts[type.n_names++] = string_node(space);
        parts[type.n_names++] = string_node(found->name.name);
        type.names = parts.data();
    }

    void name_sequence_in_full(const PgQuery__FuncCall& call) {
        if (call.n_args != 1 || name_of_parts(call.funcname, call.n_funcname).name != "nextval") return;
        PgQuery__Node* argument = call.args[0];
        while (argument->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) argument = argument->type_cast->arg;
        const std::optional<std::string> literal = string_constant(argument);
        if (!literal) return;
        const WrittenName written = parse_relation_literal(*literal);
        const schema::Sequence* sequence = scope_.draft.require_sequence(written.space, written.name);
        if (sequence == nullptr) return;
        argument->a_const->sval->sval = strings_.emplace_back(schema::quoted(sequence->name)).data();
    }

    PgQuery__Node* string_node(const std::string& text) {
        PgQuery__String& string = string_messages_.emplace_back();
        pg_query__string__init(&string);
        string.sval = strings_.emplace_back(text).data();
        PgQuery__Node& node = nodes_.emplace_back();
        pg_query__node__init(&node);
        node.node_case = PG_QUERY__NODE__NODE_STRING;
        node.string = &string;
        return &node;
    }

    bool is_own_table(const WrittenName& name) const {
        const QualifiedName& own = scope_.table->name;
        const bool same_name = scope_.draft.ignores_case() ? fold_case(name.name) == fold_case(own.name) : name.name == own.name;
        return same_name && (name.space.empty() || SchemaDraft::normal_space(name.space) == own.space);
    }

    const ExpressionScope& scope_;
    const StatementText& text_;
    ReadExpression result_;
    std::optional<Error> failure_;
    // What was hung into the tree; deques, since the tree points to their elements.
    std::deque<std::string> strings_;
    std::deque<PgQuery__String> string_messages_;
    std::deque<PgQuery__Node> nodes_;
    std::deque<std::array<PgQuery__Node*, 2>> names_;
};

}  // namespace

Result<ReadExpression> read_expression(const ExpressionScope& scope, const StatementText& text, PgQuery__Node& node) {
    return ExpressionReader(scope, text).read(node);
}

Result<std::string> rename_column_in(const std::string& sql, const std::string& from, const std::string& to) {
    auto parsed = pgtree::parse_expression(sql);
    auto* expression = std::get_if<pgtree::ParsedExpression>(&parsed);
    if (expression == nullptr) return Error(ErrorKind::internal, "an expression of the schema does not parse: " + sql);
    pgtree::walk(expression->node->base, [&](const ProtobufCMessage& message) {
        const auto* reference = pgtree::as<PgQuery__ColumnRef>(message, pg_query__column_ref__descriptor);
        if (reference == nullptr) return true;
        if (reference->n_fields == 1 && string_of(*reference->fields[0]) == from) {
            reference->fields[0]->string->sval = const_cast<char*>(to.c_str());
        }
        return false;
    });
    return pgtree::deparse_expression(*expression->node);
}

std::vector<ColumnId> columns_in(const schema::Table& table, const std::string& sql) {
    std::vector<ColumnId> columns;
    auto parsed = pgtree::parse_expression(sql);
    const auto* expression = std::get_if<pgtree::ParsedExpression>(&parsed);
    if (expression == nullptr) return columns;
    pgtree::walk(expression->node->base, [&](const ProtobufCMessage& message) {
        const auto* reference = pgtree::as<PgQuery__ColumnRef>(message, pg_query__column_ref__descriptor);
        if (reference == nullptr) return true;
        if (const auto id = table.find_column(string_of(*reference->fields[0]))) columns.push_back(*id);
        return false;
    });
    return columns;
}

std::string put_in_place(const std::string& sql, const std::string& column, const std::string& expression) {
    std::string made;
    std::size_t copied = 0;
    pgtree::Scanner scanner(sql);
    pgtree::Token before;
    for (pgtree::Token token = scanner.next(); token.kind != pgtree::TokenKind::end; before = token, token = scanner.next()) {
        const bool name = token.kind == pgtree::TokenKind::word || token.kind == pgtree::TokenKind::quoted_name;
        if (!name || scanner.text(token) != schema::quoted_identifier(column)) continue;
        if (before.end > before.begin && scanner.text(before) == ".") continue;
        made += sql.substr(copied, token.begin - copied) + expression;
        copied = token.end;
    }
    return made + sql.substr(copied);
}

}  // namespace confab::ddl
