#include "ddl/draft.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace confab::ddl {
namespace {

constexpr std::size_t max_name_bytes = 63;

// The longest beginning of whole characters that fits.
std::string_view clipped(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
    return text.substr(0, bytes);
}

}  // namespace

std::string make_object_name(std::string_view first, std::string_view second, std::string_view label) {
    const std::size_t overhead = (second.empty() ? 0 : 1) + (label.empty() ? 0 : label.size() + 1);
    const std::size_t room = max_name_bytes - std::min(overhead, max_name_bytes);
    std::size_t first_bytes = first.size(), second_bytes = second.size();
    while (first_bytes + second_bytes > room) {
        if (first_bytes > second_bytes) --first_bytes;
        else --second_bytes;
    }
    std::string name(clipped(first, first_bytes));
    if (!second.empty()) name += "_" + std::string(clipped(second, second_bytes));
    if (!label.empty()) name += "_" + std::string(label);
    return name;
}

std::string SchemaDraft::normal_space(std::string_view space) { return space == "public" ? "" : std::string(space); }

std::string SchemaDraft::key_of(const QualifiedName& name) const {
    std::string key = name.space + '\n' + name.name;
    return ignores_case() ? fold_case(key) : key;
}

std::vector<QualifiedName> SchemaDraft::candidates(std::string_view space, std::string_view name) const {
    std::vector<QualifiedName> found;
    if (!space.empty()) {
        found.push_back({normal_space(space), std::string(name)});
        return found;
    }
    for (const std::string& path : search_path) found.push_back({path, std::string(name)});
    return found;
}

TableId SchemaDraft::add_table(TableDraft table) {
    const TableId id = tables.size();
    add_namespace(table.table.name.space);
    claim_relation(table.table.name);
    table_ids_[key_of(table.table.name)] = id;
    tables.push_back(std::move(table));
    return id;
}

void SchemaDraft::drop_table(TableId id) {
    TableDraft& draft = tables[id];
    draft.dropped = true;
    const std::string& space = draft.table.name.space;
    table_ids_.erase(key_of(draft.table.name));
    release_relation(draft.table.name);
    for (const schema::Key& key : draft.table.keys) {
        release_relation({space, key.name});
        release_constraint({space, key.name});
    }
    for (const schema::Index& index : draft.table.indexes) release_relation({space, index.name});
    for (const schema::Exclusion& exclusion : draft.table.exclusions) {
        release_relation({space, exclusion.name});
        release_constraint({space, exclusion.name});
    }
    for (const schema::Check& check : draft.table.checks) release_constraint({space, check.name});
    for (const ReferenceDraft& reference : draft.references) release_constraint({space, reference.key.name});
}

void SchemaDraft::rename_table(TableId id, const QualifiedName& name) {
    schema::Table& table = tables[id].table;
    table_ids_.erase(key_of(table.name));
    release_relation(table.name);
    table.name = name;
    add_namespace(name.space);
    claim_relation(name);
    table_ids_[key_of(name)] = id;
}

std::optional<TableId> SchemaDraft::find_table(std::string_view space, std::string_view name) const {
    for (const QualifiedName& candidate : candidates(space, name)) {
        if (const auto found = table_ids_.find(key_of(candidate)); found != table_ids_.end()) return found->second;
    }
    return std::nullopt;
}

std::optional<ColumnId> SchemaDraft::find_column(const schema::Table& table, std::string_view name) const {
    if (const std::optional<ColumnId> exact = table.find_column(name)) return exact;
    if (!ignores_case()) return std::nullopt;
    const std::string folded = fold_case(name);
    for (ColumnId id = 0; id < table.columns.size(); ++id) {
        if (table.columns[id].name.size() == name.size() && fold_case(table.columns[id].name) == folded) return id;
    }
    return std::nullopt;
}

std::vector<std::string> SchemaDraft::table_names() const {
    std::vector<std::string> names;
    for (const TableDraft& draft : tables) {
        if (!draft.dropped) names.push_back(schema::display(draft.table.name));
    }
    return names;
}

