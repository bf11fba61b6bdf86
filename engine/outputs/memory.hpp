// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"
#include "rasters/core/memory_shares.hpp"

#include <cstdint>
#include <filesystem>

namespace zonerank::engine {

/// Bytes of the largest working set of a run with that many threads (0: one per
/// core) and tiles of that side, about: a fifth more than what was seen. Buffers
/// of tiles that are kept to be used again are those counted here, not more.
double memory_needed(const Prepared& prepared, unsigned threads, int tile_side);

/// The same of measuring one criterion, and of those that take most, as a map or as a table.
double memory_to_measure(const Prepared& prepared, unsigned threads, int tile_side, bool table);

/// What memory is needed for.
enum class MemoryFor { run, map, table };

/// How a study is held in so much memory.
struct Held {
    unsigned threads; ///< 1 at least
    int tile;         ///< cells to a side
    double bytes;     ///< what it takes so, at the most
};

/// Threads and tiles with which a study stays within so many bytes (0: the machine's, see
/// rasters::machine_memory()), those asked for if it can be, else fewer, in smaller tiles. REQUIRES that
/// the study was prepared after rasters::hold_memory(bytes), for what it keeps open was sized then.
/// Throws Error, in one line, when nothing would do: with the number that would, and what takes most.
Held hold(const Prepared& prepared, MemoryFor purpose, unsigned threads, int tile_side, std::uint64_t bytes);

/// Bytes on the disk that the results and what waits for them take at the most, about: maps as packed as they usually
/// are (a third of their cells' bytes, as floats of terrain and distances are), and once more while they are laid out.
double disk_needed(const Prepared& prepared);

/// What cells of a map are packed to, as a share of their bytes.
inline constexpr double usually_packed = 1.0 / 3;

/// Of those bytes what so many cells of the map take, of all the maps that a run writes as it goes.
double packed_maps(const Prepared& prepared, double cells);

/// Bytes of scratch space, in TMPDIR, that what is solved over a friction takes beyond its memory.
double scratch_needed(const Prepared& prepared);

/// Throws Error, in one line, when there is less free than half of both, at a folder (which need not be there) and
/// in TMPDIR: less will certainly not do.
void check_room(const std::filesystem::path& folder, double bytes, double of_scratch);

/// The same of the results, and what is solved for them.
void check_disk(const Prepared& prepared, const std::filesystem::path& results);

/// How many threads 0 means here.
unsigned thread_count(unsigned threads);

} // namespace zonerank::engine
