// grammar: prose from rules whose alternatives name other rules.
//
// Rules lie flat: pieces of all alternatives in one array, their literals in one text. A grammar without circles and
// columns has a longest text, known before the first row: its texts are then written where they stay.
#include <algorithm>
#include <cstring>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/random.hpp"
#include "engine/generators/factories.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/pattern_fields.hpp"
#include "engine/generators/text_column.hpp"

namespace confab::engine {

namespace {

// Below half of this depth an alternative is drawn; beyond it the first is taken, where a grammar that names itself
// puts its plain form; at this depth a rule is left out.
constexpr int deepest = 24;
constexpr std::size_t longest_text = 16'384;

// Literals of this size and less are copied by one move of fixed size.
constexpr std::size_t short_literal = 32;

struct Piece {
    enum class Kind : std::uint8_t { literal, symbols, rule, words, input } kind = Kind::literal;
    std::uint32_t index = 0;  // of a rule or an input; of a literal its place in the texts
    std::uint32_t size = 0;   // bytes of a literal, number of symbols
    std::string_view alphabet = {};
};

struct Grammar {
    struct Range {
        std::uint32_t first = 0;
        std::uint32_t count = 0;
    };
    std::string texts;                // of all literals; short_literal bytes more may be read
    std::vector<Piece> pieces;
    std::vector<Range> alternatives;  // of pieces
    std::vector<Range> rules;         // of alternatives
    std::size_t start = 0;
};

// Writes into room that is known to be enough, short_literal bytes and more.
class Room {
  public:
    explicit Room(char* at) : at_(at) {}
    void literal(const char* text, std::size_t size) {
        if (size <= short_literal) {
            std::memcpy(at_, text, short_literal);
        } else {
            std::memcpy(at_, text, size);
        }
        at_ += size;
    }
    void symbol(char c) { *at_++ = c; }
    char* end() const { return at_; }

  private:
    char* at_;
};

// Writes into a text that grows.
class Growing {
  public:
    explicit Growing(std::string& text) : text_(text) {}
    void literal(const char* text, std::size_t size) { text_.append(text, size); }
    void symbol(char c) { text_ += c; }
    bool full() const { return text_.size() >= longest_text; }

  private:
    std::string& text_;
};

class GrammarKernel final : public Kernel {
  public:
    GrammarKernel(TextColumn column, Grammar grammar, const std::vector<std::string>& columns)
        : column_(column), grammar_(std::move(grammar)) {
        for (const std::string& name : columns) inputs_.push_back({schema::quoted_identifier(name), {}});
        grammar_.texts.append(short_literal, '\0');
        name_words();
        const std::optional<std::size_t> bound = longest_of(grammar_.start, 0);
        if (bound && *bound <= std::min(column.characters, column.bytes)) bound_ = bound;
    }

    std::vector<Input> inputs() const override { return inputs_; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        if (bound_) {
            draw_bounded(entropy, out);
            return;
        }
        fill_text(column_, entropy.size(), out, [&](std::size_t i, std::string& text) {
            std::uint64_t state = entropy[i];
            Growing growing(text);
            expand(grammar_.start, inputs, i, state, growing, 0);
            return true;
        });
    }

  private:
    void draw_bounded(std::span<const std::uint64_t> entropy, Vector& out) const {
        out.reset(Physical::text, entropy.size());
        auto* data = out.data<std::string_view>();
        const std::size_t room = *bound_ + short_literal;
        for (std::size_t i = 0; i < entropy.size(); ++i) {
            char* begin = out.arena().allocate(room);
            std::uint64_t state = entropy[i];
            Room writer(begin);
            expand_bounded(grammar_.start, state, writer);
            const auto size = static_cast<std::size_t>(writer.end() - begin);
            out.arena().shrink(room, size);
            data[i] = {begin, size};
        }
    }

    std::span<const Piece> pieces_of(const Grammar::Range& alternative) const {
        return {grammar_.pieces.data() + alternative.first, alternative.count};
    }

