// Files that appear under their name whole, or not at all.
//
//   CONFAB_TRY(auto file, OutputFile::create("shop.zip", Overwrite::no));
//   CONFAB_CHECK(file.write(bytes));
//   CONFAB_CHECK(file.commit());        // sync, then rename
//
// Until `commit` the bytes are in a hidden file beside the final one, which the destructor removes. The
// messages of errors name the file, what the system said, and what can be done about it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"

namespace confab {

enum class Overwrite : std::uint8_t { no, yes };

// Owns a file descriptor.
class FileDescriptor {
  public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) : fd_(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor();

    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    // Closes now; a delayed write error of the system comes out here. `name` is for the message.
    Status close(const std::string& name);

  private:
    int fd_ = -1;
};

// The whole of a regular file, a pipe or a device; an error when it has more than `max_bytes`.
Result<std::string> read_file(const std::string& path, std::size_t max_bytes);
// The same from an open descriptor; `name` is for messages.
Result<std::string> read_descriptor(int fd, const std::string& name, std::size_t max_bytes);

// Writes all bytes, however many calls it takes. `name` is for the message.
Status write_all(int fd, std::string_view bytes, const std::string& name);

// An `io` error from errno: `cannot write shop.zip: No space left on device`, with a note where one helps.
Error system_error(std::string_view action, const std::string& path, int error_number);

// The hidden name beside `path` under which this process writes it.
std::string partial_path(const std::string& path);
// Removes what is left of writing `path` (a file, or a folder of files), if anything. Only calls that a
// last-resort handler may make: no locks of ours, errors ignored.
void remove_partial(const std::string& path);

class OutputFile {
  public:
    // Fails when `path` exists and may not be overwritten, is a folder, or its folder cannot be written.
    static Result<OutputFile> create(const std::string& path, Overwrite overwrite);
    OutputFile(OutputFile&&) noexcept = default;
    OutputFile& operator=(OutputFile&&) = delete;
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    Status write(std::string_view bytes);
    // Replaces bytes already written.
    Status write_at(std::uint64_t offset, std::string_view bytes);
    std::uint64_t size() const { return size_; }
    Status commit();

  private:
    OutputFile(std::string path, Overwrite overwrite, FileDescriptor fd);

    std::string path_;
    std::string partial_;
    Overwrite overwrite_;
    FileDescriptor fd_;
    std::uint64_t size_ = 0;
};

// A folder of files, by the same rules. An existing folder is replaced when it is empty, or with
// Overwrite::yes when it holds nothing but plain files one of which is called `mark`: a folder of an earlier
// run, never somebody's home.
class OutputDirectory {
  public:
    static Result<OutputDirectory> create(const std::string& path, Overwrite overwrite, std::string mark);
    OutputDirectory(OutputDirectory&& other) noexcept;
    OutputDirectory& operator=(OutputDirectory&&) = delete;
    OutputDirectory(const OutputDirectory&) = delete;
    OutputDirectory& operator=(const OutputDirectory&) = delete;
    ~OutputDirectory();

    // A new file in the folder, to be written, synced and closed by the caller.
    Result<FileDescriptor> create_file(const std::string& name);
    Status sync_file(FileDescriptor& file, const std::string& name);
    Status commit();

  private:
    OutputDirectory(std::string path, Overwrite overwrite, std::string mark);

    std::string path_;
    std::string partial_;
    Overwrite overwrite_;
    std::string mark_;
    bool committed_ = false;
};

}  // namespace confab
