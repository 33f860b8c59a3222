#include "cli/summary.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace confab::cli {

namespace {

constexpr std::size_t most_warnings = 12;
constexpr std::size_t most_characters = 400;

void list(std::string& text, std::string_view label, const std::vector<std::string>& lines, std::size_t most,
          std::string_view where_the_rest_is) {
    const std::size_t shown = std::min(most, lines.size());
    for (std::size_t i = 0; i < shown; ++i) text += fmt::format("  {}: {}\n", label, printable(lines[i], most_characters));
    if (shown < lines.size()) {
        text += fmt::format("  {}: and {} more, {}\n", label, grouped(std::uint64_t{lines.size() - shown}), where_the_rest_is);
    }
}

}  // namespace

std::string planning_summary(const Prepared& prepared, std::size_t most_notes) {
    std::string text;
    if (prepared.planned_offline) text += "  the offline planner wrote this plan, by rules: no model was asked\n";
    list(text, "planned", prepared.notes, most_notes, "see `confab plan`");
    list(text, "understood", prepared.understood, prepared.understood.size(), "");
    list(text, "not possible", prepared.refused, prepared.refused.size(), "");
    list(text, "not understood", prepared.not_understood, prepared.not_understood.size(), "");
    return text;
}

std::string warning_summary(const schema::Schema& schema, const engine::Report& report) {
    std::string text;
    std::vector<std::string> warnings = schema.warnings;
    warnings.insert(warnings.end(), report.warnings.begin(), report.warnings.end());
    list(text, "warning", warnings, most_warnings, "see report.json");
    if (!schema.passed_over.empty()) {
        std::vector<std::string> kinds;
        for (const schema::PassedOver& statement : schema.passed_over) {
            kinds.push_back(fmt::format("{} × {}", grouped(std::uint64_t{statement.count}), statement.kind));
        }
        const std::size_t shown = std::min(most_warnings, kinds.size());
        text += fmt::format("  passed over, having nothing to do with rows: {}{}\n",
                            join(std::span(kinds).first(shown), ", "), shown < kinds.size() ? ", …" : "");
    }
    if (!schema.left_out.empty()) {
        text += fmt::format("  left out: {} (left_out.sql has them, with the reasons)\n",
                            counted(schema.left_out.size(), "clause"));
    }
    const auto held = [&](engine::Held how) {
        return static_cast<std::uint64_t>(std::count_if(report.clauses.begin(), report.clauses.end(),
                                                        [&](const auto& clause) { return clause.held == how; }));
    };
    if (const auto count = held(engine::Held::by_postgresql_only); count > 0) {
        text += fmt::format("  {} checked by PostgreSQL only, when the rows are loaded: see report.json\n", counted(count, "clause"));
    }
    if (const auto count = held(engine::Held::not_enforced); count > 0) {
        text += fmt::format("  {} not enforced: see report.json\n", counted(count, "clause"));
    }
    return text;
}

}  // namespace confab::cli
