#include "pgtree/pgtree.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

#include <fmt/format.h>
#include <pg_query.h>
#include <pthread.h>

#include "pgtree/depth.hpp"
#include "pgtree/walk.hpp"

namespace confab::pgtree {
namespace {

// A tree of this depth fits any thread's stack several times over.
constexpr std::size_t shallow_levels = 400;
// For the deepest tree that the limits let through, with room to spare.
constexpr std::size_t deep_stack_bytes = 256U << 20U;

void* call(void* work) {
    (*static_cast<const std::function<void()>*>(work))();
    return nullptr;
}

// Runs `work` to its end on a stack of `deep_stack_bytes`. False when no such thread can be made.
bool run_on_deep_stack(const std::function<void()>& work) {
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) return false;
    pthread_t thread{};
    const bool started = pthread_attr_setstacksize(&attributes, deep_stack_bytes) == 0 &&
                         pthread_create(&thread, &attributes, &call,
                                        const_cast<std::function<void()>*>(&work)) == 0;
    pthread_attr_destroy(&attributes);
    if (started) pthread_join(thread, nullptr);
    return started;
}

void* allocate(void* memory, std::size_t size) {
    return static_cast<std::pmr::monotonic_buffer_resource*>(memory)->allocate(size, alignof(std::max_align_t));
}
void keep(void*, void*) {}

// The byte that the `character`-th character of `sql` starts at; characters count from 1.
std::size_t byte_offset(std::string_view sql, int character) {
    std::size_t i = 0;
    for (int n = 1; i < sql.size(); ++i) {
        if ((static_cast<unsigned char>(sql[i]) & 0xC0U) == 0x80U) continue;
        if (n++ == character) break;
    }
    return i;
}

Parsed parse_here(const std::string& sql) {
    const PgQueryProtobufParseResult result = pg_query_parse_protobuf(sql.c_str());
    const std::unique_ptr<const PgQueryProtobufParseResult, void (*)(const PgQueryProtobufParseResult*)> guard(
        &result, [](const PgQueryProtobufParseResult* r) { pg_query_free_protobuf_parse_result(*r); });
    if (result.error != nullptr) {
        const int position = result.error->cursorpos;
        return SyntaxError{result.error->message, position > 0 ? byte_offset(sql, position) : 0};
    }
    auto memory = std::make_unique<std::pmr::monotonic_buffer_resource>(result.parse_tree.len * 4 + 1024);
    ProtobufCAllocator allocator{&allocate, &keep, memory.get()};
    PgQuery__ParseResult* tree =
        pg_query__parse_result__unpack(&allocator, result.parse_tree.len,
                                       reinterpret_cast<const std::uint8_t*>(result.parse_tree.data));
    if (tree == nullptr) return SyntaxError{"the parser's tree could not be read", 0};
    return ParseTree(std::move(memory), tree);
}

Result<std::string> deparse_here(const PgQuery__Node& statement) {
    PgQuery__RawStmt raw = PG_QUERY__RAW_STMT__INIT;
    raw.stmt = const_cast<PgQuery__Node*>(&statement);
    PgQuery__RawStmt* statements[] = {&raw};
    PgQuery__ParseResult result = PG_QUERY__PARSE_RESULT__INIT;
    result.version = PG_VERSION_NUM;
    result.n_stmts = 1;
    result.stmts = statements;
    std::vector<std::uint8_t> packed(pg_query__parse_result__get_packed_size(&result));
    pg_query__parse_result__pack(&result, packed.data());
    const PgQueryDeparseResult deparsed =
        pg_query_deparse_protobuf({packed.size(), reinterpret_cast<char*>(packed.data())});
    const std::unique_ptr<const PgQueryDeparseResult, void (*)(const PgQueryDeparseResult*)> guard(
        &deparsed, [](const PgQueryDeparseResult* r) { pg_query_free_deparse_result(*r); });
    if (deparsed.error != nullptr) {
        return Error(ErrorKind::internal, fmt::format("the parse tree cannot be written as SQL: {}",
                                                      deparsed.error->message));
    }
    return std::string(deparsed.query);
}

// Whether a tree may be written on the stack of any thread. Deep trees are big; big ones need not be deep.
bool is_small(const ProtobufCMessage& message) {
    std::size_t messages = 0;
    walk(message, [&](const ProtobufCMessage&) { return ++messages < 4 * shallow_levels; });
    return messages < 4 * shallow_levels;
}

}  // namespace

