// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/memory.hpp"

#include "engine/text/byte_size.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <optional>

namespace zonerank::engine {

using rasters::MemoryShares;

namespace {

/// Where a limit is to be kept, what the estimate leaves out counts: buffers that wait for the next tile,
/// GDAL's cache, and what the system's own allocator can't give back.
double sure(const MemoryItems& items, const MemoryShares& shares) {
    return 1.05 * bytes_of(items) + static_cast<double>(shares.spare + shares.gdal / 2);
}

/// The sides that a tile may be cut down to, the one asked for first.
std::vector<int> sides_from(int tile) {
    std::vector<int> sides{tile};
    for (int side = 512; side >= 64; side /= 2)
        if (side < tile)
            sides.push_back(side);
    return sides;
}

/// The first that fits: with as many threads as may be, in tiles as asked for if that can be.
std::optional<Held> fitting(const ItemsOf& items, unsigned threads, int tile, std::uint64_t bytes) {
    const MemoryShares shares = rasters::shares_of(bytes);
    for (unsigned count = threads; count > 0; --count)
        for (const int side : sides_from(tile)) {
            const double needed = sure(items({count, side, shares}), shares);
            if (needed <= static_cast<double>(bytes))
                return Held{count, side, needed};
        }
    return std::nullopt;
}

/// The least, to some percent, in which it fits on one thread.
std::uint64_t would_do(const ItemsOf& items, int tile, std::uint64_t too_little) {
    double bytes = static_cast<double>(too_little);
    while (!fitting(items, 1, tile, round_up(static_cast<std::uint64_t>(bytes))))
        bytes *= 1.03;
    return round_up(static_cast<std::uint64_t>(bytes));
}

[[noreturn]] void throw_too_little(const ItemsOf& items, int tile, std::uint64_t bytes) {
    const std::uint64_t enough = would_do(items, tile, bytes);
    const MemoryItems all = items({1, tile, rasters::shares_of(enough)});
    const MemoryItem most = *std::ranges::max_element(all, {}, &MemoryItem::bytes);
    throw Error("the study doesn't fit into {} of memory; {} would do (--memory {}); most of it is for {}, about {}",
                byte_size_text(bytes), byte_size_text(enough), byte_size_text(enough), most.what,
                byte_size_text(round_up(static_cast<std::uint64_t>(most.bytes))));
}

} // namespace

Held fitted(const ItemsOf& items, unsigned threads, int tile, std::uint64_t bytes) {
    const std::uint64_t limit = bytes > 0 ? bytes : rasters::machine_memory();
    if (const auto held = fitting(items, threads, tile, limit))
        return *held;
    throw_too_little(items, tile, limit);
}

Held hold(const Prepared& p, MemoryFor purpose, unsigned threads, int tile_side, std::uint64_t bytes) {
    return fitted([&](const TileWork& work) { return memory_items(p, purpose, work); }, thread_count(threads),
                  tile_side, bytes);
}

} // namespace zonerank::engine
