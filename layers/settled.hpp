// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/sources.hpp"
#include "layers/terms/params.hpp"
#include "rasters/core/raster.hpp"

#include <functional>
#include <string_view>

namespace zonerank::layers {

// Where people are within areas that only tell how many they are: what else is known of
// the ground says where to look (dasymetric mapping: Wright 1936; Mennis 2003). A
// parameter names one layer: polygons (settled evenly, ground under several once), a
// raster of weights (built-up density, lights; 0 and NaN: nobody), or one of classes with
// their relative `densities` (classes that aren't listed, without `other`: nobody).

/// What can be told of it before anything is read. Throws Error for a layer of points or
/// lines, for densities without classes, classes without densities, and densities that
/// are negative or all 0. Without the layer there must be no densities.
void check_settled(const Params& params, const Sources& sources, std::string_view parameter);

/// How settled each cell of a window is, 0 or more, in a measure of its own. The window
/// may reach outside the grid; to be called from any thread. Throws Error naming the
/// layer for a raster's value below 0.
using SettledAmounts = std::function<rasters::Tile(rasters::Window)>;

/// Reads the layer that the parameter names, where it is one of polygons.
SettledAmounts settled_amounts(const Params& params, Sources& sources, const rasters::Grid& grid,
                               std::string_view parameter);

} // namespace zonerank::layers
