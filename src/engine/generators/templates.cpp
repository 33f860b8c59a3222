// template and grammar: text with fields in it.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/random.hpp"
#include "engine/generators/factories.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/text_column.hpp"

namespace confab::engine {

namespace {

constexpr std::uint64_t capacity_limit = 1ULL << 62U;
constexpr std::string_view digits = "0123456789";
constexpr std::string_view capitals = "ABCDEFGHJKLMNPQRSTUVWXYZ";  // without I and O, which read as digits
constexpr std::string_view smalls = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view mixed = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
constexpr std::string_view hexadecimal = "0123456789abcdef";

schema::Type text_type() { return {}; }

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
    return a != 0 && b > capacity_limit / a ? capacity_limit : a * b;
}

// A run of {####} and the like; empty for the name of a field.
std::string_view alphabet_of(std::string_view field) {
    if (field.empty() || !std::all_of(field.begin(), field.end(), [&](char c) { return c == field[0]; })) return {};
    switch (field[0]) {
        case '#': return digits;
        case 'A': return capitals;
        case 'a': return field.size() > 1 ? smalls : std::string_view();
        case 'X': return mixed;
        case 'h': return field.size() > 1 ? hexadecimal : std::string_view();
        default: return {};
    }
}

struct Part {
    enum class Kind : std::uint8_t { literal, symbols, nested, input } kind = Kind::literal;
    std::string text;            // literal
    std::string_view alphabet;   // symbols
    std::size_t count = 0;       // of symbols
    std::size_t index = 0;       // of the nested kernel or of the input
    bool counted = false;        // a digit of the value's number
    std::uint64_t radix = 1;
};

class TemplateKernel final : public Kernel {
  public:
    TemplateKernel(TextColumn column, std::vector<Part> parts, std::vector<std::unique_ptr<Kernel>> nested, std::vector<std::string> columns)
        : column_(column), parts_(std::move(parts)), nested_(std::move(nested)) {
        for (std::string& name : columns) inputs_.push_back({schema::quoted_identifier(name), text_type()});
        for (const auto& kernel : nested_) {
            first_input_.push_back(inputs_.size());
            for (Input& input : kernel->inputs()) inputs_.push_back(std::move(input));
        }
        count_values();
    }

    std::vector<Input> inputs() const override { return inputs_; }
    std::uint64_t capacity() const override { return capacity_; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        std::vector<Vector> made(nested_.size());
        std::vector<std::uint64_t> bits(entropy.size());
        for (std::size_t k = 0; k < nested_.size(); ++k) {
            for (std::size_t i = 0; i < entropy.size(); ++i) bits[i] = mix(entropy[i], k + 1);
            nested_[k]->draw(bits, inputs_of(k, inputs), made[k]);
        }
        fill_text(column_, entropy.size(), out, [&](std::size_t i, std::string& text) {
            std::uint64_t state = entropy[i];
            return write(i, inputs, made, text, [&](const Part& part) {
                state = mix(state);
                std::uint64_t number = bounded(state, part.radix);
                return number;
            });
        });
    }

    void pick(std::span<const std::uint64_t> numbers, const KernelInputs& inputs, Vector& out) const override {
        // The number's digits, the last counted part being the lowest.
        std::vector<std::vector<std::uint64_t>> places(parts_.size());
        std::vector<std::uint64_t> rest(numbers.begin(), numbers.end());
        for (std::size_t p = parts_.size(); p-- > 0;) {
            if (!parts_[p].counted) continue;
            places[p].resize(numbers.size());
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                places[p][i] = rest[i] % parts_[p].radix;
                rest[i] /= parts_[p].radix;
            }
        }
        std::vector<Vector> made(nested_.size());
        std::vector<std::uint64_t> bits(numbers.size());
        for (std::size_t p = 0; p < parts_.size(); ++p) {
            if (parts_[p].kind != Part::Kind::nested) continue;
            const std::size_t k = parts_[p].index;
            if (parts_[p].counted) {
                nested_[k]->pick(places[p], inputs_of(k, inputs), made[k]);
                continue;
            }
            for (std::size_t i = 0; i < numbers.size(); ++i) bits[i] = mix(mix(numbers[i]), k + 1);
            nested_[k]->draw(bits, inputs_of(k, inputs), made[k]);
        }
        fill_text(column_, numbers.size(), out, [&](std::size_t i, std::string& text) {
            std::uint64_t state = mix(numbers[i]);
            return write(i, inputs, made, text, [&](const Part& part) {
                if (part.counted) return places[static_cast<std::size_t>(&part - parts_.data())][i];
                state = mix(state);
                return bounded(state, part.radix);
            });
        });
    }

