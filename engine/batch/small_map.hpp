// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/grid.hpp"
#include "rasters/core/raster.hpp"

#include <filesystem>
#include <string>

namespace zonerank::engine {

/// A map of scores as a small picture, and where it lies.
struct SmallMap {
    std::string png;        ///< the file's bytes; transparent where there is no score
    int cols = 0, rows = 0; ///< pixels
    std::string crs;        ///< WKT
    rasters::Box box{};     ///< of the picture, in that CRS
};

/// suitability.tif with at most so many pixels to a side: each shows the score at its middle, in viridis from 0
/// to 1. Throws Error when it can't be read.
SmallMap small_map(const std::filesystem::path& suitability, int most_pixels);

/// Scores of 0..1 as a PNG file (ISO 15948, a palette of 256 colours of which the last is
/// transparent); NaN: transparent.
std::string png_of(const rasters::Tile& scores);

} // namespace zonerank::engine
