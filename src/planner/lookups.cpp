// Lookup tables hold a vocabulary: each word once (or once for each parent), and no more rows than there are
// words.
#include <algorithm>
#include <array>

#include "vocabulary/vocabulary.hpp"

#include "base/text.hpp"
#include "planner/draft.hpp"
#include "planner/fallbacks.hpp"

namespace confab::planner {

namespace {

// How many different values the generator has; 0 = more than any table needs, or unknown.
std::int64_t size_of(const Generator& generator) {
    if (generator.kind == "choice") return static_cast<std::int64_t>(generator.parameters["values"].size());
    if (generator.kind != "vocabulary") return 0;
    const std::string field = generator.parameters.value("field", "name");
    return static_cast<std::int64_t>(
        vocabulary::find("list." + generator.parameters.value("list", "") + "." + field).size());
}

// Departments of a clinic are not those of a factory.
void choose_by_trade(const Draft& draft, ColumnDraft& name) {
    Json& p = name.generator.parameters;
    if (name.generator.kind == "vocabulary" && p.value("list", "") == "materials" && draft.trade == Trade::construction) p["list"] = "building_materials";
    if (name.generator.kind != "vocabulary" || p.value("list", "") != "departments") return;
    if (draft.trade == Trade::medical) p["list"] = "medical_departments";
    if (draft.trade == Trade::academic) p["list"] = "fields_of_study";
}

// The vocabulary that a category belongs to is that of what it categorises.
void choose_vocabulary(Draft& draft, TableDraft& table, ColumnDraft& name) {
    if (name.generator.kind != "vocabulary" ||
        name.generator.parameters.value("list", "") != "product_categories")
        return;
    struct Sort {
        std::string_view kind, list;
    };
    static constexpr std::array<Sort, 4> sorts = {{{"book", "book_genres"},
                                                   {"dish", "dish_categories"},
                                                   {"vehicle", "vehicle_types"},
                                                   {"title", "movie_genres"}}};
    for (const TableDraft& other : draft.tables) {
        for (const schema::ForeignKey& key : other.declared->foreign_keys) {
            if (draft.parent_of(key).id != table.id) continue;
            // Through a junction the other parent is what is categorised.
            std::vector<const TableDraft*> sorted = {&other};
            if (other.junction)
                for (const schema::ForeignKey& second : other.declared->foreign_keys)
                    sorted.push_back(&draft.parent_of(second));
            for (const TableDraft* subject : sorted) {
                for (const ColumnDraft& column : subject->columns) {
                    const bool names = column.role == "name" || column.role == "book_title" ||
                                       column.role == "dish_name" || column.role == "title";
                    for (const Sort& sort : sorts) {
                        if (!names || column.generator.kind != sort.kind) continue;
                        if (sort.kind != "title" || column.generator.parameters.value("of", "") == "movie")
                            name.generator.parameters["list"] = sort.list;
                    }
                }
                if (subject->entity->kind == EntityKind::writing) name.generator.parameters["list"] = "tags";
            }
        }
    }
}

}  // namespace

void relate_lookups(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned || table.entity->kind != EntityKind::lookup || table.junction) continue;
        ColumnDraft* name = nullptr;
        for (ColumnDraft& column : table.columns) {
            const bool listed = column.generator.kind == "vocabulary" || column.generator.kind == "choice" ||
                                column.generator.kind == "title" || column.generator.kind == "template" ||
                                (column.generator.kind == "address" && column.role == "country") ||
                                column.generator.kind == "book" || column.generator.kind == "dish" ||
                                column.generator.kind == "job";
            const bool names = !column.words.empty() &&
                               (column.role == "name" || ends_with(table.words, {column.words.data(), 1}) ||
                                column.words == table.words || column.words.back() == "name" ||
                                column.words.back() == "title");
            if (name == nullptr && names && listed && column.type_class == 't' && !column.base.is_array() &&
                column.base.kind != schema::TypeKind::enumeration)
                name = &column;
        }
        if (name == nullptr) continue;
        // The table's own vocabulary, whatever the column is called: `genre` in `genres`, `country` in
        // `country`.
        if (!table.entity->name.empty() && !name->fixed)
            name->generator = generator_of(draft, table.entity->name);
        if (!name->fixed) choose_vocabulary(draft, table, *name);
        if (!name->fixed) choose_by_trade(draft, *name);
        if (!name->fixed) fit_length(*name);
        if (name->generator.kind == "vocabulary") {
            for (ColumnDraft& column : table.columns) {
                const std::string list = name->generator.parameters.value("list", "");
                if (&column == name || column.fixed || column.generated() || column.type_class != 't')
                    continue;
                const bool coded = list == "countries" || list == "currencies" || list == "languages" ||
                                   list == "us_states" || list == "airports";
                const bool code = column.role == "code" || column.role == "country_code" ||
                                  column.role == "country_code3" || column.role == "currency" ||
                                  column.role == "state_code" || column.role == "language_code" ||
                                  column.role == "airport" ||
                                  (column.base.length >= 2 && column.base.length <= 3);
                if (coded && code) column.generator = {"vocabulary", {{"list", list}, {"field", "code"}}};
                if (list == "countries" && column.role == "country_code3")
                    column.generator.parameters["field"] = "code3";
            }
        }
        // A name that is unique only within a parent ("departments of a company") comes again with another
        // parent.
        if (name->in_key && !name->alone_in_key) continue;
        const std::int64_t size = size_of(name->generator);
        if (size == 0 && name->generator.kind != "template") continue;
        name->nulls = 0;
        // Each word once; the engine makes the table as small as there are words, and says so. More rows that
        // were asked for by the table's name repeat them.
        const bool too_many = table.rows.exact && table.rows.rows && *table.rows.rows > size && size > 0;
        name->unique = !name->alone_in_key && !too_many;
    }
}

}  // namespace confab::planner
