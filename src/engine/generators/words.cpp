// vocabulary, title, text, company, job: words.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "engine/generators/latin.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/phrases.hpp"
#include "engine/generators/record_families.hpp"
#include "engine/generators/value_list.hpp"

namespace confab::engine {

namespace {

class ListKernel final : public Kernel {
  public:
    ListKernel(ValueList values, AliasTable alias, std::string group) : values_(std::move(values)), alias_(std::move(alias)), group_(std::move(group)) {}
    std::string group() const override { return group_; }
    std::uint64_t capacity() const override { return values_.distinct() ? values_.size() : 0; }
    std::uint64_t records() const override { return values_.size(); }
    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        values_.fill(out, entropy.size(), [&](std::size_t i) { return std::size_t{alias_(entropy[i])}; });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        values_.fill(out, numbers.size(), [&](std::size_t i) { return static_cast<std::size_t>(numbers[i]); });
    }

  private:
    ValueList values_;
    AliasTable alias_;
    std::string group_;
};

struct PhraseWriter {
    Phrases phrases;
    std::size_t rule = 0;

    Made write(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        const Made made = phrases.expand(rule, bits, row, text);
        // Titles of several words begin with a capital; a tag or a permission stays as it is.
        if (!text.empty() && text[0] >= 'a' && text[0] <= 'z' && text.find(' ') != std::string::npos) text[0] = static_cast<char>(text[0] - 32);
        return made;
    }
};

struct ProseWriter {
    Phrases phrases;
    std::vector<std::size_t> tiers;  // by rating, the worst first; one without
    int rating = -1;
    double rating_max = 5;
    std::size_t least = 1;
    std::size_t most = 1;
    bool asked = false;  // the plan gives the fewest sentences

    Made write(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        std::size_t tier = 0;
        if (tiers.size() > 1) {
            // Without a rating most people are content.
            static constexpr std::size_t usual[] = {0, 1, 2, 3, 3, 3, 4, 4, 4, 4};
            tier = usual[bounded(fact(bits, 1), std::size(usual))];
            if (row.has(rating)) {
                const double share = row.number(rating, 0) / rating_max * 5;
                tier = static_cast<std::size_t>(std::clamp(share + 0.5, 1.0, 5.0)) - 1;
            }
        }
        std::size_t count = least + bounded(fact(bits, 2), most - least + 1);
        // No second opening sentence where the plan asked for no certain length.
        if (!asked) count = std::min(count, phrases.alternatives(tiers[tier]));
        return phrases.sentences(tiers[tier], count, bits, row, text);
    }
};

Phrases phrases_of(const plan::Generator& generator, const KernelContext& context, InputList& inputs, std::initializer_list<std::string_view> names) {
    std::map<std::string, int, std::less<>> known;
    for (const std::string_view name : names) known.emplace(name, inputs.text(name));
    const auto locale = generator.parameters.find("locale");
    std::string chosen = locale != generator.parameters.end() && locale->is_string() ? locale->get<std::string>() : context.plan.locale;
    if (chosen.empty()) chosen = "en_US";
    return Phrases(std::move(chosen), std::move(known));
}

struct CompanyWriter {
    enum class Field : std::uint8_t { name, legal_form, domain, website, email, industry, catch_phrase, description, tax_id, registration_number, phone, employees, founded_year, founded_date, revenue, ticker, logo_url };
    CompanyWriter(Field which, Phrases known) : field(which), phrases(std::move(known)) {}

    Field field;
    Phrases phrases;
    std::size_t rule = 0, form = 0, slogan = 0, prose = 0;
    std::vector<std::pair<std::string, std::size_t>> cuisines;  // names that hint at one
    int cuisine = -1, name = -1;
    std::string_view tld;
    WeightedList industries, areas;
    std::int64_t as_of = 0;
    int scale = 0;

