// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/files.hpp"

#include <filesystem>
#include <optional>

namespace zonerank::rasters {

/// Whether others may hold a lock at the same time, if they share it, too.
enum class Lock { shared, alone };

/// The lock of a file, which is made if it isn't there; held as long as the result is open, on all machines that share
/// the disk (flock(2), on NFS as far as it is told to pass locks on), against other threads as against other processes.
/// None: another holds it. Whoever holds it alone may remove the file. Throws Error naming the file's folder, when it
/// can't be made.
std::optional<FileDescriptor> lock_file(const std::filesystem::path& path, Lock lock);

/// Changes a lock that is held. False: another holds it, and this one is lost.
bool change_lock(const FileDescriptor& file, Lock lock);

/// Whether the file is still the one of that name: a lock of one that was removed locks nothing.
bool is_named(const FileDescriptor& file, const std::filesystem::path& path);

} // namespace zonerank::rasters
