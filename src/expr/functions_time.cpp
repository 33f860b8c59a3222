// Functions over dates, times and intervals. Time zones are UTC throughout.
#include <algorithm>
#include <cmath>

#include "base/dates.hpp"
#include "base/text.hpp"
#include "expr/arithmetic.hpp"
#include "expr/coerce.hpp"
#include "expr/functions.hpp"
#include "expr/kernel.hpp"
#include "expr/text_form.hpp"
#include "expr/time_format.hpp"
#include "expr/value_type.hpp"

namespace confab::expr {

namespace {

constexpr std::int64_t per_second = microseconds_per_second;
constexpr std::int64_t per_minute = 60 * per_second;
constexpr std::int64_t per_hour = 60 * per_minute;
constexpr std::int64_t per_day = microseconds_per_day;

bool is_infinite(std::int64_t value) { return value == positive_infinity || value == negative_infinity; }

std::int64_t floor_divide(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

// ---- extract and date_part -----------------------------------------------------------------------------------

enum class Field : std::uint8_t {
    microseconds, milliseconds, second, minute, hour, day, week, month, quarter, year, decade, century, millennium,
    dow, isodow, doy, isoyear, epoch, julian, timezone,
};

constexpr std::pair<std::string_view, Field> field_names[] = {
    {"microseconds", Field::microseconds}, {"milliseconds", Field::milliseconds}, {"second", Field::second},
    {"seconds", Field::second}, {"minute", Field::minute}, {"minutes", Field::minute}, {"hour", Field::hour},
    {"hours", Field::hour}, {"day", Field::day}, {"days", Field::day}, {"week", Field::week}, {"weeks", Field::week},
    {"month", Field::month}, {"months", Field::month}, {"quarter", Field::quarter}, {"year", Field::year},
    {"years", Field::year}, {"decade", Field::decade}, {"century", Field::century},
    {"millennium", Field::millennium}, {"dow", Field::dow}, {"isodow", Field::isodow}, {"doy", Field::doy},
    {"isoyear", Field::isoyear}, {"epoch", Field::epoch}, {"julian", Field::julian}, {"timezone", Field::timezone},
};

std::optional<Field> find_field(std::string_view name) {
    const std::string lower = lower_ascii(name);
    for (const auto& [text, field] : field_names) {
        if (lower == text) return field;
    }
    return {};
}

// Year and week of ISO 8601.
std::pair<std::int64_t, std::int64_t> iso_week(std::int64_t day) {
    const std::int64_t thursday = day - weekday_of(day) + 4;
    const std::int64_t year = civil_from_days(thursday).year;
    return {year, (thursday - days_from_civil({year, 1, 1})) / 7 + 1};
}

// Without a year 0, as PostgreSQL counts.
std::int64_t shown_year(std::int64_t year) { return year > 0 ? year : year - 1; }

// A field of a moment, in units of 10^-6.
std::int64_t field_of_moment(Field field, std::int64_t moment) {
    const std::int64_t day = floor_divide(moment, per_day);
    const std::int64_t time = moment - day * per_day;
    const auto whole = [](std::int64_t value) { return value * 1'000'000; };
    switch (field) {
        case Field::microseconds: return whole(time % per_minute);
        case Field::milliseconds: return time % per_minute * 1000;
        case Field::second: return time % per_minute;
        case Field::minute: return whole(time / per_minute % 60);
        case Field::hour: return whole(time / per_hour);
        case Field::epoch: return moment;
        case Field::timezone: return 0;
        case Field::dow: return whole(weekday_of(day) % 7);
        case Field::isodow: return whole(weekday_of(day));
        case Field::week: return whole(iso_week(day).second);
        case Field::isoyear: return whole(shown_year(iso_week(day).first));
        case Field::julian: return whole(day + 2'440'588);
        default: break;
    }
    const Civil date = civil_from_days(day);
    switch (field) {
        case Field::day: return whole(date.day);
        case Field::month: return whole(date.month);
        case Field::quarter: return whole((date.month - 1) / 3 + 1);
        case Field::doy: return whole(day - days_from_civil({date.year, 1, 1}) + 1);
        case Field::decade: return whole(floor_divide(date.year, 10));
        case Field::century: return whole(date.year > 0 ? (date.year + 99) / 100 : -((99 - (date.year - 1)) / 100));
        case Field::millennium:
            return whole(date.year > 0 ? (date.year + 999) / 1000 : -((999 - (date.year - 1)) / 1000));
        default: return whole(shown_year(date.year));
    }
}

std::int64_t field_of_interval(Field field, const Interval& interval) {
    const std::int64_t time = interval.microseconds;
    const auto whole = [](std::int64_t value) { return value * 1'000'000; };
    const std::int64_t years = interval.months / 12;
    switch (field) {
        case Field::microseconds: return whole(time % per_minute);
        case Field::milliseconds: return time % per_minute * 1000;
        case Field::second: return time % per_minute;
        case Field::minute: return whole(time / per_minute % 60);
        case Field::hour: return whole(time / per_hour);
        case Field::day: return whole(interval.days);
        case Field::month: return whole(interval.months % 12);
        case Field::quarter: return whole(interval.months % 12 / 3 + 1);
        case Field::year: return whole(years);
        case Field::decade: return whole(years / 10);
        case Field::century: return whole(years / 100);
        case Field::millennium: return whole(years / 1000);
        // A year of 365.25 days, a month of 30.
        default:
            return whole(years * 31'557'600) + whole(std::int64_t{interval.months % 12} * 30 * 86'400) +
                   whole(std::int64_t{interval.days} * 86'400) + time;
    }
}

int scale_of(Field field) { return field == Field::second || field == Field::epoch ? 6 : field == Field::milliseconds ? 3 : 0; }

enum class Of : std::uint8_t { date, time, moment, interval };

template <Of of>
Status check_field(Node& node) {
    const Node& name = *node.args[0];
    const auto field = name.is_literal() && !name.is_null_literal() ? find_field(*name.value.data<std::string_view>())
                                                                    : std::nullopt;
    if (!field) return Error(ErrorKind::not_supported, node.name + " of this field is not known here");
    const bool is_clock = *field <= Field::hour;
    const bool has_it = of == Of::time       ? is_clock || *field == Field::epoch
                        : of == Of::interval ? *field <= Field::millennium && *field != Field::week
                                             : true;
    const bool date_refuses = of == Of::date && node.name == "extract" && (is_clock || *field == Field::timezone);
    if ((!has_it && !(of == Of::interval && *field == Field::epoch)) || date_refuses) {
        return Error(ErrorKind::invalid_input, node.name + ": a value of this type has no such field");
    }
    node.parameter = static_cast<std::int64_t>(*field);
    if (node.type.kind == schema::TypeKind::numeric) {
        const bool moment_epoch = *field == Field::epoch && of == Of::date;
        node.parameter |= std::int64_t{0};
        constexpr int digits = 18;
        set_shape(node, numeric_shape(digits, moment_epoch ? 0 : scale_of(*field)));
    }
    return {};
}

// Fills out[i] (numeric or double) from a number in units of 10^-6.
void put(Call& call, std::size_t i, std::int64_t millionths) {
    if (call.out.kind() == Physical::float64) {
        call.out.data<double>()[i] = static_cast<double>(millionths) / 1e6;
        return;
    }
    constexpr std::int64_t units[] = {1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
    call.out.data<std::int64_t>()[i] = millionths / units[call.node.scale];
}

template <Of of>
void field_kernel(Call& call) {
    const auto field = static_cast<Field>(call.node.parameter);
    for_valid(call, [&](std::size_t i) {
        if constexpr (of == Of::interval) {
            put(call, i, field_of_interval(field, call.args[1].at<Interval>(i)));
        } else {
            std::int64_t value = call.args[1].at<std::int64_t>(i);
            if (is_infinite(value)) {
                call.out.set_null(i);
                return;
            }
            if (of == Of::date) value *= per_day;
            put(call, i, field_of_moment(field, value));
        }
    });
}

// ---- date_trunc ----------------------------------------------------------------------------------------------

Status check_unit(Node& node) {
    const Node& name = *node.args[0];
    const auto field = name.is_literal() && !name.is_null_literal() ? find_field(*name.value.data<std::string_view>())
                                                                    : std::nullopt;
    if (!field || *field > Field::millennium) {
        return Error(ErrorKind::not_supported, "date_trunc to this unit is not known here");
    }
    node.parameter = static_cast<std::int64_t>(*field);
    return {};
}

std::int64_t truncate_moment(Field field, std::int64_t moment) {
    const auto to_multiple = [&](std::int64_t unit) { return floor_divide(moment, unit) * unit; };
    switch (field) {
        case Field::microseconds: return moment;
        case Field::milliseconds: return to_multiple(1000);
        case Field::second: return to_multiple(per_second);
        case Field::minute: return to_multiple(per_minute);
        case Field::hour: return to_multiple(per_hour);
        default: break;
    }
    const std::int64_t day = floor_divide(moment, per_day);
    if (field == Field::day) return day * per_day;
    if (field == Field::week) return (day - weekday_of(day) + 1) * per_day;
    Civil date = civil_from_days(day);
    date.day = 1;
    if (field == Field::quarter) {
        date.month = (date.month - 1) / 3 * 3 + 1;
    } else if (field != Field::month) {
        date.month = 1;
    }
    if (field == Field::decade) date.year = floor_divide(date.year, 10) * 10;
    if (field == Field::century) date.year = floor_divide(date.year - 1, 100) * 100 + 1;
    if (field == Field::millennium) date.year = floor_divide(date.year - 1, 1000) * 1000 + 1;
    return days_from_civil(date) * per_day;
}

void truncate_kernel(Call& call) {
    const auto field = static_cast<Field>(call.node.parameter);
    for_valid(call, [&](std::size_t i) {
        const std::int64_t moment = call.args[1].at<std::int64_t>(i);
        call.out.data<std::int64_t>()[i] = is_infinite(moment) ? moment : truncate_moment(field, moment);
    });
}

void truncate_interval_kernel(Call& call) {
    const auto field = static_cast<Field>(call.node.parameter);
    for_valid(call, [&](std::size_t i) {
        Interval interval = call.args[1].at<Interval>(i);
        const auto cut = [&](std::int64_t unit) { interval.microseconds -= interval.microseconds % unit; };
        if (field >= Field::day) interval.microseconds = 0;
        if (field > Field::day) interval.days = 0;
        switch (field) {
            case Field::milliseconds: cut(1000); break;
            case Field::second: cut(per_second); break;
            case Field::minute: cut(per_minute); break;
            case Field::hour: cut(per_hour); break;
            case Field::quarter: interval.months -= interval.months % 3; break;
            case Field::year: interval.months -= interval.months % 12; break;
            case Field::decade: interval.months -= interval.months % 120; break;
            case Field::century: interval.months -= interval.months % 1200; break;
            case Field::millennium: interval.months -= interval.months % 12000; break;
            case Field::week: call.fail(i); return;
            default: break;
        }
        call.out.data<Interval>()[i] = interval;
    });
}

// ---- age -----------------------------------------------------------------------------------------------------

// Years, months and days between two moments, as people count; the days borrowed are those of the earlier month.
Interval age_between(std::int64_t later, std::int64_t earlier) {
    const bool negative = later < earlier;
    if (negative) std::swap(later, earlier);
    const std::int64_t day_a = floor_divide(later, per_day);
    const std::int64_t day_b = floor_divide(earlier, per_day);
    const Civil a = civil_from_days(day_a);
    const Civil b = civil_from_days(day_b);
    std::int64_t time = (later - day_a * per_day) - (earlier - day_b * per_day);
    std::int64_t days = a.day - b.day;
    std::int64_t months = (a.year - b.year) * 12 + a.month - b.month;
    if (time < 0) {
        time += per_day;
        --days;
    }
    if (days < 0) {
        // The days that are borrowed are those of the earlier month.
        const Civil next = b.month == 12 ? Civil{b.year + 1, 1, 1} : Civil{b.year, b.month + 1, 1};
        const std::int64_t length = days_from_civil(next) - days_from_civil({b.year, b.month, 1});
        while (days < 0) {
            days += length;
            --months;
        }
    }
    const int sign = negative ? -1 : 1;
    return {static_cast<std::int32_t>(sign * months), static_cast<std::int32_t>(sign * days), sign * time};
}

void age_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const std::int64_t later = call.args[0].at<std::int64_t>(i);
        const std::int64_t earlier = call.args[1].at<std::int64_t>(i);
        if (is_infinite(later) || is_infinite(earlier)) return call.fail(i);
        call.out.data<Interval>()[i] = age_between(later, earlier);
    });
}

// ---- making --------------------------------------------------------------------------------------------------

std::optional<std::int64_t> day_of(std::int64_t year, std::int64_t month, std::int64_t day) {
    if (year == 0 || year > 5'874'897 || year < -4712 || month < 1 || month > 12 || day < 1 || day > 31) return {};
    if (year < 0) ++year;
    const Civil date{year, static_cast<int>(month), static_cast<int>(day)};
    const std::int64_t days = days_from_civil(date);
    return civil_from_days(days).day == date.day ? std::optional(days) : std::nullopt;
}

void make_date_kernel(Call& call) {
    const auto at = [&](std::size_t arg, std::size_t i) { return call.args[arg].at<std::int64_t>(i); };
    for_valid(call, [&](std::size_t i) {
        const auto day = day_of(at(0, i), at(1, i), at(2, i));
        if (!day) return call.fail(i);
        call.out.data<std::int64_t>()[i] = *day;
    });
}

bool clock_of(const Call& call, std::size_t first, std::size_t i, std::int64_t& time) {
    const std::int64_t hour = call.args[first].at<std::int64_t>(i);
    const std::int64_t minute = call.args[first + 1].at<std::int64_t>(i);
    const double seconds = call.args[first + 2].at<double>(i);
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || !(seconds >= 0 && seconds <= 60)) return false;
    time = hour * per_hour + minute * per_minute + static_cast<std::int64_t>(std::nearbyint(seconds * 1e6));
    return time <= per_day;
}

void make_time_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        if (!clock_of(call, 0, i, call.out.data<std::int64_t>()[i])) call.fail(i);
    });
}

