// Cases as data: tests/planner/inference/*.txt and tests/planner/words/*.txt. A file is DDL, a line `----`,
// and expectations, one a line:
//
//   orders.status: choice                 the generator's kind; further words must stand in the column's
//   entry orders rows: 5000                     text that the table's `rows` contains orders rules: a = b
//   text among the table's rules orders overrides: cancelled           text among the table's overrides
//   understood: orders: 5,000 rows        text of a line of what was understood (of all of them, when one is
//   given) not possible: not among its values    likewise; every such line has to be expected not understood:
//   paint it blue         likewise note: only 5 rows                     text of a note say: 30 % of orders
//   are cancelled     an instruction: the plan is made anew, expectations follow
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <sstream>

#include "base/text.hpp"
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

void check_table(const plan::Plan& plan, const std::string& subject, const std::string& expected,
                 const std::string& where) {
    const std::size_t space = subject.find(' ');
    const std::string what = subject.substr(space + 1);
    const plan::TablePlan* table = plan.find(subject.substr(0, space));
    ASSERT_NE(table, nullptr) << where;
    const plan::Json written = plan::Json::parse(plan::write(plan))["tables"][table->table];
    ASSERT_TRUE(written.contains(what)) << where << " has no " << what;
    EXPECT_NE(written[what].dump().find(expected), std::string::npos) << where << "\n"
                                                                      << written[what].dump();
}

void check_column(const plan::Plan& plan, const std::string& subject, const std::string& expected,
                  const std::string& where) {
    const std::size_t dot = subject.find('.');
    const plan::Json written = plan::Json::parse(plan::write(plan));
    const std::string table = subject.substr(0, dot), column = subject.substr(dot + 1);
    ASSERT_TRUE(written["tables"].contains(table)) << where;
    ASSERT_TRUE(written["tables"][table]["columns"].contains(column)) << where;
    const std::string entry = written["tables"][table]["columns"][column].dump();
    std::istringstream words(expected);
    std::string word;
    words >> word;
    EXPECT_EQ(written["tables"][table]["columns"][column]["generator"].get<std::string>(), word)
        << where << "\n"
        << entry;
    while (words >> word)
        EXPECT_NE(entry.find(word), std::string::npos) << where << ": no " << word << " in\n" << entry;
}

struct Block {
    std::string instruction;
    std::vector<std::string> expectations;
};

std::vector<Block> blocks_of(const std::string& text) {
    std::istringstream lines(text);
    std::string line;
    std::vector<Block> blocks(1);
    while (std::getline(lines, line)) {
        if (line.empty() || line[0] == '#') continue;
        if (!line.starts_with("say:")) {
            blocks.back().expectations.push_back(line);
            continue;
        }
        if (!blocks.back().instruction.empty() || !blocks.back().expectations.empty()) blocks.emplace_back();
        blocks.back().instruction = after(line, 4);
    }
    return blocks;
}

void check_block(const schema::Schema& schema, const Block& block, const std::string& file) {
    const std::string said = file + ": say: " + block.instruction;
    const auto planned = planner::make_plan(schema, block.instruction, {});
    ASSERT_TRUE(planned) << said << "\n" << to_text(planned.error());
    const Status valid = plan::validate(planned->plan, schema);
    EXPECT_TRUE(valid) << said << "\n" << (valid ? "" : to_text(valid.error()));
    const std::map<std::string, std::vector<std::string>> spoken = {
        {"understood", planned->understood},
        {"not possible", planned->refused},
        {"not understood", planned->not_understood},
        {"note", planned->notes}};
    std::map<std::string, std::size_t> expected_lines;
    for (const std::string& expectation : block.expectations) {
        const std::string where = said + "\n" + expectation;
        const std::size_t colon = expectation.find(": ");
        ASSERT_NE(colon, std::string::npos) << where;
        const std::string subject = expectation.substr(0, colon), expected = after(expectation, colon + 1);
        if (const auto list = spoken.find(subject); list != spoken.end()) {
            ++expected_lines[subject];
            const auto contains = [&](const std::string& each) {
                return each.find(expected) != std::string::npos;
            };
            EXPECT_TRUE(std::any_of(list->second.begin(), list->second.end(), contains))
                << where << "\n"
                << join(list->second, "\n");
        } else if (subject.find(' ') != std::string::npos) {
            check_table(planned->plan, subject, expected, where);
        } else {
            check_column(planned->plan, subject, expected, where);
        }
    }
    EXPECT_EQ(planned->not_understood.size(), expected_lines["not understood"])
        << said << "\n"
        << join(planned->not_understood, "\n");
    EXPECT_EQ(planned->refused.size(), expected_lines["not possible"]) << said << "\n"
                                                                       << join(planned->refused, "\n");
    if (expected_lines["understood"] > 0) {
        EXPECT_EQ(planned->understood.size(), expected_lines["understood"])
            << said << "\n"
            << join(planned->understood, "\n");
    }
}

void run_case(const std::filesystem::path& path) {
    const std::string text = read_file(path);
    const std::size_t cut = text.find("\n----");
    ASSERT_NE(cut, std::string::npos) << path;
    const auto document = ddl::read({path.filename().string(), text.substr(0, cut)});
    ASSERT_TRUE(document) << to_text(document.error());
    for (const Block& block : blocks_of(text.substr(text.find('\n', cut + 1) + 1)))
        check_block(document->schema, block, path.filename().string());
}

void run_folder(const char* name) {
    std::size_t cases = 0;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(CONFAB_SOURCE_DIR) /
                                                                 "tests/planner" / name)) {
        if (entry.path().extension() != ".txt") continue;
        run_case(entry.path());
        ++cases;
    }
    EXPECT_GT(cases, 0U);
}

TEST(Planner, InfersColumns) {
    run_folder("inference");
}
TEST(Planner, ReadsInstructions) {
    run_folder("words");
}

}  // namespace
}  // namespace confab
