// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/travel_time.hpp"
#include "tests/support/bits.hpp"
#include "tests/support/random_shapes.hpp"

#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <queue>
#include <utility>
#include <vector>

namespace zonerank::tests {

/// Cells of one metre; the north-west corner is at 0, rows.
inline rasters::Grid metre_grid(int cols, int rows) {
    return {"", 1, 0, -rows, cols, rows, {}};
}

/// The part of a raster that is asked for.
inline rasters::Slowness slowness_of(const rasters::Tile& all) {
    return [&all](rasters::Window w) {
        rasters::Tile part = rasters::Tile::unset(w);
        for (int row = w.row; row < w.row + w.rows; ++row)
            for (int col = w.col; col < w.col + w.cols; ++col)
                part[{col, row}] = all[{col, row}];
        return part;
    };
}

inline rasters::TravelStart start_at(const rasters::Grid& grid, rasters::Cell cell, std::int32_t target = 0,
                                     float minutes = 0) {
    return {cell, grid.centre(cell), minutes, target};
}

/// Ground of five kinds: even, very uneven, smooth, with fast threads, in blocks; the
/// last two with barriers.
inline rasters::Tile random_ground(Random& random, int cols, int rows, int kind) {
    rasters::Tile ground({0, 0, cols, rows});
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < cols; ++x) {
            const double kinds[] = {1, std::exp(random.in(0, 6)), 1 + 0.5 * std::sin(x * 0.1) * std::cos(y * 0.07),
                                    random.below(10) < 3 ? 0.01 : 1, 1.0 + (x / 7 + y / 5) % 3};
            const bool barrier = kind > 2 && random.below(10) == 0;
            ground[{x, y}] = barrier ? rasters::no_data : static_cast<float>(kinds[kind]);
        }
    return ground;
}

/// Minutes by Dijkstra in double over the graph of 8 or 16 steps, with a plain heap; NaN
/// where nothing leads.
inline std::vector<double> brute_force(const rasters::Tile& ground, const std::vector<rasters::TravelStart>& starts,
                                       const std::vector<rasters::RoadStep>& roads, bool knights, bool cut_corners) {
    using rasters::Cell;
    const auto [west, north, cols, rows] = ground.window();
    std::vector<double> least(ground.values().size(), std::numeric_limits<double>::infinity());
    const auto index = [&, w = cols](Cell c) {
        return static_cast<std::size_t>(c.row) * static_cast<std::size_t>(w) + static_cast<std::size_t>(c.col);
    };
    using Due = std::pair<double, std::size_t>;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
    const auto offer = [&](Cell c, double minutes) {
        if (minutes < least[index(c)]) {
            least[index(c)] = minutes;
            due.push({minutes, index(c)});
        }
    };
    const auto at = [&](int col, int row) { return static_cast<double>(ground[{col, row}]); };
    const auto step = [&](Cell c, int dx, int dy) { // NaN where nothing crosses
        if (std::abs(dx) + std::abs(dy) == 3) {
            const int mx = dx / 2, my = dy / 2; // the cell straight ahead
            return std::sqrt(5.0) / 4 *
                   (at(c.col, c.row) + at(c.col + mx, c.row + my) + at(c.col + dx - mx, c.row + dy - my) +
                    at(c.col + dx, c.row + dy));
        }
        const bool squeezed =
            dx != 0 && dy != 0 && std::isnan(at(c.col + dx, c.row)) && std::isnan(at(c.col, c.row + dy));
        return squeezed && !cut_corners ? std::nan("")
                                        : std::hypot(dx, dy) / 2 * (at(c.col, c.row) + at(c.col + dx, c.row + dy));
    };
    for (const rasters::TravelStart& s : starts)
        if (ground[s.cell] >= 0)
            offer(s.cell, s.minutes);
    while (!due.empty()) {
        const auto [minutes, i] = due.top();
        due.pop();
        if (minutes > least[i])
            continue;
        const Cell c{static_cast<int>(i) % cols, static_cast<int>(i) / cols};
        for (int dy = -2; dy <= 2; ++dy)
            for (int dx = -2; dx <= 2; ++dx) {
                const int length = std::abs(dx) + std::abs(dy);
                const bool near = length > 0 && std::max(std::abs(dx), std::abs(dy)) == 1,
                           knight = knights && length == 3;
                if ((near || knight) && ground.window().contains({c.col + dx, c.row + dy}))
                    if (const double cost = step(c, dx, dy); cost >= 0)
                        offer({c.col + dx, c.row + dy}, minutes + cost);
            }
        for (const rasters::RoadStep& r : roads) {
            if (r.from == c)
                offer(r.to, minutes + r.minutes);
            if (r.to == c && !r.one_way)
                offer(r.from, minutes + r.minutes);
        }
    }
    for (double& l : least)
        l = std::isinf(l) ? std::nan("") : l;
    return least;
}

} // namespace zonerank::tests
