// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/network/landings.hpp"
#include "rasters/network/road_graph.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// A network of lines with the places that are travelled to or from joined to it: what
/// is found once, however many searches go over it. Immutable, so safe to ask from any
/// thread.
class JoinedNetwork {
public:
    /// `lines` and `places` in one CRS. Throws Error for a speed that is not above 0, and
    /// for a place that is none.
    JoinedNetwork(std::vector<RoadLine> lines, std::span<const Shape* const> places, const Joining& joining,
                  const OffNetwork& access, const EdgeLengths& lengths = plane_lengths);

    const RoadGraph& graph() const { return m_parts.graph; }
    const Landings& landings() const { return m_parts.landings; } ///< of the places, in their order
    const OffNetwork& access() const { return m_access; }

    std::vector<NodeStart> starts() const { return starts_at(landings().all); } ///< of all places
    std::vector<NodeStart> starts(std::size_t place) const { return starts_at(landings().of(place)); }

private:
    struct Parts {
        Landings landings;
        RoadGraph graph;
    };
    static Parts join(std::vector<RoadLine> lines, std::span<const Shape* const> places, const Joining& joining,
                      const OffNetwork& access, const EdgeLengths& lengths);
    std::vector<NodeStart> starts_at(std::span<const Landing> landings) const;

    OffNetwork m_access;
    Parts m_parts;
};

} // namespace zonerank::rasters
