#include "sink/file_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace confab::sink {
namespace {

using testing::ElementsAre;

std::vector<std::string> names_of(const std::vector<schema::QualifiedName>& tables) {
    schema::Schema schema;
    for (const auto& name : tables) {
        schema.tables.emplace_back();
        schema.tables.back().name = name;
    }
    return csv_file_names(schema);
}

TEST(FileNames, AreTheTablesOwn) {
    EXPECT_THAT(names_of({{"", "orders"}, {"sales", "orders"}, {"", "Order Details"}, {"", "naïve ☃"}}),
                ElementsAre("orders.csv", "sales.orders.csv", "Order Details.csv", "naïve ☃.csv"));
}

TEST(FileNames, StayInTheirFolder) {
    EXPECT_THAT(names_of({{"", "../../etc/passwd"}, {"", ".."}, {"", "a\nb"}, {"", "it's"}, {"", "-rf"}, {"", "con"}, {"", ".x"}}),
                ElementsAre("_.._.._etc_passwd.csv", "_...csv", "a_b.csv", "it_s.csv", "_-rf.csv", "_con.csv", "_.x.csv"));
}

TEST(FileNames, DifferWhereCaseDoesNotMatter) {
    EXPECT_THAT(names_of({{"", "Users"}, {"", "users"}, {"", "a/b"}, {"", "a:b"}, {"", "ÄPFEL"}, {"", "äpfel"}, {"", "s.t"}, {"s", "t"}}),
                ElementsAre("Users.csv", "users-2.csv", "a_b.csv", "a_b-2.csv", "ÄPFEL.csv", "äpfel-2.csv", "s.t.csv", "s.t-2.csv"));
}

TEST(FileNames, AreCutWhereTheyAreTooLong) {
    std::string lengthy;
    for (int i = 0; i < 100; ++i) lengthy += "漢";
    const auto names = names_of({{lengthy, lengthy}, {lengthy, lengthy + "2"}});
    EXPECT_LE(names[1].size(), 255U);
    EXPECT_NE(names[0], names[1]);
}

}  // namespace
}  // namespace confab::sink
