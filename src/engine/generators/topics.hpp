// What a text of the row is about: industries from their labels, projects from their names.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace confab::engine {

// A topic is known by words that begin with one of its stems (`financ` of "Financial services"). A stem of
// up to three letters is a whole word (`it`), and of several stems the longest one counts (`electronic`
// before `electr`). ASCII letters, in either case.
class Topics {
  public:
    static constexpr int none = -1;

    // Knows no topic.
    Topics() = default;
    // From the lists list.<name>.name (stems) and list.<name>.topic of the vocabulary; none when it has none.
    explicit Topics(std::string_view name);

    const std::vector<std::string_view>& names() const { return names_; }
    // Index into names() of a topic's name, or none.
    int named(std::string_view name) const;
    // Index into names() by the last word of the text that is known (insurance, of "Health insurance"), or
    // none.
    int of(std::string_view text) const;

  private:
    struct Stem {
        std::string_view text;
        int topic = none;
    };
    int of_word(std::string_view lower) const;

    std::vector<std::string_view> names_;
    std::array<std::vector<Stem>, 26> stems_;  // by first letter, longer ones first
};

}  // namespace confab::engine
