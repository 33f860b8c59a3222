// Values that a version of the engine stands for: the same on any machine, for any threads, from one build to the next.
#include <gtest/gtest.h>

#include <iterator>
#include <thread>

#include "made.hpp"

namespace confab::engine::test {
namespace {

constexpr const char* shop = R"p(
create table customer (id serial primary key, code varchar(6) not null unique, joined date not null);
create table orders (id serial primary key, customer_id int not null references customer, placed timestamp not null,
                     total numeric(12,2), note text);
create table item (order_id int not null references orders, line int not null, quantity int not null check (quantity % 2 = 0),
                   price numeric(10,2) not null, primary key (order_id, line));
)p";
constexpr const char* shop_plan = R"p(
"customer": {"rows": 300, "columns": {"id": {"generator": "sequence"}, "code": {"generator": "regex", "pattern": "[A-Z]{2}[0-9]{4}"},
  "joined": {"generator": "date", "from": "2020-01-01", "to": "2024-12-31"}}},
"orders": {"rows": 5000, "columns": {"id": {"generator": "sequence"}, "customer_id": {"generator": "reference", "skew": 0.4},
  "placed": {"generator": "event_time", "from": "2024-01-01", "to": "2024-12-31"},
  "total": {"generator": "expression", "sql": "sum(item.price)"}, "note": {"generator": "regex", "pattern": "[a-z]{3,9}", "nulls": 0.5}}},
"item": {"rows": {"per": "order_id", "mean": 2}, "columns": {"order_id": {"generator": "reference"}, "line": {"generator": "ordinal"},
  "quantity": {"generator": "integer", "min": 1, "max": 40}, "price": {"generator": "decimal", "min": 1, "max": 90}}})p";

// FNV-1a over the text of all cells, each ended by a zero.
std::uint64_t checksum(const Rows& rows) {
    std::uint64_t sum = 0xCBF29CE484222325ULL;
    const auto add = [&](unsigned char byte) { sum = (sum ^ byte) * 0x100000001B3ULL; };
    for (const auto& row : rows) {
        for (const std::string& cell : row) {
            for (const char c : cell) add(static_cast<unsigned char>(c));
            add(0);
        }
    }
    return sum;
}

TEST(Golden, ValuesOfThisEngineVersion) {
    constexpr const char* advice = "other values come out: when that is meant, raise engine_version and put the new checksums here";
    const Made first(shop, shop_plan, 42);
    ASSERT_EQ(first.error(), "");
    EXPECT_EQ(checksum(first.rows("customer")), 14396184518925315024U) << advice;
    EXPECT_EQ(checksum(first.rows("orders")), 12461223657650556382U) << advice;
    EXPECT_EQ(checksum(first.rows("item")), 4921778306425871568U) << advice;
    const Made other(shop, shop_plan, 7);
    ASSERT_EQ(other.error(), "");
    EXPECT_EQ(checksum(other.rows("orders")), 9944386298369600496U) << advice;
    EXPECT_EQ(first.fill_error() + other.fill_error(), "");
}

TEST(Golden, TwoThreadsMakeWhatOneMakes) {
    const Made made(shop, shop_plan, 42);
    ASSERT_EQ(made.error(), "");
    for (const std::string table : {"customer", "orders", "item"}) {
        const Rows whole = made.rows(table);
        const std::uint64_t middle = whole.size() / 3;
        Rows low;
        Rows high;
        std::thread other([&] { high = made.rows(table, middle, whole.size()); });
        low = made.rows(table, 0, middle);
        other.join();
        low.insert(low.end(), std::make_move_iterator(high.begin()), std::make_move_iterator(high.end()));
        ASSERT_EQ(made.fill_error(), "");
        EXPECT_EQ(low, whole) << table;
    }
}

}  // namespace
}  // namespace confab::engine::test
