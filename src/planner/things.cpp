// Columns that describe one thing agree: a job's title, department and salary; a dish's name, category and price; a
// product's, a book's, a vehicle's.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "planner/draft.hpp"
#include "planner/paths.hpp"
#include "vocabulary/vocabulary.hpp"

namespace confab::planner {

namespace {

// A column of a parent by its role: the restaurant's cuisine, of a menu item.
std::string role_through_key(const Draft& draft, const TableDraft& table, std::string_view role) {
    for (std::size_t i = 0; i < table.declared->foreign_keys.size(); ++i) {
        const schema::ForeignKey& key = table.declared->foreign_keys[i];
        const TableDraft& parent = draft.parent_of(key);
        if (parent.id == table.id) continue;
        if (const ColumnDraft* column = parent.by_role(role); column != nullptr && column->type_class == 't')
            return sql_path(table, i, *column) +
                   (column->base.kind == schema::TypeKind::enumeration ? "::text" : "");
    }
    return {};
}

// A list of positions that are jobs ("Waiter", "Cook") is what the pay follows, whatever the column is
// called.
std::string listed_title(const TableDraft& table) {
    const vocabulary::List titles = vocabulary::find("job.title");
    const auto is_title = [&](const Json& value) {
        if (!value.is_string()) return false;
        for (std::size_t i = 0; i < titles.size(); ++i) {
            if (equal_ignoring_case(titles[i], value.get_ref<const std::string&>())) return true;
        }
        return false;
    };
    for (const ColumnDraft& column : table.columns) {
        if (column.generator.kind != "choice" || column.type_class != 't') continue;
        const Json& values = column.generator.parameters["values"];
        if (std::count_if(values.begin(), values.end(), is_title) * 2 >
            static_cast<std::ptrdiff_t>(values.size()))
            return text_of(column);
    }
    return {};
}

void tie_things(const Draft& draft, TableDraft& table) {
    struct Tie {
        std::string_view kind, parameter, role;
    };
    static constexpr std::array<Tie, 6> ties = {{{"job", "department", "department"},
                                                 {"job", "title", "job_title"},
                                                 {"product", "category", "category"},
                                                 {"book", "genre", "genre"},
                                                 {"dish", "cuisine", "cuisine"},
                                                 {"dish", "category", "category"}}};
    for (ColumnDraft& column : table.columns) {
        for (const Tie& tie : ties) {
            if (!is_record(column, tie.kind) || column.role == tie.role) continue;
            const std::string field = column.generator.parameters.value("field", "");
            const bool follows =
                tie.kind == "job" ? (tie.parameter == "title"
                                         ? field == "salary" || field == "level" || field == "hourly_rate"
                                         : field == "title" || field == "salary" || field == "level" ||
                                               field == "hourly_rate")
                : tie.kind == "book"
                    ? field == "title" || field == "description"
                    : field == "name" || field == "price" || field == "category" || field == "description" ||
                          field == "brand" || field == "cost" || field == "subcategory" ||
                          field == "calories" || field == "vegetarian";
            if (!follows) continue;
            const ColumnDraft* own = table.by_role(tie.role);
            // Columns of one record agree by themselves; an input is needed where the other is made
            // otherwise.
            if (own != nullptr && own->generator.kind == column.generator.kind) continue;
            std::string sql = text_of_role(table, tie.role);
            if (sql.empty() && tie.parameter == "title") sql = listed_title(table);
            if (sql.empty()) sql = role_through_key(draft, table, tie.role);
            if (sql.empty()) sql = name_through_key(draft, table, tie.role == "job_title" ? "job" : tie.role);
            if (!sql.empty()) column.generator.parameters[std::string(tie.parameter)] = sql;
        }
    }
}

// Dishes where the table is about dishes: `category`, `price` and `description` are the dish's.
void follow_the_record(TableDraft& table) {
    std::string record;
    for (const ColumnDraft& column : table.columns) {
        const bool names = column.role == "name" || column.role == "dish_name" ||
                           column.role == "product_name" || column.role == "book_title" ||
                           column.role == "model" || column.role == "title";
        if (names && (column.generator.kind == "dish" || column.generator.kind == "book" ||
                      column.generator.kind == "vehicle" || column.generator.kind == "product"))
            record = column.generator.kind;
    }
    if (record.empty()) return;
    struct Field {
        std::string_view kind, role, field;
    };
    static constexpr std::array<Field, 12> fields = {{{"dish", "category", "category"},
                                                      {"dish", "price", "price"},
                                                      {"dish", "summary", "description"},
                                                      {"dish", "description", "description"},
                                                      {"dish", "cuisine", "cuisine"},
                                                      {"book", "price", "price"},
                                                      {"book", "summary", "description"},
                                                      {"book", "description", "description"},
                                                      {"vehicle", "color", "color"},
                                                      {"vehicle", "year", "year"},
                                                      {"product", "description", "description"},
                                                      {"book", "year", "year"}}};
    for (ColumnDraft& column : table.columns) {
        if (column.fixed || column.generated()) continue;
        for (const Field& each : fields) {
            if (each.kind != record || each.role != column.role) continue;
            Json p = {{"field", std::string(each.field)}};
            if (each.field == "price") {
                if (column.facts.lower && *column.facts.lower > 1) p["min"] = *column.facts.lower;
                if (column.facts.upper) p["max"] = *column.facts.upper;
            }
            column.generator = {record, p};
        }
    }
    for (ColumnDraft& column : table.columns) {
        const bool vegetarian = record == "dish" && column.type_class == 'b' && !column.words.empty() &&
                                column.words.back() == "vegetarian";
        if (vegetarian && !column.generated() && !column.fixed)
            column.generator = {"dish", {{"field", "vegetarian"}}};
    }
    for (ColumnDraft& column : table.columns) {
        if (column.generated() || column.fixed || record != "product" || column.role != "cost") continue;
        if (table.by_role("price") == nullptr) column.generator = {"product", {{"field", "cost"}}};
    }
}

// A corgi is a dog, and weighs what a dog weighs.
void tie_breed(TableDraft& table) {
    struct Kind {
        std::string_view word, breeds;
        double low, high, mean;  // kilograms
    };
    static constexpr std::array<Kind, 11> kinds = {{{"dog", "dog_breeds", 2, 60, 18},
                                                    {"cattle", "cattle_breeds", 180, 980, 560},
                                                    {"cow", "cattle_breeds", 180, 980, 560},
                                                    {"cat", "cat_breeds", 2.4, 8.5, 4.4},
                                                    {"horse", "", 300, 800, 500},
                                                    {"pig", "", 25, 260, 110},
                                                    {"sheep", "", 25, 120, 70},
                                                    {"goat", "", 20, 95, 55},
                                                    {"rabbit", "", 0.9, 5.5, 2.2},
                                                    {"bird", "", 0.03, 1.1, 0.15},
                                                    {"chicken", "", 1.2, 4.2, 2.4}}};
    const ColumnDraft* species = nullptr;
    for (const ColumnDraft& column : table.columns) {
        if (column.type_class == 't' && !column.words.empty() && (column.words.back() == "species" || (column.words.size() > 1 && column.words.front() == "animal"))) species = &column;
    }
    if (species == nullptr) return;
    const auto cases_of = [&](const auto& then) {
        Json cases = Json::array();
        for (const Kind& kind : kinds) {
            if (Json values = then(kind); !values.is_null()) cases.push_back({{"when", text_of(*species) + " ~* '^" + std::string(kind.word) + "'"}, {"then", std::move(values)}});
        }
        return cases;
    };
    const auto weighing = [](double low, double high, double mean) -> Json {
        return {{"generator", "decimal"}, {"min", low}, {"max", high}, {"distribution", "lognormal"}, {"mean", mean}, {"deviation", 0.35}};
    };
    for (ColumnDraft& column : table.columns) {
        if (column.fixed || column.generated() || column.in_key || column.base.is_array()) continue;
        if (column.role == "breed" && column.generator.kind == "vocabulary") {
            const Json cases = cases_of([](const Kind& kind) -> Json {
                return kind.breeds.empty() ? Json() : Json{{"generator", "vocabulary"}, {"list", std::string(kind.breeds)}};
            });
            Json other = {{"generator", "constant"}, {"value", "Mixed"}};
            if (column.nullable()) other = {{"generator", "null"}};
            column.generator = {"case", {{"cases", cases}, {"else", other}}};
        }
        const bool weight = (column.role == "weight" || column.role == "body_weight") && column.type_class == 'n' && !column.facts.upper;
        if (weight) {
            const Json cases = cases_of([&](const Kind& kind) { return weighing(kind.low, kind.high, kind.mean); });
            column.generator = {"case", {{"cases", cases}, {"else", weighing(0.1, 9, 1.2)}}};
        }
    }
}

}  // namespace

void relate_things(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (table.planned) follow_the_record(table);
    }
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        tie_things(draft, table);
        tie_breed(table);
    }
}

}  // namespace confab::planner
