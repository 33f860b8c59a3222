#include "engine/probes.hpp"

#include <algorithm>

#include "base/dates.hpp"
#include "base/text.hpp"
#include "expr/tree.hpp"
#include "expr/value_type.hpp"

namespace confab::engine {

namespace {

using schema::TypeKind;

constexpr std::size_t most_literals = 40;
constexpr std::size_t longest_literal = 200;

void collect(const schema::Schema& schema, const expr::Node& node, std::set<std::string>& literals) {
    if (literals.size() >= most_literals) return;
    if (node.is_literal() && !node.is_null_literal() && node.physical != Physical::boolean) {
        std::string text;
        expr::write_value(expr::ValueType(schema, node.type), node.value, 0, text);
        if (text.size() <= longest_literal) literals.insert(std::move(text));
    }
    for (const expr::NodePtr& arg : node.args) collect(schema, *arg, literals);
}

std::optional<std::int64_t> whole_number(const std::string& text) {
    if (text.empty() || text.size() > 17) return std::nullopt;
    char* end = nullptr;
    const std::int64_t number = std::strtoll(text.c_str(), &end, 10);
    return *end == '\0' || *end == '.' ? std::optional(number) : std::nullopt;
}

class Probes {
  public:
    void add(std::string text) {
        if (seen_.insert(text).second) all_.push_back(std::move(text));
    }
    std::vector<std::string> take() { return std::move(all_); }

