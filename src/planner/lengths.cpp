#include "planner/lengths.hpp"

#include <algorithm>
#include <array>

namespace confab::planner {

namespace {

// Short activities end the same day.
constexpr Length lengths[] = {
    {"session", "2 minutes", "3 hours"}, {"shift", "4 hours", "9 hours"}, {"meeting", "20 minutes", "2 hours"}, {"appointment", "15 minutes", "90 minutes"},
    {"visit", "15 minutes", "3 hours"}, {"event", "1 hour", "9 hours"}, {"lecture", "45 minutes", "3 hours"}, {"class", "45 minutes", "3 hours"},
    {"flight", "50 minutes", "12 hours"}, {"trip", "20 minutes", "10 hours"}, {"ride", "4 minutes", "90 minutes"}, {"call", "1 minute", "90 minutes"},
    {"job", "5 minutes", "6 hours"}, {"run", "1 minute", "4 hours"}, {"match", "80 minutes", "150 minutes"}, {"exam", "45 minutes", "3 hours"},
    {"booking", "1 day", "9 days"}, {"reservation", "1 day", "9 days"}, {"stay", "1 day", "9 days"}, {"rental", "1 day", "14 days"},
    {"leave", "1 day", "14 days"}, {"sprint", "14 days", "21 days"}, {"semester", "90 days", "130 days"}, {"contract", "180 days", "1100 days"},
    {"lease", "180 days", "1100 days"}, {"subscription", "30 days", "730 days"}, {"membership", "180 days", "730 days"}, {"policy", "365 days", "1100 days"},
    {"promotion", "3 days", "45 days"}, {"discount", "3 days", "45 days"}, {"coupon", "14 days", "180 days"}, {"campaign", "14 days", "120 days"},
    {"project", "30 days", "540 days"}, {"task", "1 day", "45 days"}, {"course", "30 days", "150 days"}, {"auction", "1 day", "14 days"},
    {"admission", "1 day", "12 days"}, {"treatment", "1 day", "90 days"}, {"attendance", "4 hours", "10 hours"}, {"period", "7 days", "31 days"}, {"prescription", "5 days", "90 days"},
    {"loan", "1 day", "30 days"}, {"enrollment", "60 days", "150 days"}, {"department", "365 days", "3650 days"}, {"salary", "365 days", "1460 days"}, {"history", "180 days", "1460 days"}, {"account", "200 days", "3600 days"}, {"assignment", "14 days", "300 days"}, {"title", "365 days", "2190 days"}};

}  // namespace

const Length* length_of(const TableDraft& table) {
    for (auto word = table.words.rbegin(); word != table.words.rend(); ++word) {
        for (const Length& each : lengths) {
            if (each.word == *word) return &each;
        }
    }
    return nullptr;
}

std::string_view precision_of(const TableDraft& table) {
    static constexpr std::array<std::string_view, 23> agreed = {
        "concert", "performance", "show",
        "appointment", "meeting", "lesson", "class", "lecture", "exam", "interview", "shift", "event", "consultation", "screening",
        "showtime", "match", "webinar", "tour", "schedule", "timetable", "workshop", "seminar", "training"};
    static constexpr std::array<std::string_view, 5> timetabled = {"flight", "train", "bus", "departure", "voyage"};
    const auto last_of = [&](const auto& list) { return !table.words.empty() && std::find(list.begin(), list.end(), table.words.back()) != list.end(); };
    return last_of(agreed) ? "15 minutes" : last_of(timetabled) ? "5 minutes" : "";
}

const char* hours_of(const TableDraft& table) {
    static constexpr std::array<std::string_view, 8> shop = {"order", "sale", "payment", "purchase", "rental", "loan", "review", "customer"};
    static constexpr std::array<std::string_view, 7> office = {"employee", "appointment", "meeting", "project", "task", "visit", "department"};
    for (const std::string& word : table.words) {
        if (std::find(shop.begin(), shop.end(), word) != shop.end()) return "shop";
        if (std::find(office.begin(), office.end(), word) != office.end()) return "office";
    }
    return "waking";
}

}  // namespace confab::planner
