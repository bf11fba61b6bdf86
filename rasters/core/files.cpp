// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/files.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/memory_shares.hpp"
#include "rasters/core/whole_file.hpp"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace zonerank::rasters {

namespace fs = std::filesystem;

FileDescriptor::~FileDescriptor() {
    if (m_fd >= 0)
        ::close(m_fd);
}

static std::atomic<bool>& syncs() {
    static std::atomic<bool> on = true;
    return on;
}

void set_sync(bool on) {
    syncs() = on;
}

void sync(const fs::path& path) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.open() || (syncs() && ::fsync(file.get()) != 0))
        throw Error("{}: can't be written to the disk: {}", path.string(), std::strerror(errno));
}

static fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

TextFile::TextFile(const fs::path& path) : m_path(path), m_stream(path, std::ios::binary) {
    if (!m_stream)
        throw Error("{}: can't be written: {}", path.string(), std::strerror(errno));
}

void TextFile::write(std::string_view text) {
    m_stream.write(text.data(), static_cast<std::streamsize>(text.size()));
}

void TextFile::close() {
    errno = 0;
    m_stream.close();
    if (!m_stream)
        throw Error("{}: can't be written: {}", m_path.string(),
                    errno != 0 ? std::strerror(errno) : "the disk took only a part of it");
}

void write_text(const fs::path& path, std::string_view text) {
    TextFile file(path);
    file.write(text);
    file.close();
}

static void remove_quietly(const fs::path& path) {
    std::error_code ignored;
    fs::remove(path, ignored);
}

Unfinished::Unfinished(fs::path path) : m_path(std::move(path)), m_undo([p = m_path] { remove_quietly(p); }) {}

Unfinished::~Unfinished() {
    remove_quietly(m_path);
}

void move_into_place(const fs::path& from, const fs::path& to) {
    sync(from);
    rename_over(from, to);
    sync(folder_of(to));
}

static constexpr double mebibyte = 1 << 20;

static std::uint64_t free_bytes(const fs::path& folder) {
    struct statvfs info {};
    if (::statvfs(folder.c_str(), &info) != 0)
        return UINT64_MAX;
    return static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize;
}

void check_space(const fs::path& folder, std::uint64_t bytes) {
    if (const std::uint64_t free = free_bytes(folder); free < bytes)
        throw Error("the disk is too full: {:.2f} MiB are needed, {:.2f} MiB are free",
                    static_cast<double>(bytes) / mebibyte, static_cast<double>(free) / mebibyte);
}

/// Why so many bytes could not be written to a folder.
static std::string reason(int failed, const fs::path& folder, std::size_t bytes) {
    std::string text = std::strerror(failed);
    if (failed == ENOSPC || failed == EDQUOT)
        text += fmt::format(": {:.2f} MiB more are needed, {:.2f} MiB are free", static_cast<double>(bytes) / mebibyte,
                            static_cast<double>(free_bytes(folder)) / mebibyte);
    return text;
}

/// 0, or the number of what went wrong.
static int write_at(int fd, std::span<const std::byte> bytes, std::uint64_t at) {
    while (!bytes.empty()) {
        const ssize_t done = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return done < 0 ? errno : ENOSPC;
        at += static_cast<std::uint64_t>(done);
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
    return 0;
}

OutputFile::OutputFile(const fs::path& path)
    : m_path(path), m_file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
    if (!m_file.open())
        throw Error("{}: can't be written: {}", path.string(), std::strerror(errno));
}

void OutputFile::write(std::uint64_t at, std::span<const std::byte> bytes) {
    if (const int failed = write_at(m_file.get(), bytes, at); failed != 0)
        throw Error("{}: can't be written: {}", m_path.string(), reason(failed, folder_of(m_path), bytes.size()));
}

// Where the file system has none without a name, whoever is killed in between leaves one.
static FileDescriptor open_nameless(const fs::path& folder) {
    if (FileDescriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600)); file.open())
        return file;
    std::string name = (folder / ".scratch-XXXXXX").string();
    FileDescriptor file(::mkostemp(name.data(), O_CLOEXEC));
    if (!file.open())
        throw Error("{}: can't be written to: {}", folder.string(), std::strerror(errno));
    ::unlink(name.c_str());
    return file;
}

static std::atomic<std::size_t>& memory_left() {
    static std::atomic<std::size_t> bytes = memory_shares().scratch;
    return bytes;
}

/// What is left for scratch spaces, touched by nobody yet; none when the system has none.
static std::span<std::byte> take_memory() {
    const std::size_t bytes = memory_left().exchange(0);
    void* memory =
        bytes == 0 ? MAP_FAILED
                   : ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) {
        memory_left() += bytes;
        return {};
    }
    ::madvise(memory, bytes, MADV_HUGEPAGE);
    return {static_cast<std::byte*>(memory), bytes};
}

Scratch::Scratch(const fs::path& folder)
    : m_folder(folder.empty() ? "." : folder), m_file(open_nameless(m_folder)), m_memory(take_memory()) {}

Scratch::~Scratch() {
    if (m_memory.empty())
        return;
    ::munmap(m_memory.data(), m_memory.size());
    memory_left() += m_memory.size();
}

std::size_t Scratch::in_memory(std::uint64_t at, std::size_t bytes) const {
    return at < m_memory.size() ? std::min(bytes, m_memory.size() - static_cast<std::size_t>(at)) : 0;
}

std::uint64_t Scratch::append(std::span<const std::byte> bytes) {
    const std::uint64_t at = m_end.fetch_add(bytes.size());
    write(at, bytes);
    return at;
}

void Scratch::overwrite(std::uint64_t at, std::span<const std::byte> bytes) {
    assert(at + bytes.size() <= m_end);
    write(at, bytes);
}

void Scratch::write(std::uint64_t at, std::span<const std::byte> bytes) {
    const std::size_t here = in_memory(at, bytes.size());
    std::ranges::copy(bytes.first(here), m_memory.begin() + static_cast<std::ptrdiff_t>(here > 0 ? at : 0));
    if (const int failed = write_at(m_file.get(), bytes.subspan(here), at + here - m_memory.size()); failed != 0)
        throw Error("{}: scratch space can't be written: {}", m_folder.string(),
                    reason(failed, m_folder, bytes.size()));
}

void Scratch::read(std::uint64_t at, std::span<std::byte> bytes) const {
    if (at + bytes.size() > m_end)
        throw Error("{}: scratch space can't be read back: cut short", m_folder.string());
    const std::size_t here = in_memory(at, bytes.size());
    std::copy_n(m_memory.begin() + static_cast<std::ptrdiff_t>(here > 0 ? at : 0), here, bytes.begin());
    read_file(at + here - m_memory.size(), bytes.subspan(here));
}

void Scratch::read_file(std::uint64_t at, std::span<std::byte> bytes) const {
    while (!bytes.empty()) {
        const ssize_t done = ::pread(m_file.get(), bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            throw Error("{}: scratch space can't be read back: {}", m_folder.string(),
                        done < 0 ? std::strerror(errno) : "cut short");
        at += static_cast<std::uint64_t>(done);
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
}

} // namespace zonerank::rasters
