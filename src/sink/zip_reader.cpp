// Reads from the end: the end record (and its Zip64 form) leads to the directory, that to the entry (see zip.cpp).
#include "sink/zip_reader.hpp"

#include <cerrno>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>
#include <libdeflate.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "sink/deflate.hpp"

namespace confab::sink {

namespace {

constexpr std::uint64_t end_bytes = 22;
constexpr std::uint64_t locator_bytes = 20;
constexpr std::uint64_t zip64_end_bytes = 56;
constexpr std::uint64_t most_directory_bytes = 256U << 20U;

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

class Archive {
  public:
    Archive(std::string path, FileDescriptor fd, std::uint64_t size)
        : path_(std::move(path)), fd_(std::move(fd)), size_(size) {}

    Result<std::string> entry(const std::string& name, std::uint64_t max_bytes) {
        CONFAB_TRY(const std::string directory, read_directory());
        for (std::size_t at = 0; at + 46 <= directory.size();) {
            const std::string_view header = std::string_view(directory).substr(at);
            const std::size_t name_size = number(header, 28, 2);
            const std::size_t extra_size = number(header, 30, 2);
            const std::size_t comment_size = number(header, 32, 2);
            const std::size_t total = 46 + name_size + extra_size + comment_size;
            if (number(header, 0, 4) != 0x02014B50 || header.size() < total) return damaged();
            if (header.substr(46, name_size) == name) return unpack(header.substr(0, total), max_bytes);
            at += total;
        }
        return Error(ErrorKind::invalid_input, fmt::format("{} holds no {}", printable(path_), name))
            .note("is it an archive of Confab?");
    }

  private:
    Error damaged() const { return {ErrorKind::invalid_input, fmt::format("{} is not a ZIP archive, or is damaged", printable(path_))}; }

    Result<std::string> read(std::uint64_t offset, std::uint64_t size) {
        if (offset > size_ || size > size_ - offset) return damaged();
        std::string bytes(size, '\0');
        for (std::size_t done = 0; done < size;) {
            const ssize_t count = ::pread(fd_.get(), bytes.data() + done, size - done, static_cast<off_t>(offset + done));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return system_error("read", path_, errno);
            if (count == 0) return damaged();
            done += static_cast<std::size_t>(count);
        }
        return bytes;
    }

    Result<std::string> read_directory() {
        if (size_ < end_bytes) return damaged();
        // Archives written here have no comment, so the end record is the end of the file.
        CONFAB_TRY(const std::string end, read(size_ - end_bytes, end_bytes));
        if (number(end, 0, 4) != 0x06054B50) return damaged();
        std::uint64_t directory_size = number(end, 12, 4);
        std::uint64_t directory_start = number(end, 16, 4);
        if (size_ >= end_bytes + locator_bytes) {
            CONFAB_TRY(const std::string locator, read(size_ - end_bytes - locator_bytes, locator_bytes));
            if (number(locator, 0, 4) == 0x07064B50) {
                CONFAB_TRY(const std::string wide, read(number(locator, 8, 8), zip64_end_bytes));
                if (number(wide, 0, 4) != 0x06064B50) return damaged();
                directory_size = number(wide, 40, 8);
                directory_start = number(wide, 48, 8);
            }
        }
        if (directory_size > most_directory_bytes) return damaged();
        return read(directory_start, directory_size);
    }

    Result<std::string> unpack(std::string_view header, std::uint64_t max_bytes) {
        const std::uint64_t method = number(header, 10, 2);
        std::uint64_t packed_size = number(header, 20, 4);
        std::uint64_t size = number(header, 24, 4);
        std::uint64_t offset = number(header, 42, 4);
        read_wide_fields(header, size, packed_size, offset);
        if (size > max_bytes || packed_size > max_bytes + 1024) {
            return Error(ErrorKind::invalid_input, fmt::format("a file in {} is too large to be a report", printable(path_)));
        }
        CONFAB_TRY(const std::string local, read(offset, 30));
        CONFAB_TRY(const std::string packed, read(offset + 30 + number(local, 26, 2) + number(local, 28, 2), packed_size));
        std::string text = packed;
        if (method == 8) {
            text.assign(size, '\0');
            const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decompressor(
                libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
            if (libdeflate_deflate_decompress(decompressor.get(), packed.data(), packed.size(), text.data(), text.size(),
                                              nullptr) != LIBDEFLATE_SUCCESS) {
                return damaged();
            }
        } else if (method != 0 || packed_size != size) {
            return damaged();
        }
        if (crc32(text) != number(header, 16, 4)) return damaged();
        return text;
    }

    static void read_wide_fields(std::string_view header, std::uint64_t& size, std::uint64_t& packed_size,
                                 std::uint64_t& offset) {
        std::size_t at = 46 + number(header, 28, 2);
        const std::size_t end = at + number(header, 30, 2);
        while (at + 4 <= end) {
            const std::size_t field_end = at + 4 + number(header, at + 2, 2);
            if (number(header, at, 2) == 1 && field_end <= end) {
                at += 4;
                for (std::uint64_t* value : {&size, &packed_size, &offset}) {
                    if (*value != 0xFFFFFFFFU || at + 8 > field_end) continue;
                    *value = number(header, at, 8);
                    at += 8;
                }
            }
            at = field_end;
        }
    }

    std::string path_;
    FileDescriptor fd_;
    std::uint64_t size_;
};

}  // namespace

Result<std::string> read_zip_entry(const std::string& path, const std::string& name, std::uint64_t max_bytes) {
    FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) return system_error("read", path, errno);
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0) return system_error("read", path, errno);
    return Archive(path, std::move(fd), static_cast<std::uint64_t>(status.st_size)).entry(name, max_bytes);
}

}  // namespace confab::sink
