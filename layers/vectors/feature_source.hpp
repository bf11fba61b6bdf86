// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/crs.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zonerank::layers {

class VectorLayer;

/// Where features come from.
struct FeatureSource {
    std::vector<std::string> paths;    ///< several: read one after the other
    std::string layer{};               ///< empty: the only one (GeoJSON, a one-layer file)
    std::string where{};               ///< OGR's own expression on the features, never SQL; empty: all
    std::vector<std::string> fields{}; ///< to read; {"*"}: all of the first file
    std::optional<rasters::Crs> crs{}; ///< for a file that has none, or with override_crs
    bool override_crs = false;
};

bool all_fields(const FeatureSource& source);

/// Where in a file, of the fields `known`, those `wanted` are; names differ in upper
/// and lower case only when nothing fits better. -1 for one that `may_miss`, otherwise
/// throws Error with the nearest.
std::vector<int> columns(const std::vector<std::string>& wanted, const std::vector<std::string>& known, bool may_miss);

/// The CRS in which a file's layer is to be read; unknown when neither it nor the
/// source has one. Throws Error when they say different things.
rasters::Crs crs_of(const VectorLayer& layer, const FeatureSource& source);

} // namespace zonerank::layers
