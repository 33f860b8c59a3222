#include "engine/generators/parameters.hpp"

#include <charconv>

#include <fmt/format.h>

#include "base/dates.hpp"

namespace confab::engine {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t'; }

// The number at the start of `text`, in millionths; what is left stays in `text`.
std::optional<std::int64_t> take_millionths(std::string_view& text) {
    bool negative = false;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    std::int64_t whole = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (code != std::errc() || whole > 1'000'000'000'000) return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    std::int64_t value = whole * 1'000'000;
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        std::int64_t unit = 100'000;
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            value += unit * (text.front() - '0');
            unit /= 10;
            text.remove_prefix(1);
        }
    }
    return negative ? -value : value;
}

bool add_unit(Interval& interval, std::int64_t millionths, std::string_view unit) {
    if (unit.size() > 1 && unit.back() == 's') unit.remove_suffix(1);
    const auto months = [&](std::int64_t each) {
        interval.months += static_cast<std::int32_t>(millionths * each / 1'000'000);
    };
    const auto days = [&](std::int64_t each) {
        const std::int64_t total = millionths * each;
        interval.days += static_cast<std::int32_t>(total / 1'000'000);
        interval.microseconds += total % 1'000'000 * (microseconds_per_day / 1'000'000);
    };
    const auto microseconds = [&](std::int64_t seconds) { interval.microseconds += millionths * seconds; };
    if (unit == "year" || unit == "yr" || unit == "y") months(12);
    else if (unit == "month" || unit == "mon") months(1);
    else if (unit == "week" || unit == "w") days(7);
    else if (unit == "day" || unit == "d") days(1);
    else if (unit == "hour" || unit == "hr" || unit == "h") microseconds(3600);
    else if (unit == "minute" || unit == "min" || unit == "m") microseconds(60);
    else if (unit == "second" || unit == "sec" || unit == "s") microseconds(1);
    else if (unit == "millisecond" || unit == "m") interval.microseconds += millionths / 1000;
    else return false;
    return true;
}

}  // namespace

Error parameter_error(std::string_view kind, std::string_view parameter, std::string_view what) {
    return Error(ErrorKind::invalid_input, fmt::format("generator `{}`: `{}` {}", kind, parameter, what));
}

