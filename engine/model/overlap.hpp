// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"

namespace zonerank::engine {

/// Layers that a measurement needs data of, rasters and polygons with a field, and
/// that don't reach the area: the map would be empty, most often because a file
/// tells a wrong CRS. An error at the layer's line. What is counted or travelled to
/// may well be elsewhere, or nowhere.
void check_overlap(Prepared& prepared);

} // namespace zonerank::engine
