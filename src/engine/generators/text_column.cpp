#include "engine/generators/text_column.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace confab::engine {

namespace {
bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }
}  // namespace

std::size_t count_characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), starts_character));
}

std::string_view first_characters(std::string_view utf8, std::size_t limit) {
    std::size_t characters = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (starts_character(utf8[i]) && characters++ == limit) return utf8.substr(0, i);
    }
    return utf8;
}

Result<TextColumn> TextColumn::of(const KernelContext& context, std::string_view kind) {
    using schema::TypeKind;
    TextColumn column;
    const schema::Type& type = context.type;
    const bool extension_text = type.kind == TypeKind::extension && (type.user_type.name == "citext" || type.user_type.name == "ltree");
    if (type.is_array() || (!schema::is_character(type.kind) && !extension_text)) {
        return Error(ErrorKind::invalid_input, fmt::format("generator `{}` makes text: a column of type {} cannot hold it", kind, schema::to_sql(type)));
    }
    if (type.kind == TypeKind::single_char) column.bytes = column.characters = 1;
    if (type.kind == TypeKind::name) column.bytes = 63;
    if ((type.kind == TypeKind::varchar || type.kind == TypeKind::character) && type.length > 0) {
        column.characters = static_cast<std::size_t>(type.length);
    }
    return column;
}

void TextColumn::fit(std::string& text) const {
    if (fits(text)) return;
    std::string_view kept = first_characters(text, characters);
    while (kept.size() > bytes) {
        kept = kept.substr(0, bytes);
        while (!kept.empty() && !starts_character(text[kept.size()])) kept.remove_suffix(1);
    }
    const std::size_t space = kept.rfind(' ');
    const bool between_words = kept.size() < text.size() && text[kept.size()] == ' ';
    if (!between_words && space != std::string_view::npos && space > kept.size() / 2) kept = kept.substr(0, space);
    std::size_t size = kept.size();
    while (size > 1 && (text[size - 1] == ' ' || text[size - 1] == ',' || text[size - 1] == '-')) --size;
    text.resize(size);
}

}  // namespace confab::engine
