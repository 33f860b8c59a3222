// constant, null, choice, record, case.
#include <algorithm>

#include <fmt/format.h>

#include "base/random.hpp"
#include "engine/generators/alias.hpp"
#include "engine/generators/factories.hpp"
#include "engine/generators/parameters.hpp"
#include "engine/generators/value_list.hpp"

namespace confab::engine {

namespace {

class ConstantKernel final : public Kernel {
  public:
    explicit ConstantKernel(ValueList value) : value_(std::move(value)) {}
    std::uint64_t capacity() const override { return 1; }
    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        value_.fill(out, entropy.size(), [](std::size_t) { return std::size_t{0}; });
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs& inputs, Vector& out) const override {
        draw(numbers, inputs, out);
    }

  private:
    ValueList value_;
};

class NullKernel final : public Kernel {
  public:
    explicit NullKernel(Physical physical) : physical_(physical) {}
    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        out.reset(physical_, entropy.size());
        std::memset(static_cast<void*>(out.data<std::byte>()), 0, element_size(physical_) * entropy.size());
        for (std::size_t i = 0; i < entropy.size(); ++i) out.set_null(i);
    }

  private:
    Physical physical_;
};

class ChoiceKernel final : public Kernel {
  public:
    ChoiceKernel(ValueList values, AliasTable alias, std::vector<std::size_t> possible, std::string group)
        : values_(std::move(values)), alias_(std::move(alias)), possible_(std::move(possible)), group_(std::move(group)) {}

    std::uint64_t capacity() const override { return values_.distinct() ? possible_.size() : 0; }
    std::uint64_t records() const override { return possible_.size(); }
    std::string group() const override { return group_; }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        if (alias_.size() == 0) {
            values_.fill(out, entropy.size(), [&](std::size_t i) { return static_cast<std::size_t>(bounded(entropy[i], values_.size())); });
        } else {
            values_.fill(out, entropy.size(), [&](std::size_t i) { return std::size_t{alias_(entropy[i])}; });
        }
    }
    void pick(std::span<const std::uint64_t> numbers, const KernelInputs&, Vector& out) const override {
        values_.fill(out, numbers.size(), [&](std::size_t i) { return possible_[numbers[i]]; });
    }

  private:
    ValueList values_;
    AliasTable alias_;  // empty: all alike
    std::vector<std::size_t> possible_;
    std::string group_;
};

class CaseKernel final : public Kernel {
  public:
    struct Branch {
        std::string when;  // empty: else
        std::unique_ptr<Kernel> kernel;
        std::size_t first_input = 0;
    };

    explicit CaseKernel(std::vector<Branch> branches, Physical physical) : branches_(std::move(branches)), physical_(physical) {
        schema::Type boolean;
        boolean.kind = schema::TypeKind::boolean;
        for (Branch& branch : branches_) {
            if (!branch.when.empty()) inputs_.push_back({branch.when, boolean});
        }
        for (Branch& branch : branches_) {
            branch.first_input = inputs_.size();
            for (Input& input : branch.kernel->inputs()) inputs_.push_back(std::move(input));
        }
    }

    std::vector<Input> inputs() const override { return inputs_; }
    std::string group() const override { return branches_.front().kernel->group(); }

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs& inputs, Vector& out) const override {
        // Each branch makes the whole batch; the rows that it applies to are kept. The widest scale wins.
        std::vector<Vector> made(branches_.size());
        std::vector<std::uint8_t> chosen(entropy.size());
        std::vector<bool> used(branches_.size() + 1);
        for (std::size_t i = 0; i < entropy.size(); ++i) {
            std::size_t b = 0;
            for (; b < branches_.size(); ++b) {
                if (branches_[b].when.empty()) break;
                const Vector& condition = *inputs.vectors[b];
                if (!condition.is_null(i) && condition.data<std::uint8_t>()[i] != 0) break;
            }
            chosen[i] = static_cast<std::uint8_t>(b);
            used[b] = true;
        }
        int scale = 0;
        for (std::size_t b = 0; b < branches_.size(); ++b) {
            if (!used[b]) continue;
            const Branch& branch = branches_[b];
            branch.kernel->draw(entropy, {inputs.vectors.subspan(branch.first_input, branch.kernel->inputs().size())}, made[b]);
            scale = std::max(scale, made[b].scale());
        }
        out.reset(physical_, entropy.size(), scale);
        for (std::size_t i = 0; i < entropy.size(); ++i) {
            if (chosen[i] >= branches_.size() || made[chosen[i]].is_null(i)) {
                std::memset(static_cast<void*>(out.data<std::byte>() + i * element_size(physical_)), 0, element_size(physical_));
                out.set_null(i);
                continue;
            }
            copy(made[chosen[i]], i, out);
        }
    }

  private:
    void copy(const Vector& from, std::size_t i, Vector& out) const {
        const auto rescaled = [&](auto units) {
            for (int s = from.scale(); s < out.scale(); ++s) units = static_cast<decltype(units)>(units * 10);
            return units;
        };
        switch (physical_) {
            case Physical::boolean: out.data<std::uint8_t>()[i] = from.data<std::uint8_t>()[i]; break;
            case Physical::int64: out.data<std::int64_t>()[i] = rescaled(from.data<std::int64_t>()[i]); break;
            case Physical::wide: out.data<Int128>()[i] = rescaled(from.data<Int128>()[i]); break;
            case Physical::float64: out.data<double>()[i] = from.data<double>()[i]; break;
            case Physical::interval: out.data<Interval>()[i] = from.data<Interval>()[i]; break;
            case Physical::text: out.data<std::string_view>()[i] = out.arena().store(from.data<std::string_view>()[i]); break;
        }
    }

    std::vector<Branch> branches_;
    std::vector<Input> inputs_;
    Physical physical_;
};

