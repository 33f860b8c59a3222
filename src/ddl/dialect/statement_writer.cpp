#include "ddl/dialect/statement_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace confab::ddl::dialect {

namespace {

std::string display(const TableName& name) { return name.space.empty() ? name.name : name.space + "." + name.name; }

}  // namespace

void StatementWriter::prepare(const std::vector<ParsedStatement>& statements) {
    for (const ParsedStatement& parsed : statements) {
        if (const auto* create = std::get_if<CreateTable>(&parsed.statement)) names_.reserve(create->name);
        if (const auto* sequence = std::get_if<CreateSequence>(&parsed.statement)) names_.reserve(sequence->name);
    }
    // In Oracle an index and the key that uses it share a name: the key keeps it.
    if (dialect_ != Dialect::oracle) return;
    for (const ParsedStatement& parsed : statements) {
        const auto remember = [&](const TableName& table, const Constraint& constraint) {
            const bool key = constraint.kind == ConstraintKind::primary_key || constraint.kind == ConstraintKind::unique;
            if (key && !constraint.name.empty()) key_names_.try_emplace({table.space, constraint.name}, catalog_.resolve(table));
        };
        if (const auto* create = std::get_if<CreateTable>(&parsed.statement)) {
            for (const Constraint& constraint : create->constraints) remember(create->name, constraint);
            for (const Column& column : create->columns)
                for (const Constraint& constraint : column.constraints) remember(create->name, constraint);
        }
        if (const auto* alter = std::get_if<AlterTable>(&parsed.statement))
            for (const AlterAction& action : alter->actions)
                if (action.kind == AlterKind::add_constraint) remember(alter->name, action.constraint);
    }
}

void StatementWriter::write(const ParsedStatement& parsed) {
    tokens_ = parsed.tokens;
    statement_offset_ = parsed.offset;
    if (tokens_ != nullptr) closing_ = match_parentheses(*tokens_);
    if (const auto* over = std::get_if<PassOver>(&parsed.statement)) pass_over(over->kind);
    if (const auto* create = std::get_if<CreateTable>(&parsed.statement)) create_table(*create);
    if (const auto* alter = std::get_if<AlterTable>(&parsed.statement)) alter_table(*alter);
    if (const auto* index = std::get_if<CreateIndex>(&parsed.statement)) create_index(catalog_.resolve(index->table), index->index);
    if (const auto* sequence = std::get_if<CreateSequence>(&parsed.statement)) create_sequence(*sequence);
    if (const auto* said = std::get_if<CommentOn>(&parsed.statement)) comment(catalog_.resolve(said->table), said->column, said->text, said->token);
    if (const auto* drop = std::get_if<DropTable>(&parsed.statement)) drop_tables(*drop);
    if (const auto* rename = std::get_if<RenameTables>(&parsed.statement)) rename_tables(*rename);
    if (const auto* alias = std::get_if<CreateAlias>(&parsed.statement))
        pass_over(alias->type.empty() ? "CREATE TYPE" : "CREATE TYPE … FROM (used as the type that it names)");
}

void StatementWriter::emit(Output output, std::size_t token) { result_.statements.push_back(std::move(output).statement(offset_of(token))); }

void StatementWriter::pass_over(std::string kind) {
    RewrittenStatement statement;
    statement.passed_over_kind = std::move(kind);
    statement.source_offset = statement_offset_;
    result_.statements.push_back(std::move(statement));
}

std::string StatementWriter::source_text(Range range) const {
    if (range.empty()) return {};
    const Token& first = (*tokens_)[range.begin];
    const Token& last = (*tokens_)[range.end - 1];
    std::string result;
    for (const char c : text_.substr(first.offset, last.offset + last.length - first.offset)) {
        const bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (!space) result += c;
        else if (!result.empty() && result.back() != ' ') result += ' ';
    }
    return result;
}

ExpressionWriter::Scope StatementWriter::scope(const TableFacts* table, bool must_be_immutable) const {
    return {dialect_, names_, catalog_, *tokens_, closing_, table, must_be_immutable};
}

ColumnFacts StatementWriter::facts_of(const TableName& table, const Column& column) const {
    const TableFacts* facts = catalog_.find(table);
    if (facts != nullptr)
        if (const ColumnFacts* known = facts->find(column.name)) return *known;
    // Renamed or dropped later in the text.
    ColumnFacts result;
    result.declared = column.type;
    result.use.is_identity = column.identity;
    const CreateAlias* alias = catalog_.alias(column.type);
    result.type = map_type(dialect_, alias != nullptr ? alias->type : column.type, result.use);
    return result;
}

void StatementWriter::create_space(const std::string& space) {
    if (space.empty() || !spaces_.insert(space).second) return;
    Output output;
    output.put("CREATE SCHEMA IF NOT EXISTS " + quote_name(space), statement_offset_);
    result_.statements.push_back(std::move(output).statement(statement_offset_));
}

// Is the column the row's own number? AUTO_INCREMENT and IDENTITY say so; SQLite's INTEGER PRIMARY KEY is one.
// A column that refers to another table gets its values from there.
bool StatementWriter::is_identity(const TableName& table, const Column& column) const {
    const TableFacts* facts = catalog_.find(table);
    const ColumnFacts* own = facts == nullptr ? nullptr : facts->find(column.name);
    if (own != nullptr && own->references) return false;
    if (column.identity || (own != nullptr && own->use.is_identity)) return true;
    return dialect_ == Dialect::sqlite && facts != nullptr && facts->primary_key.size() == 1 && facts->primary_key[0] == column.name &&
           column.type.name == "integer" && !column.has_default && !facts->without_rowid;
}

