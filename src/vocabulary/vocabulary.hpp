// The vocabulary: lists of words, names and places, linked into the program as one binary file.
//
//   const vocabulary::List names = vocabulary::find("person.de_DE.last");
//   if (!names.empty()) use(names[0]);            // a view that lives as long as the program
//
// Nothing is parsed or copied: a list is a pointer into the file. What lists there are and where they come from is
// in data/README.md; the file's layout in data/build_vocabulary.py.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace confab::vocabulary {

class List {
  public:
    List() = default;
    List(const std::byte* file, const std::byte* entries, const std::byte* weights, std::size_t size, std::size_t longest)
        : file_(file), entries_(entries), weights_(weights), size_(size), longest_(longest) {}

    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    // Characters of the longest entry.
    std::size_t longest() const { return longest_; }
    bool weighted() const { return weights_ != nullptr; }

    std::string_view operator[](std::size_t i) const;
    // How often entry i comes, in units of its own; 1 without weights.
    double weight(std::size_t i) const;
    std::vector<double> weights() const;

  private:
    const std::byte* file_ = nullptr;
    const std::byte* entries_ = nullptr;
    const std::byte* weights_ = nullptr;
    std::size_t size_ = 0;
    std::size_t longest_ = 0;
};

// Empty when there is no list of that name.
List find(std::string_view name);

}  // namespace confab::vocabulary
