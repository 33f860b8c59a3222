// Aggregates over the rows of a child table.
#include <fmt/format.h>

#include "base/text.hpp"
#include "expr/compiler.hpp"
#include "expr/value_type.hpp"
#include "pgtree/walk.hpp"

namespace confab::expr {

using schema::TypeKind;

namespace {

// The first column reference below a node.
const PgQuery__ColumnRef* first_reference(const PgQuery__Node& node) {
    const PgQuery__ColumnRef* found = nullptr;
    pgtree::walk(node.base, [&](const ProtobufCMessage& message) {
        if (found == nullptr) {
            found = pgtree::as<PgQuery__ColumnRef>(message, pg_query__column_ref__descriptor);
        }
        return found == nullptr;
    });
    return found;
}

// The type of an aggregate's value. Sums of numerics keep their scale, with room for a billion rows.
Result<schema::Type> type_of_aggregate(Aggregate aggregate, const Program* argument) {
    constexpr int digits_of_rows = 9;
    constexpr int most_digits = 37;
    constexpr int average_scale = 16;
    schema::Type type;
    type.kind = TypeKind::bigint;
    if (aggregate == Aggregate::count) return type;
    const schema::Type& of = argument->type();
    const auto unfit = [&](std::string_view name) {
        return Error(ErrorKind::invalid_input, fmt::format("{} of {} is not known", name, schema::to_sql(of)));
    };
    switch (aggregate) {
        case Aggregate::count: return type;
        case Aggregate::min:
        case Aggregate::max:
            if (of.is_array() || of.kind == TypeKind::boolean || of.kind == TypeKind::json) return unfit("min or max");
            type = of;
            break;
        case Aggregate::bool_and:
        case Aggregate::bool_or:
            if (of.kind != TypeKind::boolean) return unfit("bool_and or bool_or");
            return of;
        case Aggregate::sum:
        case Aggregate::avg:
            if (of.kind == TypeKind::interval || of.kind == TypeKind::money) return of;
            if (of.kind == TypeKind::real || of.kind == TypeKind::double_precision) {
                type.kind = TypeKind::double_precision;
                return type;
            }
            if (!schema::is_numeric(of.kind)) return unfit("sum or avg");
            if (aggregate == Aggregate::sum && (of.kind == TypeKind::smallint || of.kind == TypeKind::integer)) {
                return type;
            }
            type.kind = TypeKind::numeric;
            break;
    }
    if (type.kind != TypeKind::numeric) return type;
    const int digits = argument->root().digits;
    const bool extremum = aggregate == Aggregate::min || aggregate == Aggregate::max;
    type.scale = aggregate == Aggregate::avg ? std::max(argument->scale(), average_scale) : argument->scale();
    type.precision = digits == 0 || aggregate == Aggregate::avg ? most_digits
                                                                : std::min(digits + (extremum ? 0 : digits_of_rows), most_digits);
    return type;
}

}  // namespace

Result<NodePtr> Compiler::bind_aggregate(const PgQuery__FuncCall& call, Aggregate aggregate) {
    const std::string_view name = call.funcname[call.n_funcname - 1]->string->sval;
    if (!scope_.prefix.empty()) {
        return Error(ErrorKind::not_supported, "an aggregate inside of an aggregate is not known here");
    }
    if (call.agg_distinct || call.n_agg_order > 0) {
        return Error(ErrorKind::not_supported, fmt::format("{} with DISTINCT or ORDER BY is not known here", name));
    }
    if (call.agg_star || call.n_args != 1) {
        return Error(ErrorKind::invalid_input,
                     fmt::format("{} takes one argument over a child table, as in sum(child.price) or count(child.*)",
                                 name));
    }
    const PgQuery__ColumnRef* reference = first_reference(*call.args[0]);
    if (reference == nullptr) {
        return Error(ErrorKind::invalid_input, fmt::format("{} reads no column of a child table", name));
    }
    const std::vector<std::string> fields = fields_of(*reference);
    CONFAB_TRY(const ChildPath found, resolve_child(scope_.schema, scope_.table, fields));
    const Scope inner{scope_.schema, found.child.table, nullptr,
                      {fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(found.used)}};
    std::string prefix;
    for (const std::string& field : inner.prefix) prefix += (prefix.empty() ? "" : ".") + schema::quoted_identifier(field);

    Input input;
    input.kind = InputKind::aggregate;
    input.path = found.path;
    input.table = found.table;
    input.child = found.child;
    input.aggregate = aggregate;
    std::string written = std::string(name) + "(";
    // count(child.*) and count(child) both count its rows.
    const bool star = call.args[0]->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
                      (fields.size() == found.used || (fields.back() == "*" && fields.size() == found.used + 1));
    if (star && aggregate != Aggregate::count) {
        return Error(ErrorKind::invalid_input, fmt::format("{}({}) needs a column", name, join(fields, ".")));
    }
    if (star) {
        written += prefix + ".*";
    } else {
        Compiler compiler(inner);
        CONFAB_TRY(NodePtr root, compiler.bind(*call.args[0]));
        for (Input& of : compiler.inputs_) {
            if (of.kind == InputKind::aggregate) {
                return Error(ErrorKind::not_supported, "an aggregate inside of an aggregate is not known here");
            }
        }
        Program argument = finish(std::move(root), compiler.take_inputs());
        written += to_sql_with_prefix(argument, prefix + ".");
        input.argument = std::make_shared<const Program>(std::move(argument));
    }
    written += ")";
    if (call.agg_filter != nullptr) {
        Compiler compiler(inner);
        CONFAB_TRY(NodePtr root, compiler.bind_boolean(*call.agg_filter, "FILTER"));
        Program filter = finish(std::move(root), compiler.take_inputs());
        written += " FILTER (WHERE " + to_sql_with_prefix(filter, prefix + ".") + ")";
        input.filter = std::make_shared<const Program>(std::move(filter));
    }
    CONFAB_TRY(input.type, type_of_aggregate(aggregate, input.argument.get()));
    return add_input(std::move(input), std::move(written));
}

}  // namespace confab::expr
