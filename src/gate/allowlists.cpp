// Sources: PostgreSQL 15, "Functions and Operators", "Operator Classes". Left out on purpose: everything that
// reads or writes files, large objects, catalogs, settings or sequences of others, runs SQL that it is given
// (query_to_xml, ts_rewrite, ts_stat …), waits, locks or signals; and what returns sets.
#include "gate/allowlists.hpp"

#include <algorithm>
#include <array>

namespace confab::gate {
namespace {

constexpr auto functions = std::to_array<std::string_view>({
    "abbrev", "abs", "acos", "acosd", "acosh", "age", "area", "array_append", "array_cat", "array_dims",
    "array_fill", "array_length", "array_lower", "array_ndims", "array_position", "array_positions",
    "array_prepend", "array_remove", "array_replace", "array_to_json", "array_to_string",
    "array_to_tsvector", "array_upper", "ascii", "asin", "asind", "asinh", "atan", "atan2", "atan2d",
    "atand", "atanh", "bit_count", "bit_length", "bound_box", "box", "broadcast", "btrim", "cardinality",
    "cbrt", "ceil", "ceiling", "center", "char_length", "character_length", "chr", "circle",
    "clock_timestamp", "concat", "concat_ws", "convert", "convert_from", "convert_to", "cos", "cosd",
    "cosh", "cot", "cotd", "current_database", "current_schema", "current_user", "date", "date_bin",
    "date_part", "date_trunc", "datemultirange", "daterange", "decode", "degrees", "diagonal", "diameter",
    "div", "encode", "enum_first", "enum_last", "enum_range", "exp", "extract", "factorial", "family",
    "float4", "float8", "floor", "format", "gcd", "gen_random_uuid", "get_bit", "get_byte", "height",
    "host", "hostmask", "inet_merge", "inet_same_family", "initcap", "int2", "int4", "int4multirange",
    "int4range", "int8", "int8multirange", "int8range", "interval", "is_normalized", "isclosed", "isempty",
    "isfinite", "ishorizontal", "isopen", "isparallel", "isperp", "isvertical", "json_array_length",
    "json_build_array", "json_build_object", "json_extract_path", "json_extract_path_text", "json_object",
    "json_strip_nulls", "json_to_tsvector", "json_typeof", "jsonb_array_length", "jsonb_build_array",
    "jsonb_build_object", "jsonb_contains", "jsonb_exists", "jsonb_exists_all", "jsonb_exists_any",
    "jsonb_extract_path", "jsonb_extract_path_text", "jsonb_insert", "jsonb_object", "jsonb_path_exists",
    "jsonb_path_exists_tz", "jsonb_path_match", "jsonb_path_match_tz", "jsonb_path_query_array",
    "jsonb_path_query_array_tz", "jsonb_path_query_first", "jsonb_path_query_first_tz", "jsonb_pretty",
    "jsonb_set", "jsonb_set_lax", "jsonb_strip_nulls", "jsonb_to_tsvector", "jsonb_typeof", "justify_days",
    "justify_hours", "justify_interval", "lcm", "left", "length", "like", "like_escape", "line", "ln",
    "log", "log10", "lower", "lower_inc", "lower_inf", "lpad", "lseg", "ltrim", "macaddr8_set7bit",
    "make_date", "make_interval", "make_time", "make_timestamp", "make_timestamptz", "masklen", "md5",
    "min_scale", "mod", "multirange", "netmask", "network", "normalize", "notlike", "now", "npoints",
    "num_nonnulls", "num_nulls", "numeric", "nummultirange", "numnode", "numrange", "octet_length",
    "overlaps", "overlay", "parse_ident", "path", "pclose", "pg_column_size", "phraseto_tsquery", "pi",
    "plainto_tsquery", "point", "polygon", "popen", "position", "pow", "power", "querytree", "quote_ident",
    "quote_literal", "quote_nullable", "radians", "radius", "random", "range_merge", "regexp_count",
    "regexp_instr", "regexp_like", "regexp_match", "regexp_replace", "regexp_split_to_array",
    "regexp_substr", "repeat", "replace", "reverse", "right", "round", "row_to_json", "rpad", "rtrim",
    "scale", "session_user", "set_bit", "set_byte", "set_masklen", "setweight", "sha224", "sha256",
    "sha384", "sha512", "sign", "similar_escape", "similar_to_escape", "sin", "sind", "sinh", "slope",
    "split_part", "sqrt", "starts_with", "statement_timestamp", "string_to_array", "strip", "strpos",
    "substr", "substring", "tan", "tand", "tanh", "text", "timeofday", "timestamp", "timestamptz",
    "timezone", "to_ascii", "to_char", "to_date", "to_hex", "to_json", "to_jsonb", "to_number",
    "to_timestamp", "to_tsquery", "to_tsvector", "transaction_timestamp", "translate", "trim_array",
    "trim_scale", "trunc", "ts_delete", "ts_filter", "ts_headline", "ts_rank", "ts_rank_cd", "tsmultirange",
    "tsquery_phrase", "tsrange", "tstzmultirange", "tstzrange", "tsvector_to_array", "unistr", "upper",
    "upper_inc", "upper_inf", "websearch_to_tsquery", "width", "width_bucket", "xml_is_well_formed",
    "xml_is_well_formed_content", "xml_is_well_formed_document", "xmlcomment", "xmlexists", "xpath",
    "xpath_exists",
});
static_assert(std::is_sorted(functions.begin(), functions.end()));

constexpr auto operators = std::to_array<std::string_view>({
    "!!", "!~", "!~*", "!~~", "!~~*", "#", "##", "#-", "#>", "#>>", "%", "%>", "&", "&&", "&<", "&<|", "&>",
    "*", "*<", "*<=", "*<>", "*=", "*>", "*>=", "+", "-", "->", "->>", "-|-", "/", "<", "<%", "<->", "<->>",
    "<<", "<<->", "<<=", "<<|", "<=", "<>", "<@", "<^", "=", ">", ">=", ">>", ">>=", ">^", "?", "?#", "?&",
    "?-", "?-|", "?^", "?|", "?||", "@", "@-@", "@>", "@?", "@@", "@@@", "^", "^@", "|", "|&>", "|/", "|>>",
    "||", "||/", "~", "~*", "~<=~", "~<~", "~=", "~>", "~>=~", "~>~", "~~", "~~*",
});
static_assert(std::is_sorted(operators.begin(), operators.end()));

constexpr auto operator_classes = std::to_array<std::string_view>({
    "array_ops", "bit_minmax_ops", "bit_ops", "bool_ops", "box_inclusion_ops", "box_ops",
    "bpchar_bloom_ops", "bpchar_minmax_ops", "bpchar_ops", "bpchar_pattern_ops", "bytea_bloom_ops",
    "bytea_minmax_ops", "bytea_ops", "char_bloom_ops", "char_minmax_ops", "char_ops", "cidr_ops",
    "circle_ops", "date_bloom_ops", "date_minmax_multi_ops", "date_minmax_ops", "date_ops", "enum_ops",
    "float4_bloom_ops", "float4_minmax_multi_ops", "float4_minmax_ops", "float4_ops", "float8_bloom_ops",
    "float8_minmax_multi_ops", "float8_minmax_ops", "float8_ops", "inet_bloom_ops", "inet_inclusion_ops",
    "inet_minmax_multi_ops", "inet_minmax_ops", "inet_ops", "int2_bloom_ops", "int2_minmax_multi_ops",
    "int2_minmax_ops", "int2_ops", "int4_bloom_ops", "int4_minmax_multi_ops", "int4_minmax_ops", "int4_ops",
    "int8_bloom_ops", "int8_minmax_multi_ops", "int8_minmax_ops", "int8_ops", "interval_bloom_ops",
    "interval_minmax_multi_ops", "interval_minmax_ops", "interval_ops", "jsonb_ops", "jsonb_path_ops",
    "kd_point_ops", "macaddr8_bloom_ops", "macaddr8_minmax_multi_ops", "macaddr8_minmax_ops",
    "macaddr8_ops", "macaddr_bloom_ops", "macaddr_minmax_multi_ops", "macaddr_minmax_ops", "macaddr_ops",
    "money_ops", "multirange_ops", "name_bloom_ops", "name_minmax_ops", "name_ops", "numeric_bloom_ops",
    "numeric_minmax_multi_ops", "numeric_minmax_ops", "numeric_ops", "oid_bloom_ops",
    "oid_minmax_multi_ops", "oid_minmax_ops", "oid_ops", "point_ops", "poly_ops", "quad_point_ops",
    "range_inclusion_ops", "range_ops", "record_image_ops", "record_ops", "text_bloom_ops",
    "text_minmax_ops", "text_ops", "text_pattern_ops", "time_bloom_ops", "time_minmax_multi_ops",
    "time_minmax_ops", "time_ops", "timestamp_bloom_ops", "timestamp_minmax_multi_ops",
    "timestamp_minmax_ops", "timestamp_ops", "timestamptz_bloom_ops", "timestamptz_minmax_multi_ops",
    "timestamptz_minmax_ops", "timestamptz_ops", "timetz_bloom_ops", "timetz_minmax_multi_ops",
    "timetz_minmax_ops", "timetz_ops", "tsquery_ops", "tsvector_ops", "uuid_bloom_ops",
    "uuid_minmax_multi_ops", "uuid_minmax_ops", "uuid_ops", "varbit_minmax_ops", "varbit_ops",
    "varchar_ops", "varchar_pattern_ops",
});
static_assert(std::is_sorted(operator_classes.begin(), operator_classes.end()));

constexpr auto index_methods = std::to_array<std::string_view>({"brin", "btree", "gin", "gist", "hash", "spgist"});

bool contains(const auto& list, std::string_view name) { return std::binary_search(list.begin(), list.end(), name); }

}  // namespace

bool is_allowed_function(std::string_view name) { return contains(functions, name); }
bool is_allowed_operator(std::string_view name) { return contains(operators, name); }
bool is_builtin_operator_class(std::string_view name) { return contains(operator_classes, name); }
bool is_index_method(std::string_view name) { return contains(index_methods, name); }

bool is_portable_collation(std::string_view name) {
    constexpr std::string_view icu = "-x-icu";
    return name == "C" || name == "POSIX" || name == "default" || name == "ucs_basic" || name == "unicode" ||
           (name.size() > icu.size() && name.substr(name.size() - icu.size()) == icu);
}

}  // namespace confab::gate
