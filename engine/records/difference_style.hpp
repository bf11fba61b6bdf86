// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace zonerank::engine {

/// A style (QGIS 3.22 and later) for a map of changes: blue what rose, red what fell, pale what stayed, as
/// far to either side as `largest`, the size of the largest change (0 or more, in the map's units).
/// Diverging RdBu of Brewer (2003), which every kind of colour vision tells apart.
std::string difference_style(double largest);

} // namespace zonerank::engine
