#include "engine/generators/moment_column.hpp"

#include <fmt/format.h>

namespace confab::engine {

namespace {

void append_padded(std::string& text, std::int64_t number, int width) {
    char digits[20];
    int count = 0;
    while (number > 0 || count < width) {
        digits[count++] = static_cast<char>('0' + number % 10);
        number /= 10;
    }
    while (count > 0) text += digits[--count];
}

}  // namespace

void append_date(std::string& text, std::int64_t days) {
    const Civil date = civil_from_days(days);
    append_padded(text, date.year, 4);
    text += '-';
    append_padded(text, date.month, 2);
    text += '-';
    append_padded(text, date.day, 2);
}

void append_time(std::string& text, std::int64_t microseconds) {
    const std::int64_t seconds = microseconds / microseconds_per_second;
    std::int64_t fraction = microseconds % microseconds_per_second;
    append_padded(text, seconds / 3600, 2);
    text += ':';
    append_padded(text, seconds / 60 % 60, 2);
    text += ':';
    append_padded(text, seconds % 60, 2);
    if (fraction == 0) return;
    int width = 6;
    while (fraction % 10 == 0) {
        fraction /= 10;
        --width;
    }
    text += '.';
    append_padded(text, fraction, width);
}

void MomentColumn::append(std::string& text, std::int64_t moment) const {
    const std::int64_t day = day_of(moment);
    if (form == MomentForm::date_text || form == MomentForm::timestamp_text) append_date(text, day);
    if (form == MomentForm::date_text) return;
    if (form == MomentForm::timestamp_text) text += ' ';
    append_time(text, moment - day * microseconds_per_day);
    if (form == MomentForm::time_tz_text) text += "+00";
}

Result<MomentColumn> MomentColumn::of(const KernelContext& context, std::string_view kind, bool with_time) {
    using schema::TypeKind;
    const schema::Type& type = context.type;
    MomentColumn column;
    const auto fail = [&]() -> Error {
        return Error(ErrorKind::invalid_input, fmt::format("generator `{}` makes dates and times: a column of type {} cannot hold them",
                                                           kind, schema::to_sql(type)));
    };
    if (type.is_array()) return fail();
    const bool time_only = kind == "time";
    if (type.precision >= 0 && type.precision < 6 && schema::is_temporal(type.kind)) {
        for (int digits = type.precision; digits < 6; ++digits) column.precision *= 10;
    }
    switch (type.kind) {
        case TypeKind::date: column.form = MomentForm::days; break;
        case TypeKind::timestamp:
        case TypeKind::timestamp_tz: column.form = MomentForm::microseconds; break;
        case TypeKind::time: column.form = MomentForm::time_of_day; break;
        case TypeKind::time_tz: column.form = MomentForm::time_tz_text; break;
        case TypeKind::bigint:
        case TypeKind::integer: column.form = MomentForm::seconds; break;
        default:
            if (!schema::is_character(type.kind)) return fail();
            column.form = time_only ? MomentForm::time_text : with_time ? MomentForm::timestamp_text : MomentForm::date_text;
            const int needed = time_only ? 8 : with_time ? 19 : 10;
            if (type.kind == TypeKind::single_char || (type.length > 0 && type.length < needed)) return fail();
            if (column.precision < microseconds_per_second) column.precision = microseconds_per_second;
    }
    const bool holds_time_only = column.form == MomentForm::time_of_day || column.form == MomentForm::time_tz_text;
    if (time_only != (holds_time_only || column.form == MomentForm::time_text)) return fail();
    return column;
}

}  // namespace confab::engine
