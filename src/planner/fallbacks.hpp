// Columns of which the name says nothing: some plausible value by type and length; and bounds of numbers.
#pragma once

#include <utility>

#include "planner/draft.hpp"

namespace confab::planner {

Generator fallback(const Draft& draft, const TableDraft& table, const ColumnDraft& column);
Generator fallback_array(const Draft& draft, const TableDraft& table, const ColumnDraft& column);
// A name for something that has no vocabulary here: short, title case.
Generator fallback_name(const TableDraft& table, const ColumnDraft& column);

// The most characters that type and checks allow; no limit when not above 0.
int length_of(const ColumnDraft& column);

// Brings text that cannot fit the column's length into it: shorter labels (`P` of `pending`), or a code.
void fit_length(ColumnDraft& column);

// Ratings and scores of another scale than the usual one, where a check says which: of 10, of 20.
void take_scale(ColumnDraft& column);
// Smallest and largest number that type and checks allow.
std::pair<double, double> number_bounds(const ColumnDraft& column);
// Brings `min` and `max` of a number generator within these.
void bound_numbers(ColumnDraft& column);

}  // namespace confab::planner
