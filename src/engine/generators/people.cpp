// person.
#include <algorithm>

#include <fmt/format.h>

#include "engine/generators/latin.hpp"
#include "engine/generators/locale.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/record_families.hpp"
#include "engine/generators/record_kernel.hpp"
#include "engine/generators/value_list.hpp"

namespace confab::engine {

namespace {

enum class Field : std::uint8_t {
    first_name, middle_name, middle_initial, last_name, full_name, last_first_name, initials, gender, title, suffix, nickname,
    email, user_name, handle, phone, mobile, birth_date, birth_year, age, national_id, nationality, marital_status, blood_type, language, avatar_url, website
};

constexpr std::string_view field_names[] = {
    "first_name", "middle_name", "middle_initial", "last_name", "full_name", "last_first_name", "initials",
    "gender", "title", "suffix", "nickname", "email", "user_name", "handle", "phone", "mobile", "birth_date", "birth_year", "age",
    "national_id", "nationality", "marital_status", "blood_type", "language", "avatar_url", "website"};

constexpr bool ends_in_digit(std::string_view text) { return !text.empty() && text.back() >= '0' && text.back() <= '9'; }

// Which gender a label means: F, female, Mrs. …; nothing for what means neither.
std::optional<Gender> gender_meant(std::string_view text) {
    std::string word(text);
    for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    for (const char* female : {"f", "female", "woman", "women", "w", "girl", "mrs", "mrs.", "ms", "ms.", "miss", "frau", "mme"}) {
        if (word == female) return Gender::female;
    }
    for (const char* male : {"m", "male", "man", "men", "boy", "mr", "mr.", "herr"}) {
        if (word == male) return Gender::male;
    }
    return {};
}

struct PersonWriter {
    Field field = Field::full_name;
    LocaleFacts locale;
    Names names;
    WeightedList providers, area_codes, nationalities, languages, blood;
    std::vector<std::string> values;  // of title, marital_status
    TextColumn column;
    int first = -1, last = -1, name = -1, gender_input = -1, domain = -1;
    bool work_address = false;  // an e-mail address at a domain that the row names
    std::int64_t as_of = 0, min_age = 18, max_age = 85;

    Gender gender(std::uint64_t bits, const RowInputs& row) const {
        if (const auto said = gender_meant(row.text(gender_input))) return *said;
        return names.gender(bits);
    }

    // The row's names where it has some, else the record's.
    struct Spoken {
        std::string_view first, last, first_latin, last_latin;
        bool foreign = false;
    };
    Spoken spoken(std::uint64_t bits, const RowInputs& row) const {
        const Name own = names.name(bits, gender(bits, row));
        Spoken result{own.first, own.last, own.first_latin, own.last_latin, false};
        std::string_view given_first = row.text(first);
        std::string_view given_last = row.text(last);
        if (row.has(name)) {
            const std::string_view full = row.text(name);
            const std::size_t space = full.rfind(' ');
            given_first = full.substr(0, std::min(full.find(' '), full.size()));
            given_last = space == std::string_view::npos ? std::string_view() : full.substr(space + 1);
        }
        if (!given_first.empty() && given_first != own.first) {
            result.first = result.first_latin = given_first;
            result.foreign = true;
        }
        if (!given_last.empty() && given_last != own.last) {
            result.last = result.last_latin = given_last;
            result.foreign = true;
        }
        return result;
    }

    std::int64_t birth_day(std::uint64_t bits) const {
        // Fewer of the very young and the very old.
        const std::uint64_t days = static_cast<std::uint64_t>((max_age - min_age + 1) * 365);
        const std::uint64_t spread = (bounded(fact(bits, 20), days) + bounded(fact(bits, 21), days) + bounded(fact(bits, 22), days / 2 + 1)) * 2 / 5;
        const Civil today = civil_from_days(as_of);
        const std::int64_t youngest = days_from_civil({today.year - min_age, today.month, std::min(today.day, 28)});
        const std::int64_t oldest = days_from_civil({today.year - max_age - 1, today.month, std::min(today.day, 28)}) + 1;
        return std::max(oldest, youngest - static_cast<std::int64_t>(spread));
    }

    std::int64_t number(std::uint64_t bits, const RowInputs&) const {
        const std::int64_t day = birth_day(bits);
        if (field == Field::birth_date) return day * microseconds_per_day;
        const Civil born = civil_from_days(day);
        if (field == Field::birth_year) return born.year;
        const Civil today = civil_from_days(as_of);
        const bool had_birthday = today.month > born.month || (today.month == born.month && today.day >= born.day);
        return today.year - born.year - (had_birthday ? 0 : 1);
    }

