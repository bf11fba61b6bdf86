// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/network/approaches.hpp"
#include "rasters/network/line_edges.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// Where on a network a place is, and how long it takes between there and it.
struct Landing {
    LinePlace place;
    double minutes;
};

/// Where places are joined to a network.
struct Landings {
    std::vector<Landing> all;
    std::vector<std::size_t> first; ///< in `all`, of each place's; one more at the end

    std::size_t places = 0; ///< that are somewhere
    std::size_t off = 0;    ///< of these, farther than OffNetwork::within from every line: without landings
    double nearest_off = 0; ///< metres from the nearest of those to its nearest line

    std::span<const Landing> of(std::size_t place) const {
        return std::span(all).subspan(first[place], first[place + 1] - first[place]);
    }
};

/// A place (a point, or a shape of points, lines and polygons) is joined to the network
/// where lines cross its edges; where none does, by a straight line between the two
/// places of shape and network that are nearest to each other, all of those that are
/// equally near.
Landings find_landings(const LineEdges& edges, const OffNetwork& access, std::span<const Shape* const> places);

} // namespace zonerank::rasters
