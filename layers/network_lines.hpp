// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/sources.hpp"
#include "layers/terms/params.hpp"
#include "rasters/network/joined_network.hpp"

#include <string_view>
#include <vector>

namespace zonerank::layers {

// What measures share that go along the lines of a study's `friction: speeds`. Ground,
// barriers and delays of the friction don't count there.

/// The lines, and how one gets onto them and from one to another.
struct Network {
    std::vector<rasters::RoadLine> lines; ///< in the grid's CRS
    rasters::Joining joining;
    rasters::OffNetwork access;
    rasters::EdgeLengths lengths; ///< on the ellipsoid, whatever the grid's CRS
};

/// Throws Error where the friction has no lines, and for a `level` that they don't have.
void need_network(const Params& params, const Sources& sources, std::string_view measure);

/// How one gets onto the lines. `off`: the parameter for how far one goes off them.
rasters::OffNetwork off_network(const Params& params, std::string_view off);

/// All of it. What is left out is as the
/// parameters below say. Throws Error when no line comes near the grid, and as add_lines() does.
Network read_network(const Params& params, Sources& sources, const rasters::Grid& grid, std::string_view off);

// Their parameters.

Parameter access_parameter();
Parameter off_parameter(std::string_view name);
Parameter snap_parameter();
Parameter join_parameter();
Parameter level_parameter();

} // namespace zonerank::layers
