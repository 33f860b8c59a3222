#include "plan/validate.hpp"

#include <algorithm>

#include "base/dates.hpp"
#include "expr/expr.hpp"
#include "plan/catalog.hpp"
#include "plan/describe.hpp"
#include "plan/foreign_key.hpp"

namespace confab::plan {

namespace {

std::vector<std::string> names_of_tables(const schema::Schema& schema) {
    std::vector<std::string> names;
    for (const schema::Table& table : schema.tables) {
        if (table.holds_rows()) names.push_back(schema::display(table.name));
    }
    return names;
}

std::vector<std::string> names_of_columns(const schema::Table& table) {
    std::vector<std::string> names;
    for (const schema::Column& column : table.columns) names.push_back(column.name);
    return names;
}

bool refuses_null(const schema::Schema& schema, const schema::Column& column) {
    if (column.not_null) return true;
    const schema::Type* type = &column.type;
    while (type->kind == schema::TypeKind::domain && !type->is_array()) {
        const schema::Domain* domain = schema.find_domain(type->user_type);
        if (domain == nullptr) return false;
        if (domain->not_null) return true;
        type = &domain->base;
    }
    return false;
}

class Validator {
  public:
    Validator(const Plan& plan, const schema::Schema& schema, Problems& problems)
        : plan_(plan), schema_(schema), problems_(problems) {}

    void all() {
        if (!plan_.as_of.empty() && !parse_date(plan_.as_of))
            problems_.add(Path() / "as_of", "found \"" + plan_.as_of + "\", expected a date, YYYY-MM-DD");
        for (const auto& [name, pool] : plan_.pools) check_pool(Path() / "pools" / name, pool);
        if (of_another_schema()) return;
        for (const TablePlan& table : plan_.tables) check_table(Path() / "tables" / table.table, table);
    }

    void generator(const Generator& generator, schema::TableId table, const Path& path) {
        const GeneratorEntry* entry = find_generator(generator.kind);
        if (entry == nullptr) {
            std::vector<std::string> kinds;
            for (const GeneratorEntry& each : catalog()) kinds.emplace_back(each.kind);
            problems_.add(path / "generator", "unknown generator \"" + generator.kind + "\"" + suggestion(generator.kind, kinds));
            return;
        }
        std::vector<std::string> valid;
        for (const Parameter& parameter : entry->parameters) valid.emplace_back(parameter.name);
        for (const auto& [key, value] : generator.parameters.items()) {
            if (std::find(valid.begin(), valid.end(), key) == valid.end())
                problems_.add(path / key, "generator \"" + generator.kind + "\" takes no \"" + key + "\"" + suggestion(key, valid));
        }
        for (const Parameter& parameter : entry->parameters) {
            const std::string name(parameter.name);
            if (generator.parameters.contains(name))
                check_parameter(parameter, generator, generator.parameters[name], table, path / name);
            else if (parameter.required)
                problems_.add(path, "generator \"" + generator.kind + "\" needs \"" + name + "\" (" + std::string(parameter.summary) + ")");
        }
    }

  private:
    // One clear sentence instead of a hundred unknown names.
    bool of_another_schema() {
        const auto known = [&](const TablePlan& table) { return schema_.find_table(table.table).has_value(); };
        if (plan_.tables.empty() || std::any_of(plan_.tables.begin(), plan_.tables.end(), known)) return false;
        std::string theirs, ours;
        for (std::size_t i = 0; i < plan_.tables.size() && i < 5; ++i) theirs += (i > 0 ? ", " : "") + plan_.tables[i].table;
        const std::vector<std::string> names = names_of_tables(schema_);
        for (std::size_t i = 0; i < names.size() && i < 5; ++i) ours += (i > 0 ? ", " : "") + names[i];
        problems_.add(Path() / "tables", "this plan is for another schema: none of its tables (" + theirs +
                                             (plan_.tables.size() > 5 ? ", …" : "") + ") is in this one (" + ours +
                                             (names.size() > 5 ? ", …" : "") + ")");
        return true;
    }

    void check_pool(const Path& path, const Pool& pool) {
        if (pool.fields.empty()) problems_.add(path / "fields", "found none, expected one or more");
        if (pool.rows.empty()) problems_.add(path / "rows", "found none, expected one or more");
        for (std::size_t i = 0; i < pool.rows.size(); ++i) {
            if (pool.rows[i].size() != pool.fields.size())
                problems_.add((path / "rows")[i], "found " + std::to_string(pool.rows[i].size()) + " values, expected " +
                                                      std::to_string(pool.fields.size()) + ", one a field");
        }
        if (!pool.weights.empty() && pool.weights.size() != pool.rows.size())
            problems_.add(path / "weights", "found " + std::to_string(pool.weights.size()) + ", expected " +
                                                std::to_string(pool.rows.size()) + ", one a row");
    }

