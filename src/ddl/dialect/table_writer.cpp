// StatementWriter: columns, constraints, indexes.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/dialect/statement_writer.hpp"

namespace confab::ddl::dialect {

namespace {

std::string display(const TableName& name) { return name.space.empty() ? name.name : name.space + "." + name.name; }

std::string list(const std::vector<std::string>& columns) {
    std::string result = "(";
    for (const std::string& each : columns) result += (result.size() > 1 ? ", " : "") + quote_name(each);
    return result + ")";
}

// Prefixes this long are there for an index's size, not for what they mean.
constexpr long meaningless_prefix = 32;

bool same_columns(std::vector<std::string> a, std::vector<std::string> b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

}  // namespace

// A computed column that reads the clock is worked out when it is read; PostgreSQL's are stored.
bool StatementWriter::is_stored(const TableName& table, const Column& column) {
    if (!column.is_generated) return true;
    for (std::size_t i = column.generated.begin; i < column.generated.end; ++i) {
        static constexpr std::array<std::string_view, 16> clocks = {"getdate", "getutcdate", "sysdatetime", "sysutcdatetime", "sysdatetimeoffset", "current_timestamp",
                                                                    "now",     "curdate",    "sysdate",     "systimestamp",   "current_date",      "newid",
                                                                    "rand",    "suser_sname", "uuid",        "random"};
        const Token& token = (*tokens_)[i];
        // dbo.ufnLeadingZeros(…), Node.GetLevel(): a function of the database's own.
        if (token.is_symbol("(") && i >= column.generated.begin + 3 && (*tokens_)[i - 2].is_symbol(".")) {
            left_out_columns_.insert({table, column.name});
            warn(fmt::format("column {} of table {} is left out: it is computed with the function {}, which is not known here", column.name, display(table),
                             (*tokens_)[i - 1].text));
            return false;
        }
        if (token.kind != TokenKind::word || std::none_of(clocks.begin(), clocks.end(), [&](std::string_view each) { return token.is_word(each); })) continue;
        left_out_columns_.insert({table, column.name});
        warn(fmt::format("column {} of table {} is left out: it is computed with {} whenever it is read, and PostgreSQL stores computed columns", column.name,
                         display(table), upper_ascii(token.text)));
        return false;
    }
    return true;
}

// The type of an expression without one of its own, from what it is made of.
std::string StatementWriter::inferred_type(const TableFacts* table, Range range) const {
    bool decimal = false, real = false, text = false, integer = false, moment = false, big = false;
    const auto& tokens = *tokens_;
    std::size_t begin = range.begin;
    while (begin < range.end && tokens[begin].is_symbol("(")) ++begin;
    static constexpr std::array<std::string_view, 13> counts = {"datediff", "timestampdiff", "len", "length", "char_length", "year", "month", "day", "datepart", "extract", "instr", "charindex", "isnumeric"};
    if (begin < range.end && std::any_of(counts.begin(), counts.end(), [&](std::string_view each) { return tokens[begin].is_word(each); })) return "integer";
    // Of a CASE the results count, not the conditions.
    bool in_condition = false;
    for (std::size_t i = range.begin; i < range.end; ++i) {
        const Token& token = tokens[i];
        if (token.is_word("when") || token.is_word("case")) in_condition = true;
        if (token.is_word("then") || token.is_word("else")) in_condition = false;
        if (in_condition) continue;
        if (token.kind == TokenKind::string) text = true;
        if (token.is_symbol("||")) text = true;
        if (token.is_symbol("/")) decimal = true;
        if (token.kind == TokenKind::number) (token.text.find('.') != std::string::npos ? decimal : integer) = true;
        if (token.is_word("dateadd") || token.is_word("date_add") || token.is_word("add_months")) moment = true;
        if (token.is_word("upper") || token.is_word("lower") || token.is_word("concat") || token.is_word("substring") || token.is_word("substr")) text = true;
        if (table == nullptr || (token.kind != TokenKind::word && token.kind != TokenKind::quoted_name)) continue;
        const ColumnFacts* column = table->find(names_.fold(token));
        if (column == nullptr) continue;
        switch (column->type.family) {
            case TypeFamily::integer: integer = true; big = big || column->type.sql == "bigint"; break;
            case TypeFamily::decimal: decimal = true; break;
            case TypeFamily::real: real = true; break;
            case TypeFamily::text: text = true; break;
            case TypeFamily::date:
            case TypeFamily::timestamp: moment = true; break;
            default: break;
        }
    }
    if (moment && !text) return "timestamp(0)";
    if (text) return "text";
    if (real) return "double precision";
    if (decimal) return "numeric";
    if (integer) return big ? "bigint" : "integer";
    return "text";
}

void StatementWriter::write_column(Output& output, const TableName& table, const Column& column) {
    const ColumnFacts facts = facts_of(table, column);
    const TableFacts* table_facts = catalog_.find(table);
    output.put(quote_name(column.name), offset_of(column.token));
    std::string type = facts.enum_type.empty() ? facts.type.sql : facts.enum_type;
    if (column.type.empty() && column.is_generated) type = inferred_type(table_facts, column.generated);
    // A type that nobody knows: as written, so that the message names it.
    if (type.empty()) type = source_text(column.type.range);
    if (!type.empty()) output.put(type, offset_of(column.type.token));
    const CreateAlias* alias = catalog_.alias(column.type);

    Hint hint;
    hint.table = display(table);
    hint.column = column.name;
    hint.declared_type = column.type.labels.empty() ? lower_ascii(source_text(column.type.range)) : source_text(column.type.range);
    hint.on_update_now = column.on_update_now;
    result_.hints.push_back(std::move(hint));

    if (column.is_generated) {
        output.put("GENERATED ALWAYS AS (");
        ExpressionWriter(scope(table_facts, true), output).write(column.generated);
        output.glue(") STORED");
    } else if (is_identity(table, column)) {
        output.put(column.identity_always ? "GENERATED ALWAYS AS IDENTITY" : "GENERATED BY DEFAULT AS IDENTITY");
        if (!column.identity_options.empty()) output.put("(" + column.identity_options + ")");
    } else if (column.has_default) {
        Output value;
        ExpressionWriter writer(scope(table_facts), output);
        if (const std::string problem = writer.default_problem(column.default_value, facts); !problem.empty()) {
            warn(fmt::format("the default of column {} of table {} is left out: {}", column.name, display(table), problem));
        } else {
            output.put("DEFAULT");
            writer.write_default(column.default_value, facts);
        }
    }
    if (column.not_null || (alias != nullptr && alias->not_null && !column.null)) output.put("NOT NULL");
    for (const Constraint& constraint : column.constraints) (void)write_constraint(output, table, constraint, true);
    const std::string name = quote_name(column.name);
    if (!column.is_generated) {
        if (!facts.type.range.empty()) output.put(fmt::format("CHECK ({} {})", name, facts.type.range));
        if (!facts.type.pattern.empty()) output.put(fmt::format("CHECK ({} ~ {})", name, quote_string(facts.type.pattern)));
        if (column.type.name == "enum" && facts.type.family == TypeFamily::text && !column.type.labels.empty()) {
            std::string labels;
            for (const std::string& label : column.type.labels) labels += (labels.empty() ? "" : ", ") + quote_string(label);
            output.put(fmt::format("CHECK ({} IN ({}))", name, labels));
        }
    }
    for (const std::size_t token : column.unknown) output.put((*tokens_)[token].text, offset_of(token));
}

// PostgreSQL names keys in the namespace, and any constraint once in its table.
std::string StatementWriter::constraint_name(const TableName& table, const Constraint& constraint) {
    if (constraint.name.empty()) return {};
    std::string name = constraint.name;
    const bool key = constraint.kind == ConstraintKind::primary_key || constraint.kind == ConstraintKind::unique;
    if (key) {
        if (names_.is_taken(table.space, name) && constraint.kind == ConstraintKind::primary_key) return {};
        name = names_.claim(table.space, table.name, name);
    }
    if (!constraint_names_[table].insert(name).second) return {};
    return "CONSTRAINT " + quote_name(name);
}

bool StatementWriter::becomes_index(const Constraint& constraint) const {
    if (constraint.kind == ConstraintKind::index || constraint.kind == ConstraintKind::ignored) return constraint.kind == ConstraintKind::index || !constraint.ignored_what.empty();
    if (constraint.kind != ConstraintKind::unique) return false;
    return !constraint.where.empty() || std::any_of(constraint.parts.begin(), constraint.parts.end(), [](const KeyPart& part) {
        return part.column.empty() || part.prefix_length.value_or(meaningless_prefix) < meaningless_prefix;
    });
}

void StatementWriter::write_reference(Output& output, const Constraint& constraint) {
    output.put("REFERENCES", offset_of(constraint.token));
    output.put(quote_name(catalog_.resolve(constraint.parent)), offset_of(constraint.parent.token));
    if (!constraint.parent_columns.empty()) output.put(list(constraint.parent_columns));
    output.glue(constraint.tail);
}

// False when nothing is written: a constraint that PostgreSQL's type says already, or that has no like.
bool StatementWriter::write_constraint(Output& output, const TableName& table, const Constraint& constraint, bool inline_column) {
    const TableFacts* facts = catalog_.find(table);
    const bool is_piece = output.sql().empty() && !inline_column;  // only asked whether
    if (constraint.kind == ConstraintKind::ignored || constraint.kind == ConstraintKind::index) return false;
    if (constraint.kind == ConstraintKind::check) {
        const std::string json = json_column_of_check(names_, *tokens_, constraint.check);
        const ColumnFacts* column = json.empty() || facts == nullptr ? nullptr : facts->find(json);
        if (column != nullptr && column->type.family == TypeFamily::json) return false;
    }
    if (is_piece) return true;
    if (const std::string name = constraint_name(table, constraint); !name.empty()) output.put(name, offset_of(constraint.token));
    std::vector<std::string> columns;
    for (const KeyPart& part : constraint.parts) columns.push_back(part.column);
    switch (constraint.kind) {
        case ConstraintKind::primary_key:
            output.put("PRIMARY KEY", offset_of(constraint.token));
            if (!inline_column) output.put(list(columns));
            output.glue(constraint.tail);
            break;
        case ConstraintKind::unique: {
            output.put("UNIQUE", offset_of(constraint.token));
            // SQL Server takes two NULLs for equal here.
            const auto nullable = [&](const std::string& column) {
                const ColumnFacts* own = facts == nullptr ? nullptr : facts->find(column);
                return own == nullptr || !own->not_null;
            };
            if (dialect_ == Dialect::mssql && !inline_column && std::any_of(columns.begin(), columns.end(), nullable)) output.put("NULLS NOT DISTINCT");
            if (!inline_column) output.put(list(columns));
            output.glue(constraint.tail);
            break;
        }
        case ConstraintKind::foreign_key:
            if (!inline_column) {
                output.put("FOREIGN KEY", offset_of(constraint.token));
                output.put(list(columns));
            }
            write_reference(output, constraint);
            break;
        case ConstraintKind::check:
            output.put("CHECK (", offset_of(constraint.token));
            ExpressionWriter(scope(facts), output).write(constraint.check);
            output.glue(")");
            break;
        default: break;
    }
    return true;
}

// InnoDB lets a foreign key refer to the first columns of any key. PostgreSQL wants them unique, and they must
// be for a reference to mean one row.
void StatementWriter::write_missing_keys(Output& output, const TableName& table) {
    const TableFacts* facts = catalog_.find(table);
    if (facts == nullptr || dialect_ != Dialect::mysql) return;
    std::vector<std::vector<std::string>> added;
    for (const ForeignKeyFact* reference : catalog_.references_to(facts->name)) {
        const ForeignKeyFact& key = *reference;
        if (key.parent_columns.empty()) continue;
        const auto matches = [&](const std::vector<std::string>& columns) { return same_columns(columns, key.parent_columns); };
        if (std::any_of(facts->unique_keys.begin(), facts->unique_keys.end(), matches) || std::any_of(added.begin(), added.end(), matches)) continue;
        const auto leads = [&](const std::vector<std::string>& columns) {
            return columns.size() >= key.parent_columns.size() && std::equal(key.parent_columns.begin(), key.parent_columns.end(), columns.begin());
        };
        const bool indexed = std::any_of(facts->unique_keys.begin(), facts->unique_keys.end(), leads) || std::any_of(facts->indexes.begin(), facts->indexes.end(), leads) ||
                             (key.parent_columns.size() == 1 && std::find(facts->identities.begin(), facts->identities.end(), key.parent_columns[0]) != facts->identities.end());
        if (!indexed) continue;
        output.glue(",\n    UNIQUE " + list(key.parent_columns));
        added.push_back(key.parent_columns);
        warn(fmt::format("table {}: {} is made unique, because {} refers to it and a reference must mean one row", display(table), list(key.parent_columns),
                         display(key.child)));
    }
}

void StatementWriter::create_index(const TableName& table, const Constraint& index) {
    const TableFacts* facts = catalog_.find(table);
    if (index.kind == ConstraintKind::ignored) return pass_over(index.ignored_what.ends_with("INDEX") ? "CREATE " + index.ignored_what : index.ignored_what);
    if (facts == nullptr || !created_.contains(facts->name)) {
        warn(fmt::format("index {} is left out: there is no table {} here", index.name, display(table)));
        return pass_over("CREATE INDEX");
    }
    for (const KeyPart& part : index.parts) {
        const ColumnFacts* column = part.column.empty() ? nullptr : facts->find(part.column);
        const bool has_order = column == nullptr || (column->type.family != TypeFamily::geometric && column->type.sql != "xml");
        if (!has_order || left_out_columns_.contains({table, part.column})) return pass_over("CREATE INDEX on a column without order");
    }
    const auto owner = key_names_.find({table.space, index.name});
    if (owner != key_names_.end() && owner->second == table) return pass_over("CREATE INDEX of a key");
    Output output;
    const bool unique = index.kind == ConstraintKind::unique;
    output.put(unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX", offset_of(index.token));
    if (!index.name.empty()) {
        const bool clashes = owner != key_names_.end();
        output.put(quote_name(names_.claim(table.space, table.name, clashes ? fmt::format("{}_{}", table.name, index.name) : index.name)));
    }
    output.put("ON " + quote_name(facts->name) + " (");
    bool nullable = false;
    bool first = true;
    for (const KeyPart& part : index.parts) {
        if (!first) output.glue(",");
        first = false;
        if (part.column.empty()) {
            output.put("(", offset_of(part.token));
            ExpressionWriter(scope(facts, true), output).write(part.expression);
            output.glue(")");
        } else if (part.prefix_length.value_or(meaningless_prefix) < meaningless_prefix) {
            output.put(fmt::format("left({}, {})", quote_name(part.column), *part.prefix_length), offset_of(part.token));
        } else {
            output.put(quote_name(part.column), offset_of(part.token));
        }
        if (part.descending) output.put("DESC");
        const ColumnFacts* column = facts->find(part.column);
        nullable = nullable || column == nullptr || !column->not_null;
    }
    output.glue(")");
    if (!index.include.empty()) output.put("INCLUDE " + list(index.include));
    if (unique && dialect_ == Dialect::mssql && nullable) output.put("NULLS NOT DISTINCT");
    if (!index.where.empty()) {
        output.put("WHERE");
        ExpressionWriter(scope(facts), output).write(index.where);
    }
    emit(std::move(output), index.token);
}

}  // namespace confab::ddl::dialect
