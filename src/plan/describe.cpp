#include "plan/describe.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "base/dates.hpp"
#include "base/text.hpp"

namespace confab::plan {

namespace {

constexpr std::size_t longest_quoted = 60;

std::string quoted(const std::string& text) {
    if (text.size() <= longest_quoted) return "\"" + text + "\"";
    std::size_t cut = longest_quoted;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
    return "\"" + text.substr(0, cut) + "…\"";
}

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

}  // namespace

std::string found(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null: return "null";
        case Json::value_t::boolean: return value.get<bool>() ? "true" : "false";
        case Json::value_t::string: return "the text " + quoted(value.get_ref<const std::string&>());
        case Json::value_t::array: return "a list";
        case Json::value_t::object: return "an object";
        default: return "the number " + value.dump();
    }
}

std::string suggestion(std::string_view wrong, std::span<const std::string> valid) {
    const std::string note = nearest_note(wrong, valid);
    return note.empty() ? note : "; " + note;
}

void add_wrong(Problems& problems, const Path& path, const Json& value, std::string_view expected) {
    problems.add(path, "found " + found(value) + ", expected " + std::string(expected));
}

void check_keys(Problems& problems, const Path& path, const Json& object, std::span<const std::string> valid) {
    for (const auto& [key, value] : object.items()) {
        if (std::find(valid.begin(), valid.end(), key) == valid.end())
            problems.add(path / key, "unknown key \"" + key + "\"" + suggestion(key, valid));
    }
}

bool is_whole(const Json& value) {
    if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX);
    if (value.is_number_integer()) return true;
    if (!value.is_number_float()) return false;
    const double number = value.get<double>();
    return std::abs(number) < 9e15 && number == std::floor(number);
}

bool is_duration(std::string_view text) {
    static constexpr std::array<std::string_view, 30> units = {
        "microsecond", "microseconds", "millisecond", "milliseconds", "second", "seconds", "sec", "secs", "s",
        "minute", "minutes", "min", "mins", "m", "hour", "hours", "h", "day", "days", "d", "week", "weeks", "w",
        "month", "months", "mon", "mons", "year", "years", "y"};
    std::size_t at = 0;
    bool any = false;
    const auto skip_spaces = [&] { while (at < text.size() && text[at] == ' ') ++at; };
    for (skip_spaces(); at < text.size(); skip_spaces()) {
        if (text[at] == '-' || text[at] == '+') ++at;
        const std::size_t number = at;
        while (at < text.size() && (is_digit(text[at]) || text[at] == '.')) ++at;
        if (at == number) return false;
        const bool clock = at < text.size() && text[at] == ':';
        while (clock && at < text.size() && (is_digit(text[at]) || text[at] == ':' || text[at] == '.')) ++at;
        any = true;
        if (clock) continue;
        skip_spaces();
        const std::size_t word = at;
        while (at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0) ++at;
        if (std::find(units.begin(), units.end(), text.substr(word, at - word)) == units.end()) return false;
    }
    return any;
}

bool is_date_or_timestamp(std::string_view text) {
    if (text.size() < 10 || !parse_date(text.substr(0, 10))) return false;
    if (text.size() == 10) return true;
    if (text[10] != ' ' && text[10] != 'T') return false;
    const std::string_view clock = text.substr(11);
    constexpr std::string_view form = "00:00:00.000000";
    if (clock.size() != 5 && clock.size() < 8) return false;
    if (clock.size() > form.size()) return false;
    for (std::size_t i = 0; i < clock.size(); ++i) {
        if (form[i] == '0' ? !is_digit(clock[i]) : clock[i] != form[i]) return false;
    }
    const auto number = [&](std::size_t at) { return (clock[at] - '0') * 10 + (clock[at + 1] - '0'); };
    return number(0) < 24 && number(3) < 60 && (clock.size() == 5 || number(6) < 60);
}

}  // namespace confab::plan
