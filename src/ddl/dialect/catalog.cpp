#include "ddl/dialect/catalog.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "ddl/dialect/flags.hpp"

namespace confab::ddl::dialect {

namespace {

bool is_name_token(const Token& token) { return token.kind == TokenKind::word || token.kind == TokenKind::quoted_name; }

std::vector<std::string> columns_of(const Constraint& constraint, const std::string& column) {
    if (!column.empty()) return {column};
    std::vector<std::string> result;
    for (const KeyPart& part : constraint.parts) result.push_back(part.column);
    return result;
}

// Can PostgreSQL compare a foreign key's columns of these types with its parent's?
bool comparable(const MappedType& child, const MappedType& parent) {
    if (child.family == parent.family) return true;
    const auto is_number = [](TypeFamily family) { return family == TypeFamily::integer || family == TypeFamily::decimal || family == TypeFamily::real; };
    if (is_number(child.family) && is_number(parent.family)) return child.family == TypeFamily::integer;
    const auto is_moment = [](TypeFamily family) { return family == TypeFamily::date || family == TypeFamily::timestamp; };
    return is_moment(child.family) && is_moment(parent.family);
}

}  // namespace

std::string json_column_of_check(const Names& names, const std::vector<Token>& tokens, Range check) {
    std::vector<const Token*> meaningful;
    for (std::size_t i = check.begin; i < check.end; ++i)
        if (!tokens[i].is_symbol("(") && !tokens[i].is_symbol(")")) meaningful.push_back(&tokens[i]);
    const auto is = [&](std::size_t i, std::string_view word) { return i < meaningful.size() && meaningful[i]->is_word(word); };
    const auto column = [&](std::size_t i) { return names.fold(*meaningful[i]); };
    std::size_t count = meaningful.size();
    // `… OR c IS NULL` adds nothing.
    if (count >= 6 && is(count - 4, "or") && is(count - 2, "is") && is(count - 1, "null")) count -= 4;
    std::size_t first = 0;
    if (count >= 6 && is(1, "is") && is(2, "null") && is(3, "or")) first = 4;
    if (count - first == 2 && is(first, "json_valid") && is_name_token(*meaningful[first + 1])) return column(first + 1);
    if (count - first == 4 && is(first, "isjson") && is_name_token(*meaningful[first + 1]) && (meaningful[first + 2]->is_symbol("=") || meaningful[first + 2]->is_symbol(">")))
        return column(first + 1);
    if (count - first == 4 && is(first, "json_valid") && meaningful[first + 2]->is_symbol("=")) return column(first + 1);
    if (count - first >= 3 && is_name_token(*meaningful[first]) && is(first + 1, "is") && is(first + 2, "json")) return column(first);
    return {};
}

Catalog::Catalog(Dialect dialect, const Names& names, const std::vector<ParsedStatement>& statements) : dialect_(dialect), names_(names) {
    for (const ParsedStatement& statement : statements) add_statement(statement);
    mark_keys();
    map_types();
    match_foreign_key_types();
    for (std::size_t i = 0; i < foreign_keys_.size(); ++i) by_parent_.emplace(resolve(foreign_keys_[i].parent), i);
}

const TableFacts* Catalog::find(const TableName& name) const {
    const auto found = tables_.find(name);
    if (found != tables_.end()) return &found->second;
    if (by_name_.count(name.name) != 1) return nullptr;
    return &tables_.find(by_name_.find(name.name)->second)->second;
}

TableFacts* Catalog::find(const TableName& name) { return const_cast<TableFacts*>(std::as_const(*this).find(name)); }

TableName Catalog::resolve(const TableName& name) const {
    const TableFacts* table = find(name);
    TableName result = name;
    if (table != nullptr) {
        result.space = table->name.space;
        result.name = table->name.name;
    }
    return result;
}

std::vector<const ForeignKeyFact*> Catalog::references_to(const TableName& table) const {
    std::vector<const ForeignKeyFact*> result;
    const auto [begin, end] = by_parent_.equal_range(table);
    for (auto each = begin; each != end; ++each) result.push_back(&foreign_keys_[each->second]);
    return result;
}

const CreateAlias* Catalog::alias(const TypeName& type) const {
    TableName name;
    name.space = type.space;
    name.name = names_.fold(type.name);
    const auto found = aliases_.find(name);
    return found == aliases_.end() ? nullptr : &found->second;
}

void Catalog::add_statement(const ParsedStatement& parsed) {
    if (parsed.tokens == nullptr) return;
    const std::vector<Token>& tokens = *parsed.tokens;
    if (const auto* create = std::get_if<CreateTable>(&parsed.statement)) {
        if (create->as_query) return;
        if (create->if_not_exists && tables_.contains(create->name)) return;
        TableFacts table;
        table.name = create->name;
        if (create->like) {
            if (const TableFacts* model = find(*create->like)) table = *model;
            table.name = create->name;
        }
        table.without_rowid = create->without_rowid;
        const auto [place, is_new] = tables_.insert_or_assign(create->name, std::move(table));
        if (is_new) by_name_.emplace(create->name.name, create->name);
        TableFacts& added = place->second;
        for (const Column& column : create->columns) add_column(added, column, tokens);
        for (const Constraint& constraint : create->constraints) add_constraint(added, constraint, {});
        for (const Column& column : create->columns) {
            if (column.is_generated) use_in_expression(added, tokens, column.generated);
            for (const Constraint& constraint : column.constraints)
                if (constraint.kind == ConstraintKind::check) use_in_expression(added, tokens, constraint.check);
        }
        for (const Constraint& constraint : create->constraints) {
            if (constraint.kind == ConstraintKind::check) use_in_expression(added, tokens, constraint.check);
            if (!constraint.where.empty()) use_in_expression(added, tokens, constraint.where);
        }
    } else if (const auto* alter = std::get_if<AlterTable>(&parsed.statement)) {
        TableFacts* table = find(alter->name);
        if (table == nullptr) return;
        for (const AlterAction& action : alter->actions) {
            switch (action.kind) {
                case AlterKind::add_column:
                    add_column(*table, action.column, tokens);
                    if (action.column.is_generated) use_in_expression(*table, tokens, action.column.generated);
                    for (const Constraint& constraint : action.column.constraints)
                        if (constraint.kind == ConstraintKind::check) use_in_expression(*table, tokens, constraint.check);
                    break;
                case AlterKind::modify_column: {
                    Column column = action.column;
                    const std::string& old_name = action.old_name.empty() ? column.name : action.old_name;
                    const auto old = table->columns.find(old_name);
                    if (old != table->columns.end()) {
                        if (column.type.empty()) column.type = old->second.declared;
                        table->columns.erase(old);
                    }
                    add_column(*table, column, tokens);
                    break;
                }
                case AlterKind::rename_column:
                    if (auto node = table->columns.extract(action.old_name)) {
                        node.key() = action.column.name;
                        table->columns.insert(std::move(node));
                    }
                    break;
                case AlterKind::drop_column: table->columns.erase(action.column.name); break;
                case AlterKind::add_constraint:
                    add_constraint(*table, action.constraint, {});
                    if (action.constraint.kind == ConstraintKind::check) use_in_expression(*table, tokens, action.constraint.check);
                    break;
                case AlterKind::set_default: use_in_default(*table, action.column.name, tokens, action.default_value); break;
                default: break;
            }
        }
    } else if (const auto* index = std::get_if<CreateIndex>(&parsed.statement)) {
        if (TableFacts* table = find(index->table)) {
            add_constraint(*table, index->index, {});
            if (!index->index.where.empty()) use_in_expression(*table, tokens, index->index.where);
        }
    } else if (const auto* declared = std::get_if<CreateAlias>(&parsed.statement)) {
        aliases_[declared->name] = *declared;
    }
}

void Catalog::add_column(TableFacts& table, const Column& column, const std::vector<Token>& tokens) {
    ColumnFacts facts;
    facts.declared = column.type;
    facts.position = table.columns.size();
    const CreateAlias* declared = alias(column.type);
    const TypeName& type = declared != nullptr ? declared->type : column.type;
    facts.use.is_flag = may_be_flag(dialect_, type) && !column.identity;
    facts.use.is_identity = column.identity;
    facts.not_null = column.not_null;
    if (column.is_generated) {
        facts.generated = column.generated;
        facts.generated_tokens = &tokens;
    }
    // `0 = low, 1 = medium, 2 = high` is no truth value.
    if (facts.use.is_flag && dialect_ == Dialect::mysql && comment_lists_more_than_two(column.comment)) facts.use.is_flag = false;
    table.columns.insert_or_assign(column.name, std::move(facts));
    if (column.identity) table.identities.push_back(column.name);
    for (const Constraint& constraint : column.constraints) add_constraint(table, constraint, column.name);
    if (column.has_default) use_in_default(table, column.name, tokens, column.default_value);
}

void Catalog::add_constraint(TableFacts& table, const Constraint& constraint, const std::string& column) {
    const std::vector<std::string> columns = columns_of(constraint, column);
    switch (constraint.kind) {
        case ConstraintKind::primary_key:
            table.primary_key = columns;
            table.unique_keys.push_back(columns);
            break;
        case ConstraintKind::unique:
            if (constraint.where.empty() && std::none_of(columns.begin(), columns.end(), [](const std::string& each) { return each.empty(); }))
                table.unique_keys.push_back(columns);
            break;
        case ConstraintKind::index: table.indexes.push_back(columns); break;
        case ConstraintKind::foreign_key: foreign_keys_.push_back({table.name, constraint.parent, columns, constraint.parent_columns}); break;
        default: break;
    }
}

void Catalog::use_in_default(TableFacts& table, const std::string& column, const std::vector<Token>& tokens, Range range) {
    const auto found = table.columns.find(column);
    if (found == table.columns.end()) return;
    if (found->second.use.is_flag && !default_is_flag(tokens, range)) found->second.use.is_flag = false;
    if (found->second.declared.empty() && range.end == range.begin + 1 && tokens[range.begin].kind == TokenKind::number) found->second.use.is_number = true;
    for (std::size_t i = range.begin; i < range.end; ++i)
        if (tokens[i].is_word("uuid_to_bin")) found->second.use.holds_uuid = true;
}

void Catalog::use_in_expression(TableFacts& table, const std::vector<Token>& tokens, Range range) {
    if (const std::string column = json_column_of_check(names_, tokens, range); !column.empty()) {
        if (const auto found = table.columns.find(column); found != table.columns.end()) found->second.use.holds_json = true;
        return;
    }
    for (std::size_t i = range.begin; i < range.end; ++i) {
        if (!is_name_token(tokens[i])) continue;
        const auto found = table.columns.find(names_.fold(tokens[i]));
        if (found != table.columns.end() && found->second.declared.empty() && found->second.generated_tokens == nullptr && i + 2 < range.end &&
            tokens[i + 1].kind == TokenKind::symbol && tokens[i + 2].kind == TokenKind::number)
            found->second.use.is_number = true;
        if (found != table.columns.end() && found->second.use.is_flag && !is_flag_use(tokens, range, i)) found->second.use.is_flag = false;
    }
}

void Catalog::mark_keys() {
    for (auto& [name, table] : tables_)
        for (const auto& key : table.unique_keys)
            for (const std::string& column : key)
                if (const auto found = table.columns.find(column); found != table.columns.end()) {
                    found->second.use.is_key = true;
                    // A flag alone cannot tell many rows apart: it is a number.
                    if (key.size() == 1) found->second.use.is_flag = false;
                }
    for (ForeignKeyFact& key : foreign_keys_) {
        TableFacts* parent = find(key.parent);
        if (key.parent_columns.empty() && parent != nullptr) key.parent_columns = parent->primary_key;
        const auto mark = [](TableFacts* table, const std::vector<std::string>& columns, bool references) {
            if (table == nullptr) return;
            for (const std::string& column : columns)
                if (const auto found = table->columns.find(column); found != table->columns.end()) {
                    found->second.use.is_key = true;
                    found->second.use.is_flag = false;
                    found->second.references = found->second.references || references;
                }
        };
        mark(find(key.child), key.columns, true);
        mark(parent, key.parent_columns, false);
    }
}

// A referenced ENUM as well is text, or its children could not be compared with it.
void Catalog::map_types() {
    for (const ForeignKeyFact& key : foreign_keys_)
        if (TableFacts* parent = find(key.parent))
            for (const std::string& column : key.parent_columns)
                if (const auto found = parent->columns.find(column); found != parent->columns.end() && !found->second.declared.labels.empty())
                    found->second.references = true;
    for (auto& [name, table] : tables_)
        for (auto& [column, facts] : table.columns) {
            const CreateAlias* declared = alias(facts.declared);
            facts.type = map_type(dialect_, declared != nullptr ? declared->type : facts.declared, facts.use);
            // Two columns tied by a key must be of one type, and each ENUM is a type of its own.
            if (facts.type.family == TypeFamily::enumeration && facts.references) facts.type = {"text", TypeFamily::text, {}, {}};
        }
}

// SQLite lets TEXT refer to INTEGER, Oracle NUMBER to NUMBER(4); PostgreSQL wants types that compare. The
// child's column takes its parent's type; chains need as many rounds as they have links.
void Catalog::match_foreign_key_types() {
    for (int round = 0; round < 8; ++round) {
        bool changed = false;
        for (const ForeignKeyFact& key : foreign_keys_) {
            TableFacts* child = find(key.child);
            const TableFacts* parent = find(key.parent);
            if (child == nullptr || parent == nullptr) continue;
            for (std::size_t i = 0; i < key.columns.size() && i < key.parent_columns.size(); ++i) {
                const auto own = child->columns.find(key.columns[i]);
                const ColumnFacts* other = parent->find(key.parent_columns[i]);
                if (own == child->columns.end() || other == nullptr || &own->second == other) continue;
                if (comparable(own->second.type, other->type)) continue;
                own->second.type = other->type;
                own->second.type.range.clear();
                own->second.declared.labels = other->declared.labels;
                changed = true;
            }
        }
        if (!changed) return;
    }
}

}  // namespace confab::ddl::dialect
