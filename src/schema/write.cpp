#include "schema/write.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include <fmt/format.h>

#include "schema/write_table.hpp"

namespace confab::schema {
namespace {

// Types and domains in an order in which each one's parts exist before it.
class TypeWriter {
  public:
    TypeWriter(const Schema& schema, std::vector<std::string>& out) : schema_(schema), out_(out) {}

    void write_all() {
        for (const Enumeration& enumeration : schema_.enumerations) write(enumeration);
        for (const Domain& domain : schema_.domains) require(domain.name);
        for (const Composite& composite : schema_.composites) require(composite.name);
        for (const RangeType& range : schema_.range_types) require(range.name);
    }

  private:
    void write(const Enumeration& enumeration) {
        std::string labels;
        for (const std::string& label : enumeration.labels) {
            if (!labels.empty()) labels += ", ";
            labels += quoted_literal(label);
        }
        out_.push_back(fmt::format("CREATE TYPE {} AS ENUM ({})", quoted(enumeration.name), labels));
    }

    void require(const Type& type) {
        if (type.kind == TypeKind::domain || type.kind == TypeKind::composite || type.kind == TypeKind::user_range) {
            require(type.user_type);
        }
    }

    void require(const QualifiedName& name) {
        if (written_[name]) return;
        written_[name] = true;
        if (const Domain* domain = schema_.find_domain(name)) {
            require(domain->base);
            write(*domain);
        } else if (const Composite* composite = schema_.find_composite(name)) {
            for (const Column& field : composite->fields) require(field.type);
            write(*composite);
        } else if (const RangeType* range = schema_.find_range_type(name)) {
            require(range->subtype);
            out_.push_back(fmt::format("CREATE TYPE {} AS RANGE (subtype = {})", quoted(range->name),
                                       writable_type(range->subtype)));
        }
    }

    void write(const Domain& domain) {
        std::string sql = fmt::format("CREATE DOMAIN {} AS {}", quoted(domain.name), writable_type(domain.base));
        if (!domain.collation.name.empty()) sql += " COLLATE " + quoted(domain.collation);
        if (domain.default_sql) sql += " DEFAULT " + default_expression(*domain.default_sql);
        if (domain.not_null) sql += " NOT NULL";
        for (const Check& check : domain.checks) {
            sql += fmt::format("\n    CONSTRAINT {} CHECK ({})", quoted_identifier(check.name), check.sql);
        }
        out_.push_back(std::move(sql));
    }

    void write(const Composite& composite) {
        std::string fields;
        for (const Column& field : composite.fields) {
            fields += fmt::format("{}\n    {} {}", fields.empty() ? "" : ",", quoted_identifier(field.name),
                                  writable_type(field.type));
            if (!field.collation.name.empty()) fields += " COLLATE " + quoted(field.collation);
        }
        out_.push_back(fmt::format("CREATE TYPE {} AS ({}\n)", quoted(composite.name), fields));
    }

    const Schema& schema_;
    std::vector<std::string>& out_;
    std::map<QualifiedName, bool> written_;
};

// Tables in an order in which parents of inheritance and partitioned tables come before what stands on them.
std::vector<TableId> table_order(const Schema& schema) {
    std::vector<TableId> order;
    std::vector<bool> placed(schema.tables.size(), false);
    const std::function<void(TableId)> place = [&](TableId id) {
        if (placed[id]) return;
        placed[id] = true;
        const Table& table = schema.tables[id];
        for (const TableId parent : table.inherits) place(parent);
        if (table.partition_of) place(*table.partition_of);
        order.push_back(id);
    };
    for (TableId id = 0; id < schema.tables.size(); ++id) place(id);
    return order;
}

void write_prelude(const Schema& schema, std::vector<std::string>& out) {
    out.emplace_back("SET client_encoding = 'UTF8'");
    out.emplace_back("SET standard_conforming_strings = on");
    out.emplace_back("SET search_path = public");
    for (const std::string& space : schema.namespaces) {
        out.push_back("CREATE SCHEMA IF NOT EXISTS " + quoted_identifier(space));
    }
    for (const std::string& extension : schema.extensions) {
        out.push_back("CREATE EXTENSION IF NOT EXISTS " + quoted_identifier(extension));
    }
    TypeWriter(schema, out).write_all();
    for (const Sequence& sequence : schema.sequences) {
        std::string sql = "CREATE SEQUENCE " + quoted(sequence.name);
        if (sequence.type.kind != TypeKind::bigint) sql += " AS " + to_sql(sequence.type);
        const std::string options = sequence_options(sequence.options);
        if (!options.empty()) sql += " " + options;
        out.push_back(std::move(sql));
    }
}

void write_comments(const Schema& schema, std::vector<std::string>& out) {
    const auto comment = [&](std::string_view kind, const std::string& name, const std::string& text) {
        if (!text.empty()) out.push_back(fmt::format("COMMENT ON {} {} IS {}", kind, name, quoted_literal(text)));
    };
    for (const Enumeration& one : schema.enumerations) comment("TYPE", quoted(one.name), one.comment);
    for (const Domain& one : schema.domains) comment("DOMAIN", quoted(one.name), one.comment);
    for (const Table& table : schema.tables) {
        comment("TABLE", quoted(table.name), table.comment);
        for (const Column& column : table.columns) {
            comment("COLUMN", quoted(table.name) + "." + quoted_identifier(column.name), column.comment);
        }
    }
}

}  // namespace

Statements write_statements(const Schema& schema) {
    Statements out;
    write_prelude(schema, out.prelude);
    const std::vector<TableId> order = table_order(schema);
    for (const TableId id : order) out.tables.push_back(create_table(schema, id));
    for (const Sequence& sequence : schema.sequences) {
        if (!sequence.owned_by) continue;
        const Table& table = schema.tables[sequence.owned_by->first];
        out.tables.push_back(fmt::format("ALTER SEQUENCE {} OWNED BY {}.{}", quoted(sequence.name),
                                         quoted(table.name),
                                         quoted_identifier(table.columns[sequence.owned_by->second].name)));
    }
    for (const TableId id : order) {
        const Table& table = schema.tables[id];
        const std::string alter = fmt::format("ALTER TABLE {} ADD CONSTRAINT ", quoted(table.name));
        for (const Key& key : table.keys) out.keys.push_back(alter + key_definition(table, key));
        for (const Check& check : table.checks) {
            if (!check.inherited) out.checks.push_back(alter + check_definition(check));
        }
        for (const Exclusion& exclusion : table.exclusions) {
            out.checks.push_back(alter + exclusion_definition(table, exclusion));
        }
        for (const ForeignKey& key : table.foreign_keys) {
            out.references.push_back(alter + foreign_key_definition(schema, table, key));
        }
        for (const Index& index : table.indexes) {
            const bool may_be_referred_to =
                index.unique && !index.where_sql &&
                std::all_of(index.members.begin(), index.members.end(),
                            [](const IndexMember& member) { return member.column.has_value(); });
            (may_be_referred_to ? out.keys : out.indexes).push_back(create_index(table, index));
        }
    }
    write_comments(schema, out.comments);
    return out;
}

std::string write_script(const Schema& schema) {
    const Statements statements = write_statements(schema);
    std::string script = "-- Written by Confab from the parsed schema, for PostgreSQL.\n";
    for (const auto* part : {&statements.prelude, &statements.tables, &statements.keys, &statements.checks,
                             &statements.references, &statements.indexes, &statements.comments}) {
        if (part->empty()) continue;
        script += '\n';
        for (const std::string& statement : *part) script += statement + ";\n";
    }
    return script;
}

}  // namespace confab::schema
