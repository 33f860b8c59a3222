// One function for each family of generators of records: people, places, things, prose.
#pragma once

#include "engine/generators/factories.hpp"

namespace confab::engine {

Result<KernelPointer> make_person(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_address(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_company(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_job(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_product(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_book(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_dish(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_vehicle(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_internet(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_finance(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_code(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_title(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_prose(const plan::Generator& generator, const KernelContext& context);
Result<KernelPointer> make_vocabulary(const plan::Generator& generator, const KernelContext& context);

}  // namespace confab::engine
