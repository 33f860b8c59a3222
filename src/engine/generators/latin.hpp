// Names as they stand in addresses of the internet: small ASCII letters and digits.
#pragma once

#include <string>
#include <string_view>

namespace confab::engine {

// Appends `text` in small letters without accents; what is no Latin letter or digit is left out, or becomes one
// `separator` between words when that is not 0. `Müller-Łoś` → `muellerlos`, with '-': `mueller-los`.
void append_slug(std::string& out, std::string_view text, char separator);

}  // namespace confab::engine
