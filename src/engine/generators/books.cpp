// book: titles by genre, authors, publishers, numbers. Columns of its table: the rows are genres
#include <algorithm>
#include <fmt/format.h>

#include "engine/generators/things.hpp"

namespace confab::engine {

namespace {

Made book_title(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs& inputs,
                std::string& text) {
    std::size_t rule = thing.named_rules.front().second;
    for (const auto& [genre, titles] : thing.named_rules) {
        if (genre == thing.columns[0][row]) rule = titles;
    }
    const Made made = thing.phrases.expand(rule, bits, inputs, text);
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
    return made;
}
Made book_author(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&,
                 std::string& text) {
    const std::uint64_t person = fact(bits, 79);
    const Name name = thing.people.name(person, thing.people.gender(person));
    text += name.first;
    text += ' ';
    text += name.last;
    return Made::own;
}
Made book_publisher(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&,
                    std::string& text) {
    text += thing.extra(fact(bits, 80));
    return Made::own;
}
Made book_language(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    static constexpr std::string_view others[] = {"Spanish", "French",     "German",
                                                  "Italian", "Portuguese", "Japanese"};
    const std::uint64_t draw = fact(bits, 83);
    text +=
        bounded(draw, 100) < 90 ? std::string_view("English") : others[bounded(mix(draw), std::size(others))];
    return Made::own;
}
std::int64_t book_pages(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs&) {
    const std::string_view genre = thing.columns[0][row];
    const std::uint64_t base = genre == "Children's" ? 24 : genre == "Poetry" ? 72 : 176;
    return static_cast<std::int64_t>(
               (base + (bounded(fact(bits, 84), base * 2) + bounded(fact(bits, 85), base)) / 2) / 4 * 4) *
           powers_of_ten[thing.scale];
}
std::int64_t book_year(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&) {
    const std::int64_t today = civil_from_days(thing.as_of).year;
    const auto age = static_cast<std::int64_t>(
        std::min({bounded(fact(bits, 86), 75), bounded(fact(bits, 87), 75), bounded(fact(bits, 90), 75)}));
    return today - 1 - age;
}
std::int64_t book_price(const ThingWriter& thing, std::size_t, std::uint64_t bits, const RowInputs&) {
    return in_scale(price_hundredths(thing, 6, 38, bits), thing.scale);
}
Made book_description(const ThingWriter& thing, std::size_t row, std::uint64_t bits, const RowInputs& inputs,
                      std::string& text) {
    const std::size_t start = text.size();
    const int topic = thing.phrases.topic(thing.columns[0][row]);
    const Made made = thing.phrases.expand(thing.rules.front(), bits, inputs, text, topic);
    begin_with_capitals(text, start);
    return made;
}
Made book_edition(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    static constexpr std::string_view editions[] = {"1st", "1st", "1st",     "1st",        "2nd",
                                                    "2nd", "3rd", "Revised", "Anniversary"};
    text += editions[bounded(fact(bits, 88), std::size(editions))];
    return Made::own;
}
Made book_call_number(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&,
                      std::string& text) {
    const std::uint64_t draw = fact(bits, 89);
    text += fmt::format("{:03}.{} {}{}{}", 100 + bounded(draw, 880), bounded(mix(draw), 99),
                        static_cast<char>('A' + bounded(mix(draw, 1), 26)),
                        static_cast<char>('A' + bounded(mix(draw, 2), 26)),
                        static_cast<char>('A' + bounded(mix(draw, 3), 26)));
    return Made::own;
}
Made book_format(const ThingWriter&, std::size_t, std::uint64_t bits, const RowInputs&, std::string& text) {
    static constexpr std::string_view formats[] = {"Paperback", "Paperback", "Paperback", "Hardcover",
                                                   "Hardcover", "eBook",     "Audiobook"};
    text += formats[bounded(fact(bits, 91), std::size(formats))];
    return Made::own;
}
constexpr ThingField book_fields[] = {{"title", book_title},          {"subtitle", book_description},
                                      {"author", book_author},        {"genre", column_text<0>},
                                      {"publisher", book_publisher},  {"language", book_language},
                                      {"pages", nullptr, book_pages}, {"year", nullptr, book_year},
                                      {"price", nullptr, book_price}, {"description", book_description},
                                      {"edition", book_edition},      {"call_number", book_call_number},
                                      {"format", book_format}};

}  // namespace

Result<KernelPointer> make_book(const plan::Generator& generator, const KernelContext& context) {
    ThingWriter writer(Phrases("en_US", {}, Topics("book_words")));
    take_columns(writer, "list.book_genres", {"name"});
    InputList inputs(generator);
    writer.first = inputs.text("genre");
    writer.by_first.add(writer.columns[0], {});
    writer.extra = WeightedList::of("list.publishers.name");
    writer.people = Names::of("en_US");
    if (const auto rule = writer.phrases.rule("book.description")) writer.rules.push_back(*rule);
    writer.named_rules.emplace_back("Fiction", *writer.phrases.rule("book.title.Fiction"));
    for (std::size_t i = 0; i < writer.columns[0].size(); ++i) {
        if (const auto rule = writer.phrases.rule(fmt::format("book.title.{}", writer.columns[0][i])))
            writer.named_rules.emplace_back(writer.columns[0][i], *rule);
    }
    return make_thing(generator, context, book_fields, std::move(writer), inputs);
}

}  // namespace confab::engine
