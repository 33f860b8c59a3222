// The clauses of tables as PostgreSQL DDL: what write.cpp puts together.
#pragma once

#include <string>

#include "schema/schema.hpp"

namespace confab::schema {

// The type as CREATE takes it. One that no extension known here declares cannot be made: it becomes text.
std::string writable_type(const Type& type);

// CREATE TABLE with its columns, without keys and checks; PARTITION OF for a partition.
std::string create_table(const Schema& schema, TableId id);
std::string create_index(const Table& table, const Index& index);

// `name PRIMARY KEY (a, b)`: what stands after ADD CONSTRAINT.
std::string key_definition(const Table& table, const Key& key);
std::string check_definition(const Check& check);
std::string exclusion_definition(const Table& table, const Exclusion& exclusion);
std::string foreign_key_definition(const Schema& schema, const Table& table, const ForeignKey& key);

// `START WITH 5 INCREMENT BY 10`; empty when all are defaults.
std::string sequence_options(const SequenceOptions& options);
// An expression as DEFAULT takes it: in parentheses unless it is one simple term.
std::string default_expression(const std::string& sql);

}  // namespace confab::schema
