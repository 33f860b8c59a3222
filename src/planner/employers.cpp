// Addresses of a company's people: at its own domain, not at a public provider.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "planner/draft.hpp"
#include "planner/paths.hpp"

namespace confab::planner {

namespace {

template <std::size_t N> bool ends_in_one_of(const Words& words, const std::array<std::string_view, N>& names) {
    return !words.empty() && std::find(names.begin(), names.end(), words.back()) != names.end();
}

bool gives_addresses(const TableDraft& table) {
    static constexpr std::array<std::string_view, 17> companies = {"account",  "company",      "organization", "organisation", "business", "firm",       "corporation",
                                                                   "employer", "enterprise",   "agency",       "supplier", "vendor",     "distributor",
                                                                   "client",   "manufacturer", "wholesaler",   "university"};
    return table.entity->kind == EntityKind::company && ends_in_one_of(table.words, companies);
}

// Where the company's rows say which host is theirs: `coalesce(company_id.website, company_id.name)`; empty when
// nothing does.
std::string host_of(const TableDraft& company, const std::string& path) {
    std::vector<std::string> sources;
    bool sure = false;
    for (const std::string_view field : {"website", "domain", "name"}) {
        for (const ColumnDraft& column : company.columns) {
            const bool tells = is_record(column, "company") && column.type_class == 't' && column.generator.parameters.value("field", "") == field;
            if (!tells || sure) continue;
            sources.push_back(path + "." + sql_name(column));
            sure = !column.nullable();
        }
    }
    if (sources.size() < 2) return sources.empty() ? std::string() : sources.front();
    return "coalesce(" + join(sources, ", ") + ")";
}

}  // namespace

void relate_employers(Draft& draft) {
    for (TableDraft& table : draft.tables) {
        if (!table.planned || !is_staff(draft, table)) continue;
        std::vector<Path> paths = simple_paths_from(draft, table);
        std::stable_sort(paths.begin(), paths.end(), [](const Path& a, const Path& b) { return a.keys.size() < b.keys.size(); });
        const auto employer = std::find_if(paths.begin(), paths.end(), [](const Path& path) { return gives_addresses(*path.via.back()); });
        if (employer == paths.end()) continue;
        const std::string host = host_of(*employer->via.back(), path_sql(table, *employer));
        for (ColumnDraft& column : table.columns) {
            const bool address = is_record(column, "person") && column.generator.parameters.value("field", "") == "email";
            const bool personal = std::find(column.words.begin(), column.words.end(), "personal") != column.words.end() ||
                                  std::find(column.words.begin(), column.words.end(), "private") != column.words.end();
            if (address && !personal && !host.empty()) column.generator.parameters.emplace("domain", host);
        }
    }
}

}  // namespace confab::planner