// CREATE TYPE for each ENUM column.
void StatementWriter::declare_types(const TableName& table, const std::vector<const Column*>& columns) {
    TableFacts* facts = catalog_.find(table);
    for (const Column* column : columns) {
        if (facts == nullptr) break;
        const auto own = facts->columns.find(column->name);
        if (own == facts->columns.end() || own->second.type.family != TypeFamily::enumeration || !own->second.enum_type.empty()) continue;
        TableName type;
        type.space = table.space;
        type.name = names_.claim(table.space, table.name, fmt::format("{}_{}", table.name, column->name));
        own->second.enum_type = quote_name(type);
        Output output;
        output.put(fmt::format("CREATE TYPE {} AS ENUM (", own->second.enum_type), offset_of(column->type.token));
        bool first = true;
        for (const std::string& label : own->second.declared.labels) {
            if (!first) output.glue(",");
            output.put(quote_string(label), offset_of(column->type.token));
            first = false;
        }
        output.glue(")");
        emit(std::move(output), column->type.token);
    }
}

void StatementWriter::create_table(const CreateTable& table) {
    if (table.as_query) return pass_over("CREATE TABLE AS");
    if (table.temporary && dialect_ != Dialect::oracle) return pass_over("CREATE TEMPORARY TABLE");
    if (table.name.name.starts_with("#")) return pass_over("CREATE TABLE of a temporary table");
    if (table.if_not_exists && created_.contains(table.name)) return pass_over("CREATE TABLE IF NOT EXISTS");
    create_space(table.name.space);
    created_.insert(table.name);
    if (table.like) {
        Output output;
        output.put(fmt::format("CREATE TABLE {} (LIKE {} INCLUDING ALL)", quote_name(table.name), quote_name(catalog_.resolve(*table.like))),
                   offset_of(table.name.token));
        return emit(std::move(output), 0);
    }
    std::vector<const Column*> stored;
    for (const Column& column : table.columns)
        if (is_stored(table.name, column)) stored.push_back(&column);
    declare_types(table.name, stored);
    Output output;
    output.put("CREATE TABLE", offset_of(0));
    output.put(quote_name(table.name), offset_of(table.name.token));
    output.put("(");
    bool first = true;
    const auto separate = [&] {
        if (!first) output.glue(",");
        output.glue("\n    ");
        first = false;
    };
    std::vector<Constraint> indexes;
    for (const Column* column : stored) {
        separate();
        write_column(output, table.name, *column);
    }
    for (const Constraint& constraint : table.constraints) {
        if (becomes_index(constraint)) {
            indexes.push_back(constraint);
            continue;
        }
        Output piece;
        if (!write_constraint(piece, table.name, constraint, false)) continue;
        separate();
        (void)write_constraint(output, table.name, constraint, false);
    }
    write_missing_keys(output, table.name);
    output.glue("\n)");
    for (const std::size_t token : table.unknown) output.put((*tokens_)[token].text, offset_of(token));
    emit(std::move(output), 0);
    for (const Constraint& index : indexes) create_index(table.name, index);
    if (!table.partitioning.empty()) {
        warn(fmt::format("table {}: {} is left out, the table holds all rows itself", display(table.name), table.partitioning));
        pass_over("PARTITION BY");
    }
    comment(table.name, {}, table.comment, table.name.token);
    for (const Column* column : stored) comment(table.name, column->name, column->comment, column->token);
}

void StatementWriter::create_sequence(const CreateSequence& sequence) {
    create_space(sequence.name.space);
    Output output;
    output.put(fmt::format("CREATE SEQUENCE {}{}", quote_name(sequence.name), sequence.options), offset_of(sequence.name.token));
    emit(std::move(output), 0);
}

void StatementWriter::comment(const TableName& table, const std::string& column, const std::string& text, std::size_t token) {
    if (text.empty()) return;
    const TableFacts* facts = catalog_.find(table);
    if (facts == nullptr || (!column.empty() && facts->find(column) == nullptr) || left_out_columns_.contains({table, column}))
        return pass_over(column.empty() ? "COMMENT ON TABLE" : "COMMENT ON COLUMN");
    Output output;
    output.put(column.empty() ? "COMMENT ON TABLE" : "COMMENT ON COLUMN", offset_of(token));
    output.put(quote_name(facts->name) + (column.empty() ? "" : "." + quote_name(column)));
    output.put("IS");
    output.put(quote_string(text));
    emit(std::move(output), token);
}

// DROP TABLE at the head of a script clears what an earlier run made: only what this text made itself is dropped.
void StatementWriter::drop_tables(const DropTable& drop) {
    bool any = false;
    for (const TableName& each : drop.tables) {
        const TableName name = catalog_.resolve(each);
        if (created_.erase(name) == 0) continue;
        any = true;
        Output output;
        output.put(fmt::format("DROP TABLE IF EXISTS {} CASCADE", quote_name(name)), offset_of(each.token));
        emit(std::move(output), each.token);
    }
    if (!any) pass_over("DROP TABLE");
}

void StatementWriter::rename_tables(const RenameTables& rename) {
    for (const auto& [from, to] : rename.pairs) {
        Output output;
        output.put(fmt::format("ALTER TABLE {} RENAME TO {}", quote_name(catalog_.resolve(from)), quote_name(to.name)), offset_of(from.token));
        emit(std::move(output), from.token);
        created_.erase(from);
        created_.insert(to);
    }
}

}  // namespace confab::ddl::dialect