    Made append_name(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        if (row.has(name) && field != Field::name) {
            text += row.text(name);
            return Made::foreign;
        }
        for (const auto& [known, specific] : cuisines) {
            // A name that hints at the cuisine two times in three.
            if (row.has(cuisine) && row.text(cuisine) == known && bounded(fact(bits, 30), 3) > 0) {
                phrases.expand(specific, bits, row, text);
                return Made::foreign;
            }
        }
        return phrases.expand(rule, bits, row, text);
    }

    void append_domain(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        std::string full;
        append_name(bits, row, full);
        std::string slug;
        append_slug(slug, full, 0);
        if (slug.size() > 24) {
            slug.clear();
            append_slug(slug, std::string_view(full).substr(0, full.find(' ', 8)), 0);
        }
        while (!slug.empty() && slug.back() >= '0' && slug.back() <= '9') slug.pop_back();
        text += slug.empty() ? "company" : slug;
        text += '.';
        text += bounded(fact(bits, 31), 4) == 0 ? std::string_view("com") : tld;
    }

    std::int64_t number(std::uint64_t bits, const RowInputs&) const {
        // Many small, few large: the size of a company by its order of magnitude.
        std::int64_t size = 5 + static_cast<std::int64_t>(bounded(fact(bits, 32), 40));
        for (std::uint64_t step = bounded(fact(bits, 33), 100); step > 50; step = step * 2 - 100) size = size * 2 + static_cast<std::int64_t>(bounded(fact(bits, 34), 9));
        size = std::min<std::int64_t>(size, 48'000);
        const Civil today = civil_from_days(as_of);
        const auto age = static_cast<std::int64_t>(1 + bounded(fact(bits, 35), 30) + bounded(fact(bits, 36), 60) * bounded(fact(bits, 37), 2));
        switch (field) {
            case Field::employees: return size;
            case Field::founded_year: return today.year - age;
            case Field::founded_date: return (days_from_civil({today.year - age, 1, 1}) + static_cast<std::int64_t>(bounded(fact(bits, 38), 365))) * microseconds_per_day;
            case Field::revenue: return size * (40'000 + static_cast<std::int64_t>(bounded(fact(bits, 39), 160'000))) / 1000 * 1000 * powers_of_ten[scale];
            default: return 0;
        }
    }

    Made write(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        const Made foreign = row.has(name) ? Made::foreign : Made::own;
        const auto digits = [&](std::uint64_t which, std::size_t count) {
            std::uint64_t state = fact(bits, which);
            for (std::size_t i = 0; i < count; ++i) {
                state = mix(state);
                text += static_cast<char>('0' + (i == 0 ? 1 + bounded(state, 9) : bounded(state, 10)));
            }
        };
        switch (field) {
            case Field::name: return append_name(bits, row, text);
            case Field::legal_form: return phrases.expand(form, bits, row, text);
            case Field::domain: append_domain(bits, row, text); return foreign;
            case Field::website:
                text += bounded(fact(bits, 40), 3) == 0 ? "https://" : "https://www.";
                append_domain(bits, row, text);
                return foreign;
            case Field::logo_url:
                text += "https://cdn.example.com/logos/";
                append_domain(bits, row, text);
                text += ".png";
                return foreign;
            case Field::email: {
                static constexpr std::string_view boxes[] = {"info", "contact", "hello", "office", "sales", "support"};
                text += boxes[bounded(fact(bits, 41), std::size(boxes))];
                text += '@';
                append_domain(bits, row, text);
                return foreign;
            }
            case Field::industry: text += industries(fact(bits, 42)); return Made::own;
            case Field::catch_phrase: return phrases.expand(slogan, bits, row, text);
            case Field::description: return phrases.sentences(prose, 2, bits, row, text);
            case Field::tax_id:
                digits(43, 2);
                text += '-';
                digits(44, 7);
                return Made::own;
            case Field::registration_number: digits(45, 8); return Made::own;
            case Field::phone:
                text += '(';
                text += areas(fact(bits, 46));
                text += ") ";
                digits(47, 3);
                text += '-';
                digits(48, 4);
                return Made::own;
            case Field::ticker: {
                std::string full;
                append_name(bits, row, full);
                for (const char c : full) {
                    if (c >= 'A' && c <= 'Z') text += c;
                    if (text.size() == 4) break;
                }
                for (std::uint64_t extra = fact(bits, 49); text.size() < 3; extra = mix(extra)) text += static_cast<char>('A' + bounded(extra, 26));
                return foreign;
            }
            default: return Made::null;
        }
    }
};

