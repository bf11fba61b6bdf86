// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace zonerank::rasters {

/// Throws Error naming the folder, where the file system of a file that is there has no locks (see lock_file()): two
/// runs would clear away what the other is doing, so nothing is begun there. Leaves the file's locks as they are.
void check_locks(const std::filesystem::path& file, const std::filesystem::path& folder);

} // namespace zonerank::rasters
