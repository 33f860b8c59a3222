#include "base/files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/text.hpp"

namespace confab {

namespace {

namespace fs = std::filesystem;

std::string parent_of(const std::string& path) {
    const std::string parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

// "out/" and "out" are one folder.
std::string without_trailing_slash(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    return path;
}

Error exists_error(const std::string& path) {
    return Error(ErrorKind::io, fmt::format("{} exists already", printable(path)))
        .note("choose another name, or say --force to replace it");
}

// Renames `from` to `to`; without permission to overwrite the system itself refuses an existing name, so that
// a file that came about in the meantime is safe.
Status rename_whole(const std::string& from, const std::string& to, Overwrite overwrite) {
    if (overwrite == Overwrite::yes) {
        if (::rename(from.c_str(), to.c_str()) == 0) return {};
        return system_error("write", to, errno);
    }
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
    if (errno == EEXIST) return exists_error(to);
    if (errno != EINVAL && errno != ENOSYS) return system_error("write", to, errno);
    // A file system without RENAME_NOREPLACE: look, then rename.
    if (::access(to.c_str(), F_OK) == 0) return exists_error(to);
    if (::rename(from.c_str(), to.c_str()) == 0) return {};
    return system_error("write", to, errno);
}

// The names of a folder reach the disk; not every file system can do that, so failure is no error.
void sync_folder(const std::string& path) {
    const FileDescriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder) static_cast<void>(::fsync(folder.get()));
}

// A folder that holds nothing but plain files: removes it with them. Anything else stays as it is.
void remove_flat_folder(const std::string& path) {
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(path, code)) {
        if (entry.is_regular_file(code)) ::unlink(entry.path().c_str());
    }
    ::rmdir(path.c_str());
}

}  // namespace

FileDescriptor::~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
}

Status FileDescriptor::close(const std::string& name) {
    if (fd_ < 0 || ::close(std::exchange(fd_, -1)) == 0) return {};
    return system_error("write", name, errno);
}

Error system_error(std::string_view action, const std::string& path, int error_number) {
    Error error(ErrorKind::io, fmt::format("cannot {} {}: {}", action, printable(path, 4096),
                                           std::generic_category().message(error_number)));
    switch (error_number) {
        case ENOSPC:
        case EDQUOT: return std::move(error).note("free some space, or write to another disk");
        case EACCES:
        case EPERM:
        case EROFS: return std::move(error).note("choose a place that you may write to");
        case EPIPE: return std::move(error).note("the reader of the pipe has gone away");
        case EFBIG: return std::move(error).note("the file system or a limit allows no file of this size");
        default: return error;
    }
}

Result<std::string> read_descriptor(int fd, const std::string& name, std::size_t max_bytes) {
    std::string bytes;
    struct stat status {};
    if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        bytes.reserve(std::min(static_cast<std::size_t>(status.st_size), max_bytes) + 1);
    }
    constexpr std::size_t step = 1U << 16U;
    for (;;) {
        const std::size_t had = bytes.size();
        bytes.resize(had + step);
        const ssize_t count = ::read(fd, bytes.data() + had, step);
        if (count < 0 && errno == EINTR) {
            bytes.resize(had);
            continue;
        }
        if (count < 0) return system_error("read", name, errno);
        bytes.resize(had + static_cast<std::size_t>(count));
        if (count == 0) return bytes;
        if (bytes.size() > max_bytes) {
            return Error(ErrorKind::invalid_input,
                         fmt::format("{} has more than {} bytes", printable(name), grouped(std::uint64_t{max_bytes})));
        }
    }
}

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return system_error("read", path, errno);
    return read_descriptor(file.get(), path, max_bytes);
}

Status write_all(int fd, std::string_view bytes, const std::string& name) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return system_error("write", name, errno);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

std::string partial_path(const std::string& path) {
    const fs::path whole(without_trailing_slash(path));
    return (whole.parent_path() / fmt::format(".{}.{}.part", whole.filename().string(), ::getpid())).string();
}

void remove_partial(const std::string& path) {
    const std::string partial = partial_path(path);
    if (::unlink(partial.c_str()) != 0) remove_flat_folder(partial);
}

OutputFile::OutputFile(std::string path, Overwrite overwrite, FileDescriptor fd)
    : path_(std::move(path)), partial_(partial_path(path_)), overwrite_(overwrite), fd_(std::move(fd)) {}

OutputFile::~OutputFile() {
    if (fd_) ::unlink(partial_.c_str());
}

