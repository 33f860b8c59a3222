// The JSON Schema of plans, made from the catalog. Names of tables and columns are the schema's affair: here
// they are any text.
#include "plan/catalog.hpp"
#include "plan/plan.hpp"

namespace confab::plan {

namespace {

Json of_type(const char* type) { return {{"type", type}}; }
Json reference_to(const std::string& name) { return {{"$ref", "#/$defs/" + name}}; }
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json map_of(Json values) { return {{"type", "object"}, {"additionalProperties", std::move(values)}}; }
Json at_least(const char* type, int least) { return {{"type", type}, {"minimum", least}}; }

Json closed(Json properties, std::vector<std::string> required = {}) {
    Json json = {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) json["required"] = required;
    return json;
}

Json parameter_schema(const Parameter& parameter) {
    Json json;
    switch (parameter.kind) {
        case ParameterKind::integer: json = of_type("integer"); break;
        case ParameterKind::number: json = of_type("number"); break;
        case ParameterKind::share: json = reference_to("share"); break;
        case ParameterKind::boolean: json = of_type("boolean"); break;
        case ParameterKind::text:
        case ParameterKind::column:
        case ParameterKind::pool: json = of_type("string"); break;
        case ParameterKind::date: json = reference_to("date"); break;
        case ParameterKind::duration: json = reference_to("duration"); break;
        case ParameterKind::word: {
            Json words = Json::array();
            for (const std::string_view word : parameter.words) words.push_back(word);
            json = {{"enum", std::move(words)}};
            break;
        }
        case ParameterKind::expression: json = reference_to("expression"); break;
        case ParameterKind::value: json = reference_to("scalar"); break;
        case ParameterKind::values: json = list_of(reference_to("scalar")); json["minItems"] = 1; break;
        case ParameterKind::weights: json = list_of(at_least("number", 0)); break;
        case ParameterKind::generator: json = reference_to("nested"); break;
        case ParameterKind::generators: json = list_of(reference_to("nested")); json["minItems"] = 1; break;
        case ParameterKind::cases:
            json = list_of(closed({{"when", reference_to("expression")}, {"then", reference_to("nested")}}, {"when", "then"}));
            break;
        case ParameterKind::fields: json = map_of(reference_to("nested")); break;
        case ParameterKind::any: json = Json::object(); break;
    }
    json["description"] = parameter.summary;
    return json;
}

Json generator_schema(const GeneratorEntry& entry) {
    Json properties = {{"generator", {{"const", entry.kind}}}};
    std::vector<std::string> required = {"generator"};
    for (const Parameter& parameter : entry.parameters) {
        properties[std::string(parameter.name)] = parameter_schema(parameter);
        if (parameter.required) required.emplace_back(parameter.name);
    }
    return {{"description", entry.summary}, {"properties", std::move(properties)}, {"required", required}};
}

Json row_counts() {
    const Json whole = at_least("integer", 0);
    Json per = closed({{"per", of_type("string")}, {"mean", at_least("number", 0)}, {"minimum", whole},
                       {"maximum", whole}, {"spread", reference_to("share")}, {"exact", of_type("boolean")}},
                      {"per"});
    per["description"] = "So many for each row that the foreign key `per` refers to.";
    Json at_most = closed({{"at_most", whole}, {"instead_of", whole}}, {"at_most"});
    at_most["description"] = "That many, or as many as the keys of the table allow; a warning names what they stand for.";
    Json exactly = whole;
    exactly["description"] = "Exactly that many, or an error.";
    return {{"oneOf", {exactly, at_most, per}}};
}

Json table_schema() {
    const Json whole = at_least("integer", 0);
    const Json layout = closed({{"by", of_type("string")}, {"minimum", whole}, {"maximum", whole}, {"spread", reference_to("share")}}, {"by"});
    const Json override_schema = closed(
        {{"when", reference_to("expression")}, {"share", reference_to("share")}, {"set", map_of(reference_to("expression"))}}, {"set"});
    return closed({{"rows", row_counts()}, {"layout", layout}, {"columns", map_of(reference_to("column"))},
                   {"rules", list_of(reference_to("expression"))},
                   {"preferences", list_of(reference_to("expression"))}, {"overrides", list_of(override_schema)}},
                  {"rows", "columns"});
}

}  // namespace

std::string json_schema() {
    Json definitions;
    definitions["share"] = {{"type", "number"}, {"minimum", 0}, {"maximum", 1}};
    definitions["date"] = {{"type", "string"}, {"pattern", "^\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?)?$"}};
    definitions["duration"] = {{"type", "string"}, {"description", "A PostgreSQL interval, such as `3 days` or `2 hours 30 minutes`."}};
    definitions["expression"] = {{"type", "string"}, {"description", "SQL over the row: columns, paths through foreign keys, aggregates over children."}};
    definitions["scalar"] = {{"type", {"string", "number", "boolean", "null"}}};
    Json kinds = Json::array();
    for (const GeneratorEntry& entry : catalog()) kinds.push_back(reference_to("generators/" + std::string(entry.kind)));
    definitions["generator"] = {{"type", "object"}, {"oneOf", std::move(kinds)}};
    definitions["nested"] = {{"$ref", "#/$defs/generator"}, {"unevaluatedProperties", false}};
    definitions["column"] = {{"$ref", "#/$defs/generator"},
                             {"properties", {{"nulls", reference_to("share")}, {"unique", of_type("boolean")}}},
                             {"unevaluatedProperties", false}};
    definitions["table"] = table_schema();
    Json generators;
    for (const GeneratorEntry& entry : catalog()) generators[std::string(entry.kind)] = generator_schema(entry);
    definitions["generators"] = std::move(generators);
    const Json pool = closed({{"fields", list_of(of_type("string"))}, {"rows", list_of(list_of(reference_to("scalar")))},
                              {"weights", list_of(at_least("number", 0))}},
                             {"fields", "rows"});
    Json json = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "Confab plan"}};
    json.update(closed({{"confab_plan", {{"const", plan_version}}},
                        {"engine", at_least("integer", 0)},
                        {"seed", at_least("integer", 0)},
                        {"as_of", reference_to("date")},
                        {"locale", of_type("string")},
                        {"pools", map_of(pool)},
                        {"tables", map_of(reference_to("table"))}},
                       {"confab_plan", "tables"}));
    json["$defs"] = std::move(definitions);
    return json.dump(2) + "\n";
}

}  // namespace confab::plan
