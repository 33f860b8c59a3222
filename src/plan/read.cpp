// JSON text → Plan: the structure. What needs the schema or the catalog is in validate.cpp.
#include <set>

#include "plan/describe.hpp"
#include "plan/validate.hpp"

namespace confab::plan {

namespace {

class Reader {
  public:
    explicit Reader(Problems& problems) : problems_(problems) {}

    Plan plan(const Json& json) {
        Plan plan;
        const Path top;
        if (!is_object(top, json)) return plan;
        keys(top, json, {"confab_plan", "engine", "seed", "as_of", "locale", "pools", "tables"});
        version(json);
        std::int64_t engine = 0;
        if (whole(top, json, "engine", engine, 0)) plan.engine = static_cast<int>(std::min<std::int64_t>(engine, 1 << 30));
        seed(json, plan.seed);
        text(top, json, "as_of", plan.as_of);
        text(top, json, "locale", plan.locale);
        each_entry(top, json, "pools", [&](const Path& path, const std::string& name, const Json& value) {
            plan.pools.emplace(name, pool(path, value));
        });
        if (!json.contains("tables")) problems_.add(top, "no \"tables\"; expected an object with one entry a table");
        each_entry(top, json, "tables", [&](const Path& path, const std::string& name, const Json& value) {
            plan.tables.push_back(table(path, name, value));
        });
        return plan;
    }

  private:
    bool is_object(const Path& path, const Json& value) {
        if (!value.is_object()) add_wrong(problems_, path, value, "an object");
        return value.is_object();
    }
    bool is_list(const Path& path, const Json& value) {
        if (!value.is_array()) add_wrong(problems_, path, value, "a list");
        return value.is_array();
    }
    void keys(const Path& path, const Json& object, std::initializer_list<std::string> valid) {
        check_keys(problems_, path, object, std::span(valid.begin(), valid.size()));
    }
    bool text(const Path& path, const Json& object, const char* key, std::string& out, bool required = false) {
        if (!object.contains(key)) {
            if (required) problems_.add(path, std::string("no \"") + key + "\"");
            return false;
        }
        const Json& value = object[key];
        if (!value.is_string()) {
            add_wrong(problems_, path / key, value, "a text");
            return false;
        }
        out = value.get<std::string>();
        return true;
    }
    bool whole(const Path& path, const Json& object, const char* key, std::int64_t& out, std::int64_t least) {
        if (!object.contains(key)) return false;
        const Json& value = object[key];
        if (!is_whole(value) || value.get<std::int64_t>() < least) {
            add_wrong(problems_, path / key, value, "a whole number of " + std::to_string(least) + " or more");
            return false;
        }
        out = value.get<std::int64_t>();
        return true;
    }
    bool whole(const Path& path, const Json& object, const char* key, std::optional<std::int64_t>& out,
               std::int64_t least) {
        std::int64_t number = 0;
        if (!whole(path, object, key, number, least)) return false;
        out = number;
        return true;
    }
    bool number(const Path& path, const Json& object, const char* key, double& out, double least, double most,
                std::string_view expected) {
        if (!object.contains(key)) return false;
        const Json& value = object[key];
        if (!value.is_number() || value.get<double>() < least || value.get<double>() > most) {
            add_wrong(problems_, path / key, value, expected);
            return false;
        }
        out = value.get<double>();
        return true;
    }
    bool share(const Path& path, const Json& object, const char* key, double& out) {
        return number(path, object, key, out, 0, 1, "a share from 0 to 1");
    }
    void flag(const Path& path, const Json& object, const char* key, bool& out) {
        if (!object.contains(key)) return;
        if (object[key].is_boolean()) out = object[key].get<bool>();
        else add_wrong(problems_, path / key, object[key], "true or false");
    }
    template <typename Each>
    void each_entry(const Path& path, const Json& object, const char* key, Each each) {
        if (!object.contains(key) || !is_object(path / key, object[key])) return;
        for (const auto& [name, value] : object[key].items()) each(path / key / name, name, value);
    }
    template <typename Each>
    void each_element(const Path& path, const Json& object, const char* key, Each each) {
        if (!object.contains(key) || !is_list(path / key, object[key])) return;
        std::size_t index = 0;
        for (const Json& value : object[key]) {
            each((path / key)[index], value);
            ++index;
        }
    }

