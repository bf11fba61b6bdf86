// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/feature_source.hpp"
#include "rasters/access.hpp"

namespace zonerank::layers {

/// Whether other programs, which hand a condition to the file's own driver, see the features that
/// we see by `where`: databases have words of their own, and mind upper and lower case. Told by
/// the number of features of the first file; a file that is read as a whole (OSM) has no words of
/// its own. Costs two passes over the attributes. Throws Error as inspect() does.
bool driver_agrees(const FeatureSource& source, const rasters::Access& access);

} // namespace zonerank::layers