Parsed parse(std::string_view sql, const Limits& limits) {
    if (sql.size() > limits.max_bytes) {
        return SyntaxError{fmt::format("the text has {} bytes; at most {} are accepted", sql.size(), limits.max_bytes), 0};
    }
    if (const std::size_t nul = sql.find('\0'); nul != std::string_view::npos) {
        return SyntaxError{"the text holds a NUL byte", nul};
    }
    Depth depth = measure_depth(sql, limits);
    if (depth.error) return *std::move(depth.error);
    const std::string text(sql);
    if (depth.levels <= shallow_levels) return parse_here(text);
    Parsed parsed = SyntaxError{"there is no memory for the parser's stack", 0};
    run_on_deep_stack([&] { parsed = parse_here(text); });
    return parsed;
}

std::variant<ParsedExpression, SyntaxError> parse_expression(std::string_view sql, const Limits& limits) {
    Parsed parsed = parse("SELECT " + std::string(sql), limits);
    if (auto* error = std::get_if<SyntaxError>(&parsed)) {
        error->offset -= std::min(error->offset, expression_offset);
        return std::move(*error);
    }
    auto& tree = std::get<ParseTree>(parsed);
    const PgQuery__ParseResult& root = tree.root();
    if (root.n_stmts == 1 && root.stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT) {
        const PgQuery__SelectStmt& select = *root.stmts[0]->stmt->select_stmt;
        const bool only_targets = select.n_target_list == 1 && select.n_from_clause == 0 &&
                                  select.where_clause == nullptr && select.n_group_clause == 0 &&
                                  select.having_clause == nullptr && select.n_sort_clause == 0 &&
                                  select.n_window_clause == 0 && select.n_distinct_clause == 0 &&
                                  select.n_locking_clause == 0 && select.limit_count == nullptr &&
                                  select.limit_offset == nullptr && select.into_clause == nullptr &&
                                  select.larg == nullptr;
        if (only_targets) {
            const PgQuery__ResTarget& target = *select.target_list[0]->res_target;
            if (target.val != nullptr && target.name[0] == '\0') {
                PgQuery__Node* node = target.val;
                return ParsedExpression{std::move(tree), node};
            }
        }
    }
    return SyntaxError{"this is not one expression", 0};
}

Result<std::string> deparse(const PgQuery__Node& statement) {
    if (is_small(statement.base)) return deparse_here(statement);
    Result<std::string> text = Error(ErrorKind::internal, "there is no memory for the parser's stack");
    run_on_deep_stack([&] { text = deparse_here(statement); });
    return text;
}

namespace {

// libpg_query writes no parentheses around what IS, ::, COLLATE and subscripts stand behind, though most of it
// needs them. So such an operand is written apart, and a name that nobody has stands in for it meanwhile.
class Operands {
  public:
    explicit Operands(const PgQuery__Node& expression) {
        walk(expression.base, [&](const ProtobufCMessage& message) {
            if (auto* null_test = as<PgQuery__NullTest>(message, pg_query__null_test__descriptor)) {
                take(const_cast<PgQuery__NullTest*>(null_test)->arg, true);
            } else if (auto* truth_test = as<PgQuery__BooleanTest>(message, pg_query__boolean_test__descriptor)) {
                take(const_cast<PgQuery__BooleanTest*>(truth_test)->arg, true);
            } else if (auto* cast = as<PgQuery__TypeCast>(message, pg_query__type_cast__descriptor)) {
                take(const_cast<PgQuery__TypeCast*>(cast)->arg, true);
            } else if (auto* collate = as<PgQuery__CollateClause>(message, pg_query__collate_clause__descriptor)) {
                take(const_cast<PgQuery__CollateClause*>(collate)->arg, true);
            } else if (auto* indirection = as<PgQuery__AIndirection>(message, pg_query__a__indirection__descriptor)) {
                take(const_cast<PgQuery__AIndirection*>(indirection)->arg, false);
            }
            return true;
        });
    }
    ~Operands() {
        for (const Taken& one : taken_) *one.slot = one.operand;
    }
    Operands(const Operands&) = delete;
    Operands& operator=(const Operands&) = delete;

