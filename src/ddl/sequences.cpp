#include "ddl/sequences.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/read_type.hpp"

namespace confab::ddl {
namespace {

// Values that a sequence has anyway are not kept: they would be written again and again.
void drop_defaults(schema::SequenceOptions& options) {
    const bool descending = options.increment && *options.increment < 0;
    if (options.increment == 1) options.increment.reset();
    if (options.cache == 1) options.cache.reset();
    if (descending) return;
    if (options.minimum == 1) options.minimum.reset();
    if (options.start && *options.start == options.minimum.value_or(1)) options.start.reset();
    constexpr std::int64_t largest = 9223372036854775807;
    if (options.maximum == largest) options.maximum.reset();
}

void set_owner(const Context& context, const schema::Sequence& sequence, const std::vector<std::string>& owned_by) {
    const std::string key = schema::display(sequence.name);
    if (owned_by.size() < 2) {
        context.draft.owners.erase(key);
        return;
    }
    const std::string space = owned_by.size() > 2 ? owned_by[owned_by.size() - 3] : "";
    const std::optional<TableId> table = context.draft.find_table(space, owned_by[owned_by.size() - 2]);
    if (!table) return;  // of a view or a table that is made elsewhere: ownership says nothing about rows
    const schema::Table& owner = context.draft.tables[*table].table;
    if (const std::optional<ColumnId> column = context.draft.find_column(owner, owned_by.back())) {
        context.draft.owners[key] = {*table, owner.columns[*column].name};
    }
}

}  // namespace

WrittenName parse_relation_literal(std::string_view text) {
    std::vector<std::string> parts(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') {
            for (++i; i < text.size(); ++i) {
                if (text[i] == '"' && (i + 1 >= text.size() || text[i + 1] != '"')) break;
                parts.back() += text[i];
                if (text[i] == '"') ++i;
            }
        } else if (text[i] == '.') {
            parts.emplace_back();
        } else {
            parts.back() += lower_ascii(text[i]);
        }
    }
    return {parts.size() > 1 ? parts[parts.size() - 2] : "", parts.back()};
}

Result<ReadSequenceOptions> read_sequence_options(const Context& context, PgQuery__Node* const* options, std::size_t count,
                                                  const schema::SequenceOptions& before) {
    ReadSequenceOptions result;
    result.options = before;
    for (std::size_t i = 0; i < count; ++i) {
        if (options[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
        const PgQuery__DefElem& option = *options[i]->def_elem;
        const std::string_view name = option.defname;
        if (name == "as" && option.arg != nullptr && option.arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
            CONFAB_TRY(const ReadType type, read_type(context.draft, context.text, *option.arg->type_name));
            if (!schema::is_integer(type.type.kind)) {
                return context.error(option.location, "sequence type must be smallint, integer, or bigint");
            }
            result.type = type.type;
        } else if (name == "owned_by" && option.arg != nullptr) {
            result.owned_by = parts_of_object(*option.arg);
        } else if (name == "sequence_name" && option.arg != nullptr) {
            const std::vector<std::string> parts = parts_of_object(*option.arg);
            result.name = WrittenName{parts.size() > 1 ? parts[parts.size() - 2] : "", parts.empty() ? "" : parts.back()};
        } else if (name == "cycle") {
            result.options.cycle = option.arg != nullptr && option.arg->node_case == PG_QUERY__NODE__NODE_BOOLEAN
                                       ? option.arg->boolean->boolval != 0
                                       : integer_of(option.arg).value_or(1) != 0;
        } else {
            std::optional<std::int64_t>* target = name == "start" || name == "restart" ? &result.options.start
                                                  : name == "increment"               ? &result.options.increment
                                                  : name == "minvalue"                ? &result.options.minimum
                                                  : name == "maxvalue"                ? &result.options.maximum
                                                  : name == "cache"                   ? &result.options.cache
                                                                                      : nullptr;
            if (target == nullptr || (name == "restart" && option.arg == nullptr)) continue;
            if (option.arg != nullptr && !integer_of(option.arg)) {
                return context.error(option.location, fmt::format("{} of a sequence must be an integer of 64 bits", name));
            }
            *target = integer_of(option.arg);
            if (name == "increment" && *target == 0) return context.error(option.location, "INCREMENT must not be zero");
        }
    }
    drop_defaults(result.options);
    return result;
}

Status create_sequence(const Context& context, const PgQuery__CreateSeqStmt& statement) {
    const QualifiedName name = context.creation_name(name_of(*statement.sequence));
    CONFAB_CHECK(context.check_name(name.name, statement.sequence->location));
    if (statement.sequence->relpersistence[0] == 't') {
        context.draft.pass_over("CREATE TEMPORARY SEQUENCE", context.text.position(-1));
        return {};
    }
    if (context.draft.relation_exists(name)) {
        if (statement.if_not_exists) return {};
        return context.error(statement.sequence->location,
                             fmt::format("relation `{}` already exists", printable(schema::display(name))));
    }
    CONFAB_TRY(const ReadSequenceOptions read, read_sequence_options(context, statement.options, statement.n_options, {}));
    schema::Type type;
    type.kind = schema::TypeKind::bigint;
    context.draft.add_sequence({name, read.options, read.type.value_or(type), {}});
    if (!read.owned_by.empty()) set_owner(context, context.draft.schema.sequences.back(), read.owned_by);
    return {};
}

Status alter_sequence(const Context& context, const PgQuery__AlterSeqStmt& statement) {
    const WrittenName written = name_of(*statement.sequence);
    schema::Sequence* sequence = context.draft.require_sequence(written.space, written.name);
    if (sequence == nullptr) {
        context.draft.pass_over("ALTER SEQUENCE", context.text.position(-1));
        return {};
    }
    CONFAB_TRY(const ReadSequenceOptions read,
               read_sequence_options(context, statement.options, statement.n_options, sequence->options));
    sequence->options = read.options;
    if (read.type) sequence->type = *read.type;
    if (!read.owned_by.empty()) set_owner(context, *sequence, read.owned_by);
    return {};
}

std::optional<WrittenName> sequence_of_nextval(const PgQuery__Node& expression) {
    const PgQuery__Node* node = &expression;
    while (node != nullptr && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) node = node->type_cast->arg;
    if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_FUNC_CALL) return std::nullopt;
    const PgQuery__FuncCall& call = *node->func_call;
    if (call.n_args != 1 || name_of_parts(call.funcname, call.n_funcname).name != "nextval") return std::nullopt;
    const std::optional<std::string> literal = string_constant(call.args[0]);
    if (!literal) return std::nullopt;
    return parse_relation_literal(*literal);
}

}  // namespace confab::ddl
