// Two foreign keys that share a column, such as a tenant's number, to tables that nothing else ties: where the shared
// numbers come from a wide range the two tables may have none in common, and then no row can refer to both. They are
// drawn from one small range instead.
#include <algorithm>

#include "planner/draft.hpp"

namespace confab::planner {

namespace {

struct Place {
    schema::TableId table;
    schema::ColumnId column;
    bool operator==(const Place&) const = default;
};

// Where the values of a key's column are made in the end.
Place origin_of(const Draft& draft, Place at) {
    for (int step = 0; step < 32; ++step) {
        const ColumnDraft& column = draft.tables[at.table].columns[at.column];
        if (column.foreign_keys.empty()) break;
        const schema::ForeignKey& key = draft.schema->tables[at.table].foreign_keys[column.foreign_keys.front()];
        const auto member = std::find(key.columns.begin(), key.columns.end(), at.column) - key.columns.begin();
        at = {key.parent, key.parent_columns[static_cast<std::size_t>(member)]};
    }
    return at;
}

bool drawn_freely(const ColumnDraft& column) {
    return column.generator.kind == "integer" && !column.facts.lower && !column.facts.upper && !column.alone_in_key &&
           column.foreign_keys.empty();
}

}  // namespace

void relate_scopes(Draft& draft) {
    for (const TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        for (const ColumnDraft& column : table.columns) {
            if (column.foreign_keys.size() < 2) continue;
            std::vector<Place> origins;
            for (const std::size_t index : column.foreign_keys) {
                const schema::ForeignKey& key = table.declared->foreign_keys[index];
                const auto member = std::find(key.columns.begin(), key.columns.end(), column.id) - key.columns.begin();
                const Place origin = origin_of(draft, {key.parent, key.parent_columns[static_cast<std::size_t>(member)]});
                if (std::find(origins.begin(), origins.end(), origin) == origins.end()) origins.push_back(origin);
            }
            const auto column_at = [&](const Place& place) -> ColumnDraft& { return draft.tables[place.table].columns[place.column]; };
            if (origins.size() < 2 || !std::all_of(origins.begin(), origins.end(), [&](const Place& place) { return drawn_freely(column_at(place)); })) {
                continue;
            }
            // So few that every table has rows of each.
            std::int64_t rows = INT64_MAX;
            for (const Place& place : origins) rows = std::min(rows, draft.rows_of(draft.tables[place.table]));
            const std::int64_t scopes = std::clamp<std::int64_t>(rows / 8, 1, 50);
            for (const Place& place : origins) column_at(place).generator = {"integer", {{"min", 1}, {"max", scopes}}};
        }
    }
}

}  // namespace confab::planner
