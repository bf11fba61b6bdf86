// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"
#include "rasters/crs.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace zonerank::engine {

/// What a layer of a project shows.
enum class LayerKind : std::uint8_t { raster, points, lines, polygons };

/// A layer of a QGIS project. Texts are as people wrote them; they are escaped here.
struct MapLayer {
    std::string id; ///< [a-z0-9_], more than 10 of them, one of its kind in the project
    LayerKind kind = LayerKind::raster;
    std::string name;       ///< in the tree and the legend
    std::string abstract{}; ///< what it shows, and in which unit
    std::string source{};   ///< as QGIS writes it, relative to the project: "./sites.gpkg|layername=sites"
    rasters::Crs crs{};     ///< unknown: as the file says
    rasters::Box extent{};  ///< in `crs`; empty: not known
    std::string style{};    ///< what is within a .qml's root
    std::string title{};    ///< an expression that names a feature; empty: as QGIS sees fit
    bool legend = true;     ///< whether its classes are unfolded in the tree
};

/// As an element <maplayer> (QGIS 3.22).
std::string layer_xml(const MapLayer& layer);

/// As an element <spatialrefsys>: by authority where there is one, and by WKT.
std::string crs_xml(const rasters::Crs& crs);

/// As elements <xmin> ... <ymax>.
std::string extent_xml(const rasters::Box& box);

/// What is within the root of a style file; nothing, of what is no such file.
std::string style_within(std::string_view qml);

} // namespace zonerank::engine
