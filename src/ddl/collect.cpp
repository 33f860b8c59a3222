#include "ddl/collect.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/alter_table.hpp"
#include "ddl/create_table.hpp"
#include "ddl/indexes.hpp"
#include "ddl/objects.hpp"
#include "ddl/sequences.hpp"
#include "ddl/types.hpp"
#include "pgtree/pgtree.hpp"
#include "pgtree/scan.hpp"

namespace confab::ddl {
namespace {

// The words that a statement begins with, in upper case: up to four.
std::vector<std::string> first_words(const std::string& sql) {
    std::vector<std::string> words;
    pgtree::Scanner scanner(sql);
    for (pgtree::Token token = scanner.next(); words.size() < 4 && token.kind == pgtree::TokenKind::word; token = scanner.next()) {
        words.push_back(upper_ascii(scanner.text(token)));
    }
    return words;
}

// Whether a statement that does not parse may be passed over. What declares tables and types may not.
bool may_matter(const std::vector<std::string>& words) {
    const auto has = [&](std::size_t from, std::initializer_list<std::string_view> any) {
        return std::any_of(words.begin() + static_cast<std::ptrdiff_t>(std::min(from, words.size())), words.end(),
                           [&](const std::string& word) { return std::find(any.begin(), any.end(), word) != any.end(); });
    };
    if (words.empty()) return true;
    if (words[0] == "CREATE") return has(1, {"TABLE", "TYPE", "DOMAIN", "INDEX", "SEQUENCE"});
    if (words[0] == "ALTER") return words.size() > 1 && (words[1] == "TABLE" || words[1] == "TYPE" || words[1] == "DOMAIN");
    return false;
}

std::string kind_of(const std::vector<std::string>& words) {
    if (words.empty()) return "a statement";
    static constexpr std::string_view two_worded[] = {"CREATE", "ALTER", "DROP", "COMMENT", "SECURITY", "REFRESH", "IMPORT"};
    if (std::find(std::begin(two_worded), std::end(two_worded), words[0]) == std::end(two_worded) || words.size() < 2) return words[0];
    std::size_t second = 1;
    while (second + 1 < words.size() && (words[second] == "OR" || words[second] == "REPLACE" || words[second] == "ON")) ++second;
    return words[0] + " " + words[second];
}

Status create_namespace(const Context& context, const PgQuery__CreateSchemaStmt& statement);

Status apply(const Context& context, PgQuery__Node& node) {
    switch (node.node_case) {
        case PG_QUERY__NODE__NODE_CREATE_STMT: return create_table(context, *node.create_stmt);
        case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT: return alter_table(context, *node.alter_table_stmt);
        case PG_QUERY__NODE__NODE_INDEX_STMT: return create_index(context, *node.index_stmt);
        case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT: return create_enumeration(context, *node.create_enum_stmt);
        case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT: return alter_enumeration(context, *node.alter_enum_stmt);
        case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT: return create_domain(context, *node.create_domain_stmt);
        case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT: return alter_domain(context, *node.alter_domain_stmt);
        case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT: return create_composite(context, *node.composite_type_stmt);
        case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT: return create_range(context, *node.create_range_stmt);
        case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT: return create_sequence(context, *node.create_seq_stmt);
        case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT: return alter_sequence(context, *node.alter_seq_stmt);
        case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT: return create_namespace(context, *node.create_schema_stmt);
        case PG_QUERY__NODE__NODE_COMMENT_STMT: return comment_on(context, *node.comment_stmt);
        case PG_QUERY__NODE__NODE_DROP_STMT: return drop_objects(context, *node.drop_stmt);
        case PG_QUERY__NODE__NODE_RENAME_STMT: return rename_object(context, *node.rename_stmt);
        case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT: return move_object(context, *node.alter_object_schema_stmt);
        case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT: set_variable(context, *node.variable_set_stmt); return {};
        case PG_QUERY__NODE__NODE_SELECT_STMT: select_set_config(context, *node.select_stmt); return {};
        case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT: return {};  // what the types need is found from the types
        case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
            // Its columns are those of a query, which only a database that holds the queried tables can tell.
            context.draft.add_rowless(context.creation_name(name_of(*node.create_table_as_stmt->into->rel)));
            context.draft.pass_over("CREATE TABLE AS", context.text.position(-1));
            return {};
        case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
            context.draft.add_rowless(context.creation_name(name_of(*node.create_foreign_table_stmt->base_stmt->relation)));
            context.draft.pass_over("CREATE FOREIGN TABLE", context.text.position(-1));
            return {};
        case PG_QUERY__NODE__NODE_VIEW_STMT:
            context.draft.add_rowless(context.creation_name(name_of(*node.view_stmt->view)));
            context.draft.pass_over("CREATE VIEW", context.text.position(-1));
            return {};
        default: context.draft.pass_over(kind_of(first_words(context.text.sql())), context.text.position(-1)); return {};
    }
}

// The statements inside of CREATE SCHEMA are made in that namespace.
Status create_namespace(const Context& context, const PgQuery__CreateSchemaStmt& statement) {
    std::string name = statement.schemaname;
    if (name.empty() && statement.authrole != nullptr) name = statement.authrole->rolename;
    CONFAB_CHECK(context.check_name(name, -1));
    context.draft.add_namespace(SchemaDraft::normal_space(name));
    if (statement.n_schema_elts == 0) return {};
    std::vector<std::string> path = context.draft.search_path;
    context.draft.search_path.insert(context.draft.search_path.begin(), SchemaDraft::normal_space(name));
    Status status;
    for (std::size_t i = 0; i < statement.n_schema_elts && status; ++i) status = apply(context, *statement.schema_elts[i]);
    context.draft.search_path = std::move(path);
    return status;
}

}  // namespace

Status collect(SchemaDraft& draft, const StatementText& text) {
    const Context context{draft, text};
    pgtree::Parsed parsed = pgtree::parse(text.sql());
    if (const auto* error = std::get_if<pgtree::SyntaxError>(&parsed)) {
        const std::vector<std::string> words = first_words(text.sql());
        if (may_matter(words)) return context.error(static_cast<std::int64_t>(error->offset), error->message);
        draft.pass_over(kind_of(words), text.position(-1));
        return {};
    }
    PgQuery__ParseResult& root = std::get<pgtree::ParseTree>(parsed).mutable_root();
    for (std::size_t i = 0; i < root.n_stmts; ++i) CONFAB_CHECK(apply(context, *root.stmts[i]->stmt));
    return {};
}

void pass_over(SchemaDraft& draft, const StatementText& text, const std::string& kind, std::string_view source) {
    draft.pass_over(kind, text.position(-1));
    const bool makes_relation = kind.starts_with("CREATE") && (kind.ends_with("VIEW") || kind.ends_with("FOREIGN TABLE"));
    if (!makes_relation || draft.dialect() != Dialect::postgresql) return;
    pgtree::Scanner scanner(source, text.source_offset(-1));
    // CREATE [OR REPLACE] … VIEW [IF NOT EXISTS] name
    WrittenName name;
    bool after_kind = false;
    while (true) {
        const pgtree::Token token = scanner.next();
        const std::string_view word = scanner.text(token);
        const bool is_dot = token.kind == pgtree::TokenKind::symbol && word == ".";
        if (token.kind != pgtree::TokenKind::word && token.kind != pgtree::TokenKind::quoted_name && !is_dot) break;
        if (!after_kind) {
            after_kind = pgtree::is_word(word, "VIEW") || pgtree::is_word(word, "TABLE");
            continue;
        }
        if (pgtree::is_word(word, "IF") || pgtree::is_word(word, "NOT") || pgtree::is_word(word, "EXISTS")) continue;
        if (is_dot) {
            name.space = std::move(name.name);
            name.name.clear();
        } else if (name.name.empty()) {
            name.name = token.kind == pgtree::TokenKind::word ? lower_ascii(word) : std::string(word.substr(1, word.size() - 2));
        } else {
            break;
        }
    }
    if (!name.name.empty()) draft.add_rowless(Context{draft, text}.creation_name(name));
}

}  // namespace confab::ddl
