// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/files.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace zonerank::rasters {

/// A file that is read in pieces, as thousands may be at a time: at most most_open_inputs of them
/// are held open, others are opened again when they are read. From any thread.
class InputFile {
public:
    explicit InputFile(std::filesystem::path path); ///< throws Error naming it
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    ~InputFile();

    const std::filesystem::path& path() const { return m_path; }
    std::uint64_t size() const { return m_size; } ///< bytes, when it was first opened

    /// Throws Error naming it: past its end, gone, or of another size when it was opened again.
    void read(std::uint64_t at, std::span<std::byte> bytes) const;

private:
    std::shared_ptr<const FileDescriptor> open() const;
    std::shared_ptr<const FileDescriptor> opened() const;

    std::filesystem::path m_path;
    std::uint64_t m_size = 0;
    mutable std::weak_ptr<const FileDescriptor> m_opened; ///< those that are open own it
};

inline constexpr std::size_t most_open_inputs = 64;

} // namespace zonerank::rasters
