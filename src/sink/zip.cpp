// The format (APPNOTE.TXT 6.3), all numbers little-endian:
//
//   archive      entry… directory-header… [zip64 end, zip64 locator] end
//   entry        local header 30 bytes, name, extra 20 bytes, packed bytes
//   extra        0x0001 size, packed size             when one of them needs 64 bits
//                0xD935 padding                       otherwise: the room is kept, since sizes are known afterwards
//   directory    header 46 bytes, name, [0x0001 size, packed size, offset: those that need 64 bits]
#include "sink/zip.hpp"

#include "sink/deflate.hpp"

namespace confab::sink {

namespace {

constexpr std::uint32_t most_32 = 0xFFFFFFFFU;
constexpr std::uint16_t most_16 = 0xFFFFU;
constexpr std::uint16_t names_are_utf8 = 1U << 11U;
constexpr std::uint16_t midnight = 0;
constexpr std::uint16_t first_of_january_1980 = 1U << 5U | 1U;
constexpr std::uint16_t zip64_extra = 0x0001;
constexpr std::uint16_t padding_extra = 0xD935;
constexpr std::uint32_t local_extra_bytes = 16;
constexpr std::uint16_t made_by_unix = 3U << 8U;
constexpr std::uint32_t plain_file_0644 = 0100644U << 16U;

class Fields {
  public:
    Fields& u16(std::uint64_t value) { return put(value, 2); }
    Fields& u32(std::uint64_t value) { return put(value, 4); }
    Fields& u64(std::uint64_t value) { return put(value, 8); }
    Fields& text(std::string_view value) {
        bytes_ += value;
        return *this;
    }
    std::string take() { return std::move(bytes_); }
    std::size_t size() const { return bytes_.size(); }

  private:
    Fields& put(std::uint64_t value, int count) {
        for (int i = 0; i < count; ++i) bytes_ += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
        return *this;
    }
    std::string bytes_;
};

std::uint32_t capped_32(std::uint64_t value) { return value >= most_32 ? most_32 : static_cast<std::uint32_t>(value); }
bool needs_64(std::uint64_t value) { return value >= most_32; }
std::uint16_t version_needed(bool zip64) { return zip64 ? 45 : 20; }

}  // namespace

std::string ZipWriter::local_header(const Entry& entry) const {
    // When one size needs 64 bits both stand in the extra field: the local one has no other form.
    const bool zip64 = needs_64(entry.size) || needs_64(entry.packed_size);
    Fields fields;
    fields.u32(0x04034B50).u16(version_needed(zip64)).u16(names_are_utf8).u16(method());
    fields.u16(midnight).u16(first_of_january_1980).u32(entry.crc);
    fields.u32(zip64 ? most_32 : entry.packed_size).u32(zip64 ? most_32 : entry.size);
    fields.u16(entry.name.size()).u16(4 + local_extra_bytes).text(entry.name);
    fields.u16(zip64 ? zip64_extra : padding_extra).u16(local_extra_bytes);
    fields.u64(zip64 ? entry.size : 0).u64(zip64 ? entry.packed_size : 0);
    return fields.take();
}

std::string ZipWriter::directory_header(const Entry& entry) const {
    Fields extra;
    if (needs_64(entry.size)) extra.u64(entry.size);
    if (needs_64(entry.packed_size)) extra.u64(entry.packed_size);
    if (needs_64(entry.offset)) extra.u64(entry.offset);
    const std::string wide = extra.take();
    Fields fields;
    fields.u32(0x02014B50).u16(made_by_unix | version_needed(true)).u16(version_needed(!wide.empty()));
    fields.u16(names_are_utf8).u16(method()).u16(midnight).u16(first_of_january_1980).u32(entry.crc);
    fields.u32(capped_32(entry.packed_size)).u32(capped_32(entry.size));
    fields.u16(entry.name.size()).u16(wide.empty() ? 0 : 4 + wide.size()).u16(0);
    fields.u16(0).u16(0).u32(plain_file_0644).u32(capped_32(entry.offset)).text(entry.name);
    if (!wide.empty()) fields.u16(zip64_extra).u16(wide.size()).text(wide);
    return fields.take();
}

Status ZipWriter::begin(const std::string& name) {
    entries_.push_back({name, file_.size(), 0, 0, 0});
    return file_.write(local_header(entries_.back()));
}

Status ZipWriter::append(std::string_view packed, std::uint64_t text_size, std::uint32_t text_crc) {
    Entry& entry = entries_.back();
    CONFAB_CHECK(file_.write(packed));
    entry.packed_size += packed.size();
    entry.size += text_size;
    entry.crc = combine_crc32(entry.crc, text_crc, text_size);
    return {};
}

Status ZipWriter::end() {
    Entry& entry = entries_.back();
    if (compression_ != Compression::none) {
        CONFAB_CHECK(file_.write(deflate_end));
        entry.packed_size += deflate_end.size();
    }
    return file_.write_at(entry.offset, local_header(entry));
}

Status ZipWriter::finish() {
    const std::uint64_t start = file_.size();
    Fields directory;
    for (const Entry& entry : entries_) directory.text(directory_header(entry));
    const std::uint64_t size = directory.size();
    const std::uint64_t count = entries_.size();
    if (needs_64(start) || count >= most_16 || needs_64(size)) {
        const std::uint64_t zip64_end = start + size;
        directory.u32(0x06064B50).u64(44).u16(made_by_unix | version_needed(true)).u16(version_needed(true));
        directory.u32(0).u32(0).u64(count).u64(count).u64(size).u64(start);
        directory.u32(0x07064B50).u32(0).u64(zip64_end).u32(1);
    }
    const std::uint64_t capped_count = count >= most_16 ? most_16 : count;
    directory.u32(0x06054B50).u16(0).u16(0).u16(capped_count).u16(capped_count);
    directory.u32(capped_32(size)).u32(capped_32(start)).u16(0);
    return file_.write(directory.take());
}

}  // namespace confab::sink
