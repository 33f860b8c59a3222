// Ways along foreign keys from a table to its ancestors, and what their names say.
#pragma once

#include <string>
#include <vector>

#include "planner/draft.hpp"

namespace confab::planner {

struct Path {
    std::vector<std::size_t> keys;       // positions in foreign_keys, the row's own table first
    std::vector<const TableDraft*> via;  // where each leads
};

// All ways of up to three keys that do not come back to a table.
std::vector<Path> paths_from(const Draft& draft, const TableDraft& table);
// Those whose keys have one column each.
std::vector<Path> simple_paths_from(const Draft& draft, const TableDraft& table);

// `order_id.customer_id`: the references one after the other.
std::string path_sql(const TableDraft& table, const Path& path);

// The name of the row that a foreign key leads to, where its table has one in text: `department_id.name`.
std::string name_through_key(const Draft& draft, const TableDraft& table, std::string_view entity_word);

// Is the column named for what it refers to, and the only one that refers there? `billing_address_id` and
// `previous_owner_id` may mean another row than a plain `address_id`.
bool plain_reference(const TableDraft& table, std::size_t key, const TableDraft& parent);

// Words of the column of a key without `id`, `code` and the like: head chef.
Words role_of_reference(const TableDraft& table, std::size_t key);

// The first column of a key.
ColumnDraft& key_column(TableDraft& table, std::size_t key);
const ColumnDraft& key_column(const TableDraft& table, std::size_t key);

// Are its people somebody's staff: employees, or contacts and users of a company that they refer to?
bool is_staff(const Draft& draft, const TableDraft& table);

// Do people work there: a company, a department, a branch, rather than a city or an address?
bool is_organization(const TableDraft& table);

}  // namespace confab::planner