Result<KernelPointer> make_weighted(const KernelContext& context, std::string_view kind,
                                    const std::vector<std::optional<std::string>>& texts, std::vector<double> weights,
                                    std::string group) {
    if (texts.empty()) return parameter_error(kind, "values", "must not be empty");
    if (texts.size() > (1U << 20U)) return parameter_error(kind, "values", "must be at most 1,048,576");
    if (!weights.empty() && weights.size() != texts.size()) {
        return parameter_error(kind, "weights", fmt::format("has {} entries for {} values", weights.size(), texts.size()));
    }
    Result<ValueList> values = ValueList::make(context, texts);
    if (!values) return parameter_error(kind, "values", values.error().message);
    std::vector<std::size_t> possible;
    double sum = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (weights.empty() || weights[i] > 0) possible.push_back(i);
        if (!weights.empty()) sum += weights[i];
    }
    if (possible.empty() || (!weights.empty() && !(sum > 0))) return parameter_error(kind, "weights", "must not all be 0");
    AliasTable alias;
    if (!weights.empty()) alias = AliasTable(weights);
    return KernelPointer(std::make_unique<ChoiceKernel>(*std::move(values), std::move(alias), std::move(possible), std::move(group)));
}

}  // namespace

Result<KernelPointer> make_constant(const plan::Generator& generator, const KernelContext& context) {
    const auto found = generator.parameters.find("value");
    if (found == generator.parameters.end()) return parameter_error(generator.kind, "value", "is missing");
    if (found->is_null()) return make_null(generator, context);
    const std::optional<std::string> text = found->is_structured() ? found->dump() : scalar_text(*found);
    Result<ValueList> value = ValueList::make(context, std::span(&text, 1));
    if (!value) return parameter_error(generator.kind, "value", value.error().message);
    return KernelPointer(std::make_unique<ConstantKernel>(*std::move(value)));
}

Result<KernelPointer> make_null(const plan::Generator&, const KernelContext& context) {
    return KernelPointer(std::make_unique<NullKernel>(schema::physical_of(context.schema, context.type)));
}

Result<KernelPointer> make_choice(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const auto values = parameters.scalars("values");
    std::vector<double> weights = parameters.numbers("weights");
    CONFAB_CHECK(parameters.status());
    return make_weighted(context, generator.kind, values, std::move(weights), {});
}

Result<KernelPointer> make_record(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    const std::string name = parameters.text("pool");
    const std::string field = parameters.text("field");
    const std::string group = parameters.text("group", name);
    CONFAB_CHECK(parameters.status());
    const auto pool = context.plan.pools.find(name);
    if (pool == context.plan.pools.end()) return parameter_error(generator.kind, "pool", fmt::format("names no pool of the plan: `{}`", name));
    const auto place = std::find(pool->second.fields.begin(), pool->second.fields.end(), field);
    if (place == pool->second.fields.end()) return parameter_error(generator.kind, "field", fmt::format("is no field of the pool `{}`: `{}`", name, field));
    const auto index = static_cast<std::size_t>(place - pool->second.fields.begin());
    std::vector<std::optional<std::string>> values;
    for (const auto& row : pool->second.rows) {
        values.push_back(index < row.size() ? (row[index].is_structured() ? row[index].dump() : scalar_text(row[index])) : std::nullopt);
    }
    return make_weighted(context, generator.kind, values, pool->second.weights, group);
}

Result<KernelPointer> make_case(const plan::Generator& generator, const KernelContext& context) {
    Parameters parameters(generator);
    std::vector<CaseKernel::Branch> branches;
    const auto add = [&](std::string when, const plan::Json& json) -> Status {
        CONFAB_TRY(plan::Generator nested, nested_generator(json));
        CONFAB_TRY(std::unique_ptr<Kernel> kernel, make_kernel(nested, context));
        branches.push_back({std::move(when), std::move(kernel)});
        return {};
    };
    const plan::Json* cases = parameters.find("cases");
    if (!cases || !cases->is_array() || cases->empty() || cases->size() > 200) {
        return parameter_error(generator.kind, "cases", "must be a list of 1 to 200 objects with `when` and `then`");
    }
    for (const plan::Json& item : *cases) {
        if (!item.is_object() || !item.contains("when") || !item["when"].is_string() || !item.contains("then")) {
            return parameter_error(generator.kind, "cases", "must be a list of objects with `when` and `then`");
        }
        CONFAB_CHECK(add(item["when"].get<std::string>(), item["then"]));
    }
    if (const plan::Json* otherwise = parameters.find("else")) CONFAB_CHECK(add({}, *otherwise));
    return KernelPointer(std::make_unique<CaseKernel>(std::move(branches), schema::physical_of(context.schema, context.type)));
}

}  // namespace confab::engine
