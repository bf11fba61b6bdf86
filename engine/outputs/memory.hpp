// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/needs/memory_needed.hpp"

#include <cstdint>

namespace zonerank::engine {

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

} // namespace zonerank::engine
