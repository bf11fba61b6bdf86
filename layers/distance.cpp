// SPDX-License-Identifier: Apache-2.0
#include "layers/distance.hpp"

#include "layers/measures.hpp"
#include "layers/vectors/shared_distances.hpp"

#include <algorithm>

namespace zonerank::layers {

using rasters::DistanceIndex;
using rasters::Shape;
using rasters::Window;

static Unit distance_unit(const Params& params, const Sources& sources) {
    check_features(params, sources, "to", "distance", {true, true, true});
    return base_unit(Dimension::length);
}

static DistanceIndex targets(const Params& params, Sources& sources, const rasters::Grid& grid) {
    return shared_distances(features_of(params, "to", sources, grid));
}

static Layer distance_layer(const Params& params, Sources& sources, const rasters::Grid& grid) {
    const DistanceIndex index = targets(params, sources, grid);
    const double limit = params.has("limit") ? params.number("limit") : DistanceIndex::unlimited;
    return {.unit = base_unit(Dimension::length),
            .tile = [=](Window window) { return index.to_centres(grid, window, limit); },
            .from_shape = [=](const Shape& shape) { return std::min(index.to(shape), limit); }};
}

MeasureKind distance_measure() {
    return {.name = "distance",
            .summary = "straight-line distance from the cell's centre to the nearest feature itself; 0 inside polygons",
            .parameters = {to_parameter(), where_parameter(),
                           limit_parameter(Dimension::length, "what is farther counts as this far; also saves time")},
            .make = {.unit = distance_unit, .layer = distance_layer, .of_points = true, .of_outlines = true}};
}

} // namespace zonerank::layers
