// company: names, addresses on the internet and figures of companies and institutions.
#include <algorithm>
#include <fmt/format.h>

#include "engine/generators/latin.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/phrases.hpp"
#include "engine/generators/record_families.hpp"

namespace confab::engine {

namespace {

constexpr std::size_t longest_host = 40;  // characters of a name in a domain
constexpr std::size_t room_for_mark = 8;  // characters that the mark of a later round may take

struct CompanyWriter {
    enum class Field : std::uint8_t {
        name,
        legal_form,
        domain,
        website,
        email,
        industry,
        catch_phrase,
        description,
        tax_id,
        registration_number,
        phone,
        employees,
        founded_year,
        founded_date,
        revenue,
        ticker,
        logo_url
    };
    CompanyWriter(Field which, Phrases known) : field(which), phrases(std::move(known)) {}

    Field field;
    Phrases phrases;
    std::size_t rule = 0, form = 0, slogan = 0, prose = 0;
    std::vector<std::pair<std::string, std::size_t>> cuisines;  // names that hint at one
    int cuisine = -1, name = -1, industry = -1;
    bool any_industry = false;    // the sector is left open: the words of the name go with the industry
    bool reads_industry = false;  // which is the row's own, not the record's
    std::size_t room =
        TextColumn::unlimited;  // characters of a name that the row's industry has no part in cutting
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
        return phrases.expand(rule, bits, row, text, trade(bits, row));
    }

    // Which words the name takes for what the company does.
    int trade(std::uint64_t bits, const RowInputs& row) const {
        if (!any_industry) return Topics::none;
        if (!reads_industry) return phrases.topic(industries(fact(bits, 42)));
        return row.has(industry) ? phrases.topic(row.text(industry)) : Topics::none;
    }

    Made append_domain(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        std::string full;
        Made made = append_name(bits, row, full);
        std::string slug;
        append_slug(slug, full, 0);
        if (slug.size() > longest_host) {
            slug.clear();
            append_slug(slug, std::string_view(full).substr(0, full.find(' ', 8)), 0);
            if (reads_industry) made = Made::foreign;
        }
        while (!slug.empty() && slug.back() >= '0' && slug.back() <= '9') slug.pop_back();
        text += slug.empty() ? "company" : slug;
        text += '.';
        text += bounded(fact(bits, 31), 4) == 0 ? std::string_view("com") : tld;
        return made;
    }

    std::int64_t number(std::uint64_t bits, const RowInputs&) const {
        // Many small, few large: the size of a company by its order of magnitude.
        std::int64_t size = 5 + static_cast<std::int64_t>(bounded(fact(bits, 32), 40));
        for (std::uint64_t step = bounded(fact(bits, 33), 100); step > 50; step = step * 2 - 100)
            size = size * 2 + static_cast<std::int64_t>(bounded(fact(bits, 34), 9));
        size = std::min<std::int64_t>(size, 48'000);
        const Civil today = civil_from_days(as_of);
        const auto age = static_cast<std::int64_t>(1 + bounded(fact(bits, 35), 30) +
                                                   bounded(fact(bits, 36), 60) * bounded(fact(bits, 37), 2));
        switch (field) {
            case Field::employees:
                return size;
            case Field::founded_year:
                return today.year - age;
            case Field::founded_date:
                return (days_from_civil({today.year - age, 1, 1}) +
                        static_cast<std::int64_t>(bounded(fact(bits, 38), 365))) *
                       microseconds_per_day;
            case Field::revenue:
                return size * (40'000 + static_cast<std::int64_t>(bounded(fact(bits, 39), 160'000))) / 1000 *
                       1000 * powers_of_ten[scale];
            default:
                return 0;
        }
    }

    // Records differ in more than the words that go with the industry, and each of these stands for one word
    // of every other industry: texts that are not cut differ whatever the industries of their rows are.
    Made write(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        const Made made = write_field(bits, row, text);
        const bool cut = reads_industry && made == Made::own && count_characters(text) > room;
        return cut ? Made::foreign : made;
    }