    // Puts the operands, in parentheses, where their stand-ins are.
    Result<std::string> put_back(std::string text) {
        for (const Taken& one : taken_) {
            CONFAB_TRY(const std::string operand, deparse_expression(*one.operand));
            const std::string stand_in = "\"" + one.name + "\"";
            const std::size_t at = text.find(stand_in);
            if (at == std::string::npos) return Error(ErrorKind::internal, "an operand was lost in writing: " + text);
            text.replace(at, stand_in.size(), "(" + operand + ")");
        }
        return text;
    }

  private:
    struct Taken {
        PgQuery__Node** slot = nullptr;
        PgQuery__Node* operand = nullptr;
        std::string name;
        PgQuery__String string;
        PgQuery__Node string_node;
        PgQuery__Node* fields[1];
        PgQuery__ColumnRef reference;
        PgQuery__Node node;
    };

    static bool stands_alone(const PgQuery__Node& node, bool may_be_cast) {
        switch (node.node_case) {
            case PG_QUERY__NODE__NODE_COLUMN_REF:
            case PG_QUERY__NODE__NODE_A_CONST:
            case PG_QUERY__NODE__NODE_PARAM_REF:
            case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION: return true;
            case PG_QUERY__NODE__NODE_TYPE_CAST: return may_be_cast;
            case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
            case PG_QUERY__NODE__NODE_COALESCE_EXPR: return may_be_cast;
            case PG_QUERY__NODE__NODE_FUNC_CALL:
                return may_be_cast && node.func_call->funcformat != PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX;
            default: return false;
        }
    }

    void take(PgQuery__Node*& slot, bool may_be_cast) {
        if (slot == nullptr || stands_alone(*slot, may_be_cast)) return;
        Taken& one = taken_.emplace_back();
        one.slot = &slot;
        one.operand = slot;
        one.name = fmt::format("\xEE\x80\x80{}\xEE\x80\x80", taken_.size());  // a character for private use
        pg_query__string__init(&one.string);
        one.string.sval = one.name.data();
        pg_query__node__init(&one.string_node);
        one.string_node.node_case = PG_QUERY__NODE__NODE_STRING;
        one.string_node.string = &one.string;
        one.fields[0] = &one.string_node;
        pg_query__column_ref__init(&one.reference);
        one.reference.n_fields = 1;
        one.reference.fields = one.fields;
        pg_query__node__init(&one.node);
        one.node.node_case = PG_QUERY__NODE__NODE_COLUMN_REF;
        one.node.column_ref = &one.reference;
        slot = &one.node;
    }

    std::deque<Taken> taken_;  // the tree points into its elements
};

}  // namespace

Result<std::string> deparse_expression(const PgQuery__Node& expression) {
    Operands operands(expression);
    PgQuery__ResTarget target = PG_QUERY__RES_TARGET__INIT;
    target.val = const_cast<PgQuery__Node*>(&expression);
    PgQuery__Node target_node = PG_QUERY__NODE__INIT;
    target_node.node_case = PG_QUERY__NODE__NODE_RES_TARGET;
    target_node.res_target = &target;
    PgQuery__Node* targets[] = {&target_node};
    PgQuery__SelectStmt select = PG_QUERY__SELECT_STMT__INIT;
    select.n_target_list = 1;
    select.target_list = targets;
    select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
    select.op = PG_QUERY__SET_OPERATION__SETOP_NONE;
    PgQuery__Node statement = PG_QUERY__NODE__INIT;
    statement.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
    statement.select_stmt = &select;
    CONFAB_TRY(std::string text, deparse(statement));
    return operands.put_back(text.substr(expression_offset));
}

}  // namespace confab::pgtree