  private:
    KernelInputs inputs_of(std::size_t k, const KernelInputs& inputs) const {
        return {inputs.vectors.subspan(first_input_[k], nested_[k]->inputs().size())};
    }

    // False when a column of the row is NULL.
    template <typename Number>
    bool write(std::size_t i, const KernelInputs& inputs, const std::vector<Vector>& made, std::string& text, Number number) const {
        std::size_t budget = column_.characters == TextColumn::unlimited ? TextColumn::unlimited
                             : column_.characters > fixed_ ? column_.characters - fixed_ : 0;
        std::size_t variables = variables_;
        for (const Part& part : parts_) {
            std::string_view value;
            switch (part.kind) {
                case Part::Kind::literal: text += part.text; continue;
                case Part::Kind::symbols: {
                    std::uint64_t rest = number(part);
                    const std::size_t start = text.size();
                    text.append(part.count, '0');
                    for (std::size_t c = part.count; c-- > 0;) {
                        text[start + c] = part.alphabet[rest % part.alphabet.size()];
                        rest /= part.alphabet.size();
                    }
                    continue;
                }
                case Part::Kind::nested:
                    if (made[part.index].is_null(i)) return false;
                    value = made[part.index].data<std::string_view>()[i];
                    break;
                case Part::Kind::input:
                    if (inputs.vectors[part.index]->is_null(i)) return false;
                    value = inputs.vectors[part.index]->data<std::string_view>()[i];
                    break;
            }
            if (budget != TextColumn::unlimited) {
                value = first_characters(value, budget / std::max<std::size_t>(1, variables));
                budget -= count_characters(value);
                --variables;
            }
            text += value;
        }
        return true;
    }

    // Which parts can be read back from the text whatever the others are: those decide the value's number.
    void count_values() {
        const auto varies = [](const Part& part) { return part.kind == Part::Kind::nested || part.kind == Part::Kind::input; };
        std::size_t first = parts_.size();
        std::size_t last = 0;
        for (std::size_t p = 0; p < parts_.size(); ++p) {
            Part& part = parts_[p];
            if (varies(part)) {
                first = std::min(first, p);
                last = p;
                ++variables_;
            } else {
                fixed_ += part.kind == Part::Kind::literal ? count_characters(part.text) : part.count;
            }
            if (part.kind == Part::Kind::symbols) {
                for (std::size_t c = 0; c < part.count; ++c) part.radix = product(part.radix, part.alphabet.size());
            }
        }
        std::uint64_t count = 1;
        bool any = false;
        for (std::size_t p = 0; p < parts_.size(); ++p) {
            Part& part = parts_[p];
            if (part.kind == Part::Kind::symbols) part.counted = variables_ <= 1 || p < first || p > last;
            if (part.kind == Part::Kind::nested && variables_ == 1 && column_.characters == TextColumn::unlimited) {
                part.radix = nested_[part.index]->capacity();
                part.counted = part.radix > 0;
            }
            if (!part.counted) continue;
            count = product(count, part.radix);
            any = true;
        }
        capacity_ = any ? count : variables_ == 0 ? 1 : 0;
    }

    TextColumn column_;
    std::vector<Part> parts_;
    std::vector<std::unique_ptr<Kernel>> nested_;
    std::vector<Input> inputs_;
    std::vector<std::size_t> first_input_;
    std::uint64_t capacity_ = 0;
    std::size_t fixed_ = 0;      // characters of literals and symbols
    std::size_t variables_ = 0;  // parts whose length is not known
};

