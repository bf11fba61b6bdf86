// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/course.hpp"
#include "rasters/core/memory_shares.hpp"
#include "rasters/distance_sums.hpp"
#include "rasters/network/joined_network.hpp"
#include "rasters/sums/share_sums.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

namespace zonerank::rasters {

/// The ground around a place that can be reached from it in some minutes: in a straight
/// line onto a network, where it is joined to it, along lines in the direction in which
/// they are travelled, and off them wherever that is best; or straight there where that
/// is sooner. Safe to ask from any thread.
class NetworkSurroundings {
public:
    /// Of the network's places that one, a point.
    NetworkSurroundings(const JoinedNetwork& network, std::size_t place, Point at, double limit_minutes);

    double minutes_to(Point p) const; ///< infinite where it isn't reached

    /// Minutes to each cell's centre, NaN where it isn't reached.
    Tile to_centres(const Grid& grid, Window window) const;

    Box box() const { return m_box; } ///< what lies outside isn't reached

private:
    Approaches m_approaches;
    double m_limit;
    Box m_box;
};

struct NetworkSumOptions {
    double limit_minutes = 0;                            ///< what is farther counts nothing
    std::uint64_t memory = memory_shares().line_sums;    ///< bytes of sums in RAM; others wait on disk
    std::filesystem::path scratch = ".";                 ///< folder for them
    std::uint64_t kept = memory_shares().line_sums_kept; ///< bytes of sums in RAM when all is solved
    Course course{};                                     ///< told of, by what part of the places is done
};

/// What a place of the network counts, 0 or more, for those around it.
using PlaceWeight = std::function<double(std::size_t place, const NetworkSurroundings& around)>;

/// For each cell of a grid the sum of the weights of all places, each times what the
/// decay leaves of it at its minutes along the network from the place to the cell; 0
/// where none is in reach, NaN outside the grid. `places` are those of the network.
///
/// Each place has a search of its own, up to the limit; sums have no order (ShareSums):
/// the same bits for any threads. `total`: at least the sum of all weights, which are
/// asked for from any thread. Throws Error as `options.course` does.
std::shared_ptr<const ShareSums> network_sums(const Grid& grid, const JoinedNetwork& network,
                                              std::span<const Point> places, const PlaceWeight& weight, double total,
                                              const Decay& decay, const NetworkSumOptions& options);

} // namespace zonerank::rasters
