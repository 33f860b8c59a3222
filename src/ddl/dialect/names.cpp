#include "ddl/dialect/names.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace confab::ddl::dialect {

namespace {

constexpr std::size_t longest_name_bytes = 63;

// PostgreSQL cuts longer names, at a character.
std::string cut(std::string name) {
    if (name.size() <= longest_name_bytes) return name;
    std::size_t end = longest_name_bytes;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
    name.resize(end);
    return name;
}

std::string canonical(Dialect dialect, const Token& token) {
    if (dialect == Dialect::oracle && token.kind == TokenKind::word) return upper_ascii(token.text);
    return token.text;
}

bool is_name(const Token& token) {
    return token.kind == TokenKind::word || token.kind == TokenKind::quoted_name || token.kind == TokenKind::string;
}

// The name after CREATE … TABLE [IF NOT EXISTS].
std::vector<Token> created_table(const std::vector<Token>& tokens) {
    std::size_t i = 0;
    while (i < tokens.size() && i < 8 && !tokens[i].is_word("table")) ++i;
    if (i >= tokens.size() || !tokens[i].is_word("table")) return {};
    ++i;
    if (i + 2 < tokens.size() && tokens[i].is_word("if")) i += 3;
    std::vector<Token> parts;
    while (i < tokens.size() && is_name(tokens[i])) {
        parts.push_back(tokens[i]);
        if (i + 1 >= tokens.size() || !tokens[i + 1].is_symbol(".")) break;
        i += 2;
    }
    return parts;
}

std::string quoted(std::string_view text, char quote) {
    std::string result(1, quote);
    for (const char c : text) {
        if (c == quote) result += quote;
        result += c;
    }
    return result + quote;
}

}  // namespace

std::string quote_name(std::string_view name) { return quoted(name, '"'); }

std::string quote_name(const TableName& name) {
    return name.space.empty() ? quote_name(name.name) : quote_name(name.space) + "." + quote_name(name.name);
}

std::string quote_string(std::string_view text) { return quoted(text, '\''); }

Names::Names(Dialect dialect, const std::vector<SourceStatement>& statements) : dialect_(dialect) {
    std::map<std::string, std::set<std::string>> spellings;
    std::set<std::string> spaces;
    std::string current;
    for (const SourceStatement& statement : statements) {
        const auto& tokens = statement.tokens;
        if (tokens.size() > 1 && tokens[0].is_word("use")) current = fold_case(tokens[1].text);
        if (tokens.empty() || !tokens[0].is_word("create")) continue;
        const std::vector<Token> parts = created_table(tokens);
        if (parts.empty()) continue;
        if (dialect == Dialect::mysql || dialect == Dialect::oracle)
            spellings[fold_case(parts.back().text)].insert(canonical(dialect, parts.back()));
        spaces.insert(parts.size() > 1 ? fold_case(parts[parts.size() - 2].text) : current);
    }
    for (const auto& [folded, each] : spellings)
        if (each.size() > 1) case_sensitive_.insert(folded);
    keeps_spaces_ = dialect == Dialect::mssql || (dialect != Dialect::sqlite && spaces.size() > 1 + spaces.count(""));
}

std::string Names::fold(const Token& token) const { return fold(token.text); }

std::string Names::fold(std::string_view name) const { return cut(fold_case(name)); }

std::string Names::space(const Token& token) const {
    if (!keeps_spaces_) return {};
    std::string folded = fold(token);
    if (dialect_ == Dialect::mssql && folded == "dbo") return {};
    return folded;
}

TableName Names::table(const std::vector<Token>& parts, const std::string& current) const {
    TableName result;
    if (parts.empty()) return result;
    const Token& last = parts.back();
    result.name = case_sensitive_.contains(fold_case(last.text)) ? cut(canonical(dialect_, last)) : fold(last);
    if (parts.size() > 1) {
        result.space = space(parts[parts.size() - 2]);
    } else if (keeps_spaces_ && dialect_ == Dialect::mysql) {
        result.space = current;
    }
    return result;
}

void Names::reserve(const TableName& name) { relations_.emplace(name.space, name.name); }

bool Names::is_taken(const std::string& space, const std::string& name) const { return relations_.contains({space, name}); }

std::string Names::claim(const std::string& space, const std::string& table, const std::string& wanted) {
    std::string name = cut(wanted);
    if (relations_.emplace(space, name).second) return name;
    const std::string with_table = cut(fmt::format("{}_{}", table, wanted));
    if (relations_.emplace(space, with_table).second) return with_table;
    int& number = numbers_[{space, with_table}];
    while (true) {
        const std::string suffix = fmt::format("_{}", ++number + 1);
        name = cut(with_table.substr(0, longest_name_bytes - suffix.size())) + suffix;
        if (relations_.emplace(space, name).second) return name;
    }
}

}  // namespace confab::ddl::dialect
