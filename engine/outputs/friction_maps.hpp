// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace zonerank::engine {

/// The names of the map of one of friction_grids() and of its style: friction.tif and friction.qml for
/// the first, friction.2.tif and friction.2.qml for the second.
std::vector<std::string> friction_files(std::size_t place);

/// Writes them: km/h of the fastest that crosses a cell, on the friction's own grid.
void write_friction_map(const rasters::Grid& grid, std::size_t place, Prepared& prepared,
                        const std::filesystem::path& folder);

} // namespace zonerank::engine
