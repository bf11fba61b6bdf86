// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Files that an earlier run wrote, with the SHA-256 that each had then; names
/// are relative to its folder, with '/'.
using WrittenFiles = std::map<std::string, std::string>;

/// What the manifest in a folder lists, or nothing when the folder is no run of
/// ours: no manifest.json, one that can't be read, or another program's.
std::optional<WrittenFiles> files_of_run(const std::filesystem::path& folder);

/// Puts everything that is the user's in an earlier run's folder into the new
/// one as well, by hard links where the file system has them, so that the old
/// folder stays as it is. The user's are all files that `written` does not list,
/// those that were changed since (as `name.yours.ext`), and companions that GIS
/// programs wrote for one of our maps, which the new one must not inherit
/// (`map.tif.aux.yours.xml`). Returns their new names, sorted. Throws Error.
std::vector<std::string> carry_over(const std::filesystem::path& from, const WrittenFiles& written,
                                    const std::filesystem::path& to);

} // namespace zonerank::engine
