#include "ddl/ddl.hpp"

#include <array>

#include "base/text.hpp"

namespace confab::ddl {
namespace {

struct DialectName {
    std::string_view name;
    Dialect dialect;
};

// The first name of a dialect is the one that it is called by.
constexpr auto dialect_names = std::to_array<DialectName>({
    {"postgresql", Dialect::postgresql},
    {"postgres", Dialect::postgresql},
    {"pg", Dialect::postgresql},
    {"mysql", Dialect::mysql},
    {"mariadb", Dialect::mysql},
    {"sqlite", Dialect::sqlite},
    {"mssql", Dialect::mssql},
    {"sqlserver", Dialect::mssql},
    {"tsql", Dialect::mssql},
    {"oracle", Dialect::oracle},
});

}  // namespace

std::optional<Dialect> dialect_of(std::string_view name) {
    for (const DialectName& one : dialect_names) {
        if (equal_ignoring_case(one.name, name)) return one.dialect;
    }
    return std::nullopt;
}

std::string_view name_of(Dialect dialect) {
    for (const DialectName& one : dialect_names) {
        if (one.dialect == dialect) return one.name;
    }
    return {};
}

}  // namespace confab::ddl
