// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
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

/// Renames a synced file into place; a reader sees the old one or the new one,
/// also after a power cut. Throws Error.
void move_into_place(const std::filesystem::path& from, const std::filesystem::path& to);

/// Fixed-size scratch space on disk for one raster, reading as zeros until
/// written. The space is taken at once, so that a full disk shows before any
/// work is done. The file loses its name as soon as it is open, so nothing of it
/// outlives the process, however that ends. Reading and writing are safe from
/// several threads.
class Scratch {
public:
    /// Throws Error naming the folder, with the space that is missing.
    Scratch(const std::filesystem::path& folder, std::uint64_t bytes);

    void write(const void* from, std::size_t bytes, std::uint64_t at); ///< throws Error
    void read(void* to, std::size_t bytes, std::uint64_t at) const;    ///< throws Error

private:
    std::filesystem::path m_folder;
    FileDescriptor m_file;
};

} // namespace zonerank::rasters
