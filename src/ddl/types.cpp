#include "ddl/types.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/columns.hpp"
#include "ddl/expressions.hpp"
#include "ddl/read_type.hpp"

namespace confab::ddl {
namespace {

Result<QualifiedName> new_type_name(const Context& context, const WrittenName& written, std::int64_t location) {
    const QualifiedName name = context.creation_name(written);
    CONFAB_CHECK(context.check_name(name.name, location));
    const auto before = context.draft.find_type(name.space.empty() ? "public" : name.space, name.name);
    if (before && before->name == name) {
        return context.error(location, fmt::format("type `{}` is declared twice", printable(schema::display(name))));
    }
    return name;
}

template <typename T>
T* named(std::vector<T>& all, const QualifiedName& name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

Status add_domain_check(const Context& context, schema::Domain& domain, const PgQuery__Constraint& constraint) {
    const ExpressionScope scope{context.draft, nullptr, true};
    CONFAB_TRY(ReadExpression expression, read_expression(scope, context.text, *constraint.raw_expr));
    schema::Check check;
    check.name = constraint.conname;
    CONFAB_CHECK(context.check_name(check.name, constraint.location));
    check.sql = std::move(expression.sql);
    check.not_valid = constraint.skip_validation != 0;
    check.position = context.text.position(constraint.location);
    // Names of a domain's checks are unique in the domain only.
    if (check.name.empty()) {
        const auto taken = [&](const std::string& name) {
            return std::any_of(domain.checks.begin(), domain.checks.end(),
                               [&](const schema::Check& one) { return one.name == name; });
        };
        check.name = make_object_name(domain.name.name, "", "check");
        for (int number = 1; taken(check.name); ++number) {
            check.name = make_object_name(domain.name.name, "", fmt::format("check{}", number));
        }
    }
    domain.checks.push_back(std::move(check));
    return {};
}

Status set_domain_default(const Context& context, schema::Domain& domain, PgQuery__Node* node) {
    domain.default_sql.reset();
    if (node == nullptr || is_null_constant(*node)) return {};
    const ExpressionScope scope{context.draft};
    CONFAB_TRY(ReadExpression expression, read_expression(scope, context.text, *node));
    domain.default_sql = std::move(expression.sql);
    return {};
}

Status apply(const Context& context, schema::Domain& domain, const PgQuery__Constraint& constraint) {
    switch (constraint.contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL: domain.not_null = true; return {};
        case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT: return set_domain_default(context, domain, constraint.raw_expr);
        case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK: return add_domain_check(context, domain, constraint);
        default: return {};
    }
}

}  // namespace

Status create_enumeration(const Context& context, const PgQuery__CreateEnumStmt& statement) {
    CONFAB_TRY(const QualifiedName name,
               new_type_name(context, name_of_parts(statement.type_name, statement.n_type_name), -1));
    schema::Enumeration enumeration;
    enumeration.name = name;
    std::set<std::string> seen;
    for (std::string& label : strings_of(statement.vals, statement.n_vals)) {
        if (label.size() > 63) return context.error(-1, fmt::format("the label `{}` is longer than 63 bytes", printable(label)));
        if (!seen.insert(label).second) {
            return context.error(-1, fmt::format("type `{}` has the label `{}` twice", printable(schema::display(name)),
                                                 printable(label)));
        }
        enumeration.labels.push_back(std::move(label));
    }
    context.draft.schema.enumerations.push_back(std::move(enumeration));
    context.draft.add_type(name, schema::TypeKind::enumeration);
    return {};
}

Status alter_enumeration(const Context& context, const PgQuery__AlterEnumStmt& statement) {
    const WrittenName written = name_of_parts(statement.type_name, statement.n_type_name);
    const auto found = context.draft.find_type(written.space, written.name);
    schema::Enumeration* enumeration = found ? named(context.draft.schema.enumerations, found->name) : nullptr;
    if (enumeration == nullptr) {
        return context.error(-1, fmt::format("there is no enumeration `{}`", printable(written.name)));
    }
    std::vector<std::string>& labels = enumeration->labels;
    const auto at = [&](const char* label) { return std::find(labels.begin(), labels.end(), std::string_view(label)); };
    const auto missing = [&](const char* label) {
        return context.error(-1, fmt::format("type `{}` has no label `{}`", printable(schema::display(enumeration->name)),
                                             printable(label)))
            .note(nearest_note(label, labels));
    };
    if (statement.old_val[0] != '\0') {  // RENAME VALUE
        const auto old = at(statement.old_val);
        if (old == labels.end()) return missing(statement.old_val);
        *old = statement.new_val;
        return {};
    }
    if (at(statement.new_val) != labels.end()) {
        if (statement.skip_if_new_val_exists != 0) return {};
        return context.error(-1, fmt::format("type `{}` has the label `{}` already",
                                             printable(schema::display(enumeration->name)), printable(statement.new_val)));
    }
    auto place = labels.end();
    if (statement.new_val_neighbor[0] != '\0') {
        place = at(statement.new_val_neighbor);
        if (place == labels.end()) return missing(statement.new_val_neighbor);
        if (statement.new_val_is_after != 0) ++place;
    }
    labels.insert(place, statement.new_val);
    return {};
}

Status create_domain(const Context& context, const PgQuery__CreateDomainStmt& statement) {
    CONFAB_TRY(const QualifiedName name,
               new_type_name(context, name_of_parts(statement.domainname, statement.n_domainname), -1));
    CONFAB_TRY(const ReadType base, read_type(context.draft, context.text, *statement.type_name));
    schema::Domain domain;
    domain.name = name;
    domain.base = base.type;
    if (statement.coll_clause != nullptr) {
        const WrittenName collation =
            name_of_parts(statement.coll_clause->collname, statement.coll_clause->n_collname);
        domain.collation = {collation.space == "pg_catalog" ? "" : SchemaDraft::normal_space(collation.space), collation.name};
    }
    for (std::size_t i = 0; i < statement.n_constraints; ++i) {
        CONFAB_CHECK(apply(context, domain, *statement.constraints[i]->constraint));
    }
    context.draft.schema.domains.push_back(std::move(domain));
    context.draft.add_type(name, schema::TypeKind::domain);
    return {};
}

Status alter_domain(const Context& context, const PgQuery__AlterDomainStmt& statement) {
    const WrittenName written = name_of_parts(statement.type_name, statement.n_type_name);
    const auto found = context.draft.find_type(written.space, written.name);
    schema::Domain* domain = found ? named(context.draft.schema.domains, found->name) : nullptr;
    if (domain == nullptr) return context.error(-1, fmt::format("there is no domain `{}`", printable(written.name)));
    switch (statement.subtype[0]) {
        case 'T': return set_domain_default(context, *domain, statement.def);
        case 'N': domain->not_null = false; return {};
        case 'O': domain->not_null = true; return {};
        case 'C': return apply(context, *domain, *statement.def->constraint);
        case 'X':
            std::erase_if(domain->checks, [&](const schema::Check& check) { return check.name == statement.name; });
            return {};
        case 'V':
            for (schema::Check& check : domain->checks) {
                if (check.name == statement.name) check.not_valid = false;
            }
            return {};
        default: return {};
    }
}

Status create_composite(const Context& context, const PgQuery__CompositeTypeStmt& statement) {
    CONFAB_TRY(const QualifiedName name, new_type_name(context, name_of(*statement.typevar), statement.typevar->location));
    schema::Composite composite;
    composite.name = name;
    for (std::size_t i = 0; i < statement.n_coldeflist; ++i) {
        CONFAB_TRY(schema::Column field, read_column(context, *statement.coldeflist[i]->column_def));
        composite.fields.push_back(std::move(field));
    }
    context.draft.schema.composites.push_back(std::move(composite));
    context.draft.add_type(name, schema::TypeKind::composite);
    return {};
}

Status create_range(const Context& context, const PgQuery__CreateRangeStmt& statement) {
    CONFAB_TRY(const QualifiedName name,
               new_type_name(context, name_of_parts(statement.type_name, statement.n_type_name), -1));
    schema::RangeType range;
    range.name = name;
    WrittenName multirange;
    bool has_subtype = false;
    for (std::size_t i = 0; i < statement.n_params; ++i) {
        const PgQuery__DefElem& option = *statement.params[i]->def_elem;
        if (std::string_view(option.defname) == "multirange_type_name" && option.arg != nullptr) {
            const std::vector<std::string> parts = parts_of_object(*option.arg);
            if (!parts.empty()) multirange = {parts.size() > 1 ? parts[parts.size() - 2] : "", parts.back()};
        }
        if (std::string_view(option.defname) != "subtype" || option.arg == nullptr ||
            option.arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) {
            continue;
        }
        CONFAB_TRY(const ReadType subtype, read_type(context.draft, context.text, *option.arg->type_name));
        range.subtype = subtype.type;
        has_subtype = true;
    }
    if (!has_subtype) return context.error(-1, fmt::format("range type `{}` has no subtype", printable(schema::display(name))));
    context.draft.schema.range_types.push_back(std::move(range));
    context.draft.add_type(name, schema::TypeKind::user_range);
    if (multirange.name.empty()) {
        // `floatrange` has `floatmultirange`, any other name its own with an ending.
        const std::size_t at = name.name.find("range");
        multirange.name = at == std::string::npos ? make_object_name(name.name, "", "multirange")
                                                  : name.name.substr(0, at) + "multi" + name.name.substr(at);
    }
    context.draft.add_type({multirange.space.empty() ? name.space : SchemaDraft::normal_space(multirange.space), multirange.name},
                           schema::TypeKind::other_builtin);
    return {};
}

}  // namespace confab::ddl
