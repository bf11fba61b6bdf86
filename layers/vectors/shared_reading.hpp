// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/inspect.hpp"
#include "layers/vectors/shared_inputs.hpp"
#include "rasters/core/grid.hpp"
#include "rasters/reader.hpp"

#include <memory>
#include <string>
#include <vector>

namespace zonerank::layers {

// What sources tell and hold: inspect(), has_raster(), check() and read_features(), done once by all studies of this
// process that share their inputs (see Sharing). They throw Error as those do.

FeatureInfo shared_inspect(const FeatureSource& source, const rasters::Access& access);
rasters::RasterInfo shared_inspect(const rasters::RasterSource& source, const rasters::Access& access);
bool shared_has_raster(const std::string& path, const rasters::Access& access);
void shared_check(const FeatureSource& source, const rasters::Access& access);

/// In a grid's CRS, as finely as its cells ask for.
std::shared_ptr<const FeatureSet> shared_features(const FeatureSource& source, const rasters::Grid& grid,
                                                  const rasters::Access& access);
/// Of several sources of the same paths, in one pass, a set for each.
std::shared_ptr<const FeatureSets> shared_features(const std::vector<FeatureSource>& sources, const rasters::Grid& grid,
                                                   const rasters::Access& access);

/// Where these are brought to, as a name.
std::string name_of_target(const rasters::Grid& grid);

} // namespace zonerank::layers
