// One function for each family of generators; make_kernel chooses among them.
#pragma once

#include <memory>

#include "engine/kernel.hpp"

namespace confab::engine {

using KernelPointer = std::unique_ptr<Kernel>;
using Factory = Result<KernelPointer> (*)(const plan::Generator& generator, const KernelContext& context);

Result<KernelPointer> make_number(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_boolean(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_ratio(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_between_numbers(const plan::Generator& generator, const KernelContext& context);

Result<KernelPointer> make_constant(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_null(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_choice(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_record(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_case(const plan::Generator& generator, const KernelContext& context);

Result<KernelPointer> make_date(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_time(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_distance(const plan::Generator& generator, const KernelContext& context);  // after, before
Result<KernelPointer> make_between(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_interval(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_uuid(const plan::Generator& generator, const KernelContext& context);

Result<KernelPointer> make_template(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_grammar(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_regex(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_hash(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_bytes(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_bits(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_network(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_geometric(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_json(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_xml(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_array(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_range(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_any(const plan::Generator& generator, const KernelContext& context);

}  // namespace confab::engine
