// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/results.hpp"
#include "engine/qgis/layout.hpp"
#include "engine/qgis/project.hpp"

namespace zonerank::engine {

/// A run on one page: suitability, what is ruled out, sites and area from `tree`, the layers of its
/// project; the best sites; where everything comes from. What has no cell is not in the legend.
LayoutContent layout_content(const Results& results, const std::vector<TreeNode>& tree);

} // namespace zonerank::engine
