// Names of companies go with the industry, and stay unique whatever the industries of the rows are.
#include "generators_fixture.hpp"
#include "vocabulary/vocabulary.hpp"

#include "engine/generators/topics.hpp"

namespace confab::engine {
namespace {

using schema::TypeKind;
using testing::as_set;
using testing::Bench;
using testing::type_of;

std::vector<std::string> entries(const std::string& list) {
    const vocabulary::List found = vocabulary::find(list);
    std::vector<std::string> all;
    for (std::size_t i = 0; i < found.size(); ++i) all.emplace_back(found[i]);
    return all;
}

// What the kernel makes of records 0, 1, …, each in a row of one of the industries, in turn.
std::vector<std::string> pick_with(Bench& bench, std::size_t column, std::size_t count,
                                   const std::vector<std::string>& industries) {
    Result<std::unique_ptr<Kernel>> kernel = bench.make(column);
    EXPECT_TRUE(kernel) << (kernel ? "" : to_text(kernel.error()));
    if (!kernel) return {};
    EXPECT_EQ((*kernel)->inputs().size(), 1U);
    Vector labels;
    labels.reset(Physical::text, count);
    std::vector<std::uint64_t> numbers;
    for (std::size_t i = 0; i < count; ++i) {
        labels.data<std::string_view>()[i] = industries[mix(i) % industries.size()];
        numbers.push_back(i);
    }
    const Vector* inputs[] = {&labels};
    Vector out;
    (*kernel)->pick(numbers, {inputs}, out);
    std::vector<std::string> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(bench.text(column, out, i));
    return values;
}

TEST(Topics, TheLastKnownWordOfALabelTells) {
    const Topics topics("industry_words");
    const auto of = [&](std::string_view label) {
        const int topic = topics.of(label);
        return topic == Topics::none ? std::string_view("none")
                                     : topics.names()[static_cast<std::size_t>(topic)];
    };
    EXPECT_EQ(of("Technology"), "technology");
    EXPECT_EQ(of("IT"), "technology");
    EXPECT_EQ(of("italic"), "none") << "short stems are whole words";
    EXPECT_EQ(of("Health Insurance"), "insurance");
    EXPECT_EQ(of("HEALTHCARE"), "health");
    EXPECT_EQ(of("Hospitality & Tourism"), "hospitality");
    EXPECT_EQ(of("Consumer electronics"), "electronics");
    EXPECT_EQ(of("Electricity"), "energy");
    EXPECT_EQ(of("oil_gas"), "energy");
    EXPECT_EQ(of(""), "none");
    EXPECT_EQ(of("Other"), "none");
    EXPECT_EQ(Topics("no such list").of("Energy"), Topics::none);
}

// Every industry of the vocabulary's own list has words of its own.
TEST(Topics, TheIndustriesOfTheVocabularyAreKnown) {
    const Topics topics("industry_words");
    for (const std::string& industry : entries("list.industries.name")) {
        EXPECT_NE(topics.of(industry), Topics::none) << industry;
    }
}

// What unique names rely on: see data/phrases/names.txt.
TEST(Companies, TradesOfAllIndustriesDifferButAtTheSamePlace) {
    const Topics topics("industry_words");
    std::vector<std::vector<std::string>> families = {entries("phrase.company.trade")};
    for (const std::string_view topic : topics.names()) {
        families.push_back(entries("phrase.company.trade." + std::string(topic)));
        EXPECT_EQ(families.back().size(), families.front().size()) << topic;
    }
    std::vector<std::string> forms;
    for (const std::string locale :
         {"", ".de_DE", ".fr_FR", ".es_ES", ".it_IT", ".pt_BR", ".nl_NL", ".pl_PL", ".en_GB"}) {
        for (const std::string& form : entries("phrase.company.form" + locale)) forms.push_back(form);
    }
    const auto letters = [](const std::string& text) {
        std::string kept;
        for (const char c : text) {
            if ((c | 32) >= 'a' && (c | 32) <= 'z') kept += static_cast<char>(c | 32);
        }
        return kept;
    };
    for (const auto& one : families) {
        for (std::size_t i = 0; i < one.size(); ++i) {
            EXPECT_EQ(std::count(forms.begin(), forms.end(), one[i]), 0) << one[i];
            for (const auto& other : families) {
                for (std::size_t j = 0; j < other.size(); ++j) {
                    if (i != j) {
                        EXPECT_FALSE(letters(one[i]).ends_with(letters(other[j])))
                            << one[i] << " / " << other[j];
                    }
                }
            }
        }
    }
}

TEST(Companies, NamesGoWithTheIndustryOfTheRow) {
    Bench bench;
    const std::size_t name = bench.add("name", type_of(TypeKind::text),
                                       R"({"generator":"company","field":"name","industry":"industry"})");
    bench.unique = true;
    const auto count_of = [&](const std::vector<std::string>& names, const std::string& family) {
        std::size_t found = 0;
        for (const std::string& each : names) {
            for (const std::string& word : entries("phrase.company.trade" + family)) {
                if (each.find(' ' + word) != std::string::npos) {
                    ++found;
                    break;
                }
            }
        }
        return found;
    };
    const auto schools = pick_with(bench, name, 1000, {"Education"});
    EXPECT_GT(count_of(schools, ".education"), 800U);
    // Some people are called Power or Wealth.
    EXPECT_LT(
        count_of(schools, ".manufacturing") + count_of(schools, ".energy") + count_of(schools, ".finance"),
        5U);
    const auto banks = pick_with(bench, name, 1000, {"Financial services"});
    EXPECT_GT(count_of(banks, ".finance"), 800U);
    EXPECT_LT(count_of(banks, ".education") + count_of(banks, ".food"), 5U);
    EXPECT_GT(count_of(pick_with(bench, name, 1000, {"Other"}), ""), 800U);
}

TEST(Companies, NamesAndAddressesStayUniqueWhateverTheIndustries) {
    const std::vector<std::string> industries = entries("list.industries.name");
    constexpr std::size_t rows = 100'000;
    for (const auto& [field, length] :
         {std::pair{"name", -1}, {"name", 24}, {"email", 120}, {"website", 60}, {"ticker", -1}}) {
        Bench bench;
        bench.rows = rows;
        bench.unique = true;
        const plan::Json generator = {{"generator", "company"}, {"field", field}, {"industry", "industry"}};
        const auto type = length < 0 ? type_of(TypeKind::text) : type_of(TypeKind::varchar, length);
        const std::size_t column = bench.add("c", type, generator.dump());
        const auto values = pick_with(bench, column, rows, industries);
        EXPECT_EQ(as_set(values).size(), rows) << field << " " << length;
        if (field != std::string("name") || length > 0) continue;
        for (const std::string& value : values) EXPECT_EQ(value.find('['), std::string::npos) << value;
    }
}

TEST(Companies, ARecordAgreesWithItsOwnIndustry) {
    Bench bench;
    const std::size_t name =
        bench.add("name", type_of(TypeKind::text), R"({"generator":"company","field":"name"})");
    const std::size_t industry =
        bench.add("industry", type_of(TypeKind::text), R"({"generator":"company","field":"industry"})");
    const auto names = bench.draw(name, 3000);
    const auto industries = bench.draw(industry, 3000);
    std::size_t energy = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].ends_with(" Energy")) {
            ++energy;
            EXPECT_TRUE(industries[i] == "Energy" || industries[i] == "Utilities")
                << names[i] << " " << industries[i];
        }
        if (names[i].ends_with(" Academy")) {
            EXPECT_EQ(industries[i], "Education") << names[i];
        }
    }
    EXPECT_GT(energy, 2U);
}

}  // namespace
}  // namespace confab::engine
