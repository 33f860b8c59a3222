#include "plan/catalog_values.hpp"

namespace confab::plan {

namespace {

using Kind = ParameterKind;
using Words = std::string_view;

constexpr std::string_view group_summary =
    "Columns that name the same group are of the same record and agree; the generator's kind when left out.";
constexpr std::string_view locale_summary = "Of names and forms, as de_DE; the plan's when left out.";

constexpr Words person_fields[] = {
    "first_name", "middle_name", "middle_initial", "last_name", "full_name", "last_first_name", "initials",
    "gender", "title", "suffix", "nickname", "email", "user_name", "handle", "phone", "mobile", "birth_date", "birth_year", "age",
    "national_id", "nationality", "marital_status", "blood_type", "language", "avatar_url", "website"};
constexpr Parameter person_parameters[] = {
    {"field", Kind::word, true, "What of the person.", person_fields},
    {"group", Kind::text, false, group_summary},
    {"locale", Kind::text, false, locale_summary},
    {"first", Kind::expression, false, "The row's first name, for names, e-mail addresses and user names made of it."},
    {"last", Kind::expression, false, "The row's last name, likewise."},
    {"name", Kind::expression, false, "The row's full name, likewise, where first and last are not columns."},
    {"gender", Kind::expression, false, "The row's gender, for first names and titles."},
    {"domain", Kind::expression, false, "Domain of the e-mail address: the company's; a public provider when left out."},
    {"values", Kind::values, false, "Of gender, title and marital_status: the only values to use."},
    {"min_age", Kind::integer, false, "Of birth_date and age: 18 when left out."},
    {"max_age", Kind::integer, false, "Of birth_date and age: 85 when left out."},
};

constexpr Words address_fields[] = {
    "full", "street", "street_name", "house_number", "secondary", "city", "district", "state", "state_code",
    "postal_code", "country", "country_code", "country_code3", "continent", "latitude", "longitude", "coordinates",
    "time_zone", "phone", "area_code", "dial_code", "neighborhood", "locality"};
constexpr Words spreads[] = {"locale", "world"};
constexpr Parameter address_parameters[] = {
    {"field", Kind::word, true, "What of the address.", address_fields},
    {"group", Kind::text, false, group_summary},
    {"locale", Kind::text, false, locale_summary},
    {"spread", Kind::word, false, "Places of the locale's country, or of the whole world; locale when left out.", spreads},
    {"in", Kind::values, false, "Only places of these states or cities, by name or code."},
};

constexpr Words company_fields[] = {
    "name", "legal_form", "domain", "website", "email", "industry", "catch_phrase", "description", "tax_id",
    "registration_number", "phone", "employees", "founded_year", "founded_date", "revenue", "ticker", "logo_url"};
constexpr Words sectors[] = {
    "any", "restaurant", "cafe", "hotel", "retail", "technology", "manufacturing", "finance", "health", "education", "library",
    "publishing", "logistics", "construction", "airline", "insurance", "media", "bank", "school", "university", "hospital", "store", "gym", "supplier"};
constexpr Parameter company_parameters[] = {
    {"field", Kind::word, true, "What of the company.", company_fields},
    {"group", Kind::text, false, group_summary},
    {"locale", Kind::text, false, locale_summary},
    {"sector", Kind::word, false, "What kind of company; any when left out.", sectors},
    {"name", Kind::expression, false, "The row's company name, for domain, website and e-mail made of it."},
    {"cuisine", Kind::expression, false, "Of restaurants: the row's cuisine, which the name then hints at."},
    {"industry", Kind::expression, false,
     "The row's industry: where `sector` is any, the words of the name go with it; the record's own when left out."},
    {"city", Kind::expression, false, "The row's city, for names of libraries, schools, hospitals and the like."},
};

constexpr Words job_fields[] = {"title", "department", "salary", "level", "hourly_rate", "skill", "employment_type"};
constexpr Parameter job_parameters[] = {
    {"field", Kind::word, true, "What of the job.", job_fields},
    {"group", Kind::text, false, group_summary},
    {"department", Kind::expression, false, "The row's department name: titles and salaries follow it."},
    {"title", Kind::expression, false, "The row's job title: the salary follows it."},
    {"min", Kind::number, false, "Lowest salary; the job's own band when left out."},
    {"max", Kind::number, false, "Highest salary."},
};

constexpr Words internet_fields[] = {
    "url", "domain", "host", "path", "slug", "ipv4", "ipv6", "ip", "mac", "port", "user_agent", "browser",
    "operating_system", "device", "http_method", "http_status", "mime_type", "file_name", "file_path", "file_extension", "image_url",
    "video_url", "token", "api_key", "session_id", "hashtag", "version", "referrer", "password_hash", "commit", "color_hex", "query"};
constexpr Parameter internet_parameters[] = {
    {"field", Kind::word, true, "What.", internet_fields},
    {"group", Kind::text, false, group_summary},
    {"of", Kind::expression, false, "Of slug, url, file_name, hashtag: the row's text that it is made of."},
};

constexpr Words finance_fields[] = {
    "iban", "account_number", "routing_number", "bic", "bank", "card_number", "card_network", "card_expiry",
    "card_last4", "cvv", "currency_code", "currency_name", "currency_symbol", "exchange_rate", "transaction_id", "payment_method",
    "ticker", "isin", "tax_id", "vat_id", "crypto_address"};
constexpr Parameter finance_parameters[] = {
    {"field", Kind::word, true, "What.", finance_fields},
    {"group", Kind::text, false, group_summary},
    {"locale", Kind::text, false, locale_summary},
};

constexpr Words product_fields[] = {"name",  "category", "subcategory", "brand", "price",       "cost",  "sku",
                                    "color", "size",     "material",    "unit",  "description", "weight", "barcode"};
constexpr Parameter product_parameters[] = {
    {"field", Kind::word, true, "What of the product.", product_fields},
    {"group", Kind::text, false, group_summary},
    {"category", Kind::expression, false, "The row's category name: products follow it where it is a known one."},
    {"min", Kind::number, false, "Lowest price; the product's own range when left out."},
    {"max", Kind::number, false, "Highest price."},
};

constexpr Words book_fields[] = {"title",  "subtitle", "author", "genre", "publisher", "isbn13", "isbn10", "language", "pages",
                                 "year",   "price",    "description", "edition", "call_number", "format"};
constexpr Parameter book_parameters[] = {
    {"field", Kind::word, true, "What of the book.", book_fields},
    {"group", Kind::text, false, group_summary},
    {"genre", Kind::expression, false, "The row's genre: titles follow it where it is a known one."},
};

constexpr Words dish_fields[] = {"name", "cuisine", "category", "price", "description", "ingredient", "calories", "diet", "vegetarian"};
constexpr Parameter dish_parameters[] = {
    {"field", Kind::word, true, "What of the dish.", dish_fields},
    {"group", Kind::text, false, group_summary},
    {"cuisine", Kind::expression, false, "The row's or its restaurant's cuisine: dishes follow it where it is a known one."},
    {"category", Kind::expression, false, "The row's course or category, likewise."},
    {"min", Kind::number, false, "Lowest price; the dish's own range when left out."},
    {"max", Kind::number, false, "Highest price."},
    {"values", Kind::values, false, "Of cuisine and category: the only values to use."},
};

constexpr Words vehicle_fields[] = {"make", "model", "year", "type", "vin", "plate", "color", "fuel", "mileage", "transmission", "name", "price"};
constexpr Parameter vehicle_parameters[] = {
    {"field", Kind::word, true, "What of the vehicle.", vehicle_fields},
    {"group", Kind::text, false, group_summary},
    {"locale", Kind::text, false, locale_summary},
};

constexpr Words code_fields[] = {"ean13", "upc",           "isbn13",          "isbn10",       "issn",
                                 "sku",   "serial_number", "asset_tag", "tracking_number", "order_number", "imei", "flight", "coupon", "gtin14", "room", "airport"};
constexpr Parameter code_parameters[] = {
    {"field", Kind::word, true, "Which code; those with a check digit have the right one.", code_fields},
};

constexpr Words title_subjects[] = {"project", "task",  "issue",    "event",  "course", "article", "team",  "campaign",
                                    "movie",   "song",  "album",    "artist", "band",   "game",    "podcast", "recipe",
                                    "policy",  "report", "contract", "meeting", "skill", "service", "role", "permission", "feature", "group", "department", "category", "tag", "playlist", "survey", "promotion", "thing"};
constexpr Parameter title_parameters[] = {
    {"of", Kind::word, true, "What it names.", title_subjects},
    {"subject", Kind::expression, false, "A text of the row that it should be about."},
    {"year", Kind::expression, false, "The year that it speaks of, where it speaks of one."},
};

constexpr Words prose_subjects[] = {
    "review",      "review_title", "appraisal", "comment",  "biography",  "product",  "order",    "ticket",   "task",    "project",
    "event",       "article",  "message",    "note",     "company",  "restaurant", "book",  "dish",
    "course",      "employee", "patient",    "property", "incident", "feedback", "question", "answer", "email_subject",
    "category",    "department", "reason",   "address_note", "condition", "log", "error", "job", "movie", "vehicle", "payment", "claim", "viewing", "maintenance", "alert", "shipment", "refund", "appointment", "diagnosis", "prescription", "summary", "thing"};
constexpr Words reviewed[] = {"product", "restaurant", "dish", "book", "film", "stay", "course", "app", "service"};
constexpr Parameter text_parameters[] = {
    {"about", Kind::word, true, "What the prose is about.", prose_subjects},
    {"of", Kind::word, false, "What a review is of; as its `subject` tells when left out.", reviewed},
    {"rating", Kind::expression, false, "The row's rating: the words are as pleased as it is."},
    {"rating_max", Kind::number, false, "The best rating; 5 when left out."},
    {"name", Kind::expression, false, "A person's name of the row, for a biography or a message."},
    {"subject", Kind::expression, false, "A text of the row that it speaks of: the product, the title, the dish."},
    {"place", Kind::expression, false, "A city or country of the row."},
    {"status", Kind::expression, false, "The row's status: the words agree with it."},
    {"minimum", Kind::integer, false, "Fewest sentences; what is usual for the subject when left out."},
    {"maximum", Kind::integer, false, "Most sentences."},
};

constexpr GeneratorEntry records[] = {
    {"person", "A field of a person.", person_parameters},
    {"address", "A field of a place: street, city, state and postal code that belong together.", address_parameters},
    {"company", "A field of a company or an institution.", company_parameters},
    {"job", "A field of a job: title, department and salary that belong together.", job_parameters},
    {"product", "A field of a product.", product_parameters},
    {"book", "A field of a book.", book_parameters},
    {"dish", "A field of a dish.", dish_parameters},
    {"vehicle", "A field of a vehicle.", vehicle_parameters},
    {"internet", "Addresses, files and agents of the internet.", internet_parameters},
    {"finance", "Accounts, cards and currencies; card numbers are of test ranges.", finance_parameters},
    {"code", "Numbers on things.", code_parameters},
    {"title", "A short name or title.", title_parameters},
    {"text", "Prose in English about the row.", text_parameters},
};

}  // namespace

std::span<const GeneratorEntry> record_generators() { return records; }

}  // namespace confab::plan
