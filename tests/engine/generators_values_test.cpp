#include <algorithm>
#include <numeric>

#include <re2/re2.h>

#include "base/dates.hpp"
#include "engine/generators/distribution.hpp"
#include "engine/generators/exact_math.hpp"
#include "engine/generators/regex_tree.hpp"
#include "generators_fixture.hpp"

namespace confab::engine {
namespace {

using testing::as_set;
using testing::Bench;
using testing::draw_one;
using testing::type_of;
using schema::TypeKind;

TEST(ExactMath, KnownValues) {
    EXPECT_NEAR(exact_exp(1), 2.718281828459045, 1e-14);
    EXPECT_NEAR(exact_exp(-20), 2.061153622438558e-9, 1e-22);
    EXPECT_NEAR(exact_log(10), 2.302585092994046, 1e-14);
    EXPECT_NEAR(exact_pow(2, 0.5), 1.4142135623730951, 1e-14);
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-8);
    EXPECT_NEAR(normal_quantile(0.0001), -3.719016485455709, 1e-7);
}

TEST(Distribution, ShapesKeepTheirMomentsAndLimits) {
    const auto sample = [](const DistributionOptions& options) {
        Result<Distribution> made = Distribution::make(0, 1'000'000, options);
        EXPECT_TRUE(made);
        std::vector<double> values;
        for (std::uint64_t i = 0; i < 200'000; ++i) {
            const std::int64_t value = (*made)(mix(i));
            EXPECT_GE(value, 0);
            EXPECT_LE(value, 1'000'000);
            values.push_back(static_cast<double>(value));
        }
        std::sort(values.begin(), values.end());
        return values;
    };
    const auto mean = [](const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()); };
    DistributionOptions options;
    EXPECT_NEAR(mean(sample(options)), 500'000, 5'000);
    options.shape = Shape::normal;
    options.has_mean = true;
    options.mean = 400'000;
    options.deviation = 50'000;
    const auto normal = sample(options);
    EXPECT_NEAR(mean(normal), 400'000, 1'000);
    EXPECT_NEAR(normal[normal.size() * 84134 / 100000] - normal[normal.size() / 2], 50'000, 1'500);
    options.shape = Shape::lognormal;
    options.mean = 1000;
    options.deviation = 0.8;
    const auto lognormal = sample(options);
    EXPECT_NEAR(lognormal[lognormal.size() / 2], 1000, 25);
    EXPECT_GT(mean(lognormal), 1250);
    EXPECT_LT(lognormal.back(), 100'000) << "a long tail, but no row at the limit by itself";
    options.shape = Shape::exponential;
    options.mean = 5000;
    EXPECT_NEAR(mean(sample(options)), 5000, 100);
}

TEST(Distribution, ZipfPrefersTheFirst) {
    DistributionOptions options;
    options.shape = Shape::zipf;
    Result<Distribution> made = Distribution::make(1, 1000, options);
    ASSERT_TRUE(made);
    std::vector<int> counts(1001);
    for (std::uint64_t i = 0; i < 100'000; ++i) ++counts[static_cast<std::size_t>((*made)(mix(i)))];
    EXPECT_GT(counts[1], counts[2]);
    EXPECT_GT(counts[2], counts[10]);
    EXPECT_GT(counts[1], 3000);
}

TEST(Numbers, LimitsAndScalesHold) {
    for (const std::string& value : draw_one(type_of(TypeKind::numeric, -1, 5, 2), R"({"generator":"decimal","min":1.25,"max":999.99,"distribution":"lognormal","mean":40})", 5000)) {
        EXPECT_TRUE(RE2::FullMatch(value, R"(\d{1,3}\.\d\d)")) << value;
        EXPECT_GE(std::stod(value), 1.25);
    }
    for (const std::string& value : draw_one(type_of(TypeKind::numeric, -1, 8, 2), R"({"generator":"decimal","min":5,"max":60,"endings":[0.99,0.5]})", 2000)) {
        EXPECT_TRUE(value.ends_with(".99") || value.ends_with(".50")) << value;
    }
    for (const std::string& value : draw_one(type_of(TypeKind::numeric, -1, 2, 1), R"({"generator":"decimal","min":1,"max":5,"step":0.5})", 500)) {
        EXPECT_TRUE(value.ends_with(".0") || value.ends_with(".5")) << value;
    }
    Bench bench;
    const std::size_t column = bench.add("c", type_of(TypeKind::smallint), R"({"generator":"integer","min":0,"max":40000})");
    EXPECT_FALSE(bench.make(column)) << "40,000 is no smallint";
}

TEST(Numbers, PickCountsEveryValueOnce) {
    Bench bench;
    const std::size_t column = bench.add("c", type_of(TypeKind::integer), R"({"generator":"integer","min":-50,"max":950,"step":10})");
    Result<std::unique_ptr<Kernel>> kernel = bench.make(column);
    ASSERT_TRUE(kernel);
    EXPECT_EQ((*kernel)->capacity(), 101U);
    EXPECT_EQ(as_set(bench.pick(column, 101)).size(), 101U);
}

TEST(Choices, SharesFollowTheWeightsAndZeroNeverComes) {
    const auto values = draw_one(type_of(TypeKind::text), R"({"generator":"choice","values":["a","b","c"],"weights":[3,1,0]})", 40'000);
    const auto count = [&](const char* value) { return static_cast<double>(std::count(values.begin(), values.end(), value)); };
    EXPECT_NEAR(count("a") / 40'000, 0.75, 0.01);
    EXPECT_EQ(count("c"), 0);
}

TEST(Choices, LabelsOfAnEnumerationAreTheirPositions) {
    Bench bench;
    bench.schema.enumerations.push_back({{"", "mood"}, {"sad", "ok", "happy"}, ""});
    schema::Type mood = type_of(TypeKind::enumeration);
    mood.user_type.name = "mood";
    const auto values = as_set(bench.draw(bench.add("c", mood, R"({"generator":"choice","values":["happy","sad"]})"), 100));
    EXPECT_EQ(values, (std::set<std::string>{"happy", "sad"}));
}

TEST(Times, DaysAndHoursAreThoseAskedFor) {
    for (const std::string& value : draw_one(type_of(TypeKind::timestamp), R"({"generator":"timestamp","from":"2024-01-01","to":"2024-12-31","weekdays":"working","hours":"office","shape":"growth"})", 3000)) {
        const auto day = parse_date(value.substr(0, 10));
        ASSERT_TRUE(day) << value;
        EXPECT_LE(weekday_of(*day), 5) << value;
        EXPECT_GE(value.substr(11, 2), "08") << value;
        EXPECT_LE(value.substr(11, 2), "17") << value;
    }
}

TEST(Times, AGrowingVolumeIsLargerAtTheEnd) {
    const auto values = draw_one(type_of(TypeKind::date), R"({"generator":"date","from":"2020-01-01","to":"2023-12-31","shape":"growth"})", 20'000);
    const auto early = std::count_if(values.begin(), values.end(), [](const std::string& v) { return v < "2021-01-01"; });
    const auto late = std::count_if(values.begin(), values.end(), [](const std::string& v) { return v >= "2023-01-01"; });
    EXPECT_GT(late, early * 2);
}

TEST(Opaque, UuidsHaveTheirVersionAndDiffer) {
    Bench bench;
    bench.unique = true;
    const std::size_t four = bench.add("a", type_of(TypeKind::uuid), R"({"generator":"uuid"})");
    const std::size_t seven = bench.add("b", type_of(TypeKind::uuid), R"({"generator":"uuid","version":7})");
    for (const std::string& value : bench.draw(four, 200)) EXPECT_TRUE(RE2::FullMatch(value, "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")) << value;
    for (const std::string& value : bench.draw(seven, 200)) EXPECT_TRUE(RE2::FullMatch(value, "01[0-9a-f]{6}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")) << value;
    EXPECT_EQ(as_set(bench.pick(four, 50'000)).size(), 50'000U);
}

TEST(Templates, NumbersSpellTheDigits) {
    Bench bench;
    const std::size_t column = bench.add("c", type_of(TypeKind::varchar, 20), R"({"generator":"template","template":"INV-{kind}-{###}","fields":{"kind":{"generator":"choice","values":["A","BB"]}}})");
    EXPECT_EQ(as_set(bench.pick(column, 1000)).size(), 1000U);
    for (const std::string& value : bench.draw(column, 300)) EXPECT_TRUE(RE2::FullMatch(value, R"(INV-(A|BB)-\d{3})")) << value;
}

TEST(Templates, TooLongAndUnknownAreErrors) {
    Bench bench;
    EXPECT_FALSE(bench.make(bench.add("a", type_of(TypeKind::varchar, 5), R"({"generator":"template","template":"INV-{####}"})")));
    EXPECT_FALSE(bench.make(bench.add("b", type_of(TypeKind::text), R"({"generator":"template","template":"{nobody}"})")));
    EXPECT_FALSE(bench.make(bench.add("d", type_of(TypeKind::text), R"({"generator":"template","template":"{####"})")));
}

class Patterns : public ::testing::TestWithParam<const char*> {};

TEST_P(Patterns, StringsMatchAndNumbersDiffer) {
    Result<RegexNode> node = parse_regex(GetParam());
    ASSERT_TRUE(node);
    const RE2 judge(GetParam());
    const std::uint64_t count = count_strings(*node);
    std::set<std::string> seen;
    for (std::uint64_t i = 0; i < 3000; ++i) {
        std::string text;
        std::uint64_t state = mix(i);
        append_random(*node, state, text);
        EXPECT_TRUE(RE2::FullMatch(text, judge)) << text;
        if (i >= count) continue;
        text.clear();
        append_numbered(*node, count <= 3000 ? i : bounded(mix(i), count), text);
        EXPECT_TRUE(RE2::FullMatch(text, judge)) << text;
        if (count <= 3000) {
            EXPECT_TRUE(seen.insert(text).second) << text;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, Patterns,
                         ::testing::Values("^[A-Z]{2}[0-9]{2}$", "(red|green|blue)-\\d{1,2}", "[a-c]*x", "\\+?[0-9]{7,15}", "[^@]+@[^@]+\\.com", "a|b|[0-9]{2}", "(?i)abc", "^\\w{3,8}$",
                                           "[[:upper:]]\\d", "(ab){0,3}c?", "\\x41\\.", "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,4}", "", "x", "[a-z]?[a-z]"));

TEST(Patterns, RepeatsAreShortenedToTheColumn) {
    for (const std::string& value : draw_one(type_of(TypeKind::varchar, 6), R"({"generator":"regex","pattern":"[a-z]+-[0-9]+"})", 500)) {
        EXPECT_LE(value.size(), 6U);
        EXPECT_TRUE(RE2::FullMatch(value, "[a-z]+-[0-9]+")) << value;
    }
}

}  // namespace
}  // namespace confab::engine
