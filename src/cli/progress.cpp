#include "cli/progress.hpp"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

#include <fmt/format.h>

#include "base/text.hpp"

namespace confab::cli {

namespace {

std::string rate_text(double per_second) {
    if (per_second >= 1e6) return fmt::format("{:.1f} M/s", per_second / 1e6);
    if (per_second >= 1e4) return fmt::format("{:.0f} k/s", per_second / 1e3);
    return fmt::format("{:.0f}/s", per_second);
}

std::string rows_text(std::uint64_t rows) {
    if (rows < 100'000'000) return grouped(rows);
    const auto number = static_cast<double>(rows);
    return rows < 10'000'000'000 ? fmt::format("{:.1f} M", number / 1e6) : fmt::format("{:.1f} G", number / 1e9);
}

std::string time_text(double seconds) {
    const auto whole = static_cast<std::int64_t>(std::min(seconds, 359'999.0) + 0.5);
    if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

std::string progress_line(const sink::Progress& progress, double seconds) {
    constexpr std::size_t cells = 10;
    constexpr std::size_t name_width = 14;
    const double share = progress.rows_total == 0 ? 1.0
                                                  : static_cast<double>(progress.rows_done) / static_cast<double>(progress.rows_total);
    const auto filled = static_cast<std::size_t>(share * cells);
    std::string bar;
    for (std::size_t i = 0; i < cells; ++i) bar += i < filled ? "█" : "░";
    std::string name = printable(progress.table, name_width);
    while (character_count(name) < name_width) name += ' ';
    std::string line = fmt::format("{} {} {:3.0f}% {} of {} rows", name, bar, share * 100,
                                   rows_text(progress.rows_done), rows_text(progress.rows_total));
    if (seconds > 0.5 && progress.rows_done > 0) {
        const double rate = static_cast<double>(progress.rows_done) / seconds;
        line += fmt::format(" {} {} left", rate_text(rate),
                            time_text(static_cast<double>(progress.rows_total - progress.rows_done) / rate));
    }
    return std::string(first_characters(line, 79));
}

ProgressBar::ProgressBar(bool wanted) : active_(wanted && ::isatty(STDERR_FILENO) == 1) {}
ProgressBar::~ProgressBar() { wipe(); }

void ProgressBar::show(const sink::Progress& progress) {
    if (!active_) return;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    fmt::print(stderr, "\r{}\x1b[K", progress_line(progress, seconds));
    std::fflush(stderr);
    drawn_ = true;
}

void ProgressBar::wipe() {
    if (!std::exchange(drawn_, false)) return;
    fmt::print(stderr, "\r\x1b[K");
    std::fflush(stderr);
}

}  // namespace confab::cli
