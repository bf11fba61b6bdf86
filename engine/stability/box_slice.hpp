// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/stability/draws.hpp"

#include <span>
#include <vector>

namespace zonerank::engine {

/// Points of a box whose coordinates sum to 1, equally likely: exact, by rejection.
///
/// Each coordinate but one is drawn between its bounds with a density proportional to
/// exp(-t x), with one t for all, at which the mean of the sum is 1. The last is what is left to 1 and is
/// taken with a probability proportional to its own density: as the sum is fixed, so is the
/// product of the densities, and every point is as likely as any other. About one
/// try in sqrt(2 pi m) to 2 m is taken, of m coordinates, however narrow or wide the box.
class BoxSlice {
public:
    /// Least and most of each coordinate. REQUIRES sum of least <= 1 <= sum of most.
    BoxSlice(std::vector<double> least, std::vector<double> most);

    void fill(Draw& draw, std::span<double> point) const;

private:
    double drawn(Draw& draw, std::size_t i) const;

    std::vector<double> m_least, m_most;
    double m_tilt = 0;      ///< t
    std::size_t m_rest = 0; ///< the coordinate that is what is left
    bool m_single = false;  ///< the slice is one point: m_least
};

} // namespace zonerank::engine
