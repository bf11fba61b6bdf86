// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/node.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// One thing that two studies say differently, in a planner's order of words.
struct StudyChange {
    std::string what;          ///< "criterion power: value: worst"
    std::string before, after; ///< as the studies write it; empty: not there

    /// "criterion power: value: worst: 20 km -> 15 km", "layer rail: added: {source: rail.gpkg}".
    std::string text() const;
};

/// What `after` says otherwise than `before`, both whole studies with `extends` and `use` resolved. In the order
/// area, grid, layers, friction, weights and criteria, constraints, aggregation, sites, then the rest. The order
/// of layers and criteria means nothing and is not told; that of constraints is.
std::vector<StudyChange> study_changes(const layers::Node& before, const layers::Node& after);

/// The same from YAML text. Throws Error where one of them can't be read.
std::vector<StudyChange> study_changes(const std::string& before, const std::string& after);

} // namespace zonerank::engine
