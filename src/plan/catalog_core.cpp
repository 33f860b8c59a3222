#include "plan/catalog_core.hpp"

namespace confab::plan {

namespace {

using Kind = ParameterKind;

constexpr std::string_view shapes[] = {"uniform", "growth", "recent", "decline", "season", "growth_and_season"};
constexpr std::string_view hours[] = {"any", "office", "shop", "evening", "waking"};
constexpr std::string_view weekdays[] = {"any", "working", "mostly_working", "weekend", "mostly_weekend"};

constexpr Parameter sequence_parameters[] = {
    {"start", Kind::integer, false, "Value of the first row; the declared start, or 1, when left out."},
    {"increment", Kind::integer, false, "Step from row to row; the declared one, or 1, when left out."},
};
constexpr Parameter reference_parameters[] = {
    {"foreign_key", Kind::text, false, "The key's constraint, where the column is in several; its own key when left out."},
    {"skew", Kind::share, false, "0 = every parent about as often, 1 = a few parents very often; 0.5 when left out."},
    {"existed_at", Kind::expression, false,
     "A time of this row: only parents are referred to whose own event time is not later."},
    {"agrees", Kind::expression, false,
     "An equality of a value behind this reference and one of the row (manager_id.department_id = department_id): kept "
     "wherever some row agrees; else NULL, or any row when NOT NULL."},
    {"preferred", Kind::expression, false,
     "With agrees: a condition on the row referred to (manager_id.left_on IS NULL); rows that satisfy it come first."},
    {"roots", Kind::share, false,
     "Of a reference to the own table: share of rows without a parent (NULL, or themselves when NOT NULL); 0.05 when left out."},
};
constexpr Parameter expression_parameters[] = {
    {"sql", Kind::expression, true, "The value, from columns of the row, paths through foreign keys and aggregates over children."},
};
constexpr Parameter ordinal_parameters[] = {
    {"start", Kind::integer, false, "Number of a parent's first row; 1 when left out."},
    {"increment", Kind::integer, false, "Step; 1 when left out."},
};
constexpr Parameter event_time_parameters[] = {
    {"from", Kind::date, false, "Time of the first row, about; five years before as_of when left out."},
    {"to", Kind::date, false, "Time of the last row, about; as_of when left out."},
    {"shape", Kind::word, false, "How volume moves over the years; uniform when left out.", shapes},
    {"weekdays", Kind::word, false, "Which days of the week; any when left out.", weekdays},
    {"hours", Kind::word, false, "Which hours of the day; any when left out.", hours},
    {"precision", Kind::duration, false, "Times of day are multiples of it (15 minutes); 1 second when left out."},
};

constexpr GeneratorEntry entries[] = {
    {"sequence", "Ascending whole numbers, one a row.", sequence_parameters},
    {"reference", "The key of a row of the table that a foreign key refers to.", reference_parameters},
    {"expression", "Computed from the row, its parents and its children.", expression_parameters},
    {"ordinal", "Number of the row among the rows of its layout parent.", ordinal_parameters},
    {"event_time", "When the row came about: ascends from row to row.", event_time_parameters},
};

}  // namespace

std::span<const GeneratorEntry> core_generators() { return entries; }

}  // namespace confab::plan
