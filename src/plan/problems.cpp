#include "plan/problems.hpp"

#include <algorithm>
#include <cctype>

namespace confab::plan {

namespace {

constexpr std::size_t most_shown = 100;

bool is_plain(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c >= 0x80;
    });
}

}  // namespace

Path Path::operator/(std::string_view name) const {
    Path path = *this;
    if (!is_plain(name)) {
        path.text_ += "[\"" + std::string(name) + "\"]";
    } else {
        if (!path.text_.empty()) path.text_ += '.';
        path.text_ += name;
    }
    return path;
}

Path Path::operator[](std::size_t index) const {
    Path path = *this;
    path.text_ += "[" + std::to_string(index) + "]";
    return path;
}

void Problems::add(const Path& path, const std::string& what) {
    found_.push_back((path.text().empty() ? std::string("the plan") : path.text()) + ": " + what);
}

Error Problems::error(const std::string& file_name) const {
    Error error(ErrorKind::invalid_input, (file_name.empty() ? "" : file_name + ": ") + found_.front());
    for (std::size_t i = 1; i < found_.size() && i < most_shown; ++i) error.notes.push_back(found_[i]);
    if (found_.size() > most_shown)
        error.notes.push_back("and " + std::to_string(found_.size() - most_shown) + " more");
    return error;
}

}  // namespace confab::plan
