// vocabulary, title, text: words.
#include <algorithm>

#include <fmt/format.h>

#include "engine/generators/parameters.hpp"
#include "engine/generators/phrases.hpp"
#include "engine/generators/record_families.hpp"
#include "engine/generators/value_list.hpp"

namespace confab::engine {

namespace {

class ListKernel final : public Kernel {
  public:
    ListKernel(ValueList values, AliasTable alias, std::string group) : values_(std::move(values)), alias_(std::move(alias)), group_(std::move(group)) {}
    std::string group() const override { return group_; }
    std::uint64_t capacity() const override { return values_.distinct() ? values_.size() : 0; }
    std::uint64_t records() const override { return values_.size(); }
    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        values_.fill(out, entropy.size(), [&](std::size_t i) { return std::size_t{alias_(entropy[i])}; });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        values_.fill(out, numbers.size(), [&](std::size_t i) { return static_cast<std::size_t>(numbers[i]); });
    }

  private:
    ValueList values_;
    AliasTable alias_;
    std::string group_;
};

struct PhraseWriter {
    Phrases phrases;
    std::size_t rule = 0;
    bool every_word = false;  // begins with a capital

    Made write(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        const std::size_t start = text.size();
        const Made made = phrases.expand(rule, bits, row, text);
        for (std::size_t i = start; i < text.size() && every_word; ++i) {
            const bool begins = i == start || text[i - 1] == ' ';
            if (begins && text[i] >= 'a' && text[i] <= 'z') text[i] = static_cast<char>(text[i] - ('a' - 'A'));
        }
        // Titles of several words begin with a capital; a tag or a permission stays as it is.
        if (!text.empty() && text[0] >= 'a' && text[0] <= 'z' && text.find(' ') != std::string::npos) text[0] = static_cast<char>(text[0] - 32);
        return made;
    }
};

struct ProseWriter {
    Phrases phrases;
    std::vector<std::size_t> tiers = {};  // by rating, the worst first; one without
    int rating = -1;
    double rating_max = 5;
    std::size_t least = 1;
    std::size_t most = 1;
    bool asked = false;  // the plan gives the fewest sentences
    int subject = -1;    // whose topic the words are of, unless there is
    int topic = Topics::none;  // … one for all rows

    Made write(std::uint64_t bits, const RowInputs& row, std::string& text) const {
        std::size_t tier = 0;
        if (tiers.size() > 1) {
            // Without a rating most people are content.
            static constexpr std::size_t usual[] = {0, 1, 2, 3, 3, 3, 4, 4, 4, 4};
            tier = usual[bounded(fact(bits, 1), std::size(usual))];
            if (row.has(rating)) {
                const double share = row.number(rating, 0) / rating_max * 5;
                tier = static_cast<std::size_t>(std::clamp(share + 0.5, 1.0, 5.0)) - 1;
            }
        }
        std::size_t count = least + bounded(fact(bits, 2), most - least + 1);
        // No second opening sentence where the plan asked for no certain length.
        if (!asked) count = std::min(count, phrases.alternatives(tiers[tier]));
        const bool told = topic == Topics::none && row.has(subject);
        return phrases.sentences(tiers[tier], count, bits, row, text, told ? phrases.topic(row.text(subject)) : topic);
    }
};

}  // namespace