    void version(const Json& json) {
        const Path path = Path() / "confab_plan";
        if (!json.contains("confab_plan")) {
            problems_.add(Path(), "no \"confab_plan\"; expected \"confab_plan\": " + std::to_string(plan_version));
        } else if (!is_whole(json["confab_plan"]) || json["confab_plan"].get<std::int64_t>() != plan_version) {
            add_wrong(problems_, path, json["confab_plan"],
                      std::to_string(plan_version) + ", the version of plans that this program reads");
        }
    }
    void seed(const Json& json, std::uint64_t& out) {
        if (!json.contains("seed")) return;
        const Json& value = json["seed"];
        if (value.is_number_unsigned()) out = value.get<std::uint64_t>();
        else add_wrong(problems_, Path() / "seed", value, "a whole number of 0 or more");
    }

    Pool pool(const Path& path, const Json& json) {
        Pool pool;
        if (!is_object(path, json)) return pool;
        keys(path, json, {"fields", "rows", "weights"});
        for (const char* key : {"fields", "rows"}) {
            if (!json.contains(key)) problems_.add(path, std::string("no \"") + key + "\"");
        }
        each_element(path, json, "fields", [&](const Path& at, const Json& value) {
            if (value.is_string()) pool.fields.push_back(value.get<std::string>());
            else add_wrong(problems_, at, value, "the name of a field");
        });
        each_element(path, json, "rows", [&](const Path& at, const Json& value) {
            if (!is_list(at, value)) return;
            std::vector<Json> row;
            for (const Json& cell : value) {
                if (cell.is_structured()) add_wrong(problems_, at[row.size()], cell, "a text, a number, true, false or null");
                row.push_back(cell);
            }
            pool.rows.push_back(std::move(row));
        });
        each_element(path, json, "weights", [&](const Path& at, const Json& value) {
            const bool good = value.is_number() && value.get<double>() >= 0;
            if (good) pool.weights.push_back(value.get<double>());
            else add_wrong(problems_, at, value, "a number of 0 or more");
        });
        return pool;
    }

    TablePlan table(const Path& path, const std::string& name, const Json& json) {
        TablePlan table;
        table.table = name;
        if (!is_object(path, json)) return table;
        keys(path, json, {"rows", "layout", "columns", "rules", "preferences", "overrides"});
        if (json.contains("rows")) table.rows = row_count(path / "rows", json["rows"]);
        else problems_.add(path, "no \"rows\"; expected a number, {\"at_most\": N} or {\"per\": foreign key, \"mean\": N}");
        if (json.contains("layout")) table.layout = layout(path / "layout", json["layout"]);
        if (!json.contains("columns")) problems_.add(path, "no \"columns\"");
        each_entry(path, json, "columns", [&](const Path& at, const std::string& column, const Json& value) {
            table.columns.push_back(column_plan(at, column, value));
        });
        each_element(path, json, "rules", [&](const Path& at, const Json& value) {
            if (value.is_string()) table.rules.push_back(value.get<std::string>());
            else add_wrong(problems_, at, value, "a condition in SQL");
        });
        each_element(path, json, "preferences", [&](const Path& at, const Json& value) {
            if (value.is_string()) table.preferences.push_back(value.get<std::string>());
            else add_wrong(problems_, at, value, "a condition in SQL");
        });
        each_element(path, json, "overrides",
                     [&](const Path& at, const Json& value) { table.overrides.push_back(override_of(at, value)); });
        return table;
    }

    RowCount row_count(const Path& path, const Json& json) {
        RowCount count;
        if (!json.is_object()) {
            count.exact = true;
            if (is_whole(json) && json.get<std::int64_t>() >= 0) count.rows = json.get<std::int64_t>();
            else add_wrong(problems_, path, json, "a whole number of 0 or more, {\"at_most\": N} or {\"per\": foreign key, \"mean\": N}");
            return count;
        }
        if (!json.contains("per")) {
            keys(path, json, {"at_most", "instead_of", "per", "mean", "minimum", "maximum", "spread", "exact"});
            whole(path, json, "instead_of", count.instead_of, 0);
            if (!whole(path, json, "at_most", count.rows, 0) && !json.contains("at_most"))
                problems_.add(path, "neither \"at_most\" nor \"per\"");
            return count;
        }
        keys(path, json, {"per", "mean", "minimum", "maximum", "spread", "exact"});
        PerParent per;
        text(path, json, "per", per.foreign_key, true);
        number(path, json, "mean", per.mean, 0, 1e12, "a number of 0 or more");
        whole(path, json, "minimum", per.minimum, 0);
        whole(path, json, "maximum", per.maximum, 0);
        share(path, json, "spread", per.spread);
        flag(path, json, "exact", count.exact);
        count.per_parent = std::move(per);
        return count;
    }

