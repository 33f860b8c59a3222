#include "sink/csv.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace confab::sink {

namespace {

// Labels are followed by so many bytes that short ones are copied with one fixed-size move.
constexpr std::size_t label_copy = 32;

// Text up to this size is covered by a cell's fixed share of the row.
constexpr std::size_t short_text = 32;
static_assert(2 * short_text + 3 <= value_text_bytes);

bool is_special(char c) { return c == '"' || c == ',' || c == '\n' || c == '\r'; }

#if defined(__SSE2__)
__m128i special_bytes(__m128i bytes) {
    const auto is = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
    return _mm_or_si128(_mm_or_si128(is('"'), is(',')), _mm_or_si128(is('\n'), is('\r')));
}
#endif

// Exact for each byte up to and including the first match, which is all that is asked.
constexpr std::uint64_t zero_bytes(std::uint64_t x) {
    return (x - 0x0101010101010101ULL) & ~x & 0x8080808080808080ULL;
}
constexpr std::uint64_t special_bytes(std::uint64_t word) {
    const auto is = [&](unsigned char c) { return zero_bytes(word ^ (0x0101010101010101ULL * c)); };
    return is('"') | is(',') | is('\n') | is('\r');
}

template <typename Word>
Word load(const char* from) {
    Word word;
    std::memcpy(&word, from, sizeof word);
    return word;
}

// Copies `size` bytes and tells whether one of them is special. Never reads outside the text: the two ends of
// a piece are moved as two words that overlap.
bool copy_and_look(char* out, const char* from, std::size_t size) {
    if (size >= 16) {
#if defined(__SSE2__)
        __m128i found = _mm_setzero_si128();
        const auto move = [&](std::size_t at) {
            const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + at));
            _mm_storeu_si128(reinterpret_cast<__m128i*>(out + at), bytes);
            found = _mm_or_si128(found, special_bytes(bytes));
        };
        for (std::size_t at = 0; at + 16 < size; at += 16) move(at);
        move(size - 16);
        return _mm_movemask_epi8(found) != 0;
#else
        std::uint64_t found = 0;
        const auto move = [&](std::size_t at) {
            const auto word = load<std::uint64_t>(from + at);
            std::memcpy(out + at, &word, sizeof word);
            found |= special_bytes(word);
        };
        for (std::size_t at = 0; at + 8 < size; at += 8) move(at);
        move(size - 8);
        return found != 0;
#endif
    }
    if (size >= 8) {
        const auto first = load<std::uint64_t>(from);
        const auto last = load<std::uint64_t>(from + size - 8);
        std::memcpy(out, &first, 8);
        std::memcpy(out + size - 8, &last, 8);
        return (special_bytes(first) | special_bytes(last)) != 0;
    }
    if (size >= 4) {
        const auto first = load<std::uint32_t>(from);
        const auto last = load<std::uint32_t>(from + size - 4);
        std::memcpy(out, &first, 4);
        std::memcpy(out + size - 4, &last, 4);
        return special_bytes(std::uint64_t{first} << 32U | last) != 0;
    }
    bool found = false;
    for (std::size_t i = 0; i < size; ++i) {
        out[i] = from[i];
        found = found || is_special(from[i]);
    }
    return found;
}

char* write_quoted(char* out, std::string_view text) {
    *out++ = '"';
    for (const char c : text) {
        if (c == '"') *out++ = '"';
        *out++ = c;
    }
    *out++ = '"';
    return out;
}

// Needs room for 2 * size + 2 bytes.
char* write_text_field(char* out, std::string_view text) {
    // A lone `\.` would end the data for readers of older COPY.
    const bool must_quote = text.empty() || copy_and_look(out, text.data(), text.size()) || text == "\\.";
    return must_quote ? write_quoted(out, text) : out + text.size();
}

}  // namespace

TextForm text_form_of(const schema::Schema& schema, const schema::Type& type) {
    using schema::TypeKind;
    const Physical physical = schema::physical_of(schema, type);
    switch (physical) {
        case Physical::boolean: return TextForm::boolean;
        case Physical::wide: return TextForm::decimal;
        case Physical::float64: return type.kind == TypeKind::real ? TextForm::float32 : TextForm::float64;
        case Physical::interval: return TextForm::interval;
        case Physical::text: return TextForm::text;
        case Physical::int64: break;
    }
    switch (schema.base_type(type).kind) {
        case TypeKind::numeric: return TextForm::decimal;
        case TypeKind::money: return TextForm::money;
        case TypeKind::date: return TextForm::date;
        case TypeKind::time: return TextForm::time;
        case TypeKind::time_tz: return TextForm::time_utc;
        case TypeKind::timestamp: return TextForm::timestamp;
        case TypeKind::timestamp_tz: return TextForm::timestamp_utc;
        default: return TextForm::integer;
    }
}

void append_field(std::string_view text, ByteBuffer& out) {
    char* at = out.reserve(2 * text.size() + 2);
    out.advance_to(write_text_field(at, text));
}

// A column of one batch, ready to be read row by row.
struct CsvFormatter::Cell {
    enum class Kind : std::uint8_t {
        boolean, integer, decimal, wide, money, float64, float32, date, time, time_utc, timestamp, timestamp_utc,
        interval, text, label,
    };
    Kind kind = Kind::text;
    int scale = 0;
    const void* values = nullptr;
    const std::uint8_t* valid = nullptr;  // null when every value is
    const Label* labels = nullptr;

    template <typename T>
    const T& value(std::size_t row) const {
        return static_cast<const T*>(values)[row];
    }
};

