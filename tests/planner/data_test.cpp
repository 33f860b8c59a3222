// Cases as data: tests/planner/inference/*.txt and tests/planner/words/*.txt. A file is DDL, a line `----`, and
// expectations, one a line:
//
//   orders.status: choice                 the generator's kind; further words must stand in the column's entry
//   orders rows: 5000                     text that the table's `rows` contains
//   orders rules: a = b                   text among the table's rules
//   orders overrides: cancelled           text among the table's overrides
//   say: 30 % of orders are cancelled     the instruction (once, first)
//   not understood: paint it blue         one part that was not understood
//   note: not among its values            text of a note
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "ddl/ddl.hpp"
#include "plan/plan.hpp"
#include "planner/planner.hpp"

namespace confab {
namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string after(const std::string& line, std::size_t at) {
    while (at < line.size() && line[at] == ' ') ++at;
    return line.substr(at);
}

void check_table(const plan::Plan& plan, const std::string& subject, const std::string& expected, const std::string& where) {
    const std::size_t space = subject.find(' ');
    const std::string what = subject.substr(space + 1);
    const plan::TablePlan* table = plan.find(subject.substr(0, space));
    ASSERT_NE(table, nullptr) << where;
    const plan::Json written = plan::Json::parse(plan::write(plan))["tables"][table->table];
    ASSERT_TRUE(written.contains(what)) << where << " has no " << what;
    EXPECT_NE(written[what].dump().find(expected), std::string::npos) << where << "\n" << written[what].dump();
}

void check_column(const plan::Plan& plan, const std::string& subject, const std::string& expected, const std::string& where) {
    const std::size_t dot = subject.find('.');
    const plan::Json written = plan::Json::parse(plan::write(plan));
    const std::string table = subject.substr(0, dot), column = subject.substr(dot + 1);
    ASSERT_TRUE(written["tables"].contains(table)) << where;
    ASSERT_TRUE(written["tables"][table]["columns"].contains(column)) << where;
    const std::string entry = written["tables"][table]["columns"][column].dump();
    std::istringstream words(expected);
    std::string word;
    words >> word;
    EXPECT_EQ(written["tables"][table]["columns"][column]["generator"].get<std::string>(), word) << where << "\n" << entry;
    while (words >> word) EXPECT_NE(entry.find(word), std::string::npos) << where << ": no " << word << " in\n" << entry;
}

void run_case(const std::filesystem::path& path) {
    const std::string text = read_file(path);
    const std::size_t cut = text.find("\n----");
    ASSERT_NE(cut, std::string::npos) << path;
    const auto document = ddl::read({path.filename().string(), text.substr(0, cut)});
    ASSERT_TRUE(document) << to_text(document.error());
    std::istringstream lines(text.substr(text.find('\n', cut + 1) + 1));
    std::string line, instruction;
    std::vector<std::string> expectations;
    while (std::getline(lines, line)) {
        if (line.starts_with("say:")) instruction = after(line, 4);
        else if (!line.empty() && line[0] != '#') expectations.push_back(line);
    }
    const auto planned = planner::make_plan(document->schema, instruction, {});
    ASSERT_TRUE(planned) << to_text(planned.error());
    const Status valid = plan::validate(planned->plan, document->schema);
    EXPECT_TRUE(valid) << path << "\n" << (valid ? "" : to_text(valid.error()));
    std::string not_understood, notes;
    for (const std::string& each : planned->not_understood) not_understood += each + "\n";
    for (const std::string& each : planned->notes) notes += each + "\n";
    bool expects_not_understood = false;
    for (const std::string& expectation : expectations) {
        const std::string where = path.filename().string() + ": " + expectation;
        const std::size_t colon = expectation.find(": ");
        ASSERT_NE(colon, std::string::npos) << where;
        const std::string subject = expectation.substr(0, colon), expected = after(expectation, colon + 1);
        if (subject == "not understood") {
            expects_not_understood = true;
            EXPECT_NE(not_understood.find(expected), std::string::npos) << where << "\n" << not_understood;
        } else if (subject == "note") {
            EXPECT_NE(notes.find(expected), std::string::npos) << where << "\n" << notes;
        } else if (subject.find(' ') != std::string::npos) {
            check_table(planned->plan, subject, expected, where);
        } else {
            check_column(planned->plan, subject, expected, where);
        }
    }
    if (!expects_not_understood) { EXPECT_EQ(not_understood, "") << path; }
}

void run_folder(const char* name) {
    std::size_t cases = 0;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(CONFAB_SOURCE_DIR) / "tests/planner" / name)) {
        if (entry.path().extension() != ".txt") continue;
        run_case(entry.path());
        ++cases;
    }
    EXPECT_GT(cases, 0U);
}

TEST(Planner, InfersColumns) { run_folder("inference"); }
TEST(Planner, ReadsInstructions) { run_folder("words"); }

}  // namespace
}  // namespace confab