    const Grammar::Range& drawn(const Grammar::Range& rule, std::uint64_t& state) const {
        state = mix(state);
        return grammar_.alternatives[rule.first + bounded(state, rule.count)];
    }

    template <typename Writer>
    void write_symbols(const Piece& piece, std::uint64_t& state, Writer& out) const {
        for (std::size_t c = 0; c < piece.size; ++c) {
            state = mix(state);
            out.symbol(piece.alphabet[bounded(state, piece.alphabet.size())]);
        }
    }

    // No circles, no columns, and never deeper than where alternatives are drawn.
    void expand_bounded(std::size_t rule, std::uint64_t& state, Room& out) const {
        for (const Piece& piece : pieces_of(drawn(grammar_.rules[rule], state))) {
            switch (piece.kind) {
                case Piece::Kind::literal: out.literal(grammar_.texts.data() + piece.index, piece.size); break;
                case Piece::Kind::symbols: write_symbols(piece, state, out); break;
                case Piece::Kind::words: {
                    const Grammar::Range& chosen = drawn(grammar_.rules[piece.index], state);
                    const Piece& word = grammar_.pieces[chosen.first];
                    out.literal(grammar_.texts.data() + word.index, word.size);
                    break;
                }
                case Piece::Kind::rule: expand_bounded(piece.index, state, out); break;
                case Piece::Kind::input: break;
            }
        }
    }

    void expand(std::size_t rule, const KernelInputs& inputs, std::size_t row, std::uint64_t& state, Growing& out, int depth) const {
        const Grammar::Range& range = grammar_.rules[rule];
        const Grammar::Range& any = drawn(range, state);
        const Grammar::Range& chosen = depth > deepest / 2 ? grammar_.alternatives[range.first] : any;
        for (const Piece& piece : pieces_of(chosen)) {
            switch (piece.kind) {
                case Piece::Kind::literal: out.literal(grammar_.texts.data() + piece.index, piece.size); break;
                case Piece::Kind::symbols: write_symbols(piece, state, out); break;
                case Piece::Kind::words:
                case Piece::Kind::rule:
                    if (depth < deepest && !out.full()) expand(piece.index, inputs, row, state, out, depth + 1);
                    break;
                case Piece::Kind::input: {
                    const Vector& input = *inputs.vectors[piece.index];
                    if (input.is_null(row)) break;
                    const std::string_view value = input.data<std::string_view>()[row];
                    out.literal(value.data(), value.size());
                    break;
                }
            }
        }
    }

    // Rules of nothing but single literals are drawn without a call.
    void name_words() {
        const auto is_word = [&](const Grammar::Range& alternative) {
            return alternative.count == 1 && grammar_.pieces[alternative.first].kind == Piece::Kind::literal;
        };
        for (Piece& piece : grammar_.pieces) {
            if (piece.kind != Piece::Kind::rule) continue;
            const Grammar::Range& rule = grammar_.rules[piece.index];
            const auto* first = grammar_.alternatives.data() + rule.first;
            if (std::all_of(first, first + rule.count, is_word)) piece.kind = Piece::Kind::words;
        }
    }

    // Bytes of the longest text of a rule; nothing where there is no bound, or none that is worth its room.
    std::optional<std::size_t> longest_of(std::size_t rule, int depth) const {
        if (depth > deepest / 2) return std::nullopt;
        std::size_t longest = 0;
        const Grammar::Range& range = grammar_.rules[rule];
        for (std::size_t a = range.first; a < range.first + range.count; ++a) {
            std::size_t size = 0;
            for (const Piece& piece : pieces_of(grammar_.alternatives[a])) {
                if (piece.kind == Piece::Kind::input) return std::nullopt;
                if (piece.kind == Piece::Kind::rule || piece.kind == Piece::Kind::words) {
                    const std::optional<std::size_t> inner = longest_of(piece.index, depth + 1);
                    if (!inner) return std::nullopt;
                    size += *inner;
                } else {
                    size += piece.size;
                }
            }
            longest = std::max(longest, size);
        }
        constexpr std::size_t most_room = 4096;
        return longest <= most_room ? std::optional(longest) : std::nullopt;
    }

