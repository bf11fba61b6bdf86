// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/road_index.hpp"

#include <vector>

namespace zonerank::rasters {

/// Steps around the corners of barriers. A way from cell to cell turns at centres only,
/// and so goes around a corner 0.4 cells too wide, and 0.8 around the end of a wall of one
/// cell. These go in a straight line to the corner, along the wall's end to its other one, and
/// straight on, at the exact cost, between cells that touch a corner and those behind them:
/// 0.2 cells are left of it.
///
/// `slowness` is the block of a tile of `cols` x `rows` cells with its halo, as
/// TileLayout lays it out. Without `cut_corners` no step leads between two barriers that touch.
std::vector<TileRoads::Start> corner_steps(const float* slowness, int cols, int rows, bool cut_corners);

} // namespace zonerank::rasters
