#include "ddl/rewrite.hpp"

#include "base/text.hpp"
#include "ddl/dialect/catalog.hpp"
#include "ddl/dialect/names.hpp"
#include "ddl/dialect/near_names.hpp"
#include "ddl/postgresql_split.hpp"
#include "ddl/dialect/splitter.hpp"
#include "ddl/dialect/statement_parser.hpp"
#include "ddl/dialect/statement_writer.hpp"

namespace confab::ddl {

namespace {

using namespace dialect;

// The statements as the dialect means them, in the order of the text.
Result<std::vector<ParsedStatement>> parse(std::string_view text, Dialect dialect, const std::string& file_name, const Names& names,
                                           const std::vector<SourceStatement>& statements) {
    std::vector<ParsedStatement> parsed;
    parsed.reserve(statements.size());
    std::string current_space;
    for (const SourceStatement& statement : statements) {
        ParsedStatement each;
        each.offset = statement.offset;
        if (!statement.passed_over_kind.empty()) {
            each.statement = PassOver{statement.passed_over_kind};
        } else {
            const Token& first = statement.tokens.front();
            if (first.is_word("use") && statement.tokens.size() > 1 && dialect == Dialect::mysql) current_space = names.space(statement.tokens[1]);
            const StatementParser::Source source{text, dialect, file_name, names, current_space};
            StatementParser parser(source, statement.tokens);
            CONFAB_TRY(each.statement, parser.parse());
            each.tokens = &statement.tokens;
        }
        parsed.push_back(std::move(each));
    }
    return parsed;
}

}  // namespace

Result<Rewritten> rewrite(std::string_view utf8, Dialect dialect, const std::string& file_name) {
    if (dialect == Dialect::postgresql) return split_postgresql(utf8, file_name);
    CONFAB_TRY(const std::vector<SourceStatement> statements, split(utf8, dialect, file_name));
    Names names(dialect, statements);
    CONFAB_TRY(std::vector<ParsedStatement> parsed, parse(utf8, dialect, file_name, names, statements));
    Rewritten result;
    adopt_near_names(parsed, result.warnings);
    Catalog catalog(dialect, names, parsed);
    StatementWriter writer(dialect, utf8, names, catalog, result);
    writer.prepare(parsed);
    for (const ParsedStatement& each : parsed) writer.write(each);
    return result;
}

}  // namespace confab::ddl
