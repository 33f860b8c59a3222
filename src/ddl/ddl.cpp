#include "ddl/ddl.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/collect.hpp"
#include "ddl/decode.hpp"
#include "ddl/finish.hpp"
#include "ddl/line_table.hpp"
#include "ddl/rewrite.hpp"

namespace confab::ddl {

Result<Document> read(const Source& source, const Options& options) {
    SourceText decoded{source.name, {}};
    CONFAB_TRY(decoded.text, decode(source, options.max_bytes));
    Document document;
    document.dialect = options.dialect ? *options.dialect : detect_dialect(decoded.text);
    document.dialect_was_detected = !options.dialect;
    CONFAB_TRY(const Rewritten rewritten, rewrite(decoded.text, document.dialect, source.name));

    const LineTable lines(decoded.text);
    SchemaDraft draft(document.dialect);
    draft.schema.warnings = rewritten.warnings;
    for (const RewrittenStatement& statement : rewritten.statements) {
        const StatementText text(decoded, lines, statement);
        if (!statement.passed_over_kind.empty()) {
            pass_over(draft, text, statement.passed_over_kind, decoded.text);
        } else if (statement.sql.size() > options.max_statement_bytes) {
            return text.error(-1, fmt::format("a statement of {} bytes is too large: at most {} are accepted",
                                              grouped(std::uint64_t{statement.sql.size()}),
                                              grouped(std::uint64_t{options.max_statement_bytes})));
        } else {
            CONFAB_CHECK(collect(draft, text));
        }
    }
    const RewrittenStatement none;
    CONFAB_TRY(document.schema, finish(draft, rewritten.hints, StatementText(decoded, lines, none)));
    if (document.schema.tables.empty()) {
        Error error(ErrorKind::invalid_input, fmt::format("{}: there is no table in it", source.name));
        error.notes.emplace_back("expected at least one CREATE TABLE statement");
        if (!document.schema.passed_over.empty()) {
            std::vector<std::string> kinds;
            for (const schema::PassedOver& one : document.schema.passed_over) {
                kinds.push_back(fmt::format("{} × {}", one.count, one.kind));
            }
            error.notes.push_back("found " + printable(enumerate(kinds), 400));
        }
        return error;
    }
    return document;
}

}  // namespace confab::ddl