Result<KernelPointer> make_vocabulary(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string name = parameters.text("list");
    std::string field = parameters.text("field");
    CONFAB_CHECK(parameters.status());
    if (field.empty()) {
        // Without a field: the name, or the code where the column is too short for any name.
        const bool narrow = context.type.length > 0 && context.type.length <= 3;
        field = narrow && !vocabulary::find(fmt::format("list.{}.code", name)).empty() ? "code" : vocabulary::find(fmt::format("list.{}.name", name)).empty() ? "code" : "name";
    }
    const vocabulary::List list = vocabulary::find(fmt::format("list.{}.{}", name, field));
    if (list.empty()) return parameter_error(generator.kind, "field", fmt::format("is no field of the list `{}`: `{}`", name, field));
    const WeightedList weights = WeightedList::of(fmt::format("list.{}.name", name));
    CONFAB_TRY(const TextColumn column, TextColumn::of(context, generator.kind));
    // Entries that the column has no room for are left out, unless that leaves next to nothing.
    std::vector<std::optional<std::string>> values;
    std::vector<double> shares;
    for (const bool cut : {false, true}) {
        values.clear();
        shares.clear();
        for (std::size_t i = 0; i < list.size(); ++i) {
            std::string entry(list[i]);
            if (cut) column.fit(entry);
            if (!column.fits(entry)) continue;
            values.push_back(std::move(entry));
            shares.push_back(weights.list.size() == list.size() ? weights.list.weight(i) : list.weight(i));
        }
        if (values.size() * 2 >= list.size()) break;
    }
    KernelContext plain = context;
    if (context.type.kind == schema::TypeKind::extension) plain.type = {};
    CONFAB_TRY(ValueList made, ValueList::make(plain, values));
    const auto group = generator.parameters.find("group");
    const std::string shared = group != generator.parameters.end() && group->is_string() ? group->get<std::string>() : std::string();
    return KernelPointer(std::make_unique<ListKernel>(std::move(made), AliasTable(shares), shared));
}

Result<KernelPointer> make_title(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string of = parameters.text("of", "thing");
    InputList inputs(generator);
    PhraseWriter writer{phrases_of(generator, context, inputs, {"subject", "year"}), 0, of == "thing"};
    const auto rule = writer.phrases.rule("title." + of);
    if (!rule) return parameter_error(generator.kind, "of", fmt::format("is unknown: `{}`", of));
    writer.rule = *rule;
    // Columns without a group of their own are not of one record.
    plan::Generator own = generator;
    if (!own.parameters.contains("group")) own.parameters["group"] = "title " + context.schema.tables[context.table].columns[context.column].name;
    return text_record(own, context, std::move(writer), inputs);
}

Result<KernelPointer> make_prose(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string about = parameters.text("about", "thing");
    InputList inputs(generator);
    const Topics topics(about + "_words");
    ProseWriter writer{phrases_of(generator, context, inputs, {"name", "subject", "place", "status"}, topics), {}};
    writer.asked = parameters.has("minimum");
    writer.topic = topics.named(parameters.text("of", ""));
    writer.subject = writer.phrases.input("subject");
    writer.rating = inputs.number("rating");
    writer.rating_max = parameters.number("rating_max", 5);
    if (!(writer.rating_max > 0)) parameters.fail("rating_max", "must be above 0");
    if (about == "review" || about == "review_title" || about == "appraisal") {
        for (int tier = 1; tier <= 5; ++tier) writer.tiers.push_back(*writer.phrases.rule(fmt::format("text.{}.{}", about, tier)));
    } else if (const auto rule = writer.phrases.rule("text." + about)) {
        writer.tiers.push_back(*rule);
    } else {
        return parameter_error(generator.kind, "about", fmt::format("is unknown: `{}`", about));
    }
    const auto usual = static_cast<std::int64_t>(writer.phrases.alternatives(writer.tiers.front()));
    // Short columns get fewer sentences rather than half of one.
    const std::int64_t room = context.type.length > 0 ? std::max<std::int64_t>(1, context.type.length / 60) : usual;
    const std::int64_t most = parameters.integer("maximum", std::min(usual, room));
    const std::int64_t least = parameters.integer("minimum", std::max<std::int64_t>(1, std::min(most, usual > 2 ? usual - 2 : 1)));
    if (least < 1 || most < least || most > 60) parameters.fail("maximum", "must be between `minimum` and 60");
    CONFAB_CHECK(parameters.status());
    writer.least = static_cast<std::size_t>(least);
    writer.most = static_cast<std::size_t>(most);
    plan::Generator own = generator;
    own.parameters["group"] = "text " + context.schema.tables[context.table].columns[context.column].name;
    return text_record(own, context, std::move(writer), inputs);
}

}  // namespace confab::engine