void make_timestamp_kernel(Call& call) {
    const auto at = [&](std::size_t arg, std::size_t i) { return call.args[arg].at<std::int64_t>(i); };
    for_valid(call, [&](std::size_t i) {
        const auto day = day_of(at(0, i), at(1, i), at(2, i));
        std::int64_t time = 0;
        if (!day || !clock_of(call, 3, i, time)) return call.fail(i);
        call.out.data<std::int64_t>()[i] = *day * per_day + time;
    });
}

// make_interval(years, months, weeks, days, hours, mins)
void make_interval_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const auto at = [&](std::size_t arg) {
            return arg < call.args.size() ? call.args[arg].at<std::int64_t>(i) : 0;
        };
        const std::int64_t months = at(0) * 12 + at(1);
        const std::int64_t days = at(2) * 7 + at(3);
        call.out.data<Interval>()[i] = {static_cast<std::int32_t>(months), static_cast<std::int32_t>(days),
                                        at(4) * per_hour + at(5) * per_minute};
        if (months != static_cast<std::int32_t>(months) || days != static_cast<std::int32_t>(days)) call.fail(i);
    });
}

void from_epoch_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const double seconds = call.args[0].at<double>(i);
        if (!(std::fabs(seconds) < 9e12)) return call.fail(i);
        call.out.data<std::int64_t>()[i] = static_cast<std::int64_t>(std::nearbyint(seconds * 1e6));
    });
}