    Made write(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        const auto made = [](bool foreign) { return foreign ? Made::foreign : Made::own; };
        switch (field) {
            case Field::first_name: text += row.has(first) ? row.text(first) : names.name(bits, gender(bits, row)).first; return made(row.has(gender_input));
            case Field::last_name: text += names.name(bits, gender(bits, row)).last; return Made::own;
            case Field::middle_name: text += names.first(fact(bits, 4), gender(bits, row)); return Made::own;
            case Field::middle_initial: {
                const std::string_view middle = names.first(fact(bits, 4), gender(bits, row));
                text += first_characters(middle, 1);
                return Made::own;
            }
            case Field::full_name: return write_full(bits, row, text);
            case Field::last_first_name: {
                const Spoken who = spoken(bits, row);
                text += who.last;
                text += ", ";
                text += who.first;
                return made(who.foreign);
            }
            case Field::initials: {
                const Spoken who = spoken(bits, row);
                text += first_characters(who.first, 1);
                text += first_characters(who.last, 1);
                return made(who.foreign);
            }
            case Field::title: return write_title(bits, row, text);
            case Field::suffix: {
                static constexpr std::string_view suffixes[] = {"Jr.", "Sr.", "II", "III", "PhD", "MD"};
                text += suffixes[bounded(fact(bits, 23), std::size(suffixes))];
                return Made::own;
            }
            case Field::nickname: {
                const Spoken who = spoken(bits, row);
                text += first_characters(who.first, 4);
                return made(who.foreign);
            }
            case Field::email: return write_email(bits, row, text);
            case Field::user_name:
            case Field::handle: return write_user_name(bits, row, text);
            case Field::phone: append_phone(locale.phone, bits, text); shorten_phone(text); return Made::own;
            case Field::mobile: append_phone(locale.mobile, bits, text); shorten_phone(text); return Made::own;
            case Field::national_id: append_national_id(bits, text); return Made::own;
            case Field::nationality: text += nationalities(fact(bits, 24)); return Made::own;
            case Field::marital_status: {
                static constexpr std::string_view usual[] = {"Single", "Single", "Married", "Married", "Married", "Divorced", "Widowed"};
                if (!values.empty()) text += values[bounded(fact(bits, 25), values.size())];
                else text += usual[bounded(fact(bits, 25), std::size(usual))];
                return Made::own;
            }
            case Field::blood_type: text += blood(fact(bits, 26)); return Made::own;
            case Field::language: text += languages(fact(bits, 27)); return Made::own;
            case Field::avatar_url: {
                text += "https://avatars.example.com/u/";
                const Made result = write_user_name(bits, row, text);
                text += ".png";
                return result;
            }
            case Field::website: {
                const Spoken who = spoken(bits, row);
                text += "https://";
                append_slug(text, who.first_latin, 0);
                append_slug(text, who.last_latin, 0);
                text += ".example.com";
                return made(who.foreign);
            }
            case Field::gender:
            case Field::birth_date:
            case Field::birth_year:
            case Field::age: break;
        }
        return Made::null;
    }

    Made write_full(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        const Spoken who = spoken(bits, row);
        if (locale.name == "ja_JP") {
            text += who.last;
            text += ' ';
            text += who.first;
            return who.foreign ? Made::foreign : Made::own;
        }
        text += who.first;
        // The record's own full name carries a middle initial now and then.
        if (first < 0 && last < 0 && bounded(fact(bits, 28), 100) < 9) {
            text += ' ';
            text += first_characters(names.first(fact(bits, 4), gender(bits, row)), 1);
            text += '.';
        }
        text += ' ';
        text += who.last;
        if (!column.fits(text)) {
            text.clear();
            text += first_characters(who.first, 1);
            text += ". ";
            text += who.last;
        }
        return who.foreign ? Made::foreign : Made::own;
    }