  private:
    std::set<std::string> seen_;
    std::vector<std::string> all_;
};

void add_numbers(const std::set<std::string>& literals, Probes& probes) {
    for (const std::string& text : literals) {
        const auto number = whole_number(text);
        if (!number) continue;
        probes.add(text);
        for (const std::int64_t sign : {1, -1}) {
            for (const std::int64_t step : {0, 1, -1, 2, -2, 5, -5, 10, -10, 37, 100}) probes.add(std::to_string(sign * *number + step));
            probes.add(std::to_string(sign * *number * 2));
            probes.add(std::to_string(sign * *number * 10));
            probes.add(std::to_string(sign * *number / 2));
        }
        probes.add(std::to_string(*number) + ".5");
    }
    for (int number = 0; number <= 32; ++number) probes.add(std::to_string(number));
    for (int number = 1; number <= 16; ++number) probes.add(std::to_string(-number));
    for (std::int64_t power = 10; power <= 1'000'000'000; power *= 10) {
        for (const std::int64_t number : {power, power / 2, -power, power - 1}) probes.add(std::to_string(number));
    }
    for (const char* text : {"0.5", "0.25", "1.5", "-0.5", "99.99", "32767", "-32768", "2147483647"}) probes.add(text);
}

void add_texts(const std::set<std::string>& literals, Probes& probes) {
    constexpr std::string_view words[] = {"a", "ab", "abc", "river", "garden", "Alpha", "Beta", "one two", "A", "Q", "AB", "ABC",
                                          "ABCDEF", "x1", "A1", "AB12", "ab-12", "1", "12", "123", "1234", "12345",
                                          "12345678", "1234567890", "abcdefgh", "abcdefghijkl", ""};
    for (const std::string& text : literals) {
        probes.add(text);
        probes.add(lower_ascii(text));
        probes.add(upper_ascii(text));
        for (const std::string_view word : {"a", "ab", "abc", "river", "one", "12", "AB", "1"}) {
            probes.add(text + std::string(word));
            probes.add(std::string(word) + text);
            for (const std::string_view end : {"cd", "net", "7", "Z"}) probes.add(std::string(word) + text + std::string(end));
        }
        for (const std::string& other : literals) {
            if (other != text) probes.add("a" + text + "bc" + other + "de");
        }
        const auto length = whole_number(text);
        if (length && *length > 0 && *length <= 200) {
            for (const char letter : {'a', 'K', '7'}) {
                for (std::int64_t more = -1; more <= 1; ++more) probes.add(std::string(static_cast<std::size_t>(*length + more), letter));
            }
        }
    }
    for (const std::string_view word : words) probes.add(std::string(word));
}

void add_documents(const std::set<std::string>& literals, Probes& probes) {
    for (const char* text : {"{}", "[]", "[1, 2]", "[\"a\", \"b\"]", "[{\"a\": 1}]", "\"text\"", "1", "12.5", "true", "null",
                             "{\"name\": \"a\"}", "{\"id\": 1, \"name\": \"a\"}"}) {
        probes.add(text);
    }
    constexpr std::string_view values[] = {"\"a\"", "1", "50", "true", "[]", "[1]", "[\"a\"]", "{}", "null", "\"2024-05-06\""};
    std::vector<std::string> all(std::size(values));
    for (const std::string& key : literals) {
        if (key.find_first_of("\"\\") != std::string::npos) continue;
        const std::string quoted = "\"" + key + "\"";
        probes.add(quoted);
        probes.add(key);
        for (std::size_t i = 0; i < std::size(values); ++i) {
            probes.add("{" + quoted + ": " + std::string(values[i]) + "}");
            all[i] += (all[i].empty() ? "" : ", ") + quoted + ": " + std::string(values[i]);
            for (const std::string& value : literals) {
                if (i == 0 && value != key) probes.add("{" + quoted + ": \"" + value + "\"}");
            }
        }
    }
    for (const std::string& members : all) probes.add("{" + members + "}");
}

void add_days(const std::set<std::string>& literals, std::int64_t as_of, bool with_time, Probes& probes) {
    const auto add = [&](std::int64_t day) {
        probes.add(format_date(day));
        if (with_time) {
            for (const char* time : {" 09:00:00", " 12:30:00", " 17:45:00"}) probes.add(format_date(day) + time);
        }
    };
    for (const std::string& text : literals) {
        probes.add(text);
        const auto day = parse_date(std::string_view(text).substr(0, 10));
        if (!day) continue;
        for (const std::int64_t step : {0, 1, -1, 7, -7, 30, -30, 365, -365}) add(*day + step);
    }
    for (std::int64_t back = 0; back < 400; back += 9) add(as_of - back);
    const Civil today = civil_from_days(as_of);
    for (std::int64_t back = 1; back <= 24; ++back) {
        const std::int64_t month = today.year * 12 + today.month - 1 - back;
        const std::int64_t first = days_from_civil({month / 12, static_cast<int>(month % 12 + 1), 1});
        add(first);
        add(first - 1);
    }
    for (const std::int64_t years : {5, 10, 20, 30, 40, 60, -1, -2, -5}) add(as_of - years * 366);
}

void add_arrays(const std::set<std::string>& literals, Probes& probes) {
    for (const char* text : {"{}", "{1}", "{1,2}", "{1,2,3}", "{0,0}", "{5,4,3,2,1}", "{a}", "{a,b}", "{{1,2},{3,4}}"}) probes.add(text);
    std::string all;
    for (const std::string& text : literals) {
        if (text.find_first_of("{},\"\\ ") != std::string::npos || text.empty()) continue;
        probes.add("{" + text + "}");
        all += (all.empty() ? "" : ",") + text;
    }
    probes.add("{" + all + "}");
}

}  // namespace

void collect_literals(const schema::Schema& schema, const expr::Program& condition, std::set<std::string>& literals) {
    collect(schema, condition.root(), literals);
}

std::vector<std::string> probes_of(const schema::Type& type, const std::set<std::string>& literals, std::int64_t as_of) {
    Probes probes;
    if (type.is_array()) {
        add_arrays(literals, probes);
        return probes.take();
    }
    switch (type.kind) {
        case TypeKind::boolean:
            probes.add("true");
            probes.add("false");
            break;
        case TypeKind::date: add_days(literals, as_of, false, probes); break;
        case TypeKind::timestamp:
        case TypeKind::timestamp_tz: add_days(literals, as_of, true, probes); break;
        case TypeKind::json:
        case TypeKind::jsonb: add_documents(literals, probes); break;
        case TypeKind::interval:
            for (const std::string& text : literals) probes.add(text);
            for (const char* text : {"0", "1 minute", "15 minutes", "1 hour", "8 hours", "1 day", "7 days", "1 month", "1 year",
                                     "5 years", "-1 day"}) {
                probes.add(text);
            }
            break;
        case TypeKind::time:
        case TypeKind::time_tz:
            for (const std::string& text : literals) probes.add(text);
            for (const char* text : {"00:00", "06:00", "08:30", "09:00", "12:00", "13:15", "17:00", "20:30", "23:59:59"}) probes.add(text);
            break;
        case TypeKind::inet:
        case TypeKind::cidr:
            for (const std::string& text : literals) probes.add(text);
            for (const char* text : {"10.0.0.0/8", "10.1.2.0/24", "192.168.1.0/24", "192.168.1.7", "127.0.0.1", "2001:db8::/32",
                                     "2001:db8::1", "::1", "0.0.0.0/0"}) {
                probes.add(text);
            }
            break;
        default:
            if (schema::is_numeric(type.kind)) add_numbers(literals, probes);
            else add_texts(literals, probes);
            break;
    }
    return probes.take();
}

}  // namespace confab::engine
