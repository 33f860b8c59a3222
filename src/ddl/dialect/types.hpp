// Types of another dialect → PostgreSQL types. docs/dialects.md has the table.
#pragma once

#include <string>

#include "ddl/ddl.hpp"
#include "ddl/dialect/syntax.hpp"

namespace confab::ddl::dialect {

enum class TypeFamily { other, boolean, integer, decimal, real, text, binary, date, time, timestamp, interval, uuid, json, bits, enumeration, geometric };

struct MappedType {
    std::string sql;  // empty for an ENUM: its type has a name that is chosen later
    TypeFamily family = TypeFamily::other;
    // What the source's type allows and PostgreSQL's does not narrow: `BETWEEN 0 AND 255`, `>= 0`.
    std::string range;
    // SET: a regular expression for its values.
    std::string pattern;
};

// What is known of a column beyond its type as written.
struct TypeUse {
    bool is_key = false;      // in a primary, foreign or unique key, or referenced by one
    bool is_flag = false;     // of a one-digit type, and used as a truth value only
    bool holds_json = false;  // a CHECK says so
    bool holds_uuid = false;  // its default makes one
    bool is_identity = false;
    bool is_number = false;   // has no type, and is compared with numbers or has one as its default
};

MappedType map_type(Dialect dialect, const TypeName& type, const TypeUse& use);

// May a column of this type be a flag, if its use agrees: TINYINT(1), BIT, BOOL.
bool may_be_flag(Dialect dialect, const TypeName& type);

}  // namespace confab::ddl::dialect
