// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace zonerank::tests {

/// Numbers that are the same on every machine and with every standard library.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_engine(seed) {}

    double in(double low, double high) { return low + (high - low) * static_cast<double>(m_engine() >> 11) * 0x1p-53; }
    int below(int n) { return static_cast<int>(m_engine() % static_cast<std::uint64_t>(n)); }
    rasters::Point in(const rasters::Box& b) {
        const double x = in(b.xmin, b.xmax);
        return {x, in(b.ymin, b.ymax)};
    }

private:
    std::mt19937_64 m_engine;
};

/// A winding line of n edges of up to `step` metres.
inline rasters::Path road(Random& random, rasters::Point from, int n, double step) {
    rasters::Path path{from};
    double heading = random.in(0, 2 * std::numbers::pi);
    for (int i = 0; i < n; ++i) {
        heading += random.in(-0.6, 0.6);
        const double length = random.in(0, step);
        path.push_back({path.back().x + length * std::cos(heading), path.back().y + length * std::sin(heading)});
    }
    return path;
}

/// A ring around a centre, between two radii: never crosses itself. Either direction.
inline rasters::Path star(Random& random, rasters::Point centre, double inner, double outer, int corners) {
    rasters::Path ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * (i + random.in(-0.3, 0.3)) / corners;
        const double radius = random.in(inner, outer);
        ring.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
    ring.push_back(ring.front());
    if (random.below(2) == 1)
        std::reverse(ring.begin(), ring.end());
    return ring;
}

/// A star, often with a hole.
inline rasters::Polygon lake(Random& random, rasters::Point centre, double radius) {
    const int corners = 7 + random.below(20);
    rasters::Polygon polygon{{star(random, centre, 0.5 * radius, radius, corners)}};
    if (random.below(2) == 1)
        polygon.rings.push_back(star(random, centre, 0.1 * radius, 0.4 * radius, 7 + random.below(9)));
    return polygon;
}

} // namespace zonerank::tests
