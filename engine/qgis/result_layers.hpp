// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/results.hpp"
#include "engine/qgis/project.hpp"

#include <string_view>
#include <vector>

namespace zonerank::engine {

// Ids of layers that are always called the same, for what refers to them.
inline constexpr std::string_view sites_id = "zonerank_sites", area_id = "zonerank_area",
                                  constraints_id = "zonerank_constraints", suitability_id = "zonerank_suitability",
                                  ranking_id = "zonerank_ranking";

/// What a run has written, as layers and groups of its project, the uppermost first: sites,
/// area, excluded land, suitability, ranks, how sure, criteria, speeds. Styles are those of
/// the .qml files beside the maps; what a run has not written is left out.
/// Throws Error naming a style that can't be read.
std::vector<TreeNode> result_layers(const Results& results);

} // namespace zonerank::engine