void SchemaDraft::add_type(const QualifiedName& name, schema::TypeKind kind) {
    add_namespace(name.space);
    types_[key_of(name)] = {kind, name};
}

void SchemaDraft::remove_type(const QualifiedName& name) {
    types_.erase(key_of(name));
    const auto is_it = [&](const auto& one) { return one.name == name; };
    std::erase_if(schema.enumerations, is_it);
    std::erase_if(schema.domains, is_it);
    std::erase_if(schema.composites, is_it);
    std::erase_if(schema.range_types, is_it);
}

void SchemaDraft::rename_type(const QualifiedName& from, const QualifiedName& to) {
    const auto found = types_.find(key_of(from));
    if (found == types_.end()) return;
    const schema::TypeKind kind = found->second.kind;
    types_.erase(found);
    add_type(to, kind);
    const auto rename = [&](auto& list) {
        for (auto& one : list) {
            if (one.name == from) one.name = to;
        }
    };
    rename(schema.enumerations);
    rename(schema.domains);
    rename(schema.composites);
    rename(schema.range_types);
    const auto retype = [&](schema::Type& type) {
        if (type.kind == kind && type.user_type == from) type.user_type = to;
    };
    for (schema::Domain& domain : schema.domains) retype(domain.base);
    for (schema::RangeType& range : schema.range_types) retype(range.subtype);
    for (schema::Composite& composite : schema.composites) {
        for (schema::Column& field : composite.fields) retype(field.type);
    }
    for (TableDraft& table : tables) {
        for (schema::Column& column : table.table.columns) retype(column.type);
    }
}

std::optional<SchemaDraft::UserType> SchemaDraft::find_type(std::string_view space, std::string_view name) const {
    for (const QualifiedName& candidate : candidates(space, name)) {
        if (const auto found = types_.find(key_of(candidate)); found != types_.end()) return found->second;
    }
    return std::nullopt;
}

schema::Sequence* SchemaDraft::find_sequence(std::string_view space, std::string_view name) {
    for (const QualifiedName& candidate : candidates(space, name)) {
        if (const auto found = sequence_ids_.find(key_of(candidate)); found != sequence_ids_.end()) {
            return &schema.sequences[found->second];
        }
    }
    return nullptr;
}

void SchemaDraft::add_sequence(schema::Sequence sequence) {
    add_namespace(sequence.name.space);
    claim_relation(sequence.name);
    sequence_ids_[key_of(sequence.name)] = schema.sequences.size();
    schema.sequences.push_back(std::move(sequence));
}

void SchemaDraft::remove_sequence(const QualifiedName& name) {
    const auto found = sequence_ids_.find(key_of(name));
    if (found == sequence_ids_.end()) return;
    const std::size_t position = found->second;
    schema.sequences.erase(schema.sequences.begin() + static_cast<std::ptrdiff_t>(position));
    sequence_ids_.erase(found);
    for (auto& [key, id] : sequence_ids_) {
        if (id > position) --id;
    }
    release_relation(name);
}

void SchemaDraft::rename_sequence(std::string_view space, std::string_view name, const std::string& new_name) {
    schema::Sequence* sequence = require_sequence(space, name);
    if (sequence == nullptr) return;
    const QualifiedName from = sequence->name;
    const QualifiedName to{from.space, new_name};
    sequence->name = to;
    const auto found = sequence_ids_.find(key_of(from));
    const std::size_t id = found->second;
    sequence_ids_.erase(found);
    sequence_ids_[key_of(to)] = id;
    release_relation(from);
    claim_relation(to);
    if (auto owner = owners.extract(schema::display(from))) {
        owner.key() = schema::display(to);
        owners.insert(std::move(owner));
    }
    for (TableDraft& table : tables) {
        for (schema::Column& column : table.table.columns) {
            if (column.sequence_name == from) column.sequence_name = to;
        }
    }
}

