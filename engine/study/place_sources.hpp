// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/study.hpp"
#include "layers/sources.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

// Where the features of a study's places are read from: a file of their own, or one of its layers, narrowed by their
// own `where`. All throw Error for a layer that is a raster.

/// With the fields that name the sites, those to keep, and `fields`. Throws Error without sites.
layers::FeatureSource site_source(const Study& study, const std::vector<std::string>& fields,
                                  const layers::Sources& sources);

/// Of the area's outline; `around: sites` as the sites themselves. REQUIRES that it is no box.
layers::FeatureSource area_source(const Study& study, const std::vector<std::string>& site_fields,
                                  const layers::Sources& sources);

} // namespace zonerank::engine
