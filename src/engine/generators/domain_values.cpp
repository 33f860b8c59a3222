#include "engine/generators/domain_values.hpp"

#include <algorithm>
#include <optional>

#include "base/random.hpp"
#include "engine/fact_generators.hpp"
#include "engine/probes.hpp"
#include "engine/values.hpp"
#include "expr/analysis.hpp"
#include "expr/expr.hpp"

namespace confab::engine {

namespace {

constexpr std::size_t samples = 4096;
constexpr std::size_t most_values = 1024;
constexpr std::size_t enough = 16;
constexpr int deepest = 32;  // domains over domains

template <typename Visit>
void for_domains(const schema::Schema& schema, schema::Type type, Visit visit) {
    for (int depth = 0; type.kind == schema::TypeKind::domain && !type.is_array() && depth < deepest; ++depth) {
        const schema::Domain* domain = schema.find_domain(type.user_type);
        if (domain == nullptr) return;
        visit(*domain);
        type = domain->base;
    }
}

class Checks {
  public:
    static std::optional<Checks> of(const schema::Type& type, const KernelContext& context) {
        Checks checks;
        checks.as_of_.reset(Physical::int64, samples);
        std::fill_n(checks.as_of_.data<std::int64_t>(), samples, context.as_of);
        const schema::Type base = context.schema.base_type(type);
        bool evaluated = true;
        for_domains(context.schema, type, [&](const schema::Domain& domain) {
            for (const schema::Check& check : domain.checks) {
                auto program = expr::compile(context.schema, context.table, check.sql, expr::Want::boolean, &base);
                if (program) checks.programs_.push_back(std::move(*program));
                else evaluated = false;
            }
        });
        if (!evaluated) return std::nullopt;
        return checks;
    }

    std::vector<bool> accepted(const Vector& values, std::size_t count) {
        std::vector<bool> holds(count);
        for (std::size_t i = 0; i < count; ++i) holds[i] = !values.is_null(i);
        Vector result;
        for (const expr::Program& program : programs_) {
            std::vector<const Vector*> inputs;
            for (const expr::Input& input : program.inputs()) inputs.push_back(input.kind == expr::InputKind::as_of ? &as_of_ : &values);
            scratch_.errors.assign(count, 0);
            scratch_.any_error = false;
            program.run(inputs, count, scratch_, result);
            for (std::size_t i = 0; i < count; ++i) {
                const bool ok = result.is_null(i) || result.data<std::uint8_t>()[i] != 0;
                holds[i] = holds[i] && ok && scratch_.errors[i] == 0;
            }
        }
        return holds;
    }

    std::set<std::string> literals(const schema::Schema& schema) const {
        std::set<std::string> found;
        for (const expr::Program& program : programs_) collect_literals(schema, program, found);
        return found;
    }

    // What the checks themselves suggest.
    std::vector<plan::Generator> generators(const KernelContext& context) const {
        std::vector<const expr::Program*> conditions;
        for (const expr::Program& program : programs_) conditions.push_back(&program);
        std::vector<plan::Generator> made;
        for (const expr::Branch& branch : expr::analyse(context.schema, conditions, context.as_of).branches) {
            for (const expr::ColumnFact& fact : branch.columns) {
                for (plan::Generator& generator : generators_of(fact, context.type)) made.push_back(std::move(generator));
            }
        }
        return made;
    }

  private:
    std::vector<expr::Program> programs_;
    Vector as_of_;
    expr::Scratch scratch_;
};

class ChosenKernel final : public Kernel {
  public:
    ChosenKernel(Vector values, std::size_t count) : values_(std::move(values)), count_(count) {}

    void draw(std::span<const std::uint64_t> entropy, const KernelInputs&, Vector& out) const override {
        out.reset(values_.kind(), entropy.size(), values_.scale());
        for (std::size_t i = 0; i < entropy.size(); ++i) copy_one(values_, bounded(entropy[i], count_), out, i, true);
    }

  private:
    Vector values_;
    std::size_t count_;
};

}  // namespace

bool has_domain_checks(const schema::Schema& schema, const schema::Type& type) {
    bool any = false;
    for_domains(schema, type, [&](const schema::Domain& domain) { any = any || !domain.checks.empty(); });
    return any;
}

std::optional<schema::Type> element_domain(const schema::Schema& schema, const schema::Type& type) {
    schema::Type at = type;
    for (int depth = 0; at.kind == schema::TypeKind::domain && depth < deepest; ++depth) {
        if (at.is_array()) {
            at.dimensions = 0;
            return at;
        }
        const schema::Domain* domain = schema.find_domain(at.user_type);
        if (domain == nullptr) break;
        at = domain->base;
    }
    return std::nullopt;
}

std::unique_ptr<Kernel> accepted_by_domain(std::unique_ptr<Kernel> kernel, const schema::Type& type, const KernelContext& context) {
    if (!has_domain_checks(context.schema, type)) return kernel;
    std::optional<Checks> checks = Checks::of(type, context);
    if (!checks) return nullptr;
    Vector kept;
    std::size_t count = 0;
    const auto keep = [&](const Vector& values, std::size_t rows) {
        const std::vector<bool> accepted = checks->accepted(values, rows);
        for (std::size_t i = 0; i < rows && count < most_values; ++i) {
            if (accepted[i]) copy_one(values, i, kept, count++, true);
        }
    };
    std::vector<std::uint64_t> entropy(samples);
    for (std::size_t i = 0; i < samples; ++i) entropy[i] = mix(i + 1, 91);
    const auto keep_drawn = [&](const Kernel& from) {
        Vector drawn;
        from.draw(entropy, {}, drawn);
        if (count == 0) kept.reset(drawn.kind(), most_values, drawn.scale());
        if (drawn.kind() == kept.kind() && drawn.scale() == kept.scale()) keep(drawn, samples);
    };
    keep_drawn(*kernel);
    constexpr std::size_t most_tries = 40;
    std::vector<plan::Generator> suggested = checks->generators(context);
    suggested.resize(std::min(suggested.size(), most_tries));
    for (const plan::Generator& generator : suggested) {
        if (count >= enough) break;
        const Result<std::unique_ptr<Kernel>> made = make_kernel(generator, context);
        if (made && (*made)->inputs().empty()) keep_drawn(**made);
    }
    if (count < enough) {
        const schema::Type base = context.schema.base_type(type);
        for (const std::string& text : probes_of(base, checks->literals(context.schema), context.as_of)) {
            Vector value;
            if (expr::parse_literal(context.schema, base, text, value) && value.kind() == kept.kind() && value.scale() == kept.scale()) keep(value, 1);
        }
    }
    if (count == 0) return nullptr;
    return std::make_unique<ChosenKernel>(std::move(kept), count);
}

}  // namespace confab::engine