    void check_table(const Path& path, const TablePlan& table) {
        const std::optional<schema::TableId> id = schema_.find_table(table.table);
        if (!id) {
            problems_.add(path, "no table \"" + table.table + "\" in the schema" + suggestion(table.table, names_of_tables(schema_)));
            return;
        }
        const schema::Table& declared = schema_.tables[*id];
        if (!declared.holds_rows()) {
            problems_.add(path, "\"" + table.table + "\" is a partition; its rows are planned with \"" +
                                    schema::display(schema_.tables[*declared.partition_of].name) + "\"");
            return;
        }
        if (table.rows.per_parent) {
            check_key(path / "rows" / "per", *id, table.rows.per_parent->foreign_key);
            check_limits(path / "rows", table.rows.per_parent->minimum, table.rows.per_parent->maximum);
        }
        if (table.layout) {
            check_key(path / "layout" / "by", *id, table.layout->foreign_key);
            check_limits(path / "layout", table.layout->minimum, table.layout->maximum);
            if (table.rows.per_parent && table.rows.per_parent->foreign_key != table.layout->foreign_key)
                problems_.add(path / "layout" / "by", "found \"" + table.layout->foreign_key + "\", but the rows are counted per \"" +
                                                          table.rows.per_parent->foreign_key + "\"; a table is laid out by one parent");
        }
        for (const ColumnPlan& column : table.columns) check_column(path / "columns" / column.column, *id, column);
        for (const schema::Column& column : declared.columns) {
            if (!column.generated_sql && table.find(column.name) == nullptr)
                problems_.add(path / "columns", "no entry for \"" + column.name + "\"; expected one for every column that is not generated by an expression");
        }
        check_parents(path, *id);
        for (std::size_t i = 0; i < table.rules.size(); ++i) {
            check_condition((path / "rules")[i], *id, table.rules[i]);
        }
        for (std::size_t i = 0; i < table.preferences.size(); ++i) {
            check_condition((path / "preferences")[i], *id, table.preferences[i]);
        }
        for (std::size_t i = 0; i < table.overrides.size(); ++i) check_override((path / "overrides")[i], *id, table.overrides[i]);
    }

    void check_key(const Path& path, schema::TableId table, const std::string& name) {
        if (const auto key = find_foreign_key(schema_, table, name); !key) problems_.add(path, key.error().message);
    }

    void check_limits(const Path& path, std::int64_t minimum, const std::optional<std::int64_t>& maximum) {
        if (maximum && *maximum < minimum)
            problems_.add(path / "maximum", "found " + std::to_string(*maximum) + ", expected the minimum (" + std::to_string(minimum) + ") or more");
    }

    void check_parents(const Path& path, schema::TableId id) {
        for (const schema::ForeignKey& key : schema_.tables[id].foreign_keys) {
            const schema::Table& parent = schema_.tables[key.parent];
            const schema::TableId root = parent.partition_of.value_or(key.parent);
            const std::string name = schema::display(schema_.tables[root].name);
            if (plan_.find(name) == nullptr)
                problems_.add(path, "refers to \"" + name + "\" (" + key.name + "), which the plan does not fill");
        }
    }

    void check_column(const Path& path, schema::TableId table, const ColumnPlan& column) {
        const schema::Table& declared = schema_.tables[table];
        const std::optional<schema::ColumnId> id = declared.find_column(column.column);
        if (!id) {
            problems_.add(path, "no column \"" + column.column + "\" in \"" + schema::display(declared.name) + "\"" +
                                    suggestion(column.column, names_of_columns(declared)));
            return;
        }
        if (declared.columns[*id].generated_sql) {
            problems_.add(path, "\"" + column.column + "\" is generated by an expression of the schema; expected no entry");
            return;
        }
        if (column.nulls < 0 || column.nulls > 1)
            problems_.add(path / "nulls", "found " + Json(column.nulls).dump() + ", expected a share from 0 to 1");
        if (column.nulls > 0 && refuses_null(schema_, declared.columns[*id]))
            problems_.add(path / "nulls", "found " + Json(column.nulls).dump() + ", but the column is NOT NULL; expected 0");
        if (!column.generator.kind.empty()) generator(column.generator, table, path);
    }

