#include "engine/generators/phrases.hpp"

#include <array>

#include <fmt/format.h>

#include "base/random.hpp"

namespace confab::engine {

// How often each rule was used in the text that is being made.
struct Phrases::Use {
    static constexpr std::size_t most = 96;
    std::array<std::uint64_t, most> hashes{};
    std::array<std::uint32_t, most> counts{};
    std::size_t size = 0;
    int topic = Topics::none;
    bool foreign = false;

    explicit Use(int of_topic) : topic(of_topic) {}

    std::uint32_t next(std::uint64_t hash) {
        for (std::size_t i = 0; i < size; ++i) {
            if (hashes[i] == hash) return counts[i]++;
        }
        if (size < most) {
            hashes[size] = hash;
            counts[size++] = 1;
        }
        return 0;
    }
};

namespace {

// The n-th use takes another alternative than the uses before it, as long as there are others.
std::size_t choose(std::uint64_t bits, std::uint64_t hash, std::uint32_t use, std::size_t count) {
    const std::uint64_t first = bounded(mix(bits, hash), count);
    if (use == 0 || count == 1) return static_cast<std::size_t>(first);
    const std::uint64_t step = 1 + bounded(mix(bits, hash + 1), count - 1);
    return static_cast<std::size_t>((first + use * step) % count);
}

}  // namespace

std::optional<std::size_t> Phrases::rule(std::string_view name) {
    if (const auto known = names_.find(name); known != names_.end()) return known->second;
    if (vocabulary::find(fmt::format("phrase.{}", name)).empty()) return {};
    const std::size_t index = rules_.size();
    names_.emplace(name, index);
    rules_.push_back({hash_text(name), {}, {}});
    Alternatives alternatives = compile_rule(name);
    std::vector<Alternatives> by_topic;
    for (const std::string_view topic : topics_.names())
        by_topic.push_back(compile_rule(fmt::format("{}.{}", name, topic)));
    rules_[index].alternatives = std::move(alternatives);
    rules_[index].by_topic = std::move(by_topic);
    return index;
}

Phrases::Alternatives Phrases::compile_rule(std::string_view name) {
    vocabulary::List list = vocabulary::find(fmt::format("phrase.{}.{}", name, locale_));
    if (list.empty()) list = vocabulary::find(fmt::format("phrase.{}", name));
    Alternatives alternatives(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) compile(list[i], alternatives[i]);
    return alternatives;
}

const Phrases::Alternatives& Phrases::Rule::of(int topic) const {
    const auto place = static_cast<std::size_t>(topic);
    return topic < 0 || place >= by_topic.size() || by_topic[place].empty() ? alternatives : by_topic[place];
}

void Phrases::compile(std::string_view alternative, std::vector<Piece>& pieces) {
    while (!alternative.empty()) {
        const std::size_t open = alternative.find('{');
        const std::size_t close = open == std::string_view::npos ? open : alternative.find('}', open);
        if (close == std::string_view::npos) {
            pieces.push_back({Piece::Kind::literal, alternative, 0, -1});
            return;
        }
        if (open > 0) pieces.push_back({Piece::Kind::literal, alternative.substr(0, open), 0, -1});
        const std::string_view field = alternative.substr(open + 1, close - open - 1);
        alternative.remove_prefix(close + 1);
        if (field.front() == '#') {
            pieces.push_back({Piece::Kind::digits, {}, field.size(), -1});
        } else if (field.front() == '=') {
            const std::size_t bar = field.find('|');
            const auto input = inputs_.find(field.substr(1, bar - 1));
            pieces.push_back({Piece::Kind::input, field.substr(bar + 1), 0, input == inputs_.end() ? -1 : input->second});
        } else if (field.starts_with("list:")) {
            const std::string_view name = field.substr(5);
            const auto [place, fresh] = list_names_.emplace(name, lists_.size());
            if (fresh) {
                lists_.push_back(WeightedList::of(fmt::format("list.{}.name", name)));
                list_hashes_.push_back(hash_text(name));
            }
            pieces.push_back({Piece::Kind::list, {}, place->second, -1});
        } else if (field == "person.first" || field == "person.last") {
            // Phrases are English around the name: names of the locale, where its script is Latin.
            if (!people_) people_ = Names::of(locale_ == "ja_JP" ? "en_US" : locale_);
            pieces.push_back({field == "person.first" ? Piece::Kind::first_name : Piece::Kind::last_name, {}, 0, -1});
        } else if (const auto expanded = rule(field)) {
            pieces.push_back({Piece::Kind::rule, {}, *expanded, -1});
        }
    }
}

void Phrases::append(const std::vector<Piece>& pieces, std::uint64_t bits, const RowInputs& row, Use& use, std::string& text, int depth) const {
    if (depth > 12) return;
    for (const Piece& piece : pieces) {
        switch (piece.kind) {
            case Piece::Kind::literal: text += piece.text; break;
            case Piece::Kind::digits: {
                std::uint64_t number = mix(bits, 77 + use.next(77));
                for (std::size_t d = 0; d < piece.index; ++d, number /= 10) text += static_cast<char>('0' + (d == 0 ? 1 + number % 9 : number % 10));
                break;
            }
            case Piece::Kind::rule: {
                const Rule& rule = rules_[piece.index];
                const Alternatives& alternatives = rule.of(use.topic);
                const std::size_t chosen = choose(bits, rule.hash, use.next(rule.hash), alternatives.size());
                append(alternatives[chosen], bits, row, use, text, depth + 1);
                break;
            }
            case Piece::Kind::input:
                if (row.has(piece.input)) {
                    text += row.text(piece.input);
                    use.foreign = true;
                } else {
                    text += piece.text;
                }
                break;
            case Piece::Kind::list: text += lists_[piece.index](mix(bits, list_hashes_[piece.index] + use.next(list_hashes_[piece.index]))); break;
            case Piece::Kind::first_name:
            case Piece::Kind::last_name: {
                const std::uint64_t person = mix(bits, 501 + use.next(501 + static_cast<std::uint64_t>(piece.kind)));
                const Name name = people_->name(person, people_->gender(person));
                text += piece.kind == Piece::Kind::first_name ? name.first : name.last;
                break;
            }
        }
    }
}

Made Phrases::expand(std::size_t rule, std::uint64_t bits, const RowInputs& row, std::string& text, int topic) const {
    Use use(topic);
    const Rule& expanded = rules_[rule];
    const Alternatives& alternatives = expanded.of(topic);
    const std::size_t chosen = choose(bits, expanded.hash, use.next(expanded.hash), alternatives.size());
    append(alternatives[chosen], bits, row, use, text, 0);
    return use.foreign ? Made::foreign : Made::own;
}

Made Phrases::sentences(std::size_t rule, std::size_t count, std::uint64_t bits, const RowInputs& row,
                        std::string& text, int topic) const {
    Use use(topic);
    const Alternatives& alternatives = rules_[rule].of(topic);
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) text += ' ';
        const std::size_t start = text.size();
        append(alternatives[i % alternatives.size()], bits, row, use, text, 0);
        if (start < text.size() && text[start] >= 'a' && text[start] <= 'z') text[start] = static_cast<char>(text[start] - 32);
    }
    return use.foreign ? Made::foreign : Made::own;
}

void begin_with_capitals(std::string& text, std::size_t start) {
    for (std::size_t i = start; i < text.size(); ++i) {
        const bool begins = i == start || (i > start + 1 && text[i - 1] == ' ' && text[i - 2] == '.');
        if (begins && text[i] >= 'a' && text[i] <= 'z') text[i] = static_cast<char>(text[i] - ('a' - 'A'));
    }
}

Phrases phrases_of(const plan::Generator& generator, const KernelContext& context, InputList& inputs,
                   std::initializer_list<std::string_view> names, Topics topics) {
    std::map<std::string, int, std::less<>> known;
    for (const std::string_view name : names) known.emplace(name, inputs.text(name));
    const auto locale = generator.parameters.find("locale");
    const bool given = locale != generator.parameters.end() && locale->is_string();
    std::string chosen = given ? locale->get<std::string>() : context.plan.locale;
    if (chosen.empty()) chosen = "en_US";
    return Phrases(std::move(chosen), std::move(known), std::move(topics));
}

}  // namespace confab::engine
