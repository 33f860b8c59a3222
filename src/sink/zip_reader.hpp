// One file out of a ZIP archive: enough to read the reports of archives that were written here.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace confab::sink {

// An error when the archive has no such file, is damaged, or the file has more than `max_bytes`.
Result<std::string> read_zip_entry(const std::string& path, const std::string& name, std::uint64_t max_bytes);

}  // namespace confab::sink