void is_finite_kernel(Call& call) {
    map1<std::int64_t, std::uint8_t>(call, [](std::int64_t value) -> std::uint8_t { return is_infinite(value) ? 0 : 1; });
}

// 30 days become a month, 24 hours a day.
void justify_days_kernel(Call& call) {
    map1<Interval, Interval>(call, [](const Interval& value) {
        Interval result{value.months + value.days / 30, value.days % 30, value.microseconds};
        if (result.months > 0 && result.days < 0) {
            result.days += 30;
            --result.months;
        } else if (result.months < 0 && result.days > 0) {
            result.days -= 30;
            ++result.months;
        }
        return result;
    });
}
void justify_hours_kernel(Call& call) {
    map1<Interval, Interval>(call, [](const Interval& value) {
        Interval result{value.months, value.days + static_cast<std::int32_t>(value.microseconds / per_day),
                        value.microseconds % per_day};
        if (result.days > 0 && result.microseconds < 0) {
            result.microseconds += per_day;
            --result.days;
        } else if (result.days < 0 && result.microseconds > 0) {
            result.microseconds -= per_day;
            ++result.days;
        }
        return result;
    });
}

// timezone('UTC', x): the value as it is, timestamp for timestamptz and the other way round.
Status check_zone(Node& node) {
    const Node& zone = *node.args[0];
    const bool utc = zone.is_literal() && !zone.is_null_literal() &&
                     (equal_ignoring_case(*zone.value.data<std::string_view>(), "utc") ||
                      equal_ignoring_case(*zone.value.data<std::string_view>(), "gmt"));
    if (!utc) return Error(ErrorKind::not_supported, "a time zone other than UTC is not known here");
    return {};
}
void same_moment_kernel(Call& call) {
    for (std::size_t i = 0; i < call.rows; ++i) {
        call.out.data<std::int64_t>()[i] = call.args[1].at<std::int64_t>(i);
    }
}

