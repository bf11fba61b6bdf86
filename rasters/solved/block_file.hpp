// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/codec/compression.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/whole_file.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace zonerank::rasters {

// A file of blocks of 32-bit numbers, packed, each with a number of its own, and a head
// that tells what they are: what one process solves and others read, on machines of like
// byte order. A preamble, the blocks, their directory, the head; all of it is hashed.

/// What a file has is not what was written: told from one that can't be read just now, which may be whole.
class Damaged : public PlacedError {
public:
    explicit Damaged(const std::filesystem::path& path)
        : PlacedError("{}: damaged, or not a file of solved blocks; remove it, and it is made again", path.string()),
          m_path(path) {}
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// Where a block of such a file is.
struct StoredBlock {
    std::uint64_t number = 0, at = 0, bytes = 0, hash = 0; ///< hash: content_hash() of the packed bytes
};

/// A block packed for the file: the same bytes each time.
struct PackedBlock {
    Bytes bytes;
    std::uint64_t hash = 0;
};

/// `cols`: numbers in a row; neighbours in a column are alike, too. From any thread.
PackedBlock pack(std::span<const std::uint32_t> numbers, std::size_t cols);

/// Writes one. For one thread. Without close() it is not a file that BlockFileIn takes.
class BlockFileOut {
public:
    explicit BlockFileOut(const std::filesystem::path& path); ///< throws Error naming it, and so do all

    void add(std::uint64_t number, const PackedBlock& block); ///< numbers ascend
    void close(std::span<const std::byte> head);

private:
    OutputFile m_file;
    std::uint64_t m_end;
    std::vector<StoredBlock> m_blocks;
};

/// Reads one; it may be replaced meanwhile by a rename. Safe from any thread.
class BlockFileIn {
public:
    /// Throws Unreadable when it isn't there or can't be read, and Damaged when it isn't one.
    explicit BlockFileIn(const std::filesystem::path& path);

    std::span<const std::byte> head() const { return m_head; }
    std::uint64_t hash() const { return m_hash; } ///< of all that is in it
    bool has(std::uint64_t number) const { return m_blocks.contains(number); }

    /// Of a block of exactly so many numbers. Throws Damaged where that is not what was written, or there is no
    /// such block; Unreadable when it can't be read.
    void read(std::uint64_t number, std::size_t cols, std::span<std::uint32_t> numbers) const;
    PackedBlock packed(std::uint64_t number) const; ///< to be added to another file

    const std::filesystem::path& path() const { return m_path; }

private:
    [[noreturn]] void damaged() const { throw Damaged(m_path); }
    [[noreturn]] void unreadable() const;
    void read_at(std::uint64_t at, std::span<std::byte> bytes) const;
    void open_directory();
    std::uint64_t size() const;

    std::filesystem::path m_path;
    FileDescriptor m_file;
    std::map<std::uint64_t, StoredBlock> m_blocks;
    std::vector<std::byte> m_head;
    std::uint64_t m_hash = 0;
};

} // namespace zonerank::rasters
