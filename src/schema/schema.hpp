// The parsed schema as data: what a DDL means, whatever dialect it came from.
//
// Names are resolved and folded: a foreign key holds table and column numbers, not text. Expressions are
// PostgreSQL SQL, written anew from the parse tree (never a piece of the upload). A Schema is a value: it is
// made by `ddl`, screened by `gate`, read by everybody, changed by nobody.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "schema/type.hpp"

namespace confab::schema {

using TableId = std::size_t;   // position in Schema::tables
using ColumnId = std::size_t;  // position in Table::columns

// Where something was declared, for messages. Line 0 = unknown.
struct Position {
    int line = 0;
    int column = 0;
};

enum class IdentityKind : std::uint8_t { none, serial, always, by_default };

struct SequenceOptions {
    std::optional<std::int64_t> start, increment, minimum, maximum;
    std::optional<std::int64_t> cache;
    bool cycle = false;
};

struct Column {
    std::string name;
    Type type;
    bool not_null = false;                    // declared, or implied by a primary key or an identity
    std::optional<std::string> default_sql;   // without nextval of its own sequence: that is `identity`
    std::optional<std::string> generated_sql; // GENERATED ALWAYS AS (…) STORED
    IdentityKind identity = IdentityKind::none;
    SequenceOptions sequence;                 // of an identity or a serial
    std::optional<QualifiedName> sequence_name;  // a declared sequence that the column's default draws from
    QualifiedName collation;
    std::string comment;
    std::string declared_type;                // as it was written, for planners: `tinyint(1)`, `int unsigned`
    bool has_on_update_now = false;           // MySQL's ON UPDATE CURRENT_TIMESTAMP
    bool inherited = false;                   // from INHERITS or LIKE-less parents only
    Position position;
};

// PRIMARY KEY or UNIQUE constraint.
struct Key {
    std::string name;  // as declared, or the one that PostgreSQL would choose
    std::vector<ColumnId> columns;
    std::vector<ColumnId> include;  // INCLUDE (…): stored with the key, no part of it
    bool primary = false;
    bool nulls_not_distinct = false;
    bool deferrable = false;
    bool initially_deferred = false;
    Position position;
};

enum class Match : std::uint8_t { simple, full };
enum class Action : std::uint8_t { no_action, restrict, cascade, set_null, set_default };

struct ForeignKey {
    std::string name;
    std::vector<ColumnId> columns;
    TableId parent = 0;
    std::vector<ColumnId> parent_columns;  // of a key of the parent, in the order of `columns`
    Match match = Match::simple;
    Action on_delete = Action::no_action;
    Action on_update = Action::no_action;
    std::vector<ColumnId> on_delete_columns;  // SET NULL (a, b)
    bool deferrable = false;
    bool initially_deferred = false;
    bool not_valid = false;
    Position position;
};

struct Check {
    std::string name;
    std::string sql;
    bool no_inherit = false;
    bool not_valid = false;
    bool inherited = false;  // declared by a parent (INHERITS) or by the partitioned table
    Position position;
};

// One member of an index or an exclusion constraint: a column or an expression.
struct IndexMember {
    std::optional<ColumnId> column;
    std::string sql;  // the expression when there is no column
    std::string operator_class;
    QualifiedName collation;
    bool descending = false;
    std::optional<bool> nulls_first;
    std::string exclusion_operator;  // `=`, `&&`: of an exclusion constraint
};

struct Index {
    std::string name;
    std::string method = "btree";
    bool unique = false;
    bool nulls_not_distinct = false;
    std::vector<IndexMember> members;
    std::vector<ColumnId> include;
    std::optional<std::string> where_sql;
    Position position;
};

struct Exclusion {
    std::string name;
    std::string method = "gist";
    std::vector<IndexMember> members;
    std::optional<std::string> where_sql;
    bool deferrable = false;
    bool initially_deferred = false;
    Position position;
};

enum class PartitionStrategy : std::uint8_t { list, range, hash };

struct Partitioning {
    PartitionStrategy strategy = PartitionStrategy::range;
    std::vector<IndexMember> members;
};

// The bound of a partition: `FOR VALUES …`.
struct PartitionBound {
    bool is_default = false;
    std::vector<std::string> list;          // literals as SQL; `NULL` may be among them
    std::vector<std::string> from, to;      // literals as SQL, or MINVALUE / MAXVALUE
    std::int64_t modulus = 0, remainder = 0;
};

struct Table {
    QualifiedName name;
    std::vector<Column> columns;
    std::vector<Key> keys;  // the primary key first, where there is one
    std::vector<ForeignKey> foreign_keys;
    std::vector<Check> checks;
    std::vector<Index> indexes;
    std::vector<Exclusion> exclusions;
    std::vector<TableId> inherits;
    std::optional<Partitioning> partitioning;    // this table is partitioned
    std::optional<TableId> partition_of;         // this table is a partition
    std::optional<PartitionBound> bound;         // of a partition
    bool unlogged = false;
    std::string comment;
    Position position;

