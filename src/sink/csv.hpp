// Batches as CSV that PostgreSQL's `COPY … (FORMAT csv, HEADER)` reads back without loss.
//
// RFC 4180, but lines end in LF: fields are quoted only where they must be; NULL is nothing at all and the empty
// string is `""`. Values are written as PostgreSQL prints them (base/value_text.hpp). Generated columns are not
// among a program's output columns, and so not here.
//
// A formatter is made once for a table and shared by threads: it has no state of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value_text.hpp"
#include "engine/engine.hpp"
#include "sink/buffer.hpp"

namespace confab::sink {

// How values of a type lie in a Vector and are to be written. Enums are `integer` here: their labels are elsewhere.
TextForm text_form_of(const schema::Schema& schema, const schema::Type& type);

// One field: quoted if it must be.
void append_field(std::string_view text, ByteBuffer& out);

class CsvFormatter {
  public:
    CsvFormatter(const schema::Schema& schema, const schema::Table& table,
                 const std::vector<engine::OutputColumn>& columns);

    // The names of the columns, and the end of the line.
    const std::string& header() const { return header_; }
    void append(const engine::Batch& batch, ByteBuffer& out) const;

  private:
    struct Label {
        const char* text = nullptr;  // may be read up to label_copy bytes
        std::size_t size = 0;
    };
    struct ColumnForm {
        TextForm form = TextForm::text;
        std::vector<Label> labels;  // of an enum, as fields
    };
    struct Cell;

    Cell cell_of(const ColumnForm& form, const Vector& vector) const;

    std::string header_;
    std::vector<ColumnForm> columns_;
    std::vector<std::string> label_texts_;
};

}  // namespace confab::sink
