// ExpressionWriter: function calls, and defaults.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/dialect/expression_writer.hpp"
#include "ddl/dialect/flags.hpp"
#include "ddl/dialect/functions.hpp"
#include "ddl/dialect/patterns.hpp"

namespace confab::ddl::dialect {

void ExpressionWriter::write_argument(Range argument) { write(argument); }

// Writes the call at `i` whose `)` is at `close`; false when it stays as it is.
bool ExpressionWriter::write_function(std::size_t i, std::size_t close) {
    const std::string name = lower_ascii(token(i).text);
    const std::vector<Range> called_with = arguments(i + 1, close);
    if (write_special_function(name, i, called_with)) return true;
    if (const std::string_view pattern = function_pattern(scope_.dialect, name, called_with.size()); !pattern.empty()) {
        write_by_pattern(pattern, i, called_with);
        return true;
    }
    put(name, i);
    output_.glue("(");
    for (std::size_t each = 0; each < called_with.size(); ++each) {
        if (each > 0) output_.glue(",");
        write_argument(called_with[each]);
    }
    output_.glue(")");
    return true;
}

void ExpressionWriter::write_by_pattern(std::string_view pattern, std::size_t i, const std::vector<Range>& called_with) {
    std::string literal;
    bool first = true;
    const auto flush = [&] {
        if (literal.empty()) return;
        if (first) put(literal, i);
        else output_.glue(literal);
        first = false;
        literal.clear();
    };
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] != '$' || at + 1 >= pattern.size() || (pattern[at + 1] != '*' && (pattern[at + 1] < '1' || pattern[at + 1] > '9'))) {
            literal += pattern[at];
            continue;
        }
        flush();
        first = false;
        const char which = pattern[++at];
        if (which == '*') {
            for (std::size_t each = 0; each < called_with.size(); ++each) {
                if (each > 0) output_.glue(",");
                write_argument(called_with[each]);
            }
        } else if (const std::size_t each = static_cast<std::size_t>(which - '1'); each < called_with.size()) {
            write_argument(called_with[each]);
        }
    }
    flush();
}

void ExpressionWriter::write_concatenation(const std::vector<Range>& called_with, bool null_is_empty) {
    output_.put("(");
    for (std::size_t each = 0; each < called_with.size(); ++each) {
        if (each > 0) output_.put("||");
        const Range argument = called_with[each];
        const bool text = argument.end == argument.begin + 1 && is_text(argument.begin, argument.end);
        const bool literal = argument.end == argument.begin + 1 && token(argument.begin).kind == TokenKind::string;
        if (null_is_empty && !literal) output_.put("coalesce(");
        if (!text) output_.put("(");
        write_argument(argument);
        if (!text) output_.glue(")::text");
        if (null_is_empty && !literal) output_.glue(", '')");
    }
    output_.glue(")");
}

// A type inside of CAST or CONVERT.
std::string ExpressionWriter::type_of(Range range) const {
    TypeName type;
    std::size_t i = range.begin;
    while (i < range.end && !token(i).is_symbol("(")) {
        const std::string word = lower_ascii(token(i).text);
        if (word == "unsigned" || word == "signed") {
            if (type.name.empty()) type.name = "bigint";
        } else if (word != "character" && word != "set" && word != "utf8mb4" && word != "utf8") {
            type.name += (type.name.empty() ? "" : " ") + word;
        }
        ++i;
    }
    for (++i; i < range.end && !token(i).is_symbol(")"); ++i)
        if (!token(i).is_symbol(",")) type.arguments.push_back(lower_ascii(token(i).text));
    if (type.name == "integer" && scope_.dialect == Dialect::mysql) type.name = "bigint";
    if ((type.name == "char" || type.name == "nchar" || type.name == "varchar" || type.name == "nvarchar") && type.arguments.empty()) return "text";
    TypeUse use;
    use.is_key = true;  // no range to check
    const MappedType mapped = map_type(scope_.dialect, type, use);
    return mapped.sql.empty() ? quote_name(type.name) : mapped.sql;
}

