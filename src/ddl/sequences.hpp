// CREATE SEQUENCE, ALTER SEQUENCE, and the options in parentheses of an identity column.
#pragma once

#include <optional>
#include <string_view>

#include "ddl/context.hpp"

namespace confab::ddl {

struct ReadSequenceOptions {
    schema::SequenceOptions options;
    std::optional<schema::Type> type;           // AS integer
    std::optional<WrittenName> name;            // SEQUENCE NAME x, of an identity
    std::vector<std::string> owned_by;          // the parts of OWNED BY; `none` alone takes the owner off
};

// `before` is what the options change: defaults for CREATE, the sequence's own for ALTER.
Result<ReadSequenceOptions> read_sequence_options(const Context& context, PgQuery__Node* const* options, std::size_t count,
                                                  const schema::SequenceOptions& before);

Status create_sequence(const Context& context, const PgQuery__CreateSeqStmt& statement);
Status alter_sequence(const Context& context, const PgQuery__AlterSeqStmt& statement);

// `public.film_id_seq`, `"Film_id_seq"`, as a regclass literal reads it.
WrittenName parse_relation_literal(std::string_view text);

// The sequence that `nextval('…')` names, when the expression is that and nothing more.
std::optional<WrittenName> sequence_of_nextval(const PgQuery__Node& expression);

}  // namespace confab::ddl
