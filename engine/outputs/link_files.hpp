// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/network.hpp"
#include "rasters/core/geometry.hpp"
#include "rasters/core/grid.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// What `connect` found, for its files and the screen.
struct LinkMap {
    struct Place {
        std::string name, of; ///< its layer, or `sites`
        rasters::Point at;    ///< longitude and latitude
        Standing standing;
        std::string no_way{}; ///< why none can lead there; empty: one may
    };
    struct Way {
        Link link;
        rasters::Path path;    ///< from a to b, longitude and latitude
        double kilometres = 0; ///< along it, on the ellipsoid
        double cost = 0;
    };
    struct Unknown {
        std::size_t a = 0, b = 0; ///< a < b
        std::string reason;
        bool wanted = true; ///< otherwise this network would not link the two anyway
    };

    std::string study;
    rasters::Grid grid; ///< that was travelled over
    std::vector<Place> places;
    MinutesMatrix minutes{0};
    std::vector<Way> ways;        ///< the links, by a, then b
    std::vector<Unknown> unknown; ///< pairs without a way there and back, by a, then b
};

/// RFC 7946: a Point for each place with its standing, a LineString for each link (in parts
/// where it crosses the antimeridian), and for each unknown pair that was wanted a feature
/// without a place. `kind` says which.
std::string links_geojson(const LinkMap& map);

/// A row for each pair: whether it is linked, the mean of minutes both ways, minutes each
/// way, of links kilometres and cost; empty, with the reason, where they are unknown.
std::string links_csv(const LinkMap& map);

/// A row for each place with its standing.
std::string places_csv(const LinkMap& map);

/// For people, in aligned columns: the links, then the places.
std::string links_table(const LinkMap& map);

/// Each place that no way can lead to; then each other reason once, with the pairs that were wanted: at
/// most so many by name.
std::vector<std::string> unknown_lines(const LinkMap& map, std::size_t named);

} // namespace zonerank::engine