bool ExpressionWriter::write_special_function(const std::string& name, std::size_t i, const std::vector<Range>& called_with) {
    const Dialect dialect = scope_.dialect;
    const std::size_t count = called_with.size();
    const auto cast = [&](Range value, Range type) {
        put("CAST(", i);
        write_argument(value);
        output_.put("AS");
        output_.put(type_of(type));
        output_.glue(")");
        return true;
    };
    const auto unit_of = [&](std::size_t argument) {
        const Range range = called_with[argument];
        return range.end == range.begin + 1 ? time_unit(token(range.begin).text) : std::string();
    };
    const auto piece = [&](std::string_view before, std::size_t argument, std::string_view after) {
        output_.glue(before);
        write_argument(called_with[argument]);
        output_.glue(after);
    };
    const auto is_string = [&](std::size_t argument, std::string_view text) {
        const Range range = called_with[argument];
        if (range.end != range.begin + 1) return false;
        const Token& only = token(range.begin);
        return (only.kind == TokenKind::string || only.kind == TokenKind::quoted_name) && equal_ignoring_case(only.text, text);
    };
    if ((name == "cast" || name == "try_cast") && count == 1) {
        std::size_t as = called_with[0].end;
        for (std::size_t at = called_with[0].begin; at < called_with[0].end; ++at) {
            if (token(at).is_symbol("(")) at = closing(at, called_with[0].end);
            else if (token(at).is_word("as")) as = at;
        }
        if (as >= called_with[0].end) return false;
        return cast({called_with[0].begin, as}, {as + 1, called_with[0].end});
    }
    if (name == "convert" || name == "try_convert") {
        if (dialect == Dialect::mssql && count >= 2) return cast(called_with[1], called_with[0]);
        if (dialect == Dialect::mysql && count == 2) return cast(called_with[0], called_with[1]);
        if (dialect == Dialect::mysql && count == 1) {  // CONVERT(a USING utf8mb4)
            Range value = called_with[0];
            for (std::size_t at = value.begin; at < value.end; ++at)
                if (token(at).is_word("using")) value.end = at;
            put("(", i);
            write_argument(value);
            output_.glue(")");
            return true;
        }
    }
    if (name == "concat" && count > 0) {
        if (dialect == Dialect::mssql || dialect == Dialect::sqlite) {
            if (!scope_.must_be_immutable) return false;
            write_concatenation(called_with, true);
            return true;
        }
        write_concatenation(called_with, false);
        return true;
    }
    if (name == "concat_ws" && count > 1 && scope_.must_be_immutable) {
        // Only as a sum of texts is it immutable; the separator stands even beside a NULL.
        std::vector<Range> parts;
        for (std::size_t each = 1; each < count; ++each) {
            if (each > 1) parts.push_back(called_with[0]);
            parts.push_back(called_with[each]);
        }
        write_concatenation(parts, true);
        return true;
    }
    const bool difference = (name == "datediff" && dialect == Dialect::mssql) || name == "timestampdiff" || name == "datediff_big";
    if (difference && count == 3) {
        const std::string unit = unit_of(0);
        if (unit == "day") {
            put("((", i);
            piece("", 2, ")::date - (");
            piece("", 1, ")::date)");
            return true;
        }
        if (unit == "year" || unit == "month") {
            if (name == "timestampdiff") {
                const auto age_part = [&](std::string_view part) {
                    output_.glue(fmt::format("extract({} from age(", part));
                    piece("", 2, ", ");
                    piece("", 1, "))");
                };
                put("(", i);
                age_part("year");
                if (unit == "month") {
                    output_.glue(" * 12 + ");
                    age_part("month");
                }
                output_.glue(")::integer");
                return true;
            }
            put("(extract(year from ", i);
            piece("", 2, ")");
            piece(" - extract(year from ", 1, ")");
            if (unit == "month") {
                output_.glue(") * 12 + (extract(month from ");
                piece("", 2, ")");
                piece(" - extract(month from ", 1, ")");
            }
            output_.glue(")");
            return true;
        }
        const int seconds = unit == "second" ? 1 : unit == "minute" ? 60 : unit == "hour" ? 3600 : unit == "week" ? 604800 : 0;
        if (seconds == 0) return false;
        put("trunc(extract(epoch from (", i);
        piece("", 2, " - ");
        piece("", 1, fmt::format(")) / {})", seconds));
        return true;
    }
    if (name == "dateadd" && count == 3 && !unit_of(0).empty()) {
        put("(", i);
        piece("", 2, " + (");
        piece("", 1, fmt::format(") * interval '1 {}')", unit_of(0) == "quarter" ? "month' * 3 + interval '0 month" : unit_of(0)));
        return true;
    }
    if ((name == "date_add" || name == "date_sub" || name == "adddate" || name == "subdate") && count == 2) {
        put("(", i);
        piece("", 0, name == "date_add" || name == "adddate" ? " + " : " - ");
        if (is_word(called_with[1].begin, called_with[1].end, "interval")) piece("", 1, ")");
        else piece("(", 1, ") * interval '1 day')");
        return true;
    }
    if (name == "datepart" && count == 2 && !unit_of(0).empty()) {
        put(fmt::format("extract({} from ", unit_of(0)), i);
        piece("", 1, ")::integer");
        return true;
    }
    if (dialect == Dialect::sqlite) {
        if (count >= 1 && is_string(0, "now") && (name == "datetime" || name == "date" || name == "time" || name == "julianday")) {
            put(name == "date" ? "CURRENT_DATE" : name == "time" ? "LOCALTIME" : "CURRENT_TIMESTAMP", i);
            return true;
        }
        if (count == 0 && (name == "datetime" || name == "date" || name == "time")) {
            put(name == "date" ? "CURRENT_DATE" : name == "time" ? "LOCALTIME" : "CURRENT_TIMESTAMP", i);
            return true;
        }
        if (name == "strftime" && count >= 2) {
            const bool now = is_string(1, "now");
            if (now && is_string(0, "%s")) return put("extract(epoch from CURRENT_TIMESTAMP)::bigint", i), true;
            if (now && is_string(0, "%Y-%m-%d")) return put("CURRENT_DATE", i), true;
            if (now) return put("CURRENT_TIMESTAMP", i), true;
            const auto part = [&](std::string_view format, std::string_view field) {
                if (!is_string(0, format)) return false;
                put(fmt::format("extract({} from ", field), i);
                piece("", 1, ")::text");
                return true;
            };
            return part("%Y", "year") || part("%m", "month") || part("%d", "day");
        }
        if (name == "hex" && count == 1 && is_word(called_with[0].begin, called_with[0].end, "randomblob")) {
            // Random hexadecimal digits, as many as a UUID has at most.
            put("replace(gen_random_uuid()::text, '-', '')", i);
            return true;
        }
        if (name == "typeof" && count == 1) {
            // The type of a column is one here; only NULL has another.
            const ColumnFacts* column = column_at(called_with[0].begin, called_with[0].end);
            if (column == nullptr || called_with[0].end != called_with[0].begin + 1) return false;
            std::string_view type = "text";
            if (column->type.family == TypeFamily::integer || column->type.family == TypeFamily::boolean) type = "integer";
            if (column->type.family == TypeFamily::real || column->type.family == TypeFamily::decimal) type = "real";
            if (column->type.family == TypeFamily::binary) type = "blob";
            put("CASE WHEN", i);
            write_argument(called_with[0]);
            output_.put("IS NULL THEN 'null'");
            if (column->type.family == TypeFamily::decimal) {
                output_.put("WHEN");
                write_argument(called_with[0]);
                output_.put("= trunc(");
                write_argument(called_with[0]);
                output_.glue(") THEN 'integer'");
            }
            output_.put(fmt::format("ELSE '{}' END", type));
            return true;
        }
    }
    if (dialect == Dialect::oracle) {
        if (name == "trunc" && count >= 1) {
            const ColumnFacts* column = column_at(called_with[0].begin, called_with[0].end);
            const bool moment = (column != nullptr && (column->type.family == TypeFamily::timestamp || column->type.family == TypeFamily::date)) ||
                                is_word(called_with[0].begin, called_with[0].end, "sysdate") || is_word(called_with[0].begin, called_with[0].end, "systimestamp");
            if (!moment) return false;
            put("date_trunc('day', ", i);
            piece("", 0, ")");
            return true;
        }
        if (name == "decode" && count >= 3) {
            put("CASE", i);
            for (std::size_t each = 1; each + 1 < count; each += 2) {
                output_.put("WHEN");
                write_argument(called_with[0]);
                output_.put("IS NOT DISTINCT FROM");
                write_argument(called_with[each]);
                output_.put("THEN");
                write_argument(called_with[each + 1]);
            }
            if (count % 2 == 0) {
                output_.put("ELSE");
                write_argument(called_with[count - 1]);
            }
            output_.put("END");
            return true;
        }
    }
    if (name == "regexp_like" && count == 3) {
        const Range flags = called_with[2];
        const bool ignores_case = flags.end == flags.begin + 1 && token(flags.begin).text.find('i') != std::string::npos;
        put("(", i);
        piece("", 0, ignores_case ? " ~* " : " ~ ");
        piece("", 1, ")");
        return true;
    }
    if ((name == "json_extract" || name == "json_value" || name == "json_unquote") && (dialect != Dialect::oracle || name == "json_value")) {
        // JSON_UNQUOTE(JSON_EXTRACT(a, '$.b')) is a ->> of PostgreSQL's.
        if (name == "json_unquote" && count == 1) {
            const Range inner = called_with[0];
            if (!is_word(inner.begin, inner.end, "json_extract") || inner.begin + 1 >= inner.end) return false;
            const std::vector<Range> pieces = arguments(inner.begin + 1, closing(inner.begin + 1, inner.end));
            if (pieces.size() != 2 || token(pieces[1].begin).kind != TokenKind::string) return false;
            put("(", i);
            write_argument(pieces[0]);
            output_.put(fmt::format("#>> {})", quote_string(json_path(token(pieces[1].begin).text))));
            return true;
        }
        if (count < 2 || token(called_with[1].begin).kind != TokenKind::string) return false;
        put("(", i);
        write_argument(called_with[0]);
        output_.put(fmt::format("{} {})", name == "json_value" || dialect == Dialect::sqlite ? "#>>" : "#>", quote_string(json_path(token(called_with[1].begin).text))));
        return true;
    }
    if (name == "isjson" && count == 1 && dialect == Dialect::mssql) {
        put("(", i);
        piece("", 0, " IS NOT NULL)::integer");
        return true;
    }
    return false;
}

