// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/relief.hpp"
#include "tests/support/travel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <memory>
#include <numbers>
#include <queue>
#include <utility>
#include <vector>

namespace zonerank::tests {

inline double tobler(double slope) {
    return std::exp(3.5 * 0.05 - 3.5 * std::abs(slope + 0.05));
}

/// References to the raster are kept.
inline std::shared_ptr<rasters::Relief> relief_of(const rasters::Tile& elevation, double (*factor)(double) = tobler) {
    return std::make_shared<rasters::Relief>(rasters::Relief{slowness_of(elevation), rasters::SlopeSpeed(factor), {}});
}

/// How long a straight or zigzag way takes on an even slope where a metre takes a minute
/// on level ground: by what can be reached in a minute, which is convex, for who changes direction mixes.
class EvenSlope {
public:
    /// Rise over run to the east and to the north.
    EvenSlope(double east, double north, double (*factor)(double)) {
        constexpr int directions = 7200;
        std::vector<std::array<double, 2>> reached;
        for (int k = 0; k < directions; ++k) {
            const double turn = 2 * std::numbers::pi * k / directions, x = std::cos(turn), y = std::sin(turn);
            const double far = factor(east * x + north * y);
            reached.push_back({far * x, far * y});
        }
        m_hull = hull(std::move(reached));
    }

    double minutes(double x, double y) const {
        double least = 0; // of the sides that the way may leave by, the one that it does is the nearest
        for (std::size_t k = 0; k < m_hull.size(); ++k) {
            const auto &a = m_hull[k], &b = m_hull[(k + 1) % m_hull.size()];
            const double nx = b[1] - a[1], ny = a[0] - b[0], off = nx * a[0] + ny * a[1];
            least = std::max(least, (nx * x + ny * y) / off);
        }
        return least;
    }

private:
    using Points = std::vector<std::array<double, 2>>;

    static Points hull(Points all) {
        std::ranges::sort(all);
        Points result;
        for (int half = 0; half < 2; ++half) {
            const std::size_t begin = result.size();
            for (const auto& p : all) {
                while (result.size() >= begin + 2 && turn(result[result.size() - 2], result.back(), p) <= 0)
                    result.pop_back();
                result.push_back(p);
            }
            result.pop_back();
            std::ranges::reverse(all);
        }
        return result;
    }
    static double turn(const std::array<double, 2>& a, const std::array<double, 2>& b, const std::array<double, 2>& c) {
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    }

    Points m_hull; ///< anticlockwise
};

/// As brute_force(), over slopes, the search going from the starts on; without roads,
/// corners cut.
inline std::vector<double> brute_force_uphill(const rasters::Tile& ground, const rasters::Tile& elevation,
                                              double (*factor)(double), const std::vector<rasters::TravelStart>& starts,
                                              bool knights) {
    using rasters::Cell;
    const auto cols = ground.window().cols;
    std::vector<double> least(ground.values().size(), std::numeric_limits<double>::infinity());
    const auto index = [&](Cell c) {
        return static_cast<std::size_t>(c.row) * static_cast<std::size_t>(cols) + static_cast<std::size_t>(c.col);
    };
    using Due = std::pair<double, std::size_t>;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
    const auto offer = [&](Cell c, double minutes) {
        if (minutes < least[index(c)]) {
            least[index(c)] = minutes;
            due.push({minutes, index(c)});
        }
    };
    const auto s = [&](Cell c) { return static_cast<double>(ground[c]); };
    const auto z = [&](Cell c) { return static_cast<double>(elevation[c]); };
    const auto cost = [&](Cell c, int dx, int dy) { // NaN or infinite where nothing crosses
        const double length = std::hypot(dx, dy);
        const Cell to{c.col + dx, c.row + dy};
        if (std::abs(dx) + std::abs(dy) != 3)
            return (s(c) + s(to)) / 2 * length / factor((z(to) - z(c)) / length);
        const Cell a{c.col + dx / 2, c.row + dy / 2}, b{to.col - dx / 2, to.row - dy / 2};
        const double middle = (z(a) + z(b)) / 2;
        return length / 4 * (s(c) + s(a)) / factor((middle - z(c)) / (length / 2)) +
               length / 4 * (s(b) + s(to)) / factor((z(to) - middle) / (length / 2));
    };
    for (const rasters::TravelStart& start : starts)
        if (s(start.cell) >= 0 && std::isfinite(z(start.cell)))
            offer(start.cell, start.minutes);
    while (!due.empty()) {
        const auto [minutes, i] = due.top();
        due.pop();
        const Cell c{static_cast<int>(i) % cols, static_cast<int>(i) / cols};
        for (int dy = -2; dy <= 2 && minutes == least[i]; ++dy)
            for (int dx = -2; dx <= 2; ++dx) {
                const int length = std::abs(dx) + std::abs(dy), most = std::max(std::abs(dx), std::abs(dy));
                const bool step = length > 0 && (most == 1 || (knights && length == 3));
                if (step && ground.window().contains({c.col + dx, c.row + dy}))
                    if (const double t = cost(c, dx, dy); std::isfinite(t))
                        offer({c.col + dx, c.row + dy}, minutes + t);
            }
    }
    for (double& l : least)
        l = std::isinf(l) ? std::nan("") : l;
    return least;
}

} // namespace zonerank::tests