CsvFormatter::CsvFormatter(const schema::Schema& schema, const schema::Table& table,
                           const std::vector<engine::OutputColumn>& columns) {
    ByteBuffer names;
    std::size_t labels = 0;
    for (const engine::OutputColumn& column : columns) {
        if (column.labels != nullptr) labels += column.labels->labels.size();
    }
    label_texts_.reserve(labels);  // the views into it stay where they are
    for (const engine::OutputColumn& column : columns) {
        if (names.size() > 0) names.append(",");
        append_field(table.columns[column.column].name, names);
        ColumnForm form;
        form.form = text_form_of(schema, column.type);
        if (column.labels != nullptr) {
            for (const std::string& label : column.labels->labels) {
                ByteBuffer field;
                append_field(label, field);
                const std::size_t size = field.size();
                label_texts_.push_back(std::string(field.view()) + std::string(label_copy, '\0'));
                form.labels.push_back({label_texts_.back().data(), size});
            }
        }
        columns_.push_back(std::move(form));
    }
    header_ = std::string(names.view()) + "\n";
}

CsvFormatter::Cell CsvFormatter::cell_of(const ColumnForm& form, const Vector& vector) const {
    using Kind = Cell::Kind;
    Cell cell;
    cell.values = vector.data<std::byte>();
    cell.valid = vector.has_nulls() ? vector.valid() : nullptr;
    cell.scale = vector.scale();
    switch (form.form) {
        case TextForm::boolean: cell.kind = Kind::boolean; break;
        case TextForm::integer: cell.kind = Kind::integer; break;
        case TextForm::decimal: cell.kind = vector.kind() == Physical::wide ? Kind::wide : Kind::decimal; break;
        case TextForm::money: cell.kind = Kind::money; break;
        case TextForm::float64: cell.kind = Kind::float64; break;
        case TextForm::float32: cell.kind = Kind::float32; break;
        case TextForm::date: cell.kind = Kind::date; break;
        case TextForm::time: cell.kind = Kind::time; break;
        case TextForm::time_utc: cell.kind = Kind::time_utc; break;
        case TextForm::timestamp: cell.kind = Kind::timestamp; break;
        case TextForm::timestamp_utc: cell.kind = Kind::timestamp_utc; break;
        case TextForm::interval: cell.kind = Kind::interval; break;
        case TextForm::text: cell.kind = Kind::text; break;
    }
    if (!form.labels.empty() && vector.kind() == Physical::int64) {
        cell.kind = Kind::label;
        cell.labels = form.labels.data();
    }
    return cell;
}

void CsvFormatter::append(const engine::Batch& batch, ByteBuffer& buffer) const {
    assert(batch.columns.size() == columns_.size());
    std::vector<Cell> cells;
    cells.reserve(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) cells.push_back(cell_of(columns_[i], *batch.columns[i]));

    // Every cell but long text fits its fixed share of a row, comma included.
    const std::size_t row_room = cells.size() * (value_text_bytes + 1) + 1;
    char* out = buffer.reserve(row_room);
    const char* limit = buffer.limit();
    // For a long value, and the rest of the row after it.
    const auto make_room = [&](std::size_t room) {
        room += row_room;
        if (static_cast<std::size_t>(limit - out) >= room) return;
        buffer.advance_to(out);
        out = buffer.reserve(room);
        limit = buffer.limit();
    };
    const auto rows = static_cast<std::size_t>(batch.rows.to - batch.rows.from);
    for (std::size_t row = 0; row < rows; ++row) {
        make_room(0);
        for (const Cell& cell : cells) {
            if (cell.valid == nullptr || cell.valid[row] != 0) {
                switch (cell.kind) {
                    using Kind = Cell::Kind;
                    case Kind::boolean: out = write_boolean(out, cell.value<std::uint8_t>(row) != 0); break;
                    case Kind::integer: out = write_integer(out, cell.value<std::int64_t>(row)); break;
                    case Kind::decimal: out = write_decimal(out, cell.value<std::int64_t>(row), cell.scale); break;
                    case Kind::wide: out = write_wide(out, cell.value<Int128>(row), cell.scale); break;
                    case Kind::money: {
                        char text[value_text_bytes];
                        const char* end = write_money(text, cell.value<std::int64_t>(row));
                        out = write_text_field(out, {text, end});
                        break;
                    }
                    case Kind::float64: out = write_float64(out, cell.value<double>(row)); break;
                    case Kind::float32: out = write_float32(out, static_cast<float>(cell.value<double>(row))); break;
                    case Kind::date: out = write_date(out, cell.value<std::int64_t>(row)); break;
                    case Kind::time: out = write_time(out, cell.value<std::int64_t>(row)); break;
                    case Kind::time_utc:
                        out = write_time(out, cell.value<std::int64_t>(row));
                        std::memcpy(out, "+00", 3);
                        out += 3;
                        break;
                    case Kind::timestamp: out = write_timestamp(out, cell.value<std::int64_t>(row), false); break;
                    case Kind::timestamp_utc: out = write_timestamp(out, cell.value<std::int64_t>(row), true); break;
                    case Kind::interval: out = write_interval(out, cell.value<Interval>(row)); break;
                    case Kind::text: {
                        const auto text = cell.value<std::string_view>(row);
                        if (text.size() > short_text) make_room(2 * text.size() + 2);
                        out = write_text_field(out, text);
                        break;
                    }
                    case Kind::label: {
                        const Label& label = cell.labels[cell.value<std::int64_t>(row)];
                        if (label.size > label_copy) {
                            make_room(label.size);
                            std::memcpy(out, label.text, label.size);
                        } else {
                            std::memcpy(out, label.text, label_copy);
                        }
                        out += label.size;
                        break;
                    }
                }
            }
            *out++ = ',';
        }
        // A row without columns is an empty line.
        if (cells.empty()) ++out;
        out[-1] = '\n';
    }
    buffer.advance_to(out);
}

}  // namespace confab::sink
