// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace zonerank::engine {

/// How a map's values differ from an earlier one's, over the cells of one grid.
struct MapDifference {
    std::int64_t both = 0;      ///< cells with a value in both maps
    std::int64_t changed = 0;   ///< of them those with another
    std::int64_t gained = 0;    ///< cells that had none
    std::int64_t lost = 0;      ///< cells that have none any more
    double mean = 0;            ///< of the changes, over the cells that both have; their sum is exact to a double
    double mean_size = 0;       ///< of their sizes
    double least = 0, most = 0; ///< the largest change down (<= 0) and up (>= 0)
    bool classes = false;       ///< numbers that stand for classes, whose sizes mean nothing

    bool same() const { return changed + gained + lost == 0; }
};

/// Either a difference, or why there is none to tell: "the grids differ: ...".
struct MapComparison {
    std::optional<MapDifference> difference{};
    std::string reason{};
};

/// Compares two maps of one band, tile by tile: memory holds a few tiles, whatever the maps' size. Where
/// their grids differ nothing is resampled. With `write_to` (a path whose folder is there) the changes,
/// after less before, NaN where either has no value, become a cloud-optimised GeoTIFF of the same grid
/// with a style beside it; no file is made where there is nothing to compare. Threads: as many as TBB
/// has. Throws Error naming a map that can't be read, or a file that can't be written, and "stopped".
MapComparison compare_maps(
    const std::filesystem::path& before, const std::filesystem::path& after,
    const std::optional<std::filesystem::path>& write_to = {},
    const std::function<bool()>& stopped = [] { return false; });

/// "12 % of 66,510 cells changed, by 0.013 on average (-0.21 to +0.08); 40 cells lost their value".
std::string difference_text(const MapDifference& difference);

} // namespace zonerank::engine
