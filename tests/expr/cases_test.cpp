// Runs tests/expr/facts/*.txt (conditions => what analysis finds) and tests/expr/cases/*.txt: lines of probe.hpp, and `SQL => value | value` with one value a row. A single
// value after `=>*` holds for every row; `error: TEXT` is a part of the message.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "probe.hpp"

namespace confab::expr::test {
namespace {

class Cases : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Cases, EachExpressionHasItsValues) {
    std::ifstream file(GetParam());
    Probe probe;
    std::string line;
    int number = 0;
    int checked = 0;
    while (std::getline(file, line)) {
        ++number;
        if (line.empty() || line[0] == '#') continue;
        const std::size_t arrow = line.rfind(" =>");
        if (arrow == std::string::npos) {
            ASSERT_TRUE(probe.take(line)) << GetParam() << ":" << number << ": " << line;
            continue;
        }
        const bool all = line[arrow + 3] == '*';
        const std::string_view expected = trim(std::string_view(line).substr(arrow + (all ? 4 : 3)));
        const std::vector<std::string> values = probe.values(line.substr(0, arrow));
        ++checked;
        SCOPED_TRACE(GetParam().filename().string() + ":" + std::to_string(number) + ": " + line);
        if (expected.starts_with("error:") || values[0].starts_with("error:")) {
            EXPECT_THAT(values[0], testing::HasSubstr(std::string(trim(expected.substr(expected.find(':') + 1)))));
            EXPECT_TRUE(values[0].starts_with("error:")) << values[0];
            continue;
        }
        std::vector<std::string> wanted;
        for (const std::string_view value : split(expected, '|')) wanted.emplace_back(trim(value));
        if (all) wanted.assign(values.size(), wanted[0]);
        EXPECT_EQ(values, wanted);
    }
    EXPECT_GT(checked, 0);
}

class FactCases : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(FactCases, EachConditionHasItsFacts) {
    std::ifstream file(GetParam());
    Probe probe;
    std::string line;
    int checked = 0;
    while (std::getline(file, line)) {
        if (line.empty() || line[0] == '#') continue;
        const std::size_t arrow = line.find(" =>");
        if (arrow == std::string::npos) {
            ASSERT_TRUE(probe.take(line)) << line;
            continue;
        }
        ++checked;
        EXPECT_EQ(trim(probe.facts(line.substr(0, arrow))), trim(std::string_view(line).substr(arrow + 3))) << line;
    }
    EXPECT_GT(checked, 0);
}

std::vector<std::filesystem::path> case_files(std::string_view folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(CONFAB_SOURCE_DIR "/tests/expr/") + std::string(folder))) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

INSTANTIATE_TEST_SUITE_P(Files, Cases, testing::ValuesIn(case_files("cases")),
                         [](const auto& file) { return file.param.stem().string(); });

INSTANTIATE_TEST_SUITE_P(Files, FactCases, testing::ValuesIn(case_files("facts")),
                         [](const auto& file) { return file.param.stem().string(); });

}  // namespace
}  // namespace confab::expr::test