    Made write_title(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        const Gender who = gender(bits, row);
        if (!values.empty()) {
            std::vector<std::string_view> fitting;
            for (const std::string& value : values) {
                const auto means = gender_meant(value);
                if (!means || *means == who) fitting.push_back(value);
            }
            text += fitting.empty() ? std::string_view(values[bounded(fact(bits, 29), values.size())]) : fitting[bounded(fact(bits, 29), fitting.size())];
            return Made::own;
        }
        const std::uint64_t draw = bounded(fact(bits, 29), 100);
        if (draw < 6) text += "Dr.";
        else if (who == Gender::male) text += "Mr.";
        else text += draw < 60 ? "Ms." : "Mrs.";
        return Made::own;
    }

    // Styles of the part before the @, the most usual first.
    static void append_local(std::string& text, std::string_view first_name, std::string_view last_name, std::uint64_t style) {
        if (last_name.empty() || first_name.empty()) {
            text += first_name.empty() ? last_name : first_name;
            return;
        }
        if (style < 40) text.append(first_name).append(1, '.').append(last_name);
        else if (style < 55) text.append(first_name).append(last_name);
        else if (style < 68) text.append(first_name.substr(0, 1)).append(last_name);
        else if (style < 78) text.append(first_name).append(1, '_').append(last_name);
        else if (style < 86) text.append(first_name.substr(0, 1)).append(1, '.').append(last_name);
        else if (style < 92) text.append(last_name).append(1, '.').append(first_name);
        else if (style < 96) text.append(first_name).append(last_name.substr(0, 1));
        else text.append(last_name).append(first_name.substr(0, 1));
    }

    struct Latin {
        std::string first, last;
        bool foreign = false;
    };
    Latin latin(std::uint64_t bits, const RowInputs& row) const {
        const Spoken who = spoken(bits, row);
        Latin result;
        append_slug(result.first, who.first_latin, 0);
        append_slug(result.last, who.last_latin, 0);
        if (result.first.empty() && result.last.empty()) {
            const Name own = names.name(bits, gender(bits, row));
            append_slug(result.first, own.first_latin, 0);
            append_slug(result.last, own.last_latin, 0);
        }
        while (ends_in_digit(result.first)) result.first.pop_back();
        while (ends_in_digit(result.last)) result.last.pop_back();
        if (result.first.empty() && result.last.empty()) result.first = "user";
        result.foreign = who.foreign;
        return result;
    }

    Made write_email(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        const Latin who = latin(bits, row);
        std::string host(providers(fact(bits, 11)));
        const std::uint64_t style = bounded(fact(bits, 10), 100);
        if (work_address) {
            // Within a company the part before the @ tells people apart.
            host = row.has(domain) ? host_of(row.text(domain)) : std::string("gmail.com");
            if (style < 84 || who.first.empty() || who.last.empty()) append_local(text, who.first, who.last, 0);
            else if (style < 93) append_local(text, who.first, who.last, 80);
            else {
                text += who.first;
                text += '.';
                append_slug(text, first_characters(names.first(fact(bits, 4), gender(bits, row)), 1), 0);
                text += '.';
                text += who.last;
            }
        } else {
            append_local(text, who.first, who.last, style);
        }
        text += '@';
        text += host;
        // Short columns: initial and last name, then a short host, then what fits.
        if (!column.fits(text)) {
            const std::string local = who.first.substr(0, 1) + who.last;
            text = local + "@" + host;
            if (!column.fits(text)) {
                const std::string_view short_host = "aol.com";
                const std::size_t room = std::min(column.characters, column.bytes);
                text = local.substr(0, room > short_host.size() + 1 ? room - short_host.size() - 1 : 1);
                text += '@';
                text += short_host;
            }
        }
        return who.foreign ? Made::foreign : Made::own;
    }

    // A host from a domain, an address of a site or a company's name.
    static std::string host_of(std::string_view given) {
        for (const std::string_view prefix : {"https://", "http://", "www."}) {
            if (given.starts_with(prefix)) given.remove_prefix(prefix.size());
        }
        given = given.substr(0, given.find('/'));
        if (given.find('.') != std::string_view::npos && given.find(' ') == std::string_view::npos) return std::string(given);
        std::string slug;
        append_slug(slug, given, 0);
        return slug.empty() ? "example.com" : slug + ".com";
    }