// ---- to_char, to_date ----------------------------------------------------------------------------------------

struct PreparedFormat : Prepared {
    TimeFormat format;
};

template <std::size_t arg>
Status check_format(Node& node) {
    const Node& text = *node.args[arg];
    if (!text.is_literal() || text.is_null_literal()) {
        return Error(ErrorKind::not_supported, node.name + " with a format that is not constant is not known here");
    }
    auto format = TimeFormat::read(*text.value.data<std::string_view>());
    if (!format) return std::move(format).error();
    auto prepared = std::make_shared<PreparedFormat>();
    prepared->format = *std::move(format);
    node.prepared = std::move(prepared);
    return {};
}

const TimeFormat& format_of(const Call& call) { return static_cast<const PreparedFormat&>(*call.node.prepared).format; }

void to_char_kernel(Call& call) {
    std::string text;
    for_valid(call, [&](std::size_t i) {
        const std::int64_t moment = call.args[0].at<std::int64_t>(i);
        if (is_infinite(moment)) return call.out.set_null(i);
        text.clear();
        format_of(call).write(moment, text);
        call.out.data<std::string_view>()[i] = call.out.arena().store(text);
    });
}

template <bool as_date>
void to_moment_kernel(Call& call) {
    for_valid(call, [&](std::size_t i) {
        const auto moment = format_of(call).parse(call.args[0].at<std::string_view>(i));
        if (!moment) return call.fail(i);
        call.out.data<std::int64_t>()[i] = as_date ? floor_divide(*moment, per_day) : *moment;
    });
}

