// A bound tree as PostgreSQL text, with as few parentheses as its precedences need.
#include <fmt/format.h>

#include "base/text.hpp"
#include "expr/compiler.hpp"
#include "expr/value_type.hpp"

namespace confab::expr {

using schema::TypeKind;

namespace {

enum Precedence : int { or_level = 1, and_level, not_level, is_level, comparison_level, in_level, other_level, sum_level,
                        product_level, sign_level, primary_level };

class Writer {
  public:
    explicit Writer(std::string_view prefix) : prefix_(prefix) {}

    std::string write(const Node& node, int least) {
        const Node& seen = skip_implicit(node);
        const int level = level_of(seen);
        std::string text = plain(seen);
        return level < least ? "(" + text + ")" : text;
    }

  private:
    static const Node& skip_implicit(const Node& node) {
        const Node* seen = &node;
        while (seen->op == Op::call && seen->form == Form::implicit) seen = seen->args[0].get();
        return *seen;
    }

    static int level_of(const Node& node) {
        switch (node.op) {
            case Op::disjunction: return or_level;
            case Op::conjunction: return and_level;
            case Op::negation: return not_level;
            case Op::is_null:
            case Op::is_truth:
            case Op::is_distinct: return is_level;
            case Op::compare: return comparison_level;
            case Op::membership: return in_level;
            case Op::literal: return is_negative(node) ? sign_level : primary_level;
            case Op::call: break;
            default: return primary_level;
        }
        if (node.form == Form::prefix) return sign_level;
        if (node.form != Form::infix) return primary_level;
        if (node.name == "+" || node.name == "-") return sum_level;
        if (node.name == "*" || node.name == "/" || node.name == "%") return product_level;
        if (node.name.find("LIKE") != std::string::npos || node.name.find("SIMILAR") != std::string::npos) {
            return in_level;
        }
        return other_level;
    }

    static bool is_negative(const Node& node) {
        if (node.is_null_literal()) return false;
        if (node.physical == Physical::int64 && schema::is_numeric(node.type.kind) &&
            node.type.kind != TypeKind::money) {
            return *node.value.data<std::int64_t>() < 0;
        }
        return node.physical == Physical::wide && *node.value.data<Int128>() < 0;
    }

    std::string literal(const Node& node) {
        const schema::Type& type = node.type;
        if (node.is_null_literal()) {
            return node.form == Form::cast ? "NULL::" + schema::to_sql(type) : "NULL";
        }
        ValueType value;
        value.type = type;
        if (node.physical == Physical::int64 && type.kind == TypeKind::enumeration && !node.name.empty()) {
            return schema::quoted_literal(node.name);
        }
        std::string text;
        write_value(value, node.value, 0, text);
        const bool bare = !type.is_array() && (type.kind == TypeKind::boolean || type.kind == TypeKind::integer ||
                                               type.kind == TypeKind::bigint || type.kind == TypeKind::numeric ||
                                               type.kind == TypeKind::smallint);
        if (bare && node.form != Form::cast) return text;
        if (!type.is_array() && schema::is_character(type.kind) && node.form != Form::cast) {
            return schema::quoted_literal(text);
        }
        return schema::quoted_literal(text) + "::" + schema::to_sql(type);
    }

    std::string list(const Node& node, std::size_t from = 0) {
        std::string text;
        for (std::size_t i = from; i < node.args.size(); ++i) {
            text += (i == from ? "" : ", ") + write(*node.args[i], or_level);
        }
        return text;
    }

    std::string junction(const Node& node, std::string_view word, int level) {
        std::string text;
        for (const NodePtr& arg : node.args) {
            if (!text.empty()) text += word;
            text += write(*arg, level + 1);
        }
        return text;
    }

    std::string plain(const Node& node) {
        switch (node.op) {
            case Op::literal: return literal(node);
            case Op::input: return with_prefix(node.name);
            case Op::conjunction: return junction(node, " AND ", and_level);
            case Op::disjunction: return junction(node, " OR ", or_level);
            case Op::negation: return "NOT " + write(*node.args[0], not_level);
            case Op::is_null:
                return write(*node.args[0], comparison_level) + (node.inverted ? " IS NOT NULL" : " IS NULL");
            case Op::is_truth:
                return write(*node.args[0], comparison_level) + (node.inverted ? " IS NOT " : " IS ") + node.name;
            case Op::is_distinct:
                return write(*node.args[0], comparison_level) +
                       (node.inverted ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ") +
                       write(*node.args[1], comparison_level);
            case Op::compare:
                return write(*node.args[0], in_level) + " " + node.name + " " + write(*node.args[1], in_level);
            case Op::membership:
                return write(*node.args[0], other_level) + (node.inverted ? " NOT IN (" : " IN (") + list(node, 1) +
                       ")";
            case Op::coalesce:
            case Op::extremum: return node.name + "(" + list(node) + ")";
            case Op::nullif:
                return "NULLIF(" + write(*node.args[2], or_level) + ", " + write(*node.args[1], or_level) + ")";
            case Op::count_nulls: return std::string(node.inverted ? "num_nonnulls(" : "num_nulls(") + list(node) + ")";
            case Op::conditional: {
                std::string text = "CASE";
                for (std::size_t i = 0; i + 1 < node.args.size(); i += 2) {
                    text += " WHEN " + write(*node.args[i], or_level) + " THEN " + write(*node.args[i + 1], or_level);
                }
                return text + " ELSE " + write(*node.args.back(), or_level) + " END";
            }
            case Op::call: break;
        }
        return call(node);
    }

    std::string call(const Node& node) {
        switch (node.form) {
            case Form::verbatim: return node.name;
            case Form::cast: return write(*node.args[0], primary_level) + "::" + schema::to_sql(node.type);
            case Form::implicit: return write(*node.args[0], or_level);
            case Form::prefix: return node.name + write(*node.args[0], primary_level);
            case Form::infix: {
                const int level = level_of(node);
                return write(*node.args[0], level) + " " + node.name + " " + write(*node.args[1], level + 1);
            }
            case Form::function: break;
        }
        if (node.name == "extract") {
            std::string field;
            write_value({}, node.args[0]->value, 0, field);
            return "EXTRACT(" + field + " FROM " + write(*node.args[1], or_level) + ")";
        }
        return node.name + "(" + list(node) + ")";
    }

    std::string with_prefix(const std::string& name) {
        const bool own = name != "VALUE" && name != "as_of" && name != "CURRENT_DATE";
        return own ? std::string(prefix_) + name : name;
    }

    std::string_view prefix_;
};

}  // namespace

std::string write_sql(const Node& root, std::string_view prefix) { return Writer(prefix).write(root, or_level); }

std::string to_sql_with_prefix(const Program& program, std::string_view prefix) {
    return write_sql(program.root(), prefix);
}

}  // namespace confab::expr
