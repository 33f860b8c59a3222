// Text from the vocabulary's phrases (data/phrases): rules that expand rules.
//
// Within one record a rule always takes the same alternative, whatever text it stands in, so that a name and a
// description speak of the same thing; used again in the same text, it takes another one.
//
// A rule may have other alternatives for a topic: [company.trade.energy] stands for [company.trade] in a text about
// energy. Where both have as many, a record takes the one of the same place in either.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/generators/locale.hpp"
#include "engine/generators/record_kernel.hpp"
#include "engine/generators/topics.hpp"

namespace confab::engine {

class Phrases {
  public:
    // `inputs` names what {=name|…} reads, as the index of an input or -1.
    Phrases(std::string locale, std::map<std::string, int, std::less<>> inputs, Topics topics = {})
        : locale_(std::move(locale)), inputs_(std::move(inputs)), topics_(std::move(topics)) {}

    // Number of a rule, compiled with all that it expands; nothing when there is none of that name.
    std::optional<std::size_t> rule(std::string_view name);

    // What {=name|…} reads: index of an input, or -1.
    int input(std::string_view name) const {
        const auto found = inputs_.find(name);
        return found == inputs_.end() ? -1 : found->second;
    }
    // The topic of a text, for `topic` below.
    int topic(std::string_view text) const { return topics_.of(text); }

    // Expands one alternative.
    Made expand(std::size_t rule, std::uint64_t bits, const RowInputs& row, std::string& text,
                int topic = Topics::none) const;
    // Expands alternatives `from` to `to` of the rule, one after another, as sentences; goes round when there are fewer.
    Made sentences(std::size_t rule, std::size_t count, std::uint64_t bits, const RowInputs& row, std::string& text,
                   int topic = Topics::none) const;
    std::size_t alternatives(std::size_t rule) const { return rules_[rule].alternatives.size(); }

  private:
    struct Piece {
        enum class Kind : std::uint8_t { literal, digits, rule, input, list, first_name, last_name } kind = Kind::literal;
        std::string_view text;   // literal; otherwise of an input
        std::size_t index = 0;   // rule, list; number of digits
        int input = -1;
    };
    using Alternatives = std::vector<std::vector<Piece>>;
    struct Rule {
        std::uint64_t hash = 0;
        Alternatives alternatives;
        std::vector<Alternatives> by_topic;  // empty ones where the rule says the same of any topic
        const Alternatives& of(int topic) const;
    };
    struct Use;

    Alternatives compile_rule(std::string_view name);
    void compile(std::string_view alternative, std::vector<Piece>& pieces);
    void append(const std::vector<Piece>& pieces, std::uint64_t bits, const RowInputs& row, Use& use, std::string& text, int depth) const;

    std::string locale_;
    std::map<std::string, int, std::less<>> inputs_;
    Topics topics_;
    std::map<std::string, std::size_t, std::less<>> names_;
    std::vector<Rule> rules_;
    std::vector<WeightedList> lists_;
    std::vector<std::uint64_t> list_hashes_;
    std::map<std::string, std::size_t, std::less<>> list_names_;
    std::optional<Names> people_;
};

// Begins each sentence of the text from `start` on with a capital, whatever word it begins with.
void begin_with_capitals(std::string& text, std::size_t start);

// Phrases for a generator: of its locale or the plan's, with the named inputs.
Phrases phrases_of(const plan::Generator& generator, const KernelContext& context, InputList& inputs,
                   std::initializer_list<std::string_view> names, Topics topics = {});

}  // namespace confab::engine
