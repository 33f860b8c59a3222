#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "expr/coerce.hpp"
#include "expr/compiler.hpp"
#include "expr/expr.hpp"
#include "expr/kernel.hpp"
#include "expr/text_form.hpp"
#include "expr/value_type.hpp"
#include "pgtree/pgtree.hpp"

namespace confab::expr {

using schema::TypeKind;

Program::Program(std::unique_ptr<State> state) : state_(std::move(state)) {}
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
Program::~Program() = default;

const schema::Type& Program::type() const { return state_->root->type; }
Physical Program::physical() const { return state_->root->physical; }
int Program::scale() const { return state_->root->scale; }
std::span<const Input> Program::inputs() const { return state_->inputs; }
const Node& Program::root() const { return *state_->root; }
const std::string& Program::sql() const { return state_->sql; }

std::vector<schema::ColumnId> Program::columns() const {
    std::vector<schema::ColumnId> columns;
    for (const Input& input : state_->inputs) {
        const bool own = input.kind == InputKind::column && input.path.empty();
        if (own && std::find(columns.begin(), columns.end(), input.column) == columns.end()) {
            columns.push_back(input.column);
        }
    }
    return columns;
}

namespace {

void collect_inputs(const Node& node, std::vector<Node>& inputs) {
    if (node.op == Op::input) {
        Node& shape = inputs[node.input];
        shape.op = Op::input;
        shape.type = node.type;
        shape.physical = node.physical;
        shape.scale = node.scale;
    }
    for (const NodePtr& arg : node.args) collect_inputs(*arg, inputs);
}

// Another physical kind or scale than expected: numbers are converted, anything else is a broken promise.
// A number that does not fit is an error of its row.
void convert(const Vector& from, const Node& wanted, Vector& to, std::size_t rows, Scratch& scratch) {
    to.reset(wanted.physical, rows, wanted.scale);
    if (from.has_nulls()) std::copy_n(from.valid(), rows, to.mutable_valid());
    if (wanted.type.kind == TypeKind::real) {
        for (std::size_t i = 0; i < rows; ++i) {
            to.data<double>()[i] = static_cast<double>(static_cast<float>(from.data<double>()[i]));
        }
        return;
    }
    const bool from_wide = from.kind() == Physical::wide;
    const bool to_wide = wanted.physical == Physical::wide;
    assert((from_wide || from.kind() == Physical::int64) && (to_wide || wanted.physical == Physical::int64));
    for (std::size_t i = 0; i < rows; ++i) {
        if (from.is_null(i)) continue;
        const Int128 value = from_wide ? from.data<Int128>()[i] : from.data<std::int64_t>()[i];
        const auto scaled = rescale(value, from.scale(), wanted.scale);
        const Int128 result = scaled.value_or(0);
        if (!scaled || (!to_wide && result != static_cast<std::int64_t>(result))) {
            to.set_null(i);
            scratch.errors[i] = 1;
            scratch.any_error = true;
        } else if (to_wide) {
            to.data<Int128>()[i] = result;
        } else {
            to.data<std::int64_t>()[i] = static_cast<std::int64_t>(result);
        }
    }
}

bool lies_as(const Vector& vector, const Node& wanted) {
    if (wanted.type.kind == TypeKind::real && !wanted.type.is_array()) return false;
    if (wanted.physical != vector.kind()) return false;
    const bool number = vector.kind() == Physical::wide || vector.kind() == Physical::int64;
    return !number || vector.scale() == wanted.scale;
}

void copy_out(const Operand& result, const Node& node, std::size_t rows, Vector& out) {
    out.reset(node.physical, rows, node.scale);
    const Vector& from = *result.vector;
    if (result.constant) {
        if (from.is_null(0)) {
            std::fill_n(out.mutable_valid(), rows, std::uint8_t{0});
            return;
        }
        const std::size_t size = element_size(node.physical);
        for (std::size_t i = 0; i < rows; ++i) {
            std::memcpy(out.data<std::byte>() + i * size, from.data<std::byte>(), size);
        }
        if (node.physical == Physical::text) {
            const std::string_view text = out.arena().store(*from.data<std::string_view>());
            std::fill_n(out.data<std::string_view>(), rows, text);
        }
        return;
    }
    if (from.has_nulls()) std::copy_n(from.valid(), rows, out.mutable_valid());
    if (node.physical != Physical::text) {
        std::memcpy(out.data<std::byte>(), from.data<std::byte>(), element_size(node.physical) * rows);
        return;
    }
    // The text may lie in scratch memory: the result owns its own.
    for (std::size_t i = 0; i < rows; ++i) {
        if (!from.is_null(i)) out.data<std::string_view>()[i] = out.arena().store(from.data<std::string_view>()[i]);
    }
}

// `sql` as the only target of a SELECT.
Result<pgtree::ParseTree> parse_expression(std::string_view sql) {
    const auto refuse = [&](const std::string& why) {
        return Error(ErrorKind::invalid_input, fmt::format("cannot read the expression: {}", why))
            .note("in: " + printable(sql, 200));
    };
    if (!is_utf8(sql) || sql.find('\0') != std::string_view::npos) return refuse("it is not UTF-8 text");
    pgtree::Parsed parsed = pgtree::parse(fmt::format("SELECT {}", sql));
    if (const auto* error = std::get_if<pgtree::SyntaxError>(&parsed)) return refuse(error->message);
    return std::move(std::get<pgtree::ParseTree>(parsed));
}

Result<const PgQuery__Node*> only_target(const pgtree::ParseTree& tree, std::string_view sql) {
    const PgQuery__ParseResult& root = tree.root();
    const PgQuery__Node* statement = root.n_stmts == 1 ? root.stmts[0]->stmt : nullptr;
    const PgQuery__SelectStmt* select =
        statement != nullptr && statement->node_case == PG_QUERY__NODE__NODE_SELECT_STMT ? statement->select_stmt
                                                                                         : nullptr;
    const bool alone = select != nullptr && select->n_target_list == 1 && select->n_from_clause == 0 &&
                       select->where_clause == nullptr && select->n_group_clause == 0 &&
                       select->having_clause == nullptr && select->n_sort_clause == 0 &&
                       select->limit_count == nullptr && select->limit_offset == nullptr &&
                       select->n_distinct_clause == 0 && select->into_clause == nullptr &&
                       select->with_clause == nullptr && select->larg == nullptr && select->n_window_clause == 0 &&
                       select->n_locking_clause == 0;
    const PgQuery__ResTarget* target = alone ? select->target_list[0]->res_target : nullptr;
    if (target == nullptr || target->val == nullptr || (target->name != nullptr && *target->name != '\0')) {
        return Error(ErrorKind::invalid_input, "one expression is expected").note("in: " + printable(sql, 200));
    }
    return static_cast<const PgQuery__Node*>(target->val);
}

Result<NodePtr> bind(Compiler& compiler, std::string_view sql) {
    CONFAB_TRY(const pgtree::ParseTree tree, parse_expression(sql));
    CONFAB_TRY(const PgQuery__Node* target, only_target(tree, sql));
    auto bound = compiler.bind(*target);
    if (!bound) return std::move(bound).error().note("in: " + printable(sql, 200));
    return bound;
}

}  // namespace

Program Compiler::finish(NodePtr root, std::vector<Input> inputs) {
    auto state = std::make_unique<Program::State>();
    state->inputs = std::move(inputs);
    state->input_nodes.resize(state->inputs.size());
    collect_inputs(*root, state->input_nodes);
    state->sql = write_sql(*root);
    state->root = std::move(root);
    return Program(std::move(state));
}

void Program::run(std::span<const Vector* const> inputs, std::size_t rows, Scratch& scratch, Vector& out) const {
    assert(inputs.size() == state_->inputs.size());
    scratch.errors.assign(rows, 0);
    scratch.any_error = false;
    constexpr std::size_t inline_inputs = 8;
    const Vector* few[inline_inputs] = {};
    std::vector<const Vector*> many;
    std::span<const Vector*> loaded(few, std::min(inputs.size(), inline_inputs));
    if (inputs.size() > inline_inputs) {
        many.resize(inputs.size());
        loaded = many;
    }
    Context context(scratch, loaded, rows);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        loaded[i] = inputs[i];
        const Node& wanted = state_->input_nodes[i];
        if (wanted.op != Op::input || lies_as(*inputs[i], wanted)) continue;
        Vector& converted = context.acquire();
        convert(*inputs[i], wanted, converted, rows, scratch);
        loaded[i] = &converted;
    }
    copy_out(evaluate(*state_->root, context), *state_->root, rows, out);
}

