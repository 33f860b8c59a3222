#include "plan/plan.hpp"

#include <algorithm>

namespace confab::plan {

namespace {

template <typename Tables>
auto* find_in(Tables& tables, std::string_view name) {
    const auto at = std::find_if(tables.begin(), tables.end(), [&](const auto& each) { return each.table == name; });
    return at == tables.end() ? nullptr : &*at;
}

template <typename Columns>
auto* find_column_in(Columns& columns, std::string_view name) {
    const auto at = std::find_if(columns.begin(), columns.end(), [&](const auto& each) { return each.column == name; });
    return at == columns.end() ? nullptr : &*at;
}

}  // namespace

const ColumnPlan* TablePlan::find(std::string_view column) const { return find_column_in(columns, column); }
ColumnPlan* TablePlan::find(std::string_view column) { return find_column_in(columns, column); }

const TablePlan* Plan::find(std::string_view table) const { return find_in(tables, table); }
TablePlan* Plan::find(std::string_view table) { return find_in(tables, table); }

}  // namespace confab::plan
