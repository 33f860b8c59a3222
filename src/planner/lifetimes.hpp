// Since when and until when the rows of a table exist, as a row that refers to them sees it: a loan is not before
// its member registered, a review not after its employee left.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/draft.hpp"

namespace confab::planner {

// A date, a moment or a whole year of a row further up, as SQL in the row that refers to it.
struct Bound {
    enum class Kind : std::uint8_t { day, moment, year } kind = Kind::day;
    std::string sql;
};

struct Lifetime {
    std::vector<Bound> begins;  // none of them is later than the row
    std::vector<Bound> ends;    // none is earlier
};

// The lifetime of the rows that a foreign key leads to. A parent without dates of its own is as old as its parents.
Lifetime lifetime_through(const Draft& draft, const TableDraft& table, std::size_t foreign_key);

// The column that says since when a row of the table exists, or nullptr.
const ColumnDraft* begin_of(const TableDraft& table);

// Is the column a date, a moment or a year that can be compared with those of other rows?
std::optional<Bound::Kind> kind_of_moment(const ColumnDraft& column);

// `column >= bound`, `column <= bound`, as fine as the coarser of the two.
std::string not_before(const ColumnDraft& column, const Bound& bound);
std::string not_after(const ColumnDraft& column, const Bound& bound);

// The latest of the bounds (or the earliest) in the type of a column of dates or moments; empty when none is known
// to the day.
std::string latest_of(const ColumnDraft& column, const std::vector<Bound>& bounds);
std::string earliest_of(const ColumnDraft& column, const std::vector<Bound>& bounds);

// Tables with parents before their children; references that would close a circle do not count.
struct Descent {
    std::vector<TableDraft*> tables;
    std::vector<std::vector<bool>> upwards;  // by table and foreign key: leads to a table that comes before
};
Descent descent_of(Draft& draft);

// The least age at which a person of this table comes to be one of its rows.
int least_age(const TableDraft& table);

}  // namespace confab::planner
