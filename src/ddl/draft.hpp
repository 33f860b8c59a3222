// A Schema in the making: what the statements so far have declared, changed and dropped.
//
// Names are looked up by hash. A foreign key stays unresolved until the end, since it may refer to a table
// that is declared later. Other dialects' names are found without regard to case (MySQL's `Orders` is
// `orders`); PostgreSQL's are exact.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ddl/ddl.hpp"
#include "schema/schema.hpp"

namespace confab::ddl {

using schema::ColumnId;
using schema::QualifiedName;
using schema::TableId;

struct ReferenceDraft {
    schema::ForeignKey key;  // `parent` and `parent_columns` are found at the end
    QualifiedName parent_name;
    std::optional<TableId> parent;  // when it was declared before
    std::vector<std::string> parent_columns;  // empty: the primary key
    std::size_t source_offset = 0;
    std::size_t parent_offset = 0;  // of the parent's name in the source
};

struct TableDraft {
    schema::Table table;
    std::vector<ReferenceDraft> references;
    std::size_t source_offset = 0;
    bool dropped = false;
    bool has_children = false;  // tables inherit from this one, or are its partitions
};

class SchemaDraft {
  public:
    explicit SchemaDraft(Dialect dialect) : dialect_(dialect) {}

    Dialect dialect() const { return dialect_; }
    bool ignores_case() const { return dialect_ != Dialect::postgresql; }

    schema::Schema schema;  // all but tables
    std::vector<TableDraft> tables;
    std::vector<std::string> search_path{""};  // "" is public

    // The namespace that something without one is created in.
    const std::string& creation_space() const { return search_path.front(); }
    // `space` as written ("" when none was) → the name that the draft knows it by.
    static std::string normal_space(std::string_view space);

    TableId add_table(TableDraft table);
    void drop_table(TableId id);
    void rename_table(TableId id, const QualifiedName& name);
    // `space` is empty when none was written: then the search path decides.
    std::optional<TableId> find_table(std::string_view space, std::string_view name) const;
    std::optional<ColumnId> find_column(const schema::Table& table, std::string_view name) const;
    std::vector<std::string> table_names() const;  // for "did you mean"

    // Types that the schema declares; nothing for a name that it does not.
    struct UserType {
        schema::TypeKind kind;
        QualifiedName name;
    };
    void add_type(const QualifiedName& name, schema::TypeKind kind);
    void remove_type(const QualifiedName& name);
    // Also in every column, field and domain that has the type.
    void rename_type(const QualifiedName& from, const QualifiedName& to);
    std::optional<UserType> find_type(std::string_view space, std::string_view name) const;

    schema::Sequence* find_sequence(std::string_view space, std::string_view name);
    void add_sequence(schema::Sequence sequence);
    void remove_sequence(const QualifiedName& name);
    void rename_sequence(std::string_view space, std::string_view name, const std::string& new_name);

    // The sequence that a serial or identity column got by itself, and a declared one that a column owns.
    struct SequenceOwner {
        TableId table = 0;
        std::string column;
    };
    void add_implicit_sequence(const QualifiedName& name, SequenceOwner owner);
    void rename_implicit_owner(TableId table, const std::string& from, const std::string& to);
    // A declared sequence, or an implicit one made a declared one, which its column then draws from by name.
    schema::Sequence* require_sequence(std::string_view space, std::string_view name);
    // Implicit sequences whose table or column was renamed since keep their name: they become declared ones.
    void declare_renamed_sequences();
    std::unordered_map<std::string, SequenceOwner> owners;  // by display name of a declared sequence

    // Relations (tables, indexes, sequences) share one set of names in each namespace, constraints another.
    bool relation_exists(const QualifiedName& name) const { return relations_.contains(key_of(name)); }
    bool constraint_exists(const QualifiedName& name) const { return constraints_.contains(key_of(name)); }
    void claim_relation(const QualifiedName& name) { relations_.insert(key_of(name)); }
    void release_relation(const QualifiedName& name) { relations_.erase(key_of(name)); }
    void claim_constraint(const QualifiedName& name) { constraints_.insert(key_of(name)); }
    void release_constraint(const QualifiedName& name) { constraints_.erase(key_of(name)); }

    // The name that PostgreSQL would choose: `{first}_{second}_{label}`, at most 63 bytes, made unique by a number.
    std::string choose_relation_name(const std::string& space, std::string_view first, std::string_view second,
                                     std::string_view label, bool is_constraint);
    std::string choose_constraint_name(const std::string& space, std::string_view first, std::string_view second,
                                       std::string_view label);

    // Relations that hold no rows of their own (views, temporary tables): statements about them are passed over.
    std::unordered_set<std::string> rowless;
    bool is_rowless(std::string_view space, std::string_view name) const;
    void add_rowless(const QualifiedName& name) { rowless.insert(key_of(name)); }

    void pass_over(std::string kind, schema::Position position);
    void add_namespace(const std::string& space);

  private:
    std::string key_of(const QualifiedName& name) const;
    // The candidates for a name as written, in the order of the search path.
    std::vector<QualifiedName> candidates(std::string_view space, std::string_view name) const;

    Dialect dialect_;
    std::unordered_map<std::string, TableId> table_ids_;
    std::unordered_map<std::string, UserType> types_;
    std::unordered_map<std::string, std::size_t> sequence_ids_;
    struct ImplicitSequence {
        QualifiedName name;
        SequenceOwner owner;
    };
    std::unordered_map<std::string, ImplicitSequence> implicit_sequences_;
    std::unordered_set<std::string> relations_;
    std::unordered_set<std::string> constraints_;
    std::unordered_map<std::string, std::size_t> passed_over_ids_;
    std::unordered_set<std::string> namespaces_;
    std::unordered_map<std::string, std::size_t> last_numbers_;  // of chosen names: where to go on counting
};

// `{first}_{second}_{label}` cut to 63 bytes as PostgreSQL cuts it: the longer of the two names first.
std::string make_object_name(std::string_view first, std::string_view second, std::string_view label);

}  // namespace confab::ddl
