// The values of options that have a form of their own.
#include <charconv>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/arguments.hpp"

namespace confab::cli {

namespace {

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Error count_error(std::string_view option, std::string_view text, std::string_view why) {
    return Error(ErrorKind::invalid_input, fmt::format("{} {}: {}", option, printable(text), why))
        .note("expected a whole number from 1 to 9,223,372,036,854,775,807, in digits only");
}

Result<std::int64_t> parse_count(std::string_view option, std::string_view text, std::string_view whole) {
    if (text.empty()) return count_error(option, whole, "there is no number");
    if (text.starts_with('-') && all_digits(text.substr(1))) return count_error(option, whole, "the number is not positive");
    if (!all_digits(text)) return count_error(option, whole, fmt::format("`{}` is not a number of rows", printable(text)));
    const auto number = parse_integer(text);
    if (!number) return count_error(option, whole, "the number is more than a bigint holds");
    if (*number == 0) return count_error(option, whole, "the number is not positive");
    return *number;
}

}  // namespace

Result<RowsArgument> parse_rows(const std::string& text) {
    RowsArgument argument;
    const std::size_t equals = text.rfind('=');
    const std::string_view value = std::string_view(text).substr(equals == std::string::npos ? 0 : equals + 1);
    if (equals == std::string::npos) {
        CONFAB_TRY(argument.rows, parse_count("--rows", value, text));
        return argument;
    }
    argument.table = text.substr(0, equals);
    if (argument.table.empty()) {
        return Error(ErrorKind::invalid_input, fmt::format("--rows {}: there is no table before the `=`", printable(text)));
    }
    const std::size_t slash = value.find('/');
    if (slash == std::string_view::npos) {
        CONFAB_TRY(argument.rows, parse_count("--rows", value, text));
        return argument;
    }
    argument.parent = std::string(value.substr(slash + 1));
    const std::string_view mean = value.substr(0, slash);
    const bool plain = !mean.empty() && mean.find_first_not_of("0123456789.") == std::string_view::npos;
    const auto [end, code] = std::from_chars(mean.data(), mean.data() + mean.size(), argument.mean);
    if (!plain || code != std::errc() || end != mean.data() + mean.size() || !(argument.mean > 0) || argument.mean > 1e12) {
        return Error(ErrorKind::invalid_input, fmt::format("--rows {}: `{}` is not a number of rows for each row of a parent",
                                                           printable(text), printable(mean)))
            .note("expected TABLE=NUMBER/PARENT, as in order_items=2.5/orders");
    }
    if (argument.parent.empty()) {
        return Error(ErrorKind::invalid_input, fmt::format("--rows {}: there is no parent after the `/`", printable(text)));
    }
    return argument;
}

Result<RangeArgument> parse_range(const std::string& text) {
    const auto wrong = [&] {
        return Error(ErrorKind::invalid_input, fmt::format("--range {} is not a range of rows", printable(text)))
            .note("expected TABLE=FROM:TO, as in orders=0:500 for the first 500 rows");
    };
    RangeArgument argument;
    const std::size_t equals = text.rfind('=');
    const std::size_t colon = text.rfind(':');
    if (equals == std::string::npos || equals == 0 || colon == std::string::npos || colon < equals) return wrong();
    argument.table = text.substr(0, equals);
    const std::string_view from = std::string_view(text).substr(equals + 1, colon - equals - 1);
    const std::string_view to = std::string_view(text).substr(colon + 1);
    if (!all_digits(from) || !all_digits(to)) return wrong();
    const std::int64_t first = parse_integer(from).value_or(-1);
    const std::int64_t last = parse_integer(to).value_or(-1);
    if (first < 0 || last <= first) return wrong();
    argument.from = static_cast<std::uint64_t>(first);
    argument.to = static_cast<std::uint64_t>(last);
    return argument;
}

}  // namespace confab::cli
