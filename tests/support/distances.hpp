// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/grid.hpp"
#include "rasters/core/raster.hpp"
#include "tests/support/geos.hpp"
#include "tests/support/random_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

// Grids and shapes that tests of distances measure.

namespace zonerank::tests::distances {

inline rasters::Grid grid_of(int cols, int rows) {
    return {"", 1, 0, -rows, cols, rows, {}};
}

/// 100 km square of 30 m cells at coordinates of millions of metres.
inline rasters::Grid district() {
    return {"", 30, 10'000, -120'000, 3333, 3333, {}};
}

inline rasters::Tile numbers(const rasters::Grid& grid, std::vector<float> values) {
    rasters::Tile tile(grid.window());
    std::copy(values.begin(), values.end(), tile.values().begin());
    return tile;
}

inline bool all(const rasters::Tile& tile, bool (*holds)(float)) {
    return std::all_of(tile.values().begin(), tile.values().end(), holds);
}

inline std::vector<rasters::Shape> points() {
    Random random(7);
    std::vector<rasters::Shape> shapes(150);
    for (rasters::Shape& shape : shapes)
        shape.points.push_back(random.in(district().box().grown(20'000)));
    return shapes;
}

inline std::vector<rasters::Shape> lines() {
    Random random(17);
    std::vector<rasters::Shape> shapes(200);
    for (std::size_t i = 0; i < shapes.size(); ++i)
        shapes[i].lines.push_back(
            road(random, random.in(district().box().grown(20'000)), 1 + random.below(40), i % 20 == 0 ? 30'000 : 300));
    return shapes;
}

/// Lakes that don't overlap, so that GEOS takes them together.
inline std::vector<rasters::Shape> polygons() {
    Random random(27);
    const rasters::Box land = district().box().grown(20'000);
    std::vector<rasters::Shape> shapes;
    for (double y = land.ymin; y < land.ymax; y += 12'000)
        for (double x = land.xmin; x < land.xmax; x += 12'000) {
            const double radius = random.below(3) == 0 ? random.in(5, 50) : random.in(500, 5500);
            shapes.push_back({{}, {}, {lake(random, {x + random.in(0, 900), y + random.in(0, 900)}, radius)}});
        }
    return shapes;
}

/// Shapes, and distances to them by GEOS.
struct Kind {
    const char* name;
    std::vector<std::vector<rasters::Shape>> parts; ///< each fit for GEOS

    std::vector<rasters::Shape> shapes() const {
        std::vector<rasters::Shape> all;
        for (const auto& part : parts)
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }
    double by_geos(const auto& from) const {
        double least = std::numeric_limits<double>::infinity();
        for (const Geos& one : geos)
            least = std::min(least, one.distance(from));
        return least;
    }

    std::vector<Geos> geos{parts.begin(), parts.end()};
};

inline Kind mixed() {
    return {"mixed", {points(), lines(), polygons()}};
}

/// What a float of a distance may be off: a centimetre up to 10 km, 2e-7 of it beyond.
inline bool precise(double found, double expected) {
    return std::abs(found - expected) <= std::max(0.01, 2e-7 * expected) &&
           std::abs(found - expected) <= std::max(1e-7, 1e-7 * expected);
}

} // namespace zonerank::tests::distances
