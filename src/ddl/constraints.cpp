#include "ddl/constraints.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/columns.hpp"
#include "ddl/expressions.hpp"
#include "ddl/indexes.hpp"

namespace confab::ddl {
namespace {

schema::Action action_of(const char* letter) {
    switch (letter[0]) {
        case 'r': return schema::Action::restrict;
        case 'c': return schema::Action::cascade;
        case 'n': return schema::Action::set_null;
        case 'd': return schema::Action::set_default;
        default: return schema::Action::no_action;
    }
}

bool same_key(const schema::Key& a, const schema::Key& b) {
    return a.columns == b.columns && a.include == b.include && a.nulls_not_distinct == b.nulls_not_distinct &&
           a.deferrable == b.deferrable && a.initially_deferred == b.initially_deferred;
}

std::vector<ColumnId> with_include(const schema::Key& key) {
    std::vector<ColumnId> columns = key.columns;
    columns.insert(columns.end(), key.include.begin(), key.include.end());
    return columns;
}

}  // namespace

std::string joined_columns(const schema::Table& table, const std::vector<ColumnId>& columns) {
    std::string names;
    for (const ColumnId id : columns) names += (names.empty() ? "" : "_") + table.columns[id].name;
    return names;
}

Status ConstraintReader::column(ColumnId id, PgQuery__Node* const* constraints, std::size_t count) {
    last_ = Last::none;
    for (std::size_t i = 0; i < count; ++i) {
        if (constraints[i]->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) continue;
        CONFAB_CHECK(column_constraint(id, *constraints[i]->constraint));
    }
    return {};
}

Status ConstraintReader::column_constraint(ColumnId id, const PgQuery__Constraint& constraint) {
    schema::Column& column = owner().columns[id];
    switch (constraint.contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL: column.not_null = true; return {};
        case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
            if (column.not_null && !context_.draft.ignores_case()) {
                return context_.error(constraint.location, fmt::format("column `{}` is declared both NULL and NOT NULL",
                                                                       printable(column.name)));
            }
            return {};
        case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT: return set_default(context_, table_, id, constraint.raw_expr);
        case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY: return set_identity(context_, table_, id, constraint);
        case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED: {
            const ExpressionScope scope{context_.draft, &owner()};
            CONFAB_TRY(ReadExpression expression, read_expression(scope, context_.text, *constraint.raw_expr));
            owner().columns[id].generated_sql = std::move(expression.sql);
            return {};
        }
        case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE: return read_key(constraint, {id});
        case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN: return read_reference(constraint, {id});
        default: return table(constraint);
    }
}

Status ConstraintReader::table(const PgQuery__Constraint& constraint) {
    if (constraint.conname[0] != '\0') CONFAB_CHECK(context_.check_name(constraint.conname, constraint.location));
    switch (constraint.contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK: return read_check(constraint);
        case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE: {
            if (constraint.indexname[0] != '\0') return read_key_using_index(constraint);
            CONFAB_TRY(std::vector<ColumnId> columns, column_ids(constraint.keys, constraint.n_keys, constraint));
            return read_key(constraint, std::move(columns));
        }
        case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION: return read_exclusion(constraint);
        case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN: {
            CONFAB_TRY(std::vector<ColumnId> columns, column_ids(constraint.fk_attrs, constraint.n_fk_attrs, constraint));
            return read_reference(constraint, std::move(columns));
        }
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE: return defer_last(constraint);
        default: return {};
    }
}

Result<std::vector<ColumnId>> ConstraintReader::column_ids(PgQuery__Node* const* names, std::size_t count,
                                                           const PgQuery__Constraint& where) {
    std::vector<ColumnId> ids;
    for (std::size_t i = 0; i < count; ++i) {
        CONFAB_TRY(const ColumnId id, context_.require_column(owner(), string_of(*names[i]), where.location));
        if (std::find(ids.begin(), ids.end(), id) != ids.end()) {
            return context_.error(where.location, fmt::format("column `{}` appears twice in this constraint",
                                                              printable(owner().columns[id].name)));
        }
        ids.push_back(id);
    }
    return ids;
}

Status ConstraintReader::read_check(const PgQuery__Constraint& constraint) {
    const ExpressionScope scope{context_.draft, &owner()};
    CONFAB_TRY(ReadExpression expression, read_expression(scope, context_.text, *constraint.raw_expr));
    schema::Check check;
    check.name = constraint.conname;
    check.sql = std::move(expression.sql);
    check.no_inherit = constraint.is_no_inherit != 0;
    check.not_valid = constraint.skip_validation != 0;
    check.position = context_.text.position(constraint.location);
    if (check.name.empty()) {
        const std::string& space = owner().name.space;
        const std::string column = expression.columns.size() == 1 && expression.names_columns_only
                                       ? owner().columns[expression.columns[0]].name
                                       : "";
        check.name = context_.draft.choose_constraint_name(space, owner().name.name, column, "check");
    } else {
        // Declared again below the table that it is inherited from: one check.
        const auto inherited = std::find_if(owner().checks.begin(), owner().checks.end(), [&](const schema::Check& one) {
            return one.inherited && one.name == check.name;
        });
        if (inherited != owner().checks.end() && inherited->sql == check.sql) return {};
        CONFAB_CHECK(claim(check.name, check.position, false, "check"));
    }
    checks_.push_back(std::move(check));
    return {};
}

Status ConstraintReader::read_key(const PgQuery__Constraint& constraint, std::vector<ColumnId> columns) {
    schema::Key key;
    key.name = constraint.conname;
    if (!key.name.empty()) CONFAB_CHECK(context_.check_name(key.name, constraint.location));
    key.columns = std::move(columns);
    CONFAB_TRY(key.include, column_ids(constraint.including, constraint.n_including, constraint));
    key.primary = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
    key.nulls_not_distinct = constraint.nulls_not_distinct != 0;
    key.deferrable = constraint.deferrable != 0;
    key.initially_deferred = constraint.initdeferred != 0;
    key.position = context_.text.position(constraint.location);
    const bool has_primary = owner().primary_key() != nullptr ||
                             std::any_of(keys_.begin(), keys_.end(), [](const KeyOrExclusion& one) {
                                 return !one.is_exclusion && one.key.primary;
                             });
    if (key.primary && has_primary) {
        return context_.error(constraint.location, fmt::format("table `{}` has two primary keys",
                                                               printable(schema::display(owner().name))))
            .note("one is allowed; further keys are UNIQUE");
    }
    keys_.push_back({std::move(key), {}, false});
    last_ = Last::key;
    return {};
}

Status ConstraintReader::read_key_using_index(const PgQuery__Constraint& constraint) {
    schema::Table& table = owner();
    const auto found = std::find_if(table.indexes.begin(), table.indexes.end(),
                                    [&](const schema::Index& index) { return index.name == constraint.indexname; });
    if (found == table.indexes.end()) {
        return context_.error(constraint.location, fmt::format("table `{}` has no index `{}`",
                                                               printable(schema::display(table.name)),
                                                               printable(constraint.indexname)));
    }
    if (!found->unique || found->where_sql ||
        std::any_of(found->members.begin(), found->members.end(), [](const auto& member) { return !member.column; })) {
        return context_.error(constraint.location, fmt::format("index `{}` cannot be a key", printable(found->name)))
            .note("expected a unique index on plain columns, without WHERE");
    }
    schema::Key key;
    key.name = constraint.conname[0] != '\0' ? constraint.conname : found->name;
    for (const schema::IndexMember& member : found->members) key.columns.push_back(*member.column);
    key.include = found->include;
    key.primary = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
    key.nulls_not_distinct = found->nulls_not_distinct;
    key.deferrable = constraint.deferrable != 0;
    key.initially_deferred = constraint.initdeferred != 0;
    key.position = context_.text.position(constraint.location);
    context_.draft.release_relation({table.name.space, found->name});
    table.indexes.erase(found);
    keys_.push_back({std::move(key), {}, false});
    return {};
}

Status ConstraintReader::read_exclusion(const PgQuery__Constraint& constraint) {
    schema::Exclusion exclusion;
    exclusion.name = constraint.conname;
    exclusion.method = constraint.access_method[0] != '\0' ? constraint.access_method : "gist";
    exclusion.deferrable = constraint.deferrable != 0;
    exclusion.initially_deferred = constraint.initdeferred != 0;
    exclusion.position = context_.text.position(constraint.location);
    for (std::size_t i = 0; i < constraint.n_exclusions; ++i) {
        // Each is a pair: the member, and its operator's name.
        const PgQuery__List& pair = *constraint.exclusions[i]->list;
        CONFAB_TRY(schema::IndexMember member,
                   read_index_member(context_, owner(), *pair.items[0]->index_elem, constraint.location));
        const PgQuery__List& name = *pair.items[1]->list;
        member.exclusion_operator = string_of(*name.items[name.n_items - 1]);
        if (name.n_items > 1) {
            const std::string space(string_of(*name.items[0]));
            if (space != "pg_catalog") {
                member.exclusion_operator =
                    fmt::format("OPERATOR({}.{})", schema::quoted_identifier(space), member.exclusion_operator);
            }
        }
        exclusion.members.push_back(std::move(member));
    }
    if (constraint.where_clause != nullptr) {
        const ExpressionScope scope{context_.draft, &owner()};
        CONFAB_TRY(ReadExpression where, read_expression(scope, context_.text, *constraint.where_clause));
        exclusion.where_sql = std::move(where.sql);
    }
    keys_.push_back({{}, std::move(exclusion), true});
    last_ = Last::key;
    return {};
}

Status ConstraintReader::read_reference(const PgQuery__Constraint& constraint, std::vector<ColumnId> columns) {
    ReferenceDraft reference;
    schema::ForeignKey& key = reference.key;
    key.name = constraint.conname;
    if (!key.name.empty()) CONFAB_CHECK(context_.check_name(key.name, constraint.location));
    key.columns = std::move(columns);
    if (constraint.fk_matchtype[0] == 'p') return context_.error(constraint.location, "MATCH PARTIAL is not implemented in PostgreSQL");
    key.match = constraint.fk_matchtype[0] == 'f' ? schema::Match::full : schema::Match::simple;
    key.on_delete = action_of(constraint.fk_del_action);
    key.on_update = action_of(constraint.fk_upd_action);
    CONFAB_TRY(key.on_delete_columns, column_ids(constraint.fk_del_set_cols, constraint.n_fk_del_set_cols, constraint));
    key.deferrable = constraint.deferrable != 0;
    key.initially_deferred = constraint.initdeferred != 0;
    key.not_valid = constraint.skip_validation != 0 && constraint.initially_valid == 0;
    key.position = context_.text.position(constraint.location);
    const WrittenName parent = name_of(*constraint.pktable);
    reference.parent_name = {parent.space, parent.name};
    reference.parent = context_.draft.find_table(parent.space, parent.name);
    reference.parent_columns = strings_of(constraint.pk_attrs, constraint.n_pk_attrs);
    reference.source_offset = context_.text.source_offset(constraint.location);
    reference.parent_offset = context_.text.source_offset(constraint.pktable->location);
    references_.push_back(std::move(reference));
    last_ = Last::reference;
    return {};
}

Status ConstraintReader::defer_last(const PgQuery__Constraint& attribute) {
    if (last_ == Last::none) return context_.error(attribute.location, "there is no constraint here that can be deferred");
    bool* deferrable = nullptr;
    bool* deferred = nullptr;
    if (last_ == Last::reference) {
        deferrable = &references_.back().key.deferrable;
        deferred = &references_.back().key.initially_deferred;
    } else {
        KeyOrExclusion& last = keys_.back();
        deferrable = last.is_exclusion ? &last.exclusion.deferrable : &last.key.deferrable;
        deferred = last.is_exclusion ? &last.exclusion.initially_deferred : &last.key.initially_deferred;
    }
    switch (attribute.contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE: *deferrable = true; break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE: *deferrable = false; break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
            *deferrable = true;
            *deferred = true;
            break;
        default: *deferred = false;
    }
    return {};
}

bool ConstraintReader::has_constraint(const std::string& name) const {
    const TableDraft& draft = context_.draft.tables[table_];
    const schema::Table& table = draft.table;
    const auto named = [&](const auto& list) {
        return std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.name == name; });
    };
    return named(table.keys) || named(table.checks) || named(table.exclusions) || named(checks_) ||
           std::any_of(draft.references.begin(), draft.references.end(),
                       [&](const ReferenceDraft& one) { return one.key.name == name; });
}

