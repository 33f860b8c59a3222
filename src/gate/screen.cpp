#include "gate/screen.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "gate/allowlists.hpp"
#include "gate/expressions.hpp"
#include "schema/extensions.hpp"
#include "schema/type_names.hpp"
#include "schema/write_table.hpp"

namespace confab::gate {
namespace {

using schema::quoted;
using schema::quoted_identifier;
using schema::TypeKind;

// Types that gist knows without btree_gist.
bool has_gist_class(const schema::Type& type) {
    switch (type.kind) {
        case TypeKind::box:
        case TypeKind::circle:
        case TypeKind::point:
        case TypeKind::polygon:
        case TypeKind::tsquery:
        case TypeKind::tsvector:
        case TypeKind::int4range:
        case TypeKind::int8range:
        case TypeKind::numrange:
        case TypeKind::tsrange:
        case TypeKind::tstzrange:
        case TypeKind::daterange:
        case TypeKind::int4multirange:
        case TypeKind::int8multirange:
        case TypeKind::nummultirange:
        case TypeKind::tsmultirange:
        case TypeKind::tstzmultirange:
        case TypeKind::datemultirange:
        case TypeKind::user_range:
        case TypeKind::extension: return true;
        default: return false;
    }
}

class Screen {
  public:
    explicit Screen(schema::Schema schema) : schema_(std::move(schema)) {}

    Result<schema::Schema> run() {
        for (schema::Domain& domain : schema_.domains) screen(domain);
        for (schema::Composite& composite : schema_.composites) {
            for (schema::Column& field : composite.fields) adopt(field.type);
        }
        for (schema::RangeType& range : schema_.range_types) adopt(range.subtype);
        for (schema::Table& table : schema_.tables) CONFAB_CHECK(screen(table));
        for (const std::string& extension : extensions_) {
            if (std::find(schema_.extensions.begin(), schema_.extensions.end(), extension) == schema_.extensions.end()) {
                schema_.extensions.push_back(extension);
            }
        }
        return std::move(schema_);
    }

  private:
    // The reason why an expression may not pass, or nothing; then `sql` is what may be written.
    std::optional<std::string> refuse(std::string& sql, Names names, const schema::Table* table = nullptr) {
        Screened screened = screen_expression(schema_, sql, names, table);
        if (screened.refused) return screened.refused;
        extensions_.merge(screened.extensions);
        sql = std::move(screened.sql);
        return std::nullopt;
    }

    void leave_out(const std::string& table, std::string clause, std::string reason, std::string sql, schema::Position position) {
        schema_.left_out.push_back({table, std::move(clause), std::move(reason), std::move(sql), position});
    }

    // A type of a trusted extension goes by its own name, wherever the upload had the extension.
    void adopt(schema::Type& type) {
        if (type.kind == TypeKind::extension && schema::extension_of_type(type.user_type.name)) type.user_type.space.clear();
        static_cast<void>(refuse_type(schema_, type, extensions_));
    }

    void screen(schema::Domain& domain) {
        adopt(domain.base);
        const std::string name = schema::display(domain.name), alter = "ALTER DOMAIN " + quoted(domain.name);
        if (!domain.collation.name.empty() && !is_portable_collation(domain.collation.name)) domain.collation = {};
        if (domain.default_sql) {
            if (auto reason = refuse(*domain.default_sql, Names::none)) {
                leave_out(name, "DEFAULT of domain " + name, *reason,
                          fmt::format("{} SET DEFAULT {}", alter, schema::default_expression(*domain.default_sql)), {});
                domain.default_sql.reset();
            }
        }
        std::erase_if(domain.checks, [&](schema::Check& check) {
            const auto reason = refuse(check.sql, Names::value);
            if (reason) {
                leave_out(name, "CHECK " + check.name, *reason,
                          fmt::format("{} ADD CONSTRAINT {}", alter, schema::check_definition(check)), check.position);
            }
            return reason.has_value();
        });
    }

    Status screen(schema::Table& table) {
        for (schema::Column& column : table.columns) CONFAB_CHECK(screen(table, column));
        const std::string name = schema::display(table.name), add = fmt::format("ALTER TABLE {} ADD CONSTRAINT ", quoted(table.name));
        std::erase_if(table.checks, [&](schema::Check& check) {
            const auto reason = refuse(check.sql, Names::own_columns, &table);
            if (reason && !check.inherited) {
                leave_out(name, "CHECK " + check.name, *reason, add + schema::check_definition(check), check.position);
            }
            return reason.has_value();
        });
        std::erase_if(table.exclusions, [&](schema::Exclusion& exclusion) {
            const auto reason = refuse_members(table, exclusion.members, exclusion.where_sql, exclusion.method);
            if (reason) {
                leave_out(name, "EXCLUDE " + exclusion.name, *reason, add + schema::exclusion_definition(table, exclusion),
                          exclusion.position);
            }
            return reason.has_value();
        });
        std::erase_if(table.indexes, [&](schema::Index& index) {
            const auto reason = refuse_members(table, index.members, index.where_sql, index.method);
            if (reason) leave_out(name, "INDEX " + index.name, *reason, schema::create_index(table, index), index.position);
            return reason.has_value();
        });
        return screen_partitions(table);
    }

