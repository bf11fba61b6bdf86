// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/qgis/map_layer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A layer, or a group of some, in the tree of a project; what is first is drawn on top.
struct TreeNode {
    std::string name;                ///< of a group
    std::optional<MapLayer> layer{}; ///< none: a group
    std::vector<TreeNode> children{};
    bool shown = true; ///< at the start
    bool open = true;  ///< a group that is not folded
};

/// What a project says of itself, as QGIS shows it under Project > Properties.
struct Project {
    std::string title;
    std::string abstract; ///< plain text
    std::string author;   ///< the program
    rasters::Crs crs;     ///< of the map
    rasters::Box view;    ///< what is seen first, in `crs`
    std::vector<TreeNode> tree;
    std::string layouts{}; ///< elements <Layout>, as they stand in the file
};

/// A QGIS project (3.22 and later reads it), as the .qgs that a .qgz holds. The same project is
/// always the same text: no dates, no versions of QGIS.
std::string project_xml(const Project& project);

} // namespace zonerank::engine