    void check_condition(const Path& path, schema::TableId table, const std::string& sql) {
        if (const auto program = expr::compile(schema_, table, sql, expr::Want::boolean); !program)
            problems_.add(path, "in \"" + sql + "\": " + program.error().message);
    }

    void check_override(const Path& path, schema::TableId table, const Override& change) {
        if (!change.when.empty()) check_condition(path / "when", table, change.when);
        if (change.set.empty()) problems_.add(path / "set", "found no column, expected one or more");
        const schema::Table& declared = schema_.tables[table];
        for (const auto& [column, sql] : change.set) {
            const Path at = path / "set" / column;
            const std::optional<schema::ColumnId> id = declared.find_column(column);
            if (!id) {
                problems_.add(at, "no column \"" + column + "\" in \"" + schema::display(declared.name) + "\"" +
                                      suggestion(column, names_of_columns(declared)));
            } else if (declared.columns[*id].generated_sql) {
                problems_.add(at, "the column is generated by an expression of the schema");
            } else if (const auto program = expr::compile_as(schema_, table, sql, declared.columns[*id].type); !program) {
                problems_.add(at, "in \"" + sql + "\": " + program.error().message);
            }
        }
    }

    void check_parameter(const Parameter& parameter, const Generator& owner, const Json& value, schema::TableId table,
                         const Path& path) {
        switch (parameter.kind) {
            case ParameterKind::integer: return expect(is_whole(value), path, value, "a whole number");
            case ParameterKind::number: return expect(value.is_number(), path, value, "a number");
            case ParameterKind::share:
                return expect(value.is_number() && value.get<double>() >= 0 && value.get<double>() <= 1, path, value, "a share from 0 to 1");
            case ParameterKind::boolean: return expect(value.is_boolean(), path, value, "true or false");
            case ParameterKind::text: return expect(value.is_string(), path, value, "a text");
            case ParameterKind::date:
                return expect(value.is_string() && is_date_or_timestamp(value.get_ref<const std::string&>()), path, value,
                              "a date (YYYY-MM-DD) or a timestamp");
            case ParameterKind::duration:
                return expect(value.is_string() && is_duration(value.get_ref<const std::string&>()), path, value,
                              "a duration such as \"3 days\"");
            case ParameterKind::word: return check_word(parameter, value, path);
            case ParameterKind::expression: return check_expression(value, table, path);
            case ParameterKind::column: return check_column_name(value, table, path);
            case ParameterKind::value: return expect(!value.is_structured(), path, value, "a text, a number, true, false or null");
            case ParameterKind::values: return check_values(value, path);
            case ParameterKind::weights: return check_weights(owner, value, path);
            case ParameterKind::pool: return check_pool_name(value, path);
            case ParameterKind::generator: return check_nested(value, table, path);
            case ParameterKind::generators: return check_list(value, table, path);
            case ParameterKind::cases: return check_cases(value, table, path);
            case ParameterKind::fields: return check_fields(value, table, path);
            case ParameterKind::any: return;
        }
    }

    void expect(bool good, const Path& path, const Json& value, std::string_view expected) {
        if (!good) add_wrong(problems_, path, value, expected);
    }

    void check_word(const Parameter& parameter, const Json& value, const Path& path) {
        std::vector<std::string> words(parameter.words.begin(), parameter.words.end());
        if (!value.is_string()) return add_wrong(problems_, path, value, "a word");
        const std::string& word = value.get_ref<const std::string&>();
        if (std::find(words.begin(), words.end(), word) == words.end())
            problems_.add(path, "found \"" + word + "\"" + suggestion(word, words));
    }

    void check_expression(const Json& value, schema::TableId table, const Path& path) {
        if (!value.is_string()) return add_wrong(problems_, path, value, "an expression in SQL, as a text");
        const std::string& sql = value.get_ref<const std::string&>();
        if (const auto program = expr::compile(schema_, table, sql, expr::Want::any); !program)
            problems_.add(path, "in \"" + sql + "\": " + program.error().message);
    }

    void check_column_name(const Json& value, schema::TableId table, const Path& path) {
        if (!value.is_string()) return add_wrong(problems_, path, value, "the name of a column");
        const std::string& name = value.get_ref<const std::string&>();
        const schema::Table& declared = schema_.tables[table];
        if (!declared.find_column(name))
            problems_.add(path, "no column \"" + name + "\" in \"" + schema::display(declared.name) + "\"" +
                                    suggestion(name, names_of_columns(declared)));
    }

