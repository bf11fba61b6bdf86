// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace zonerank::rasters {

/// What the parts of the process that keep something may keep of it in memory, in bytes. More than
/// a tile's own work, less than all: what is over waits on disk, or is read again. No result depends
/// on them.
struct MemoryShares {
    std::size_t blocks;         ///< decoded blocks of rasters
    std::size_t most_blocks;    ///< the same, where one window wants more than that at once
    std::size_t gdal;           ///< GDAL's own cache
    std::size_t spare;          ///< buffers that nobody uses
    std::size_t scratch;        ///< the beginning of scratch files
    std::size_t times;          ///< travel times while they are found, and their ground
    std::size_t times_kept;     ///< of each field, once it is found
    std::size_t sums;           ///< sums over travel times, their ground and their solves
    std::size_t sums_kept;      ///< of each field, once it is found
    std::size_t line_sums;      ///< sums over times along lines
    std::size_t line_sums_kept; ///< of each field, once it is found
    std::size_t ground;         ///< under the ways between places
};

/// Shares of so many bytes for the whole process: from 4 GiB on as large as they are of use, of less
/// in proportion, so that about a third is left for tiles and features in any case.
MemoryShares shares_of(std::uint64_t bytes);

/// Those that hold in this process: of hold_memory(), or else of machine_memory().
const MemoryShares& memory_shares();

/// REQUIRES that nothing was read or computed yet, for some holders ask once. Not thread-safe.
void hold_memory(std::uint64_t bytes);

/// The machine's memory in bytes, or what the control group that the process is in may have of it.
std::uint64_t machine_memory();

} // namespace zonerank::rasters
