#include "ddl/dialect/near_names.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"

namespace confab::ddl::dialect {

namespace {

// `territories` and `territory` → `territory`; good enough to compare two names, not to speak English.
std::string in_singular(std::string name) {
    const auto ends = [&](std::string_view with) { return name.size() > with.size() + 2 && name.ends_with(with); };
    if (ends("ies")) return name.substr(0, name.size() - 3) + "y";
    if (ends("sses") || ends("shes") || ends("ches") || ends("xes")) return name.substr(0, name.size() - 2);
    if (ends("s") && !ends("ss")) return name.substr(0, name.size() - 1);
    return name;
}

}  // namespace

void adopt_near_names(std::vector<ParsedStatement>& statements, std::vector<std::string>& warnings) {
    std::set<std::string> made;
    std::map<std::string, std::vector<TableName>> by_singular;
    for (const ParsedStatement& each : statements) {
        const auto add = [&](const TableName& name) {
            if (made.insert(name.name).second) by_singular[in_singular(fold_case(name.name))].push_back(name);
        };
        if (const auto* create = std::get_if<CreateTable>(&each.statement)) add(create->name);
        if (const auto* rename = std::get_if<RenameTables>(&each.statement))
            for (const auto& [from, to] : rename->pairs) made.insert(to.name);
        if (const auto* alter = std::get_if<AlterTable>(&each.statement))
            for (const AlterAction& action : alter->actions)
                if (action.kind == AlterKind::rename_table) made.insert(action.new_name.name);
    }
    std::set<std::string> said;
    const auto adopt = [&](TableName& name) {
        if (made.contains(name.name)) return;
        const auto found = by_singular.find(in_singular(fold_case(name.name)));
        if (found == by_singular.end() || found->second.size() != 1) return;
        if (said.insert(name.name).second)
            warnings.push_back(fmt::format("there is no table {}; what is said of it is taken as said of {}", name.name, found->second[0].name));
        name.space = found->second[0].space;
        name.name = found->second[0].name;
    };
    for (ParsedStatement& each : statements) {
        if (auto* alter = std::get_if<AlterTable>(&each.statement)) adopt(alter->name);
        if (auto* index = std::get_if<CreateIndex>(&each.statement)) adopt(index->table);
    }
}

}  // namespace confab::ddl::dialect
