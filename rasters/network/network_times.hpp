// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"
#include "rasters/network/approaches.hpp"
#include "rasters/network/road_graph.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// What a network leads to, and how much of it does.
struct NetworkReach {
    std::size_t targets = 0;
    std::size_t off = 0;    ///< targets farther than OffNetwork::within from every line
    double nearest_off = 0; ///< metres from the nearest of those to its nearest line
    std::size_t parts = 0;  ///< pieces that the network falls into
    double minutes = 0;     ///< along all edges of the network
    double lost = 0;        ///< of these, along edges from where no target can be reached
};

/// Minutes to the nearest of some targets: in a straight line onto a network of lines,
/// along it, and off it again; or straight to the target where that is sooner.
///
/// A target (a point, or a shape of points, lines and polygons) is joined to the network
/// where lines cross its edges; where none does, by a straight line between the two
/// places of target and network that are nearest to each other, all of those that are
/// equally near. One goes onto the network wherever that is best, not only at vertices.
/// Copies share what they know; safe to ask from any thread.
class NetworkTimes {
public:
    /// `lines` and `targets` in one CRS. Throws Error for a speed that is not above 0, and
    /// for a place that is none.
    NetworkTimes(std::vector<RoadLine> lines, std::span<const Shape* const> targets, const Joining& joining,
                 const OffNetwork& access, const EdgeLengths& lengths = plane_lengths);

    const NetworkReach& reach() const;

    /// Minutes from each cell's centre, 0 inside polygons; NaN where neither a line from
    /// which a target can be reached nor a target is near enough. What is farther than
    /// `limit` minutes counts as that.
    Tile to_centres(const Grid& grid, Window window, double limit = Approaches::unlimited) const;

private:
    struct Solved;
    std::shared_ptr<const Solved> m_solved;
};

} // namespace zonerank::rasters