    Layout layout(const Path& path, const Json& json) {
        Layout layout;
        if (!is_object(path, json)) return layout;
        keys(path, json, {"by", "minimum", "maximum", "spread"});
        text(path, json, "by", layout.foreign_key, true);
        whole(path, json, "minimum", layout.minimum, 0);
        whole(path, json, "maximum", layout.maximum, 0);
        share(path, json, "spread", layout.spread);
        return layout;
    }

    ColumnPlan column_plan(const Path& path, const std::string& name, const Json& json) {
        ColumnPlan column;
        column.column = name;
        if (!is_object(path, json)) return column;
        text(path, json, "generator", column.generator.kind, true);
        share(path, json, "nulls", column.nulls);
        flag(path, json, "unique", column.unique);
        for (const auto& [key, value] : json.items()) {
            if (key != "generator" && key != "nulls" && key != "unique") column.generator.parameters[key] = value;
        }
        return column;
    }

    Override override_of(const Path& path, const Json& json) {
        Override change;
        if (!is_object(path, json)) return change;
        keys(path, json, {"when", "set", "share"});
        text(path, json, "when", change.when);
        double part = 0;
        if (share(path, json, "share", part)) change.share = part;
        if (!json.contains("set")) problems_.add(path, "no \"set\"; expected {column: SQL}");
        each_entry(path, json, "set", [&](const Path& at, const std::string& column, const Json& value) {
            if (value.is_string()) change.set.emplace_back(column, value.get<std::string>());
            else add_wrong(problems_, at, value, "an expression in SQL, as a text");
        });
        return change;
    }

    Problems& problems_;
};

// Parses strictly: a key that stands twice in one object would silently win or lose.
Result<Json> parse(std::string_view text, const std::string& file_name) {
    std::vector<std::set<std::string>> open;
    std::string repeated;
    const auto watch = [&](int, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::object_start) open.emplace_back();
        if (event == Json::parse_event_t::object_end) open.pop_back();
        if (event == Json::parse_event_t::key && !open.back().insert(parsed.get<std::string>()).second && repeated.empty())
            repeated = parsed.get<std::string>();
        return true;
    };
    try {
        Json json = Json::parse(text.begin(), text.end(), watch);
        if (!repeated.empty())
            return Error(ErrorKind::invalid_input, "the key \"" + repeated + "\" stands twice in one object of the plan");
        return json;
    } catch (const Json::parse_error& error) {
        Location where{file_name, 1, 1, {}};
        const std::size_t end = std::min(error.byte > 0 ? error.byte - 1 : 0, text.size());
        std::size_t line_start = 0;
        for (std::size_t i = 0; i < end; ++i) {
            if (text[i] != '\n') continue;
            ++where.line;
            line_start = i + 1;
        }
        for (std::size_t i = line_start; i < end; ++i) where.column += (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U ? 1 : 0;
        where.line_text = std::string(text.substr(line_start, text.find('\n', line_start) - line_start));
        std::string what = error.what();
        if (const std::size_t colon = what.find(": "); colon != std::string::npos) what = what.substr(colon + 2);
        return Error(ErrorKind::invalid_input, "the plan is not JSON: " + what).at(std::move(where));
    }
}

}  // namespace

Result<Plan> read(std::string_view json_text, const std::string& file_name, const schema::Schema& schema) {
    CONFAB_TRY(const Json json, parse(json_text, file_name));
    Problems problems;
    Plan plan = Reader(problems).plan(json);
    validate(plan, schema, problems);
    if (!problems.empty()) return problems.error(file_name);
    return plan;
}

Status validate(const Plan& plan, const schema::Schema& schema) {
    Problems problems;
    validate(plan, schema, problems);
    if (!problems.empty()) return problems.error({});
    return {};
}

}  // namespace confab::plan
