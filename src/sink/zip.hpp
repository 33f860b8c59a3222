// A ZIP archive, written front to back: files one after another, the directory at the end.
//
//   ZipWriter zip(file, Compression::fast);
//   CONFAB_CHECK(zip.begin("orders.csv"));
//   CONFAB_CHECK(zip.append(packed, text_size, crc));   // any number of times: see sink/deflate.hpp
//   CONFAB_CHECK(zip.end());
//   CONFAB_CHECK(zip.finish());
//
// The same entries give the same bytes: the time of every entry is 1980-01-01. Sizes stand in the local headers
// too, so that an archive can be read as a stream; Zip64 fields appear when they are needed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "base/result.hpp"
#include "sink/sink.hpp"

namespace confab::sink {

class ZipWriter {
  public:
    // The file must be empty, and outlive the writer.
    ZipWriter(OutputFile& file, Compression compression) : file_(file), compression_(compression) {}

    Status begin(const std::string& name);
    Status append(std::string_view packed, std::uint64_t text_size, std::uint32_t text_crc);
    Status end();
    Status finish();

  private:
    struct Entry {
        std::string name;
        std::uint64_t offset = 0;
        std::uint64_t packed_size = 0;
        std::uint64_t size = 0;
        std::uint32_t crc = 0;
    };
    std::string local_header(const Entry& entry) const;
    std::string directory_header(const Entry& entry) const;
    std::uint16_t method() const { return compression_ == Compression::none ? 0 : 8; }

    OutputFile& file_;
    Compression compression_;
    std::vector<Entry> entries_;
};

}  // namespace confab::sink
