#include "sink/file_names.hpp"

#include <array>
#include <set>

#include "base/text.hpp"

namespace confab::sink {

namespace {

constexpr std::size_t most_bytes = 200;  // of the 255 that file systems allow, for our own additions

// Names that Windows keeps for devices, with any extension.
bool is_device(std::string_view name) {
    const std::string stem = lower_ascii(name.substr(0, name.find('.')));
    for (const std::string_view device : {"con", "prn", "aux", "nul"}) {
        if (stem == device) return true;
    }
    return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' && stem[3] <= '9';
}

std::string safe(std::string_view name) {
    std::string text;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool unsafe = byte < 0x20 || byte == 0x7F || std::string_view("/\\:*?\"<>|'`$").find(c) != std::string_view::npos;
        text += unsafe ? '_' : c;
    }
    while (text.size() > most_bytes) text = std::string(first_characters(text, character_count(text) - 1));
    if (text.empty() || text.front() == '.' || text.front() == '-' || text.front() == ' ') text = "_" + text;
    if (is_device(text)) text = "_" + text;
    return text;
}

}  // namespace

std::vector<std::string> csv_file_names(const schema::Schema& schema) {
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (const schema::Table& table : schema.tables) {
        const std::string stem = safe(schema::display(table.name));
        std::string unique = stem;
        for (int number = 2; !taken.insert(fold_case(unique)).second; ++number) {
            unique = stem + "-" + std::to_string(number);
        }
        names.push_back(unique + ".csv");
    }
    return names;
}

}  // namespace confab::sink