    Made write_user_name(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        const Latin who = latin(bits, row);
        const std::size_t start = text.size();
        const std::uint64_t style = bounded(fact(bits, 12), 100);
        if (style < 30) text.append(who.first).append(who.last);
        else if (style < 50) text.append(who.first.substr(0, 1)).append(who.last);
        else if (style < 66) text.append(who.first).append(1, '_').append(who.last);
        else if (style < 80) text.append(who.first).append(1, '.').append(who.last);
        else if (style < 90) text.append(who.last).append(who.first.substr(0, 1));
        else text.append(who.first).append(who.last.substr(0, 1)).append(style < 95 ? "x" : "_");
        if (text.back() == '_') text.pop_back();
        if (!column.fits(std::string_view(text).substr(start))) {
            text.resize(start);
            text.append(who.first.substr(0, 1)).append(who.last);
        }
        return who.foreign ? Made::foreign : Made::own;
    }

    void append_phone(std::string_view format, std::uint64_t bits, std::string& text) const {
        std::uint64_t digits = fact(bits, 13);
        const auto digit = [&](std::uint64_t from) {
            digits = mix(digits);
            text += static_cast<char>('0' + from + bounded(digits, 10 - from));
        };
        for (std::size_t i = 0; i < format.size(); ++i) {
            if (format[i] != '{') {
                text += format[i];
                continue;
            }
            const std::size_t close = format.find('}', i);
            const std::string_view part = format.substr(i + 1, close - i - 1);
            if (part == "area") {
                text += area_codes(fact(bits, 14));
            } else if (part == "exchange") {
                digit(2);
                // No N11 codes.
                digits = mix(digits);
                const std::uint64_t rest = bounded(digits, 100);
                const std::uint64_t pair = rest == 11 ? 12 : rest;
                text += static_cast<char>('0' + pair / 10);
                text += static_cast<char>('0' + pair % 10);
            } else {
                for (std::size_t d = 0; d < part.size(); ++d) digit(d == 0 && part.size() > 2 ? 1 : 0);
            }
            i = close;
        }
    }

    // Columns too short for the usual form hold the digits.
    void shorten_phone(std::string& text) const {
        if (column.fits(text)) return;
        std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
        const std::size_t room = std::min(column.characters, column.bytes);
        if (text.size() > room) text.erase(0, text.size() - room);
    }

    void append_national_id(std::uint64_t bits, std::string& text) const {
        const std::uint64_t a = fact(bits, 15);
        if (locale.name == "en_US") {
            // The range 900 to 999 is never a social security number.
            text += fmt::format("9{:02}-{:02}-{:04}", bounded(a, 100), 1 + bounded(mix(a), 64), 1 + bounded(mix(a, 2), 9999));
        } else if (locale.name == "en_GB") {
            constexpr std::string_view letters = "ABCEGHJKLMNPRSTWXYZ";
            text += fmt::format("{}{}{:06}{}", letters[bounded(a, letters.size())], letters[bounded(mix(a, 3), letters.size())], bounded(mix(a), 1'000'000), "ABCD"[bounded(mix(a, 4), 4)]);
        } else {
            text += fmt::format("{:011}", 10'000'000'000ULL + bounded(a, 89'999'999'999ULL));
        }
        shorten_phone(text);
    }
};

// Labels of a column of any type, chosen by what they mean.
class GenderKernel final : public Kernel {
  public:
    GenderKernel(PersonWriter writer, const std::vector<std::string>& labels, ValueList values, std::vector<Input> inputs, std::string group, std::shared_ptr<const RecordNumbers> numbers)
        : writer_(std::move(writer)), values_(std::move(values)), inputs_(std::move(inputs)), group_(std::move(group)), numbers_(std::move(numbers)) {
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const auto meant = gender_meant(labels[i]);
            (!meant ? other_ : *meant == Gender::female ? female_ : male_).push_back(i);
        }
    }

    std::vector<Input> inputs() const override { return inputs_; }
    std::string group() const override { return group_; }
    std::uint64_t records() const override { return numbers_ ? numbers_->count() : 0; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        values_.fill(out, entropy.size(), [&](std::size_t i) { return choose(entropy[i], writer_.gender(entropy[i], RowInputs(inputs, i))); });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs& inputs, Vector& out) const override {
        values_.fill(out, numbers.size(), [&](std::size_t i) {
            const std::uint64_t bits = numbers_->row(numbers[i]).bits;
            return choose(bits, writer_.gender(bits, RowInputs(inputs, i)));
        });
    }

  private:
    std::size_t choose(std::uint64_t bits, Gender gender) const {
        const std::vector<std::size_t>& own = gender == Gender::female ? female_ : male_;
        const bool neither = own.empty() || (!other_.empty() && bounded(fact(bits, 40), 1000) < 25);
        const std::vector<std::size_t>& from = !neither ? own : !other_.empty() ? other_ : gender == Gender::female ? male_ : female_;
        return from[bounded(fact(bits, 41), from.size())];
    }

