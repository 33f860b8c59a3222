#include "planner/draft.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "base/dates.hpp"
#include "base/text.hpp"
#include "plan/foreign_key.hpp"

namespace confab::planner {

namespace {

using schema::TypeKind;

TypeClass class_of(const schema::Type& type) {
    switch (type.kind) {
        case TypeKind::boolean: return 'b';
        case TypeKind::smallint:
        case TypeKind::integer:
        case TypeKind::bigint:
        case TypeKind::oid: return 'i';
        case TypeKind::numeric: return type.precision >= 0 && type.scale == 0 ? 'i' : 'n';
        case TypeKind::money: return 'n';
        case TypeKind::real:
        case TypeKind::double_precision: return 'f';
        case TypeKind::text:
        case TypeKind::varchar:
        case TypeKind::character:
        case TypeKind::name: return 't';
        case TypeKind::enumeration: return 't';
        case TypeKind::extension: return type.user_type.name == "citext" ? 't' : 'o';
        case TypeKind::date: return 'd';
        case TypeKind::timestamp:
        case TypeKind::timestamp_tz: return 'm';
        case TypeKind::time:
        case TypeKind::time_tz: return 'h';
        case TypeKind::interval: return 'v';
        case TypeKind::uuid: return 'u';
        case TypeKind::json:
        case TypeKind::jsonb: return 'j';
        case TypeKind::xml: return 'x';
        case TypeKind::inet:
        case TypeKind::cidr:
        case TypeKind::macaddr:
        case TypeKind::macaddr8: return 'a';
        default: return 'o';
    }
}

// The first word that most columns share and that names or abbreviates the table: `cust_`, `l_`, `emp_`.
std::string common_prefix(const std::vector<Words>& names) {
    std::map<std::string, std::size_t> firsts;
    std::size_t longer = 0;
    for (const Words& words : names) {
        if (words.size() < 2) continue;
        ++firsts[words.front()];
        ++longer;
    }
    for (const auto& [word, count] : firsts) {
        if (count >= 3 && count * 10 >= names.size() * 8) return word;
    }
    return {};
}

bool names_a_trade(const TableDraft& table) {
    return std::any_of(table.columns.begin(), table.columns.end(), [](const ColumnDraft& column) {
        return !column.words.empty() && (column.words.back() == "industry" || column.words.back() == "website" || column.words.back() == "sector");
    });
}

bool is_prefix_of_table(const Words& words, const Words& table) {
    return words.size() > 1 && !table.empty() && words.front() == table.back();
}

int depth_of(const Draft& draft, schema::TableId table, std::vector<int>& known, int guard) {
    constexpr int open = -2;
    if (known[table] >= 0) return known[table];
    if (known[table] == open || guard > 64) return 0;
    known[table] = open;
    int depth = 0;
    for (const schema::ForeignKey& key : draft.schema->tables[table].foreign_keys) {
        if (key.parent != table) depth = std::max(depth, 1 + depth_of(draft, key.parent, known, guard + 1));
    }
    known[table] = depth;
    return depth;
}

// Two foreign keys and nothing that describes: `film_actor`, also with a surrogate key or a timestamp.
bool is_junction(const TableDraft& table) {
    std::size_t own = 0;
    for (const ColumnDraft& column : table.columns) {
        const bool bookkeeping = column.declared->identity != schema::IdentityKind::none || column.words == Words{"id"} ||
                                 column.type_class == 'm' || column.type_class == 'd' || column.type_class == 'b';
        if (column.foreign_keys.empty() && !bookkeeping) ++own;
    }
    return table.declared->foreign_keys.size() >= 2 && own == 0;
}

void note_keys(TableDraft& table) {
    const auto mark = [&](const std::vector<schema::ColumnId>& columns) {
        for (const schema::ColumnId column : columns) {
            table.columns[column].in_key = true;
            if (columns.size() == 1) table.columns[column].alone_in_key = true;
        }
    };
    for (const schema::Key& key : table.declared->keys) mark(key.columns);
    for (const schema::Index& index : table.declared->indexes) {
        if (!index.unique) continue;
        std::vector<schema::ColumnId> columns;
        for (const schema::IndexMember& member : index.members) {
            if (member.column) columns.push_back(*member.column);
        }
        if (columns.size() == index.members.size()) mark(columns);
    }
    for (std::size_t i = 0; i < table.declared->foreign_keys.size(); ++i) {
        for (const schema::ColumnId column : table.declared->foreign_keys[i].columns) table.columns[column].foreign_keys.push_back(i);
    }
}

void choose_tables(Draft& draft) {
    if (draft.options.tables.empty()) return;
    for (TableDraft& table : draft.tables) table.planned = false;
    std::vector<schema::TableId> open;
    for (const std::string& name : draft.options.tables) {
        if (const auto id = draft.schema->find_table(name)) open.push_back(draft.schema->tables[*id].partition_of.value_or(*id));
    }
    while (!open.empty()) {
        const schema::TableId id = open.back();
        open.pop_back();
        if (draft.tables[id].planned) continue;
        draft.tables[id].planned = true;
        for (const schema::ForeignKey& key : draft.schema->tables[id].foreign_keys)
            open.push_back(draft.schema->tables[key.parent].partition_of.value_or(key.parent));
    }
}

Json with_days(const Draft& draft, const Json& json) {
    if (json.is_structured()) {
        Json out = json;
        for (auto& each : out) each = with_days(draft, each);
        return out;
    }
    if (!json.is_string()) return json;
    const std::string& text = json.get_ref<const std::string&>();
    if (text.size() < 3 || text[0] != '$') return json;
    if (text.starts_with("$year")) return Json(civil_from_days(draft.as_of).year + std::strtol(text.c_str() + 5, nullptr, 10));
    if (text[1] != '+' && text[1] != '-') return json;
    const std::int64_t number = std::strtol(text.c_str() + 1, nullptr, 10);
    return Json(draft.day(text.back() == 'y' ? number * 365 : number));
}

}  // namespace

ColumnDraft* TableDraft::by_role(std::string_view role) {
    const auto at = std::find_if(columns.begin(), columns.end(), [&](const ColumnDraft& each) { return each.role == role; });
    return at == columns.end() ? nullptr : &*at;
}

const ColumnDraft* TableDraft::by_role(std::string_view role) const { return const_cast<TableDraft*>(this)->by_role(role); }

ColumnDraft* TableDraft::find(std::string_view column_name) {
    const auto at = std::find_if(columns.begin(), columns.end(), [&](const ColumnDraft& each) { return each.name() == column_name; });
    return at == columns.end() ? nullptr : &*at;
}

TableDraft& Draft::parent_of(const schema::ForeignKey& key) {
    return tables[schema->tables[key.parent].partition_of.value_or(key.parent)];
}
const TableDraft& Draft::parent_of(const schema::ForeignKey& key) const { return const_cast<Draft*>(this)->parent_of(key); }

std::string Draft::day(std::int64_t offset) const { return format_date(as_of + offset); }

std::int64_t Draft::rows_of(const TableDraft& table) const {
    if (table.rows.rows) return *table.rows.rows;
    if (!table.rows.per_parent) return options.rows;
    const auto key = plan::find_foreign_key(*schema, table.id, table.rows.per_parent->foreign_key);
    if (!key) return options.rows;
    const TableDraft& parent = parent_of(table.declared->foreign_keys[*key]);
    if (parent.rows.per_parent && parent.rows.per_parent->foreign_key == table.rows.per_parent->foreign_key) return options.rows;
    return static_cast<std::int64_t>(static_cast<double>(rows_of(parent)) * table.rows.per_parent->mean);
}

Draft start_draft(const schema::Schema& schema, const Options& options) {
    Draft draft;
    draft.schema = &schema;
    draft.options = options;
    draft.as_of = parse_date(options.as_of).value_or(days_from_civil({2026, 1, 1}));
    for (schema::TableId id = 0; id < schema.tables.size(); ++id) {
        TableDraft table;
        table.id = id;
        table.declared = &schema.tables[id];
        table.words = words_of(table.declared->name.name);
        table.rows.rows = options.rows;
        std::vector<Words> names;
        for (const schema::Column& column : table.declared->columns) names.push_back(words_of(column.name));
        const std::string prefix = common_prefix(names);
        std::vector<Facts> facts = table.declared->holds_rows() ? facts_of(schema, id) : std::vector<Facts>(names.size());
        for (schema::ColumnId i = 0; i < names.size(); ++i) {
            ColumnDraft column;
            column.id = i;
            column.declared = &table.declared->columns[i];
            column.base = schema.base_type(column.declared->type);
            column.type_class = class_of(column.base);
            column.facts = std::move(facts[i]);
            column.words = names[i];
            if (column.words.size() > 1 && !prefix.empty() && column.words.front() == prefix && !is_prefix_of_table(names[i], {}))
                column.words.erase(column.words.begin());
            table.columns.push_back(std::move(column));
        }
        note_keys(table);
        table.entity = &entity_of(table.words);
        // Accounts of a sales team are companies; those of a bank have a balance.
        if (!table.words.empty() && table.words.back() == "account" && names_a_trade(table)) table.entity = find_entity(std::array{std::string("company")});
        table.junction = is_junction(table);
        draft.tables.push_back(std::move(table));
    }
    std::vector<Words> names_of_tables;
    for (const TableDraft& table : draft.tables) names_of_tables.push_back(table.words);
    draft.trade = trade_of(names_of_tables);
    std::vector<int> known(draft.tables.size(), -1);
    for (TableDraft& table : draft.tables) {
        table.depth = depth_of(draft, table.id, known, 0);
        table.planned = table.declared->holds_rows();
    }
    choose_tables(draft);
    return draft;
}

plan::Plan finished(const Draft& draft) {
    plan::Plan plan;
    plan.seed = draft.options.seed;
    plan.as_of = format_date(draft.as_of);
    plan.locale = draft.options.locale;
    for (const TableDraft& table : draft.tables) {
        if (!table.planned) continue;
        plan::TablePlan out;
        out.table = table.name();
        out.rows = table.rows;
        out.layout = table.layout;
        // What is inferred never stands in the way of the rows: only people make rules that must hold.
        out.preferences = table.rules;
        out.preferences.insert(out.preferences.end(), table.preferences.begin(), table.preferences.end());
        out.overrides = table.overrides;
        for (const ColumnDraft& column : table.columns) {
            if (column.generated()) continue;
            out.columns.push_back({column.name(), column.generator, column.nullable() ? column.nulls : 0, column.unique});
        }
        plan.tables.push_back(std::move(out));
    }
    return plan;
}

Generator generator_of(const Draft& draft, std::string_view text) {
    const Json json = with_days(draft, Json::parse(text));
    Generator generator;
    for (const auto& [key, value] : json.items()) {
        if (key == "generator") generator.kind = value.get<std::string>();
        else generator.parameters[key] = value;
    }
    return generator;
}

Json to_json(const Generator& generator) {
    Json json = {{"generator", generator.kind}};
    for (const auto& [key, value] : generator.parameters.items()) json[key] = value;
    return json;
}

std::string sql_name(const ColumnDraft& column) { return schema::quoted_identifier(column.name()); }

bool is_number(const ColumnDraft& column) {
    return (column.type_class == 'i' || column.type_class == 'n' || column.type_class == 'f') && !column.base.is_array();
}

bool is_moment(const ColumnDraft& column) { return (column.type_class == 'd' || column.type_class == 'm') && !column.base.is_array(); }

bool is_record(const ColumnDraft& column, std::string_view kind) {
    return !column.generated() && column.generator.kind == kind;
}

std::string text_of(const ColumnDraft& column) {
    return column.type_class == 't' && column.base.kind != schema::TypeKind::enumeration
               ? sql_name(column)
               : sql_name(column) + "::text";
}

std::string text_of_role(const TableDraft& table, std::string_view role) {
    const ColumnDraft* column = table.by_role(role);
    return column != nullptr && column->type_class == 't' ? text_of(*column) : std::string();
}

std::string in_list(const ColumnDraft& column, const std::vector<std::string>& values) {
    std::string sql = sql_name(column) + " IN (";
    for (std::size_t i = 0; i < values.size(); ++i) sql += (i > 0 ? ", " : "") + schema::quoted_literal(values[i]);
    return sql + ")";
}

std::string sql_path(const TableDraft& table, std::size_t foreign_key, const ColumnDraft& parent_column) {
    return schema::quoted_identifier(plan::name_of_foreign_key(*table.declared, foreign_key)) + "." + sql_name(parent_column);
}

}  // namespace confab::planner
