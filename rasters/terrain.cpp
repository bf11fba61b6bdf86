// SPDX-License-Identifier: Apache-2.0
#include "rasters/terrain.hpp"

#include "rasters/core/direction.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace zonerank::rasters {

namespace {

// A cell's elevation and its neighbours', row by row from the north-west.
using Neighbours = std::array<double, 9>;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// Rise per metre towards east and north (Horn 1981, eq. 2 and 3).
struct Gradient {
    double east = 0, north = 0;
};

ZONERANK_INLINE inline Gradient gradient(const Neighbours& z, double cell) {
    return {((z[2] + 2 * z[5] + z[8]) - (z[0] + 2 * z[3] + z[6])) / (8 * cell),
            ((z[0] + 2 * z[1] + z[2]) - (z[6] + 2 * z[7] + z[8])) / (8 * cell)};
}

ZONERANK_INLINE inline double percent(const Gradient& g) {
    return 100 * std::sqrt(g.east * g.east + g.north * g.north);
}

// A NaN among the nine comes out of any sum over them.
ZONERANK_INLINE inline bool complete(const Neighbours& z) {
    double sum = 0;
    for (const double v : z)
        sum += v;
    return !std::isnan(sum);
}

// `f`, a lambda marked ZONERANK_INLINE, of the neighbours of each cell; it chooses
// between numbers that it has, so that the loop needs no branch.
template <typename F>
Tile each_cell(const Tile& elevation, Window window, const F& f) {
    assert(intersection(window.grown(1), elevation.window()) == window.grown(1));
    Tile tile = Tile::unset(window);
    if (window.empty())
        return tile;
    vectorised([&]() ZONERANK_INLINE {
        const std::ptrdiff_t stride = elevation.window().cols;
        for (int row = window.row; row < window.row + window.rows; ++row) {
            const float* z = &elevation[{window.col, row}];
            float* __restrict result = tile.row(row).data();
            for (int i = 0; i < window.cols; ++i, ++z) {
                const float *above = z - stride, *below = z + stride;
                const double value =
                    f(Neighbours{above[-1], above[0], above[1], z[-1], z[0], z[1], below[-1], below[0], below[1]});
                result[i] = static_cast<float>(value);
            }
        }
    });
    return tile;
}

} // namespace

Tile slope(const Tile& elevation, const Grid& grid, Window window) {
    return each_cell(elevation, window, [cell = grid.cell](const Neighbours& z) ZONERANK_INLINE {
        const double steepness = percent(gradient(z, cell));
        return complete(z) ? steepness : nothing;
    });
}

Tile aspect(const Tile& elevation, const Grid& grid, Window window, double flat) {
    return each_cell(elevation, window, [cell = grid.cell, flat](const Neighbours& z) ZONERANK_INLINE {
        const Gradient g = gradient(z, cell);
        const double steepness = percent(g), downslope = direction(-g.east, -g.north);
        const bool level = steepness < flat || steepness == 0;
        const double rounded = static_cast<float>(downslope) < 360 ? downslope : 0;
        const double faced = level ? -1 : rounded;
        return complete(z) ? faced : nothing;
    });
}

Tile ruggedness(const Tile& elevation, const Grid&, Window window) {
    return each_cell(elevation, window, [](const Neighbours& z) ZONERANK_INLINE {
        double sum = 0;
        for (const double v : z)
            sum += (v - z[4]) * (v - z[4]);
        const double root = std::sqrt(sum);
        return complete(z) ? root : nothing;
    });
}

} // namespace zonerank::rasters
