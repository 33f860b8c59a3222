#include "ddl/expressions.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/nodes.hpp"
#include "pgtree/pgtree.hpp"
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

    bool is_own_table(const WrittenName& name) const {
        const QualifiedName& own = scope_.table->name;
        const bool same_name = scope_.draft.ignores_case() ? fold_case(name.name) == fold_case(own.name) : name.name == own.name;
        return same_name && (name.space.empty() || SchemaDraft::normal_space(name.space) == own.space);
    }

    const ExpressionScope& scope_;
    const StatementText& text_;
    ReadExpression result_;
    std::optional<Error> failure_;
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

}  // namespace confab::ddl