constexpr Signature signatures[] = {
    {"extract", "td", 'n', field_kernel<Of::date>, false, true, check_field<Of::date>},
    {"extract", "tc", 'n', field_kernel<Of::time>, false, true, check_field<Of::time>},
    {"extract", "ts", 'n', field_kernel<Of::moment>, false, true, check_field<Of::moment>},
    {"extract", "tz", 'n', field_kernel<Of::moment>, false, true, check_field<Of::moment>},
    {"extract", "tv", 'n', field_kernel<Of::interval>, false, true, check_field<Of::interval>},
    {"date_part", "td", 'f', field_kernel<Of::date>, false, true, check_field<Of::date>},
    {"date_part", "tc", 'f', field_kernel<Of::time>, false, true, check_field<Of::time>},
    {"date_part", "ts", 'f', field_kernel<Of::moment>, false, true, check_field<Of::moment>},
    {"date_part", "tz", 'f', field_kernel<Of::moment>, false, true, check_field<Of::moment>},
    {"date_part", "tv", 'f', field_kernel<Of::interval>, false, true, check_field<Of::interval>},
    {"date_trunc", "ts", 's', truncate_kernel, false, true, check_unit},
    {"date_trunc", "tz", 'z', truncate_kernel, false, true, check_unit},
    {"date_trunc", "tv", 'v', truncate_interval_kernel, true, true, check_unit},
    {"age", "ss", 'v', age_kernel, true},
    {"age", "zz", 'v', age_kernel, true},
    {"make_date", "iii", 'd', make_date_kernel, true},
    {"make_time", "iif", 'c', make_time_kernel, true},
    {"make_timestamp", "iiiiif", 's', make_timestamp_kernel, true},
    {"make_interval", "i", 'v', make_interval_kernel, true},
    {"make_interval", "ii", 'v', make_interval_kernel, true},
    {"make_interval", "iii", 'v', make_interval_kernel, true},
    {"make_interval", "iiii", 'v', make_interval_kernel, true},
    {"make_interval", "iiiii", 'v', make_interval_kernel, true},
    {"make_interval", "iiiiii", 'v', make_interval_kernel, true},
    {"to_timestamp", "f", 'z', from_epoch_kernel, true},
    {"to_timestamp", "tt", 'z', to_moment_kernel<false>, true, true, check_format<1>},
    {"to_date", "tt", 'd', to_moment_kernel<true>, true, true, check_format<1>},
    {"to_char", "st", 't', to_char_kernel, false, true, check_format<1>},
    {"to_char", "zt", 't', to_char_kernel, false, true, check_format<1>},
    {"isfinite", "d", 'b', is_finite_kernel},
    {"isfinite", "s", 'b', is_finite_kernel},
    {"isfinite", "z", 'b', is_finite_kernel},
    {"justify_days", "v", 'v', justify_days_kernel},
    {"justify_hours", "v", 'v', justify_hours_kernel},
    {"timezone", "ts", 'z', same_moment_kernel, false, true, check_zone},
    {"timezone", "tz", 's', same_moment_kernel, false, true, check_zone},
};

}  // namespace

std::span<const Signature> time_functions() { return signatures; }

}  // namespace confab::expr
