// Cases of tests/ddl/cases/<dialect>/*.case: source text, a line `==== as PostgreSQL`, what it must become.
//
// A new case is a file with the source alone: the test prints what it became, to be read and added.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "ddl/rewrite.hpp"

namespace confab::ddl {
namespace {

constexpr std::string_view divider = "==== as PostgreSQL\n";

std::string rendered(const Rewritten& rewritten) {
    std::string text;
    for (const RewrittenStatement& statement : rewritten.statements)
        text += statement.sql.empty() ? "-- passed over: " + statement.passed_over_kind + "\n" : statement.sql + ";\n";
    for (const std::string& warning : rewritten.warnings) text += "-- warning: " + warning + "\n";
    for (const Hint& hint : rewritten.hints)
        if (hint.on_update_now) text += "-- on update now: " + hint.table + "." + hint.column + "\n";
    return text;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::filesystem::path> case_files() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(CONFAB_SOURCE_DIR) / "tests/ddl/cases"))
        if (entry.path().extension() == ".case") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

class RewriteCase : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(RewriteCase, BecomesWhatTheFileSays) {
    const std::string text = read_file(GetParam());
    const std::size_t end = text.find(divider);
    ASSERT_NE(end, std::string::npos) << "no line `==== as PostgreSQL` in " << GetParam();
    const std::string source = text.substr(0, end);
    const std::optional<Dialect> dialect = dialect_of(GetParam().parent_path().filename().string());
    ASSERT_TRUE(dialect);
    const Result<Rewritten> rewritten = rewrite(source, *dialect, "case.sql");
    const std::string actual = rewritten ? rendered(*rewritten) : to_text(rewritten.error()) + "\n";
    EXPECT_EQ(actual, text.substr(end + divider.size()));
    // Each offset of the map is inside of both texts, and the map ascends.
    if (!rewritten) return;
    for (const RewrittenStatement& statement : rewritten->statements) {
        EXPECT_LE(statement.source_offset, source.size());
        std::size_t last = 0;
        for (const Mapping& mapping : statement.mappings) {
            EXPECT_GE(mapping.output_offset, last);
            EXPECT_LE(mapping.output_offset, statement.sql.size());
            EXPECT_LE(mapping.source_offset, source.size());
            last = mapping.output_offset;
        }
    }
}

// The dialect of each case is also what detection says of its source.
TEST_P(RewriteCase, IsDetected) {
    const std::string text = read_file(GetParam());
    const std::string expected = GetParam().parent_path().filename().string();
    EXPECT_EQ(name_of(detect_dialect(text.substr(0, text.find(divider)))), name_of(*dialect_of(expected)));
}

INSTANTIATE_TEST_SUITE_P(Files, RewriteCase, testing::ValuesIn(case_files()), [](const auto& each) {
    std::string name = each.param.parent_path().filename().string() + "_" + each.param.stem().string();
    std::replace_if(name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
    return name;
});

}  // namespace
}  // namespace confab::ddl