Status ConstraintReader::claim(std::string& name, schema::Position position, bool is_relation, std::string_view label) {
    const QualifiedName full{owner().name.space, name};
    const bool taken = has_constraint(name) || (is_relation && context_.draft.relation_exists(full));
    if (taken && context_.draft.ignores_case()) {
        // Where each table has constraint names of its own, PostgreSQL needs another one.
        name = is_relation ? context_.draft.choose_relation_name(full.space, owner().name.name, name, label, true)
                           : context_.draft.choose_constraint_name(full.space, owner().name.name, name, label);
        return {};
    }
    if (taken) {
        return context_.text.error_at_position(
            position, has_constraint(name) ? fmt::format("table `{}` has two constraints named `{}`",
                                                         printable(schema::display(owner().name)), printable(name))
                                           : fmt::format("relation `{}` already exists", printable(schema::display(full))));
    }
    context_.draft.claim_constraint(full);
    if (is_relation) context_.draft.claim_relation(full);
    return {};
}

Status ConstraintReader::finish() {
    CONFAB_CHECK(finish_checks());
    CONFAB_CHECK(finish_keys());
    return finish_references();
}

Status ConstraintReader::finish_checks() {
    for (schema::Check& check : checks_) owner().checks.push_back(std::move(check));
    checks_.clear();
    return {};
}

