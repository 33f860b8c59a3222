#include "plan/catalog_values.hpp"

namespace confab::plan {

namespace {

using Kind = ParameterKind;
using Words = std::string_view;

constexpr Words distributions[] = {"uniform", "normal", "lognormal", "exponential", "zipf"};
constexpr Words gaps[] = {"uniform", "normal", "lognormal", "exponential"};
constexpr Words shapes[] = {"uniform", "growth", "recent", "decline", "season", "growth_and_season"};
constexpr Words hours[] = {"any", "office", "shop", "evening", "waking"};
constexpr Words weekdays[] = {"any", "working", "mostly_working", "weekend", "mostly_weekend"};
constexpr Words otherwise[] = {"minimum", "null"};
constexpr Words hash_algorithms[] = {"md5", "sha1", "sha256", "sha512", "bcrypt", "argon2"};

constexpr Parameter constant_parameters[] = {
    {"value", Kind::value, true, "The value of every row."},
};
constexpr Parameter choice_parameters[] = {
    {"values", Kind::values, true, "The values to choose from, as they are in the column's type."},
    {"weights", Kind::weights, false, "How often each value comes, in any unit; all alike when left out."},
};
constexpr Parameter boolean_parameters[] = {
    {"true", Kind::share, false, "Share of true among the values; 0.5 when left out."},
};
constexpr Parameter integer_parameters[] = {
    {"min", Kind::integer, false, "Smallest value; 0 when left out."},
    {"max", Kind::integer, false, "Largest value; the type's largest or 1,000,000 when left out."},
    {"distribution", Kind::word, false, "Shape between min and max; uniform when left out.", distributions},
    {"mean", Kind::number, false, "Middle of a normal, mean of an exponential, median of a lognormal distribution."},
    {"deviation", Kind::number, false,
     "Standard deviation of a normal distribution; of the logarithm, for lognormal (0.6 when left out)."},
    {"exponent", Kind::number, false, "Of zipf: how fast the frequency falls (1 when left out)."},
    {"step", Kind::integer, false, "Values are min plus a multiple of it: 1 when left out."},
};
constexpr Parameter decimal_parameters[] = {
    {"min", Kind::number, false, "Smallest value; 0 when left out."},
    {"max", Kind::number, false, "Largest value; the type's largest or 1,000,000 when left out."},
    {"distribution", Kind::word, false, "Shape between min and max; uniform when left out.", distributions},
    {"mean", Kind::number, false, "Middle of a normal, mean of an exponential, median of a lognormal distribution."},
    {"deviation", Kind::number, false,
     "Standard deviation of a normal distribution; of the logarithm, for lognormal (0.6 when left out)."},
    {"exponent", Kind::number, false, "Of zipf: how fast the frequency falls (1 when left out)."},
    {"step", Kind::number, false, "Values are multiples of it: 0.5, 100."},
    {"endings", Kind::weights, false, "Prices end in one of these: [0.99, 0.5, 0]. Must fit the column's scale."},
};
constexpr Parameter date_parameters[] = {
    {"from", Kind::date, false, "Earliest; five years before as_of when left out."},
    {"to", Kind::date, false, "Latest; as_of when left out."},
    {"shape", Kind::word, false, "How volume moves over the years; uniform when left out.", shapes},
    {"weekdays", Kind::word, false, "Which days of the week; any when left out.", weekdays},
};
constexpr Parameter timestamp_parameters[] = {
    {"from", Kind::date, false, "Earliest; five years before as_of when left out."},
    {"to", Kind::date, false, "Latest; as_of when left out."},
    {"shape", Kind::word, false, "How volume moves over the years; uniform when left out.", shapes},
    {"weekdays", Kind::word, false, "Which days of the week; any when left out.", weekdays},
    {"hours", Kind::word, false, "Which hours of the day; any when left out.", hours},
    {"precision", Kind::duration, false, "Values are multiples of it; 1 second when left out."},
};
constexpr Parameter time_parameters[] = {
    {"from", Kind::text, false, "Earliest, HH:MM; 00:00 when left out."},
    {"to", Kind::text, false, "Latest, HH:MM; 23:59 when left out."},
    {"precision", Kind::duration, false, "Values are multiples of it (15 minutes); 1 second when left out."},
};
constexpr Parameter after_parameters[] = {
    {"of", Kind::expression, true, "The date or timestamp it comes after: a column, a path, an expression."},
    {"minimum", Kind::duration, false, "Least distance; 0 when left out."},
    {"maximum", Kind::duration, false, "Greatest distance; 30 days when left out."},
    {"distribution", Kind::word, false, "Of the distance; exponential when left out.", gaps},
    {"until", Kind::expression, false, "Not after this: the distance is fitted in between."},
    {"otherwise", Kind::word, false, "When nothing fits before `until`: of + minimum, or NULL; minimum when left out.",
     otherwise},
    {"hours", Kind::word, false, "Of a timestamp more than a day later: hours of the day; any when left out.", hours},
    {"weekdays", Kind::word, false, "Which days of the week, where the limits allow; any when left out.", weekdays},
    {"precision", Kind::duration, false, "The distance grows by multiples of it (15 minutes); 1 second when left out."},
};
constexpr Parameter before_parameters[] = {
    {"of", Kind::expression, true, "The date or timestamp it comes before."},
    {"minimum", Kind::duration, false, "Least distance; 0 when left out."},
    {"maximum", Kind::duration, false, "Greatest distance; 30 days when left out."},
    {"distribution", Kind::word, false, "Of the distance; exponential when left out.", gaps},
    {"from", Kind::expression, false, "Not before this: the distance is fitted in between."},
    {"otherwise", Kind::word, false, "When nothing fits after `from`: of - minimum, or NULL; minimum when left out.",
     otherwise},
};
constexpr Parameter between_parameters[] = {
    {"lower", Kind::expression, true, "Smallest value: a number, a date, a timestamp, of this row."},
    {"upper", Kind::expression, true, "Largest value. Where it is below `lower` the value is `lower`."},
    {"distribution", Kind::word, false, "Shape in between; uniform when left out.", gaps},
    {"peak", Kind::share, false, "Of the normal shape: where its middle is, 0 = lower, 1 = upper; 0.5 when left out."},
};
constexpr Parameter ratio_parameters[] = {
    {"of", Kind::expression, true, "A number of this row."},
    {"min", Kind::number, true, "Smallest factor."},
    {"max", Kind::number, true, "Largest factor."},
    {"endings", Kind::weights, false, "The result ends in one of these: [0.99, 0.5, 0]."},
};
constexpr Parameter interval_parameters[] = {
    {"min", Kind::duration, false, "Shortest; 1 hour when left out."},
    {"max", Kind::duration, false, "Longest; 30 days when left out."},
    {"precision", Kind::duration, false, "Values are multiples of it; 1 minute when left out."},
};
constexpr Parameter uuid_parameters[] = {
    {"version", Kind::integer, false, "4 (random) or 7 (begins with a time); 4 when left out."},
    {"from", Kind::date, false, "Of version 7: earliest time; two years before as_of when left out."},
    {"to", Kind::date, false, "Of version 7: latest time; as_of when left out."},
};
constexpr Parameter case_parameters[] = {
    {"cases", Kind::cases, true, "The first whose condition holds makes the value."},
    {"else", Kind::generator, false, "When none holds; NULL when left out."},
};
constexpr Parameter template_parameters[] = {
    {"template", Kind::text, true,
     "Text with {fields}; {####} is digits, {AAAA} capital letters, {aaaa} small ones, {XXXX} either or digits, "
     "{hhhh} hexadecimal digits; {{ and }} are braces."},
    {"fields", Kind::fields, false, "Generators of the named fields. A field that is not here is a column of the row."},
};
constexpr Parameter grammar_parameters[] = {
    {"rules", Kind::any, true,
     "{\"start\": [\"{greeting}, {name}!\", …], \"greeting\": […]}: each rule lists its alternatives; "
     "{rule} expands a rule, {column} reads a column of the row."},
    {"start", Kind::text, false, "The rule to begin with; `start` when left out."},
};
constexpr Parameter regex_parameters[] = {
    {"pattern", Kind::text, true, "RE2 syntax; the value matches it as a whole. Unbounded repeats make at most 8 more."},
};
constexpr Parameter record_parameters[] = {
    {"pool", Kind::pool, true, "A pool of the plan."},
    {"field", Kind::text, true, "Which field of its rows."},
    {"group", Kind::text, false, "Columns of one group read the same row; the pool's name when left out."},
};
constexpr Words lists[] = {
    "countries", "currencies", "languages", "time_zones", "continents", "us_states", "locales", "colors",
    "weekdays", "months", "departments", "industries", "job_titles", "skills", "seniority_levels",
    "employment_types", "leave_types", "education_levels", "degrees", "fields_of_study", "academic_subjects",
    "book_genres", "movie_genres", "music_genres", "game_genres", "publishers", "cuisines", "dish_categories",
    "ingredients", "allergens", "beverages", "product_categories", "brands", "materials", "sizes", "units",
    "payment_methods", "payment_terms", "shipping_carriers", "shipping_methods", "order_statuses",
    "payment_statuses", "shipment_statuses", "task_statuses", "ticket_statuses", "user_statuses", "priorities",
    "severities", "risk_levels", "roles", "permissions", "log_levels", "event_types", "room_types",
    "property_types", "amenities", "venue_types", "ticket_categories", "medical_specialties", "medical_departments", "visit_reasons", "bike_models", "diagnoses",
    "icd10_codes", "medications", "dosages", "allergies", "procedures", "symptoms", "vaccines", "blood_types",
    "lab_tests", "marital_statuses", "relationships", "religions", "ethnicities", "sports", "sport_positions",
    "hobbies", "animals", "species", "dog_breeds", "cat_breeds", "fruits", "vegetables", "plants",
    "musical_instruments", "vehicle_makes", "vehicle_types", "fuel_types", "airlines", "airports",
    "operating_systems", "browsers", "devices", "programming_languages", "frameworks", "software_licenses",
    "mime_types", "file_extensions", "file_types", "http_methods", "tags", "adjectives", "nouns",
    "expense_categories", "account_types", "transaction_types", "insurance_types", "membership_levels",
    "subscription_plans", "campaign_channels", "lead_sources", "notification_types", "document_types",
    "contract_types", "warehouse_zones", "equipment", "kitchen_equipment", "office_equipment", "sensors", "weather_conditions", "seasons", "certifications",
    "holidays", "awards", "media_formats", "resolutions", "social_networks", "feature_names",
    "cancellation_reasons", "return_reasons", "complaint_types", "body_parts", "minerals", "elements", "planets",};
constexpr Parameter vocabulary_parameters[] = {
    {"list", Kind::word, true, "A named list of the vocabulary.", lists},
    {"field", Kind::text, false, "Of lists with several fields: `code`, `name`, …; the first when left out."},
    {"group", Kind::text, false, "Columns of one group read the same entry."},
};
constexpr Parameter hash_parameters[] = {
    {"algorithm", Kind::word, false, "Which hash it looks like; sha256 when left out.", hash_algorithms},
};
constexpr Parameter bytes_parameters[] = {
    {"min", Kind::integer, false, "Fewest bytes; 8 when left out."},
    {"max", Kind::integer, false, "Most bytes; 32 when left out."},
};
constexpr Parameter bits_parameters[] = {
    {"ones", Kind::share, false, "Share of ones; 0.5 when left out."},
    {"min", Kind::integer, false, "Fewest bits of a varbit; 1 when left out."},
    {"max", Kind::integer, false, "Most bits of a varbit; its length or 16 when left out."},
};
constexpr Words network_families[] = {"v4", "v6", "both"};
constexpr Parameter network_parameters[] = {
    {"family", Kind::word, false, "Of addresses; v4 when left out.", network_families},
    {"public", Kind::boolean, false, "Documentation and public-looking addresses instead of private networks."},
};
constexpr Parameter geometric_parameters[] = {
    {"min", Kind::number, false, "Smallest coordinate; 0 when left out."},
    {"max", Kind::number, false, "Largest coordinate; 100 when left out."},
};
constexpr Parameter json_parameters[] = {
    {"fields", Kind::fields, true, "Generators of the members; nested objects are json generators, lists are arrays."},
};
constexpr Parameter xml_parameters[] = {
    {"root", Kind::text, false, "Name of the outer element; `item` when left out."},
    {"fields", Kind::fields, true, "Generators of the elements inside."},
};
constexpr Parameter array_parameters[] = {
    {"of", Kind::generator, true, "Generator of the elements."},
    {"min", Kind::integer, false, "Fewest elements; 0 when left out."},
    {"max", Kind::integer, false, "Most elements; 4 when left out."},
    {"distinct", Kind::boolean, false, "No element twice; true when left out."},
};
constexpr Parameter range_parameters[] = {
    {"lower", Kind::generator, true, "Generator of the lower bound."},
    {"minimum", Kind::any, false, "Least length: a number, or an interval for dates and times."},
    {"maximum", Kind::any, false, "Greatest length: likewise."},
    {"unbounded", Kind::share, false, "Share of ranges without an upper bound; 0 when left out."},
};

constexpr GeneratorEntry values[] = {
    {"null", "Always NULL.", {}},
    {"constant", "The same value in every row.", constant_parameters},
    {"choice", "One of a few values, with weights.", choice_parameters},
    {"boolean", "true or false.", boolean_parameters},
    {"integer", "A whole number.", integer_parameters},
    {"decimal", "An exact number, in the column's scale; money.", decimal_parameters},
    {"float", "A floating-point number.", decimal_parameters},
    {"date", "A day.", date_parameters},
    {"timestamp", "A moment, with or without time zone.", timestamp_parameters},
    {"time", "A time of day.", time_parameters},
    {"after", "A date or timestamp some time after another one of the row. NULL where that one is NULL.",
     after_parameters},
    {"before", "A date or timestamp some time before another one of the row. NULL where that one is NULL.",
     before_parameters},
    {"between", "A number, date or timestamp between two others of the row. NULL where one of them is NULL.",
     between_parameters},
    {"ratio", "A number of the row times a factor. NULL where the number is NULL.", ratio_parameters},
    {"interval", "A span of time.", interval_parameters},
    {"uuid", "A UUID.", uuid_parameters},
    {"case", "A generator that depends on the row.", case_parameters},
    {"template", "Text with digits, letters, columns and other generators in it.", template_parameters},
    {"grammar", "Text from a small context-free grammar.", grammar_parameters},
    {"regex", "Text that matches a regular expression.", regex_parameters},
    {"record", "A field of a row of a pool: values that belong together.", record_parameters},
    {"vocabulary", "An entry of a named list.", vocabulary_parameters},
    {"hash", "What a hash function returns, in its usual text form; as bytes for bytea.", hash_parameters},
    {"bytes", "Bytes, for bytea.", bytes_parameters},
    {"bits", "A bit string.", bits_parameters},
    {"network", "A network address, for inet, cidr, macaddr and macaddr8.", network_parameters},
    {"geometric", "A point, line, box, path, polygon or circle.", geometric_parameters},
    {"json", "A JSON object.", json_parameters},
    {"xml", "An XML element.", xml_parameters},
    {"array", "An array.", array_parameters},
    {"range", "A range or a multirange.", range_parameters},
    {"any", "Some valid value of the column's type, whatever it is.", {}},
};

}  // namespace

std::span<const GeneratorEntry> value_generators() { return values; }

}  // namespace confab::plan