    std::optional<ColumnId> find_column(std::string_view column_name) const;
    const Key* primary_key() const;
    // Partitions hold the rows of their root: rows are made for tables with `holds_rows()` only.
    bool holds_rows() const { return !partition_of; }
};

struct Enumeration {
    QualifiedName name;
    std::vector<std::string> labels;
    std::string comment;
};

struct Domain {
    QualifiedName name;
    Type base;  // may be a domain itself
    bool not_null = false;
    std::optional<std::string> default_sql;
    std::vector<Check> checks;  // on VALUE
    QualifiedName collation;
    std::string comment;
};

struct Composite {
    QualifiedName name;
    std::vector<Column> fields;  // name and type only
};

struct RangeType {
    QualifiedName name;
    Type subtype;
};

struct Sequence {
    QualifiedName name;
    SequenceOptions options;
    Type type;  // smallint, integer or bigint
    std::optional<std::pair<TableId, ColumnId>> owned_by;
};

// A statement, or a kind of statement, that has nothing to do with rows.
struct PassedOver {
    std::string kind;  // "CREATE FUNCTION", "GRANT", "INSERT", …
    std::size_t count = 0;
    Position first;
};

// A clause that PostgreSQL may need and Confab will not write: why, and the SQL, which goes to left_out.sql.
struct LeftOut {
    std::string table;   // display name, or empty
    std::string clause;  // `CHECK chk_x`, `DEFAULT of price`
    std::string reason;
    std::string sql;     // a statement that would add it, written from the parse tree
    Position position;
};

struct Schema {
    std::string dialect;  // "postgresql", "mysql", "sqlite", "mssql", "oracle"
    std::vector<std::string> namespaces;  // to be created, `public` not among them
    std::vector<std::string> extensions;  // trusted ones that the schema's types need
    std::vector<Enumeration> enumerations;
    std::vector<Domain> domains;
    std::vector<Composite> composites;
    std::vector<RangeType> range_types;
    std::vector<Sequence> sequences;
    std::vector<Table> tables;  // in the order of declaration
    std::vector<PassedOver> passed_over;
    std::vector<LeftOut> left_out;
    std::vector<std::string> warnings;

    // By the name as written in plans, options and messages: `orders`, `sales.orders`.
    std::optional<TableId> find_table(std::string_view display_name) const;
    const Enumeration* find_enumeration(const QualifiedName& name) const;
    const Domain* find_domain(const QualifiedName& name) const;
    const Composite* find_composite(const QualifiedName& name) const;
    const RangeType* find_range_type(const QualifiedName& name) const;
    // The type with its domains taken off; an array of a domain becomes an array of the domain's base.
    Type base_type(const Type& type) const;
};

// The physical kind of a column's values in a Vector (arrays and everything exotic are text).
Physical physical_of(const Schema& schema, const Type& type);

}  // namespace confab::schema