    TextColumn column_;
    Grammar grammar_;
    std::vector<Input> inputs_;
    std::optional<std::size_t> bound_;  // bytes of the longest text, where every text fits the column
};

// Reads one alternative into the grammar's pieces; a message where it is not well-formed.
class Reader {
  public:
    Reader(const KernelContext& context, const std::map<std::string, std::size_t, std::less<>>& names, Grammar& grammar,
           std::vector<std::string>& columns)
        : context_(context), names_(names), grammar_(grammar), columns_(columns) {}

    std::optional<std::string> read(const std::string& rule, const std::string& text) {
        const auto first = static_cast<std::uint32_t>(grammar_.pieces.size());
        std::string unknown;
        const bool well_formed = split_fields(
            text, [&](const std::string& literal) { add_literal(literal); },
            [&](std::string_view field) {
                if (!add_field(field)) unknown = field;
            });
        if (!well_formed) return fmt::format("`{}` has a brace without its partner", rule);
        if (!unknown.empty()) return fmt::format("`{}` names neither a rule nor a column: {{{}}}", rule, unknown);
        grammar_.alternatives.push_back({first, static_cast<std::uint32_t>(grammar_.pieces.size()) - first});
        return std::nullopt;
    }

  private:
    void add_literal(const std::string& literal) {
        grammar_.pieces.push_back({Piece::Kind::literal, static_cast<std::uint32_t>(grammar_.texts.size()),
                                   static_cast<std::uint32_t>(literal.size())});
        grammar_.texts += literal;
    }

    bool add_field(std::string_view field) {
        if (const auto rule = names_.find(field); rule != names_.end()) {
            grammar_.pieces.push_back({Piece::Kind::rule, static_cast<std::uint32_t>(rule->second)});
        } else if (const std::string_view alphabet = alphabet_of(field); !alphabet.empty()) {
            grammar_.pieces.push_back({Piece::Kind::symbols, 0, static_cast<std::uint32_t>(field.size()), alphabet});
        } else if (has_column(context_, field)) {
            grammar_.pieces.push_back({Piece::Kind::input, static_cast<std::uint32_t>(index_of(columns_, field))});
        } else {
            return false;
        }
        return true;
    }

    const KernelContext& context_;
    const std::map<std::string, std::size_t, std::less<>>& names_;
    Grammar& grammar_;
    std::vector<std::string>& columns_;
};

}  // namespace

Result<KernelPointer> make_grammar(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    CONFAB_TRY(const TextColumn column, TextColumn::of(context, generator.kind));
    const plan::Json* described = parameters.find("rules");
    const std::string start = parameters.text("start", "start");
    if (!described || !described->is_object()) return parameter_error(generator.kind, "rules", "must be an object of rules");
    std::map<std::string, std::size_t, std::less<>> names;
    for (const auto& [name, alternatives] : described->items()) names.emplace(name, names.size());
    if (!names.contains(start)) return parameter_error(generator.kind, "start", fmt::format("is no rule: `{}`", start));

    Grammar grammar;
    grammar.rules.resize(names.size());
    grammar.start = names.find(start)->second;
    std::vector<std::string> columns;
    Reader reader(context, names, grammar, columns);
    for (const auto& [name, alternatives] : described->items()) {
        if (!alternatives.is_array() || alternatives.empty()) {
            return parameter_error(generator.kind, "rules", fmt::format("`{}` must be a list of alternatives", name));
        }
        const auto first = static_cast<std::uint32_t>(grammar.alternatives.size());
        for (const plan::Json& text : alternatives) {
            if (!text.is_string()) return parameter_error(generator.kind, "rules", fmt::format("`{}` must be a list of texts", name));
            if (auto problem = reader.read(name, text.get<std::string>())) return parameter_error(generator.kind, "rules", *problem);
        }
        grammar.rules[names.find(name)->second] = {first, static_cast<std::uint32_t>(alternatives.size())};
    }
    return KernelPointer(std::make_unique<GrammarKernel>(column, std::move(grammar), columns));
}

}  // namespace confab::engine
