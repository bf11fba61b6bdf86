// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace zonerank::rasters {

/// What tells a file from another, and from what it was before it was written again. No clock of ours is held
/// against it.
struct FileState {
    std::uint64_t device = 0, number = 0; ///< of this machine: others see other ones
    std::uint64_t bytes = 0;
    std::int64_t modified = 0; ///< nanoseconds since 1970

    /// The same as far as another machine can tell.
    bool looks_like(const FileState& other) const { return bytes == other.bytes && modified == other.modified; }

    friend auto operator<=>(const FileState&, const FileState&) = default;
};

/// Through links. None where nothing is there. Throws Error naming the file where that can't be told: a file system
/// that doesn't answer says nothing of change.
std::optional<FileState> file_state(const std::filesystem::path& file);

} // namespace zonerank::rasters
