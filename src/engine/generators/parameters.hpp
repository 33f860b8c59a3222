// Reading a generator's parameters. The first problem is kept: read them all, then ask for `status()`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/vector.hpp"
#include "plan/plan.hpp"
#include "schema/type.hpp"

namespace confab::engine {

class Parameters {
  public:
    explicit Parameters(const plan::Generator& generator) : generator_(generator) {}

    bool has(std::string_view name) const;
    const plan::Json* find(std::string_view name) const;

    std::int64_t integer(std::string_view name, std::int64_t otherwise);
    double number(std::string_view name, double otherwise);
    bool boolean(std::string_view name, bool otherwise);
    std::string text(std::string_view name, std::string_view otherwise = {});
    std::vector<double> numbers(std::string_view name);
    // Scalars as text, as they would be written in SQL without quotes; NULL is nothing.
    std::vector<std::optional<std::string>> scalars(std::string_view name);
    // Days since 1970-01-01 / microseconds: `2024-03-01`, `2024-03-01 10:00`. `end` takes a bare date as its last moment.
    std::int64_t day(std::string_view name, std::int64_t otherwise);
    std::int64_t moment(std::string_view name, std::int64_t otherwise, bool end);
    std::optional<Interval> duration(std::string_view name);
    std::optional<plan::Generator> generator(std::string_view name);

    void fail(std::string_view name, std::string_view what);
    Status status() const { return error_ ? Status(*error_) : Status(); }

  private:
    const plan::Generator& generator_;
    std::optional<Error> error_;
};

// A nested generator object: {"generator": kind, …}.
Result<plan::Generator> nested_generator(const plan::Json& json);

// A JSON scalar as PostgreSQL text; nothing for null.
std::optional<std::string> scalar_text(const plan::Json& json);

// PostgreSQL interval text: `3 days 04:00:00`, `2 hours`.
std::optional<Interval> parse_duration(std::string_view text);
// `HH:MM[:SS]` in microseconds since midnight; 24:00 is allowed.
std::optional<std::int64_t> parse_time_of_day(std::string_view text);

// In microseconds, months of at least / at most so many days.
std::int64_t longest(const Interval& interval);
std::int64_t shortest(const Interval& interval);

Error parameter_error(std::string_view kind, std::string_view parameter, std::string_view what);

}  // namespace confab::engine
