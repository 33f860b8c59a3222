// Columns that describe one record agree: a person's names, e-mail, gender and age; an address's parts; a
// company's name, domain and industry.
#include <algorithm>
#include <array>
#include <map>

#include "base/text.hpp"
#include "planner/draft.hpp"
#include "planner/paths.hpp"

namespace confab::planner {

namespace {

// Words that tell apart several of one record's columns, not several records: a work and a home phone are one
// person's.
constexpr std::array<std::string_view, 30> adjectives = {
    "work",     "home",    "personal", "primary",  "secondary", "alternate", "alternative",  "alt",
    "business", "office",  "main",     "official", "current",   "other",     "private",      "mobile",
    "day",      "evening", "legal",    "public",   "company",   "corporate", "professional", "user",
    "display",  "login",   "full",     "real",     "preferred", "profile"};

// The name of a column's record within its table: empty for the table's own.
std::string record_of(const TableDraft& table, const ColumnDraft& column) {
    Words words = column.understood.qualifier;
    // `customer_first_name` in `customers` is the customer's own.
    std::erase_if(words, [&](const std::string& word) {
        return std::find(adjectives.begin(), adjectives.end(), word) != adjectives.end() ||
               std::find(table.words.begin(), table.words.end(), word) != table.words.end() ||
               (table.entity->kind == EntityKind::person &&
                find_entity({&word, 1}) == table.entity);  // `cust_` in `clients`
    });
    // A name that itself names the role (`author`, `manager_name`, `contact_name`) is a record of its own
    // unless the table is that.
    if (words.empty() && column.role == "full_name" && column.understood.meaning != nullptr &&
        column.understood.meaning->role == "full_name" && column.words.size() >= 1 &&
        column.words.back() != "name")
        words = {column.words.back()};
    if (words.empty() && column.role == "full_name" && column.words.size() == 2 &&
        column.words.back() == "name") {
        const std::string& owner = column.words.front();
        const bool own = owner == "full" || owner == "person" || owner == "display" || owner == "legal" ||
                         owner == "real" || owner == "complete" ||
                         std::find(table.words.begin(), table.words.end(), owner) != table.words.end();
        if (!own) words = {owner};
    }
    return joined(words);
}

struct Person {
    ColumnDraft* first = nullptr;
    ColumnDraft* middle = nullptr;
    ColumnDraft* last = nullptr;
    ColumnDraft* full = nullptr;
    ColumnDraft* gender = nullptr;
    ColumnDraft* birth = nullptr;
    std::vector<ColumnDraft*> all;
};

std::map<std::string, Person> people_of(TableDraft& table) {
    std::map<std::string, Person> people;
    for (ColumnDraft& column : table.columns) {
        const bool gender = column.role == "gender" && !column.generated();
        if (!is_record(column, "person") && !gender) continue;
        Person& person = people[record_of(table, column)];
        person.all.push_back(&column);
        if (column.role == "first_name" && person.first == nullptr) person.first = &column;
        if (column.role == "middle_name" && person.middle == nullptr) person.middle = &column;
        if (column.role == "last_name" && person.last == nullptr) person.last = &column;
        if (column.role == "full_name" && person.full == nullptr) person.full = &column;
        if (column.role == "birth") person.birth = &column;
        if (gender) person.gender = &column;
    }
    return people;
}

// A lone `contact_phone` beside `contact_name` belongs to the contact; a lone phone of no known record to the
// table's own.
void merge_strays(std::map<std::string, Person>& people) {
    const auto named = [](const Person& person) {
        return person.first != nullptr || person.full != nullptr || person.last != nullptr;
    };
    std::size_t with_names = 0;
    std::string only;
    for (const auto& [key, person] : people) {
        if (!named(person)) continue;
        ++with_names;
        only = key;
    }
    if (with_names != 1 || people.size() < 2) return;
    Person& target = people[only];
    for (auto& [key, person] : people) {
        if (key == only || named(person) || !key.empty()) continue;
        for (ColumnDraft* column : person.all) target.all.push_back(column);
        if (target.gender == nullptr) target.gender = person.gender;
        if (target.birth == nullptr) target.birth = person.birth;
        person.all.clear();
    }
}

// Genders that are labels become the person's own, so that first names need not be told.
void own_gender(Person& person) {
    if (person.gender == nullptr || person.gender->generator.kind != "choice" ||
        person.gender->type_class != 't')
        return;
    const bool named = person.first != nullptr || person.full != nullptr;
    const Json values = person.gender->generator.parameters["values"];
    const auto starts = [&](std::string_view letters) {
        return std::any_of(values.begin(), values.end(), [&](const Json& value) {
            return value.is_string() &&
                   letters.find(lower_ascii(value.get<std::string>()).front()) != std::string_view::npos;
        });
    };
    if (!named || values.size() < 2 || !starts("fw") || !starts("m")) return;
    person.gender->generator = {"person", {{"field", "gender"}, {"values", values}}};
}

void tie_person(const std::string& key, Person& person) {
    own_gender(person);
    for (ColumnDraft* column : person.all) {
        Json& p = column->generator.parameters;
        if (column->generator.kind != "person") continue;
        if (!key.empty()) p["group"] = key;
        const std::string field = p.value("field", "");
        const bool made_of_names = field == "email" || field == "user_name" || field == "handle" ||
                                   field == "website" || field == "initials" || field == "nickname";
        if (made_of_names && person.first != nullptr && person.last != nullptr) {
            p["first"] = text_of(*person.first);
            p["last"] = text_of(*person.last);
        } else if (made_of_names && person.full != nullptr && field != "nickname") {
            p["name"] = text_of(*person.full);
        }
        if (person.gender != nullptr && person.gender != column &&
            person.gender->generator.kind != "person" &&
            (field == "first_name" || field == "title" || (field == "full_name" && person.first == nullptr)))
            p["gender"] = text_of(*person.gender);
    }
    if (person.full != nullptr && person.first != nullptr && person.last != nullptr && !person.full->fixed) {
        person.full->generator = {
            "expression",
            {{"sql", "concat_ws(' ', " + text_of(*person.first) + ", " + text_of(*person.last) + ")"}}};
        person.full->nulls = 0;
    }
}

void tie_age(TableDraft& table) {
    ColumnDraft* birth = table.by_role("birth");
    ColumnDraft* age = table.by_role("age");
    if (birth == nullptr || age == nullptr || age->fixed || age->generated() ||
        (birth->type_class != 'd' && birth->type_class != 'm'))
        return;
    const std::string born = birth->type_class == 'd' ? sql_name(*birth) : sql_name(*birth) + "::date";
    age->generator = {"expression", {{"sql", "extract(year from age(as_of, " + born + "))::integer"}}};
    age->nulls = birth->nullable() ? age->nulls : 0;
    // A range of ages that the schema allows is one of birth dates.
    if (birth->generator.kind == "person") {
        if (age->facts.lower)
            birth->generator.parameters["min_age"] = static_cast<std::int64_t>(*age->facts.lower);
        if (age->facts.upper)
            birth->generator.parameters["max_age"] = static_cast<std::int64_t>(*age->facts.upper);
    }
}

void set_ages(TableDraft& table) {
    // Whom a table is about says how old they are.
    struct Range {
        std::string_view who;
        int least, most;
    };
    static constexpr std::array<Range, 12> ranges = {{{"student", 18, 29},
                                                      {"pupil", 6, 18},
                                                      {"child", 0, 15},
                                                      {"employee", 20, 66},
                                                      {"staff", 20, 66},
                                                      {"worker", 20, 66},
                                                      {"teacher", 25, 66},
                                                      {"professor", 32, 70},
                                                      {"doctor", 28, 69},
                                                      {"patient", 1, 94},
                                                      {"player", 17, 38},
                                                      {"author", 24, 92}}};
    for (ColumnDraft& column : table.columns) {
        if (column.generator.kind != "person" ||
            (column.role != "birth" && column.role != "age" && column.role != "birth_year"))
            continue;
        for (const Range& range : ranges) {
            if (std::find(table.words.begin(), table.words.end(), range.who) == table.words.end()) continue;
            if (!column.generator.parameters.contains("min_age"))
                column.generator.parameters["min_age"] = range.least;
            if (!column.generator.parameters.contains("max_age"))
                column.generator.parameters["max_age"] = range.most;
        }
        if (column.role == "age") {
            if (column.facts.lower)
                column.generator.parameters["min_age"] = static_cast<std::int64_t>(*column.facts.lower);
            if (column.facts.upper)
                column.generator.parameters["max_age"] = static_cast<std::int64_t>(*column.facts.upper);
        }
    }
}

void tie_addresses(TableDraft& table) {
    std::map<std::string, std::vector<ColumnDraft*>> groups;
    for (ColumnDraft& column : table.columns) {
        if (is_record(column, "address")) groups[record_of(table, column)].push_back(&column);
    }
    for (auto& [key, columns] : groups) {
        bool has_city = false;
        for (const ColumnDraft* column : columns) has_city |= column->role == "city";
        const bool lookup = table.entity->kind == EntityKind::lookup;
        for (ColumnDraft* column : columns) {
            Json& p = column->generator.parameters;
            if (!key.empty()) p["group"] = key;
            // Beside a city, an address is a street; a country by two letters is a code.
            if (column->role == "address" &&
                (has_city || (column->base.length > 0 && column->base.length <= 60)))
                p["field"] = "street";
            const int length = column->base.length;
            if (column->role == "country" && length == 2) p["field"] = "country_code";
            if (column->role == "country" && length == 3) p["field"] = "country_code3";
            if (column->role == "country_code" && length == 3) p["field"] = "country_code3";
            if (column->role == "state" && length > 0 && length <= 3) p["field"] = "state_code";
            if (!lookup && !has_city && columns.size() == 1 &&
                (column->role == "country" || column->role == "country_code" ||
                 column->role == "country_code3"))
                p["spread"] = "world";
        }
    }
    // `{city} Branch` is named after the row's own city.
    ColumnDraft* city = table.by_role("city");
    for (ColumnDraft& column : table.columns) {
        Json& p = column.generator.parameters;
        if (city == nullptr || city == &column || city->type_class != 't' || column.generator.kind != "template" || !p.contains("fields") || !p["fields"].contains("city"))
            continue;
        city->nulls = 0;
        std::string text = p["template"].get<std::string>();
        text.replace(text.find("{city}"), 6, "{" + city->name() + "}");
        p["template"] = text;
        p["fields"].erase("city");
    }
    // A phone beside an address has its area's number.
    if (const auto own = groups.find(""); own != groups.end() && own->second.size() >= 2) {
        for (ColumnDraft& column : table.columns) {
            if (column.role != "phone" || column.generator.kind != "person" ||
                column.generator.parameters.value("field", "") != "phone")
                continue;
            if (column.generator.parameters.contains("group") || column.in_key) continue;
            column.generator = {"address", {{"field", "phone"}}};
        }
    }
}

// An address is known or not as a whole: where the street is NULL, so are city, state and postal code.
void empty_together(TableDraft& table) {
    static constexpr std::string_view parts[] = {"city",    "state",        "state_code", "postal_code",
                                                 "country", "country_code", "district"};
    for (ColumnDraft& anchor : table.columns) {
        const std::string field = anchor.generator.parameters.value("field", "");
        if (anchor.generator.kind != "address" || (field != "street" && field != "full") ||
            !anchor.nullable() || anchor.generated())
            continue;
        const std::string group = anchor.generator.parameters.value("group", "");
        plan::Override change{sql_name(anchor) + " IS NULL", {}, std::nullopt};
        for (ColumnDraft& part : table.columns) {
            const Json& p = part.generator.parameters;
            const bool of_address = part.generator.kind == "address" && p.value("group", "") == group;
            const std::string what = p.value("field", "");
            const bool is_part = std::find(std::begin(parts), std::end(parts), what) != std::end(parts);
            if (&part == &anchor || !of_address || !is_part || !part.nullable() || part.generated() ||
                part.in_key || !part.foreign_keys.empty())
                continue;
            part.nulls = 0;
            change.set.emplace_back(part.name(), "NULL");
        }
        if (!change.set.empty()) table.overrides.push_back(std::move(change));
    }
}

// What is delivered goes somewhere; what is eaten here or fetched does not.
void deliver_only_deliveries(TableDraft& table) {
    for (const ColumnDraft& kind : table.columns) {
        if (kind.generator.kind != "choice" || kind.type_class != 't' || kind.nullable()) continue;
        std::string delivery;
        bool others = false;
        for (const Json& value : kind.generator.parameters["values"]) {
            if (!value.is_string()) continue;
            const std::string label = lower_ascii(value.get<std::string>());
            if (label == "delivery") delivery = value.get<std::string>();
            for (const std::string_view other : {"dine", "take", "pick", "collect", "eat"})
                others |= label.starts_with(other);
        }
        if (delivery.empty() || !others) continue;
        for (ColumnDraft& column : table.columns) {
            const bool address = column.generator.kind == "address" && column.nullable() &&
                                 !column.generated() && !column.in_key;
            if (!address ||
                std::find(column.words.begin(), column.words.end(), "delivery") == column.words.end())
                continue;
            column.nulls = 0;
            table.overrides.push_back({text_of(kind) + " <> " + schema::quoted_literal(delivery),
                                       {{column.name(), "NULL"}},
                                       std::nullopt});
        }
    }
}

// The hosts of a company's people: its own website or domain, that of its name.
std::string host_of_row(const TableDraft& table) {
    for (const std::string_view field : {"website", "domain"}) {
        for (const ColumnDraft& column : table.columns) {
            if (is_record(column, "company") && column.generator.parameters.value("field", "") == field &&
                !column.nullable())
                return text_of(column);
        }
    }
    for (const ColumnDraft& column : table.columns) {
        if (is_record(column, "company") && column.generator.parameters.value("field", "") == "name")
            return text_of(column);
    }
    return {};
}

// A company's name goes with its industry, a restaurant's with its cuisine, a library's with its city; unique
// names tell rows apart by themselves, whatever the industry.
void hint_at(const Draft& draft, const TableDraft& table, ColumnDraft& name) {
    Json& p = name.generator.parameters;
    const std::string sector = p.value("sector", "any");
    const ColumnDraft* industry = table.by_role("industry");
    const bool own = industry != nullptr && industry->generator.kind == "company";
    if (sector == "any" && !own && industry != &name) {
        std::string sql = industry != nullptr && industry->type_class == 't' ? text_of(*industry) : std::string();
        if (sql.empty()) sql = name_through_key(draft, table, "industry");
        if (!sql.empty()) p["industry"] = sql;
    }
    if (name.alone_in_key || name.unique) return;
    const ColumnDraft* city = table.by_role("city");
    const ColumnDraft* cuisine = table.by_role("cuisine");
    const bool civic =
        sector == "library" || sector == "school" || sector == "hospital" || sector == "university";
    if (civic && city != nullptr && city->type_class == 't') p["city"] = text_of(*city);
    if (sector == "restaurant" && cuisine != nullptr && cuisine->type_class == 't')
        p["cuisine"] = text_of(*cuisine);
}

// What is made of the name reads the industry that the name goes with.
void share_industry(TableDraft& table, const ColumnDraft& name) {
    const Json& of_name = name.generator.parameters;
    if (!of_name.contains("industry")) return;
    static constexpr std::array<std::string_view, 5> made_of_it = {"domain", "website", "email", "ticker",
                                                                   "logo_url"};
    for (ColumnDraft& column : table.columns) {
        Json& p = column.generator.parameters;
        const bool other = is_record(column, "company") && &column != &name && !p.contains("name");
        const std::string field = other ? p.value("field", "") : "";
        if (std::find(made_of_it.begin(), made_of_it.end(), field) != made_of_it.end())
            p["industry"] = of_name["industry"];
    }
}

void tie_company(const Draft& draft, TableDraft& table) {
    ColumnDraft* name = nullptr;
    for (ColumnDraft& column : table.columns) {
        if (is_record(column, "company") && column.generator.parameters.value("field", "") == "name")
            name = &column;
        if (name != nullptr) break;
    }
    if (name != nullptr) hint_at(draft, table, *name);
    for (ColumnDraft& column : table.columns) {
        Json& p = column.generator.parameters;
        if (is_record(column, "company") && &column != name && name != nullptr) {
            const std::string field = p.value("field", "");
            // Columns of one record agree; a name that others decide has to be said.
            const bool told = name->generator.parameters.contains("cuisine") ||
                              name->generator.parameters.contains("city") || name->fixed;
            if (told && (field == "domain" || field == "website" || field == "email"))
                p["name"] = text_of(*name);
        }
        const bool company_table = table.entity->kind == EntityKind::company;
        const bool email =
            company_table && name != nullptr && column.role == "email" && is_record(column, "person");
        if (email && !p.contains("first") && !p.contains("name"))
            column.generator = {"company", {{"field", "email"}}};
        // Whom one writes to at a company has an address there.
        else if (email && !column.alone_in_key)
            p["domain"] = host_of_row(table);
        const bool phone = company_table && column.role == "phone" && is_record(column, "person");
        const ColumnDraft* city = table.by_role("city");
        // The number of its own area, where the row says where it is.
        if (phone && city != nullptr && city->generator.kind == "address")
            column.generator = {"address", {{"field", "phone"}}};
        else if (phone)
            column.generator = {"company", {{"field", "phone"}}};
        if (company_table && column.role == "website" && is_record(column, "person") && name != nullptr)
            column.generator = {"company", {{"field", "website"}}};
    }
    if (name != nullptr) share_industry(table, *name);
}

}  // namespace

void relate_people(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        auto people = people_of(table);
        merge_strays(people);
        for (auto& [key, person] : people) tie_person(key, person);
        set_ages(table);
        tie_age(table);
        tie_addresses(table);
        empty_together(table);
        deliver_only_deliveries(table);
        tie_company(draft, table);
    }
}

}  // namespace confab::planner
