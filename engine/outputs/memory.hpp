// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/needs/memory_needed.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>

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

using ItemsOf = std::function<MemoryItems(const TileWork& work)>;

/// The same of whatever takes these items, with so many threads at the most. Throws Error as hold().
Held fitted(const ItemsOf& items, unsigned threads, int tile_side, std::uint64_t bytes);

/// What `connect` has found out when it begins to solve.
struct LinkSizes {
    rasters::Grid grid;     ///< of the friction
    std::size_t places = 0; ///< that are joined
    std::size_t links = 0;  ///< that there may be
    std::size_t steps = 0;  ///< along roads
};

/// The same of joining places. There are no tiles that could be smaller.
Held hold_links(const Prepared& prepared, const LinkSizes& sizes, unsigned threads, std::uint64_t bytes);

} // namespace zonerank::engine
