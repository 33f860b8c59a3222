// A line on the terminal that says how far the work is.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "sink/sink.hpp"

namespace confab::cli {

// One line of at most 79 characters: `orders  ██████░░░░  61%  1,220,000 of 2,000,000 rows  2.1 M/s  0:01 left`.
std::string progress_line(const sink::Progress& progress, double seconds);

// Draws over the same line of standard error; wipes it in the end. Does nothing unless that is a terminal.
class ProgressBar {
  public:
    explicit ProgressBar(bool wanted);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    bool active() const { return active_; }
    void show(const sink::Progress& progress);
    void wipe();

  private:
    bool active_ = false;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace confab::cli
