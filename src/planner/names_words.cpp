// The spellings that names of tables and columns are made of.
#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "planner/names.hpp"

namespace confab::planner {

namespace {

struct Spelling {
    std::string_view written, meant;
};

// Sorted by what is meant, not by letter: people, places, things, numbers, times.
constexpr Spelling spellings[] = {
    {"fname", "first name"}, {"firstname", "first name"}, {"forename", "first name"}, {"givenname", "first name"},
    {"lname", "last name"}, {"lastname", "last name"}, {"surname", "last name"}, {"familyname", "last name"},
    {"mname", "middle name"}, {"middlename", "middle name"}, {"mi", "middle initial"}, {"minit", "middle initial"},
    {"fullname", "full name"}, {"nick", "nickname"}, {"uname", "user name"}, {"username", "user name"},
    {"login", "login"}, {"usr", "user"}, {"pwd", "password"}, {"passwd", "password"}, {"pw", "password"}, {"passhash", "password hash"},
    {"mail", "email"}, {"eml", "email"}, {"emailaddress", "email"}, {"tel", "phone"}, {"telephone", "phone"},
    {"telno", "phone number"}, {"phoneno", "phone number"}, {"phonenumber", "phone number"}, {"ph", "phone"},
    {"cell", "mobile"}, {"cellphone", "mobile"}, {"mob", "mobile"}, {"sex", "gender"}, {"dob", "birth date"},
    {"birthday", "birth date"}, {"bday", "birth date"}, {"birthdate", "birth date"}, {"dateofbirth", "birth date"},
    {"born", "birth date"}, {"ssn", "ssn"}, {"cust", "customer"}, {"emp", "employee"}, {"mgr", "manager"},
    {"dept", "department"}, {"dep", "department"}, {"org", "organization"}, {"organisation", "organization"},
    {"sal", "salary"}, {"wage", "salary"}, {"comm", "commission"}, {"bio", "biography"}, {"biog", "biography"},
    {"addr", "address"}, {"adr", "address"}, {"zip", "postal code"}, {"zipcode", "postal code"},
    {"postcode", "postal code"}, {"postalcode", "postal code"}, {"pincode", "postal code"}, {"plz", "postal code"},
    {"ctry", "country"}, {"province", "state"}, {"prov", "state"}, {"town", "city"}, {"municipality", "city"}, {"lat", "latitude"},
    {"lng", "longitude"}, {"lon", "longitude"}, {"geo", "geo"}, {"loc", "location"}, {"tz", "time zone"}, {"timezone", "time zone"},
    {"lang", "language"}, {"curr", "currency"}, {"ccy", "currency"}, {"prod", "product"}, {"cat", "category"}, {"categ", "category"},
    {"desc", "description"}, {"descr", "description"}, {"dscr", "description"}, {"img", "image"}, {"pic", "picture"},
    {"msg", "message"}, {"txt", "text"}, {"ref", "reference"}, {"acct", "account"}, {"acc", "account"}, {"txn", "transaction"},
    {"trx", "transaction"}, {"trans", "transaction"}, {"inv", "invoice"}, {"ord", "order"}, {"pmt", "payment"}, {"pymt", "payment"},
    {"shp", "ship"}, {"qty", "quantity"}, {"qnty", "quantity"}, {"quant", "quantity"}, {"amt", "amount"}, {"num", "number"},
    {"no", "number"}, {"nbr", "number"}, {"nr", "number"}, {"cnt", "count"}, {"avg", "average"}, {"min", "minimum"},
    {"max", "maximum"}, {"pct", "percent"}, {"perc", "percent"}, {"percentage", "percent"}, {"disc", "discount"}, {"wt", "weight"},
    {"ht", "height"}, {"len", "length"}, {"vol", "volume"}, {"temp", "temperature"}, {"dt", "date"}, {"ts", "timestamp"},
    {"tms", "timestamp"}, {"datetime", "timestamp"}, {"yr", "year"}, {"hr", "hour"}, {"hrs", "hour"}, {"mins", "minute"}, {"secs", "second"},
    {"sec", "second"}, {"dur", "duration"}, {"exp", "expiry"}, {"expiration", "expiry"}, {"expire", "expiry"}, {"expired", "expiry"}, {"updt", "updated"},
    {"upd", "updated"}, {"crt", "created"}, {"creation", "created"}, {"create", "created"}, {"created", "created"}, {"modified", "updated"}, {"modification", "updated"},
    {"changed", "updated"}, {"update", "updated"}, {"modify", "updated"}, {"cmt", "comment"}, {"remark", "note"}, {"memo", "note"},
    {"stat", "status"}, {"cd", "code"}, {"typ", "type"}, {"lvl", "level"}, {"grp", "group"}, {"ver", "version"},
    {"lic", "license"}, {"licence", "license"}, {"veh", "vehicle"}, {"automobile", "car"}, {"photo", "photo"}, {"avatar", "avatar"},
    {"colour", "color"}, {"centre", "center"}, {"catalogue", "catalog"}, {"favourite", "favorite"},
    {"cancelled", "cancelled"}, {"canceled", "cancelled"}, {"enrolment", "enrollment"}, {"fulfilment", "fulfillment"},
    {"attn", "attention"}, {"sched", "schedule"}, {"doc", "document"}, {"docs", "document"}, {"pos", "position"},
    {"seq", "sequence"}, {"idx", "index"}, {"val", "value"}, {"cfg", "configuration"}, {"config", "configuration"},
    {"params", "parameter"}, {"param", "parameter"}, {"prio", "priority"}, {"auth", "auth"}, {"perm", "permission"},
    {"attr", "attribute"}, {"info", "info"}, {"mfr", "manufacturer"}, {"mfg", "manufacturer"}, {"bal", "balance"},
    {"subtot", "subtotal"}, {"tot", "total"}, {"url", "url"}, {"uri", "url"}, {"ipaddress", "ip address"}, {"useragent", "user agent"},
    {"filename", "file name"}, {"filepath", "file path"}, {"filesize", "file size"}, {"mimetype", "mime type"}, {"jobtitle", "job title"},
    {"uom", "unit"}, {"dest", "destination"}, {"orig", "original"}, {"resp", "response"}, {"req", "request"}, {"asst", "assistant"},
    {"prof", "professor"}, {"sched", "schedule"}, {"reg", "registration"}, {"regd", "registered"}, {"misc", "miscellaneous"},
};

constexpr std::string_view known[] = {
    // people and their work
    "first", "last", "middle", "full", "name", "nickname", "title", "email", "phone", "mobile", "fax", "gender", "birth",
    "death", "age", "user", "customer", "client", "employee", "staff", "manager", "supervisor", "boss", "person", "member",
    "student", "teacher", "professor", "instructor", "lecturer", "doctor", "physician", "nurse", "patient", "author",
    "editor", "actor", "director", "driver", "passenger", "guest", "host", "owner", "tenant", "landlord", "agent",
    "librarian", "chef", "waiter", "contact", "salary", "job", "position", "department", "division", "team", "role",
    "hire", "skill", "biography", "password", "login", "account", "profile", "subscriber", "player", "coach", "artist",
    "vendor", "supplier", "seller", "buyer", "company", "organization", "publisher", "manufacturer", "brand", "borrower",
    // places
    "address", "street", "line", "city", "state", "region", "county", "country", "postal", "code", "latitude", "longitude",
    "location", "place", "building", "floor", "room", "warehouse", "store", "shop", "branch", "office", "site", "airport",
    "station", "port", "zone", "area", "hotel", "restaurant", "library", "school", "university", "college", "hospital", "clinic",
    // things and documents
    "product", "item", "part", "tracking", "serial", "good", "category", "subcategory", "type", "kind", "class", "model", "make", "color", "size",
    "material", "unit", "sku", "barcode", "isbn", "book", "genre", "movie", "film", "song", "track", "album", "playlist", "game", "dish",
    "menu", "cuisine", "recipe", "ingredient", "vehicle", "car", "plate", "license", "order", "purchase", "sale", "invoice",
    "payment", "transaction", "booking", "reservation", "loan", "rental", "shipment", "delivery", "return", "refund", "cart",
    "bill", "receipt", "ticket", "task", "project", "issue", "event", "appointment", "visit", "session", "course", "lesson",
    "exam", "grade", "enrollment", "attendance", "review", "rating", "score", "comment", "post", "message", "note", "article", "topic",
    "page", "content", "text", "description", "summary", "detail", "subject", "body", "tag", "label", "image", "picture", "photo", "file", "path",
    "document", "report", "log", "history", "audit", "setting", "option", "value", "key", "token", "hash", "url", "link", "website",
    "version", "language", "currency", "flight", "seat", "trip", "route", "policy", "claim", "contract", "plan", "subscription", "coupon",
    // numbers
    "price", "cost", "amount", "total", "subtotal", "quantity", "count", "number", "balance", "tax", "discount", "fee",
    "rate", "percent", "weight", "height", "width", "length", "depth", "volume", "capacity", "stock", "available", "level", "limit",
    "minimum", "maximum", "average", "budget", "revenue", "profit", "bonus", "credit", "debit", "interest", "shipping", "duration", "copy",
    "page", "year", "month", "week", "day", "hour", "minute", "second", "points", "point", "rank", "priority", "order", "sequence", "index",
    // times and states
    "date", "time", "timestamp", "start", "end", "begin", "finish", "created", "updated", "deleted", "modified", "due",
    "issue", "expiry", "open", "close", "closed", "opened", "ship", "shipped", "delivered", "required", "ordered", "paid", "cancelled", "completed",
    "approved", "rejected", "published", "registered", "registration", "join", "joined", "leave", "check", "status", "is", "has", "active",
    "enabled", "postage", "storage", "visible", "verified", "default", "current", "previous", "next", "new", "old", "by", "at", "on", "to", "from", "of", "for", "id",
};

const std::unordered_map<std::string_view, std::string_view>& spelling_index() {
    static const auto index = [] {
        std::unordered_map<std::string_view, std::string_view> made;
        for (const Spelling& each : spellings) made.emplace(each.written, each.meant);
        return made;
    }();
    return index;
}

const std::unordered_set<std::string_view>& known_index() {
    static const std::unordered_set<std::string_view> index(std::begin(known), std::end(known));
    return index;
}

}  // namespace

std::string_view spelt_out(std::string_view word) {
    const auto at = spelling_index().find(word);
    return at == spelling_index().end() ? std::string_view() : at->second;
}

bool is_known_word(std::string_view word) {
    // Two letters are too little to take a word apart by, but for these.
    if (word == "kg" || word == "cm" || word == "mm" || word == "km") return true;
    if (word.size() <= 2) return word == "id" || word == "no" || word == "at" || word == "by" || word == "on" || word == "to";
    return known_index().contains(word) || (word.size() >= 3 && spelling_index().contains(word));
}

}  // namespace confab::planner
