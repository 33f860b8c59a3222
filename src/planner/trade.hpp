// The trade that a schema serves, read from its tables: it decides what a reason, a department or a wage is.
#pragma once

#include <cstdint>
#include <span>

#include "planner/names.hpp"

namespace confab::planner {

enum class Trade : std::uint8_t {
    general,
    medical,   // patients, physicians, appointments
    academic,  // students, courses, faculties
    fitness,   // trainers, workouts, classes without students
    veterinary,    // pets and who treats them
    construction,  // contractors, materials, sites
};

// `tables`: the words of each table's name.
Trade trade_of(std::span<const Words> tables);

}  // namespace confab::planner
