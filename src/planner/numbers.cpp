// Numbers that follow from others: a line's amount, a document's total, counts and averages held on a parent,
// what is available of what there is, lower and upper limits.
#include <algorithm>
#include <array>

#include "plan/foreign_key.hpp"
#include "planner/draft.hpp"

namespace confab::planner {

namespace {

bool is_free(const ColumnDraft& column) { return is_number(column) && !column.generated() && column.foreign_keys.empty() && !column.in_key && column.role != "id"; }

ColumnDraft* number_by_role(TableDraft& table, std::initializer_list<std::string_view> roles) {
    for (const std::string_view role : roles) {
        for (ColumnDraft& column : table.columns) {
            if (column.role == role && is_number(column)) return &column;
        }
    }
    return nullptr;
}

std::string zero_if_null(const ColumnDraft& column) { return column.nullable() ? "coalesce(" + sql_name(column) + ", 0)" : sql_name(column); }

void set_expression(ColumnDraft& column, const std::string& sql) {
    column.generator = {"expression", {{"sql", sql}}};
    column.nulls = 0;
    column.unique = false;
}

int scale_of(const ColumnDraft& column) {
    if (column.type_class == 'i') return 0;
    if (column.base.kind == schema::TypeKind::numeric && column.base.precision >= 0) return column.base.scale;
    return 2;
}

std::string rounded(const std::string& sql, const ColumnDraft& column) {
    if (column.type_class == 'f') return "round((" + sql + ")::numeric, 2)";
    return "round(" + sql + ", " + std::to_string(scale_of(column)) + ")";
}

// `unit_price` of a line is the product's price at that day: copied through the key.
void copy_price(const Draft& draft, TableDraft& table) {
    ColumnDraft* price = number_by_role(table, {"price", "nightly_price", "daily_price"});
    if (price == nullptr || !is_free(*price) || price->fixed) return;
    const bool line = table.layout || table.entity->kind == EntityKind::line || number_by_role(table, {"quantity"}) != nullptr;
    if (!line || table.entity->kind == EntityKind::thing) return;
    for (std::size_t i = 0; i < table.declared->foreign_keys.size(); ++i) {
        const TableDraft& parent = draft.parent_of(table.declared->foreign_keys[i]);
        if (parent.id == table.id || parent.entity->kind == EntityKind::document) continue;
        for (const std::string_view role : {"price", "nightly_price", "daily_price"}) {
            const ColumnDraft* listed = parent.by_role(role);
            if (listed == nullptr || !is_number(*listed)) continue;
            std::string sql = sql_path(table, i, *listed);
            const auto& columns = table.declared->foreign_keys[i].columns;
            const bool may_miss = listed->nullable() || std::any_of(columns.begin(), columns.end(), [&](auto id) { return table.columns[id].nullable(); });
            if (may_miss && !price->nullable()) sql = "coalesce(" + sql + ", 9.99)";
            set_expression(*price, sql);
            return;
        }
    }
}

std::string discount_factor(const ColumnDraft& discount) {
    // A discount between 0 and 1 is a share, a whole number of 0 to 100 a percentage.
    const double most = discount.facts.upper.value_or(-1);
    const bool share = (most > 0 && most <= 1) || (discount.base.kind == schema::TypeKind::numeric && discount.base.precision >= 0 && discount.base.precision - discount.base.scale <= 1) || discount.base.kind == schema::TypeKind::real;
    return share ? " * (1 - " + zero_if_null(discount) + ")" : " * (1 - " + zero_if_null(discount) + " / 100.0)";
}

bool discount_is_amount(const ColumnDraft& discount, bool in_line) {
    if (discount.role == "discount_amount") return true;
    if (discount.role != "discount") return false;
    const double most = discount.facts.upper.value_or(-1);
    if (most > 0 && most <= 100) return false;
    if (in_line) return false;
    return discount.base.kind == schema::TypeKind::numeric && discount.base.precision - discount.base.scale >= 4;
}

// A discount that is a share of 1 where the type or the check says so.
void scale_discounts(TableDraft& table) {
    for (ColumnDraft& column : table.columns) {
        if (!is_free(column) || column.fixed || (column.role != "discount" && column.role != "discount_percent") || column.generator.kind != "choice") {
            if (!(is_free(column) && !column.fixed && (column.role == "discount" || column.role == "discount_percent" || column.role == "tax_rate"))) continue;
        }
        const double most = column.facts.upper.value_or(-1);
        const bool share = (most > 0 && most <= 1) || (column.type_class != 'i' && column.base.kind == schema::TypeKind::numeric && column.base.precision >= 0 && column.base.precision - column.base.scale <= 1) ||
                           (column.role == "discount" && column.base.kind == schema::TypeKind::real);
        if (!share) continue;
        if (column.role == "tax_rate") column.generator = {"choice", {{"values", {0, 0.05, 0.07, 0.1, 0.2}}, {"weights", {6, 20, 40, 18, 16}}}};
        else column.generator = {"choice", {{"values", {0, 0.05, 0.1, 0.15, 0.2, 0.25}}, {"weights", {62, 12, 12, 6, 5, 3}}}};
    }
}

void line_amounts(TableDraft& table) {
    ColumnDraft* quantity = number_by_role(table, {"quantity"});
    ColumnDraft* price = number_by_role(table, {"price"});
    if (quantity == nullptr || price == nullptr) return;
    // In a line, a total is that of the line.
    ColumnDraft* amount = number_by_role(table, {"subtotal", "total", "amount"});
    if (amount == nullptr || !is_free(*amount) || amount->fixed || table.entity->kind == EntityKind::thing) return;
    std::string sql = zero_if_null(*quantity) + " * " + zero_if_null(*price);
    ColumnDraft* discount = number_by_role(table, {"discount", "discount_percent", "discount_amount"});
    if (discount != nullptr && !discount->generated()) {
        if (discount_is_amount(*discount, true)) {
            sql = "greatest(" + sql + " - " + zero_if_null(*discount) + ", 0)";
        } else {
            sql += discount_factor(*discount);
        }
    }
    set_expression(*amount, rounded(sql, *amount));
}

struct Children {
    const TableDraft* table = nullptr;
    std::size_t key = 0;
    std::string name;  // as an aggregate names them
};

// Tables that refer to this one; an aggregate names the table, or the key where there are several.
std::vector<Children> children_of(const Draft& draft, const TableDraft& table) {
    std::vector<Children> found;
    for (const TableDraft& child : draft.tables) {
        if (!child.planned || child.id == table.id) continue;
        std::vector<std::size_t> keys;
        for (std::size_t i = 0; i < child.declared->foreign_keys.size(); ++i) {
            if (draft.parent_of(child.declared->foreign_keys[i]).id == table.id) keys.push_back(i);
        }
        for (const std::size_t key : keys) {
            std::string name = schema::quoted(child.declared->name);
            if (keys.size() > 1) name = schema::quoted_identifier(child.declared->foreign_keys[key].name);
            found.push_back({&child, key, name});
        }
    }
    return found;
}

bool laid_out_by(const Draft& draft, const TableDraft& child, std::size_t key) {
    std::string name;
    if (child.layout) name = child.layout->foreign_key;
    else if (child.rows.per_parent) name = child.rows.per_parent->foreign_key;
    else return false;
    const auto found = plan::find_foreign_key(*draft.schema, child.id, name);
    return found && *found == key;
}

// What a line is worth: its own amount column, or quantity × price.
std::string worth_of(const Children& lines) {
    TableDraft& child = const_cast<TableDraft&>(*lines.table);
    for (const std::string_view role : {"subtotal", "total", "amount"}) {
        const ColumnDraft* amount = child.by_role(role);
        if (amount != nullptr && is_number(*amount) && amount->generator.kind == "expression") return lines.name + "." + sql_name(*amount);
        if (amount != nullptr && amount->generated()) return lines.name + "." + sql_name(*amount);
    }
    ColumnDraft* quantity = number_by_role(child, {"quantity"});
    ColumnDraft* price = number_by_role(child, {"price"});
    if (quantity == nullptr || price == nullptr) return {};
    std::string sql = lines.name + "." + sql_name(*quantity) + " * " + lines.name + "." + sql_name(*price);
    ColumnDraft* discount = number_by_role(child, {"discount", "discount_percent"});
    if (discount != nullptr && !discount_is_amount(*discount, true)) {
        std::string factor = discount_factor(*discount);
        const std::string own = sql_name(*discount);
        const std::size_t at = factor.find(own);
        if (at != std::string::npos) factor.insert(at, lines.name + ".");
        sql += factor;
    }
    return sql;
}

void document_totals(const Draft& draft, TableDraft& table) {
    ColumnDraft* total = number_by_role(table, {"total"});
    ColumnDraft* subtotal = number_by_role(table, {"subtotal"});
    if (total == nullptr && subtotal == nullptr && table.entity->kind == EntityKind::document) total = number_by_role(table, {"amount"});
    if ((total == nullptr || !is_free(*total) || total->fixed) && (subtotal == nullptr || !is_free(*subtotal) || subtotal->fixed)) return;
    std::string lines_sum;
    for (const Children& child : children_of(draft, table)) {
        if (!laid_out_by(draft, *child.table, child.key)) continue;
        const std::string worth = worth_of(child);
        if (!worth.empty()) lines_sum = "coalesce(sum(" + worth + "), 0)";
        if (!lines_sum.empty()) break;
    }
    ColumnDraft* tax = number_by_role(table, {"tax"});
    ColumnDraft* tax_rate = number_by_role(table, {"tax_rate"});
    ColumnDraft* shipping = number_by_role(table, {"shipping"});
    ColumnDraft* discount = number_by_role(table, {"discount_amount", "discount", "discount_percent"});
    ColumnDraft* tip = number_by_role(table, {"tip"});
    if (subtotal != nullptr && is_free(*subtotal) && !subtotal->fixed && !lines_sum.empty()) set_expression(*subtotal, rounded(lines_sum, *subtotal));
    const std::string base = subtotal != nullptr ? zero_if_null(*subtotal) : lines_sum;
    if (base.empty()) return;
    const bool extra = tax != nullptr || shipping != nullptr || tip != nullptr || discount != nullptr || tax_rate != nullptr;
    if (lines_sum.empty() && !extra) return;
    if (tax != nullptr && is_free(*tax) && !tax->fixed)
        set_expression(*tax, rounded(base + (tax_rate != nullptr ? " * " + zero_if_null(*tax_rate) + (tax_rate->facts.upper.value_or(100) <= 1 ? "" : " / 100.0") : " * 0.08"), *tax));
    if (discount != nullptr && is_free(*discount) && !discount->fixed && discount_is_amount(*discount, false))
        discount->generator = {"expression", {{"sql", rounded("least(" + base + " * 0.1, 25)", *discount)}}};
    if (total == nullptr || !is_free(*total) || total->fixed) return;
    std::string sql = base;
    if (discount != nullptr) {
        if (discount_is_amount(*discount, false)) {
            // Only some documents have one: what is left is nought, by rank.
            table.overrides.push_back({"", {{discount->name(), "0"}}, 0.78});
            discount->nulls = 0;
            sql += " - " + zero_if_null(*discount);
        } else {
            sql = "(" + sql + ")" + discount_factor(*discount);
        }
    }
    if (tax != nullptr) sql += " + " + zero_if_null(*tax);
    else if (tax_rate != nullptr) sql = "(" + sql + ") * (1 + " + zero_if_null(*tax_rate) + (tax_rate->facts.upper.value_or(100) <= 1 ? ")" : " / 100.0)");
    if (shipping != nullptr) sql += " + " + zero_if_null(*shipping);
    if (tip != nullptr) sql += " + " + zero_if_null(*tip);
    set_expression(*total, rounded(sql, *total));
}

// A payment of a document is its total, where each document has one.
void payment_amounts(const Draft& draft, TableDraft& table) {
    if (table.entity->prose != "payment" || table.entity->kind != EntityKind::document) return;
    ColumnDraft* amount = number_by_role(table, {"amount", "total"});
    if (amount == nullptr || !is_free(*amount) || amount->fixed || amount->generator.kind == "expression") return;
    for (std::size_t i = 0; i < table.declared->foreign_keys.size(); ++i) {
        const schema::ForeignKey& key = table.declared->foreign_keys[i];
        const TableDraft& parent = draft.parent_of(key);
        if (parent.id == table.id || parent.entity->kind != EntityKind::document) continue;
        const bool set = std::none_of(key.columns.begin(), key.columns.end(), [&](auto id) { return table.columns[id].nullable(); });
        for (const std::string_view role : {"total", "total_price", "amount", "subtotal"}) {
            const ColumnDraft* due = parent.by_role(role);
            if (due == nullptr || !is_number(*due) || due->nullable() || !set) continue;
            set_expression(*amount, sql_path(table, i, *due));
            return;
        }
    }
}

// `order_count`, `total_spent`, `rating` of a parent: what its children say.
void held_aggregates(const Draft& draft, TableDraft& table) {
    const std::vector<Children> children = children_of(draft, table);
    for (ColumnDraft& column : table.columns) {
        if (!is_free(column) || column.fixed || column.generator.kind == "expression") continue;
        const bool counts = column.type_class == 'i' && column.words.size() >= 2 &&
                            (column.words.back() == "count" || column.words.front() == "total" || column.words.front() == "number" || column.words.front() == "num" || column.words.front() == "count");
        if (counts) {
            Words what = column.words;
            static constexpr std::array<std::string_view, 5> frame = {"count", "total", "number", "num", "of"};
            std::erase_if(what, [&](const std::string& word) { return std::find(frame.begin(), frame.end(), word) != frame.end(); });
            for (const Children& child : children) {
                if (what.empty() || !ends_with(child.table->words, what)) continue;
                set_expression(column, "count(" + child.name + ".*)");
                break;
            }
            continue;
        }
        if (column.role == "average_rating" || (column.role == "rating" && table.entity->kind != EntityKind::writing)) {
            for (const Children& child : children) {
                const ColumnDraft* rating = child.table->by_role("rating");
                if (rating == nullptr || child.table->entity->kind != EntityKind::writing || rating->type_class == 't') continue;
                std::string sql = "round(avg(" + child.name + "." + sql_name(*rating) + "), " + std::to_string(std::min(scale_of(column), 2)) + ")";
                if (!column.nullable()) {
                    const double floor = std::max(column.facts.lower.value_or(0), 0.0);
                    sql = "coalesce(" + sql + ", " + std::to_string(static_cast<int>(floor)) + ")";
                }
                set_expression(column, sql);
                break;
            }
        }
        if (column.role == "total_spent" && table.entity->kind == EntityKind::person) {
            for (const Children& child : children) {
                const ColumnDraft* total = child.table->by_role("total");
                if (total == nullptr || !is_number(*total) || child.table->entity->kind != EntityKind::document) continue;
                set_expression(column, "coalesce(sum(" + child.name + "." + sql_name(*total) + "), 0)");
                break;
            }
        }
    }
}

struct Pair {
    std::string_view smaller, larger;
    std::string_view distribution;
};

// The smaller is drawn below the larger.
constexpr Pair pairs[] = {
    {"available", "total_count", "normal"}, {"available", "capacity", "uniform"}, {"available", "quantity", "normal"}, {"available", "stock", "normal"},
    {"reserved", "stock", "exponential"}, {"reserved", "quantity", "exponential"}, {"cost", "price", "normal"}, {"discounted_price", "price", "normal"},
    {"party", "capacity", "exponential"}, {"spent", "budget", "normal"}, {"score", "maximum_score", "normal"}, {"refund", "total", "normal"}, {"amount_due", "total", "exponential"}, {"uses", "use_limit", "exponential"},
};

void ordered_pairs(TableDraft& table) {
    for (const Pair& pair : pairs) {
        ColumnDraft* smaller = table.by_role(pair.smaller);
        ColumnDraft* larger = table.by_role(pair.larger);
        if (smaller == nullptr || larger == nullptr || smaller == larger || !is_free(*smaller) || smaller->fixed || !is_number(*larger)) continue;
        if (smaller->generator.kind == "expression") continue;
        std::string upper = sql_name(*larger);
        if (pair.smaller == "cost" || pair.smaller == "discounted_price") {
            const bool cost = pair.smaller == "cost";
            if (larger->nullable() && !smaller->nullable()) continue;
            smaller->generator = {"ratio", {{"of", upper}, {"min", cost ? 0.42 : 0.6}, {"max", cost ? 0.76 : 0.92}}};
            continue;
        }
        if (larger->nullable() && !smaller->nullable()) upper = "coalesce(" + upper + ", 0)";
        const double least = smaller->facts.lower.value_or(0);
        Json p = {{"lower", std::to_string(static_cast<std::int64_t>(std::max(0.0, least)))}, {"upper", upper}, {"distribution", std::string(pair.distribution)}};
        if (pair.smaller == "available") p["peak"] = 0.8;
        if (pair.smaller == "score") p["peak"] = 0.78;
        if (pair.smaller == "spent") p["peak"] = 0.6;
        smaller->generator = {"between", p};
    }
    if (ColumnDraft* low = table.by_role("minimum_salary"); low != nullptr) {
        if (ColumnDraft* high = table.by_role("maximum_salary"); high != nullptr && is_free(*high) && !high->fixed && !(low->nullable() && !high->nullable()))
            high->generator = {"ratio", {{"of", sql_name(*low)}, {"min", 1.3}, {"max", 2.0}}};
    }
}

// `min_x` and `max_x` of anything.
void limits(TableDraft& table) {
    for (ColumnDraft& high : table.columns) {
        if (!is_free(high) || high.fixed || high.words.size() < 1 || high.generator.kind == "ratio") continue;
        const auto at = std::find(high.words.begin(), high.words.end(), "maximum");
        if (at == high.words.end()) continue;
        Words wanted = high.words;
        std::replace(wanted.begin(), wanted.end(), std::string("maximum"), std::string("minimum"));
        for (ColumnDraft& low : table.columns) {
            if (low.words != wanted || !is_free(low) || (low.nullable() && !high.nullable())) continue;
            high.generator = {"ratio", {{"of", sql_name(low)}, {"min", 1.2}, {"max", 3}}};
        }
    }
}

// A salary stands within the band of the row's job.
void salaries(const Draft& draft, TableDraft& table) {
    ColumnDraft* salary = table.by_role("salary");
    if (salary == nullptr || !is_free(*salary) || salary->fixed) return;
    for (std::size_t i = 0; i < table.declared->foreign_keys.size(); ++i) {
        const TableDraft& parent = draft.parent_of(table.declared->foreign_keys[i]);
        const ColumnDraft* low = parent.by_role("minimum_salary");
        const ColumnDraft* high = parent.by_role("maximum_salary");
        if (parent.id == table.id || low == nullptr || high == nullptr) continue;
        const auto& columns = table.declared->foreign_keys[i].columns;
        const bool may_miss = low->nullable() || high->nullable() || std::any_of(columns.begin(), columns.end(), [&](auto id) { return table.columns[id].nullable(); });
        if (may_miss && !salary->nullable()) continue;
        salary->generator = {"between", {{"lower", sql_path(table, i, *low)}, {"upper", sql_path(table, i, *high)}, {"distribution", "normal"}, {"peak", 0.4}}};
        return;
    }
}

// Nights, days and hours that two dates of the row already say.
void spans(TableDraft& table) {
    ColumnDraft* days = table.by_role("days");
    if (days == nullptr || !is_free(*days) || days->fixed) return;
    struct Ends { std::string_view from, to; };
    static constexpr std::array<Ends, 3> ends = {{{"checkin", "checkout"}, {"start", "end"}, {"occurred", "returned"}}};
    for (const Ends& each : ends) {
        const ColumnDraft* from = table.by_role(each.from);
        const ColumnDraft* to = table.by_role(each.to);
        if (from == nullptr || to == nullptr || from->type_class != 'd' || to->type_class != 'd') continue;
        if ((from->nullable() || to->nullable()) && !days->nullable()) continue;
        set_expression(*days, sql_name(*to) + " - " + sql_name(*from));
        return;
    }
}

}  // namespace

void relate_numbers(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        scale_discounts(table);
        copy_price(draft, table);
        line_amounts(table);
        ordered_pairs(table);
        limits(table);
        salaries(draft, table);
        spans(table);
    }
    for (TableDraft& table : draft.tables) {
        if (table.planned) document_totals(draft, table);
    }
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        payment_amounts(draft, table);
        held_aggregates(draft, table);
    }
}

}  // namespace confab::planner