std::optional<std::int64_t> parse_time_of_day(std::string_view text) {
    std::int64_t parts[3] = {0, 0, 0};
    int count = 0;
    while (count < 3) {
        if (text.size() < 2) return {};
        const auto [end, code] = std::from_chars(text.data(), text.data() + 2, parts[count]);
        if (code != std::errc() || end != text.data() + 2) return {};
        text.remove_prefix(2);
        ++count;
        if (text.empty()) break;
        if (text.front() != ':') return {};
        text.remove_prefix(1);
    }
    if (!text.empty() || count < 2 || parts[0] > 24 || parts[1] > 59 || parts[2] > 59) return {};
    const std::int64_t seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
    if (seconds > 86'400) return {};
    return seconds * microseconds_per_second;
}

std::optional<Interval> parse_duration(std::string_view text) {
    Interval interval;
    bool any = false;
    while (true) {
        while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
        if (text.empty()) break;
        const std::size_t word_end = std::min(text.find(' '), text.size());
        if (const std::string_view word = text.substr(0, word_end); word.find(':') != std::string_view::npos) {
            const auto time = parse_time_of_day(word);
            if (!time) return {};
            interval.microseconds += *time;
            text.remove_prefix(word_end);
            any = true;
            continue;
        }
        const auto amount = take_millionths(text);
        if (!amount) return {};
        while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
        std::size_t letters = 0;
        while (letters < text.size() && text[letters] >= 'a' && text[letters] <= 'z') ++letters;
        if (!add_unit(interval, *amount, text.substr(0, letters))) return {};
        text.remove_prefix(letters);
        any = true;
    }
    if (!any) return {};
    return interval;
}

std::int64_t longest(const Interval& interval) {
    return (std::int64_t{interval.months} / 12 * 366 + std::int64_t{interval.months} % 12 * 31 + interval.days) *
               microseconds_per_day + interval.microseconds;
}

std::int64_t shortest(const Interval& interval) {
    return (std::int64_t{interval.months} / 12 * 365 + std::int64_t{interval.months} % 12 * 28 + interval.days) *
               microseconds_per_day + interval.microseconds;
}

std::optional<std::string> scalar_text(const plan::Json& json) {
    if (json.is_null()) return {};
    if (json.is_string()) return json.get<std::string>();
    if (json.is_boolean()) return std::string(json.get<bool>() ? "true" : "false");
    return json.dump();
}

Result<plan::Generator> nested_generator(const plan::Json& json) {
    if (!json.is_object() || !json.contains("generator") || !json["generator"].is_string()) {
        return Error(ErrorKind::invalid_input, "expected an object with the key `generator`");
    }
    plan::Generator nested;
    for (const auto& [key, value] : json.items()) {
        if (key == "generator") nested.kind = value.get<std::string>();
        else nested.parameters[key] = value;
    }
    return nested;
}

void Parameters::fail(std::string_view name, std::string_view what) {
    if (!error_) error_ = parameter_error(generator_.kind, name, what);
}

const plan::Json* Parameters::find(std::string_view name) const {
    if (!generator_.parameters.is_object()) return nullptr;
    const auto found = generator_.parameters.find(std::string(name));
    return found == generator_.parameters.end() || found->is_null() ? nullptr : &*found;
}

bool Parameters::has(std::string_view name) const { return find(name) != nullptr; }

std::int64_t Parameters::integer(std::string_view name, std::int64_t otherwise) {
    const plan::Json* json = find(name);
    if (!json) return otherwise;
    if (json->is_number_unsigned() && json->get<std::uint64_t>() > 0x7FFFFFFFFFFFFFFFULL) {
        fail(name, "is above the largest bigint");
        return otherwise;
    }
    if (json->is_number_integer()) return json->get<std::int64_t>();
    if (json->is_number_float()) {
        const double value = json->get<double>();
        if (value >= -9e18 && value <= 9e18) {
            const auto whole = static_cast<std::int64_t>(value);
            if (static_cast<double>(whole) == value) return whole;
        }
    }
    fail(name, "must be a whole number");
    return otherwise;
}

double Parameters::number(std::string_view name, double otherwise) {
    const plan::Json* json = find(name);
    if (!json) return otherwise;
    if (json->is_number()) return json->get<double>();
    fail(name, "must be a number");
    return otherwise;
}

bool Parameters::boolean(std::string_view name, bool otherwise) {
    const plan::Json* json = find(name);
    if (!json) return otherwise;
    if (json->is_boolean()) return json->get<bool>();
    fail(name, "must be true or false");
    return otherwise;
}

std::string Parameters::text(std::string_view name, std::string_view otherwise) {
    const plan::Json* json = find(name);
    if (!json) return std::string(otherwise);
    if (const auto text = scalar_text(*json)) return *text;
    return std::string(otherwise);
}

std::vector<double> Parameters::numbers(std::string_view name) {
    std::vector<double> result;
    const plan::Json* json = find(name);
    if (!json) return result;
    if (!json->is_array()) {
        fail(name, "must be a list of numbers");
        return result;
    }
    for (const plan::Json& item : *json) {
        if (!item.is_number() || item.get<double>() < 0) {
            fail(name, "must be a list of numbers that are not negative");
            return result;
        }
        result.push_back(item.get<double>());
    }
    return result;
}

std::vector<std::optional<std::string>> Parameters::scalars(std::string_view name) {
    std::vector<std::optional<std::string>> result;
    const plan::Json* json = find(name);
    if (!json) return result;
    if (!json->is_array()) {
        fail(name, "must be a list of values");
        return result;
    }
    for (const plan::Json& item : *json) {
        if (item.is_structured()) result.push_back(item.dump());
        else result.push_back(scalar_text(item));
    }
    return result;
}

std::int64_t Parameters::day(std::string_view name, std::int64_t otherwise) {
    const plan::Json* json = find(name);
    if (!json) return otherwise;
    if (json->is_string()) {
        if (const auto days = parse_date(std::string_view(json->get_ref<const std::string&>()).substr(0, 10))) return *days;
    }
    fail(name, "must be a date, YYYY-MM-DD");
    return otherwise;
}

std::int64_t Parameters::moment(std::string_view name, std::int64_t otherwise, bool end) {
    const plan::Json* json = find(name);
    if (!json) return otherwise;
    if (json->is_string()) {
        const std::string_view text = json->get_ref<const std::string&>();
        const auto days = parse_date(text.substr(0, 10));
        if (days && text.size() == 10) {
            return *days * microseconds_per_day + (end ? microseconds_per_day - microseconds_per_second : 0);
        }
        if (days && text.size() > 11 && (text[10] == ' ' || text[10] == 'T')) {
            if (const auto time = parse_time_of_day(text.substr(11, 8))) return *days * microseconds_per_day + *time;
        }
    }
    fail(name, "must be a date or timestamp, YYYY-MM-DD HH:MM:SS");
    return otherwise;
}

std::optional<Interval> Parameters::duration(std::string_view name) {
    const plan::Json* json = find(name);
    if (!json) return {};
    if (json->is_string()) {
        if (auto interval = parse_duration(json->get_ref<const std::string&>())) return interval;
    }
    fail(name, "must be a span of time such as `3 days` or `2 hours`");
    return {};
}

std::optional<plan::Generator> Parameters::generator(std::string_view name) {
    const plan::Json* json = find(name);
    if (!json) return {};
    Result<plan::Generator> nested = nested_generator(*json);
    if (nested) return *std::move(nested);
    fail(name, nested.error().message);
    return {};
}

}  // namespace confab::engine
