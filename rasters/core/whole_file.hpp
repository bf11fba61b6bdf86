// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/error.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace zonerank::rasters {

// Files that others read while we write them, and we while others do.

/// Whatever a file holds, it can't be read just now: no descriptor is left, it may not be, the disk or the network
/// fails. Told from a file that isn't there, and from one that holds something else than was written.
class Unreadable : public PlacedError {
public:
    Unreadable(const std::filesystem::path& path, int failed); ///< errno
};

/// Bytes of a regular file; none: there is no such file. Throws Unreadable.
std::optional<std::uint64_t> size_if_there(const std::filesystem::path& path);

/// The bytes of a regular file; none: there is no such file. Throws Unreadable, and Error for one of more than `most`
/// bytes.
std::optional<std::string> read_if_there(const std::filesystem::path& path, std::uint64_t most);

/// ".score-0003.tmp-4711-0a1b2c3d" beside "score-0003": of this writing alone, on all machines that share the disk.
std::filesystem::path name_beside(const std::filesystem::path& path);

/// In one step: who opens `to` sees the old file or the new one. It may be lost in a power cut, or be left empty: see
/// move_into_place() for one that may not. Throws Error naming `to`.
void rename_over(const std::filesystem::path& from, const std::filesystem::path& to);

/// Has `write` make a file at the path that it gets, name_beside(), and renames it over. What fails leaves nothing.
/// Throws what `write` throws, and Error naming the file.
void write_whole(const std::filesystem::path& path, const std::function<void(const std::filesystem::path&)>& write);

} // namespace zonerank::rasters
