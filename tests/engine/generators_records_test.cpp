#include <re2/re2.h>

#include "engine/generators/check_digits.hpp"
#include "engine/generators/latin.hpp"
#include "generators_fixture.hpp"
#include "plan/catalog_values.hpp"
#include "vocabulary/vocabulary.hpp"

namespace confab::engine {
namespace {

using testing::as_set;
using testing::Bench;
using testing::draw_one;
using testing::type_of;
using schema::TypeKind;

constexpr const char* locales[] = {"en_US", "en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "pt_BR", "nl_NL", "pl_PL", "ja_JP"};

TEST(Vocabulary, EveryListOfTheCatalogIsThere) {
    for (const plan::GeneratorEntry& entry : plan::value_generators()) {
        if (entry.kind != "vocabulary") continue;
        for (const std::string_view list : entry.parameters[0].words) {
            const std::string name = "list." + std::string(list);
            EXPECT_FALSE(vocabulary::find(name + ".name").empty() && vocabulary::find(name + ".code").empty()) << list;
        }
    }
    EXPECT_TRUE(vocabulary::find("no such list").empty());
}

// Each word of each parameter of each generator of records makes values, in every locale, long and short.
TEST(Records, EveryFieldOfTheCatalogMakesValues) {
    for (const plan::GeneratorEntry& entry : plan::record_generators()) {
        const plan::Parameter& chooser = entry.parameters[0];
        for (const std::string_view word : chooser.words) {
            for (const char* locale : locales) {
                if (entry.kind != "person" && entry.kind != "address" && entry.kind != "company" && locale != locales[0]) continue;
                for (const int length : {-1, 12}) {
                    Bench bench;
                    bench.plan.locale = locale;
                    plan::Json json = {{"generator", std::string(entry.kind)}, {std::string(chooser.name), std::string(word)}};
                    const std::size_t column = bench.add("c", type_of(length < 0 ? TypeKind::text : TypeKind::varchar, length), json.dump());
                    Result<std::unique_ptr<Kernel>> kernel = bench.make(column);
                    if (!kernel && length > 0) continue;  // a column may be too short, and then says so
                    ASSERT_TRUE(kernel) << json << " " << to_text(kernel.error());
                    for (const std::string& value : bench.draw(column, 60)) {
                        EXPECT_FALSE(value.empty()) << json;
                        EXPECT_EQ(value.find('{'), std::string::npos) << json << " " << value;
                        for (const char c : value) EXPECT_GE(static_cast<unsigned char>(c), 0x20U) << json;
                        if (length > 0) {
                            EXPECT_LE(count_characters(value), 12U) << json << " " << value;
                        }
                    }
                }
            }
        }
    }
}

TEST(People, AddressesBelongToTheNamesOfTheGroup) {
    for (const char* locale : {"en_US", "de_DE", "pl_PL"}) {
        Bench bench;
        bench.plan.locale = locale;
        const std::size_t first = bench.add("first_name", type_of(TypeKind::text), R"({"generator":"person","field":"first_name"})");
        const std::size_t last = bench.add("last_name", type_of(TypeKind::text), R"({"generator":"person","field":"last_name"})");
        const std::size_t email = bench.add("email", type_of(TypeKind::varchar, 100), R"({"generator":"person","field":"email"})");
        schema::Key key;
        key.columns = {email};
        bench.schema.tables[0].keys.push_back(key);
        const auto firsts = bench.pick(first, 1000);
        const auto lasts = bench.pick(last, 1000);
        const auto emails = bench.pick(email, 1000);
        EXPECT_EQ(as_set(emails).size(), 1000U);
        std::size_t with_digits = 0;
        for (std::size_t i = 0; i < emails.size(); ++i) {
            EXPECT_TRUE(RE2::FullMatch(emails[i], R"([a-z][a-z0-9._-]*@[a-z0-9.-]+\.[a-z]+)")) << emails[i];
            std::string slug;
            append_slug(slug, lasts[i], 0);
            EXPECT_NE(emails[i].find(slug.substr(0, 1)), std::string::npos) << emails[i] << " " << lasts[i];
            const std::string local = emails[i].substr(0, emails[i].find('@'));
            EXPECT_TRUE(local.find(slug) != std::string::npos || local.ends_with(slug.substr(0, 1)) || local.starts_with(slug)) << local << " " << firsts[i] << " " << lasts[i];
            with_digits += RE2::PartialMatch(local, "[0-9]") ? 1 : 0;
        }
        EXPECT_EQ(with_digits, 0U) << "no counters among a thousand addresses";
    }
}

TEST(People, UniqueTextsStayUniqueInShortColumnsAndLargeTables) {
    for (const int length : {14, 20, 60}) {
        Bench bench;
        bench.rows = 20'000;
        bench.unique = true;
        const std::size_t column = bench.add("user_name", type_of(TypeKind::varchar, length), R"({"generator":"person","field":"user_name"})");
        const auto values = bench.pick(column, 20'000);
        EXPECT_EQ(as_set(values).size(), 20'000U) << length;
        for (const std::string& value : values) EXPECT_LE(value.size(), static_cast<std::size_t>(length));
    }
    Bench bench;
    bench.rows = 300'000;
    bench.unique = true;
    const std::size_t column = bench.add("email", type_of(TypeKind::text), R"({"generator":"person","field":"email"})");
    EXPECT_EQ(as_set(bench.pick(column, 300'000)).size(), 300'000U) << "beyond the list of records";
}

TEST(People, AgesAgreeWithBirthDates) {
    Bench bench;
    const std::size_t age = bench.add("age", type_of(TypeKind::integer), R"({"generator":"person","field":"age","min_age":21,"max_age":60})");
    const std::size_t birth = bench.add("birth_date", type_of(TypeKind::date), R"({"generator":"person","field":"birth_date","min_age":21,"max_age":60})");
    const auto ages = bench.draw(age, 2000);
    const auto births = bench.draw(birth, 2000);
    for (std::size_t i = 0; i < ages.size(); ++i) {
        // as_of is 2026-01-01: whoever was born on another day of the year has not had the birthday yet.
        const int expected = 2026 - std::stoi(births[i].substr(0, 4)) - (births[i].substr(5) == "01-01" ? 0 : 1);
        EXPECT_EQ(std::stoi(ages[i]), expected) << births[i];
        EXPECT_GE(expected, 21);
        EXPECT_LE(expected, 60);
    }
}

TEST(People, GenderLabelsAreTheColumnsOwn) {
    EXPECT_EQ(as_set(draw_one(type_of(TypeKind::character, 1), R"({"generator":"person","field":"gender"})", 200)), (std::set<std::string>{"F", "M"}));
    EXPECT_EQ(as_set(draw_one(type_of(TypeKind::text), R"({"generator":"person","field":"gender","values":["male","female","other"]})", 1000)), (std::set<std::string>{"male", "female", "other"}));
}

TEST(Places, CityStateAndPostalCodeBelongTogether) {
    Bench bench;
    const std::size_t city = bench.add("city", type_of(TypeKind::text), R"({"generator":"address","field":"city"})");
    const std::size_t state = bench.add("state", type_of(TypeKind::character, 2), R"({"generator":"address","field":"state"})");
    const std::size_t postal = bench.add("zip", type_of(TypeKind::text), R"({"generator":"address","field":"postal_code"})");
    std::set<std::string> known;
    const auto cities = vocabulary::find("place.US.city");
    const auto codes = vocabulary::find("place.US.code");
    const auto postals = vocabulary::find("place.US.postal");
    for (std::size_t i = 0; i < cities.size(); ++i) known.insert(std::string(cities[i]) + "|" + std::string(codes[i]) + "|" + std::string(postals[i]));
    const auto a = bench.draw(city, 500);
    const auto b = bench.draw(state, 500);
    const auto c = bench.draw(postal, 500);
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(known.contains(a[i] + "|" + b[i] + "|" + c[i])) << a[i] << b[i] << c[i];
    EXPECT_GT(as_set(a).size(), 150U);
}

TEST(Codes, CheckDigitsAreRight) {
    const auto digits_of = [](std::string text) {
        std::erase(text, '-');
        return text;
    };
    for (const std::string& value : draw_one(type_of(TypeKind::varchar, 20), R"({"generator":"book","field":"isbn13"})", 500)) {
        const std::string digits = digits_of(value);
        ASSERT_EQ(digits.size(), 13U);
        EXPECT_EQ(gtin_check_digit(std::string_view(digits).substr(0, 12)), digits[12]) << value;
    }
    EXPECT_EQ(gtin_check_digit("978030640615"), '7');
    EXPECT_EQ(modulo_11_check_digit("030640615"), '2');
    EXPECT_EQ(luhn_check_digit("7992739871"), '3');
    EXPECT_EQ(vin_check_digit("1M8GDM9AXKP042788"), 'X');
    EXPECT_EQ(modulo_97("WEST12345698765432GB82"), 1);
    for (const char* locale : locales) {
        Bench bench;
        bench.plan.locale = locale;
        for (const std::string& value : bench.draw(bench.add("iban", type_of(TypeKind::text), R"({"generator":"finance","field":"iban"})"), 200)) {
            EXPECT_EQ(modulo_97(value.substr(4) + value.substr(0, 4)), 1) << value;
        }
    }
    for (const std::string& value : draw_one(type_of(TypeKind::text), R"({"generator":"finance","field":"card_number"})", 500)) {
        EXPECT_EQ(luhn_check_digit(value.substr(0, 15)), value[15]) << value;
    }
    for (const std::string& value : draw_one(type_of(TypeKind::character, 17), R"({"generator":"vehicle","field":"vin"})", 500)) {
        ASSERT_EQ(value.size(), 17U);
        EXPECT_EQ(vin_check_digit(value), value[8]) << value;
        EXPECT_EQ(value.find_first_of("IOQ"), std::string::npos) << value;
    }
}

TEST(Codes, DifferentNumbersAreDifferentCodes) {
    for (const plan::GeneratorEntry& entry : plan::record_generators()) {
        if (entry.kind != "code" && entry.kind != "finance" && entry.kind != "internet") continue;
        for (const std::string_view word : entry.parameters[0].words) {
            Bench bench;
            const std::size_t column = bench.add("c", type_of(TypeKind::text), plan::Json({{"generator", std::string(entry.kind)}, {"field", std::string(word)}}).dump());
            Result<std::unique_ptr<Kernel>> kernel = bench.make(column);
            ASSERT_TRUE(kernel) << word;
            const std::uint64_t capacity = (*kernel)->capacity();
            if (capacity == 0) continue;
            const std::uint64_t count = std::min<std::uint64_t>(capacity, 20'000);
            EXPECT_EQ(as_set(bench.pick(column, count)).size(), count) << word;
            EXPECT_EQ(as_set(bench.pick(column, count, std::max<std::uint64_t>(1, (capacity - 1) / count))).size(), count) << word << " over all of the domain";
        }
    }
}

TEST(Things, DishesPricesAndCuisinesAgree) {
    Bench bench;
    const std::size_t name = bench.add("name", type_of(TypeKind::text), R"({"generator":"dish","field":"name"})");
    const std::size_t cuisine = bench.add("cuisine", type_of(TypeKind::text), R"({"generator":"dish","field":"cuisine"})");
    const std::size_t price = bench.add("price", type_of(TypeKind::numeric, -1, 6, 2), R"({"generator":"dish","field":"price"})");
    const auto names = bench.draw(name, 2000);
    const auto cuisines = bench.draw(cuisine, 2000);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].ends_with("Pad Thai")) {
            EXPECT_EQ(cuisines[i], "Thai");
        }
        if (names[i].ends_with("Tiramisù")) {
            EXPECT_EQ(cuisines[i], "Italian");
        }
    }
    for (const std::string& value : bench.draw(price, 2000)) {
        EXPECT_GE(std::stod(value), 1);
        EXPECT_LE(std::stod(value), 60);
    }
    EXPECT_GT(as_set(names).size(), 300U);
}

TEST(Prose, TheWordsAreAsPleasedAsTheRating) {
    Bench bench;
    const std::size_t column = bench.add("comment", type_of(TypeKind::text), R"({"generator":"text","about":"review","rating":"rating"})");
    Result<std::unique_ptr<Kernel>> kernel = bench.make(column);
    ASSERT_TRUE(kernel);
    ASSERT_EQ((*kernel)->inputs().size(), 1U);
    const auto with_rating = [&](double rating) {
        Vector ratings;
        ratings.reset(Physical::float64, 200);
        std::vector<std::uint64_t> entropy;
        for (std::size_t i = 0; i < 200; ++i) {
            ratings.data<double>()[i] = rating;
            entropy.push_back(mix(i));
        }
        const Vector* inputs[] = {&ratings};
        Vector out;
        (*kernel)->draw(entropy, {inputs}, out);
        std::set<std::string> texts;
        for (std::size_t i = 0; i < 200; ++i) texts.insert(std::string(out.data<std::string_view>()[i]));
        return texts;
    };
    for (const std::string& text : with_rating(1)) EXPECT_FALSE(RE2::PartialMatch(text, "(?i)loved|outstanding|recommended!|favorite")) << text;
    for (const std::string& text : with_rating(5)) EXPECT_FALSE(RE2::PartialMatch(text, "(?i)awful|regret|never again|terrible|avoid")) << text;
    EXPECT_GT(with_rating(3).size(), 60U);
}

// What a reader sees of a table: nine rows, in which hardly a sentence stands twice.
TEST(Prose, PagesHardlyRepeatASentence) {
    constexpr std::size_t page = 9, pages = 200;
    for (const char* about : {"project", "appraisal", "incident", "review", "task", "ticket", "event", "biography", "note",
                              "employee", "product", "company", "patient", "course", "thing",
                              "comment", "message", "article", "answer", "question", "property"}) {
        const plan::Json generator = {{"generator", "text"}, {"about", about}};
        const auto texts = draw_one(type_of(TypeKind::text), generator.dump(), page * pages);
        std::size_t repeats = 0;
        std::set<std::string> distinct;
        for (std::size_t first = 0; first < texts.size(); first += page) {
            std::set<std::string> seen;
            for (std::size_t i = first; i < first + page; ++i) {
                std::size_t begin = 0;
                for (std::size_t end = 0; end != std::string::npos; begin = end + 2) {
                    end = texts[i].find(". ", begin);
                    const std::string sentence = texts[i].substr(begin, end - begin);
                    distinct.insert(sentence);
                    repeats += seen.insert(sentence).second ? 0 : 1;
                }
            }
        }
        EXPECT_LE(repeats, pages * 2) << about;
        EXPECT_GE(distinct.size(), 120U) << about;
    }
}

TEST(Prose, SentencesBeginWithCapitals) {
    for (const char* generator : {R"({"generator":"book","field":"description"})", R"({"generator":"product","field":"description"})",
                                  R"({"generator":"text","about":"project"})"}) {
        for (const std::string& text : draw_one(type_of(TypeKind::text), generator, 1000)) {
            EXPECT_FALSE(RE2::PartialMatch(text, R"((^|\. )[a-z])")) << text;
        }
    }
}

TEST(Prose, SentencesSuitTheSubject) {
    Bench bench;
    const std::size_t column =
        bench.add("c", type_of(TypeKind::text), R"({"generator":"text","about":"project","subject":"name"})");
    Result<std::unique_ptr<Kernel>> kernel = bench.make(column);
    ASSERT_TRUE(kernel);
    ASSERT_EQ((*kernel)->inputs().size(), 1U) << "read once";
    const auto about = [&](std::string_view name) {
        Vector names;
        names.reset(Physical::text, 500);
        std::vector<std::uint64_t> entropy;
        for (std::size_t i = 0; i < 500; ++i) {
            names.data<std::string_view>()[i] = name;
            entropy.push_back(mix(i));
        }
        const Vector* inputs[] = {&names};
        Vector out;
        (*kernel)->draw(entropy, {inputs}, out);
        std::string all;
        for (std::size_t i = 0; i < 500; ++i) all += std::string(out.data<std::string_view>()[i]) + "\n";
        return all;
    };
    const std::string payroll = about("2025 Payroll Upgrade"), website = about("Mobile Website");
    EXPECT_NE(payroll.find("payroll runs"), std::string::npos);
    EXPECT_EQ(payroll.find("checkout"), std::string::npos);
    EXPECT_NE(website.find("checkout"), std::string::npos);
    EXPECT_EQ(website.find("payroll"), std::string::npos);
}

}  // namespace
}  // namespace confab::engine
