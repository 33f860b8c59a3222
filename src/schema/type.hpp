// SQL types as PostgreSQL knows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/vector.hpp"

namespace confab::schema {

// A name in a namespace; `space` is empty where the default namespace (`public`) is meant.
struct QualifiedName {
    std::string space;
    std::string name;
    auto operator<=>(const QualifiedName&) const = default;
};

// `name`, or `space.name` where the namespace is not the default one; as people write it, without quotes.
std::string display(const QualifiedName& name);
// As SQL: each part quoted only when PostgreSQL needs it.
std::string quoted(const QualifiedName& name);
std::string quoted_identifier(std::string_view name);
// A string literal: 'it''s'. Needs standard_conforming_strings, which our scripts set. Text of several lines is
// written on one, as E'a\nb': no line of a script begins with what a person wrote, whatever psql is in the middle of.
std::string quoted_literal(std::string_view text);

enum class TypeKind : std::uint8_t {
    boolean, smallint, integer, bigint, oid, numeric, real, double_precision, money,
    text, varchar, character, single_char /* "char" */, name, bytea,
    date, time, time_tz, timestamp, timestamp_tz, interval,
    uuid, json, jsonb, xml,
    inet, cidr, macaddr, macaddr8, bit, varbit,
    point, line, lseg, box, path, polygon, circle,
    tsvector, tsquery,
    int4range, int8range, numrange, tsrange, tstzrange, daterange,
    int4multirange, int8multirange, nummultirange, tsmultirange, tstzmultirange, datemultirange,
    other_builtin,  // of pg_catalog with no kind of its own here (regclass, pg_lsn, …), or a declared range's multirange
    enumeration, domain, composite,  // declared by the schema: `user_type` names it
    user_range,                      // CREATE TYPE … AS RANGE
    extension,                       // declared by nobody: of an extension, or unknown
};

struct Type {
    TypeKind kind = TypeKind::text;
    int length = -1;     // varchar(n), char(n), bit(n), varbit(n); -1 = none
    int precision = -1;  // numeric(p, s); fractional digits of time and timestamp; -1 = none
    int scale = 0;       // numeric(p, s)
    int dimensions = 0;  // of an array; 0 = not an array
    std::string interval_fields;  // `day to second`, …
    QualifiedName user_type;      // for declared types, other_builtin and extension

    bool is_array() const { return dimensions > 0; }
    bool operator==(const Type&) const = default;
};

// As PostgreSQL writes it: `numeric(10,2)`, `character varying(20)[]`, `public.mood`.
std::string to_sql(const Type& type);

// The kind of a built-in type by the name that pg_catalog has it under: int4, bpchar, timestamptz.
std::optional<TypeKind> builtin_kind(std::string_view catalog_name);

bool is_integer(TypeKind kind);
bool is_numeric(TypeKind kind);    // integers, numeric, real, double precision, money
bool is_character(TypeKind kind);  // text, varchar, character, "char", name
bool is_temporal(TypeKind kind);   // date, time[tz], timestamp[tz]

}  // namespace confab::schema