// Splits `text` at its {fields}. The callbacks get literals and names.
template <typename Literal, typename Field> bool split_fields(std::string_view text, Literal literal, Field field) {
    std::string pending;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if ((c == '{' || c == '}') && i + 1 < text.size() && text[i + 1] == c) {
            pending += c;
            ++i;
        } else if (c == '{') {
            const std::size_t end = text.find('}', i);
            if (end == std::string_view::npos || end == i + 1) return false;
            if (!pending.empty()) literal(pending);
            pending.clear();
            field(text.substr(i + 1, end - i - 1));
            i = end;
        } else if (c == '}') {
            return false;
        } else {
            pending += c;
        }
    }
    if (!pending.empty()) literal(pending);
    return true;
}

class GrammarKernel final : public Kernel {
  public:
    struct Piece {
        enum class Kind : std::uint8_t { literal, symbols, rule, input } kind = Kind::literal;
        std::string text;
        std::string_view alphabet;
        std::size_t index = 0;  // of a rule or an input; number of symbols
    };
    using Alternative = std::vector<Piece>;

    GrammarKernel(TextColumn column, std::vector<std::vector<Alternative>> rules, std::size_t start, std::vector<std::string> columns)
        : column_(column), rules_(std::move(rules)), start_(start) {
        for (std::string& name : columns) inputs_.push_back({schema::quoted_identifier(name), text_type()});
    }

    std::vector<Input> inputs() const override { return inputs_; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        fill_text(column_, entropy.size(), out, [&](std::size_t i, std::string& text) {
            std::uint64_t state = entropy[i];
            expand(start_, inputs, i, state, text, 0);
            return true;
        });
    }

  private:
    static constexpr int deepest = 24;
    static constexpr std::size_t longest = 16'384;

    void expand(std::size_t rule, const KernelInputs& inputs, std::size_t row, std::uint64_t& state, std::string& text, int depth) const {
        const std::vector<Alternative>& alternatives = rules_[rule];
        state = mix(state);
        // Deep down the first alternative ends the recursion where a grammar puts its plain form first.
        const Alternative& chosen = depth > deepest / 2 ? alternatives.front() : alternatives[bounded(state, alternatives.size())];
        for (const Piece& piece : chosen) {
            switch (piece.kind) {
                case Piece::Kind::literal: text += piece.text; break;
                case Piece::Kind::symbols:
                    for (std::size_t c = 0; c < piece.index; ++c) {
                        state = mix(state);
                        text += piece.alphabet[bounded(state, piece.alphabet.size())];
                    }
                    break;
                case Piece::Kind::rule:
                    if (depth < deepest && text.size() < longest) expand(piece.index, inputs, row, state, text, depth + 1);
                    break;
                case Piece::Kind::input: {
                    const Vector& input = *inputs.vectors[piece.index];
                    if (!input.is_null(row)) text += input.data<std::string_view>()[row];
                    break;
                }
            }
        }
    }

    TextColumn column_;
    std::vector<std::vector<Alternative>> rules_;
    std::size_t start_;
    std::vector<Input> inputs_;
};

bool has_column(const KernelContext& context, std::string_view name) {
    return context.schema.tables[context.table].find_column(name).has_value();
}

std::size_t index_of(std::vector<std::string>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    names.emplace_back(name);
    return names.size() - 1;
}

}  // namespace

