// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A layer of the project that a printed map shows.
struct LayoutLayer {
    std::string id, source, provider; ///< as the project has them; "gdal" or "ogr"
    std::string title;                ///< in the legend; empty: not in it
    std::vector<int> entries{};       ///< of its legend, by place; empty: all
    std::optional<int> ramp{};        ///< the entry that is a bar of colours
    int lines = 1;                    ///< that its entries take in the legend
};

/// A printed page, A4 across. Texts are as people wrote them; they are escaped here.
struct LayoutContent {
    std::string title, subtitle;
    std::vector<LayoutLayer> layers; ///< the uppermost first
    std::string crs;                 ///< an element <spatialrefsys>
    rasters::Box view;               ///< in metres; what the map shows at least
    /// The best sites: rank, site, score, usable ground, strongest and weakest criterion.
    std::vector<std::array<std::string, 6>> ranking;
    std::string more;  ///< below the ranking: "and 88 more"; may be empty
    std::string notes; ///< sources and methods, lines split by \n
};

inline constexpr std::size_t most_ranking_rows = 12;

/// A page as the element <Layout> of a QGIS project (3.22 and later): title, map with the grid's
/// coordinates, legend, scale bar in round steps, north arrow, ranking and notes. The same content
/// is always the same text. What has no room is left out: rows of the ranking, from the last.
std::string layouts_xml(const LayoutContent& content);

/// How many metres a step of a scale bar stands for, 1, 2 or 5 times a power of ten: the longest of
/// which two fit into `room`, metres.
double scale_step(double room);

} // namespace zonerank::engine
