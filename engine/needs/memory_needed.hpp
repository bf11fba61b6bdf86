// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"
#include "rasters/core/memory_shares.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// What memory is needed for.
enum class MemoryFor { run, map, table };

/// How tiles are worked on.
struct TileWork {
    unsigned threads; ///< 1 at least
    int tile;         ///< cells to a side
    rasters::MemoryShares shares;
};

/// What holds memory, and how much.
struct MemoryItem {
    std::string what; ///< in the user's words
    double bytes;
};
using MemoryItems = std::vector<MemoryItem>;

/// What any command keeps of a study: the program, features, blocks of rasters.
MemoryItems kept_items(const Prepared& prepared, const rasters::MemoryShares& shares);

/// All that holds memory while a study is run, or one criterion measured (of those the one that takes most).
MemoryItems memory_items(const Prepared& prepared, MemoryFor purpose, const TileWork& work);

double bytes_of(const MemoryItems& items);

/// Bytes of the largest working set of a run with that many threads (0: one per
/// core) and tiles of that side, about: a fifth more than what was seen. Buffers
/// of tiles that are kept to be used again are those counted here, not more.
double memory_needed(const Prepared& prepared, unsigned threads, int tile_side);

/// The same of measuring one criterion, and of those that take most, as a map or as a table.
double memory_to_measure(const Prepared& prepared, unsigned threads, int tile_side, bool table);

/// How many threads 0 means here.
unsigned thread_count(unsigned threads);

} // namespace zonerank::engine
