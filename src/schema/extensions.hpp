// The extensions that a schema may use: those that PostgreSQL itself trusts an ordinary user with and that
// only add types, functions and operators (PostgreSQL 15, "Additional Supplied Modules").
#pragma once

#include <optional>
#include <string_view>

namespace confab::schema {

// The extension that declares a type, a function or an operator class of this name; nothing for any other name.
std::optional<std::string_view> extension_of_type(std::string_view name);
std::optional<std::string_view> extension_of_function(std::string_view name);
std::optional<std::string_view> extension_of_operator_class(std::string_view name);

}  // namespace confab::schema