    PersonWriter writer_;
    ValueList values_;
    std::vector<std::size_t> female_, male_, other_;
    std::vector<Input> inputs_;
    std::string group_;
    std::shared_ptr<const RecordNumbers> numbers_;
};

Result<KernelPointer> make_gender(const plan::Generator& generator, const KernelContext& context, PersonWriter writer, InputList& inputs) {
    std::vector<std::string> labels = writer.values;
    if (labels.empty() && context.type.kind == schema::TypeKind::enumeration) {
        if (const schema::Enumeration* enumeration = context.schema.find_enumeration(context.type.user_type)) labels = enumeration->labels;
    }
    if (labels.empty()) {
        const bool narrow = schema::is_character(context.type.kind) && context.type.length > 0 && context.type.length < 6;
        labels = narrow ? std::vector<std::string>{"F", "M"} : std::vector<std::string>{"Female", "Male"};
    }
    const std::vector<std::optional<std::string>> texts(labels.begin(), labels.end());
    CONFAB_TRY(ValueList values, ValueList::make(context, texts));
    const std::string group = group_of(generator);
    CONFAB_TRY(std::shared_ptr<const RecordNumbers> numbers, RecordNumbers::make(generator, context, group));
    return KernelPointer(std::make_unique<GenderKernel>(std::move(writer), labels, std::move(values), inputs.take(), group, std::move(numbers)));
}

}  // namespace

Result<KernelPointer> make_person(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string name = parameters.text("field");
    const auto place = std::find(std::begin(field_names), std::end(field_names), name);
    if (place == std::end(field_names)) return parameter_error(generator.kind, "field", fmt::format("is no field of a person: `{}`", name));
    PersonWriter writer;
    writer.field = static_cast<Field>(place - std::begin(field_names));
    const std::string locale = parameters.text("locale", context.plan.locale.empty() ? "en_US" : context.plan.locale);
    CONFAB_TRY(writer.locale, LocaleFacts::of(locale));
    writer.names = Names::of(locale);
    writer.as_of = context.as_of;
    writer.min_age = parameters.integer("min_age", 18);
    writer.max_age = parameters.integer("max_age", std::max<std::int64_t>(writer.min_age, 85));
    if (writer.min_age < 0 || writer.max_age > 130 || writer.min_age > writer.max_age) parameters.fail("min_age", "and `max_age` must ascend, from 0 to 130");
    InputList inputs(generator);
    writer.first = inputs.text("first");
    writer.last = inputs.text("last");
    writer.name = inputs.text("name");
    writer.gender_input = inputs.text("gender");
    writer.domain = inputs.text("domain");
    writer.work_address = parameters.has("domain");
    for (const auto& value : parameters.scalars("values")) if (value) writer.values.push_back(*value);
    CONFAB_CHECK(parameters.status());

    if (writer.field == Field::birth_date) {
        CONFAB_TRY(const MomentColumn column, MomentColumn::of(context, generator.kind, false));
        return moment_record(generator, context, column, std::move(writer), inputs);
    }
    if (writer.field == Field::age || writer.field == Field::birth_year) {
        CONFAB_TRY(NumberColumn column, NumberColumn::of(context, generator.kind, 0));
        if (column.scale != 0) return parameter_error(generator.kind, "field", "`age` needs a column of whole numbers");
        return number_record(generator, context, column, std::move(writer), inputs);
    }
    if (writer.field == Field::gender) return make_gender(generator, context, std::move(writer), inputs);
    CONFAB_TRY(writer.column, TextColumn::of(context, generator.kind));
    writer.providers = WeightedList::of("list.email_providers." + locale);
    if (writer.providers.empty()) writer.providers = WeightedList::of("list.email_providers");
    writer.area_codes = WeightedList::of(fmt::format("place.{}.area", writer.locale.country));
    writer.nationalities = WeightedList::of("list.nationalities");
    writer.languages = WeightedList::of("list.languages.name");
    writer.blood = WeightedList::of("list.blood_types.name");
    const Mark mark = writer.field == Field::email ? Mark::before_at : writer.field == Field::user_name || writer.field == Field::handle ? Mark::digits : Mark::parentheses;
    return text_record(generator, context, std::move(writer), inputs, mark);
}

}  // namespace confab::engine