constexpr std::string_view company_fields[] = {"name", "legal_form", "domain", "website", "email", "industry", "catch_phrase", "description", "tax_id",
                                               "registration_number", "phone", "employees", "founded_year", "founded_date", "revenue", "ticker", "logo_url"};

}  // namespace

Result<KernelPointer> make_vocabulary(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string name = parameters.text("list");
    std::string field = parameters.text("field");
    CONFAB_CHECK(parameters.status());
    if (field.empty()) {
        // Without a field: the name, or the code where the column is too short for any name.
        const bool narrow = context.type.length > 0 && context.type.length <= 3;
        field = narrow && !vocabulary::find(fmt::format("list.{}.code", name)).empty() ? "code" : vocabulary::find(fmt::format("list.{}.name", name)).empty() ? "code" : "name";
    }
    const vocabulary::List list = vocabulary::find(fmt::format("list.{}.{}", name, field));
    if (list.empty()) return parameter_error(generator.kind, "field", fmt::format("is no field of the list `{}`: `{}`", name, field));
    const WeightedList weights = WeightedList::of(fmt::format("list.{}.name", name));
    CONFAB_TRY(const TextColumn column, TextColumn::of(context, generator.kind));
    // Entries that the column has no room for are left out, unless that leaves next to nothing.
    std::vector<std::optional<std::string>> values;
    std::vector<double> shares;
    for (const bool cut : {false, true}) {
        values.clear();
        shares.clear();
        for (std::size_t i = 0; i < list.size(); ++i) {
            std::string entry(list[i]);
            if (cut) column.fit(entry);
            if (!column.fits(entry)) continue;
            values.push_back(std::move(entry));
            shares.push_back(weights.list.size() == list.size() ? weights.list.weight(i) : list.weight(i));
        }
        if (values.size() * 2 >= list.size()) break;
    }
    KernelContext plain = context;
    if (context.type.kind == schema::TypeKind::extension) plain.type = {};
    CONFAB_TRY(ValueList made, ValueList::make(plain, values));
    const auto group = generator.parameters.find("group");
    const std::string shared = group != generator.parameters.end() && group->is_string() ? group->get<std::string>() : std::string();
    return KernelPointer(std::make_unique<ListKernel>(std::move(made), AliasTable(shares), shared));
}

Result<KernelPointer> make_title(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string of = parameters.text("of", "thing");
    InputList inputs(generator);
    PhraseWriter writer{phrases_of(generator, context, inputs, {"subject"}), 0};
    const auto rule = writer.phrases.rule("title." + of);
    if (!rule) return parameter_error(generator.kind, "of", fmt::format("is unknown: `{}`", of));
    writer.rule = *rule;
    // Columns without a group of their own are not of one record.
    plan::Generator own = generator;
    if (!own.parameters.contains("group")) own.parameters["group"] = "title " + context.schema.tables[context.table].columns[context.column].name;
    return text_record(own, context, std::move(writer), inputs);
}

