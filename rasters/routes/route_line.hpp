// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/routes/routes.hpp"

#include <cstddef>
#include <map>
#include <set>

namespace zonerank::rasters {

/// Adds the numbers of the road steps that a way takes.
void add_road_steps(const Route& route, std::set<std::size_t>& steps);

/// A way as one line in the grid's CRS: over the ground as it is, along roads as these run,
/// beginning at `from`, a place in its first cell. `roads`: the ground of each of its steps.
/// Stretches along roads are left with fewer points, none of them farther than `tolerance`
/// (CRS units; 0: all points) from the line (Douglas and Peucker 1973); over the ground none
/// is left out, so that the line leads nowhere that the way doesn't. A way may change, for
/// nothing, between roads that run through the same cell, such as two carriageways; the
/// tolerance takes most of that out of the line. At least 2 points.
Path line_of(const Route& route, Point from, const std::map<std::size_t, Path>& roads, double tolerance);

/// A line with fewer points, its ends among them, none of the others farther from it than `tolerance`.
Path simplified(const Path& path, double tolerance);

} // namespace zonerank::rasters
