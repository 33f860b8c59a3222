#include "schema/extensions.hpp"

#include <algorithm>
#include <span>

namespace confab::schema {
namespace {

struct Provided {
    std::string_view name;
    std::string_view extension;
};

constexpr Provided types[] = {
    {"citext", "citext"},   {"hstore", "hstore"},       {"ltree", "ltree"},
    {"lquery", "ltree"},    {"ltxtquery", "ltree"},     {"query_int", "intarray"},
};

constexpr Provided functions[] = {
    {"akeys", "hstore"},
    {"avals", "hstore"},
    {"crypt", "pgcrypto"},
    {"defined", "hstore"},
    {"digest", "pgcrypto"},
    {"exist", "hstore"},
    {"gen_random_bytes", "pgcrypto"},
    {"gen_salt", "pgcrypto"},
    {"hmac", "pgcrypto"},
    {"hstore", "hstore"},
    {"hstore_to_array", "hstore"},
    {"hstore_to_json", "hstore"},
    {"hstore_to_jsonb", "hstore"},
    {"icount", "intarray"},
    {"idx", "intarray"},
    {"index", "ltree"},
    {"intset", "intarray"},
    {"isdefined", "hstore"},
    {"isexists", "hstore"},
    {"lca", "ltree"},
    {"ltree2text", "ltree"},
    {"nlevel", "ltree"},
    {"similarity", "pg_trgm"},
    {"sort", "intarray"},
    {"sort_asc", "intarray"},
    {"sort_desc", "intarray"},
    {"strict_word_similarity", "pg_trgm"},
    {"subarray", "intarray"},
    {"subltree", "ltree"},
    {"subpath", "ltree"},
    {"text2ltree", "ltree"},
    {"unaccent", "unaccent"},
    {"uniq", "intarray"},
    {"uuid_generate_v1", "uuid-ossp"},
    {"uuid_generate_v1mc", "uuid-ossp"},
    {"uuid_generate_v3", "uuid-ossp"},
    {"uuid_generate_v4", "uuid-ossp"},
    {"uuid_generate_v5", "uuid-ossp"},
    {"uuid_nil", "uuid-ossp"},
    {"uuid_ns_dns", "uuid-ossp"},
    {"uuid_ns_oid", "uuid-ossp"},
    {"uuid_ns_url", "uuid-ossp"},
    {"uuid_ns_x500", "uuid-ossp"},
    {"word_similarity", "pg_trgm"},
};

constexpr Provided operator_classes[] = {
    {"btree_hstore_ops", "hstore"},
    {"citext_ops", "citext"},
    {"citext_pattern_ops", "citext"},
    {"gin__int_ops", "intarray"},
    {"gin_hstore_ops", "hstore"},
    {"gin_trgm_ops", "pg_trgm"},
    {"gist__int_ops", "intarray"},
    {"gist__intbig_ops", "intarray"},
    {"gist__ltree_ops", "ltree"},
    {"gist_bit_ops", "btree_gist"},
    {"gist_bool_ops", "btree_gist"},
    {"gist_bpchar_ops", "btree_gist"},
    {"gist_bytea_ops", "btree_gist"},
    {"gist_cash_ops", "btree_gist"},
    {"gist_cidr_ops", "btree_gist"},
    {"gist_date_ops", "btree_gist"},
    {"gist_enum_ops", "btree_gist"},
    {"gist_float4_ops", "btree_gist"},
    {"gist_float8_ops", "btree_gist"},
    {"gist_hstore_ops", "hstore"},
    {"gist_inet_ops", "btree_gist"},
    {"gist_int2_ops", "btree_gist"},
    {"gist_int4_ops", "btree_gist"},
    {"gist_int8_ops", "btree_gist"},
    {"gist_interval_ops", "btree_gist"},
    {"gist_ltree_ops", "ltree"},
    {"gist_macad_ops", "btree_gist"},
    {"gist_numeric_ops", "btree_gist"},
    {"gist_oid_ops", "btree_gist"},
    {"gist_text_ops", "btree_gist"},
    {"gist_time_ops", "btree_gist"},
    {"gist_timestamp_ops", "btree_gist"},
    {"gist_timestamptz_ops", "btree_gist"},
    {"gist_timetz_ops", "btree_gist"},
    {"gist_trgm_ops", "pg_trgm"},
    {"gist_uuid_ops", "btree_gist"},
    {"gist_vbit_ops", "btree_gist"},
    {"hash_hstore_ops", "hstore"},
    {"ltree_ops", "ltree"},
};

std::optional<std::string_view> find(std::span<const Provided> all, std::string_view name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Provided& one) { return one.name == name; });
    if (found == all.end()) return std::nullopt;
    return found->extension;
}

}  // namespace

std::optional<std::string_view> extension_of_type(std::string_view name) { return find(types, name); }
std::optional<std::string_view> extension_of_function(std::string_view name) { return find(functions, name); }
std::optional<std::string_view> extension_of_operator_class(std::string_view name) { return find(operator_classes, name); }

}  // namespace confab::schema
