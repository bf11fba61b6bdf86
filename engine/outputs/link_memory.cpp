// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/memory.hpp"

#include <algorithm>

namespace zonerank::engine {

using rasters::MemoryShares;

static double cells_of(const LinkSizes& sizes) {
    return 1.0 * sizes.grid.cols * sizes.grid.rows;
}

// Of the study's friction, of those against the traffic, by the cells that they lead to, and by tiles.
static double road_steps(const LinkSizes& sizes) {
    constexpr double bytes = 2 * 24 + 2 * 40 + 2 * 32;
    return bytes * static_cast<double>(sizes.steps);
}

// One place at a time: times and ground, and what is known of each tile.
static double times(const LinkSizes& sizes, const MemoryShares& shares) {
    return std::min(8 * cells_of(sizes), static_cast<double>(shares.times)) + cells_of(sizes);
}

static double ground(const LinkSizes& sizes, const MemoryShares& shares) {
    return std::min(4 * cells_of(sizes), static_cast<double>(shares.ground));
}

// A way as long as the grid's rim, which is long, of each link that there may be; and minutes between all.
static double ways(const LinkSizes& sizes) {
    const auto places = static_cast<double>(sizes.places);
    const double rim = 2.0 * (sizes.grid.cols + sizes.grid.rows);
    constexpr double of_a_cell = 32;
    return static_cast<double>(sizes.links) * rim * of_a_cell + 16 * places * places;
}

// What a thread reads of the ground at once, from several rasters, and a tile that it solves.
static double tiles(const LinkSizes& sizes) {
    constexpr double side = 256 + 2 * 64, of_a_cell = 4 * 12;
    return std::min(side * side, cells_of(sizes)) * of_a_cell;
}

Held hold_links(const Prepared& p, const LinkSizes& sizes, unsigned threads, std::uint64_t bytes) {
    constexpr int no_tile = 64; // a solve has its own
    const auto items = [&](const TileWork& way) {
        MemoryItems all = kept_items(p, way.shares);
        all.push_back({"steps along roads", road_steps(sizes)});
        all.push_back({"the ground", ground(sizes, way.shares)});
        all.push_back({"times to a place", times(sizes, way.shares)});
        all.push_back({"ways between places", ways(sizes)});
        all.push_back({"tiles in work", tiles(sizes) * way.threads});
        return all;
    };
    return fitted(items, thread_count(threads), no_tile, bytes);
}

} // namespace zonerank::engine