Result<KernelPointer> make_prose(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string about = parameters.text("about", "thing");
    InputList inputs(generator);
    ProseWriter writer{phrases_of(generator, context, inputs, {"name", "subject", "place", "status"}), {}, -1, 5, 1, 1, parameters.has("minimum")};
    writer.rating = inputs.number("rating");
    writer.rating_max = parameters.number("rating_max", 5);
    if (!(writer.rating_max > 0)) parameters.fail("rating_max", "must be above 0");
    if (about == "review" || about == "appraisal") {
        for (int tier = 1; tier <= 5; ++tier) writer.tiers.push_back(*writer.phrases.rule(fmt::format("text.{}.{}", about, tier)));
    } else if (const auto rule = writer.phrases.rule("text." + about)) {
        writer.tiers.push_back(*rule);
    } else {
        return parameter_error(generator.kind, "about", fmt::format("is unknown: `{}`", about));
    }
    const auto usual = static_cast<std::int64_t>(writer.phrases.alternatives(writer.tiers.front()));
    // Short columns get fewer sentences rather than half of one.
    const std::int64_t room = context.type.length > 0 ? std::max<std::int64_t>(1, context.type.length / 60) : usual;
    const std::int64_t most = parameters.integer("maximum", std::min(usual, room));
    const std::int64_t least = parameters.integer("minimum", std::max<std::int64_t>(1, std::min(most, usual > 2 ? usual - 2 : 1)));
    if (least < 1 || most < least || most > 60) parameters.fail("maximum", "must be between `minimum` and 60");
    CONFAB_CHECK(parameters.status());
    writer.least = static_cast<std::size_t>(least);
    writer.most = static_cast<std::size_t>(most);
    plan::Generator own = generator;
    own.parameters["group"] = "text " + context.schema.tables[context.table].columns[context.column].name;
    return text_record(own, context, std::move(writer), inputs);
}

Result<KernelPointer> make_company(const plan::Generator& generator, const KernelContext& context) {
    using Field = CompanyWriter::Field;
    Parameters parameters(generator);
    const std::string name = parameters.text("field");
    const auto place = std::find(std::begin(company_fields), std::end(company_fields), name);
    if (place == std::end(company_fields)) return parameter_error(generator.kind, "field", fmt::format("is no field of a company: `{}`", name));
    const std::string sector = parameters.text("sector", "any");
    InputList inputs(generator);
    CompanyWriter writer(static_cast<Field>(place - std::begin(company_fields)), phrases_of(generator, context, inputs, {"city"}));
    const std::string locale = parameters.text("locale", context.plan.locale.empty() ? "en_US" : context.plan.locale);
    CONFAB_TRY(const LocaleFacts facts, LocaleFacts::of(locale));
    CONFAB_CHECK(parameters.status());
    const auto rule = writer.phrases.rule("company." + sector);
    if (!rule) return parameter_error(generator.kind, "sector", fmt::format("is unknown: `{}`", sector));
    writer.rule = *rule;
    writer.form = writer.phrases.rule("company.form").value_or(0);
    writer.slogan = writer.phrases.rule("catch_phrase").value_or(0);
    writer.prose = writer.phrases.rule("text.company").value_or(0);
    writer.name = inputs.text("name");
    writer.cuisine = inputs.text("cuisine");
    if (writer.cuisine >= 0) {
        const vocabulary::List cuisines = vocabulary::find("list.cuisines.name");
        for (std::size_t i = 0; i < cuisines.size(); ++i) {
            if (const auto specific = writer.phrases.rule(fmt::format("company.restaurant.{}", cuisines[i]))) writer.cuisines.emplace_back(cuisines[i], *specific);
        }
    }
    writer.tld = facts.tld;
    writer.industries = WeightedList::of("list.industries.name");
    writer.areas = WeightedList::of("place.US.area");
    writer.as_of = context.as_of;
    switch (writer.field) {
        case Field::employees:
        case Field::founded_year:
        case Field::revenue: {
            CONFAB_TRY(const NumberColumn column, NumberColumn::of(context, generator.kind, 0));
            writer.scale = column.scale;
            if (writer.field != Field::revenue && column.scale != 0) return parameter_error(generator.kind, "field", "needs a column of whole numbers");
            return number_record(generator, context, column, std::move(writer), inputs);
        }
        case Field::founded_date: {
            CONFAB_TRY(const MomentColumn column, MomentColumn::of(context, generator.kind, false));
            return moment_record(generator, context, column, std::move(writer), inputs);
        }
        default: return text_record(generator, context, std::move(writer), inputs, Mark::parentheses);
    }
}

}  // namespace confab::engine
