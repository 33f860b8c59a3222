#include "base/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace confab {
namespace {

using testing::ElementsAre;

TEST(Utf8, WellFormedTextPasses) {
    for (const char* text : {"", "plain", "Zoë", "東京", "😀", "\u007F\u0080\u07FF\u0800\uFFFF\U00010000\U0010FFFF"}) {
        EXPECT_TRUE(is_utf8(text)) << text;
    }
}

TEST(Utf8, OverlongSurrogateAndCutTextIsBroken) {
    EXPECT_EQ(find_broken_utf8("ab\xC0\x80"), 2U);
    for (const std::string_view text : {"\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80",
                                        "\xE6\x9D", "\xFF"}) {
        EXPECT_FALSE(is_utf8(text));
    }
}

TEST(Utf8, CharactersAreCountedNotBytes) {
    EXPECT_EQ(character_count("Zoë 東京 😀"), 8U);
    EXPECT_EQ(first_characters("Zoë 東京", 3), "Zoë");
    EXPECT_EQ(first_characters("Zoë 東京", 5), "Zoë 東");
    EXPECT_EQ(first_characters("abc", 9), "abc");
    EXPECT_EQ(first_characters("abc", 0), "");
}

TEST(Utf8, CharactersRoundTrip) {
    for (const char32_t c : {U'a', U'ß', U'€', U'😀', U'\U0010FFFF'}) {
        std::string text;
        append_utf8(text, c);
        std::size_t offset = 0;
        EXPECT_EQ(next_character(text, offset), c);
        EXPECT_EQ(offset, text.size());
    }
}

TEST(Words, CaseIsFolded) {
    EXPECT_EQ(lower_ascii("Straße ÄB"), "straße Äb");
    EXPECT_EQ(fold_case("ÄÖÜ Éa ŁÓDŹ ΑΒΓ МОСКВА Ÿ × Ķ"), "äöü éa łódź αβγ москва ÿ × ķ");
    EXPECT_EQ(upper_ascii("abc1"), "ABC1");
    EXPECT_TRUE(equal_ignoring_case("Orders", "oRDERS"));
    EXPECT_FALSE(equal_ignoring_case("orders", "order"));
}

TEST(Words, SplitTrimJoin) {
    EXPECT_EQ(trim(" \t a b\r\n"), "a b");
    EXPECT_EQ(trim(" \n"), "");
    EXPECT_THAT(split("a,,b", ','), ElementsAre("a", "", "b"));
    EXPECT_THAT(split("", ','), ElementsAre(""));
    const std::vector<std::string> three{"a", "b", "c"};
    EXPECT_EQ(enumerate(three), "a, b and c");
    EXPECT_EQ(enumerate(std::span(three).first(2), "or"), "a or b");
    EXPECT_EQ(enumerate(std::span(three).first(1)), "a");
    EXPECT_EQ(enumerate({}), "");
}

TEST(Numbers, AreGroupedByThousands) {
    EXPECT_EQ(grouped(std::int64_t{0}), "0");
    EXPECT_EQ(grouped(std::int64_t{999}), "999");
    EXPECT_EQ(grouped(std::int64_t{1000}), "1,000");
    EXPECT_EQ(grouped(std::int64_t{-1234567}), "-1,234,567");
    EXPECT_EQ(grouped(std::int64_t{-100}), "-100");
    EXPECT_EQ(grouped(std::uint64_t{18446744073709551615U}), "18,446,744,073,709,551,615");
    EXPECT_EQ(counted(1, "row"), "1 row");
    EXPECT_EQ(counted(2000, "row"), "2,000 rows");
    EXPECT_EQ(counted(0, "entry", "entries"), "0 entries");
}

TEST(Numbers, OnlyWholeIntegersAreParsed) {
    EXPECT_EQ(parse_integer("-9223372036854775808"), INT64_MIN);
    for (const char* text : {"", "1e3", "+1", " 1", "1 ", "9223372036854775808", "0x10", "1.0"}) {
        EXPECT_FALSE(parse_integer(text)) << text;
    }
}

TEST(Names, DistanceCountsEdits) {
    EXPECT_EQ(edit_distance("orders", "orders"), 0U);
    EXPECT_EQ(edit_distance("Orders", "ORDERS"), 0U);
    EXPECT_EQ(edit_distance("oredrs", "orders"), 1U);
    EXPECT_EQ(edit_distance("order", "orders"), 1U);
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
    EXPECT_EQ(edit_distance("aaaaaaaa", "bbbbbbbb", 3), 4U);
}

TEST(Names, TheNearestIsNamed) {
    const std::vector<std::string> tables{"customers", "orders", "order_items"};
    EXPECT_EQ(nearest_name("custmers", tables), "customers");
    EXPECT_EQ(nearest_name("ORDER", tables), "orders");
    EXPECT_EQ(nearest_name("zzz", tables), std::nullopt);
    EXPECT_EQ(nearest_note("custmers", tables), "did you mean `customers`?");
    EXPECT_EQ(nearest_note("zzz", tables), "there are `customers`, `orders` and `order_items`");
    EXPECT_EQ(nearest_note("zzz", tables, 1), "there are `customers` and 2 more");
    EXPECT_EQ(nearest_note("zzz", {}), "");
}

TEST(Names, ControlCharactersAreShownNotPrinted) {
    EXPECT_EQ(printable("a\nb\x1B\x7F\xFF" "é"), "a\\x0ab\\x1b\\x7f\\xffé");
    EXPECT_EQ(printable("abcdef", 3), "abc…");
    EXPECT_EQ(printable("\uFFFD"), "\uFFFD");
}

}  // namespace
}  // namespace confab