Result<OutputFile> OutputFile::create(const std::string& path, Overwrite overwrite) {
    std::error_code code;
    if (fs::is_directory(path, code)) {
        return Error(ErrorKind::io, fmt::format("{} is a folder, not a file", printable(path)));
    }
    if (overwrite == Overwrite::no && fs::exists(path, code)) return exists_error(path);
    if (!fs::is_directory(parent_of(path), code)) {
        return Error(ErrorKind::io, fmt::format("the folder {} does not exist", printable(parent_of(path))))
            .note(fmt::format("make it first: mkdir -p {}", printable(parent_of(path))));
    }
    const std::string partial = partial_path(path);
    FileDescriptor fd(::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!fd) return system_error("write", path, errno);
    return OutputFile(path, overwrite, std::move(fd));
}

Status OutputFile::write(std::string_view bytes) {
    CONFAB_CHECK(write_all(fd_.get(), bytes, path_));
    size_ += bytes.size();
    return {};
}

Status OutputFile::write_at(std::uint64_t offset, std::string_view bytes) {
    assert(offset + bytes.size() <= size_);
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(fd_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return system_error("write", path_, errno);
        bytes.remove_prefix(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return {};
}

Status OutputFile::commit() {
    if (::fsync(fd_.get()) != 0) return system_error("write", path_, errno);
    CONFAB_CHECK(rename_whole(partial_, path_, overwrite_));
    CONFAB_CHECK(fd_.close(path_));
    sync_folder(parent_of(path_));
    return {};
}

OutputDirectory::OutputDirectory(std::string path, Overwrite overwrite, std::string mark)
    : path_(std::move(path)), partial_(partial_path(path_)), overwrite_(overwrite), mark_(std::move(mark)) {}

OutputDirectory::OutputDirectory(OutputDirectory&& other) noexcept
    : path_(std::move(other.path_)),
      partial_(std::move(other.partial_)),
      overwrite_(other.overwrite_),
      mark_(std::move(other.mark_)),
      committed_(std::exchange(other.committed_, true)) {}

OutputDirectory::~OutputDirectory() {
    if (!committed_) remove_flat_folder(partial_);
}

Result<OutputDirectory> OutputDirectory::create(const std::string& path, Overwrite overwrite, std::string mark) {
    const std::string folder = without_trailing_slash(path);
    std::error_code code;
    if (fs::exists(folder, code)) {
        if (!fs::is_directory(folder, code)) {
            return Error(ErrorKind::io, fmt::format("{} is a file, not a folder", printable(folder)));
        }
        bool is_empty = true;
        bool has_mark = false;
        bool only_files = true;
        for (const auto& entry : fs::directory_iterator(folder, code)) {
            is_empty = false;
            only_files = only_files && entry.is_regular_file(code) && !entry.is_symlink(code);
            has_mark = has_mark || entry.path().filename() == mark;
        }
        if (code) return system_error("read", folder, code.value());
        if (!is_empty && overwrite == Overwrite::no) return exists_error(folder);
        if (!is_empty && !(has_mark && only_files)) {
            return Error(ErrorKind::io, fmt::format("{} holds files that are not from Confab", printable(folder)))
                .note("--force replaces a folder of an earlier run only; choose another name");
        }
    }
    if (!fs::is_directory(parent_of(folder), code)) {
        return Error(ErrorKind::io, fmt::format("the folder {} does not exist", printable(parent_of(folder))))
            .note(fmt::format("make it first: mkdir -p {}", printable(parent_of(folder))));
    }
    OutputDirectory directory(folder, overwrite, std::move(mark));
    if (::mkdir(directory.partial_.c_str(), 0777) != 0) {
        const int error_number = errno;
        directory.committed_ = true;  // what stands there is not ours to remove
        return system_error("write", folder, error_number);
    }
    return directory;
}

Result<FileDescriptor> OutputDirectory::create_file(const std::string& name) {
    const std::string path = partial_ + "/" + name;
    FileDescriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!fd) return system_error("write", path_ + "/" + name, errno);
    return fd;
}

Status OutputDirectory::sync_file(FileDescriptor& file, const std::string& name) {
    if (::fsync(file.get()) != 0) return system_error("write", path_ + "/" + name, errno);
    return file.close(path_ + "/" + name);
}

Status OutputDirectory::commit() {
    sync_folder(partial_);
    std::error_code code;
    if (!fs::exists(path_, code) || fs::is_empty(path_, code)) {
        CONFAB_CHECK(rename_whole(partial_, path_, Overwrite::yes));
    } else {
        // The two change places in one step; the old one is then under the hidden name, and goes.
        if (::renameat2(AT_FDCWD, partial_.c_str(), AT_FDCWD, path_.c_str(), RENAME_EXCHANGE) != 0) {
            return system_error("replace", path_, errno);
        }
        remove_flat_folder(partial_);
    }
    committed_ = true;
    sync_folder(parent_of(path_));
    return {};
}

}  // namespace confab
