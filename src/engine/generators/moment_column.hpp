// How a moment lies in a column: date, time, timestamp, seconds since 1970 in an integer, or text.
#pragma once

#include <cstdint>
#include <string>

#include "base/dates.hpp"
#include "base/result.hpp"
#include "base/vector.hpp"
#include "engine/kernel.hpp"

namespace confab::engine {

enum class MomentForm : std::uint8_t { days, microseconds, time_of_day, seconds, date_text, timestamp_text, time_text, time_tz_text };

struct MomentColumn {
    MomentForm form = MomentForm::microseconds;
    std::int64_t precision = 1;  // of timestamp(p), in microseconds

    // `with_time` chooses between the two forms of text.
    static Result<MomentColumn> of(const KernelContext& context, std::string_view kind, bool with_time);

    bool has_days_only() const { return form == MomentForm::days || form == MomentForm::date_text; }

    // make(i) gives microseconds since 1970-01-01 (of the day, for times).
    template <typename Make> void fill(Vector& out, std::size_t count, Make make) const {
        if (form >= MomentForm::date_text) {
            out.reset(Physical::text, count);
            auto* data = out.data<std::string_view>();
            std::string text;
            for (std::size_t i = 0; i < count; ++i) {
                text.clear();
                append(text, make(i));
                data[i] = out.arena().store(text);
            }
            return;
        }
        out.reset(Physical::int64, count);
        auto* data = out.data<std::int64_t>();
        if (form == MomentForm::days) {
            for (std::size_t i = 0; i < count; ++i) data[i] = day_of(make(i));
        } else if (form == MomentForm::seconds) {
            for (std::size_t i = 0; i < count; ++i) data[i] = make(i) / microseconds_per_second;
        } else if (precision == 1) {
            for (std::size_t i = 0; i < count; ++i) data[i] = make(i);
        } else {
            for (std::size_t i = 0; i < count; ++i) data[i] = make(i) / precision * precision;
        }
    }

    static std::int64_t day_of(std::int64_t moment) {
        const std::int64_t day = moment / microseconds_per_day;
        return moment % microseconds_per_day < 0 ? day - 1 : day;
    }

    void append(std::string& text, std::int64_t moment) const;
};

// `HH:MM:SS`, with a fraction when there is one.
void append_time(std::string& text, std::int64_t microseconds);
void append_date(std::string& text, std::int64_t days);

}  // namespace confab::engine
