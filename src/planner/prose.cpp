// Prose that speaks of its row: of whom, of what, and as pleased as the row's rating.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "planner/draft.hpp"

namespace confab::planner {

namespace {

// What is reviewed, by a word of the table's name, as `of` of the generator `text` has it.
struct Reviewed {
    std::string_view of;
    std::string_view words;  // alternatives by `|`
};
constexpr Reviewed kinds[] = {
    {"restaurant", "restaurant|cafe|bar|diner|eatery|pizzeria|bistro"},
    {"dish", "menu|dish|meal|food|recipe"},
    {"book", "book|novel|textbook"},
    {"film", "movie|film|show|series|episode|documentary"},
    {"stay", "hotel|room|property|apartment|listing|hostel|accommodation|villa|resort|stay"},
    {"course", "course|class|lesson|training|workshop"},
    {"app", "app|application|software"},
    {"product", "product|merchandise"},
    {"service", "service|doctor|physician|dentist|therapist|driver|tutor|instructor|teacher|trainer|mechanic|technician|freelancer|provider|clinic|hospital|salon|garage|ride|trip|appointment|consultation|repair|delivery"},
};

std::string_view kind_of(const TableDraft& table) {
    // The last word says what the table is about: of `course_instructors`, a person.
    for (auto word = table.words.rbegin(); word != table.words.rend(); ++word) {
        for (const Reviewed& kind : kinds) {
            const std::vector<std::string_view> words = split(kind.words, '|');
            const bool named = std::find(words.begin(), words.end(), *word) != words.end();
            if (named && (table.entity->kind != EntityKind::person || kind.of == "service")) return kind.of;
        }
    }
    return {};
}

// What the rows of a table review: by its own name, else by what it refers to, at most two references away.
std::string_view reviewed_by(const Draft& draft, const TableDraft& table) {
    if (const std::string_view own = kind_of(table); !own.empty()) return own;
    std::vector<const TableDraft*> near{&table};
    for (int away = 1; away <= 2; ++away) {
        std::vector<const TableDraft*> next;
        for (const TableDraft* at : near) {
            for (const schema::ForeignKey& key : at->declared->foreign_keys) next.push_back(&draft.parent_of(key));
        }
        for (const TableDraft* parent : next) {
            if (const std::string_view kind = kind_of(*parent); !kind.empty()) return kind;
        }
        std::erase_if(next, [](const TableDraft* parent) { return parent->entity->kind == EntityKind::person; });
        near = std::move(next);
    }
    return {};
}

std::string who_of(const TableDraft& table) {
    std::string who = text_of_role(table, "full_name");
    const ColumnDraft* first = table.by_role("first_name");
    const ColumnDraft* last = table.by_role("last_name");
    if (who.empty() && first != nullptr && last != nullptr)
        who = "concat_ws(' ', " + text_of(*first) + ", " + text_of(*last) + ")";
    return who;
}

// The name of what a text of the table is about, as an expression; empty when nothing has one.
std::string subject_of_prose(const Draft& draft, const TableDraft& table, const ColumnDraft& text) {
    static constexpr std::array<std::string_view, 7> names = {
        "name", "product_name", "dish_name", "book_title", "company", "course_title", "model"};
    // The title of a writing is of itself, not of what it is about.
    for (const std::string_view role : names) {
        if (table.entity->kind == EntityKind::writing) break;
        const ColumnDraft* own = table.by_role(role);
        if (own != nullptr && own != &text && own->type_class == 't' && own->base.kind != schema::TypeKind::enumeration)
            return sql_name(*own);
    }
    for (std::size_t i = 0; i < table.declared->foreign_keys.size(); ++i) {
        const TableDraft& parent = draft.parent_of(table.declared->foreign_keys[i]);
        if (parent.id == table.id || parent.entity->kind == EntityKind::person || parent.entity->kind == EntityKind::document) continue;
        for (const std::string_view role : names) {
            const ColumnDraft* named = parent.by_role(role);
            if (named != nullptr && named->type_class == 't') return sql_path(table, i, *named);
        }
    }
    return {};
}

const ColumnDraft* kind_of_row(const TableDraft& table) {
    const auto tells = [](const ColumnDraft& column) { return column.type_class == 't' && !column.base.is_array() && !column.words.empty() && column.words.back() == "type"; };
    const auto found = std::find_if(table.columns.begin(), table.columns.end(), tells);
    return found == table.columns.end() ? nullptr : &*found;
}

void tie_rating(const ColumnDraft& rating, Json& parameters) {
    parameters["rating"] = sql_name(rating);
    double best = 5;
    const auto most = rating.generator.parameters.find("max");
    if (most != rating.generator.parameters.end() && most->is_number()) best = most->get<double>();
    if (rating.facts.upper) best = *rating.facts.upper;
    if (best != 5) parameters["rating_max"] = best;
}

// A title that speaks of a year speaks of the row's own.
void tie_year(TableDraft& table) {
    static constexpr std::array<std::string_view, 6> begins = {"start", "scheduled", "published", "released", "occurred", "created"};
    for (ColumnDraft& column : table.columns) {
        if (column.generated() || column.generator.kind != "title") continue;
        for (const std::string_view role : begins) {
            const ColumnDraft* moment = table.by_role(role);
            if (moment == nullptr || (moment->type_class != 'd' && moment->type_class != 'm')) continue;
            column.generator.parameters["year"] = "extract(year from " + sql_name(*moment) + ")::integer::text";
            break;
        }
    }
}

void tie_prose(const Draft& draft, TableDraft& table) {
    const ColumnDraft* rating = table.by_role("rating");
    if (rating == nullptr) rating = table.by_role("average_rating");
    for (ColumnDraft& column : table.columns) {
        if (column.generated() || column.generator.kind != "text") continue;
        Json& p = column.generator.parameters;
        if (table.entity->prose == "alert" && p.value("about", "") == "log") p["about"] = "alert";
        const std::string about = p.value("about", "");
        const bool review = about == "review" || about == "review_title";
        if (const std::string who = who_of(table); about == "biography" && !who.empty()) p["name"] = who;
        if ((review || about == "appraisal") && rating != nullptr && rating->type_class != 't') tie_rating(*rating, p);
        if (const std::string_view of = reviewed_by(draft, table); about == "review" && !of.empty()) p["of"] = of;
        // What a bank writes beside a sum goes by the kind of the transaction.
        const ColumnDraft* kind = about == "payment" ? kind_of_row(table) : nullptr;
        if (kind != nullptr) p["subject"] = text_of(*kind);
        if (kind != nullptr || about == "biography" || about == "email_subject" || about == "review_title") continue;
        if (const std::string subject = subject_of_prose(draft, table, column); !subject.empty()) p["subject"] = subject;
    }
}

}  // namespace

void relate_prose(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        tie_prose(draft, table);
        tie_year(table);
    }
}

}  // namespace confab::planner
