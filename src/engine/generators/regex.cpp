#include <fmt/format.h>
#include <re2/re2.h>

#include "base/random.hpp"
#include "engine/generators/factories.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/regex_tree.hpp"
#include "engine/generators/text_column.hpp"

namespace confab::engine {

namespace {

class RegexKernel final : public Kernel {
  public:
    RegexKernel(TextColumn column, RegexNode node) : column_(column), node_(std::move(node)), capacity_(count_strings(node_)) {}

    std::uint64_t capacity() const override { return capacity_; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        fill_text(column_, entropy.size(), out, [&](std::size_t i, std::string& text) {
            std::uint64_t state = entropy[i];
            append_random(node_, state, text);
            return true;
        });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        fill_text(column_, numbers.size(), out, [&](std::size_t i, std::string& text) {
            append_numbered(node_, numbers[i], text);
            return true;
        });
    }

  private:
    TextColumn column_;
    RegexNode node_;
    std::uint64_t capacity_;
};

}  // namespace

Result<KernelPointer> make_regex(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    CONFAB_TRY(const TextColumn column, TextColumn::of(context, generator.kind));
    const std::string pattern = parameters.text("pattern");
    RE2::Options options;
    options.set_log_errors(false);
    const RE2 judge(pattern, options);
    if (!judge.ok()) return parameter_error(generator.kind, "pattern", fmt::format("is not a regular expression of RE2: {}", judge.error()));
    Result<RegexNode> node = parse_regex(pattern);
    if (!node) return parameter_error(generator.kind, "pattern", fmt::format("is not supported: {}", node.error().message));
    if (!shorten(*node, std::min(column.characters, std::size_t{4096}))) {
        return parameter_error(generator.kind, "pattern", fmt::format("needs {} characters, more than the column's {}", shortest_match(*node), column.characters));
    }
    // Matched back: what this reading of the pattern makes must be what RE2 reads.
    const std::uint64_t count = count_strings(*node);
    for (std::uint64_t sample = 0; sample < 64; ++sample) {
        std::string text;
        std::uint64_t state = mix(sample);
        if (count > 0 && sample % 2 == 0) append_numbered(*node, bounded(state, count), text);
        else append_random(*node, state, text);
        if (!RE2::FullMatch(text, judge)) {
            return Error(ErrorKind::not_supported, fmt::format("generator `regex`: no strings can be made from `{}` here", pattern));
        }
    }
    return KernelPointer(std::make_unique<RegexKernel>(column, *std::move(node)));
}

}  // namespace confab::engine
