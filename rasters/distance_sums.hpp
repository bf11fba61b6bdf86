// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"
#include "rasters/dots.hpp"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// What distance leaves of a weight: puts a share from 0 to 1 in place of each distance
/// (metres or minutes, 0 or more). Called from any thread.
using Decay = std::function<void(std::span<double>)>;

/// Sums of the weights around each cell's centre, each times the decay at its straight
/// distance; what is farther than the limit counts nothing. A plain sum in double over
/// the dots, in an order that does not depend on cell or window: its time grows with the
/// dots within the limit of each cell. Immutable, so safe to ask from any thread.
class DistanceSums {
public:
    DistanceSums(const std::vector<Dot>& dots, Decay decay, double limit);

    Tile sums(const Grid& grid, Window window) const;
    double at(Point p) const; ///< around any place

private:
    std::shared_ptr<const Dots> m_dots;
    Decay m_decay;
    double m_limit; ///< metres
};

} // namespace zonerank::rasters
