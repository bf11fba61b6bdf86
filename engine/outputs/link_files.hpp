// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/network.hpp"
#include "rasters/core/geometry.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// What `connect` found, for its files and the screen.
struct LinkMap {
    struct Node {
        std::string name, of; ///< its layer, or `sites`
        rasters::Point at;    ///< longitude and latitude
        Standing standing;
    };
    struct Way {
        Link link;
        rasters::Path path;    ///< from a to b, longitude and latitude
        double kilometres = 0; ///< along it, on the ellipsoid
    };
    struct Unknown {
        std::size_t a = 0, b = 0;
        std::string reason;
    };

    std::string study;
    std::vector<Node> nodes;
    MinutesMatrix minutes{0};
    std::vector<Way> ways;
    std::vector<Unknown> unknown; ///< pairs without a way both ways
};

/// RFC 7946: a Point for each node with its standing, a LineString for each link (in parts
/// where it crosses the antimeridian), and for each unknown pair a feature without a place.
std::string links_geojson(const LinkMap& map);

/// Minutes from each node (rows) to each other (columns); empty: unknown.
std::string links_csv(const LinkMap& map);

/// The nodes' standing for people, in aligned columns.
std::string links_table(const LinkMap& map);

/// Each reason once, with the pairs it is of: at most so many by name.
std::vector<std::string> unknown_lines(const LinkMap& map, std::size_t named);

} // namespace zonerank::engine
