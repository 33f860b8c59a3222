#include "ddl/decode.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ddl/position.hpp"

namespace confab::ddl {
namespace {

struct Signature {
    std::string_view bytes;
    std::string_view what;
};

using namespace std::string_view_literals;
constexpr auto signatures = std::to_array<Signature>({
    {"\x89PNG"sv, "a picture (PNG)"},
    {"\xFF\xD8\xFF"sv, "a picture (JPEG)"},
    {"GIF8"sv, "a picture (GIF)"},
    {"RIFF"sv, "a picture or a sound (RIFF)"},
    {"BM\0\0"sv, "a picture (BMP)"},
    {"%PDF"sv, "a PDF document"},
    {"PK\x03\x04"sv, "a ZIP archive (or an office document)"},
    {"\x1F\x8B"sv, "a gzip archive"},
    {"BZh"sv, "a bzip2 archive"},
    {"\xFD"
     "7zXZ"sv,
     "an xz archive"},
    {"7z\xBC\xAF"sv, "a 7-Zip archive"},
    {"\x28\xB5\x2F\xFD"sv, "a zstd archive"},
    {"SQLite format 3\0"sv, "a SQLite database, not its DDL; `sqlite3 FILE .schema` prints that"},
    {"PGDMP"sv, "a dump in pg_dump's own format; `pg_restore --schema-only -f FILE.sql DUMP` writes it as SQL"},
    {"\x7F"
     "ELF"sv,
     "a program"},
    {"MZ\x90"sv, "a program"},
});

Error refused(const Source& source, std::string message) {
    return Error(ErrorKind::invalid_input, fmt::format("{}: {}", source.name, message))
        .note("expected a text file with SQL: CREATE TABLE statements in UTF-8 or UTF-16");
}

enum class ByteOrder { little, big };

std::optional<ByteOrder> utf16_order(std::string_view bytes) {
    if (bytes.substr(0, 2) == "\xFF\xFE"sv) return ByteOrder::little;
    if (bytes.substr(0, 2) == "\xFE\xFF"sv) return ByteOrder::big;
    // Without a mark: SQL begins with ASCII, so that every other byte is zero.
    constexpr std::size_t looked_at = 64;
    const std::string_view start = bytes.substr(0, looked_at);
    if (start.size() < 8 || bytes.size() % 2 != 0) return std::nullopt;
    std::size_t zeros[2] = {0, 0};
    for (std::size_t i = 0; i < start.size(); ++i) zeros[i % 2] += start[i] == '\0' ? 1U : 0U;
    if (zeros[0] == 0 && zeros[1] == start.size() / 2) return ByteOrder::little;
    if (zeros[1] == 0 && zeros[0] == start.size() / 2) return ByteOrder::big;
    return std::nullopt;
}

std::optional<std::string> from_utf16(std::string_view bytes, ByteOrder order) {
    if (bytes.size() % 2 != 0) return std::nullopt;
    const auto unit = [&](std::size_t i) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const auto second = static_cast<unsigned char>(bytes[i + 1]);
        return order == ByteOrder::little ? static_cast<char32_t>(first | (second << 8U))
                                          : static_cast<char32_t>(second | (first << 8U));
    };
    std::string text;
    text.reserve(bytes.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        char32_t character = unit(i);
        if (character >= 0xDC00 && character < 0xE000) return std::nullopt;
        if (character >= 0xD800 && character < 0xDC00) {
            if (i + 4 > bytes.size()) return std::nullopt;
            const char32_t low = unit(i + 2);
            if (low < 0xDC00 || low >= 0xE000) return std::nullopt;
            character = 0x10000 + ((character - 0xD800) << 10U) + (low - 0xDC00);
            i += 2;
        }
        if (i > 0 || character != 0xFEFF) append_utf8(text, character);
    }
    return text;
}

}  // namespace

Result<std::string> decode(const Source& source, std::size_t max_bytes) {
    const std::string_view bytes = source.bytes;
    if (bytes.size() > max_bytes) {
        return Error(ErrorKind::invalid_input,
                     fmt::format("{}: the file has {} bytes; at most {} are read", source.name,
                                 grouped(std::uint64_t{bytes.size()}), grouped(std::uint64_t{max_bytes})))
            .note("a schema is rarely larger than 1 MB: leave out the data (pg_dump --schema-only, mysqldump --no-data)");
    }
    for (const Signature& signature : signatures) {
        if (bytes.substr(0, signature.bytes.size()) == signature.bytes) {
            return refused(source, fmt::format("this is {}", signature.what));
        }
    }
    std::string text;
    if (const std::optional<ByteOrder> order = utf16_order(bytes)) {
        std::optional<std::string> decoded = from_utf16(bytes, *order);
        if (!decoded) return refused(source, "the file is broken UTF-16");
        text = *std::move(decoded);
    } else {
        text = bytes.substr(0, 3) == "\xEF\xBB\xBF"sv ? bytes.substr(3) : bytes;
    }
    if (const std::size_t nul = text.find('\0'); nul != std::string::npos) {
        return refused(source, fmt::format("this is a binary file: byte {} is zero", grouped(std::uint64_t{nul})));
    }
    if (const std::optional<std::size_t> broken = find_broken_utf8(text)) {
        const auto odd = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v';
        }));
        if (odd * 20 > text.size()) return refused(source, "this is a binary file");
        return error_at(text, *broken, source.name,
                        fmt::format("byte 0x{:02x} is not valid UTF-8 here", static_cast<unsigned char>(text[*broken])))
            .note("expected UTF-8 or UTF-16; `iconv -f LATIN1 -t UTF-8` converts a file in Latin-1");
    }
    if (trim(text).empty()) return refused(source, "the file is empty");
    return text;
}

}  // namespace confab::ddl
