// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/shared_distances.hpp"

namespace zonerank::layers {

std::vector<const rasters::Shape*> shapes_of(const FeatureSets& sets) {
    std::vector<const rasters::Shape*> shapes;
    for (const auto& set : sets)
        for (const Feature& feature : set->features)
            shapes.push_back(&feature.shape);
    return shapes;
}

rasters::DistanceIndex shared_distances(const FeatureSets& sets) {
    return shared_index<rasters::DistanceIndex>("distances", sets,
                                                [&] { return rasters::DistanceIndex(shapes_of(sets)); });
}

} // namespace zonerank::layers