void SchemaDraft::add_implicit_sequence(const QualifiedName& name, SequenceOwner owner) {
    implicit_sequences_[key_of(name)] = {name, std::move(owner)};
}

void SchemaDraft::rename_implicit_owner(TableId table, const std::string& from, const std::string& to) {
    for (auto& [key, sequence] : implicit_sequences_) {
        if (sequence.owner.table == table && sequence.owner.column == from) sequence.owner.column = to;
    }
}

schema::Sequence* SchemaDraft::require_sequence(std::string_view space, std::string_view name) {
    if (schema::Sequence* declared = find_sequence(space, name)) return declared;
    for (const QualifiedName& candidate : candidates(space, name)) {
        const auto found = implicit_sequences_.find(key_of(candidate));
        if (found == implicit_sequences_.end()) continue;
        const ImplicitSequence implicit = found->second;
        implicit_sequences_.erase(found);
        schema::Table& table = tables[implicit.owner.table].table;
        const std::optional<ColumnId> column = table.find_column(implicit.owner.column);
        if (!column || table.columns[*column].identity != schema::IdentityKind::serial) continue;
        table.columns[*column].sequence_name = implicit.name;
        owners[schema::display(implicit.name)] = implicit.owner;
        add_sequence({implicit.name, table.columns[*column].sequence, table.columns[*column].type, {}});
        return &schema.sequences.back();
    }
    return nullptr;
}

void SchemaDraft::declare_renamed_sequences() {
    std::vector<QualifiedName> renamed;
    for (const auto& [key, sequence] : implicit_sequences_) {
        const TableDraft& owner = tables[sequence.owner.table];
        const std::string expected = make_object_name(owner.table.name.name, sequence.owner.column, "seq");
        const bool numbered = sequence.name.name.starts_with(expected);
        if (!owner.dropped && !numbered) renamed.push_back(sequence.name);
    }
    std::sort(renamed.begin(), renamed.end());  // the same order in every run
    for (const QualifiedName& name : renamed) require_sequence(name.space.empty() ? "public" : name.space, name.name);
}

std::string SchemaDraft::choose_relation_name(const std::string& space, std::string_view first, std::string_view second,
                                              std::string_view label, bool is_constraint) {
    const std::string base = make_object_name(first, second, label);
    std::size_t& number = last_numbers_[space + '\n' + base];
    std::string name = base;
    if (number > 0) name = make_object_name(first, second, fmt::format("{}{}", label, number));
    while (relation_exists({space, name}) || (is_constraint && constraint_exists({space, name}))) {
        name = make_object_name(first, second, fmt::format("{}{}", label, ++number));
    }
    claim_relation({space, name});
    if (is_constraint) claim_constraint({space, name});
    return name;
}

std::string SchemaDraft::choose_constraint_name(const std::string& space, std::string_view first,
                                                std::string_view second, std::string_view label) {
    const std::string base = make_object_name(first, second, label);
    std::size_t& number = last_numbers_[space + "\nconstraint " + base];
    std::string name = base;
    if (number > 0) name = make_object_name(first, second, fmt::format("{}{}", label, number));
    while (constraint_exists({space, name})) {
        name = make_object_name(first, second, fmt::format("{}{}", label, ++number));
    }
    claim_constraint({space, name});
    return name;
}

bool SchemaDraft::is_rowless(std::string_view space, std::string_view name) const {
    const std::vector<QualifiedName> all = candidates(space, name);
    return std::any_of(all.begin(), all.end(),
                       [&](const QualifiedName& candidate) { return rowless.contains(key_of(candidate)); });
}

void SchemaDraft::pass_over(std::string kind, schema::Position position) {
    const auto [found, is_new] = passed_over_ids_.try_emplace(kind, schema.passed_over.size());
    if (is_new) schema.passed_over.push_back({std::move(kind), 0, position});
    ++schema.passed_over[found->second].count;
}

void SchemaDraft::add_namespace(const std::string& space) {
    if (!space.empty() && namespaces_.insert(space).second) schema.namespaces.push_back(space);
}

}  // namespace confab::ddl