std::string ExpressionWriter::default_problem(Range range, const ColumnFacts& column) const {
    const Range inside = without_parentheses(range);
    if (inside.end != inside.begin + 1) {
        const bool makes_uuid = is_word(inside.begin, inside.end, "uuid") || is_word(inside.begin, inside.end, "newid") || is_word(inside.begin, inside.end, "sys_guid");
        if (makes_uuid && column.type.family == TypeFamily::binary) return "a UUID is no value of its binary type here";
        return {};
    }
    const Token& only = token(inside.begin);
    const TypeFamily family = column.type.family;
    const bool moment = family == TypeFamily::date || family == TypeFamily::timestamp || family == TypeFamily::time;
    const bool numeric = family == TypeFamily::integer || family == TypeFamily::decimal || family == TypeFamily::real;
    if (only.kind == TokenKind::string || (only.kind == TokenKind::quoted_name && only.double_quoted)) {
        const std::string_view text = only.text;
        if (moment) {
            if (text.starts_with("0000-00-00")) return "there is no day 0000-00-00";
            const bool readable = !text.empty() && text[0] >= '0' && text[0] <= '9' && text.find_first_of("-:/") != std::string_view::npos;
            if (!readable) return fmt::format("'{}' is no date or time", printable(text, 40));
        }
        if (numeric) {
            const std::string_view trimmed = trim(text);
            if (trimmed.empty() || trimmed.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return fmt::format("'{}' is no number", printable(text, 40));
        }
        if (family == TypeFamily::enumeration) {
            const auto& labels = column.declared.labels;
            if (std::none_of(labels.begin(), labels.end(), [&](const std::string& each) { return equal_ignoring_case(each, text); }))
                return fmt::format("'{}' is none of its labels", printable(text, 40));
        }
        if (family == TypeFamily::uuid && text.size() != 36) return fmt::format("'{}' is no UUID", printable(text, 40));
        if (family == TypeFamily::json && text.empty()) return "an empty text is no JSON";
        if (family == TypeFamily::geometric || family == TypeFamily::interval) return "its form differs in PostgreSQL";
    }
    if (only.kind == TokenKind::number && moment) return fmt::format("{} is no date or time", only.text);
    if (only.kind == TokenKind::number && (family == TypeFamily::uuid || family == TypeFamily::binary || family == TypeFamily::json || family == TypeFamily::enumeration))
        return fmt::format("{} is no value of its type", only.text);
    if (numeric && (only.is_word("current_timestamp") || only.is_word("current_date") || only.is_word("current_time") || only.is_word("sysdate")))
        return "a moment is no number";
    return {};
}

void ExpressionWriter::write_default(Range range, const ColumnFacts& column) {
    const TypeFamily family = column.type.family;
    const Range inside = without_parentheses(range);
    if (family == TypeFamily::boolean) {
        std::size_t i = range.begin;
        if (const std::optional<bool> value = flag_literal(scope_.tokens, range.end, i); value && i == range.end) {
            put(*value ? "true" : "false", range.begin);
            return;
        }
    }
    if (inside.end == inside.begin + 1) {
        const Token& only = token(inside.begin);
        if (only.kind == TokenKind::bits && (family == TypeFamily::integer || family == TypeFamily::decimal)) {
            unsigned long long value = 0;
            for (const char c : only.text.substr(0, 62)) value = value * 2 + (c == '1' ? 1 : 0);
            put(std::to_string(value), inside.begin);
            return;
        }
        if (family == TypeFamily::bits && (only.kind == TokenKind::bits || only.kind == TokenKind::number || only.kind == TokenKind::string)) {
            // bit(n) takes exactly n digits.
            const std::size_t length = column.declared.arguments.empty() ? 1 : static_cast<std::size_t>(std::clamp<std::int64_t>(parse_integer(column.declared.arguments[0]).value_or(1), 1, 64));
            std::string digits = only.text;
            if (only.kind != TokenKind::bits) {
                digits.clear();
                for (std::int64_t value = parse_integer(only.text).value_or(0); value > 0; value /= 2) digits.insert(digits.begin(), value % 2 == 1 ? '1' : '0');
            }
            if (digits.size() < length) digits.insert(0, length - digits.size(), '0');
            put("B" + quote_string(digits), inside.begin);
            return;
        }
        if (only.kind == TokenKind::quoted_name && only.double_quoted) {
            put(quote_string(only.text), inside.begin);
            return;
        }
        if (family == TypeFamily::enumeration && only.kind == TokenKind::string) {
            const auto& labels = column.declared.labels;
            const auto label = std::find_if(labels.begin(), labels.end(), [&](const std::string& each) { return equal_ignoring_case(each, only.text); });
            put(quote_string(label != labels.end() ? *label : only.text), inside.begin);
            return;
        }
    }
    // Without its parentheses a literal stays one for those who read defaults.
    const bool literal = inside.end <= inside.begin + 2 && inside.begin < inside.end;
    const bool call = inside.end > inside.begin + 2 && token(inside.begin).kind == TokenKind::word && token(inside.begin + 1).is_symbol("(") &&
                      closing(inside.begin + 1, inside.end) == inside.end - 1;
    write(literal || call ? inside : range);
}

}  // namespace confab::ddl::dialect