    Status screen(schema::Table& table, schema::Column& column) {
        const std::string name = schema::display(table.name);
        const std::string alter = fmt::format("ALTER TABLE {} ALTER COLUMN {}", quoted(table.name), quoted_identifier(column.name));
        if (column.type.kind == TypeKind::extension && schema::extension_of_type(column.type.user_type.name)) {
            column.type.user_type.space.clear();
        }
        if (const auto reason = refuse_type(schema_, column.type, extensions_); reason && !column.inherited) {
            const std::string type = column.type.kind == TypeKind::extension ? column.declared_type : schema::to_sql(column.type);
            leave_out(name, "TYPE of " + column.name, *reason + "; it is text here",
                      fmt::format("{0} TYPE {1} USING {2}::{1}", alter, type, quoted_identifier(column.name)), column.position);
            const auto nearest = schema::nearest_type_name(schema_, schema::display(column.type.user_type));
            schema_.warnings.push_back(fmt::format("{}.{} (line {}): {}; it is text here{}", printable(name),
                                                   printable(column.name), column.position.line, *reason,
                                                   nearest ? fmt::format(" (did you mean `{}`?)", *nearest) : ""));
        }
        if (!column.collation.name.empty() && !is_portable_collation(column.collation.name)) {
            leave_out(name, "COLLATE of " + column.name,
                      fmt::format("the collation {} is not on every server", printable(column.collation.name)),
                      fmt::format("{} TYPE {} COLLATE {}", alter, schema::to_sql(column.type), quoted(column.collation)),
                      column.position);
            column.collation = {};
        }
        if (column.default_sql) {
            if (const auto reason = refuse(*column.default_sql, Names::none)) {
                leave_out(name, "DEFAULT of " + column.name, *reason,
                          fmt::format("{} SET DEFAULT {}", alter, schema::default_expression(*column.default_sql)), column.position);
                column.default_sql.reset();
            }
        }
        if (column.generated_sql) {
            if (const auto reason = refuse(*column.generated_sql, Names::own_columns, &table)) {
                return Error(ErrorKind::not_supported, fmt::format("the generated column {}.{} cannot be made: {}",
                                                                   printable(name), printable(column.name), *reason))
                    .note(fmt::format("it is declared at line {}, as ({})", column.position.line, printable(*column.generated_sql)))
                    .note("take the clause out, or compute the column with functions of PostgreSQL's own");
            }
        }
        return {};
    }

    std::optional<std::string> refuse_members(const schema::Table& table, std::vector<schema::IndexMember>& members,
                                              std::optional<std::string>& where, const std::string& method) {
        if (!is_index_method(method)) return fmt::format("the index method {} is not PostgreSQL's own", printable(method));
        for (schema::IndexMember& member : members) {
            if (!member.column) {
                if (auto reason = refuse(member.sql, Names::own_columns, &table)) return reason;
            }
            if (auto reason = refuse_operators(table, member, method)) return reason;
            if (!member.collation.name.empty() && !is_portable_collation(member.collation.name)) {
                return fmt::format("the collation {} is not on every server", printable(member.collation.name));
            }
        }
        return where ? refuse(*where, Names::own_columns, &table) : std::nullopt;
    }

    std::optional<std::string> refuse_operators(const schema::Table& table, schema::IndexMember& member,
                                                const std::string& method) {
        if (!member.exclusion_operator.empty() && !is_allowed_operator(member.exclusion_operator)) {
            return fmt::format("the operator {} is not PostgreSQL's own", printable(member.exclusion_operator));
        }
        if (member.column) {
            const schema::Type type = schema_.base_type(table.columns[*member.column].type);
            if (type.kind == TypeKind::extension && !schema::extension_of_type(type.user_type.name)) {
                return fmt::format("the type {} is neither PostgreSQL's own nor declared", printable(type.user_type.name));
            }
            if (member.operator_class.empty() && method == "gist" && !has_gist_class(type)) extensions_.insert("btree_gist");
            if (member.operator_class.empty() && method == "gin" && !type.is_array() && type.kind != TypeKind::jsonb &&
                type.kind != TypeKind::tsvector && type.kind != TypeKind::extension) {
                return fmt::format("gin has no operator class for {} that does not need an extension", schema::to_sql(type));
            }
        }
        if (member.operator_class.empty()) return std::nullopt;
        std::string_view name = member.operator_class;
        if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos) name = name.substr(dot + 1);
        if (const auto extension = schema::extension_of_operator_class(name)) {
            extensions_.emplace(*extension);
            member.operator_class = std::string(name);
            return std::nullopt;
        }
        if (is_builtin_operator_class(member.operator_class)) return std::nullopt;
        return fmt::format("the operator class {} is not PostgreSQL's own", printable(member.operator_class));
    }

    Status screen_partitions(schema::Table& table) {
        const auto refused = [&](std::string_view what, const std::string& sql, const std::string& reason) {
            return Error(ErrorKind::not_supported, fmt::format("the {} of table {} cannot be written: {}", what,
                                                               printable(schema::display(table.name)), reason))
                .note(fmt::format("it is declared at line {}, as {}", table.position.line, printable(sql)));
        };
        if (table.partitioning) {
            for (schema::IndexMember& member : table.partitioning->members) {
                const std::string sql = member.sql;
                if (const auto reason = member.column ? std::nullopt : refuse(member.sql, Names::own_columns, &table)) {
                    return refused("partition key", sql, *reason);
                }
            }
        }
        if (!table.bound) return {};
        for (std::vector<std::string>* values : {&table.bound->list, &table.bound->from, &table.bound->to}) {
            for (std::string& value : *values) {
                if (value == "MINVALUE" || value == "MAXVALUE") continue;
                const std::string sql = value;
                if (const auto reason = refuse(value, Names::none)) return refused("partition bound", sql, *reason);
            }
        }
        return {};
    }

    schema::Schema schema_;
    std::set<std::string> extensions_;
};

}  // namespace

Result<schema::Schema> screen(schema::Schema schema) { return Screen(std::move(schema)).run(); }

std::optional<std::string> refuse_expression(const schema::Schema& schema, std::string_view sql) {
    return screen_expression(schema, sql, Names::any_column).refused;
}

}  // namespace confab::gate
