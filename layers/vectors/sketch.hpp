// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace zonerank::layers {

/// The ground that a sketch shows, and how finely.
struct SketchFrame {
    rasters::Box box; ///< in the shapes' CRS, not empty
    double unit = 1;  ///< of its whole numbers, in the CRS's units, above 0

    friend bool operator==(const SketchFrame&, const SketchFrame&) = default;
};

/// Whole units to the east and to the south of the frame's north-west corner.
using SketchPoint = std::array<std::int32_t, 2>;
using SketchPath = std::vector<SketchPoint>;

/// Shapes for a small map: clipped, their bends reduced to what can be seen.
struct Sketch {
    SketchPath points;
    std::vector<SketchPath> lines;                 ///< of two points at least
    std::vector<std::vector<SketchPath>> polygons; ///< rings, the first point not repeated: three at least

    bool empty() const { return points.empty() && lines.empty() && polygons.empty(); }
    friend bool operator==(const Sketch&, const Sketch&) = default;
};

/// How far beyond a frame's box its sketches go on, in units, so that edges that are only there because
/// a polygon was clipped lie out of sight.
inline constexpr int sketch_margin = 8;

/// Adds what a frame shows of a shape. No left-out bend lies farther than one unit from the drawn line
/// (Douglas and Peucker 1973), and rounding moves points by 0.71 units at the most. A ring that this
/// swallows is left out, a line is kept as a point's length.
void add_to(Sketch& sketch, const rasters::Shape& shape, const SketchFrame& frame);

/// The same with no bend of less than `tolerance` units (above 0), without lines and rings that are
/// smaller than it both ways, and with one point of each square of it.
Sketch plainer(const Sketch& sketch, double tolerance);

} // namespace zonerank::layers
