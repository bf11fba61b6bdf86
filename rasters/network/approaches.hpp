// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"
#include "rasters/packed_index.hpp"
#include "rasters/segment.hpp"

#include <limits>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// A straight stretch that one can get onto anywhere: from its beginning it takes
/// `minutes` to where one wants to go, and the way to its beginning costs
/// `minutes_per_metre` more. With 0 for both it is a target itself.
struct Approach {
    Segment segment;
    double minutes = 0;
    double minutes_per_metre = 0;
};

/// How one gets onto approaches: in a straight line.
struct OffNetwork {
    double minutes_per_metre = 0; ///< above 0
    double within = 0;            ///< metres that such a line may have at most; finite
};

/// The least of all ways onto approaches and along them. For a place off a stretch that
/// is faster than its access the way meets it aslant, where the sine of the angle from
/// its perpendicular is the quotient of the speeds (as light is refracted). All is
/// computed in double from absolute coordinates and rounded once, so a cell's minutes do
/// not depend on the window it is asked in. About 60 bytes an approach. Immutable, so
/// safe to ask from any thread.
class Approaches {
public:
    /// Throws Error when a coordinate is not finite or beyond 1e12 m.
    Approaches(std::vector<Approach> approaches, const OffNetwork& access);

    static constexpr double unlimited = std::numeric_limits<double>::infinity();

    /// Minutes from each cell's centre, NaN where nothing is within reach. What is farther
    /// than `limit` minutes counts as that.
    Tile to_centres(const Grid& grid, Window window, double limit = unlimited) const;

    /// The same, NaN also for what is farther than the limit: sooner found where that is little.
    Tile up_to(const Grid& grid, Window window, double limit) const;

    double minutes_from(Point p) const; ///< infinite where nothing is within reach

private:
    Tile minutes(const Grid& grid, Window window, double limit, float beyond) const;
    /// Calls visit(approach) for at least those within `reach` metres.
    template <typename Visit>
    void near(Point p, double reach, Visit&& visit) const;

    std::vector<Approach> m_approaches; ///< along a Hilbert curve
    OffNetwork m_access;
    PackedIndex m_tree;
};

/// The same for one place and one approach; infinite beyond `access.within`.
double minutes_by(const Approach& approach, const OffNetwork& access, Point from);

} // namespace zonerank::rasters
