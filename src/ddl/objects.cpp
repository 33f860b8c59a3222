#include "ddl/objects.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/alter_table.hpp"
#include "ddl/columns.hpp"

namespace confab::ddl {
namespace {

using schema::TypeKind;

WrittenName last_two(const std::vector<std::string>& parts) {
    WrittenName name;
    if (!parts.empty()) name.name = parts.back();
    if (parts.size() > 1) name.space = parts[parts.size() - 2];
    return name;
}

template <typename T>
T* named(std::vector<T>& all, const QualifiedName& name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

void set_search_path(const Context& context, const std::vector<std::string>& spaces) {
    std::vector<std::string> path;
    for (const std::string& space : spaces) {
        if (space.empty() || space == "$user" || space == "pg_catalog" || space == "pg_temp") continue;
        path.push_back(SchemaDraft::normal_space(space));
    }
    // With an empty path PostgreSQL wants every name qualified; what is not, is meant for public.
    if (path.empty()) path.emplace_back();
    context.draft.search_path = std::move(path);
}

void forget_references_to(SchemaDraft& draft, TableId id) {
    for (TableDraft& other : draft.tables) {
        std::erase_if(other.references, [&](const ReferenceDraft& reference) { return reference.parent == id; });
    }
}

void drop_table_and_below(SchemaDraft& draft, TableId id) {
    for (const TableId child : children_of(draft, id)) drop_table_and_below(draft, child);
    forget_references_to(draft, id);
    draft.drop_table(id);
}

void drop_index(SchemaDraft& draft, const WrittenName& name) {
    for (TableDraft& table : draft.tables) {
        if (table.dropped) continue;
        if (!name.space.empty() && table.table.name.space != SchemaDraft::normal_space(name.space)) continue;
        const std::size_t dropped =
            std::erase_if(table.table.indexes, [&](const schema::Index& index) { return index.name == name.name; });
        if (dropped > 0) draft.release_relation({table.table.name.space, name.name});
    }
}

void drop_namespace(SchemaDraft& draft, const std::string& space) {
    for (TableId id = 0; id < draft.tables.size(); ++id) {
        if (!draft.tables[id].dropped && draft.tables[id].table.name.space == space) drop_table_and_below(draft, id);
    }
}

void drop_one(SchemaDraft& draft, PgQuery__ObjectType type, const std::vector<std::string>& parts) {
    const WrittenName name = last_two(parts);
    switch (type) {
        case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
            if (const auto id = draft.find_table(name.space, name.name)) drop_table_and_below(draft, *id);
            break;
        case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX: drop_index(draft, name); break;
        case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
        case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
            if (const auto found = draft.find_type(name.space, name.name)) draft.remove_type(found->name);
            break;
        case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
            if (const schema::Sequence* sequence = draft.find_sequence(name.space, name.name)) {
                draft.remove_sequence(QualifiedName(sequence->name));
            }
            break;
        case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: drop_namespace(draft, SchemaDraft::normal_space(name.name)); break;
        default: break;
    }
}

Status rename_type(const Context& context, const PgQuery__RenameStmt& statement) {
    const WrittenName written = last_two(parts_of_object(*statement.object));
    const auto found = context.draft.find_type(written.space, written.name);
    if (!found) return context.error(-1, fmt::format("there is no type `{}`", printable(written.name)));
    CONFAB_CHECK(context.check_name(statement.newname, -1));
    context.draft.rename_type(found->name, {found->name.space, statement.newname});
    return {};
}

}  // namespace

Status comment_on(const Context& context, const PgQuery__CommentStmt& statement) {
    const std::string comment = statement.comment;
    const std::vector<std::string> parts = statement.object != nullptr ? parts_of_object(*statement.object)
                                                                       : std::vector<std::string>();
    SchemaDraft& draft = context.draft;
    switch (statement.objtype) {
        case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE: {
            const WrittenName name = last_two(parts);
            const auto id = draft.find_table(name.space, name.name);
            if (!id) break;
            draft.tables[*id].table.comment = comment;
            return {};
        }
        case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN: {
            if (parts.size() < 2) break;
            const WrittenName name = last_two({parts.begin(), parts.end() - 1});
            const auto id = draft.find_table(name.space, name.name);
            if (!id) break;
            schema::Table& table = draft.tables[*id].table;
            const auto column = draft.find_column(table, parts.back());
            if (!column) break;
            table.columns[*column].comment = comment;
            return {};
        }
        case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
        case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: {
            const WrittenName name = last_two(parts);
            const auto found = draft.find_type(name.space, name.name);
            if (!found) break;
            if (auto* enumeration = named(draft.schema.enumerations, found->name)) enumeration->comment = comment;
            if (auto* domain = named(draft.schema.domains, found->name)) domain->comment = comment;
            return {};
        }
        default: break;
    }
    // A comment says nothing about rows: one on what is not here stops nobody.
    draft.pass_over("COMMENT ON something else", context.text.position(-1));
    return {};
}

Status drop_objects(const Context& context, const PgQuery__DropStmt& statement) {
    for (std::size_t i = 0; i < statement.n_objects; ++i) {
        drop_one(context.draft, statement.remove_type, parts_of_object(*statement.objects[i]));
    }
    return {};
}

Status rename_object(const Context& context, const PgQuery__RenameStmt& statement) {
    SchemaDraft& draft = context.draft;
    const WrittenName written = statement.relation != nullptr ? name_of(*statement.relation) : WrittenName{};
    const std::int64_t location = statement.relation != nullptr ? statement.relation->location : -1;
    const bool of_table = statement.relation_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ||
                          statement.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ||
                          statement.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT;
    if (of_table && draft.is_rowless(written.space, written.name)) {
        draft.pass_over("RENAME of what holds no rows", context.text.position(-1));
        return {};
    }
    if (of_table && statement.missing_ok != 0 && !draft.find_table(written.space, written.name)) return {};
    switch (statement.rename_type) {
        case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE: {
            CONFAB_TRY(const TableId id, context.require_table(written, location));
            CONFAB_CHECK(context.check_name(statement.newname, location));
            const QualifiedName name{draft.tables[id].table.name.space, statement.newname};
            if (draft.relation_exists(name)) {
                return context.error(location, fmt::format("relation `{}` already exists", printable(schema::display(name))));
            }
            draft.rename_table(id, name);
            return {};
        }
        case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN: {
            if (!of_table) break;
            CONFAB_TRY(const TableId id, context.require_table(written, location));
            CONFAB_TRY(const ColumnId column, context.require_column(draft.tables[id].table, statement.subname, location));
            return rename_column(context, id, column, statement.newname);
        }
        case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT: {
            CONFAB_TRY(const TableId id, context.require_table(written, location));
            return rename_constraint(context, id, statement.subname, statement.newname);
        }
        case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
            for (TableDraft& table : draft.tables) {
                for (schema::Index& index : table.table.indexes) {
                    if (index.name == written.name) index.name = statement.newname;
                }
                for (schema::Key& key : table.table.keys) {
                    if (key.name == written.name) key.name = statement.newname;
                }
            }
            return {};
        case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
            draft.rename_sequence(written.space, written.name, statement.newname);
            return {};
        case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
        case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: return rename_type(context, statement);
        default: break;
    }
    draft.pass_over("RENAME of something else", context.text.position(-1));
    return {};
}

Status move_object(const Context& context, const PgQuery__AlterObjectSchemaStmt& statement) {
    SchemaDraft& draft = context.draft;
    const std::string space = SchemaDraft::normal_space(statement.newschema);
    CONFAB_CHECK(context.check_name(space, -1));
    if (statement.object_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE && statement.relation != nullptr) {
        const WrittenName written = name_of(*statement.relation);
        const auto id = draft.find_table(written.space, written.name);
        if (!id && statement.missing_ok != 0) return {};
        CONFAB_TRY(const TableId table, context.require_table(written, statement.relation->location));
        draft.rename_table(table, {space, draft.tables[table].table.name.name});
        return {};
    }
    if ((statement.object_type == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE ||
         statement.object_type == PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN) &&
        statement.object != nullptr) {
        const WrittenName written = last_two(parts_of_object(*statement.object));
        if (const auto found = draft.find_type(written.space, written.name)) {
            draft.rename_type(found->name, {space, found->name.name});
            return {};
        }
    }
    draft.pass_over("SET SCHEMA of something else", context.text.position(-1));
    return {};
}

void set_variable(const Context& context, const PgQuery__VariableSetStmt& statement) {
    if (std::string_view(statement.name) == "search_path") {
        std::vector<std::string> spaces;
        for (std::size_t i = 0; i < statement.n_args; ++i) {
            // SET search_path = 'a, b' is one name with a comma in it; as a list it is what people mean by it.
            const std::string names = string_constant(statement.args[i]).value_or("");
            for (const std::string_view piece : split(names, ',')) {
                spaces.emplace_back(trim(piece));
            }
        }
        set_search_path(context, spaces);
        return;
    }
    context.draft.pass_over("SET", context.text.position(-1));
}

void select_set_config(const Context& context, const PgQuery__SelectStmt& statement) {
    if (statement.n_target_list == 1 && statement.n_from_clause == 0 &&
        statement.target_list[0]->node_case == PG_QUERY__NODE__NODE_RES_TARGET) {
        const PgQuery__Node* value = statement.target_list[0]->res_target->val;
        if (value != nullptr && value->node_case == PG_QUERY__NODE__NODE_FUNC_CALL) {
            const PgQuery__FuncCall& call = *value->func_call;
            if (name_of_parts(call.funcname, call.n_funcname).name == "set_config" && call.n_args == 3 &&
                string_constant(call.args[0]) == "search_path") {
                std::vector<std::string> spaces;
                const std::string names = string_constant(call.args[1]).value_or("");
                for (const std::string_view piece : split(names, ',')) {
                    spaces.emplace_back(trim(piece));
                }
                set_search_path(context, spaces);
                return;
            }
        }
    }
    context.draft.pass_over("SELECT", context.text.position(-1));
}

}  // namespace confab::ddl
