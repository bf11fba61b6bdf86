// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/undo.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <span>
#include <string_view>
#include <utility>

namespace zonerank::rasters {

/// An open file of the system, closed when it goes out of scope. Moves only.
class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) : m_fd(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~FileDescriptor();

    int get() const { return m_fd; }
    bool open() const { return m_fd >= 0; }

private:
    int m_fd = -1;
};

/// Has the system put a file or a folder on the disk itself. Throws Error naming
/// it: a full disk may show only here.
void sync(const std::filesystem::path& path);

/// Whether sync() does anything, true at first: off, a run is measured without the
/// disk, and a power cut may leave half a result. For the whole process.
void set_sync(bool on);

/// Throws Error, with what is needed and what is free, when the folder has no room for
/// so many bytes.
void check_space(const std::filesystem::path& folder, std::uint64_t bytes);

/// A text being written piece by piece. A failure shows in close() at the latest,
/// as an Error that names the file.
class TextFile {
public:
    explicit TextFile(const std::filesystem::path& path); ///< throws Error when it can't be made
    void write(std::string_view text);
    void close();

private:
    std::filesystem::path m_path;
    std::ofstream m_stream;
};

/// Writes a whole file. Throws Error naming it.
void write_text(const std::filesystem::path& path, std::string_view text);

/// Removes a file that has not become a result, when it goes out of scope; undo_all() does, too.
class Unfinished {
public:
    explicit Unfinished(std::filesystem::path path);
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    ~Unfinished();
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
    Undo m_undo;
};

/// Renames a synced file into place; a reader sees the old one or the new one,
/// also after a power cut. Throws Error.
void move_into_place(const std::filesystem::path& from, const std::filesystem::path& to);

/// Sees the bytes of a file as they are written.
using Watch = std::function<void(std::span<const std::byte>)>;

/// A new file, written in pieces. Throws Error naming it. From any thread.
class OutputFile {
public:
    explicit OutputFile(const std::filesystem::path& path);
    void write(std::uint64_t at, std::span<const std::byte> bytes);

private:
    std::filesystem::path m_path;
    FileDescriptor m_file;
};

/// Scratch space that grows: on disk, but for its beginning, which is in memory while
/// there is room: the first of the process has memory_shares().scratch of it, others when that one
/// is gone. So a map of a few million cells never sees the disk. The file loses its name as soon as it is
/// open, so nothing of it outlives the process, however that ends. Safe from several
/// threads.
class Scratch {
public:
    explicit Scratch(const std::filesystem::path& folder); ///< throws Error naming the folder
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch();

    /// Returns where the bytes are. Throws Error on a full disk.
    std::uint64_t append(std::span<const std::byte> bytes);
    void read(std::uint64_t at, std::span<std::byte> bytes) const; ///< throws Error
    /// Of what was appended. Throws Error.
    void overwrite(std::uint64_t at, std::span<const std::byte> bytes);

private:
    std::size_t in_memory(std::uint64_t at, std::size_t bytes) const; ///< how many of them are
    void read_file(std::uint64_t at, std::span<std::byte> bytes) const;
    void write(std::uint64_t at, std::span<const std::byte> bytes);

    std::filesystem::path m_folder;
    FileDescriptor m_file;
    std::span<std::byte> m_memory; ///< the first bytes
    std::atomic<std::uint64_t> m_end = 0;
};

} // namespace zonerank::rasters