void ConstraintReader::drop_redundant_keys() {
    // A UNIQUE that says what an earlier key says makes no index of its own; its name goes to the one that has none.
    std::vector<KeyOrExclusion> kept;
    for (KeyOrExclusion& one : keys_) {
        const auto same = std::find_if(kept.begin(), kept.end(), [&](const KeyOrExclusion& earlier) {
            return !one.is_exclusion && !earlier.is_exclusion && same_key(one.key, earlier.key);
        });
        if (same == kept.end()) {
            kept.push_back(std::move(one));
        } else if (same->key.name.empty()) {
            same->key.name = one.key.name;
        }
    }
    keys_ = std::move(kept);
}

Status ConstraintReader::finish_keys() {
    std::stable_partition(keys_.begin(), keys_.end(),
                          [](const KeyOrExclusion& one) { return !one.is_exclusion && one.key.primary; });
    drop_redundant_keys();
    schema::Table& table = owner();
    for (KeyOrExclusion& one : keys_) {
        std::string& name = one.is_exclusion ? one.exclusion.name : one.key.name;
        const std::string_view label = one.is_exclusion ? "excl" : one.key.primary ? "pkey" : "key";
        if (!name.empty()) {
            CONFAB_CHECK(claim(name, one.is_exclusion ? one.exclusion.position : one.key.position, true, label));
        } else {
            std::string columns;
            if (one.is_exclusion) columns = joined_members(table, one.exclusion.members);
            else if (!one.key.primary) columns = joined_columns(table, with_include(one.key));
            name = context_.draft.choose_relation_name(table.name.space, table.name.name, columns, label, true);
        }
        if (one.is_exclusion) {
            table.exclusions.push_back(std::move(one.exclusion));
        } else if (one.key.primary) {
            for (const ColumnId id : one.key.columns) table.columns[id].not_null = true;
            table.keys.insert(table.keys.begin(), std::move(one.key));
        } else {
            table.keys.push_back(std::move(one.key));
        }
    }
    keys_.clear();
    return {};
}

Status ConstraintReader::finish_references() {
    schema::Table& table = owner();
    for (ReferenceDraft& reference : references_) {
        std::string& name = reference.key.name;
        if (name.empty()) {
            name = context_.draft.choose_constraint_name(table.name.space, table.name.name,
                                                         joined_columns(table, reference.key.columns), "fkey");
        } else {
            CONFAB_CHECK(claim(name, reference.key.position, false, "fkey"));
        }
        context_.draft.tables[table_].references.push_back(std::move(reference));
    }
    references_.clear();
    return {};
}

}  // namespace confab::ddl
