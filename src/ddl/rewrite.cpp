#include "ddl/rewrite.hpp"

#include "ddl/postgresql_split.hpp"

namespace confab::ddl {

Result<Rewritten> rewrite(std::string_view utf8, Dialect dialect, const std::string& file_name) {
    if (dialect == Dialect::postgresql) return split_postgresql(utf8, file_name);
    return Error(ErrorKind::not_supported, "this dialect is not read yet");
}

}  // namespace confab::ddl
