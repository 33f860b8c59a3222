// Lookup tables hold a vocabulary: each word once, and no more rows than there are words.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "planner/draft.hpp"
#include "planner/fallbacks.hpp"

namespace confab::planner {

namespace {

struct Size {
    std::string_view list;
    std::int64_t entries;
};

// How many rows a table of such a vocabulary has in life; never more than the vocabulary bears.
constexpr Size sizes[] = {
    {"countries", 190}, {"us_states", 50}, {"continents", 6}, {"currencies", 40}, {"languages", 40}, {"departments", 18}, {"roles", 10},
    {"permissions", 20}, {"job_titles", 60}, {"product_categories", 24}, {"dish_categories", 10}, {"book_genres", 24}, {"movie_genres", 18},
    {"music_genres", 20}, {"game_genres", 14}, {"cuisines", 20}, {"tags", 40}, {"brands", 60}, {"colors", 16}, {"sizes", 8}, {"payment_methods", 8},
    {"shipping_methods", 6}, {"shipping_carriers", 10}, {"order_statuses", 7}, {"room_types", 8}, {"property_types", 10}, {"amenities", 20},
    {"medical_specialties", 24}, {"industries", 20}, {"sports", 20}, {"fields_of_study", 20}, {"academic_subjects", 20}, {"expense_categories", 12},
    {"account_types", 6}, {"transaction_types", 8}, {"leave_types", 8}, {"event_types", 12}, {"document_types", 12}, {"vehicle_types", 10},
    {"media_formats", 6}, {"species", 20}, {"dog_breeds", 30}, {"priorities", 4}, {"severities", 4}, {"materials", 14}, {"units", 12},
    {"membership_levels", 5}, {"certifications", 16}, {"holidays", 12}, {"awards", 16}, {"hobbies", 24}, {"religions", 9}, {"ethnicities", 8},
    {"subscription_plans", 5}, {"skills", 50}, {"diagnoses", 40}, {"allergies", 16}, {"symptoms", 30}, {"ingredients", 60}, {"feature_names", 20},
    {"airlines", 30}, {"airports", 60}, {"publishers", 30},
};

std::int64_t size_of(const Generator& generator) {
    if (generator.kind == "choice") return static_cast<std::int64_t>(generator.parameters["values"].size());
    if (generator.kind == "title") return 24;
    if (generator.kind != "vocabulary") return 0;
    const std::string list = generator.parameters.value("list", "");
    for (const Size& size : sizes) {
        if (size.list == list) return size.entries;
    }
    return 20;
}

// The vocabulary that a category belongs to is that of what it categorises.
void choose_vocabulary(Draft& draft, TableDraft& table, ColumnDraft& name) {
    if (name.generator.kind != "vocabulary" || name.generator.parameters.value("list", "") != "product_categories") return;
    struct Sort { std::string_view kind, list; };
    static constexpr std::array<Sort, 4> sorts = {{{"book", "book_genres"}, {"dish", "dish_categories"}, {"vehicle", "vehicle_types"}, {"title", "movie_genres"}}};
    for (const TableDraft& other : draft.tables) {
        for (const schema::ForeignKey& key : other.declared->foreign_keys) {
            if (draft.parent_of(key).id != table.id) continue;
            // Through a junction the other parent is what is categorised.
            std::vector<const TableDraft*> sorted = {&other};
            if (other.junction) for (const schema::ForeignKey& second : other.declared->foreign_keys) sorted.push_back(&draft.parent_of(second));
            for (const TableDraft* subject : sorted) {
                for (const ColumnDraft& column : subject->columns) {
                    const bool names = column.role == "name" || column.role == "book_title" || column.role == "dish_name" || column.role == "title";
                    for (const Sort& sort : sorts) {
                        if (!names || column.generator.kind != sort.kind) continue;
                        if (sort.kind != "title" || column.generator.parameters.value("of", "") == "movie") name.generator.parameters["list"] = sort.list;
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
            const bool listed = column.generator.kind == "vocabulary" || column.generator.kind == "choice" || column.generator.kind == "title" ||
                                (column.generator.kind == "address" && column.role == "country") || column.generator.kind == "book" || column.generator.kind == "dish" || column.generator.kind == "job";
            const bool names = !column.words.empty() && (column.role == "name" || ends_with(table.words, {column.words.data(), 1}) || column.words == table.words || column.words.back() == "name" || column.words.back() == "title");
            if (name == nullptr && names && listed && column.type_class == 't' && !column.base.is_array() && column.base.kind != schema::TypeKind::enumeration) name = &column;
        }
        if (name == nullptr) continue;
        // The table's own vocabulary, whatever the column is called: `genre` in `genres`, `country` in `country`.
        if (!table.entity->name.empty() && !name->fixed) name->generator = generator_of(draft, table.entity->name);
        if (!name->fixed) choose_vocabulary(draft, table, *name);
        if (!name->fixed) fit_length(*name);
        if (name->generator.kind == "vocabulary") {
            for (ColumnDraft& column : table.columns) {
                const std::string list = name->generator.parameters.value("list", "");
                if (&column == name || column.fixed || column.generated() || column.type_class != 't') continue;
                const bool coded = list == "countries" || list == "currencies" || list == "languages" || list == "us_states" || list == "airports";
                const bool code = column.role == "code" || column.role == "country_code" || column.role == "country_code3" || column.role == "currency" || column.role == "state_code" || column.role == "language_code" || column.role == "airport" || (column.base.length >= 2 && column.base.length <= 3);
                if (coded && code) column.generator = {"vocabulary", {{"list", list}, {"field", "code"}}};
                if (list == "countries" && column.role == "country_code3") column.generator.parameters["field"] = "code3";
            }
        }
        const std::int64_t size = size_of(name->generator);
        if (size == 0) continue;
        name->unique = !name->alone_in_key;
        name->nulls = 0;
        if (!table.rows.exact && table.rows.rows && *table.rows.rows > size) {
            table.rows.instead_of = table.rows.rows;
            table.rows.rows = size;
            draft.notes.push_back(table.name() + ": " + counted(static_cast<std::uint64_t>(size), "row") + ", as many as there are different values for \"" + name->name() + "\"");
        } else if (table.rows.exact && table.rows.rows && *table.rows.rows > size) {
            name->unique = false;  // more were asked for by name than there are words: they repeat
        }
    }
}

}  // namespace confab::planner
