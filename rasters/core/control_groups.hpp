// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

namespace zonerank::rasters {

/// What the control groups let a process have of memory, in bytes: the least limit of its group and of all that
/// this is in, of version 2 (memory.max, and memory.high, above which it is slowed) or 1 (memory.limit_in_bytes).
/// UINT64_MAX: they set none. `groups`: which ones it is in, as /proc/self/cgroup tells; `root`: where they are, as
/// /sys/fs/cgroup.
std::uint64_t group_memory(const std::filesystem::path& groups, const std::filesystem::path& root);

} // namespace zonerank::rasters