    void check_values(const Json& value, const Path& path) {
        if (!value.is_array()) return add_wrong(problems_, path, value, "a list of values");
        if (value.empty()) problems_.add(path, "found an empty list, expected one or more values");
        for (std::size_t i = 0; i < value.size(); ++i)
            expect(!value[i].is_structured(), path[i], value[i], "a text, a number, true, false or null");
    }

    void check_weights(const Generator& owner, const Json& value, const Path& path) {
        if (!value.is_array()) return add_wrong(problems_, path, value, "a list of numbers");
        double sum = 0;
        for (std::size_t i = 0; i < value.size(); ++i) {
            const bool good = value[i].is_number() && value[i].get<double>() >= 0;
            expect(good, path[i], value[i], "a number of 0 or more");
            if (good) sum += value[i].get<double>();
        }
        if (sum <= 0) problems_.add(path, "the weights are all 0; expected one above 0 or more");
        for (const char* list : {"values", "generators"}) {
            if (owner.parameters.contains(list) && owner.parameters[list].is_array() &&
                owner.parameters[list].size() != value.size())
                problems_.add(path, "found " + std::to_string(value.size()) + ", expected " +
                                        std::to_string(owner.parameters[list].size()) + ", as many as \"" + list + "\"");
        }
    }

    void check_pool_name(const Json& value, const Path& path) {
        if (!value.is_string()) return add_wrong(problems_, path, value, "the name of a pool");
        std::vector<std::string> names;
        for (const auto& [name, pool] : plan_.pools) names.push_back(name);
        const std::string& name = value.get_ref<const std::string&>();
        if (!plan_.pools.contains(name)) problems_.add(path, "no pool \"" + name + "\"" + suggestion(name, names));
    }

    void check_nested(const Json& value, schema::TableId table, const Path& path) {
        if (!value.is_object()) return add_wrong(problems_, path, value, "a generator: {\"generator\": kind, …}");
        const Result<Generator> nested = nested_generator(value);
        if (!nested) return problems_.add(path, nested.error().message);
        generator(*nested, table, path);
    }

    void check_list(const Json& value, schema::TableId table, const Path& path) {
        if (!value.is_array()) return add_wrong(problems_, path, value, "a list of generators");
        if (value.empty()) problems_.add(path, "found an empty list, expected one or more generators");
        for (std::size_t i = 0; i < value.size(); ++i) check_nested(value[i], table, path[i]);
    }

    void check_cases(const Json& value, schema::TableId table, const Path& path) {
        if (!value.is_array()) return add_wrong(problems_, path, value, "a list of {\"when\": condition, \"then\": generator}");
        static const std::vector<std::string> keys = {"when", "then"};
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (!value[i].is_object()) {
                add_wrong(problems_, path[i], value[i], "{\"when\": condition, \"then\": generator}");
                continue;
            }
            check_keys(problems_, path[i], value[i], keys);
            for (const std::string& key : keys) {
                if (!value[i].contains(key)) problems_.add(path[i], "no \"" + key + "\"");
            }
            if (value[i].contains("when")) {
                if (value[i]["when"].is_string()) check_condition(path[i] / "when", table, value[i]["when"].get<std::string>());
                else add_wrong(problems_, path[i] / "when", value[i]["when"], "a condition in SQL");
            }
            if (value[i].contains("then")) check_nested(value[i]["then"], table, path[i] / "then");
        }
    }

    void check_fields(const Json& value, schema::TableId table, const Path& path) {
        if (!value.is_object()) return add_wrong(problems_, path, value, "an object of generators");
        for (const auto& [name, nested] : value.items()) check_nested(nested, table, path / name);
    }

    const Plan& plan_;
    const schema::Schema& schema_;
    Problems& problems_;
};

}  // namespace

void validate(const Plan& plan, const schema::Schema& schema, Problems& problems) {
    Validator(plan, schema, problems).all();
}

void validate_generator(const Generator& generator, const Plan& plan, const schema::Schema& schema,
                        schema::TableId table, const Path& path, Problems& problems) {
    Validator(plan, schema, problems).generator(generator, table, path);
}

Result<Generator> nested_generator(const Json& object) {
    if (!object.is_object() || !object.contains("generator") || !object["generator"].is_string())
        return Error(ErrorKind::invalid_input, "no \"generator\"; expected {\"generator\": kind, …}");
    Generator generator;
    generator.kind = object["generator"].get<std::string>();
    for (const auto& [key, value] : object.items()) {
        if (key != "generator") generator.parameters[key] = value;
    }
    return generator;
}

}  // namespace confab::plan
