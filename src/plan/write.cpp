// Plan → JSON text that is stable, pretty and gives small diffs: one line a column, keys in a fixed order,
// nothing written that stands at its default.
#include "plan/plan.hpp"

namespace confab::plan {

namespace {

constexpr std::size_t widest_line = 120;
constexpr std::size_t indentation = 2;

std::string on_one_line(const Json& json) {
    if (json.is_object()) {
        std::string text = "{";
        for (const auto& [key, value] : json.items())
            text += (text.size() > 1 ? ", " : "") + Json(key).dump() + ": " + on_one_line(value);
        return text + "}";
    }
    if (json.is_array()) {
        std::string text = "[";
        for (const Json& value : json) text += (text.size() > 1 ? ", " : "") + on_one_line(value);
        return text + "]";
    }
    return json.dump();
}

// `room` is what is left of the line after the key.
void write_value(const Json& json, std::size_t indent, std::size_t room, bool must_break, std::string& out) {
    if (!json.is_structured() || json.empty()) {
        out += on_one_line(json);
        return;
    }
    if (const std::string line = on_one_line(json); !must_break && line.size() <= room) {
        out += line;
        return;
    }
    out += json.is_object() ? "{" : "[";
    const std::string start = "\n" + std::string(indent + indentation, ' ');
    bool first = true;
    for (const auto& [key, value] : json.items()) {
        out += first ? start : "," + start;
        first = false;
        const std::string name = json.is_object() ? Json(key).dump() + ": " : std::string();
        out += name;
        const std::size_t used = indent + indentation + name.size() + 1;
        write_value(value, indent + indentation, used < widest_line ? widest_line - used : 0, false, out);
    }
    out += "\n" + std::string(indent, ' ') + (json.is_object() ? "}" : "]");
}

Json number(double value) {
    const auto whole = static_cast<std::int64_t>(value);
    if (value > -9e15 && value < 9e15 && static_cast<double>(whole) == value) return Json(whole);
    return Json(value);
}

Json row_count(const RowCount& count) {
    if (!count.per_parent) {
        if (count.exact) return Json(count.rows.value_or(0));
        Json json = {{"at_most", count.rows.value_or(0)}};
        if (count.instead_of) json["instead_of"] = *count.instead_of;
        return json;
    }
    const PerParent& per = *count.per_parent;
    Json json = {{"per", per.foreign_key}, {"mean", number(per.mean)}};
    if (per.minimum != 0) json["minimum"] = per.minimum;
    if (per.maximum) json["maximum"] = *per.maximum;
    json["spread"] = number(per.spread);
    if (count.exact) json["exact"] = true;
    return json;
}

Json layout_of(const Layout& layout) {
    Json json = {{"by", layout.foreign_key}};
    if (layout.minimum != 0) json["minimum"] = layout.minimum;
    if (layout.maximum) json["maximum"] = *layout.maximum;
    json["spread"] = number(layout.spread);
    return json;
}

Json column_of(const ColumnPlan& column) {
    Json json = {{"generator", column.generator.kind}};
    for (const auto& [key, value] : column.generator.parameters.items()) json[key] = value;
    if (column.nulls != 0) json["nulls"] = number(column.nulls);
    if (column.unique) json["unique"] = true;
    return json;
}

Json override_of(const Override& change) {
    Json json = Json::object();
    if (!change.when.empty()) json["when"] = change.when;
    if (change.share) json["share"] = number(*change.share);
    json["set"] = Json::object();
    for (const auto& [column, sql] : change.set) json["set"][column] = sql;
    return json;
}

Json pool_of(const Pool& pool) {
    Json json = {{"fields", pool.fields}, {"rows", Json::array()}};
    for (const std::vector<Json>& row : pool.rows) json["rows"].push_back(row);
    if (!pool.weights.empty()) {
        json["weights"] = Json::array();
        for (const double weight : pool.weights) json["weights"].push_back(number(weight));
    }
    return json;
}

// Opens `"name": {` … `}` at a depth; the entries are written by the caller.
void open(std::string& out, std::size_t depth, bool first, const std::string& name) {
    out += std::string(first ? "" : ",") + "\n" + std::string(depth * indentation, ' ') + Json(name).dump() + ": ";
}

void write_entry(std::string& out, std::size_t depth, bool first, const std::string& name, const Json& value,
                 bool must_break = false) {
    open(out, depth, first, name);
    const std::size_t used = depth * indentation + Json(name).dump().size() + 3;
    write_value(value, depth * indentation, used < widest_line ? widest_line - used : 0, must_break, out);
}

void write_table(std::string& out, bool first, const TablePlan& table) {
    open(out, 2, first, table.table);
    out += "{";
    write_entry(out, 3, true, "rows", row_count(table.rows));
    if (table.layout) write_entry(out, 3, false, "layout", layout_of(*table.layout));
    Json columns = Json::object();
    for (const ColumnPlan& column : table.columns) columns[column.column] = column_of(column);
    write_entry(out, 3, false, "columns", columns, true);
    if (!table.rules.empty()) write_entry(out, 3, false, "rules", Json(table.rules), true);
    if (!table.preferences.empty()) write_entry(out, 3, false, "preferences", Json(table.preferences), true);
    if (!table.overrides.empty()) {
        Json overrides = Json::array();
        for (const Override& change : table.overrides) overrides.push_back(override_of(change));
        write_entry(out, 3, false, "overrides", overrides, true);
    }
    out += "\n    }";
}

}  // namespace

std::string write(const Plan& plan) {
    std::string out = "{";
    write_entry(out, 1, true, "confab_plan", plan_version);
    if (plan.engine != 0) write_entry(out, 1, false, "engine", plan.engine);
    write_entry(out, 1, false, "seed", plan.seed);
    if (!plan.as_of.empty()) write_entry(out, 1, false, "as_of", plan.as_of);
    if (!plan.locale.empty()) write_entry(out, 1, false, "locale", plan.locale);
    if (!plan.pools.empty()) {
        Json pools = Json::object();
        for (const auto& [name, pool] : plan.pools) pools[name] = pool_of(pool);
        write_entry(out, 1, false, "pools", pools, true);
    }
    open(out, 1, false, "tables");
    out += "{";
    for (std::size_t i = 0; i < plan.tables.size(); ++i) write_table(out, i == 0, plan.tables[i]);
    out += plan.tables.empty() ? "}\n}\n" : "\n  }\n}\n";
    return out;
}

}  // namespace confab::plan