    Made write_field(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        const auto digits = [&](std::uint64_t which, std::size_t count) {
            std::uint64_t state = fact(bits, which);
            for (std::size_t i = 0; i < count; ++i) {
                state = mix(state);
                text += static_cast<char>('0' + (i == 0 ? 1 + bounded(state, 9) : bounded(state, 10)));
            }
        };
        switch (field) {
            case Field::name:
                return append_name(bits, row, text);
            case Field::legal_form:
                return phrases.expand(form, bits, row, text);
            case Field::domain:
                return append_domain(bits, row, text);
            case Field::website:
                text += bounded(fact(bits, 40), 3) == 0 ? "https://" : "https://www.";
                return append_domain(bits, row, text);
            case Field::logo_url: {
                text += "https://cdn.example.com/logos/";
                const Made made = append_domain(bits, row, text);
                text += ".png";
                return made;
            }
            case Field::email: {
                static constexpr std::string_view boxes[] = {"info",   "contact", "hello",
                                                             "office", "sales",   "support"};
                text += boxes[bounded(fact(bits, 41), std::size(boxes))];
                text += '@';
                return append_domain(bits, row, text);
            }
            case Field::industry:
                text += industries(fact(bits, 42));
                return Made::own;
            case Field::catch_phrase:
                return phrases.expand(slogan, bits, row, text);
            case Field::description:
                return phrases.sentences(prose, 2, bits, row, text);
            case Field::tax_id:
                digits(43, 2);
                text += '-';
                digits(44, 7);
                return Made::own;
            case Field::registration_number:
                digits(45, 8);
                return Made::own;
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
                const Made made = append_name(bits, row, full);
                for (const char c : full) {
                    if (c >= 'A' && c <= 'Z') text += c;
                    if (text.size() == 4) break;
                }
                for (std::uint64_t extra = fact(bits, 49); text.size() < 3; extra = mix(extra))
                    text += static_cast<char>('A' + bounded(extra, 26));
                // Capitals of other words may be the same ones.
                return reads_industry && made == Made::own ? Made::foreign : made;
            }
            default:
                return Made::null;
        }
    }
};

constexpr std::string_view company_fields[] = {
    "name",     "legal_form",   "domain",       "website",      "email",
    "industry", "catch_phrase", "description",  "tax_id",       "registration_number",
    "phone",    "employees",    "founded_year", "founded_date", "revenue",
    "ticker",   "logo_url"};

}  // namespace

Result<KernelPointer> make_company(const plan::Generator& generator, const KernelContext& context) {
    using Field = CompanyWriter::Field;
    Parameters parameters(generator);
    const std::string name = parameters.text("field");
    const auto place = std::find(std::begin(company_fields), std::end(company_fields), name);
    if (place == std::end(company_fields))
        return parameter_error(generator.kind, "field", fmt::format("is no field of a company: `{}`", name));
    const std::string sector = parameters.text("sector", "any");
    InputList inputs(generator);
    CompanyWriter writer(static_cast<Field>(place - std::begin(company_fields)),
                         phrases_of(generator, context, inputs, {"city"}, Topics("industry_words")));
    const std::string locale =
        parameters.text("locale", context.plan.locale.empty() ? "en_US" : context.plan.locale);
    CONFAB_TRY(const LocaleFacts facts, LocaleFacts::of(locale));
    CONFAB_CHECK(parameters.status());
    const auto rule = writer.phrases.rule("company." + sector);
    if (!rule) return parameter_error(generator.kind, "sector", fmt::format("is unknown: `{}`", sector));
    writer.rule = *rule;
    writer.form = writer.phrases.rule("company.form").value_or(0);
    writer.slogan = writer.phrases.rule("catch_phrase").value_or(0);
    writer.prose = writer.phrases.rule("text.company").value_or(0);
    writer.name = inputs.text("name");
    writer.industry = inputs.text("industry");
    writer.any_industry = sector == "any";
    writer.reads_industry = writer.any_industry && parameters.has("industry");
    writer.cuisine = inputs.text("cuisine");
    if (writer.cuisine >= 0) {
        const vocabulary::List cuisines = vocabulary::find("list.cuisines.name");
        for (std::size_t i = 0; i < cuisines.size(); ++i) {
            if (const auto specific = writer.phrases.rule(fmt::format("company.restaurant.{}", cuisines[i])))
                writer.cuisines.emplace_back(cuisines[i], *specific);
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
            if (writer.field != Field::revenue && column.scale != 0)
                return parameter_error(generator.kind, "field", "needs a column of whole numbers");
            return number_record(generator, context, column, std::move(writer), inputs);
        }
        case Field::founded_date: {
            CONFAB_TRY(const MomentColumn column, MomentColumn::of(context, generator.kind, false));
            return moment_record(generator, context, column, std::move(writer), inputs);
        }
        default:
            break;
    }
    CONFAB_TRY(const TextColumn column, TextColumn::of(context, generator.kind));
    const std::size_t characters = std::min(column.characters, column.bytes);
    if (characters != TextColumn::unlimited) writer.room = characters - std::min(characters, room_for_mark);
    switch (writer.field) {
        case Field::domain:
        case Field::website:
            return text_record(generator, context, std::move(writer), inputs, Mark::before_dot);
        case Field::email:
            return text_record(generator, context, std::move(writer), inputs, Mark::before_at);
        default:
            return text_record(generator, context, std::move(writer), inputs, Mark::parentheses);
    }
}

}  // namespace confab::engine
