// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/files.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace zonerank::rasters {

/// A field of a TIFF's image directory. The numbers in `data` are in the machine's
/// byte order; `type` is TIFF's own number (3 SHORT, 4 LONG, 12 DOUBLE, 16 LONG8 ...).
struct TiffField {
    std::uint16_t tag = 0, type = 0;
    std::uint64_t count = 0;
    std::vector<std::byte> data;

    std::vector<std::uint64_t> whole_numbers() const; ///< none unless SHORT, LONG or LONG8
    std::string text() const;                         ///< its characters, up to the first NUL
};

/// The first image directory of a TIFF.
struct TiffDirectory {
    bool big = false;     ///< BigTIFF
    bool swapped = false; ///< the file's byte order is not the machine's
    bool masked = false;  ///< a later directory is a mask of the first one's size
    std::uint64_t file_bytes = 0;
    std::vector<TiffField> fields; ///< in the file's order, those of unknown types left out

    const TiffField* find(std::uint16_t tag) const; ///< the first such field, null when there is none
    /// The only number of a field, `otherwise` without the field; nothing when the
    /// field holds anything else.
    std::optional<std::uint64_t> number(std::uint16_t tag, std::optional<std::uint64_t> otherwise = {}) const;
};

/// Reads it, from classic TIFF and BigTIFF of either byte order. Nothing when the file is
/// no regular file, no TIFF, cut off, or larger in something than any file we would read
/// (4096 fields, 256 MiB of them, 1024 directories). Throws Error when the system can't
/// read it.
std::optional<TiffDirectory> read_directory(const FileDescriptor& file);

/// Reads so many bytes from there; false when the file ends before. Safe from several
/// threads. Throws Error when the system can't read it.
bool read_at(const FileDescriptor& file, std::uint64_t at, std::span<std::byte> bytes);

} // namespace zonerank::rasters
