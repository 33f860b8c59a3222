#include "engine/distinct.hpp"

#include <algorithm>

#include "base/dates.hpp"
#include "base/text.hpp"

namespace confab::engine {

namespace {

constexpr Span::Number infinite = static_cast<Span::Number>(1) << 120;
constexpr Span::Number unit = 1'000'000;  // one number, or one microsecond, is a million

// A number, a date or a timestamp on one scale.
bool parse_bound(std::string_view text, Span::Number& out) {
    text = trim(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    if (text.size() >= 10 && text[4] == '-' && text[7] == '-') {
        const auto day = parse_date(text.substr(0, 10));
        if (!day) return false;
        out = static_cast<Span::Number>(*day) * microseconds_per_day * unit;
        std::string_view time = text.substr(10);
        if (time.size() >= 9 && time[3] == ':' && time[6] == ':') {
            const auto number = [&](std::size_t at) { return static_cast<int>((time[at] - '0') * 10 + (time[at + 1] - '0')); };
            out += (static_cast<Span::Number>(number(1)) * 3600 + number(4) * 60 + number(7)) * microseconds_per_second * unit;
            Span::Number digit = microseconds_per_second * unit / 10;
            if (time.size() > 9 && time[9] == '.') {
                for (std::size_t i = 10; i < time.size() && time[i] >= '0' && time[i] <= '9'; ++i, digit /= 10) {
                    out += (time[i] - '0') * digit;
                }
            }
        }
        return true;
    }
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    if (text.empty()) return false;
    Span::Number value = 0;
    Span::Number fraction = unit * unit;
    bool point = false;
    for (const char c : text) {
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') return false;
        if (point) {
            fraction /= 10;
            value += (c - '0') * fraction;
        } else {
            value = value * 10 + (c - '0') * unit * unit;
        }
    }
    out = negative ? -value : value;
    return true;
}

}  // namespace

bool parse_range(std::string_view text, Span& out) {
    text = trim(text);
    if (equal_ignoring_case(text, "empty")) {
        out.empty = true;
        return true;
    }
    if (text.size() < 3) return false;
    const char open = text.front();
    const char close = text.back();
    text = text.substr(1, text.size() - 2);
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos) return false;
    const std::string_view lower = trim(text.substr(0, comma));
    const std::string_view upper = trim(text.substr(comma + 1));
    out = {};
    if (lower.empty()) out.from = -infinite;
    else if (!parse_bound(lower, out.from)) return false;
    else if (open == '(') out.from += 1;
    if (upper.empty()) out.to = infinite;
    else if (!parse_bound(upper, out.to)) return false;
    else if (close == ']') out.to += 1;
    out.empty = out.from >= out.to;
    return true;
}

bool DistinctValues::clashes(const Batch& batch, std::size_t row) const {
    const std::uint64_t hash = batch.hashes[row];
    if (hash == 0) return false;
    if (!spans_) return values_.contains(hash);
    const Span& span = batch.spans[row];
    const auto group = taken_.find(hash);
    if (span.empty || group == taken_.end()) return false;
    // The last one that begins before this one ends.
    auto other = group->second.lower_bound(span.to);
    if (other == group->second.begin()) return false;
    --other;
    return other->second > span.from;
}

void DistinctValues::insert(const Batch& batch, std::size_t row) {
    const std::uint64_t hash = batch.hashes[row];
    if (hash == 0) return;
    if (!spans_) {
        values_.insert(hash);
    } else if (!batch.spans[row].empty) {
        taken_[hash].emplace(batch.spans[row].from, batch.spans[row].to);
    }
}

}  // namespace confab::engine
