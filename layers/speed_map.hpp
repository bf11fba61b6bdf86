// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/friction.hpp"

#include <memory>
#include <vector>

namespace zonerank::layers {

/// A friction to look at: km/h in each cell of its grid, of whatever crosses it fastest,
/// over the ground or along a line that runs through any part of it. NaN where nothing
/// does. Delays slow the ground of their cell; slopes do, unless direction matters. Safe to ask from any thread.
class SpeedMap {
public:
    /// Reads the lines of `spec` again. Throws Error as Friction does.
    SpeedMap(const FrictionSpec& spec, Sources& sources, std::shared_ptr<const Friction> friction);

    const rasters::Grid& grid() const { return m_friction->grid(); }
    rasters::Tile tile(rasters::Window window) const;

private:
    struct OnLine {
        rasters::Cell cell;
        float km_per_hour;
    };

    std::shared_ptr<const Friction> m_friction;
    std::vector<OnLine> m_on_lines; ///< by row and column, the fastest of a cell's
};

} // namespace zonerank::layers
