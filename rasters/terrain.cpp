// SPDX-License-Identifier: Apache-2.0
#include "rasters/terrain.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace zonerank::rasters {

namespace {

// A cell's elevation and its neighbours', row by row from the north-west.
using Neighbours = std::array<double, 9>;

// Rise per metre towards east and north (Horn 1981, eq. 2 and 3).
struct Gradient {
    double east = 0, north = 0;
};

Gradient gradient(const Neighbours& z, double cell) {
    return {((z[2] + 2 * z[5] + z[8]) - (z[0] + 2 * z[3] + z[6])) / (8 * cell),
            ((z[0] + 2 * z[1] + z[2]) - (z[6] + 2 * z[7] + z[8])) / (8 * cell)};
}

double percent(const Gradient& g) {
    return 100 * std::sqrt(g.east * g.east + g.north * g.north);
}

// A NaN among the nine comes out of any sum over them.
template <typename F>
Tile each_cell(const Tile& elevation, Window window, F f) {
    assert(intersection(window.grown(1), elevation.window()) == window.grown(1));
    Tile tile(window);
    for (int row = window.row; row < window.row + window.rows; ++row) {
        const std::array<std::span<const float>, 3> rows{elevation.row(row - 1), elevation.row(row),
                                                         elevation.row(row + 1)};
        const auto first = static_cast<std::size_t>(window.col - elevation.window().col - 1);
        const std::span<float> result = tile.row(row);
        for (std::size_t i = 0; i < result.size(); ++i) {
            Neighbours z;
            for (std::size_t k = 0; k < 9; ++k)
                z[k] = static_cast<double>(rows[k / 3][first + i + k % 3]);
            result[i] = f(z);
        }
    }
    return tile;
}

bool complete(const Neighbours& z) {
    double sum = 0;
    for (const double v : z)
        sum += v;
    return !std::isnan(sum);
}

float downslope(const Gradient& g) {
    const double degrees = std::atan2(-g.east, -g.north) * 180 / std::numbers::pi;
    const auto direction = static_cast<float>(degrees < 0 ? degrees + 360 : degrees);
    return direction < 360 ? direction : 0; // -1e-9 degrees rounds up to 360
}

} // namespace

Tile slope(const Tile& elevation, const Grid& grid, Window window) {
    return each_cell(elevation, window, [cell = grid.cell](const Neighbours& z) {
        return complete(z) ? static_cast<float>(percent(gradient(z, cell))) : no_data;
    });
}

Tile aspect(const Tile& elevation, const Grid& grid, Window window, double flat) {
    return each_cell(elevation, window, [cell = grid.cell, flat](const Neighbours& z) {
        if (!complete(z))
            return no_data;
        const Gradient g = gradient(z, cell);
        const double steepness = percent(g);
        return steepness < flat || steepness == 0 ? -1.0F : downslope(g);
    });
}

Tile ruggedness(const Tile& elevation, const Grid&, Window window) {
    return each_cell(elevation, window, [](const Neighbours& z) {
        if (!complete(z))
            return no_data;
        double sum = 0;
        for (const double v : z)
            sum += (v - z[4]) * (v - z[4]);
        return static_cast<float>(std::sqrt(sum));
    });
}

} // namespace zonerank::rasters
