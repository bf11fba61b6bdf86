// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"

namespace zonerank::engine {

/// Warns of what is no mistake in a study but may mislead its reader: layers that
/// end nearer to the area than a criterion can see, rasters much coarser than the
/// cells, lines and buffers narrower than a cell, what layers found out when they were
/// read. Adds to prepared.problems.
void advise(Prepared& prepared);

/// The largest measurement at which a value function still changes, as far as its
/// anchors tell (base units); 0 when they do not.
double sight(const Criterion& criterion);

} // namespace zonerank::engine
