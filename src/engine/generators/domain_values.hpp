// Values of a domain where no clause of the table can look at them one by one: the elements of an array, the fields of
// a composite type. They are chosen among values that the domain's checks accept, found once.
#pragma once

#include <memory>

#include "engine/kernel.hpp"

namespace confab::engine {

// Whether a domain on the way from `type` to its base has checks.
bool has_domain_checks(const schema::Schema& schema, const schema::Type& type);

// The domain of the elements of an array type, or of a domain over one; nothing when they have none.
std::optional<schema::Type> element_domain(const schema::Schema& schema, const schema::Type& type);

// The kernel itself where no check speaks, else one that chooses among accepted values: the kernel's own, or such as
// the checks themselves suggest. Null when there are none to be found, also because a check cannot be evaluated here.
std::unique_ptr<Kernel> accepted_by_domain(std::unique_ptr<Kernel> kernel, const schema::Type& type, const KernelContext& context);

}  // namespace confab::engine
