// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/links.hpp"
#include "engine/study/territory.hpp"
#include "layers/friction.hpp"
#include "layers/sources.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// A place that links join.
struct LinkNode {
    std::string name, of;   ///< a site's name, or a feature's `name`, or its number; `sites` or the layer
    rasters::Shape shape{}; ///< in the study's CRS at first, then in the friction's
    rasters::Cell cell{};   ///< of the friction's grid
    rasters::Point at{};    ///< in the friction's CRS: of a point the point, otherwise the cell's centre
    bool on_road = false;   ///< whether a road leads through that cell
    std::string no_way{};   ///< why none can lead there; empty: one may
};

/// The study's sites, or the features of layers, in the order of `between`; no cell is
/// found yet. Throws Error, at its line, for fewer than two, and for more than 500 (`pairwise`: 100).
std::vector<LinkNode> link_nodes(const LinksSpec& links, const Territory& territory, layers::Sources& sources);

/// The box around them in longitude and latitude.
rasters::Box lonlat_box(const std::vector<LinkNode>& nodes, const rasters::Grid& study);

/// Finds where ways to each end: among the cells that it takes up and that can be
/// left, those that a road leads through before others; then the nearest to its middle
/// (of an area the centroid); of as near the first by rows.
void place(std::vector<LinkNode>& nodes, const rasters::Grid& study, const layers::Friction& friction);

} // namespace zonerank::engine
