// Orders that the schema's own checks state (`hired_on >= licensed_on`) and that no role explains: one side is made
// from the other, instead of being drawn until it fits.
#include <algorithm>

#include "expr/analysis.hpp"
#include "expr/expr.hpp"
#include "planner/draft.hpp"

namespace confab::planner {

namespace {

bool is_moment(const ColumnDraft& column) { return (column.type_class == 'd' || column.type_class == 'm') && !column.base.is_array(); }

bool stands_alone(const TableDraft& table, const ColumnDraft& column) {
    const std::string& kind = column.generator.kind;
    const bool drawn = kind == "date" || kind == "timestamp" || kind == "integer" || kind == "decimal" || kind == "float";
    return drawn && !column.fixed && !column.generated() && !column.in_key && !(table.event && *table.event == column.id);
}

bool tied(const ColumnDraft& column, const ColumnDraft& other) { return column.generator.parameters.dump().find(sql_name(other)) != std::string::npos; }

void order_pair(TableDraft& table, const expr::RelationFact& fact) {
    if (fact.relation != expr::Relation::less && fact.relation != expr::Relation::less_equal) return;
    ColumnDraft& low = table.columns[fact.left];
    ColumnDraft& high = table.columns[fact.right];
    if (tied(low, high) || tied(high, low)) return;
    if (is_moment(low) && is_moment(high)) {
        if (stands_alone(table, high) && !(low.nullable() && !high.nullable())) {
            high.generator = {"after", {{"of", sql_name(low)}, {"minimum", "1 day"}, {"maximum", "900 days"}, {"distribution", "exponential"}}};
        } else if (stands_alone(table, low) && !(high.nullable() && !low.nullable())) {
            low.generator = {"before", {{"of", sql_name(high)}, {"minimum", "1 day"}, {"maximum", "1800 days"}, {"distribution", "exponential"}}};
        }
        return;
    }
    const bool offset = !fact.offset.empty() && fact.offset != "0";
    const auto is_number = [](const ColumnDraft& column) { return column.type_class == 'i' || column.type_class == 'n'; };
    if (offset || !is_number(low) || !is_number(high) || fact.relation == expr::Relation::less) return;
    if (!stands_alone(table, low) || (high.nullable() && !low.nullable())) return;
    const double least = std::max(0.0, low.facts.lower.value_or(0));
    low.generator = {"between", {{"lower", std::to_string(static_cast<std::int64_t>(least))}, {"upper", sql_name(high)}}};
}

}  // namespace

void relate_checks(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        for (const schema::Check& check : table.declared->checks) {
            const auto program = expr::compile(*draft.schema, table.id, check.sql, expr::Want::boolean);
            if (!program) continue;
            const expr::Facts facts = expr::analyse(*draft.schema, *program);
            for (const expr::Branch& branch : facts.branches) {
                for (const expr::RelationFact& fact : branch.relations) order_pair(table, fact);
            }
        }
    }
}

}  // namespace confab::planner
