// template: text with fields in it, and numbers for the texts that it can make.
#include <algorithm>

#include <fmt/format.h>

#include "base/random.hpp"
#include "engine/generators/factories.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/pattern_fields.hpp"
#include "engine/generators/text_column.hpp"

namespace confab::engine {

namespace {

constexpr std::uint64_t capacity_limit = 1ULL << 62U;
schema::Type text_type() { return {}; }

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
    return a != 0 && b > capacity_limit / a ? capacity_limit : a * b;
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

}  // namespace confab::engine
