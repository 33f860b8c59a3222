#include "sink/csv.hpp"

#include <gtest/gtest.h>

namespace confab::sink {
namespace {

using schema::Type;
using schema::TypeKind;

std::string field(std::string_view text) {
    ByteBuffer out;
    append_field(text, out);
    return std::string(out.view());
}

TEST(CsvField, IsQuotedOnlyWhenItMustBe) {
    EXPECT_EQ(field("plain"), "plain");
    EXPECT_EQ(field(" spaces stay "), " spaces stay ");
    EXPECT_EQ(field(""), "\"\"");
    EXPECT_EQ(field("a,b"), "\"a,b\"");
    EXPECT_EQ(field("say \"hi\""), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(field("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(field("\r"), "\"\r\"");
    EXPECT_EQ(field("\\."), "\"\\.\"");
    EXPECT_EQ(field("\\n"), "\\n");
}

TEST(CsvField, ASpecialCharacterIsFoundAnywhere) {
    for (std::size_t size = 1; size <= 80; ++size) {
        const std::string plain(size, 'x');
        EXPECT_EQ(field(plain), plain);
        for (std::size_t at = 0; at < size; ++at) {
            for (const char c : {',', '\n', '\r'}) {
                std::string text = plain;
                text[at] = c;
                ASSERT_EQ(field(text), '"' + text + '"') << size << " " << at;
            }
            std::string text = plain;
            text[at] = '"';
            std::string expected = '"' + text + '"';
            expected.insert(at + 1, "\"");
            ASSERT_EQ(field(text), expected) << size << " " << at;
        }
    }
}

// A table of one column for each type, with the vectors of a batch.
class CsvRows : public testing::Test {
  protected:
    Vector& add(const std::string& name, Type type, Physical kind, std::size_t rows, int scale = 0) {
        schema::Column column;
        column.name = name;
        column.type = type;
        table_.columns.push_back(column);
        columns_.push_back({table_.columns.size() - 1, type, nullptr});
        vectors_.push_back(std::make_unique<Vector>());
        vectors_.back()->reset(kind, rows, scale);
        return *vectors_.back();
    }

    std::string rows(std::size_t count) const {
        const CsvFormatter formatter(schema_, table_, columns_);
        engine::Batch batch;
        batch.rows = {10, 10 + count};
        for (const auto& vector : vectors_) batch.columns.push_back(vector.get());
        ByteBuffer out;
        out.append(formatter.header());
        formatter.append(batch, out);
        return std::string(out.view());
    }

    static Type type(TypeKind kind) {
        Type t;
        t.kind = kind;
        return t;
    }

    schema::Schema schema_;
    schema::Table table_;
    std::vector<engine::OutputColumn> columns_;
    std::vector<std::unique_ptr<Vector>> vectors_;
};

TEST_F(CsvRows, EveryKindIsWrittenAsPostgresPrintsIt) {
    Type numeric = type(TypeKind::numeric);
    numeric.precision = 10;
    numeric.scale = 2;
    Type big = type(TypeKind::numeric);
    big.precision = 30;
    add("id", type(TypeKind::integer), Physical::int64, 1).data<std::int64_t>()[0] = -7;
    add("ok", type(TypeKind::boolean), Physical::boolean, 1).data<std::uint8_t>()[0] = 1;
    add("price", numeric, Physical::int64, 1, 2).data<std::int64_t>()[0] = 1250;
    add("big", big, Physical::wide, 1, 0).data<Int128>()[0] = Int128{INT64_MAX} * 1000;
    add("ratio", type(TypeKind::double_precision), Physical::float64, 1).data<double>()[0] = 0.1;
    add("small ratio", type(TypeKind::real), Physical::float64, 1).data<double>()[0] = static_cast<double>(0.1F);
    add("day", type(TypeKind::date), Physical::int64, 1).data<std::int64_t>()[0] = 0;
    add("at", type(TypeKind::time), Physical::int64, 1).data<std::int64_t>()[0] = 1'500'000;
    add("since", type(TypeKind::timestamp), Physical::int64, 1).data<std::int64_t>()[0] = 0;
    add("seen", type(TypeKind::timestamp_tz), Physical::int64, 1).data<std::int64_t>()[0] = 1;
    add("span", type(TypeKind::interval), Physical::interval, 1).data<Interval>()[0] = {0, 2, 0};
    add("paid", type(TypeKind::money), Physical::int64, 1, 2).data<std::int64_t>()[0] = 123456;
    add("a,b", type(TypeKind::text), Physical::text, 1).data<std::string_view>()[0] = "x \"y\"";
    EXPECT_EQ(rows(1),
              "id,ok,price,big,ratio,small ratio,day,at,since,seen,span,paid,\"a,b\"\n"
              "-7,t,12.50,9223372036854775807000,0.1,0.1,1970-01-01,00:00:01.5,1970-01-01 00:00:00,"
              "1970-01-01 00:00:00.000001+00,2 days,\"$1,234.56\",\"x \"\"y\"\"\"\n");
}

TEST_F(CsvRows, NullIsNothingAndEmptyIsQuoted) {
    Vector& text = add("t", type(TypeKind::text), Physical::text, 3);
    text.data<std::string_view>()[0] = "";
    text.data<std::string_view>()[1] = "ignored";
    text.data<std::string_view>()[2] = "v";
    text.set_null(1);
    Vector& number = add("n", type(TypeKind::bigint), Physical::int64, 3);
    for (int i = 0; i < 3; ++i) number.data<std::int64_t>()[i] = i;
    number.set_null(2);
    EXPECT_EQ(rows(3), "t,n\n\"\",0\n,1\nv,\n");
}

TEST_F(CsvRows, EnumsAreTheirLabels) {
    schema::Enumeration mood;
    mood.labels = {"sad", "so, so", std::string(63, 'x')};
    Vector& v = add("mood", type(TypeKind::enumeration), Physical::int64, 3);
    columns_.back().labels = &mood;
    for (int i = 0; i < 3; ++i) v.data<std::int64_t>()[i] = i;
    EXPECT_EQ(rows(3), "mood\nsad\n\"so, so\"\n" + std::string(63, 'x') + "\n");
}

TEST_F(CsvRows, LongTextsBetweenOtherCellsKeepTheirPlace) {
    const std::string lengthy(100'000, '"');
    const std::string medium(200, 'm');
    Vector& a = add("a", type(TypeKind::text), Physical::text, 50);
    Vector& b = add("b", type(TypeKind::bigint), Physical::int64, 50);
    Vector& c = add("c", type(TypeKind::text), Physical::text, 50);
    std::string expected = "a,b,c\n";
    for (std::size_t i = 0; i < 50; ++i) {
        a.data<std::string_view>()[i] = i % 3 == 0 ? lengthy : medium;
        b.data<std::int64_t>()[i] = INT64_MIN;
        c.data<std::string_view>()[i] = medium;
        expected += (i % 3 == 0 ? std::string(200'002, '"') : medium) + ",-9223372036854775808," + medium + "\n";
    }
    EXPECT_EQ(rows(50), expected);
}

TEST_F(CsvRows, ATableWithoutColumnsHasEmptyLines) { EXPECT_EQ(rows(2), "\n\n\n"); }

}  // namespace
}  // namespace confab::sink