Result<KernelPointer> make_template(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    CONFAB_TRY(const TextColumn column, TextColumn::of(context, generator.kind));
    const std::string pattern = parameters.text("template");
    const plan::Json* fields = parameters.find("fields");
    std::vector<Part> parts;
    std::vector<std::unique_ptr<Kernel>> nested;
    std::vector<std::string> names;
    std::vector<std::string> columns;
    std::optional<Error> problem;
    std::size_t fixed = 0;
    KernelContext inner = context;
    inner.type = text_type();
    const bool well_formed = split_fields(
        pattern,
        [&](const std::string& literal) {
            parts.push_back({Part::Kind::literal, literal, {}, 0, 0, false, 1});
            fixed += count_characters(literal);
        },
        [&](std::string_view name) {
            Part part;
            const bool is_field = fields && fields->is_object() && fields->contains(std::string(name));
            if (is_field) {
                const std::size_t before = names.size();
                part.kind = Part::Kind::nested;
                part.index = index_of(names, name);
                if (names.size() > before) {
                    Result<plan::Generator> description = nested_generator((*fields)[std::string(name)]);
                    if (!description) {
                        problem = parameter_error(generator.kind, "fields", description.error().message);
                        return;
                    }
                    Result<std::unique_ptr<Kernel>> kernel = make_kernel(*description, inner);
                    if (!kernel) {
                        problem = kernel.error();
                        return;
                    }
                    nested.push_back(*std::move(kernel));
                }
            } else if (const std::string_view alphabet = alphabet_of(name); !alphabet.empty()) {
                part.kind = Part::Kind::symbols;
                part.alphabet = alphabet;
                part.count = name.size();
                fixed += name.size();
                if (name.size() > (alphabet.size() <= 16 ? 15U : 12U)) problem = parameter_error(generator.kind, "template", fmt::format("has too long a run: {{{}}}", name));
            } else if (has_column(context, name)) {
                part.kind = Part::Kind::input;
                part.index = index_of(columns, name);
            } else {
                problem = parameter_error(generator.kind, "template", fmt::format("names neither a field nor a column: {{{}}}", name));
                return;
            }
            parts.push_back(std::move(part));
        });
    if (problem) return *std::move(problem);
    if (!well_formed) return parameter_error(generator.kind, "template", "has a brace without its partner");
    if (fixed > column.characters || fixed > column.bytes) {
        return parameter_error(generator.kind, "template", fmt::format("makes {} characters, more than the column's {}", fixed, column.characters));
    }
    return KernelPointer(std::make_unique<TemplateKernel>(column, std::move(parts), std::move(nested), std::move(columns)));
}

Result<KernelPointer> make_grammar(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    CONFAB_TRY(const TextColumn column, TextColumn::of(context, generator.kind));
    const plan::Json* described = parameters.find("rules");
    const std::string start = parameters.text("start", "start");
    if (!described || !described->is_object()) return parameter_error(generator.kind, "rules", "must be an object of rules");
    std::map<std::string, std::size_t, std::less<>> names;
    for (const auto& [name, alternatives] : described->items()) names.emplace(name, names.size());
    if (!names.contains(start)) return parameter_error(generator.kind, "start", fmt::format("is no rule: `{}`", start));
    std::vector<std::vector<GrammarKernel::Alternative>> rules(names.size());
    std::vector<std::string> columns;
    for (const auto& [name, alternatives] : described->items()) {
        if (!alternatives.is_array() || alternatives.empty()) {
            return parameter_error(generator.kind, "rules", fmt::format("`{}` must be a list of alternatives", name));
        }
        for (const plan::Json& text : alternatives) {
            if (!text.is_string()) return parameter_error(generator.kind, "rules", fmt::format("`{}` must be a list of texts", name));
            using Piece = GrammarKernel::Piece;
            GrammarKernel::Alternative pieces;
            std::string unknown;
            const bool well_formed = split_fields(
                text.get<std::string>(), [&](const std::string& literal) { pieces.push_back({Piece::Kind::literal, literal, {}, 0}); },
                [&](std::string_view field) {
                    if (const auto rule = names.find(field); rule != names.end()) pieces.push_back({Piece::Kind::rule, {}, {}, rule->second});
                    else if (const std::string_view alphabet = alphabet_of(field); !alphabet.empty()) pieces.push_back({Piece::Kind::symbols, {}, alphabet, field.size()});
                    else if (has_column(context, field)) pieces.push_back({Piece::Kind::input, {}, {}, index_of(columns, field)});
                    else unknown = field;
                });
            if (!well_formed) return parameter_error(generator.kind, "rules", fmt::format("`{}` has a brace without its partner", name));
            if (!unknown.empty()) return parameter_error(generator.kind, "rules", fmt::format("`{}` names neither a rule nor a column: {{{}}}", name, unknown));
            rules[names.find(name)->second].push_back(std::move(pieces));
        }
    }
    return KernelPointer(std::make_unique<GrammarKernel>(column, std::move(rules), names.find(start)->second, std::move(columns)));
}

}  // namespace confab::engine
