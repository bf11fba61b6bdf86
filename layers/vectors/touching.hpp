// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"

#include <cstddef>
#include <vector>

namespace zonerank::layers {

/// Groups of boxes that touch, with those that touch these, and so on: their numbers, rising, and the groups in the
/// order of their first. An empty box touches none. In n log n as long as few touch each.
std::vector<std::vector<std::size_t>> touching(const std::vector<rasters::Box>& boxes);

} // namespace zonerank::layers