Result<Program> compile(const schema::Schema& schema, schema::TableId table, std::string_view sql, Want want,
                        const schema::Type* value_type) {
    Compiler compiler({schema, table, value_type, {}});
    CONFAB_TRY(NodePtr root, bind(compiler, sql));
    schema::Type type = root->type;
    if (want == Want::boolean) {
        type.kind = TypeKind::boolean;
        if (!root->unknown && (root->type.kind != TypeKind::boolean || root->type.is_array())) {
            return Error(ErrorKind::invalid_input, fmt::format("a condition is expected, not a value of type {}",
                                                               name_of(*root)))
                .note("in: " + printable(sql, 200));
        }
    }
    if (root->unknown) {
        CONFAB_TRY(root, coerce(schema, std::move(root), type, Coercion::implicit));
    }
    return Compiler::finish(std::move(root), compiler.take_inputs());
}

Result<Program> compile_as(const schema::Schema& schema, schema::TableId table, std::string_view sql,
                           const schema::Type& target) {
    Compiler compiler({schema, table, nullptr, {}});
    CONFAB_TRY(NodePtr root, bind(compiler, sql));
    const schema::Type base = schema.base_type(target);
    // Text that was computed may stand for a value of any type: more than INSERT allows, and what is meant.
    const bool from_text = !root->unknown && schema::is_character(root->type.kind) && !root->type.is_array();
    const Coercion how = from_text && !can_coerce(*root, base, Coercion::assignment) ? Coercion::explicit_cast
                                                                                     : Coercion::assignment;
    auto cast = coerce(schema, std::move(root), base, how);
    if (!cast) return std::move(cast).error().note("in: " + printable(sql, 200));
    root = *std::move(cast);
    if (base.kind == TypeKind::numeric && !base.is_array()) {
        const Shape shape = shape_of(base);
        const int scale = base.precision > 0 ? shape.scale : root->scale;
        root = align_number(std::move(root), shape.physical, scale, root->digits);
    }
    root->type = base;
    return Compiler::finish(std::move(root), compiler.take_inputs());
}

Status parse_literal(const schema::Schema& schema, const schema::Type& type, std::string_view text, Vector& out) {
    const schema::Type base = schema.base_type(type);
    ValueType value(schema, base);
    // Without a scale of its own a numeric keeps the digits that were written.
    if (base.kind == TypeKind::numeric && base.precision <= 0 && !base.is_array()) {
        if (const auto number = read_decimal(text)) value.shape.scale = number->scale;
    }
    out.reset(value.shape.physical, 1, value.shape.scale);
    switch (read_value(value, text, out, 0, false)) {
        case ReadOutcome::read: return {};
        case ReadOutcome::out_of_range:
            return Error(ErrorKind::invalid_input,
                         fmt::format("'{}' is out of range for type {}", printable(text), schema::to_sql(base)));
        case ReadOutcome::too_long:
            return Error(ErrorKind::invalid_input,
                         fmt::format("'{}' is too long for type {}", printable(text), schema::to_sql(base)));
        case ReadOutcome::malformed: break;
    }
    return Error(ErrorKind::invalid_input,
                 fmt::format("'{}' is not a value of type {}", printable(text), schema::to_sql(base)));
}

}  // namespace confab::expr
